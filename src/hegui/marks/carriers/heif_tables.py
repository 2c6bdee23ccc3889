"""A further item in the tables of a HEIF ``meta`` box (ISO/IEC 14496-12, 8.11)."""

from collections.abc import Iterator

from msgspec.structs import replace

from hegui.marks.carriers import bmff, bmff_items
from hegui.marks.carriers.bmff import broken
from hegui.marks.carriers.bmff_edit import Edits
from hegui.marks.carriers.bmff_items import Location, Locations
from hegui.marks.carriers.heif_items import XMP_TYPE, Meta
from hegui.marks.source import Source


def free_number(meta: Meta) -> int:
    """A number that no item has.

    Raises:
        MarksError: ``file_malformed`` when all numbers of two bytes are taken.
    """
    taken = {item.id for item in meta.items} | {place.id for place in meta.places.items}
    taken.add(meta.primary)
    after = max(taken) + 1
    found = after if after <= 0xFFFF else next((n for n in range(1, 0x10000) if n not in taken), 0)
    if not found:
        raise broken("条目过多", "it has too many items")
    return found


def announce(source: Source, meta: Meta, number: int, edits: Edits) -> None:
    """Lists a new XMP packet in ``iinf``, and ties it to the primary image.

    Raises:
        MarksError: ``file_malformed``, also when one more item can't be counted.
    """
    iinf = meta.inner[b"iinf"]
    width = 4 if source.at(iinf.body, 1) != b"\0" else 2
    at = iinf.body + 4
    count = int.from_bytes(source.at(at, width), "big") + 1
    if count >> (8 * width):
        raise broken("条目过多", "it has too many items")
    head = b"\2\0\0\0" + number.to_bytes(2, "big") + bytes(2)
    entry = bmff.packed(b"infe", head, b"mime\0", XMP_TYPE.encode(), b"\0")
    end = bmff.end(source, at + width, iinf.stop)
    edits.put((), at, at + width, count.to_bytes(width, "big"))
    edits.put((meta.box, iinf), end, end, entry)
    describe(source, meta, number, edits)


def describe(source: Source, meta: Meta, number: int, edits: Edits) -> None:
    """Says in ``iref`` that an item tells of the primary image.

    Raises:
        MarksError: ``file_malformed`` when a number doesn't fit.
    """
    iref = meta.inner.get(b"iref")
    wide = meta.primary > 0xFFFF or number > 0xFFFF
    if iref is not None:
        fits = source.at(iref.body, 1) != b"\0"
        if wide and not fits:
            raise broken("条目编号放不下", "an item's number doesn't fit")
        end = bmff.end(source, iref.body + 4, iref.stop)
        edits.put((meta.box, iref), end, end, _reference(number, meta.primary, wide=fits))
        return
    iinf = meta.inner[b"iinf"]
    version = bytes((wide, 0, 0, 0))
    new = bmff.packed(b"iref", version, _reference(number, meta.primary, wide=wide))
    edits.put((meta.box,), iinf.stop, iinf.stop, new)


def with_place(places: Locations, place: Location) -> Locations:
    """The table with one more item."""
    return replace(places, sizes=_sizes(places), items=(*places.items, place))


def with_length(places: Locations, number: int, length: int) -> Locations:
    """The table with an item that stands in one part of a length."""
    items = tuple(
        replace(place, base=0, extents=((place.extents[0][0], 0, length),))
        if place.id == number
        else place
        for place in places.items
    )
    return replace(places, sizes=_sizes(places), items=items)


def settled(meta: Meta, table: Locations, edits: Edits, number: int, start: int) -> Locations:
    """The table after all edits.

    Args:
        meta: the tables as they were.
        table: with the changed item.
        edits: all edits.
        number: the changed item's number.
        start: where its data come to stand.

    Raises:
        MarksError: ``file_malformed`` when an edit changes other items' data.
    """
    return replace(table, items=tuple(_settled(meta, table, edits, number, start)))


def _settled(
    meta: Meta, table: Locations, edits: Edits, number: int, start: int
) -> Iterator[Location]:
    idat = meta.idat
    for place in table.items:
        if place.id != number:
            yield bmff_items.moved(place, edits, idat)
            continue
        within = place.method == bmff_items.IN_IDAT and idat is not None
        home = edits.moved(idat.body) if within and idat is not None else 0
        (index, _, length), *_ = place.extents
        yield replace(place, extents=((index, start - home, length),))


def _sizes(places: Locations) -> tuple[int, int, int, int]:
    offset, length, base, index = places.sizes
    return max(offset, 4), max(length, 4), base, index


def _reference(number: int, primary: int, *, wide: bool) -> bytes:
    width = 4 if wide else 2
    both = number.to_bytes(width, "big"), b"\0\1", primary.to_bytes(width, "big")
    return bmff.packed(b"cdsc", *both)
