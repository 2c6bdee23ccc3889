"""Offsets from the file's beginning, corrected when something before their target has grown.

They stand in ``stco``, ``co64`` and ``saio`` of each track, in ``tfhd`` of fragments, in ``sidx``
and ``tfra`` as indexes of fragments, and in ``iloc`` (ISO/IEC 14496-12, 8.7.5, 8.7.9, 8.8, 8.11.3,
8.16.3). Tables are taken piece by piece, so that hours of video need little memory.
"""

import struct
from collections.abc import Iterator

import msgspec

from hegui.marks.carriers import bmff
from hegui.marks.carriers.bmff import Box, broken
from hegui.marks.carriers.bmff_edit import Edits
from hegui.marks.carriers.bmff_items import mend_places
from hegui.marks.source import Source

#: Entries that are turned into numbers at once.
_BLOCK = 65_536
_TOP_32 = 0xFFFFFFFF
#: Of a ``tfhd`` that is too short to name a place.
_PLAIN = bytes(16)


class Table(msgspec.Struct, frozen=True):
    """A table of offsets.

    Attributes:
        box: the box.
        path: the boxes around it.
        start: where the first offset stands.
        count: how many there are.
        width: bytes of each, 4 or 8.
        highest: the largest offset.
    """

    box: Box
    path: tuple[Box, ...]
    start: int
    count: int
    width: int
    highest: int


def mend(source: Source, tops: list[Box], edits: Edits, *, but: Box | None = None) -> None:
    """Adds to the edits whatever offsets need, once all other edits are known.

    Tables of four bytes an offset are rewritten with eight when an offset passes 4 GB.

    Args:
        source: the file.
        tops: its own boxes.
        edits: the edits so far.
        but: a ``meta`` box whose items the caller mends itself.

    Raises:
        MarksError: ``file_malformed`` when a table is wrong, an offset points into what is
            replaced, or no longer fits; ``file_protected`` for a compressed ``moov``.
    """
    shifts = edits.shifts()
    if shifts is None:
        return
    tables = [
        table
        for top in tops
        if top.kind == b"moov"
        for table in _tables(source, top)
        if table.highest >= shifts[0]
    ]
    widened = _widen(edits, tables)
    for table in tables:
        _mend_table(source, edits, table, widened.get(table.box.start))
    for top in tops:
        if top.kind == b"moof":
            _mend_fragment(source, edits, top)
        elif top.kind == b"sidx":
            _mend_segments(source, edits, top)
        elif top.kind == b"mfra":
            for box in bmff.children(source, top):
                if box.kind == b"tfra":
                    _mend_random_access(source, edits, box)
    for meta in _metas(source, tops):
        if meta != but:
            mend_places(source, edits, meta)


def _tables(source: Source, moov: Box) -> Iterator[Table]:
    for trak in bmff.children(source, moov):
        if trak.kind == b"cmov":
            raise broken("moov 是压缩的", "its moov box is compressed")
        path = _down(source, trak, b"mdia", b"minf") if trak.kind == b"trak" else None
        if path is None:
            continue
        stbl = bmff.child(source, path[-1], b"stbl")
        if stbl is None or not _own_data(source, path[-1]):
            continue
        around = (moov, *path, stbl)
        for box in bmff.children(source, stbl):
            if box.kind in {b"stco", b"co64", b"saio"}:
                yield _table(source, box, around)


def _down(source: Source, box: Box, *kinds: bytes) -> tuple[Box, ...] | None:
    path = [box]
    for kind in kinds:
        inner = bmff.child(source, path[-1], kind)
        if inner is None:
            return None
        path.append(inner)
    return tuple(path)


def _own_data(source: Source, minf: Box) -> bool:
    """Whether a track's media stand in this very file (``dref``, flag 1)."""
    path = _down(source, minf, b"dinf", b"dref")
    if path is None:
        return True
    dref = path[-1]
    own = {
        source.at(box.body + 3, 1)[0] & 1 == 1
        for box in bmff.boxes(source, dref.body + 8, dref.stop)
    }
    if len(own) > 1:
        raise broken("轨道数据分散在多个文件", "a track's media stand in several files")
    return own != {False}


def _table(source: Source, box: Box, path: tuple[Box, ...]) -> Table:
    head = source.at(box.body, 8)
    start, width = box.body + 8, 8 if box.kind == b"co64" else 4
    count = int.from_bytes(head[4:], "big")
    if box.kind == b"saio":
        start += 8 * (head[3] & 1)
        width = 8 if head[0] else 4
        count = int.from_bytes(source.at(start - 4, 4), "big")
    if start + count * width > box.stop:
        raise broken("偏移表有误", "a table of offsets is wrong")
    highest = max((max(block) for block in _blocks(source, start, count, width)), default=0)
    return Table(box, path, start, count, width, highest)


def _blocks(source: Source, start: int, count: int, width: int) -> Iterator[tuple[int, ...]]:
    for first in range(0, count, _BLOCK):
        many = min(_BLOCK, count - first)
        data = source.at(start + first * width, many * width)
        yield struct.unpack(f">{many}{_code(width)}", data)


