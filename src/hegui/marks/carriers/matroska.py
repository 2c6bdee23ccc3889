"""Matroska and WebM: the label in Segment, Tags, a SimpleTag ``AIGC`` (TC260-PG-20257A).

Clusters are never read beyond their headers. Tags in a void before the clusters need nothing else
changed; Tags at the end of the segment are told by the SeekHead (``matroska_segment``).
"""

from hegui.marks.carriers import ebml, matroska_tags
from hegui.marks.carriers.matroska_segment import EBML, INFO, SEGMENT, laid_out, segment
from hegui.marks.carriers.matroska_tags import TAGS
from hegui.marks.carriers.pieces import MAX_META, joined, meta, text
from hegui.marks.errors import malformed
from hegui.marks.plan import Plan, Span, Wanted, length
from hegui.marks.reading import Contents, Meta, Place
from hegui.marks.source import Source

_DOC_TYPE = 0x4282
_NAMES = {0x7BA9: "Title", 0x4D80: "MuxingApp", 0x5741: "WritingApp"}
_MAX_HEADER = 65_536


def sniff(head: bytes, source: Source) -> str | None:
    """``matroska`` or ``webm``, by the EBML header's document type."""
    if not head.startswith(ebml.named(EBML)):
        return None
    one = ebml.element(source, 0, source.size)
    if one is None or one.stop - one.data > _MAX_HEADER:
        return None
    at = one.data
    while at < one.stop and (child := ebml.element(source, at, one.stop)) is not None:
        if child.id == _DOC_TYPE:
            name = text(source.at(child.data, min(child.stop - child.data, 64)))
            return name if name == "webm" else "matroska" if name == "matroska" else None
        at = child.stop
    return None


def read(source: Source, format: str) -> Contents:  # noqa: A002  the frame's name for it
    """The labels in all Tags, the other tags, and who wrote the file.

    Raises:
        MarksError: ``file_malformed``, ``file_too_complex``.
    """
    places: list[Place] = []
    metadata: list[Meta] = []
    for one in segment(source).elements:
        if one.id == TAGS:
            found, said = matroska_tags.read(source, one)
            places += found
            metadata += said
        elif one.id == INFO:
            for child in ebml.children(source, one.data, one.stop):
                if child.id in _NAMES:
                    value = text(source.at(child.data, min(child.stop - child.data, MAX_META)))
                    metadata.append(meta(f"matroska:{_NAMES[child.id]}", value))
    return Contents(format, tuple(places), tuple(metadata))


def write(source: Source, format: str, wanted: Wanted) -> Plan:  # noqa: A002, ARG001
    """The file with the label in its Tags.

    Raises:
        MarksError: ``file_malformed`` when a position can't be mended, ``file_too_complex``.
    """
    whole = segment(source)
    outer = whole.element
    data = laid_out(source, whole, wanted.label.to_json())
    head = source.at(outer.start, outer.data - outer.start)
    if outer.known:
        declared = int.from_bytes(head[-outer.width :], "big") & (1 << 7 * outer.width) - 1
        size = declared + length(data) - (whole.stop - outer.data)
        if size >= (1 << 56) - 1:
            raise malformed("matroska", "Segment 过大", "its segment is too large")
        head = ebml.header(SEGMENT, size, outer.width)
    return joined([Span(0, outer.start), head, *data, Span(whole.stop, source.size)])
