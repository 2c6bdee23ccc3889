"""MP3: the label in an ID3v2 frame ``TXXX`` named ``AIGC`` (TC260-PG-202510A), a bare object.

A file without a tag gets one of version 2.4; a tag that is there keeps its version. ID3v1, APE and
whatever else stands around the sound stay.
"""

from hegui.marks.carriers import ape, id3, id3_texts, id3_write, mpeg
from hegui.marks.carriers.pieces import joined
from hegui.marks.plan import Piece, Plan, Span, Wanted
from hegui.marks.reading import Contents
from hegui.marks.source import Source

_ID3V1 = 128
#: Version 2.4 may stand at the end, where ten bytes close it.
_FOOTER = b"3DI"


def sniff(head: bytes, source: Source) -> str | None:
    """``mp3`` when MPEG sound begins here, or behind ID3 tags."""
    if head.startswith(b"ID3"):
        start = id3.end(source)
        alone = 0 < start >= source.size
        return "mp3" if alone or mpeg.begins(source, start) == "mp3" else None
    start = len(head) - len(head.lstrip(b"\0"))
    return "mp3" if mpeg.begins(source, start, 0) == "mp3" else None


def read(source: Source, format: str) -> Contents:  # noqa: A002  the frame's name for it
    """The labels in ID3 and APE tags, and what else these say.

    Raises:
        MarksError: ``file_malformed``, ``file_too_complex``.
    """
    front, back, apes = tags(source)
    parts = [id3_texts.read(tag) for tag in (*front, *back)]
    parts += [ape.read(tag) for tag in apes]
    return Contents(
        format,
        tuple(place for places, _ in parts for place in places),
        tuple(said for _, metadata in parts for said in metadata),
    )


def write(source: Source, format: str, wanted: Wanted) -> Plan:  # noqa: A002, ARG001
    """The file with the label in its first tag, and in no other.

    Raises:
        MarksError: ``file_malformed``, ``file_too_complex``.
    """
    front, back, apes = tags(source)
    label = wanted.label.to_json()
    pieces: list[Piece] = [] if front else [id3_write.fresh(label)]
    changed: dict[int, tuple[int, list[Piece]]] = {}
    for tag in (*front, *back):
        first = bool(front) and tag is front[0]
        if first or id3_texts.has_label(tag):
            new = id3_write.rewritten(tag, label if first else None)
            changed[tag.start] = (tag.stop, new)
    for old in apes:
        if old.label:
            changed[old.start] = (old.stop, ape.rest(old))
    at = 0
    for start, (stop, new) in sorted(changed.items()):
        pieces += (Span(at, start), *new)
        at = stop
    return joined([*pieces, Span(at, source.size)])


def tags(source: Source) -> tuple[list[id3.Tag], list[id3.Tag], list[ape.Tag]]:
    """ID3v2 tags before and behind the sound, and APE tags; none overlaps another.

    Raises:
        MarksError: ``file_malformed``, ``file_too_complex``.
    """
    front = id3.tags(source)
    begin = front[-1].stop if front else 0
    first = ape.after(source, begin)
    apes = [first] if first is not None else []
    begin = first.stop if first is not None else begin
    stop = source.size
    if stop - _ID3V1 >= begin and source.at(stop - _ID3V1, 3) == b"TAG":
        stop -= _ID3V1
    back: list[id3.Tag] = []
    while stop > begin:
        last = ape.before(source, stop)
        closing = _closing(source, stop) if last is None else None
        start = last.start if last is not None else closing.start if closing is not None else begin
        if start <= begin:
            break
        if last is not None:
            apes.append(last)
        elif closing is not None:
            back.append(closing)
        stop = start
    return front, back[::-1], apes


def _closing(source: Source, stop: int) -> id3.Tag | None:
    """The ID3v2 tag that ends at an offset with a footer."""
    if stop < 20 or source.at(stop - 10, 3) != _FOOTER:
        return None
    start = stop - 20 - id3.syncsafe(source.at(stop - 4, 4))
    tag = id3.tag(source, start) if start >= 0 else None
    return tag if tag is not None and tag.stop == stop else None
