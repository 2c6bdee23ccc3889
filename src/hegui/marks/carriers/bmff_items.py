"""Items of a ``meta`` box: what they are, where their data stand, what refers to what.

ISO/IEC 14496-12, 8.11: ``iinf`` lists the items, ``iloc`` says where their data stand (in the file,
or in ``idat`` of the same ``meta``), ``iref`` what they belong to, ``pitm`` which one is primary.
"""

from collections.abc import Iterator

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
    numbers = _Numbers(bmff.content(source, iloc, _MAX_TABLE))
    version = numbers.take(4) >> 24
    sizes = numbers.take(2)
    offset, length, base, index = (sizes >> shift & 15 for shift in (12, 8, 4, 0))
    if version > 2 or not {offset, length, base, index} <= {0, 4, 8}:
        raise _wrong()
    wide = 4 if version == 2 else 2
    index = index if version else 0
    found = []
    total = 0
    for _ in range(numbers.take(wide)):
        number = numbers.take(wide)
        method = numbers.take(2) & 15 if version else IN_FILE
        reference, start, count = numbers.take(2), numbers.take(base), numbers.take(2)
        if count and not index + offset + length:
            raise _wrong()
        total += count + 1
        if total > 2 * _MAX_ITEMS:
            raise too_complex("HEIF")
        extents = tuple(
            (numbers.take(index), numbers.take(offset), numbers.take(length)) for _ in range(count)
        )
        found.append(Location(number, method, reference, start, extents))
    return Locations(iloc, version, (offset, length, base, index), tuple(found))


def described(source: Source, iref: Box) -> Iterator[tuple[int, tuple[int, ...]]]:
    """Which items are told of by which (``cdsc``): an item, and those that it describes.

    Raises:
        MarksError: ``file_malformed``.
    """
    width = 4 if source.at(iref.body, 1) != b"\0" else 2
    for box in bmff.boxes(source, iref.body + 4, iref.stop):
        if box.kind == b"cdsc":
            numbers = _Numbers(bmff.content(source, box, _MAX_TABLE))
            item, count = numbers.take(width), numbers.take(2)
            yield item, tuple(numbers.take(width) for _ in range(count))


def primary(source: Source, pitm: Box) -> int:
    """The number of the primary item.

    Raises:
        MarksError: ``file_malformed``.
    """
    numbers = _Numbers(bmff.content(source, pitm))
    return numbers.take(4 if numbers.take(4) >> 24 else 2)


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


class _Numbers:
    """Big-endian numbers, one after another."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = 0

    def take(self, width: int) -> int:
        end = self._at + width
        if end > len(self._data):
            raise _wrong()
        number = int.from_bytes(self._data[self._at : end], "big")
        self._at = end
        return number


def _item(data: bytes) -> Item:
    numbers = _Numbers(data)
    version = numbers.take(4) >> 24
    wide = 4 if version == 3 else 2
    number, protection = numbers.take(wide), numbers.take(2)
    kind, at = b"mime", 6 + wide
    if version >= 2:
        kind, at = data[at : at + 4], at + 4
    # Behind it: a name, and for ``mime`` the media type and how it is packed, NUL after each.
    texts = data[at:].split(b"\0", 3)[1:3] if kind == b"mime" else []
    media_type, encoding = (*(text.decode("utf-8", "replace") for text in texts), "", "")[:2]
    return Item(number, kind, media_type, encoding, closed=protection > 0)


def _number(number: int, width: int) -> bytes:
    if not 0 <= number < 1 << 8 * width:
        raise broken("偏移放不下", "an offset no longer fits")
    return number.to_bytes(width, "big")


def _wrong() -> MarksError:
    return broken("条目表有误", "its tables of items are wrong")
