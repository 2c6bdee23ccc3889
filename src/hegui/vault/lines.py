r"""The form in which an answer is sealed: JSON lines ``["PLACE","text"]\n`` in UTF-8.

One stream carries several texts side by side (choices, reasoning, tool arguments). Each line
says which one it continues, so that the order in which they left the house is kept.
"""

import msgspec

from hegui.vault.errors import VaultError


class Line(msgspec.Struct, frozen=True, array_like=True, forbid_unknown_fields=True):
    """A piece of one text of an answer.

    Attributes:
        place: where it belongs, as ``CHOICE/PATH``.
        text: the characters that left the house.
    """

    place: str
    text: str


_decoder = msgspec.json.Decoder(Line)


def encode_line(place: str, text: str) -> bytes:
    r"""One line, its ``\n`` included."""
    return msgspec.json.encode(Line(place, text)) + b"\n"


def decode_lines(data: bytes) -> list[Line]:
    """Read the lines of opened segments, joined.

    Raises:
        VaultError: ``sealed_malformed``, when a line is not of the form above.
    """
    try:
        return _decoder.decode_lines(data)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise VaultError(
            "sealed_malformed",
            zh="封存的回答打开后格式不对，可能由其他版本写入。请用写入它的版本读取。",
            en="A sealed answer opened, but is not in the form this version writes. "
            "Read it with the version that wrote it.",
        ) from error
