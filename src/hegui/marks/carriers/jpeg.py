"""JPEG (ISO/IEC 10918-1): the label in an APP1 segment with XMP.

The image guide (TC260-PG-20259A) has XMP, and in its Annex B Exif's UserComment, which is read as
well and overwritten in place. From the first scan on, all is kept: the image, further images of
a multi-picture file, the video of a motion photo.
"""

from collections.abc import Iterator

import msgspec

from hegui.marks import exif, xmp
from hegui.marks.carriers import jpeg_parts, jpeg_xmp
from hegui.marks.edits import Edit, spliced
from hegui.marks.errors import MarksError, malformed, too_complex
from hegui.marks.loose import is_label, remainder
from hegui.marks.plan import Plan, Wanted
from hegui.marks.reading import Contents, Meta, Place
from hegui.marks.source import Source

_WINDOW = 65_536
_APP0, _APP1, _APP2, _APP11, _APP13, _COM = 0xE0, 0xE1, 0xE2, 0xEB, 0xED, 0xFE
#: Scan and end of image: what follows is looked at no more.
_ENDS = frozenset({0xDA, 0xD9})
_EXIF = b"Exif\0"
#: Names of segments that count; others of the same marker do not.
_OTHERS = {_APP2: jpeg_parts.MPF, _APP11: b"JP", _APP13: jpeg_parts.PHOTOSHOP}
#: The segments of a large picture with an extended XMP packet are some thousand.
_MAX_SEGMENTS, _MAX_HELD, _MAX_PACKETS = 20_000, 768, 2
_MAX_META, _MAX_COMMENT = 65_536, 16_384


class Segment(msgspec.Struct, frozen=True):
    """One segment.

    Attributes:
        marker: the second byte of its marker.
        start: offset of the marker.
        stop: offset after it.
        payload: what follows the length; empty for those that hold no metadata.
    """

    marker: int
    start: int
    stop: int
    payload: bytes


class _Parts(msgspec.Struct):
    """The segments of a file by what they hold, and where a new one goes."""

    behind: int = 2
    packets: list[tuple[Segment, bytes]] = []
    pieces: list[tuple[Segment, jpeg_xmp.Piece]] = []
    exif: list[Segment] = []
    comments: list[Segment] = []
    others: list[Segment] = []


def sniff(head: bytes, source: Source) -> str | None:  # noqa: ARG001 - the carriers' interface
    """``jpeg`` for a file that starts with SOI and another marker."""
    return "jpeg" if head.startswith(b"\xff\xd8\xff") else None


def read(source: Source, format: str) -> Contents:  # noqa: A002 - the carriers' interface
    """The labels and the other metadata of a JPEG.

    Raises:
        MarksError: ``file_malformed``, ``file_too_complex``.
    """
    parts = _parts(source)
    places: list[Place] = []
    metadata: list[Meta] = []
    packets = [packet for _, packet in parts.packets]
    far = _extended(parts)[1]
    if far is not None:
        packets.append(far)
    for packet in packets:
        places += xmp.places(packet)
        metadata.append(Meta("xmp", xmp.as_text(packet)))
    for segment in parts.exif:
        found = exif.find(segment.payload)
        places += found.places
        metadata += found.metadata
    for segment in parts.comments:
        text = _comment(segment)
        if is_label(text):
            places.append(Place("comment", text))
        else:
            metadata.append(Meta("jpeg:comment", text[:_MAX_COMMENT]))
    box = bytearray()
    for segment in parts.others:
        if segment.payload.startswith(jpeg_parts.PHOTOSHOP):
            metadata += jpeg_parts.iptc(segment.payload)
        elif segment.payload.startswith(b"JP") and len(box) < _MAX_META:
            box += segment.payload[8:]
    if b"c2pa" in box:
        metadata.append(Meta("c2pa", box[:_MAX_META].decode("latin-1")))
    return Contents(format, tuple(places), tuple(metadata))


