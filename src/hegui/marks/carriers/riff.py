"""RIFF, the chunks of WAV, AVI and WebP (Multimedia Programming Interface 1.0, chapter 2).

A file is one chunk ``RIFF`` (in large audio files ``RF64`` or ``BW64``) whose data begin with the
form's name, four bytes, and go on with chunks: four bytes of name, four of size (little endian),
the data, and one byte of padding when the size is odd.
"""

from collections.abc import Iterator, Mapping
from types import MappingProxyType

import msgspec

from hegui.marks.errors import malformed
from hegui.marks.source import Source

#: Stands for "not known" in a size, written by programs that could not go back to fill it in.
UNKNOWN = 0xFFFFFFFF
#: Bytes of a chunk's name and size.
HEADER = 8
#: A chunk costs more than the reads it takes, so that a file of nothing but chunks is soon refused.
_COST = 4
_NONE: Mapping[bytes, int] = MappingProxyType({})


class Chunk(msgspec.Struct, frozen=True):
    """One chunk; offsets are in the file.

    Attributes:
        id: its name, four bytes.
        start: where its name stands.
        data: where its data begin.
        size: how many bytes of data are there, without padding.
        stop: behind its data and its padding.
        declared: how many bytes of data its header says there are.
    """

    id: bytes
    start: int
    data: int
    size: int
    stop: int
    declared: int

    @property
    def whole(self) -> bool:
        """Whether the data that the header promises are all there."""
        return self.size == self.declared

    @property
    def padded(self) -> bool:
        """Whether a chunk may follow as it is: an odd size has its byte of padding."""
        return (self.stop - self.start) % 2 == 0


class Form(msgspec.Struct, frozen=True):
    """The outermost chunk.

    Attributes:
        magic: ``RIFF``, ``RF64`` or ``BW64``.
        kind: the form's name, such as ``WAVE``, four bytes.
        body: where its first chunk begins.
        stop: where its last chunk ends: what follows in the file is none of it.
        declared: its size as the header says, counted from the form's name.
    """

    magic: bytes
    kind: bytes
    body: int
    stop: int
    declared: int

    @property
    def sized(self) -> bool:
        """Whether the size is one: a writer that could not go back left 0 or all ones."""
        return 4 <= self.declared < UNKNOWN


def form(source: Source, start: int = 0) -> Form:
    """The outermost chunk at an offset.

    A size that is not known, or that runs beyond the end of the file, ends at the end of the file.

    Raises:
        MarksError: ``file_malformed`` when twelve bytes are not there.
    """
    head = source.at(start, 12)
    declared = int.from_bytes(head[4:8], "little")
    stop = start + HEADER + declared
    if declared < 4 or stop > source.size:
        stop = source.size
    return Form(head[:4], head[8:], start + 12, stop, declared)


def chunks(
    source: Source, start: int, stop: int, large: Mapping[bytes, int] = _NONE
) -> Iterator[Chunk]:
    """The chunks between two offsets, in order.

    Fewer than eight bytes before ``stop`` are no chunk. The last chunk may be cut short
    (``whole`` tells); padding that a writer forgot is seen and not skipped.

    Args:
        source: the file.
        start: offset of the first chunk.
        stop: where the surrounding chunk's data end.
        large: sizes by name that stand elsewhere (in RF64), for chunks whose own is ``UNKNOWN``.

    Raises:
        MarksError: ``file_malformed`` when the file is shorter than ``stop``,
            ``file_too_complex`` when there are too many chunks.
    """
    while stop - start >= HEADER:
        head = source.at(start, HEADER)
        declared = int.from_bytes(head[4:], "little")
        if declared == UNKNOWN:
            declared = large.get(head[:4], UNKNOWN)
        data = start + HEADER
        size = min(declared, stop - data)
        end = data + size
        if size % 2 and end < stop and _has_padding(source, end, stop):
            end += 1
        source.reads -= _COST
        yield Chunk(head[:4], start, data, size, end, declared)
        start = end


def packed(name: bytes, data: bytes) -> bytes:
    """A chunk as the file holds it, with padding.

    Args:
        name: four bytes.
        data: fewer than 2**32 bytes.
    """
    return name + size_field(len(data)) + data + b"\0" * (len(data) % 2)


def size_field(size: int, fmt: str = "riff") -> bytes:
    """A size in four bytes.

    Args:
        size: bytes.
        fmt: the format's name, for the message.

    Raises:
        MarksError: ``file_malformed`` when it does not fit: the file has grown too large for RIFF.
    """
    if size >= UNKNOWN:
        raise malformed(fmt, "加上标识后超过 4 GB 上限", "with a label it exceeds 4 GB")
    return size.to_bytes(4, "little")


def _has_padding(source: Source, at: int, stop: int) -> bool:
    """Whether the byte at ``at`` is padding, and not the next chunk's first."""
    after = source.at(at, min(1 + HEADER, stop - at))
    if after[0] == 0 or _is_header(after[1:], stop - at - 1):
        return True
    return not _is_header(after[:HEADER], stop - at)


def _is_header(head: bytes, room: int) -> bool:
    """Whether these could be a chunk's first eight bytes, with ``room`` bytes left from there."""
    named = len(head) == HEADER and all(0x20 <= byte < 0x7F for byte in head[:4])
    return named and HEADER + int.from_bytes(head[4:], "little") <= room
