"""The elements of a Matroska segment, and how they lie once the label is in.

Four places, the first that will do:

1. where Tags stand, with the void behind them, or growing when they are the segment's last element;
2. a void before the first cluster;
3. the segment's end, told by the SeekHead (as mkvpropedit does);
4. where Tags stand, or before the first cluster: what comes later moves, and all positions are
   mended.

Only 4, and 3 when the SeekHead has no room to grow, move anything.
"""

from bisect import bisect_right

import msgspec

from hegui.marks.carriers import ebml, matroska_index, matroska_tags
from hegui.marks.carriers.ebml import Element
from hegui.marks.carriers.matroska_index import CLUSTER, CUES, SEEK_HEAD, Moved
from hegui.marks.carriers.matroska_tags import TAGS
from hegui.marks.carriers.pieces import patched
from hegui.marks.errors import malformed
from hegui.marks.plan import Piece, Span, length
from hegui.marks.source import Source

EBML, SEGMENT = 0x1A45DFA3, 0x18538067
INFO, TRACKS, CHAPTERS, ATTACHMENTS = 0x1549A966, 0x1654AE6B, 0x1043A770, 0x1941A469
#: What stands in a segment, and so ends a cluster whose size is not known.
_TOP = {EBML, SEGMENT, SEEK_HEAD, INFO, TRACKS, CHAPTERS, ATTACHMENTS, CLUSTER, CUES, TAGS}
#: An element of a segment costs more than the read it takes: 50,000 are hours of video.
_COST = 3
#: Positions settle after two or three rounds: they only grow.
_ROUNDS = 10


class Part(msgspec.Struct):
    """One element of the new segment.

    Attributes:
        old: the element it was, None for a new one.
        data: its bytes when they are others than before.
        room: bytes that it may fill without moving what follows.
        start: its place, counted from the segment's data.
    """

    old: Element | None
    data: bytes | None = None
    room: int = 0
    start: int = 0

    @property
    def id(self) -> int:
        """The element's ID; 0 for a new one."""
        return self.old.id if self.old is not None else 0

    @property
    def piece(self) -> Piece:
        """What it is in the new file."""
        if self.data is not None or self.old is None:
            return self.data or b""
        return Span(self.old.start, self.old.stop)

    @property
    def size(self) -> int:
        """Its bytes in the new file."""
        return length([self.piece])


class Segment(msgspec.Struct, frozen=True):
    """A segment: its element, its children, and whether it goes on behind them undecipherably."""

    element: Element
    elements: tuple[Element, ...]
    broken: bool

    @property
    def stop(self) -> int:
        """Where its last child ends."""
        return self.elements[-1].stop if self.elements else self.element.data


def segment(source: Source) -> Segment:
    """The first segment of a file.

    Raises:
        MarksError: ``file_malformed`` when there is none, ``file_too_complex``.
    """
    at = 0
    while (one := ebml.element(source, at, source.size)) is not None and one.id != SEGMENT:
        if not one.whole or one.id not in {EBML, ebml.VOID, ebml.CRC}:
            break
        at = one.stop
    if one is None or one.id != SEGMENT:
        raise malformed("matroska", "没有 Segment", "it has no segment")
    found: list[Element] = []
    at = one.data
    while at < one.stop and (child := ebml.element(source, at, one.stop)) is not None:
        if not child.known and child.id != CLUSTER:
            break
        if not one.known and child.id in {EBML, SEGMENT}:
            break
        if not child.known:
            child = _bounded(source, child)
        source.reads -= _COST
        found.append(child)
        at = child.stop
    broken = at < one.stop or not all(child.whole for child in found[-1:])
    if not found:
        raise malformed("matroska", "Segment 是空的", "its segment is empty")
    return Segment(one, tuple(found), broken)


def labelled(source: Source, whole: Segment) -> list[Element]:
    """The Tags elements that hold a label.

    Raises:
        MarksError: ``file_malformed``, ``file_too_complex``.
    """
    tags = [one for one in whole.elements if one.id == TAGS]
    return [one for one in tags if matroska_tags.read(source, one)[0]]


def laid_out(source: Source, whole: Segment, label: bytes) -> list[Piece]:
    """The new segment's data.

    Args:
        source: the file.
        whole: its segment.
        label: the label's JSON.

    Raises:
        MarksError: ``file_malformed`` when a position can't be mended, ``file_too_complex``.
    """
    if whole.broken and whole.elements[-1].id != CLUSTER:
        raise malformed("matroska", "元素不完整", "an element is cut short")
    found = labelled(source, whole)
    home = next(iter(found or [one for one in whole.elements if one.id == TAGS]), None)
    parts = [Part(one) for one in whole.elements]
    for part in parts:
        if part.old in found and part.old is not home and part.old is not None:
            part.data = _smaller(source, part.old)
    if parts[0].id == ebml.CRC:  # a sum over the whole segment
        parts[0].data = ebml.void(parts[0].size)
    tags = _place(whole, parts, home, matroska_tags.data(source, home, label))
    moved = _settled(source, whole, parts, home, tags)
    changes = [
        change
        for part in parts
        if part.old is not None and part.id == CLUSTER
        for change in _cluster_changes(source, whole, part, part.old, moved)
    ]
    return patched([part.piece for part in parts], changes)


