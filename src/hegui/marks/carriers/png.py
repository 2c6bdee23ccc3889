"""PNG and APNG (PNG specification, third edition): the label in an iTXt chunk with XMP.

The image guide (TC260-PG-20259A) has ``XML:com.adobe.xmp``, and in its Annex B a tEXt chunk
``AIGC`` with the wrapped object, which is read as well, compressed or not. The packet is written
uncompressed behind IHDR, where readers of the first kilobytes find it.
"""

from collections.abc import Iterator
from struct import unpack_from

import msgspec

from hegui.marks import exif, xmp
from hegui.marks.carriers import png_text
from hegui.marks.carriers.png_text import RAW_PROFILE, XMP_KEYWORD, TextChunk
from hegui.marks.edits import Edit, spliced
from hegui.marks.errors import malformed, too_complex
from hegui.marks.loose import is_label, is_object, remainder
from hegui.marks.plan import Plan, Wanted
from hegui.marks.reading import Contents, Meta, Place
from hegui.marks.source import Source

SIGNATURE = b"\x89PNG\r\n\x1a\n"
#: Read at once from the start; later only what a chunk's header needs.
_FIRST, _NEXT = 65_536, 512
_TEXTS = frozenset({b"tEXt", b"zTXt", b"iTXt"})
_HELD = _TEXTS | {b"eXIf", b"caBX"}
#: More of one chunk is not looked at.
_MAX_DATA = 8 << 20
#: An image of 2 GB has some hundred thousand chunks; few hold metadata, of some megabytes.
_MAX_CHUNKS, _MAX_HELD, _MAX_BYTES = 500_000, 256, 64 << 20
#: Packets of XMP and blocks of Exif, of which there should be one.
_MAX_HEAVY = 2
_MAX_META = 65_536


class Chunk(msgspec.Struct, frozen=True):
    """One chunk.

    Attributes:
        kind: four letters.
        start: offset of its length field.
        size: bytes of data.
        data: the data, empty for kinds that hold no metadata.
    """

    kind: bytes
    start: int
    size: int
    data: bytes

    @property
    def stop(self) -> int:
        """Offset after its CRC."""
        return self.start + 12 + self.size

    @property
    def is_whole(self) -> bool:
        """Whether ``data`` is all of it, for a kind that holds metadata."""
        return len(self.data) == self.size


class _Parts(msgspec.Struct):
    """The metadata of a file, where IHDR ends (0 without one) and where the image starts."""

    behind: int = 0
    image: int = 0
    texts: list[tuple[Chunk, TextChunk]] = []
    exif: list[Chunk] = []
    manifests: list[Chunk] = []


def sniff(head: bytes, source: Source) -> str | None:
    """``png``, or ``apng`` when acTL stands before the image; None for anything else."""
    if not head.startswith(SIGNATURE):
        return None
    at = 8
    while at + 8 <= source.size:
        size, kind = unpack_from(">I4s", head, at) if at + 8 <= len(head) else _header(source, at)
        if kind == b"acTL":
            return "apng"
        if kind == b"IDAT":
            break
        at += 12 + size
    return "png"


def read(source: Source, format: str) -> Contents:  # noqa: A002 - the carriers' interface
    """The labels and the other metadata of a PNG.

    Raises:
        MarksError: ``file_malformed``, ``file_too_complex``.
    """
    parts = _parts(source)
    places: list[Place] = []
    metadata: list[Meta] = []
    for _, text in parts.texts:
        _look(text, places, metadata)
    for chunk in parts.exif:
        found = exif.find(chunk.data)
        places += found.places
        metadata += found.metadata
    for chunk in parts.manifests:
        metadata.append(Meta("c2pa", chunk.data[:_MAX_META].decode("latin-1")))
    return Contents(format, tuple(places), tuple(metadata))


def write(source: Source, format: str, wanted: Wanted) -> Plan:  # noqa: A002, ARG001
    """The same PNG with the wanted label and no other.

    Raises:
        MarksError: ``file_malformed`` when a chunk or an XMP packet is not whole;
            ``file_too_complex`` when a chunk that must change is longer than is looked at.
    """
    parts = _parts(source)
    if not parts.behind:
        raise malformed("PNG", "没有 IHDR", "there is no IHDR")
    edits: list[Edit] = []
    packets: list[tuple[Chunk, bytes]] = []
    for chunk, text in parts.texts:
        changes: list[Edit] = []
        if text.keyword == XMP_KEYWORD:
            packets.append((chunk, text.body))
        elif text.keyword.startswith(RAW_PROFILE):
            changes = _profile_edits(chunk, text, wanted)
        elif _is_label(text):
            changes = [(chunk.start, chunk.stop, _rest(text))]
        if not text.whole and (changes or text.keyword == XMP_KEYWORD):
            raise too_complex("PNG")  # what was not read would be lost
        edits += changes
    for chunk in parts.exif:
        data = exif.blank(chunk.data)
        if data != chunk.data:
            if not chunk.is_whole:
                raise too_complex("PNG")
            edits.append((chunk.start, chunk.stop, png_text.packed(b"eXIf", data)))
    edits += _packet_edits(packets, wanted, parts)
    return spliced(source.size, edits)


