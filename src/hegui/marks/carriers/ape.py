"""APEv2, the tag that some programs put at the end of MP3 files (or, rarely, at the start).

The guide has no label here; one that stands here all the same is read, and goes on writing.
"""

import msgspec

from hegui.marks.carriers.pieces import MAX_VALUE, is_label, meta, text, unusual
from hegui.marks.errors import malformed
from hegui.marks.plan import Piece, Span, length
from hegui.marks.reading import Meta, Place
from hegui.marks.source import Source

_MAGIC = b"APETAGEX"
_SIZE = 32
_HAS_HEADER, _IS_HEADER = 1 << 31, 1 << 29
_MAX_ITEMS = 1000


class Item(msgspec.Struct, frozen=True):
    """One item: where it stands, its key, its text (empty when it is no text)."""

    start: int
    stop: int
    key: str
    value: str

    @property
    def label(self) -> bool:
        """Whether it calls itself a label."""
        return is_label(self.key, self.value)


class Tag(msgspec.Struct, frozen=True):
    """One tag: where it stands, its header (or empty), its items, its footer (or empty)."""

    start: int
    stop: int
    header: bytes
    items: tuple[Item, ...]
    footer: bytes

    @property
    def label(self) -> bool:
        """Whether an item calls itself a label."""
        return any(item.label for item in self.items)


def before(source: Source, stop: int) -> Tag | None:
    """The tag that ends at an offset.

    Raises:
        MarksError: ``file_malformed`` when its sizes lead nowhere.
    """
    if stop < _SIZE:
        return None
    footer = source.at(stop - _SIZE, _SIZE)
    if footer[:8] != _MAGIC:
        return None
    _, size, count, flags = _fields(footer)
    body = stop - size
    head = _SIZE if flags & _HAS_HEADER else 0
    if size < _SIZE or body < head:
        raise malformed("mp3", "APE 标签越界", "its APE tag runs out of the file")
    header = source.at(body - head, head)
    items = _items(source, body, stop - _SIZE, count)
    return Tag(body - head, stop, header, items, footer)


def after(source: Source, start: int) -> Tag | None:
    """The tag that begins at an offset, with a header.

    Raises:
        MarksError: as ``before``.
    """
    header = source.upto(start, _SIZE)
    if len(header) < _SIZE or header[:8] != _MAGIC:
        return None
    _, size, count, flags = _fields(header)
    if not flags & _IS_HEADER or size < _SIZE:
        return None
    stop = start + _SIZE + size
    footer = source.at(stop - _SIZE, _SIZE)
    if footer[:8] != _MAGIC:
        raise malformed("mp3", "APE 标签不完整", "its APE tag is cut short")
    return Tag(start, stop, header, _items(source, start + _SIZE, stop - _SIZE, count), footer)


def read(tag: Tag) -> tuple[list[Place], list[Meta]]:
    """The labels of a tag, and its other texts (keys ``ape:…``)."""
    places = [
        unusual(Place("ape", item.value), "APEv2", "ID3v2 TXXX AIGC")
        for item in tag.items
        if item.label
    ]
    others = [item for item in tag.items if not item.label and item.value]
    return places, [meta(f"ape:{item.key}", item.value) for item in others]


def rest(tag: Tag) -> list[Piece]:
    """The tag's other items, in a tag of their own; nothing when there are none."""
    kept = [item for item in tag.items if not item.label]
    if not kept:
        return []
    items: list[Piece] = [Span(item.start, item.stop) for item in kept]
    sizes = (length(items) + _SIZE).to_bytes(4, "little") + len(kept).to_bytes(4, "little")
    ends = [end[:12] + sizes + end[20:] if end else b"" for end in (tag.header, tag.footer)]
    return [ends[0], *items, ends[1]]


def _fields(end: bytes) -> tuple[int, int, int, int]:
    version, size, count, flags = (
        int.from_bytes(end[at : at + 4], "little") for at in (8, 12, 16, 20)
    )
    return version, size, count, flags


def _items(source: Source, at: int, stop: int, count: int) -> tuple[Item, ...]:
    items: list[Item] = []
    while len(items) < min(count, _MAX_ITEMS) and at < stop:
        head = source.at(at, min(8 + 256, stop - at))
        end = head.find(b"\0", 8)
        size = int.from_bytes(head[:4], "little")
        if end < 0 or at + end + 1 + size > stop:
            raise malformed("mp3", "APE 标签项越界", "an item runs out of its APE tag")
        key = head[8:end].decode("latin-1")
        binary = int.from_bytes(head[4:8], "little") & 6
        data = b"" if binary else source.at(at + end + 1, min(size, MAX_VALUE))
        items.append(Item(at, at + end + 1 + size, key, text(data)))
        at += end + 1 + size
    if at != stop:
        raise malformed("mp3", "APE 标签项数不符", "its APE tag has another number of items")
    return tuple(items)
