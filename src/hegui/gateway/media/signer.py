"""The key that signs the labels of files, from the settings."""

from hegui import marks
from hegui.gateway.media.marker import Sign
from hegui.marks import Label


def signer(key_file: str) -> Sign | None:
    """What signs a label in ReservedCode1 (TC260-PG-202511A); none without a key.

    Args:
        key_file: the SM2 private key, or empty.

    Raises:
        MarksError: ``key_unusable``; ``extra_missing`` when the library that signs is missing.
    """
    if not key_file:
        return None
    key = marks.PrivateKey.load(key_file)

    def sign(label: Label) -> Label:
        return marks.sign(label, key)

    sign(Label.first("hegui", "0"))  # what is missing shows at the start, not with the first file
    return sign
