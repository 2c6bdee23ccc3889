"""Texts of an Exif block, and the label that may stand in one (image guide TC260-PG-20259A).

The guide's second way for pictures is UserComment (0x9286): eight bytes that name the character
set, then the wrapped object of Annex E b). Other texts are looked at as well, since writers differ.
"""

import json
from collections.abc import Sequence

import msgspec

from hegui.marks import ifd, packets, xmp
from hegui.marks.edits import Edit
from hegui.marks.errors import MarksError, malformed, too_complex
from hegui.marks.finding import Finding, finding
from hegui.marks.loose import is_label, remainder
from hegui.marks.reading import Meta, Place
from hegui.marks.source import Source

#: The text fields of Exif 3.0 and of TIFF 6.0, and those that Windows adds (XP…, UTF-16).
NAMES = {
    0x000B: "ProcessingSoftware",
    0x010D: "DocumentName",
    0x010E: "ImageDescription",
    0x010F: "Make",
    0x0110: "Model",
    0x0131: "Software",
    0x013B: "Artist",
    0x013C: "HostComputer",
    0x8298: "Copyright",
    0x9213: "ImageHistory",
    0x927C: "MakerNote",
    0x9286: "UserComment",
    0x9C9B: "XPTitle",
    0x9C9C: "XPComment",
    0x9C9D: "XPAuthor",
    0x9C9E: "XPKeywords",
    0x9C9F: "XPSubject",
    0xA420: "ImageUniqueID",
    0xA436: "ImageTitle",
    0xA437: "Photographer",
    0xA43A: "CameraFirmware",
    0xA43B: "RAWDevelopingSoftware",
    0xA43C: "ImageEditingSoftware",
    0xA43D: "MetadataEditingSoftware",
}
#: The XMP packet of TIFF; programs that turn a TIFF into another format may copy it into Exif.
XMP = 0x02BC
#: All fields that are looked at.
TAGS = frozenset(NAMES) | {XMP}
_USER_COMMENT = 0x9286
_TEXT_KINDS = frozenset({1, 2, 7})
_WINDOWS = range(0x9C9B, 0x9CA0)
#: A text longer than this is looked at only so far.
MAX_TEXT = 262_144
_MAX_PACKET = 16 * 1024 * 1024
_CHARSETS = {b"ASCII": "utf-8", b"UNICODE": "utf-16", b"JIS": "iso2022_jp", b"": ""}


class Exif(msgspec.Struct, frozen=True):
    """What an Exif block says.

    Attributes:
        places: texts that call themselves a label, carrier ``exif``.
        metadata: the other texts, keys ``exif:Software``, ``exif:UserComment``, ….
    """

    places: tuple[Place, ...]
    metadata: tuple[Meta, ...]


class Text(msgspec.Struct, frozen=True):
    """One text field.

    Attributes:
        name: as ``NAMES`` has it.
        start: where its characters stand, behind the eight bytes of a character set.
        stop: where they end, before a closing NUL.
        encoding: Python's name of the encoding.
        text: the characters.
    """

    name: str
    start: int
    stop: int
    encoding: str
    text: str

    @property
    def is_label(self) -> bool:
        """Whether it calls itself a label; what fits into an entry is none."""
        return self.stop - self.start > 8 and is_label(self.text)


def find(tiff: bytes) -> Exif:
    """Reads an Exif block; one that is broken says what its sound part says.

    Args:
        tiff: the block, from ``II`` or ``MM`` on, with or without the six bytes ``Exif``, NUL,
            NUL before it.
    """
    source = Source.of(tiff[_prefix(tiff) :])
    top = ifd.head(source)
    said = [told(source, top, one) for one in _sound(source, top)] if top else []
    return Exif(
        tuple(place for one in said for place in one.places),
        tuple(text for one in said for text in one.metadata),
    )


def blank(tiff: bytes) -> bytes:
    """The same block, of the same length, in which no text is a label any more.

    The label's characters become spaces; what stands beside it in a JSON object stays.

    Args:
        tiff: as for ``find``.

    Raises:
        MarksError: ``file_malformed`` when a label's text covers a directory of the block.
    """
    at = _prefix(tiff)
    source = Source.of(tiff[at:])
    top = ifd.head(source)
    if top is None:
        return tiff
    out = bytearray(tiff)
    for start, stop, data in blanks(source, top, _sound(source, top)):
        out[at + start : at + stop] = data
    return bytes(out)


def told(source: Source, top: ifd.Head, one: ifd.Directory) -> Exif:
    """What one directory says.

    Args:
        source: a TIFF or an Exif block.
        top: its header.
        one: a directory read for ``TAGS``.

    Raises:
        MarksError: ``file_too_complex``.
    """
    places: list[Place] = []
    metadata: list[Meta] = []
    for field in one.fields:
        if field.tag == XMP:
            data = packet(source, field)
            places += xmp.places(data)
            metadata.append(Meta("xmp", xmp.as_text(data)))
        elif (text := _text(source, field, top.order)) is not None:
            if text.is_label:
                own = field.tag == _USER_COMMENT
                places.append(Place("exif", text.text, () if own else _unusual(text.name)))
            elif text.text.strip():
                metadata.append(Meta(f"exif:{text.name}", text.text[:65_536]))
    return Exif(tuple(places), tuple(metadata))


