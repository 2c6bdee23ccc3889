"""A file that somebody hands in: read in memory, told in plain words, kept nowhere."""

import hashlib

import msgspec

from hegui import marks
from hegui.marks import Reading
from hegui.portal import known
from hegui.portal.known import Known
from hegui.store.log import LogReader

#: Largest file that the page reads, in bytes; larger ones are for the command ``hegui read``.
MAX_FILE = 32 * 1024 * 1024


class Checked(msgspec.Struct, frozen=True):
    """What a file says about itself, and what this service's record says of it.

    Attributes:
        name: as it was handed in.
        size: bytes.
        digest: SHA-256, hex.
        reading: what was read.
        ours: whether the label names this provider.
        known: what the record says, when it is ours.
        proof: the proof of the entry that knows it, when it has one.
    """

    name: str
    size: int
    digest: str
    reading: Reading
    ours: bool
    known: Known | None
    proof: str | None


def check(log: LogReader, provider: str, name: str, data: bytes) -> Checked:
    """Reads a file and asks the record about its label; blocking.

    Args:
        log: this service's record.
        provider: this provider's code.
        name: the file's name, only to be shown.
        data: the file.
    """
    digest = hashlib.sha256(data).hexdigest()
    reading = marks.read(data)
    label = reading.label
    ours = label is not None and label.content_producer == provider
    found = proof = None
    if label is not None and ours:
        found = known.known(log, label, digest)
        proof = known.proof(log, found)
    return Checked(name, len(data), digest, reading, ours, found, proof)
