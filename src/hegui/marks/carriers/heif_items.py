"""The items of metadata in a HEIF or AVIF file: XMP and Exif (ISO/IEC 23008-12, 6.6)."""

import zlib
from collections.abc import Iterator

import msgspec

from hegui.marks.carriers import bmff, bmff_items
from hegui.marks.carriers.bmff import Box, broken
from hegui.marks.carriers.bmff_items import Item, Location, Locations
from hegui.marks.source import Source

XMP_TYPE = "application/rdf+xml"
_MAX_PACKET = 4 * 1024 * 1024


class Meta(msgspec.Struct, frozen=True):
    """What the file's ``meta`` box says of its items.

    Attributes:
        box: the ``meta`` box.
        inner: the boxes within it, by kind.
        primary: the number of the primary item.
        items: all items.
        places: where their data stand.
        described: which items each item tells of.
    """

    box: Box
    inner: dict[bytes, Box]
    primary: int
    items: tuple[Item, ...]
    places: Locations
    described: dict[int, tuple[int, ...]]

    @property
    def idat(self) -> Box | None:
        """The box of data within ``meta``."""
        return self.inner.get(b"idat")

    @property
    def is_list(self) -> bool:
        """Whether it is a list of metadata as well, such as MP4 has."""
        return b"keys" in self.inner or b"ilst" in self.inner

    def location(self, item: Item) -> Location | None:
        """Where an item's data stand."""
        return next((place for place in self.places.items if place.id == item.id), None)

    def packets(self) -> Iterator[Item]:
        """The items that are XMP packets."""
        for item in self.items:
            if item.kind == b"mime" and item.media_type.partition(";")[0].strip() == XMP_TYPE:
                yield item


def read(source: Source, box: Box) -> Meta:
    """Reads the tables of a ``meta`` box.

    Raises:
        MarksError: ``file_malformed`` when one of them is missing or wrong; ``file_too_complex``.
    """
    inner: dict[bytes, Box] = {}
    for one in bmff.children(source, box):
        inner.setdefault(one.kind, one)
    try:
        pitm, iinf, iloc = inner[b"pitm"], inner[b"iinf"], inner[b"iloc"]
    except KeyError as error:
        raise broken("条目表不全", "a table of its items is missing") from error
    described: dict[int, tuple[int, ...]] = {}
    if b"iref" in inner:
        for item, others in bmff_items.described(source, inner[b"iref"]):
            described[item] = described.get(item, ()) + others
    return Meta(
        box,
        inner,
        bmff_items.primary(source, pitm),
        tuple(bmff_items.items(source, iinf)),
        bmff_items.locations(source, iloc),
        described,
    )


def parts(meta: Meta, item: Item) -> list[tuple[int, int]]:
    """Where an item's data stand in the file; nothing for an encrypted item.

    Raises:
        MarksError: ``file_malformed`` when that is no place of this file.
    """
    location = meta.location(item)
    if location is None or item.closed:
        return []
    return bmff_items.ranges(location, meta.idat)


def data(source: Source, ranges: list[tuple[int, int]]) -> bytes:
    """The bytes of an item.

    Raises:
        MarksError: ``file_malformed`` when they run beyond the end, or are more than 16 MB.
    """
    if sum([stop - start for start, stop in ranges]) > bmff.MAX_VALUE:
        raise broken("条目过大", "an item is too large")
    return b"".join([source.at(start, stop - start) for start, stop in ranges])


def unpacked(item: Item, packed: bytes) -> bytes:
    """A packet as it was before it was packed; empty when the way isn't known.

    Raises:
        MarksError: ``file_malformed`` when it is packed wrongly.
    """
    if not item.encoding:
        return packed
    if item.encoding not in {"deflate", "gzip", "compress_zlib", "zlib"}:
        return b""
    for window in (47, -15):  # zlib or gzip, else bare
        try:
            return zlib.decompressobj(window).decompress(packed, _MAX_PACKET)
        except zlib.error:
            continue
    raise broken("压缩的 XMP 有误", "its packed XMP is wrong")