def blanks(
    source: Source,
    top: ifd.Head,
    directories: Sequence[ifd.Directory],
    but: ifd.Field | None = None,
) -> list[Edit]:
    """What to overwrite so that no text is a label; each range keeps its length.

    Args:
        source: a TIFF or an Exif block.
        top: its header.
        directories: read for ``TAGS``.
        but: a field that the caller sees to.

    Raises:
        MarksError: ``file_malformed`` when a label's text covers a directory or another's.
    """
    found: set[Edit] = set()
    for one in directories:
        for field in one.fields:
            if field == but or field.size == 0:
                continue
            if field.tag == XMP:
                old = packet(source, field)
                new = packets.emptied(old)
                if new != old:
                    found.add((field.start, field.start + len(new), new))
            elif (text := _text(source, field, top.order)) is not None and text.is_label:
                found.add((text.start, text.stop, _emptied(text)))
    ranges = [(one.start, one.stop) for one in directories]
    ranges += [(0, top.link + top.width), *(edit[:2] for edit in found)]
    if but is not None and not but.inside:
        ranges.append((but.start, but.start + but.size))
    if found or but is not None:
        _apart(ranges)
    return sorted(found)


def _apart(ranges: list[tuple[int, int]]) -> None:
    """Refuses a block whose parts stand in one another."""
    end = 0
    for start, stop in sorted(ranges):
        if start < end:
            raise malformed("exif", "标识与目录重叠", "a label's text covers other parts")
        end = stop


def packet(source: Source, field: ifd.Field) -> bytes:
    """The XMP packet of a field; empty when it stands beyond the end.

    Raises:
        MarksError: ``file_too_complex`` when it is longer than 16 MB.
    """
    if field.start + field.size > source.size:
        return b""
    if field.size > _MAX_PACKET:
        raise too_complex("XMP")
    return source.upto(field.start, field.size)


def _sound(source: Source, top: ifd.Head) -> list[ifd.Directory]:
    """The directories up to where the structure breaks."""
    found: list[ifd.Directory] = []
    try:
        found.extend(ifd.directories(source, top, TAGS))
    except MarksError:  # the rest can't be told
        return found
    return found


def _unusual(name: str) -> tuple[Finding, ...]:
    return (finding("carrier-unusual", where=f"Exif {name}", right="XMP TC260:AIGC"),)


def _emptied(text: Text) -> bytes:
    """Spaces in place of a label, behind what else its object holds.

    Raises:
        MarksError: ``file_malformed`` when that no longer fits.
    """
    size = text.stop - text.start
    kept = b""
    if rest := remainder(text.text):
        # Escapes may take more than the characters did; not all encodings have all characters.
        dense = json.dumps(json.loads(rest), ensure_ascii=False, separators=(",", ":"))
        kept = min((_encoded(one, text.encoding) for one in (rest, dense)), key=len)
    if len(kept) > size:
        raise malformed("exif", "标识旁的内容放不下", "what stands beside a label does not fit")
    space = " ".encode(text.encoding)
    return kept + (space * size)[: size - len(kept)]


def _encoded(text: str, encoding: str) -> bytes:
    try:
        return text.encode(encoding)
    except UnicodeEncodeError:
        return json.dumps(json.loads(text), separators=(",", ":")).encode(encoding)


def _text(source: Source, field: ifd.Field, order: str) -> Text | None:
    if field.tag not in NAMES or field.kind not in _TEXT_KINDS or not field.size:
        return None
    size = min(field.size, MAX_TEXT)
    data = source.upto(field.start, size)
    if len(data) < size:
        return None
    skip, encoding = 0, ""
    if field.tag in _WINDOWS:
        encoding = "utf-16-le"
    elif field.tag == _USER_COMMENT and len(data) >= 8:
        name = data[:8].rstrip(b"\0 ")
        if name in _CHARSETS:
            skip, encoding = 8, _CHARSETS[name]
    if encoding in {"", "utf-16"}:
        encoding = _wide(data[skip:], order)
    if encoding.startswith("utf-16"):
        skip += 2 * data.startswith((b"\xff\xfe", b"\xfe\xff"), skip)
        body = data[skip : len(data) - (len(data) - skip) % 2]
        end = len(body.rstrip(b"\0"))
        body = body[: end + end % 2]  # the last character may have a zero byte
    else:
        body = data[skip:].rstrip(b"\0")
    start = field.start + skip
    text = body.decode(encoding, "replace")
    return Text(NAMES[field.tag], start, start + len(body), encoding, text)


def _wide(body: bytes, order: str) -> str:
    """The encoding of a text that doesn't tell: wide characters have NULs on one side.

    Exif leaves the byte order of wide characters open, and writers differ; some write UTF-8.
    """
    if body.startswith(b"\xff\xfe"):
        return "utf-16-le"
    if body.startswith(b"\xfe\xff"):
        return "utf-16-be"
    sample = body[:256].rstrip(b"\0")
    high, low = sample[::2].count(0), sample[1::2].count(0)
    if max(high, low) * 4 < len(sample):
        try:
            body.rstrip(b"\0").decode()
        except UnicodeDecodeError:
            return f"utf-16-{order[0]}e"
        return "utf-8"
    return "utf-16-be" if high > low else "utf-16-le"


def _prefix(tiff: bytes) -> int:
    return 6 if tiff.startswith(b"Exif\0\0") else 0
