"""Directories of tagged fields: TIFF 6.0, BigTIFF, and the Exif blocks within other formats.

A file begins with its byte order (``II`` or ``MM``), a version (42, or 43 for BigTIFF) and the
place of the first directory. A directory is a count, as many entries of 12 (BigTIFF: 20) bytes, and
the place of the next directory. A value of up to 4 (8) bytes stands in its entry.
"""

import struct
from collections.abc import Collection, Iterator
from typing import Literal

import msgspec

from hegui.marks.errors import malformed, too_complex
from hegui.marks.source import Source

#: Fields whose values are places of further directories: SubIFDs, Exif, GPS, Interoperability.
CHILDREN = frozenset({0x014A, 0x8769, 0x8825, 0xA005})
#: Bytes of one value, by the number of its type.
SIZES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8, 13: 4,
         16: 8, 17: 8, 18: 8}  # fmt: skip
#: Types that hold places in the file: LONG, IFD, LONG8, IFD8.
PLACES = {4: 4, 13: 4, 16: 8, 18: 8}
#: Largest numbers of directories and of entries that are followed; a scan of a brain has 10,000.
MAX_DIRECTORIES = 65_536
MAX_ENTRIES = 500_000
#: Bytes in which most directories end.
_USUAL = 256
#: Largest number of directories that one field may name.
MAX_CHILDREN = 4096


class Head(msgspec.Struct, frozen=True):
    """What the first bytes say.

    Attributes:
        order: ``little`` or ``big``.
        big: whether places have 8 bytes (BigTIFF).
        link: where the place of the first directory stands.
        width: bytes of a place in the file.
        counter: bytes of the count of entries.
        entry: bytes of an entry.
        form: an entry for ``struct``: tag, type, count, and the value or its place.
    """

    order: Literal["little", "big"]
    big: bool
    link: int
    width: int
    counter: int
    entry: int
    form: str

    def number(self, data: bytes) -> int:
        """An unsigned number in this file's byte order."""
        return int.from_bytes(data, self.order)

    def bytes(self, number: int, width: int) -> bytes:
        """A number as ``width`` bytes in this file's byte order."""
        return number.to_bytes(width, self.order)


_HEADS = {
    b"II*\0": Head("little", False, 4, 4, 2, 12, "<HHII"),
    b"MM\0*": Head("big", False, 4, 4, 2, 12, ">HHII"),
    b"II+\0": Head("little", True, 8, 8, 8, 20, "<HHQQ"),
    b"MM\0+": Head("big", True, 8, 8, 8, 20, ">HHQQ"),
}


class Field(msgspec.Struct, frozen=True):
    """One entry of a directory.

    Attributes:
        tag: what it is.
        kind: the number of its type.
        at: where the entry stands.
        start: where the value stands; in the entry itself when it is short.
        size: bytes of the value; 0 when the type is not known.
        inside: whether the value stands in the entry.
    """

    tag: int
    kind: int
    at: int
    start: int
    size: int
    inside: bool


class Directory(msgspec.Struct, frozen=True):
    """One directory.

    Attributes:
        start: where it stands.
        stop: behind the place of the next directory.
        link: where the place of this directory stands.
        entries: all its entries, as they stand.
        fields: those that were asked for, in order.
        next: the place of the next directory, 0 for none.
    """

    start: int
    stop: int
    link: int
    entries: bytes
    fields: tuple[Field, ...]
    next: int


def head(source: Source) -> Head | None:
    """The header, or ``None`` when this is no TIFF."""
    data = source.upto(0, 16)
    top = _HEADS.get(data[:4])
    if top is None or len(data) < 8:
        return None
    if not top.big:
        return top
    sizes = top.number(data[4:6]), top.number(data[6:8])
    return top if sizes == (8, 0) and len(data) == 16 else None


def directories(source: Source, top: Head, tags: Collection[int] = ()) -> Iterator[Directory]:
    """All directories: a page, the directories that its fields name, then the next page.

    One that is named twice, or from within itself, comes once.

    Args:
        source: the file or block.
        top: its header.
        tags: the fields that are wanted; empty for all.

    Raises:
        MarksError: ``file_malformed`` when one runs beyond the end or stands within the header;
            ``file_too_complex``.
    """
    waiting = [(top.link, top.number(source.at(top.link, top.width)))]
    known: set[int] = set()
    entries = 0
    wanted = frozenset(tags) | CHILDREN if tags else frozenset()
    while waiting:
        link, start = waiting.pop()
        if start in known:
            continue
        if start < top.link + top.width:
            raise malformed("tiff", "目录位置有误", "a directory stands within its header")
        known.add(start)
        one = _directory(source, top, start, link, wanted)
        entries += len(one.entries) // top.entry
        if len(known) > MAX_DIRECTORIES or entries > MAX_ENTRIES:
            raise too_complex("tiff")
        yield one
        if one.next:
            waiting.append((one.stop - top.width, one.next))
        for field in reversed(one.fields):
            if field.tag in CHILDREN and field.kind in PLACES:
                waiting.extend(reversed(_places(source, top, field)))


def _places(source: Source, top: Head, field: Field) -> list[tuple[int, int]]:
    width = PLACES[field.kind]
    if field.size > MAX_CHILDREN * width:
        raise malformed("tiff", "子目录过多", "it has too many directories within one")
    data = source.at(field.start, field.size)
    found = [
        (field.start + at, top.number(data[at : at + width])) for at in range(0, len(data), width)
    ]
    return [(link, start) for link, start in found if start]


def _directory(source: Source, top: Head, start: int, link: int, tags: frozenset[int]) -> Directory:
    block = source.upto(start, _USUAL)
    count = top.number(block[: top.counter])
    if count > 0xFFFF:
        raise malformed("tiff", "目录过长", "a directory is too long")
    first = start + top.counter
    length = count * top.entry
    data = block[top.counter :][: length + top.width]
    if len(data) < length + top.width:
        data = source.at(first, length + top.width)
    entries = data[:length]
    fields = []
    at = first
    for tag, kind, amount, value in struct.iter_unpack(top.form, entries):
        if not tags or tag in tags:
            size = amount * SIZES.get(kind, 0)
            inside = size <= top.width
            place = at + top.entry - top.width if inside else value
            fields.append(Field(tag, kind, at, place, size, inside))
        at += top.entry
    stop = at + top.width
    return Directory(start, stop, link, entries, tuple(fields), top.number(data[length:]))