def write(source: Source, format: str, wanted: Wanted) -> Plan:  # noqa: A002, ARG001
    """The same JPEG with the wanted label and no other.

    Raises:
        MarksError: ``file_malformed`` when a segment or an XMP packet is not whole.
    """
    parts = _parts(source)
    guid, far = _extended(parts)
    near, away = jpeg_xmp.labelled([packet for _, packet in parts.packets] or [b""], far, wanted)
    new = [jpeg_xmp.segment(packet) for packet in near]
    edits: list[Edit] = []
    if away is not None and away != far:
        new[0] += b"".join(jpeg_xmp.extension(away)[1])
        edits += [(one.start, one.stop, b"") for one, piece in parts.pieces if piece.guid == guid]
    if not parts.packets:
        edits.append((parts.behind, parts.behind, new[0]))
    for (segment, _), data in zip(parts.packets, new, strict=False):
        edits.append((segment.start, segment.stop, data))
    for segment in parts.exif:
        blank = exif.blank(segment.payload)
        if blank != segment.payload:
            edits.append((segment.start + 4, segment.stop, blank))
    for segment in parts.comments:
        text = _comment(segment)
        if is_label(text):
            edits.append((segment.start, segment.stop, _com(remainder(text))))
    for segment in parts.others:
        if segment.payload.startswith(jpeg_parts.MPF):
            index = jpeg_parts.moved_images(segment.payload, segment.start + 4, edits)
            edits.append((segment.start + 4, segment.stop, index))
    return spliced(source.size, edits)


def segments(source: Source) -> Iterator[Segment]:
    """The segments between SOI and the first scan.

    Raises:
        MarksError: ``file_malformed`` when one is not whole, ``file_too_complex``.
    """
    at, base, window = 2, 0, source.upto(0, _WINDOW)
    end = len(window)
    for _ in range(_MAX_SEGMENTS):
        if at + 4 > end:
            base, window = at, source.upto(at, _WINDOW)
            end = base + len(window)
        head = window[at - base : at - base + 4]
        if head[:2] == b"\xff\xff":  # fill bytes
            rest = window[at - base :]
            at += len(rest) - len(rest.lstrip(b"\xff")) - 1
            continue
        if head[:1] != b"\xff" or (len(head) < 4 and head[1:2] != b"\xd9"):
            raise _unsound()
        marker = head[1]
        if marker in _ENDS:
            return
        size = int.from_bytes(head[2:], "big")
        stop = at + 2 + size
        if size < 2 or stop > source.size or not (0xC0 <= marker < 0xD0 or 0xDB <= marker < 0xFF):
            raise _unsound()
        payload = b""
        if marker >= _APP0:
            if stop <= end:
                payload = window[at - base + 4 : stop - base]
            else:
                payload = source.at(at + 4, size - 2)
        yield Segment(marker, at, stop, payload)
        at = stop
    raise too_complex("JPEG")


def _parts(source: Source) -> _Parts:
    parts = _Parts()
    leading = True
    held = 0
    for segment in segments(source):
        marker, payload = segment.marker, segment.payload
        if marker < _APP0:
            leading = False
            continue
        known, is_exif = True, False
        if marker == _APP1:
            is_exif = payload.startswith(_EXIF)
            known = is_exif or _is_packet(parts, segment)
            if is_exif:
                parts.exif.append(segment)
        elif marker == _COM:
            parts.comments.append(segment)
        elif marker in _OTHERS and payload.startswith(_OTHERS[marker]):
            parts.others.append(segment)
        else:
            known = False
        held += known
        leading = leading and (marker == _APP0 or is_exif)
        if leading:
            parts.behind = segment.stop
    if max(len(parts.packets), len(parts.exif)) > _MAX_PACKETS or held > _MAX_HELD:
        raise too_complex("JPEG")
    return parts


def _is_packet(parts: _Parts, segment: Segment) -> bool:
    """Whether an APP1 segment is of XMP; keeps it if so."""
    payload = segment.payload
    if payload.startswith(jpeg_xmp.STANDARD):
        parts.packets.append((segment, payload[len(jpeg_xmp.STANDARD) :]))
    elif payload.startswith(jpeg_xmp.EXTENSION):
        piece = jpeg_xmp.piece(payload)
        if piece is not None:
            parts.pieces.append((segment, piece))
    else:
        return False
    return True


def _extended(parts: _Parts) -> tuple[bytes | None, bytes | None]:
    """The GUID and the extended packet that a standard packet names, None for each without."""
    pieces = [piece for _, piece in parts.pieces]
    for _, packet in parts.packets if pieces else ():
        guid = jpeg_xmp.guid_of(packet)
        if guid is not None:
            return guid, jpeg_xmp.extended(pieces, guid)
    return None, None


def _comment(segment: Segment) -> str:
    return segment.payload.rstrip(b"\0").decode("utf-8", "replace")


def _com(text: str) -> bytes:
    """A comment segment of ASCII text; nothing for no text."""
    if len(text) > _WINDOW - 3:
        raise malformed("JPEG", "注释过长", "a comment is too long")
    size = (len(text) + 2).to_bytes(2, "big")
    return b"\xff\xfe" + size + text.encode() if text else b""


def _unsound() -> MarksError:
    return malformed("JPEG", "段结构不完整", "a segment is not whole")
