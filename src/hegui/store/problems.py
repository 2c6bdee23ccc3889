"""What the verification of a log can find, with sentences for people."""

import msgspec

#: Findings that a report lists; the rest is counted.
MOST_LISTED = 1_000

_SENTENCES = {
    "entry_altered": (
        "留痕 {} 的内容与签名的账本不符，已被改动。请从备份恢复并查明原因。",
        (
            "Entry {} is not what the signed log holds: it was altered. Restore it from a backup "
            "and find out why."
        ),
    ),
    "entry_missing": (
        "留痕 {} 缺失。请从备份恢复并查明原因。",
        "Entry {} is missing. Restore it from a backup and find out why.",
    ),
    "tail_missing": (
        "账本末尾的留痕 {} 缺失，而检查点已为其签名。请从备份恢复并查明原因。",
        (
            "Entries {} at the end of the log are missing, though a checkpoint was signed over "
            "them. Restore them from a backup and find out why."
        ),
    ),
    "tile_altered": (
        "哈希瓦片 {} 缺失或被改动；留痕本身另行核验。请从备份恢复该瓦片。",
        (
            "Hash tile {} is missing or altered; the entries are judged apart from it. Restore "
            "the tile from a backup."
        ),
    ),
    "root_mismatch": (
        "账本重算的根与最新检查点 {} 不符。请勿采信此账本，从备份恢复并查明原因。",
        (
            "The log's root, computed again, is not that of the latest checkpoint {}. Do not rely "
            "on this log; restore it from a backup and find out why."
        ),
    ),
    "checkpoint_signature": (
        "检查点 {} 不是由本账本的密钥签署。请核对公钥，从备份恢复该检查点。",
        (
            "Checkpoint {} is not signed by this log's key. Compare the key, and restore the "
            "checkpoint from a backup."
        ),
    ),
    "checkpoint_inconsistent": (
        "检查点 {} 与账本不一致：在其与前一个相符的检查点之间有改动。请从备份恢复。",
        (
            "Checkpoint {} does not fit the log: something between it and the last checkpoint that "
            "fits was altered. Restore it from a backup."
        ),
    ),
    "checkpoint_missing": (
        "留痕 {} 已排入账本，却没有检查点为其签名。请从备份恢复检查点。",
        (
            "Entries {} have their place, but no checkpoint is signed over them. Restore the "
            "checkpoint from a backup."
        ),
    ),
}


class Problem(msgspec.Struct, frozen=True):
    """One finding.

    Attributes:
        code: stable; documented in ``docs/errors.md``.
        place: which entry, tile (``LEVEL/N``) or checkpoint (its size); entries in a row are
            ``FIRST-LAST``.
        zh: what was found and what to do, in Chinese.
        en: the same in English.
    """

    code: str
    place: str
    zh: str
    en: str


def told(code: str, place: str) -> Problem:
    """A finding with its sentences."""
    zh, en = _SENTENCES[code]
    return Problem(code, place, zh.format(place), en.format(place))


class Report(msgspec.Struct, frozen=True):
    """The result of a verification.

    Attributes:
        ok: nothing was found.
        size: entries that the latest checkpoint is signed over.
        pending: entries committed that have no place yet.
        oldest_pending_ms: age of the oldest of those in milliseconds, or None.
        problems: at most 1,000 findings, each code and place once.
        unlisted: how many more there are.
    """

    ok: bool
    size: int
    pending: int
    oldest_pending_ms: int | None
    problems: list[Problem]
    unlisted: int


class Problems:
    """Gathers findings in bounded memory."""

    def __init__(self) -> None:
        self._listed: dict[tuple[str, str], Problem] = {}
        self.unlisted = 0

    def add(self, code: str, place: object) -> None:
        """Notes a finding; a second of the same code and place is not told again."""
        key = (code, str(place))
        if key in self._listed:
            return
        if len(self._listed) == MOST_LISTED:
            self.unlisted += 1
            return
        self._listed[key] = told(code, key[1])

    def listed(self) -> list[Problem]:
        """The findings, in the order in which they were made."""
        return list(self._listed.values())


def span(first: int, end: int) -> str:
    """Entries ``first`` to ``end`` (exclusive), as a place."""
    return str(first) if end == first + 1 else f"{first}-{end - 1}"
