"""WebP (RFC 9649): the label in the ``XMP `` chunk of the extended form.

The image guide (TC260-PG-20259A) has XMP, and Exif's UserComment as another way, which is read and
overwritten in place. A simple file, one ``VP8 `` or ``VP8L`` chunk, gets the header ``VP8X`` that
the extended form begins with.
"""

import msgspec

from hegui.marks import exif, xmp
from hegui.marks.carriers import riff
from hegui.marks.edits import Edit, spliced
from hegui.marks.errors import malformed, too_complex
from hegui.marks.plan import Plan, Wanted
from hegui.marks.reading import Contents, Meta, Place
from hegui.marks.source import Source

_HAS_XMP, _HAS_ALPHA = 0x04, 0x10
_HELD = frozenset({b"XMP ", b"EXIF", b"C2PA"})
_MAX_CHUNKS, _MAX_HELD = 100_000, 4
#: Packets of XMP, of which there should be one.
_MAX_PACKETS = 2
#: More of one chunk is not looked at.
_MAX_DATA = 8 << 20
_MAX_META = 65_536


class _Parts(msgspec.Struct, frozen=True):
    form: riff.Form
    first: riff.Chunk | None
    last: riff.Chunk | None
    held: list[tuple[riff.Chunk, bytes]]

    def named(self, name: bytes) -> list[tuple[riff.Chunk, bytes]]:
        return [each for each in self.held if each[0].id == name]


def sniff(head: bytes, source: Source) -> str | None:  # noqa: ARG001 - the carriers' interface
    """``webp`` for a RIFF file of that form."""
    return "webp" if head[:4] == b"RIFF" and head[8:12] == b"WEBP" else None


def read(source: Source, format: str) -> Contents:  # noqa: A002 - the carriers' interface
    """The labels and the other metadata of a WebP.

    Raises:
        MarksError: ``file_malformed``, ``file_too_complex``.
    """
    places: list[Place] = []
    metadata: list[Meta] = []
    for chunk, data in _parts(source).held:
        if chunk.id == b"XMP ":
            places += xmp.places(data)
            metadata.append(Meta("xmp", xmp.as_text(data)))
        elif chunk.id == b"EXIF":
            found = exif.find(data)
            places += found.places
            metadata += found.metadata
        else:
            metadata.append(Meta("c2pa", data[:_MAX_META].decode("latin-1")))
    return Contents(format, tuple(places), tuple(metadata))


def write(source: Source, format: str, wanted: Wanted) -> Plan:  # noqa: A002, ARG001
    """The same WebP with the wanted label and no other.

    Raises:
        MarksError: ``file_malformed`` when a chunk or an XMP packet is not whole, or the image
            does not tell its size.
    """
    parts = _parts(source)
    first, last = parts.first, parts.last
    if first is None or last is None or not last.whole:
        raise malformed("WebP", "数据块不完整", "a chunk is not whole")
    edits: list[Edit] = [_header_edit(source, first)]
    packets = parts.named(b"XMP ")
    new = xmp.put_first([data for _, data in packets] or [b""], wanted)
    if not packets:
        padding = b"" if last.padded else b"\0"
        edits.append((last.stop, last.stop, padding + riff.packed(b"XMP ", new[0])))
    for (chunk, _), packet in zip(packets, new, strict=False):
        edits.append((chunk.start, chunk.stop, riff.packed(b"XMP ", packet)))
    for chunk, data in parts.named(b"EXIF"):
        blank = exif.blank(data)
        edits.append((chunk.data, chunk.data + len(blank), blank))
    growth = sum(len(data) - (stop - start) for start, stop, data in edits)
    size = parts.form.stop - riff.HEADER + growth
    edits.append((4, 8, riff.size_field(size, "WebP")))
    return spliced(source.size, edits)


def _parts(source: Source) -> _Parts:
    form = riff.form(source)
    first = last = None
    held: list[tuple[riff.Chunk, bytes]] = []
    packets = 0
    for count, chunk in enumerate(riff.chunks(source, form.body, form.stop)):
        first, last = first or chunk, chunk
        if chunk.id in _HELD:
            held.append((chunk, source.at(chunk.data, min(chunk.size, _MAX_DATA))))
            packets += chunk.id == b"XMP "
        if len(held) > _MAX_HELD or count > _MAX_CHUNKS:
            raise too_complex("WebP")
    if packets > _MAX_PACKETS:
        raise too_complex("WebP")
    return _Parts(form, first, last, held)


def _header_edit(source: Source, first: riff.Chunk) -> Edit:
    """The extended header with the flag of XMP: the one that is there, or a new one."""
    if first.id == b"VP8X" and first.size >= 10:
        flags = source.at(first.data, 1)[0] | _HAS_XMP
        return first.data, first.data + 1, bytes([flags])
    data = source.at(first.data, min(first.size, 10))
    flags = _HAS_XMP
    if first.id == b"VP8 " and len(data) == 10 and data[3:6] == b"\x9d\x01\x2a":
        # Key frame: 14 bits of width, two of scale, the same of height (RFC 6386, 9.1).
        width = int.from_bytes(data[6:8], "little") & 0x3FFF
        height = int.from_bytes(data[8:10], "little") & 0x3FFF
    elif first.id == b"VP8L" and len(data) >= 5 and data[0] == 0x2F:
        # 14 bits of width less one, as many of height, one for alpha (RFC 9649).
        bits = int.from_bytes(data[1:5], "little")
        width, height = (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
        flags |= _HAS_ALPHA if bits >> 28 & 1 else 0
    else:
        raise malformed("WebP", "找不到图像头", "its image header is not there")
    if not width or not height:
        raise malformed("WebP", "图像尺寸为零", "its image has no size")
    canvas = (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
    header = riff.packed(b"VP8X", bytes([flags, 0, 0, 0]) + canvas)
    return first.start, first.start, header