def chunks(source: Source) -> Iterator[Chunk]:
    """The chunks up to IEND; what follows it is no part of the image.

    Raises:
        MarksError: ``file_malformed`` when one runs past the end, or has a type of no letters;
            ``file_too_complex``.
    """
    at, base, window = 8, 0, source.upto(0, _FIRST)
    end = len(window)
    for _ in range(_MAX_CHUNKS):
        if at >= source.size:
            return
        if at + 8 > end:
            base, window = at, source.at(at, min(_NEXT, max(8, source.size - at)))
            end = base + len(window)
        size, kind = unpack_from(">I4s", window, at - base)
        stop = at + 12 + size
        if stop > source.size or not kind.isalpha():
            raise malformed("PNG", "数据块不完整", "a chunk is not whole")
        data = b""
        if kind in _HELD:
            if stop <= end:
                data = window[at - base + 8 : stop - base - 4]
            else:
                data = source.at(at + 8, min(size, _MAX_DATA))
        yield Chunk(kind, at, size, data)
        if kind == b"IEND":
            return
        at = stop
    raise too_complex("PNG")


def _parts(source: Source) -> _Parts:
    parts = _Parts()
    room = png_text.MAX_TOTAL
    heavy = held = 0
    for chunk in chunks(source):
        kind = chunk.kind
        if kind not in _HELD:
            if kind == b"IHDR":
                parts.behind = parts.behind or chunk.stop
            elif kind == b"IDAT":
                parts.image = parts.image or chunk.start
            continue
        held += len(chunk.data)
        if kind in _TEXTS:
            text = png_text.parse(kind, chunk.data, room, whole=chunk.is_whole)
            room -= len(text.body) if text.inflated else 0
            parts.texts.append((Chunk(kind, chunk.start, chunk.size, b""), text))
            heavy += text.keyword == XMP_KEYWORD or text.keyword.startswith(RAW_PROFILE)
        elif kind == b"eXIf":
            parts.exif.append(chunk)
        else:
            parts.manifests.append(chunk)
        if max(len(parts.texts), len(parts.manifests)) > _MAX_HELD or heavy > _MAX_HEAVY:
            raise too_complex("PNG")
        if len(parts.exif) > _MAX_HEAVY or room <= 0 or held > _MAX_BYTES:
            raise too_complex("PNG")
    parts.image = parts.image or source.size
    return parts


def _header(source: Source, at: int) -> tuple[int, bytes]:
    size, kind = unpack_from(">I4s", source.at(at, 8))
    return size, kind


def _is_label(text: TextChunk) -> bool:
    """Whether a text calls itself a label: by its keyword, unless it is plain words, or its text.

    What does not inflate, or is empty, has nothing but its keyword.
    """
    if _is_named(text) and (not text.body or is_object(text.text)):
        return True
    return is_label(text.text)


def _is_named(text: TextChunk) -> bool:
    return text.keyword.strip().upper() == b"AIGC"


def _look(text: TextChunk, places: list[Place], metadata: list[Meta]) -> None:
    """Sorts a text chunk into labels and other metadata."""
    if text.keyword == XMP_KEYWORD:
        places += xmp.places(text.body)
        metadata.append(Meta("xmp", xmp.as_text(text.body)))
    elif text.keyword.startswith(RAW_PROFILE):
        data = png_text.profile(text.body)
        if text.is_exif:
            found = exif.find(data)
            places += found.places
            metadata += found.metadata
        else:
            places += xmp.places(data)
            metadata.append(Meta("xmp", xmp.as_text(data)))
    elif _is_label(text):
        places.append(Place("png-text", text.text))
    else:
        key = text.keyword[:80].decode("latin-1")
        metadata.append(Meta(f"png:{key}", text.text[:_MAX_META]))


def _rest(text: TextChunk) -> bytes:
    """The chunk without the label: nothing, or what else a free text holds."""
    rest = "" if _is_named(text) else remainder(text.text)
    return png_text.packed(b"tEXt", text.keyword + b"\0" + rest.encode()) if rest else b""


def _profile_edits(chunk: Chunk, text: TextChunk, wanted: Wanted) -> list[Edit]:
    old = png_text.profile(text.body)
    new = exif.blank(old) if text.is_exif else xmp.put_first([b"", old], wanted)[1]
    if new == old:
        return []
    return [(chunk.start, chunk.stop, png_text.profile_chunk(text, new))]


def _packet_edits(packets: list[tuple[Chunk, bytes]], wanted: Wanted, parts: _Parts) -> list[Edit]:
    """The first packet gets the label; one behind the image moves before it."""
    new = xmp.put_first([body for _, body in packets] or [b""], wanted)
    edits: list[Edit] = []
    early = bool(packets) and packets[0][0].start < parts.image
    if not early:
        edits.append((parts.behind, parts.behind, png_text.xmp_chunk(new[0])))
    for place, ((chunk, _), packet) in enumerate(zip(packets, new, strict=False)):
        kept = png_text.xmp_chunk(packet) if place or early else b""
        edits.append((chunk.start, chunk.stop, kept))
    return edits
