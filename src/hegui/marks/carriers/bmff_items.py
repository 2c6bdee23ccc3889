"""Items of a ``meta`` box: what they are, where their data stand, what refers to what.

ISO/IEC 14496-12, 8.11: ``iinf`` lists the items, ``iloc`` says where their data stand (in the file,
or in ``idat`` of the same ``meta``), ``iref`` what they belong to, ``pitm`` which one is primary.
"""

import struct
from collections.abc import Iterator
from struct import calcsize, unpack_from

import msgspec

from hegui.marks.carriers import bmff
from hegui.marks.carriers.bmff import Box, broken
from hegui.marks.carriers.bmff_edit import Edits
from hegui.marks.errors import MarksError, too_complex
from hegui.marks.source import Source

#: Where an item's data stand: in the file, in ``idat``, in another item.
IN_FILE, IN_IDAT = 0, 1
#: Largest ``iloc``, ``infe`` and reference that are read, and most items: a picture of 10,000
#: tiles needs half.
_MAX_TABLE = 1024 * 1024
_MAX_ITEMS = 20_000
#: Numbers by their width in bytes, for ``struct``.
_CODES = {0: "", 4: "I", 8: "Q"}


class Item(msgspec.Struct, frozen=True):
    """One item.

    Attributes:
        id: its number.
        kind: four bytes, such as ``hvc1``, ``Exif`` or ``mime``.
        media_type: of an item of the kind ``mime``.
        encoding: how its data are packed, empty for not at all.
        closed: whether its data are encrypted.
    """

    id: int
    kind: bytes
    media_type: str
    encoding: str
    closed: bool


class Location(msgspec.Struct, frozen=True):
    """Where one item's data stand.

    Attributes:
        id: the item's number.
        method: 0 in the file, 1 in ``idat``, 2 in another item.
        reference: 0 for this very file.
        base: added to each extent's offset.
        extents: index, offset and length of each part, as they stand.
    """

    id: int
    method: int
    reference: int
    base: int
    extents: tuple[tuple[int, int, int], ...]


class Locations(msgspec.Struct, frozen=True):
    """The whole ``iloc``.

    Attributes:
        box: the box.
        version: 0, 1 or 2.
        sizes: bytes of an offset, a length, a base and an index: 0, 4 or 8 each.
        items: in order.
    """

    box: Box
    version: int
    sizes: tuple[int, int, int, int]
    items: tuple[Location, ...]

    def packed(self) -> bytes:
        """The box's content.

        Raises:
            MarksError: ``file_malformed`` when a number no longer fits.
        """
        offset, length, base, index = self.sizes
        wide = 4 if self.version == 2 else 2
        parts = [bytes((self.version, 0, 0, 0, offset << 4 | length, base << 4 | index))]
        parts.append(_number(len(self.items), wide))
        for item in self.items:
            parts.append(_number(item.id, wide))
            if self.version:
                parts.append(_number(item.method, 2))
            parts += [_number(item.reference, 2), _number(item.base, base)]
            parts.append(_number(len(item.extents), 2))
            for extent in item.extents:
                own = (index if self.version else 0, offset, length)
                parts += map(_number, extent, own)
        return b"".join(parts)


def items(source: Source, iinf: Box) -> Iterator[Item]:
    """The items of an ``iinf``.

    Raises:
        MarksError: ``file_malformed``.
    """
    wide = source.at(iinf.body, 1) != b"\0"
    entries = bmff.boxes(source, iinf.body + (8 if wide else 6), iinf.stop)
    for found, box in enumerate(entries):
        if found == _MAX_ITEMS:
            raise too_complex("HEIF")
        if box.kind == b"infe":
            yield _item(bmff.content(source, box, _MAX_TABLE))


def locations(source: Source, iloc: Box) -> Locations:
    """The content of an ``iloc``.

    Raises:
        MarksError: ``file_malformed`` when it ends too early or has sizes that there are not.
    """
    data = bmff.content(source, iloc, _MAX_TABLE)
    version, high, low = _numbers(">B3xBB", data)
    offset, length, base, index = high >> 4, high & 15, low >> 4, low & 15
    if version > 2 or not {offset, length, base, index} <= _CODES.keys():
        raise _wrong()
    wide = "I" if version == 2 else "H"
    index = index if version else 0
    # A number of no width is not there, and is 0.
    form = f">{wide}{'H' if version else ''}H{_CODES[base]}H"
    part = f">{_CODES[index]}{_CODES[offset]}{_CODES[length]}"
    found = []
    at, total = 6 + calcsize(wide), 0
    for _ in range(_numbers(f">6x{wide}", data)[0]):
        number, *middle, count = _numbers(form, data, at)
        at += calcsize(form)
        start = middle.pop() if base else 0
        reference = middle.pop()
        method = middle.pop() & 15 if version else IN_FILE
        if count and not index + offset + length:
            raise _wrong()
        total += count + 1
        if total > 2 * _MAX_ITEMS:
            raise too_complex("HEIF")
        extents = []
        for _ in range(count):
            told = list(_numbers(part, data, at))
            at += calcsize(part)
            size = told.pop() if length else 0
            place = told.pop() if offset else 0
            extents.append((told.pop() if index else 0, place, size))
        found.append(Location(number, method, reference, start, tuple(extents)))
    return Locations(iloc, version, (offset, length, base, index), tuple(found))


