"""Formats without a place for the label: BMP, and AAC in ADTS frames or behind an ADIF header.

Neither the guides nor the formats name one. An ID3 tag before AAC is read all the same: what calls
itself a label there is told, though players and checkers look past it.
"""

from hegui.marks.carriers import id3, id3_texts, mpeg
from hegui.marks.errors import no_carrier
from hegui.marks.plan import Plan, Wanted
from hegui.marks.reading import Contents
from hegui.marks.source import Source

#: Sizes of the header behind the file's own: OS/2 1 and 2, Windows 3 to 5, and in between.
_BMP_HEADERS = {12, 16, 40, 52, 56, 64, 108, 124}


def sniff(head: bytes, source: Source) -> str | None:
    """``bmp`` or ``adts``."""
    if head.startswith(b"BM") and int.from_bytes(head[14:18], "little") in _BMP_HEADERS:
        return "bmp"
    tagged = head.startswith(b"ID3")
    start = id3.end(source) if tagged else 0
    bare = source.upto(start, 4) == b"ADIF"
    if bare or mpeg.begins(source, start, mpeg.SEARCH if tagged else 0) == "adts":
        return "adts"
    return None


def read(source: Source, format: str) -> Contents:  # noqa: A002  the frame's name for it
    """What an ID3 tag before AAC says; a BMP says nothing.

    Raises:
        MarksError: ``file_malformed``, ``file_too_complex``.
    """
    if format != "adts":
        return Contents(format)
    parts = [id3_texts.read(tag) for tag in id3.tags(source)]
    return Contents(
        format,
        tuple(place for places, _ in parts for place in places),
        tuple(said for _, metadata in parts for said in metadata),
    )


def write(source: Source, format: str, wanted: Wanted) -> Plan:  # noqa: A002, ARG001
    """Always refuses.

    Raises:
        MarksError: ``format_no_carrier``, which offers conversion or a sidecar.
    """
    raise no_carrier({"bmp": "BMP", "adts": "AAC (ADTS)"}[format])
