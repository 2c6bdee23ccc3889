"""What must hold of a delivery after a crash: the rules alone, on values."""

from collections.abc import Sequence

import msgspec

from hegui.ledger import kinds

#: Text sent in at most this last time before the kill may be missing from the vault.
LAST_SECONDS = 1.0
_CLOSED = (
    kinds.GenerationDelivered
    | kinds.GenerationStopped
    | kinds.GenerationFailed
    | kinds.GenerationAbandoned
    | kinds.GenerationInterrupted
)


class Delivery(msgspec.Struct, frozen=True, kw_only=True):
    """What one client received of one generation.

    Attributes:
        generation: its id, from the answer's header.
        pieces: text in the order it came; seconds from its coming to the kill, and the text.
        done: the client saw the end of the stream.
    """

    generation: str
    pieces: list[tuple[float, str]]
    done: bool

    @property
    def text(self) -> str:
        """All text received."""
        return "".join(piece for _, piece in self.pieces)


class Record(msgspec.Struct, frozen=True, kw_only=True):
    """What the house holds of one generation.

    Attributes:
        entries: its evidence.
        outcome: the kind of its outcome row, none while open.
        sealed: the text in the vault.
    """

    entries: Sequence[kinds.AnyEntry]
    outcome: str | None
    sealed: str


class Verdict(msgspec.Struct, frozen=True, kw_only=True):
    """How a delivery stands against its record.

    Attributes:
        problems: what must not be, in words; empty when all holds.
        interrupted: it was closed after the crash.
        missing: characters received that the vault does not hold.
        oldest_ms: how long before the kill the first of these came.
    """

    problems: list[str]
    interrupted: bool = False
    missing: int = 0
    oldest_ms: float = 0.0


def judge(delivery: Delivery, record: Record) -> Verdict:
    """Holds one delivery against its record."""
    problems = []
    if not any(isinstance(entry, kinds.GenerationAdmitted) for entry in record.entries):
        problems.append("text was delivered without an intake entry")
    closing = [entry for entry in record.entries if isinstance(entry, _CLOSED)]
    if len(closing) != 1 or record.outcome is None:
        problems.append(f"outcome {record.outcome}, {len(closing)} closing entries")
    interrupted = any(isinstance(entry, kinds.GenerationInterrupted) for entry in closing)
    problems += [
        f"the entry gives up {entry.unrecoverable_ms} ms"
        for entry in closing
        if isinstance(entry, kinds.GenerationInterrupted)
        and entry.unrecoverable_ms > LAST_SECONDS * 1000
    ]
    problems += [
        f"the entry counts {entry.chars} characters, the vault holds {len(record.sealed)}"
        for entry in closing
        if entry.chars != len(record.sealed)
    ]
    received = delivery.text
    missing = received[len(record.sealed) :]
    if not (record.sealed + missing).startswith(received):
        problems.append("the sealed text is another than the delivered")
    if delivery.done and (missing or interrupted):
        problems.append("a whole answer was delivered before its record was durable")
    oldest = _oldest(delivery, len(received) - len(missing)) if missing else 0.0
    if missing and not interrupted:
        problems.append(f"{len(missing)} characters are missing and no entry says so")
    if oldest > LAST_SECONDS:
        problems.append(f"text of {oldest:.3f} s before the kill is missing")
    return Verdict(
        problems=problems,
        interrupted=interrupted,
        missing=len(missing),
        oldest_ms=round(oldest * 1000, 1),
    )


def _oldest(delivery: Delivery, start: int) -> float:
    """Seconds from the coming of the character at ``start`` to the kill."""
    end = 0
    for before_kill, piece in delivery.pieces:
        end += len(piece)
        if end > start:
            return before_kill
    raise ValueError(f"fewer than {start + 1} characters were delivered")
