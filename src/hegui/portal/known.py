"""Whether this service's record knows a label: a forged one is told from a real one."""

import hashlib

import msgspec

from hegui.ledger.entry import decode
from hegui.ledger.kinds import GenerationDelivered, OutputMarked
from hegui.marks import Label
from hegui.store import StoreError
from hegui.store.log import LogReader
from hegui.world import is_id

#: What the record says of a label that names this provider.
FILE, LABEL, ALTERED, UNKNOWN = "file", "label", "altered", "unknown"
#: An act's id; the label of one of several files has the id and more.
ID_LENGTH = 32


class Known(msgspec.Struct, frozen=True):
    """What the public record says of a label.

    Attributes:
        state: ``file`` this very file left the service; ``label`` the label is the service's, the
            rest of the file may have changed; ``altered`` the number is known with another label;
            ``unknown`` no entry has that number.
        at: when it left, milliseconds since 1970; 0 when unknown.
        act: the generation, by which its proof is found; empty when unknown.
        index: the entry's place in the record; ``None`` while it waits for one.
        media: of a file, ``image``, ``audio``, ``video`` or ``document``; empty for an answer that
            left as text, and when unknown.
        explicit: whether the file left with the mark that people see, too.
    """

    state: str
    at: int = 0
    act: str = ""
    index: int | None = None
    media: str = ""
    explicit: bool = False

    @property
    def conversation(self) -> bool:
        """Whether it left as a conversation that its reader kept as a file.

        Its words are those that the reader's page sent, so nothing is said of who wrote them. An
        application's own documents have the label alone.
        """
        return self.media == "document" and self.explicit


def known(log: LogReader, label: Label, file_digest: str) -> Known:
    """Looks a label of this provider up; blocking.

    Args:
        log: the public record.
        label: as it was read from the file.
        file_digest: SHA-256 of the whole file, hex.
    """
    act = label.produce_id[:ID_LENGTH]
    if not is_id(act):
        return Known(UNKNOWN)
    digests = {hashlib.sha256(one.to_json()).hexdigest() for one in (label, _first(label))}
    best = Known(UNKNOWN)
    for index, body in log.by_act(act):
        entry = decode(body)
        if not isinstance(entry, OutputMarked | GenerationDelivered):
            continue
        same = entry.label in digests
        if isinstance(entry, OutputMarked):
            state = FILE if entry.file == file_digest else LABEL if same else ALTERED
            found = Known(state, entry.at, act, index, entry.media, entry.explicit)
        else:
            found = Known(LABEL if same else ALTERED, entry.at, act, index)
        if found.state == FILE:
            return found
        if same or best.state == UNKNOWN:
            best = found
    return best


def _first(label: Label) -> Label:
    """The label as its producer wrote it, before a platform put its own part in (Art. 6)."""
    return msgspec.structs.replace(
        label,
        content_propagator=label.content_producer,
        propagate_id=label.produce_id,
        reserved_code2="",
    )


def proof(log: LogReader, found: Known) -> str | None:
    """The proof file of the entry that knows a label; ``None`` while it has no place yet."""
    if found.index is None:
        return None
    body = log.body(found.index)
    if body is None:
        return None
    try:
        return log.proof_file(found.index, body)
    except StoreError as error:
        if error.code != "entry_not_placed":
            raise
        return None
