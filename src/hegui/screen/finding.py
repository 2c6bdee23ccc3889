"""What a screen found, and where."""

import msgspec

from hegui.screen.pack import Action

#: So many invisible characters in a row are let through; one more is a finding (and in a stream
#: the rest is cut), so that what is held back stays bounded in the original text too.
LONGEST_RUN = 64
#: Findings of one action that are told of one text. One more tells a reviewer nothing.
MOST_FINDINGS = 100


class Finding(msgspec.Struct, frozen=True):
    """A listed word met in a text, or a long run of invisible characters.

    Attributes:
        pack, pack_version, author: whose word it is; ``hegui`` for a run.
        category: the pack's; ``obfuscation`` for a run.
        action: ``stop`` or ``review``.
        word: as the pack spells it; empty for a run.
        start, end: offsets in the original text (of a stream: in all that was fed). Of a run: its
            first 65 characters.
    """

    pack: str
    pack_version: str
    author: str
    category: str
    action: Action
    word: str
    start: int
    end: int


def obfuscation(start: int, end: int) -> Finding:
    """The finding for a run of more than 64 invisible characters."""
    return Finding("hegui", "1", "Hegui", "obfuscation", "review", "", start, end)