def described(source: Source, iref: Box) -> Iterator[tuple[int, tuple[int, ...]]]:
    """Which items are told of by which (``cdsc``): an item, and those that it describes.

    Raises:
        MarksError: ``file_malformed``.
    """
    wide = "I" if source.at(iref.body, 1) != b"\0" else "H"
    for box in bmff.boxes(source, iref.body + 4, iref.stop):
        if box.kind == b"cdsc":
            data = bmff.content(source, box, _MAX_TABLE)
            item, count = _numbers(f">{wide}H", data)
            yield item, _numbers(f">{count}{wide}", data, calcsize(wide) + 2)


def primary(source: Source, pitm: Box) -> int:
    """The number of the primary item.

    Raises:
        MarksError: ``file_malformed``.
    """
    data = bmff.content(source, pitm)
    (version,) = _numbers(">B3x", data)
    return _numbers(">4xI" if version else ">4xH", data)[0]


def ranges(location: Location, idat: Box | None) -> list[tuple[int, int]]:
    """Where an item's data stand in the file, part by part: from, up to.

    Raises:
        MarksError: ``file_malformed`` when they stand in no place that is known.
    """
    start = location.base
    if location.method == IN_IDAT and idat is not None:
        start += idat.body
    elif location.method != IN_FILE or location.reference:
        raise _wrong()
    return [(start + offset, start + offset + length) for _, offset, length in location.extents]


def moved(location: Location, edits: Edits, idat: Box | None) -> Location:
    """An item's location after the edits.

    Raises:
        MarksError: ``file_malformed`` when an edit changes the item's own data.
    """
    if location.method > IN_IDAT or location.reference:
        return location
    home = edits.moved(idat.body) - idat.body if location.method and idat is not None else 0
    shifts = []
    for (start, stop), (_, _, length) in zip(ranges(location, idat), location.extents, strict=True):
        shift = edits.moved(start) - start
        if length and edits.moved(stop - 1) - (stop - 1) != shift:
            raise broken("图像数据与标识重叠", "image data and label overlap")
        shifts.append(shift - home)
    if not any(shifts):
        return location
    if location.base and len(set(shifts)) == 1:
        return msgspec.structs.replace(location, base=location.base + shifts[0])
    extents = tuple(
        (index, offset + shift, length)
        for (index, offset, length), shift in zip(location.extents, shifts, strict=True)
    )
    return msgspec.structs.replace(location, extents=extents)


def mend_places(source: Source, edits: Edits, meta: Box) -> None:
    """Corrects a ``meta`` box's ``iloc`` for what the edits have moved.

    Raises:
        MarksError: ``file_malformed``.
    """
    inner = {box.kind: box for box in bmff.children(source, meta)}
    iloc, idat = inner.get(b"iloc"), inner.get(b"idat")
    if iloc is None:
        return
    old = locations(source, iloc)
    new = tuple(moved(item, edits, idat) for item in old.items)
    if new != old.items:
        data = msgspec.structs.replace(old, items=new).packed()
        edits.put((), iloc.body, iloc.body + len(data), data)


def _numbers(form: str, data: bytes, at: int = 0) -> tuple[int, ...]:
    """The numbers at an offset, as ``struct`` has their form."""
    try:
        return unpack_from(form, data, at)
    except struct.error as error:
        raise _wrong() from error


def _item(data: bytes) -> Item:
    wide = data[:1] == b"\3"
    version, number, protection = _numbers(">B3xIH" if wide else ">B3xHH", data)
    kind, at = b"mime", 10 if wide else 8
    if version >= 2:
        kind, at = data[at : at + 4], at + 4
    media_type = encoding = ""
    if kind == b"mime":
        # Behind it: a name, the media type and how it is packed, NUL after each.
        texts = [text.decode("utf-8", "replace") for text in data[at:].split(b"\0", 3)[1:3]]
        media_type, encoding = (*texts, "", "")[:2]
    return Item(number, kind, media_type, encoding, closed=protection > 0)


def _number(number: int, width: int) -> bytes:
    if not 0 <= number < 1 << 8 * width:
        raise broken("偏移放不下", "an offset no longer fits")
    return number.to_bytes(width, "big")


def _wrong() -> MarksError:
    return broken("条目表有误", "its tables of items are wrong")
