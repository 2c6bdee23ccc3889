"""The rows of a generation's record: each table's columns, and their values in that order."""

from typing import Any

from hegui.ledger import kinds
from hegui.ledger.entry import encode
from hegui.screen import Finding
from hegui.store import GroupWriter, Insert, tables

Row = tuple[Insert, tuple[Any, ...]]
#: A finding, with the side (input or output) and the place it stands at.
Found = tuple[str, str, Finding]

_GENERATION = (
    "id",
    "application_id",
    "key_id",
    "route",
    "model",
    "streamed",
    "instance",
    "started",
)
_OUTCOME = (
    "generation_id",
    "kind",
    "code",
    "upstream",
    "ended",
    "first_ms",
    "prompt_bytes",
    "answer_chars",
)
#: What a decision and a finding have in common.
_FINDING = (
    "id",
    "generation_id",
    "at",
    "side",
    "place",
    "category",
    "pack",
    "pack_version",
)


class Rows:
    """Makes rows; what a value means says :mod:`hegui.store.tables`.

    Args:
        writer: it writes them.
    """

    def __init__(self, writer: GroupWriter) -> None:
        insert = writer.insert
        self._generation = insert(tables.generation, *_GENERATION)
        self._person = insert(tables.generation_person, "generation_id", "person_id")
        self._sealed = insert(tables.sealed, "generation_id", "part", "seq", "data", "expires")
        self._outcome = insert(tables.outcome, *_OUTCOME)
        self._decision = insert(tables.decision, *_FINDING, "author", "automated")
        self._finding = insert(tables.finding, *_FINDING)
        self._entry = insert(tables.entry, "kind", "act", "at", "body")

    def generation(
        self,
        *,
        act: str,
        application: str,
        key: str,
        route: str,
        model: str,
        streamed: bool,
        instance: str,
        started: int,
    ) -> Row:
        """A generation that was let in."""
        return self._generation, (act, application, key, route, model, streamed, instance, started)

    def person(self, act: str, person: str) -> Row:
        """Whose it is."""
        return self._person, (act, person)

    def sealed(self, act: str, part: str, seq: int, data: bytes, expires: int) -> Row:
        """A sealed text."""
        return self._sealed, (act, part, seq, data, expires)

    def outcome(
        self,
        *,
        act: str,
        kind: str,
        code: str,
        upstream: str,
        ended: int,
        first_ms: int | None,
        prompt_bytes: int,
        answer_chars: int,
    ) -> Row:
        """How a generation ended."""
        row = (act, kind, code, upstream, ended, first_ms, prompt_bytes, answer_chars)
        return self._outcome, row

    def decision(self, act: str, decision: str, at: int, found: Found) -> Row:
        """A stop, made by the machine."""
        row = (*_told(act, decision, at, found), found[2].author, True)
        return self._decision, row

    def finding(self, act: str, number: str, at: int, found: Found) -> Row:
        """A finding that stopped nothing."""
        return self._finding, _told(act, number, at, found)

    def entry(self, entry: kinds.Entry) -> Row:
        """Evidence."""
        kind = entry.__struct_config__.tag
        return self._entry, (kind, entry.act, entry.at, encode(entry))


def _told(act: str, number: str, at: int, found: Found) -> tuple[Any, ...]:
    side, place, finding = found
    return (
        number,
        act,
        at,
        side,
        place,
        finding.category,
        finding.pack,
        finding.pack_version,
    )