def _code(width: int) -> str:
    return "I" if width == 4 else "Q"


def _widen(edits: Edits, tables: list[Table]) -> dict[int, int]:
    """Makes room for eight bytes an offset where four no longer do; box start to edit number.

    A table that grows moves the media once more, so that another table may follow.
    """
    widened: dict[int, int] = {}
    again = True
    while again:
        again = False
        for table in tables:
            narrow = table.width == 4 and table.box.start not in widened
            if narrow and edits.moved(table.highest) > _TOP_32:
                if table.box.kind != b"stco":
                    raise broken("偏移超过 4 GB", "an offset would pass 4 GB")
                box = table.box
                room = bytes(16 + 8 * table.count)
                widened[box.start] = edits.put(table.path, box.start, box.stop, room)
                again = True
    return widened


def _mend_table(source: Source, edits: Edits, table: Table, widened: int | None) -> None:
    width = table.width if widened is None else 8
    parts, changed = [], False
    for block in _blocks(source, table.start, table.count, table.width):
        moved = _moved(edits, block)
        changed = changed or moved != block
        parts.append(struct.pack(f">{len(moved)}{_code(width)}", *moved))
    data = b"".join(parts)
    if widened is not None:
        head = source.at(table.box.body, 8)
        edits.fill(widened, bmff.packed(b"co64", head, data))
    elif changed:
        edits.put((), table.start, table.start + len(data), data)


def _moved(edits: Edits, block: tuple[int, ...]) -> tuple[int, ...]:
    first, last, growth = edits.shifts() or (0, 0, 0)
    if max(block) < first:
        return block
    if min(block) >= last:
        return tuple([offset + growth for offset in block])
    return tuple([edits.moved(offset) for offset in block])


def _mend_fragment(source: Source, edits: Edits, moof: Box) -> None:
    """``tfhd`` may name the place that a fragment's offsets count from (8.8.7, flag 1)."""
    for traf in bmff.children(source, moof):
        box = bmff.child(source, traf, b"tfhd") if traf.kind == b"traf" else None
        if box is None:
            continue
        head = source.at(box.body, 16) if box.stop - box.body >= 16 else _PLAIN
        if head[3] & 1:
            old = int.from_bytes(head[8:], "big")
            _put_number(edits, box.body + 8, 8, edits.moved(old), old)


def _put_number(edits: Edits, at: int, width: int, number: int, old: int) -> None:
    if number == old:
        return
    if not 0 <= number < 1 << (8 * width):
        raise broken("偏移放不下", "an offset no longer fits")
    edits.put((), at, at + width, number.to_bytes(width, "big"))


def _mend_segments(source: Source, edits: Edits, sidx: Box) -> None:
    """``sidx`` counts from its own end, and its parts follow one another (8.16.3)."""
    data = bmff.content(source, sidx)
    width = 8 if data[:1] > b"\0" else 4
    at = 12 + width  # behind version, flags, reference, timescale and earliest time
    head = at + width + 4
    count = int.from_bytes(data[head - 2 : head], "big")
    if len(data) < head + 12 * count:
        raise broken("sidx 有误", "its sidx box is wrong")
    place = sidx.stop + int.from_bytes(data[at : at + width], "big")
    first = edits.moved(place) - edits.moved(sidx.stop)
    _put_number(edits, sidx.body + at, width, first, place - sidx.stop)
    for entry in range(head, head + 12 * count, 12):
        word = int.from_bytes(data[entry : entry + 4], "big")
        size = word & 0x7FFFFFFF
        new = edits.moved(place + size) - edits.moved(place)
        place += size
        if not 0 <= new <= 0x7FFFFFFF:
            raise broken("sidx 有误", "its sidx box is wrong")
        _put_number(edits, sidx.body + entry, 4, word & 0x80000000 | new, word)


def _mend_random_access(source: Source, edits: Edits, tfra: Box) -> None:
    """``tfra`` names the fragment of each random access point (8.8.10)."""
    data = bmff.content(source, tfra)
    width = 8 if data[:1] > b"\0" else 4
    sizes, count = int.from_bytes(data[8:12], "big"), int.from_bytes(data[12:16], "big")
    step = 2 * width + sum((sizes >> shift & 3) + 1 for shift in (0, 2, 4))
    if len(data) < 16 + step * count:
        raise broken("tfra 有误", "its tfra box is wrong")
    out = bytearray(data)
    for at in range(16 + width, 16 + step * count, step):
        new = edits.moved(int.from_bytes(data[at : at + width], "big"))
        if new >> (8 * width):
            raise broken("偏移放不下", "an offset no longer fits")
        out[at : at + width] = new.to_bytes(width, "big")
    if out != data:
        edits.put((), tfra.body, tfra.stop, bytes(out))


def _metas(source: Source, tops: list[Box]) -> Iterator[Box]:
    for top in tops:
        if top.kind == b"meta":
            yield top
        elif top.kind == b"moov":
            for one in bmff.children(source, top):
                if one.kind == b"meta":
                    yield one
                elif one.kind == b"trak":
                    yield from (x for x in bmff.children(source, one) if x.kind == b"meta")
