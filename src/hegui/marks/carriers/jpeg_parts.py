"""What a JPEG's segments hold beside XMP and Exif: IPTC records, and the index of more images."""

from collections.abc import Iterator

from hegui.marks import ifd
from hegui.marks.edits import Edit
from hegui.marks.errors import MarksError, malformed
from hegui.marks.reading import Meta
from hegui.marks.source import Source

PHOTOSHOP = b"Photoshop 3.0\0"
MPF = b"MPF\0"
_ENTRIES, _ENTRY = 0xB002, 16


def iptc(payload: bytes) -> list[Meta]:
    """The IPTC records of a Photoshop segment, keys ``iptc:110`` (Credit) and so on.

    Args:
        payload: of APP13, with its name. What is not whole ends the records.
    """
    return [Meta(f"iptc:{number}", text) for number, text in _records(payload)]


def _records(payload: bytes) -> Iterator[tuple[int, str]]:
    # Record 2 of IIM: 0x1C, the record, the data set, two bytes of length, the text.
    at = payload.find(b"8BIM\x04\x04")
    at = payload.find(b"\x1c\x02", at + 6) if at >= 0 else -1
    for _ in range(1000):
        if at < 0 or payload[at : at + 2] != b"\x1c\x02":
            return
        size = int.from_bytes(payload[at + 3 : at + 5], "big")
        text = payload[at + 5 : at + 5 + size]
        if size > 0x7FFF or len(text) < size or at + 5 > len(payload):
            return
        yield payload[at + 2], text.decode("utf-8", "replace")
        at += 5 + size


def moved_images(payload: bytes, start: int, edits: list[Edit]) -> bytes:
    """A multi-picture index (CIPA DC-007) after the edits: sizes and places of the images.

    The first image's size is the file's start up to its end; the others' places count from the
    index's own header.

    Args:
        payload: of APP2, with its name.
        start: where the payload stands in the file.
        edits: all other edits of the file, before the first image's end.

    Raises:
        MarksError: ``file_malformed`` when the index can't be read.
    """
    block = payload[len(MPF) :]
    source = Source.of(block)
    top = ifd.head(source)
    if top is None:
        raise _unsound()
    whole = sum(len(data) - (last - first) for first, last, data in edits)
    behind = sum(len(data) - (last - first) for first, last, data in edits if first >= start)
    out = bytearray(block)
    try:
        fields = [field for one in ifd.directories(source, top) for field in one.fields]
    except MarksError as error:
        raise _unsound() from error
    for field in fields:
        if field.tag == _ENTRIES and field.start + field.size <= len(block):
            for at in range(field.start, field.start + field.size - _ENTRY + 1, _ENTRY):
                first = at == field.start
                _add(out, at + 4 if first else at + 8, whole if first else behind, top)
    return MPF + bytes(out)


def _add(out: bytearray, at: int, growth: int, top: ifd.Head) -> None:
    old = top.number(bytes(out[at : at + 4]))
    new = old + growth
    if old and not 0 < new < 1 << 32:
        raise _unsound()
    if old:
        out[at : at + 4] = top.bytes(new, 4)


def _unsound() -> MarksError:
    return malformed("JPEG", "多图索引有误", "its index of images is wrong")
