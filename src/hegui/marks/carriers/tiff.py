"""TIFF and BigTIFF: the label in an XMP packet, tag 700 of the first directory (TC260-PG-20259A).

The guide has the field's type as 7. Nothing that stands in the file moves: a packet that grows,
and a directory that gains an entry, are written behind the end and the places that name them are
changed. A label in an Exif text (the guide's Annex B) is overwritten where it stands.
"""

import struct

from hegui.marks import exif, ifd, packets, xmp
from hegui.marks.edits import Edit, spliced
from hegui.marks.errors import malformed
from hegui.marks.ifd import Directory, Field, Head
from hegui.marks.plan import Plan, Wanted
from hegui.marks.reading import Contents
from hegui.marks.source import Source

#: Types that an XMP packet may have as it stands; with another it is written as 7.
_KINDS = frozenset({1, 7})
_UNDEFINED = 7


def sniff(head: bytes, source: Source) -> str | None:
    """``tiff`` when the header names a directory within the file.

    Args:
        head: the file's beginning.
        source: the file.
    """
    if head[:2] not in {b"II", b"MM"}:
        return None
    top = ifd.head(source)
    if top is None:
        return None
    first = top.number(head[top.link : top.link + top.width])
    return "tiff" if 8 <= first < source.size else None


def read(source: Source, format: str) -> Contents:  # noqa: A002  the word that users know
    """The labels and texts of all directories.

    Args:
        source: the file.
        format: ``tiff``.

    Raises:
        MarksError: ``file_malformed`` or ``file_too_complex``.
    """
    top = _head(source)
    said = [exif.told(source, top, one) for one in ifd.directories(source, top, exif.TAGS)]
    places = tuple(place for one in said for place in one.places)
    return Contents(format, places, tuple(text for one in said for text in one.metadata))


def write(source: Source, format: str, wanted: Wanted) -> Plan:  # noqa: A002, ARG001
    """The file with the wanted label as its only one.

    Args:
        source: the file.
        format: ``tiff``.
        wanted: the label, and the source type for the same packet.

    Raises:
        MarksError: ``file_malformed`` when its directories don't allow it, or when a TIFF with
            places of four bytes has no room below 4 GB; ``file_too_complex``.
    """
    top = _head(source)
    pages = list(ifd.directories(source, top, exif.TAGS))
    mine = next((field for field in pages[0].fields if field.tag == exif.XMP), None)
    shared = mine is not None and any(
        _meet(mine, field) for page in pages for field in page.fields if field != mine
    )
    edits = exif.blanks(source, top, pages, None if shared else mine)
    if mine is None:
        if any(page.next == pages[0].start for page in pages):
            raise malformed("tiff", "目录首尾相接", "its directories go round in a circle")
        edits += _new_directory(source, top, pages[0], xmp.put(None, wanted))
    else:
        packet = xmp.put(exif.packet(source, mine), wanted)
        edits += _new_packet(source, top, mine, packet, shared=shared)
    return spliced(source.size, edits)


def _meet(one: Field, other: Field) -> bool:
    """Whether two fields have bytes in common, as pages have that name one packet."""
    return one.start < other.start + other.size and other.start < one.start + one.size


def _new_packet(
    source: Source, top: Head, mine: Field, packet: bytes, *, shared: bool
) -> list[Edit]:
    """A packet in place of the old one: where that stands when it fits, else behind the end.

    What another field needs stays where it is.
    """
    stop = mine.start + mine.size
    fits = not shared and mine.kind in _KINDS and not mine.inside and stop <= source.size
    if fits and len(packet) <= mine.size:
        return [(mine.start, stop, packets.padded(packet, mine.size))]
    if fits and stop == source.size:
        return [(mine.start, stop, packet), _entry(top, mine, len(packet), mine.start)]
    gap = -source.size % 8
    made = [
        _entry(top, mine, len(packet), source.size + gap),
        (source.size, source.size, bytes(gap) + packet),
    ]
    if not shared and not mine.inside and stop <= source.size:
        made.append((mine.start, stop, bytes(mine.size)))
    return made


def _entry(top: Head, mine: Field, size: int, start: int) -> Edit:
    _below_4_gb(top, start + size)
    kind = mine.kind if mine.kind in _KINDS else _UNDEFINED
    return (mine.at, mine.at + top.entry, struct.pack(top.form, exif.XMP, kind, size, start))


def _new_directory(source: Source, top: Head, page: Directory, packet: bytes) -> list[Edit]:
    """The first directory with one entry more, behind the end; the packet follows it."""
    tags = [tag for tag, *_ in struct.iter_unpack(top.form, page.entries)]
    index = next((at for at, tag in enumerate(tags) if tag > exif.XMP), len(tags))
    gap = -source.size % 8
    start = source.size + gap
    place = start + top.counter + top.entry * (len(tags) + 1) + top.width
    _below_4_gb(top, place + len(packet))
    entry = struct.pack(top.form, exif.XMP, _UNDEFINED, len(packet), place)
    at = index * top.entry
    added = (
        bytes(gap),
        top.bytes(len(tags) + 1, top.counter),
        page.entries[:at],
        entry,
        page.entries[at:],
        top.bytes(page.next, top.width),
        packet,
    )
    return [
        (page.link, page.link + top.width, top.bytes(start, top.width)),
        (source.size, source.size, b"".join(added)),
    ]


def _below_4_gb(top: Head, end: int) -> None:
    if not top.big and end > 0xFFFFFFFF:
        raise malformed("tiff", "文件将超过 4 GB", "it would grow beyond 4 GB")


def _head(source: Source) -> Head:
    top = ifd.head(source)
    if top is None:
        raise malformed("tiff", "文件头有误", "its header is wrong")
    return top
