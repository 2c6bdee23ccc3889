"""HEIC, HEIF and AVIF: the label in an XMP packet that describes the primary image.

The packet is an item of the kind ``mime`` with the type ``application/rdf+xml``, tied to the image
by a reference ``cdsc`` (ISO/IEC 23008-12, 6.6 and TC260-PG-20259A). A packet that is there is
changed where it stands; a new one goes behind the last box. Offsets are mended, pixels stay.
"""

from hegui.marks import exif, packets, xmp
from hegui.marks.carriers import (
    bmff,
    bmff_items,
    bmff_offsets,
    heif_items,
    heif_tables,
    mp4,
    mp4_list,
)
from hegui.marks.carriers import mp4_places as others
from hegui.marks.carriers.bmff import Box, broken
from hegui.marks.carriers.bmff_edit import Edits
from hegui.marks.carriers.bmff_items import Item, Location, Locations
from hegui.marks.carriers.heif_items import Meta
from hegui.marks.errors import protected
from hegui.marks.plan import Plan, Wanted
from hegui.marks.reading import Contents, Place
from hegui.marks.reading import Meta as Told
from hegui.marks.source import Source

_HEVC = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"hevm", b"hevs"})
_AV1 = frozenset({b"avif", b"avis"})
_MOVING = frozenset({b"hevc", b"hevx", b"hevm", b"hevs", b"avis", b"msf1"})
#: Brands of image files in general, whatever their codec.
_GENERAL = frozenset({b"mif1", b"mif2", b"msf1", b"miaf"})
_ALL = _HEVC | _AV1 | _GENERAL


def sniff(head: bytes, source: Source) -> str | None:
    """The format by its brands: ``heic``, ``avif`` or ``heif``.

    Args:
        head: the file's beginning.
        source: the file.
    """
    if head[4:8] != b"ftyp":
        return None
    major = head[8:12]
    if major not in _ALL:
        return None
    # A sequence may be a plain movie.
    if major in _MOVING and all(box.kind != b"meta" for box in bmff.top_level(source)):
        return None
    brands = {major}
    if major in _GENERAL:
        stop = min(int.from_bytes(head[:4], "big"), len(head))
        brands.update(head[at : at + 4] for at in range(16, stop - 3, 4))
    if brands & _AV1:
        return "avif"
    return "heic" if brands & _HEVC else "heif"


def read(source: Source, format: str) -> Contents:  # noqa: A002  the word that users know
    """What the file's metadata items hold, and the places that it shares with MP4.

    Args:
        source: the file.
        format: its name, as ``sniff`` gave it.

    Raises:
        MarksError: ``file_malformed`` or ``file_too_complex``.
    """
    tops = bmff.top_level(source)
    meta = heif_items.read(source, _meta(tops))
    places: list[Place] = []
    metadata: list[Told] = []
    for item in meta.packets():
        stored = heif_items.data(source, heif_items.parts(meta, item))
        packet = heif_items.unpacked(item, stored)
        places += xmp.places(packet)
        metadata.append(Told("xmp", xmp.as_text(packet)))
    for item in meta.items:
        if item.kind == b"Exif":
            stored = heif_items.data(source, heif_items.parts(meta, item))
            found = exif.find(stored[_block(stored) :])
            places += found.places
            metadata += found.metadata
    shared = mp4.contents(source, _shared(source, tops, meta))
    return Contents(format, (*places, *shared[0]), (*metadata, *shared[1]))


def write(source: Source, format: str, wanted: Wanted) -> Plan:  # noqa: A002
    """The file with the wanted label as its only one.

    Args:
        source: the file.
        format: its name.
        wanted: the label, and the source type for the same packet.

    Raises:
        MarksError: ``file_malformed`` when its items don't allow it; ``file_protected`` when the
            packet is encrypted; ``file_too_complex``.
    """
    tops = bmff.top_level(source)
    meta = heif_items.read(source, _meta(tops))
    mine = _mine(meta)
    if mine is not None and mine.closed:
        raise protected(format)
    edits = Edits()
    _clear(source, tops, meta, mine, edits)
    if mine is None:
        packet = xmp.put(None, wanted)
        number = heif_tables.free_number(meta)
        heif_tables.announce(source, meta, number, edits)
        _append(tops, packet, edits)
        at, back = tops[-1].stop, len(packet)
        place = Location(number, bmff_items.IN_FILE, 0, 0, ((0, 0, len(packet)),))
        table = heif_tables.with_place(meta.places, place)
    else:
        number, back = mine.id, 0
        if number not in meta.described:
            heif_tables.describe(source, meta, number, edits)
        at, table = _rewrite(source, tops, (meta, mine), wanted, edits)
    iloc = meta.inner[b"iloc"]
    edit = edits.put((meta.box, iloc), iloc.body, iloc.stop, bytes(len(table.packed())))
    bmff_offsets.mend(source, tops, edits, but=meta.box)
    start = edits.moved(at) - back
    edits.fill(edit, heif_tables.settled(meta, table, edits, number, start).packed())
    return edits.plan(source.size)


