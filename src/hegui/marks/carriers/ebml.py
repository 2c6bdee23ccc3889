"""EBML (RFC 8794): elements of an ID, a size and data, both numbers of variable length."""

from collections.abc import Iterator

import msgspec

from hegui.marks.errors import malformed
from hegui.marks.source import Source

CRC, VOID = 0xBF, 0xEC
_MAX_ID, _MAX_SIZE = 4, 8


class Element(msgspec.Struct, frozen=True):
    """One element; offsets are in the file.

    Attributes:
        id: with its length marker, as specifications print it.
        start: where its ID stands.
        data: where its data begin.
        stop: where they end, at the latest where the element around it ends.
        known: whether its header says a size.
        whole: whether all its data are there.
    """

    id: int
    start: int
    data: int
    stop: int
    known: bool
    whole: bool

    @property
    def width(self) -> int:
        """Bytes of the size in its header."""
        return self.data - self.start - len(named(self.id))


def element(source: Source, at: int, stop: int) -> Element | None:
    """The element at an offset; None when no element can be made out there.

    Args:
        source: the file.
        at: the offset.
        stop: where the element around it ends.
    """
    head = source.upto(at, min(_MAX_ID + _MAX_SIZE, stop - at))
    length = _length(head, 0)
    if not 0 < length <= _MAX_ID or len(head) <= length:
        return None
    width = _length(head, length)
    if not 0 < width <= _MAX_SIZE or len(head) < length + width:
        return None
    ones = (1 << 7 * width) - 1
    size = int.from_bytes(head[length : length + width], "big") & ones
    data = at + length + width
    known = size != ones
    end = min(data + size, stop) if known else stop
    return Element(
        int.from_bytes(head[:length], "big"),
        at,
        data,
        end,
        known=known,
        whole=known and end == data + size,
    )


def children(source: Source, start: int, stop: int) -> Iterator[Element]:
    """The elements between two offsets.

    Raises:
        MarksError: ``file_malformed`` when something else stands there, or one is cut short.
    """
    while start < stop:
        child = element(source, start, stop)
        if child is None or not child.whole:
            raise malformed("matroska", "元素越界", "an element runs out of the one around it")
        yield child
        start = child.stop


def unsigned(source: Source, one: Element) -> int:
    """An element's number.

    Raises:
        MarksError: ``file_malformed`` when it has more than eight bytes.
    """
    if one.stop - one.data > _MAX_SIZE:
        raise malformed("matroska", "数值过长", "a number has more than eight bytes")
    return int.from_bytes(source.at(one.data, one.stop - one.data), "big")


def packed(name: int, data: bytes, width: int = 0) -> bytes:
    """An element.

    Args:
        name: its ID with the length marker.
        data: its data.
        width: bytes of its size; the fewest when 0, or when these do not suffice.
    """
    return header(name, len(data), width) + data


def header(name: int, size: int, width: int = 0) -> bytes:
    """An element's ID and size; arguments as for ``packed``."""
    width = max(width, 1)
    while size >= (1 << 7 * width) - 1:
        width += 1
    return named(name) + (size | 1 << 7 * width).to_bytes(width, "big")


def named(name: int) -> bytes:
    """An ID's bytes."""
    return name.to_bytes((name.bit_length() + 7) // 8, "big")


def void(size: int) -> bytes:
    """An element that says nothing, of so many bytes in all; none of 0, never of 1."""
    if not size:
        return b""
    width = 1
    while size - 1 - width >= (1 << 7 * width) - 1:
        width += 1
    return header(VOID, size - 1 - width, width) + bytes(size - 1 - width)


def filling(name: int, data: bytes, room: int) -> bytes | None:
    """An element that fills a place, the rest of which is void; None when it is too large.

    Args:
        name: its ID.
        data: its data.
        room: bytes of the place.
    """
    made = packed(name, data)
    if room - len(made) == 1:  # too little for a void
        made = packed(name, data, len(made) - len(data) - len(named(name)) + 1)
    return made + void(room - len(made)) if len(made) <= room else None


def _length(head: bytes, at: int) -> int:
    """How many bytes the number at an offset has; 0 when none has such a first byte."""
    return 9 - head[at].bit_length() if at < len(head) and head[at] else 0