def _place(whole: Segment, parts: list[Part], home: Element | None, made: bytes) -> Part:
    """Puts the Tags among the parts, in the first place that will do; gives their part."""
    told = any(part.id == SEEK_HEAD for part in parts)
    at_end = told and whole.element.known and not whole.broken
    first = next((at for at, part in enumerate(parts) if part.id == CLUSTER), len(parts))
    here = end = first
    if home is not None:
        here = next(at for at, part in enumerate(parts) if part.old is home)
        end = _voids(parts, here + 1)
        filled = ebml.filling(TAGS, made, sum(part.size for part in parts[here:end]))
        if filled is None and end == len(parts) and not whole.broken:
            filled = ebml.packed(TAGS, made)
        if filled is not None:
            parts[here:end] = [Part(home, filled)]
            return parts[here]
    for at, part in enumerate(parts[:first]):
        filled = ebml.filling(TAGS, made, part.size) if part.id == ebml.VOID else None
        if filled is not None:
            parts[at] = Part(None, filled)
            _give_up(parts, home)
            return parts[at]
    if at_end:
        _give_up(parts, home)
        parts.append(Part(None, ebml.packed(TAGS, made)))
        return parts[-1]
    parts[here:end] = [Part(home, ebml.packed(TAGS, made))]
    return parts[here]


def _give_up(parts: list[Part], home: Element | None) -> None:
    """Makes void of the place where the Tags stood."""
    for part in parts:
        if home is not None and part.old is home:
            part.data = ebml.void(part.size)


def _settled(
    source: Source, whole: Segment, parts: list[Part], home: Element | None, tags: Part
) -> Moved:
    """Gives every part its start, and mends SeekHead and Cues until nothing moves any more."""
    behind = tags is parts[-1] and tags.old is None
    for _ in range(_ROUNDS):
        moved = _moving(whole, parts, home, tags)
        before = [part.size for part in parts]
        wanting = behind
        for part in [part for part in parts if part.id in {SEEK_HEAD, CUES}]:
            if part.old is None:
                continue
            more = b""
            if part.id == SEEK_HEAD and wanting:
                wanting = False
                more = _entry(source, whole, part.old, home, tags)
            _mend(source, parts, part, matroska_index.data(source, part.old, moved), more)
        if before == [part.size for part in parts]:
            return moved
    raise malformed("matroska", "位置无法改写", "its positions can't be mended")


def _entry(
    source: Source, whole: Segment, head: Element, home: Element | None, tags: Part
) -> bytes:
    """The SeekHead's entry for Tags at the end; nothing when one for the old place is there."""
    old = home.start - whole.element.data if home is not None else -1
    if (TAGS, old) in matroska_index.targets(source, head):
        return b""
    return matroska_index.entry(TAGS, tags.start)


def _mend(source: Source, parts: list[Part], part: Part, data: bytes, more: bytes) -> None:
    """Gives an index its new bytes, which may take the void behind it."""
    old = part.old
    if old is None:
        return
    if more:
        data = matroska_index.added(data, more)
    if part.data is None:
        if data == source.at(old.data, old.stop - old.data):
            return
        at = next(at for at, each in enumerate(parts) if each is part)
        end = _voids(parts, at + 1)
        part.room = sum(each.size for each in parts[at:end])
        del parts[at + 1 : end]
    part.data = ebml.filling(old.id, data, part.room) or ebml.packed(old.id, data, old.width)


def _moving(whole: Segment, parts: list[Part], home: Element | None, tags: Part) -> Moved:
    """Gives every part its start; the answer leads from old positions to new ones."""
    base, at = whole.element.data, 0
    starts: list[int] = []
    shifts: list[int] = []
    for part in parts:
        part.start = at
        at += part.size
        if part.old is not None:
            starts.append(part.old.start - base)
            shifts.append(part.start - starts[-1])
    aside = home.start - base if home is not None and tags.old is None else -1

    def moved(position: int) -> int:
        if position == aside:
            return tags.start
        place = bisect_right(starts, position) - 1
        return position + shifts[place] if place >= 0 else position

    return moved


def _cluster_changes(
    source: Source, whole: Segment, part: Part, old: Element, moved: Moved
) -> list[tuple[int, bytes]]:
    if part.start == old.start - whole.element.data:
        return []
    return matroska_index.cluster(source, old, moved)


def _smaller(source: Source, tags: Element) -> bytes:
    """Tags without their label, in the same room."""
    room = tags.stop - tags.start
    data = matroska_tags.data(source, tags, None)
    return (ebml.filling(TAGS, data, room) if data else None) or ebml.void(room)


def _voids(parts: list[Part], at: int) -> int:
    """Where the void parts end that begin at a place."""
    while at < len(parts) and parts[at].id == ebml.VOID:
        at += 1
    return at


def _bounded(source: Source, cluster: Element) -> Element:
    """A cluster whose size is not known, up to the next element that can't be in one."""
    at, whole = cluster.data, True
    while at < cluster.stop and whole:
        child = ebml.element(source, at, cluster.stop)
        if child is None or child.id in _TOP:
            break
        at, whole = child.stop, child.whole
    return msgspec.structs.replace(cluster, stop=at, whole=whole)