def _meta(tops: list[Box]) -> Box:
    found = next((top for top in tops if top.kind == b"meta"), None)
    if found is None:
        raise broken("没有 meta", "it has no meta box")
    return found


def _shared(source: Source, tops: list[Box], meta: Meta) -> others.Places:
    """The places of MP4 that there are; the items' own box need not be read again for them."""
    rest = tops if meta.is_list else [top for top in tops if top is not meta.box]
    return others.find(source, rest)


def _block(stored: bytes) -> int:
    """Where the TIFF header stands in an Exif item: four bytes say how far behind them."""
    return 4 + int.from_bytes(stored[:4], "big")


def _mine(meta: Meta) -> Item | None:
    """The plain packet that tells of the primary image, or of nothing in particular."""
    plain = [item for item in meta.packets() if not item.encoding]
    for item in plain:
        if meta.primary in meta.described.get(item.id, ()):
            return item
    return next((item for item in plain if item.id not in meta.described), None)


def _clear(source: Source, tops: list[Box], meta: Meta, mine: Item | None, edits: Edits) -> None:
    """Takes the labels out of everything but the packet that is to hold the wanted one."""
    for item in meta.packets():
        ranges = heif_items.parts(meta, item)
        old = heif_items.data(source, ranges)
        if item.encoding and xmp.properties(heif_items.unpacked(item, old)):
            raise broken("标识在压缩的 XMP 里", "its label is in a packed XMP item")
        if item != mine and not item.encoding:
            _overwrite(edits, ranges, old, packets.emptied(old))
    for item in meta.items:
        if item.kind == b"Exif":
            ranges = heif_items.parts(meta, item)
            old = heif_items.data(source, ranges)
            at = _block(old)
            _overwrite(edits, ranges, old, old[:at] + exif.blank(old[at:]))
    found = _shared(source, tops, meta)
    for one in found.lists:
        mp4_list.put(edits, one, None)
    mp4.clear(source, found, edits)


def _overwrite(edits: Edits, ranges: list[tuple[int, int]], old: bytes, new: bytes) -> None:
    if new == old:
        return
    at = 0
    for start, stop in ranges:
        edits.put((), start, stop, new[at : at + stop - start])
        at += stop - start


def _rewrite(
    source: Source, tops: list[Box], held: tuple[Meta, Item], wanted: Wanted, edits: Edits
) -> tuple[int, Locations]:
    """Changes a packet where it stands; answers where that is, and the table for its new length."""
    meta, mine = held
    ranges = heif_items.parts(meta, mine)
    if not ranges or ranges[0][0] == ranges[0][1]:
        raise broken("XMP 条目是空的", "its XMP item is empty")
    packet = xmp.put(heif_items.data(source, ranges), wanted)
    for index, (start, stop) in enumerate(ranges):
        edits.put(_around(tops, meta, start, stop), start, stop, b"" if index else packet)
    return ranges[0][0], heif_tables.with_length(meta.places, mine.id, len(packet))


def _around(tops: list[Box], meta: Meta, start: int, stop: int) -> tuple[Box, ...]:
    idat = meta.idat
    if idat is not None and idat.body <= start <= stop <= idat.stop:
        return meta.box, idat
    for top in tops:
        if top.kind == b"mdat" and top.body <= start <= stop <= top.stop:
            return (top,)
    raise broken("XMP 不在数据块里", "its XMP packet stands in no box of data")


def _append(tops: list[Box], packet: bytes, edits: Edits) -> None:
    """Puts a new packet behind the last box, or at its end when it goes on to the file's."""
    last = tops[-1]
    if not last.open:
        edits.put((), last.stop, last.stop, bmff.packed(b"mdat", packet))
    elif last.kind == b"mdat":
        edits.put((), last.stop, last.stop, packet)
    else:
        raise broken("末尾的数据块没有大小", "its last box has no size")
