"""Offsets within an AVI file that count from its start: needed when the pictures move.

``idx1`` usually counts from ``movi``, but some programs count from the file's start. OpenDML has a
super index for each stream in the header, which leads to index chunks among the pictures; each of
these has a base of its own (OpenDML AVI File Format Extensions 1.02).
"""

from array import array
from collections.abc import Iterator
from sys import byteorder

from hegui.marks.carriers.riff import HEADER, Chunk, chunks
from hegui.marks.errors import malformed
from hegui.marks.source import Source

_ENTRY = 16
_SUPER, _DIRECT = 0, 1
_COUNT, _BASE, _ENTRIES = 4, 12, 24


def changes(
    source: Source, header: Chunk | None, movi: Chunk, index: Chunk | None, by: int
) -> list[tuple[int, bytes]]:
    """What changes in the indexes when all pictures move by so many bytes.

    Args:
        source: the file.
        header: the list ``hdrl``.
        movi: the first list of pictures.
        index: the chunk ``idx1``.
        by: bytes.

    Returns:
        Offsets in the old file and the new bytes there.

    Raises:
        MarksError: ``file_malformed`` when a super index leads nowhere, ``file_too_complex``.
    """
    found: list[tuple[int, bytes]] = []
    if index is not None and _is_absolute(source, movi, index):
        found.append((index.data, _shifted(source, index, by)))
    for indx in _indexes(source, header) if header is not None else ():
        head = source.at(indx.data, min(indx.size, _ENTRIES))
        kind = head[3] if len(head) == _ENTRIES else -1
        if kind == _DIRECT:
            found.append(_based(source, indx.data, by))
        elif kind == _SUPER:
            count = int.from_bytes(head[_COUNT : _COUNT + 4], "little")
            for at in range(indx.data + _ENTRIES, indx.data + _ENTRIES + count * _ENTRY, _ENTRY):
                if at + _ENTRY > indx.stop:
                    raise malformed("avi", "索引越界", "an index runs out of its chunk")
                found += _entry(source, at, by)
    return found


def _entry(source: Source, at: int, by: int) -> list[tuple[int, bytes]]:
    """One entry of a super index, and the base of the index that it leads to."""
    offset = int.from_bytes(source.at(at, 8), "little")
    if not offset:
        return []
    if b"ix" not in source.upto(offset, 4):
        raise malformed("avi", "索引位置有误", "an index leads to a wrong place")
    moved = (at, (offset + by).to_bytes(8, "little"))
    return [moved, _based(source, offset + HEADER, by)]


def _based(source: Source, data: int, by: int) -> tuple[int, bytes]:
    base = int.from_bytes(source.at(data + _BASE, 8), "little")
    if base + by >> 64 or base + by < 0:
        raise malformed("avi", "索引位置有误", "an index leads to a wrong place")
    return data + _BASE, (base + by).to_bytes(8, "little")


def _indexes(source: Source, header: Chunk) -> Iterator[Chunk]:
    """The chunks ``indx`` of all streams."""
    for stream in chunks(source, header.data + 4, header.data + header.size):
        if stream.id == b"LIST" and source.upto(stream.data, 4) == b"strl":
            for chunk in chunks(source, stream.data + 4, stream.data + stream.size):
                if chunk.id == b"indx":
                    yield chunk


def _is_absolute(source: Source, movi: Chunk, index: Chunk) -> bool:
    """Whether ``idx1`` counts from the file's start: what stands at its first offset tells."""
    entry = source.upto(index.data, min(index.size, _ENTRY))
    name, offset = entry[:4], int.from_bytes(entry[8:12], "little")
    if len(entry) < _ENTRY or source.upto(movi.data + offset, 4) == name:
        return False
    return source.upto(offset, 4) == name


def _shifted(source: Source, index: Chunk, by: int) -> bytes:
    """The data of ``idx1`` with all offsets moved."""
    count = index.size // _ENTRY
    numbers = array("I", source.at(index.data, count * _ENTRY))
    if byteorder == "big":
        numbers.byteswap()
    try:
        numbers[2::4] = array("I", (offset + by for offset in numbers[2::4]))
    except OverflowError as error:
        raise malformed("avi", "索引位置超过 4 GB", "an index leads past 4 GB") from error
    if byteorder == "big":
        numbers.byteswap()
    return numbers.tobytes()
