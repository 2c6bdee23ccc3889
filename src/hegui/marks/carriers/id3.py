"""ID3v2, the tag before MP3 sound (id3v2-00, id3v2.3.0, id3v2.4.0-structure and -frames).

The label is a ``TXXX`` frame (``TXX`` in version 2.2) with the description ``AIGC`` and the bare
object as its value (TC260-PG-202510A).
"""

import re

import msgspec

from hegui.marks.carriers.pieces import zeros
from hegui.marks.errors import malformed, too_complex
from hegui.marks.source import Source

#: A tag whose bytes must be held whole, being unsynchronised or summed, is at most so large.
MAX_HELD = 8 << 20
_MAX_FRAMES = 10_000
_UNSYNCHRONISED, _EXTENDED, _FOOTER = 0x80, 0x40, 0x10
_FALSE_SYNC = re.compile(rb"\xff(?=[\x00\xe0-\xff]|\Z)")
_FRAME_NAME = re.compile(rb"[A-Z0-9]{3,4}")


class Frame(msgspec.Struct, frozen=True):
    """One frame; offsets are in ``Tag.body``.

    Attributes:
        id: three or four bytes.
        start: where its name stands.
        data: where its content begins.
        stop: behind its content.
        flags: the two bytes of flags, 0 in version 2.2.
    """

    id: bytes
    start: int
    data: int
    stop: int
    flags: int


class Tag(msgspec.Struct, frozen=True):
    """One tag.

    Attributes:
        start: where it begins in the file.
        stop: behind it, and behind its footer.
        head: its ten bytes of header.
        body: the file itself, or the tag's bytes with the unsynchronisation undone.
        begin: where the frames begin in ``body``.
        end: where the body ends there.
        extended: the extended header, empty when there is none.
        frames: in order.
        tail: where the frames end.
        plain: frame sizes are plain numbers (some programs wrote version 2.4 so).
    """

    start: int
    stop: int
    head: bytes
    body: Source
    begin: int
    end: int
    extended: bytes
    frames: tuple[Frame, ...]
    tail: int
    plain: bool

    @property
    def version(self) -> int:
        """2, 3 or 4."""
        return self.head[3]

    @property
    def held(self) -> bool:
        """Whether the whole tag is unsynchronised, which is undone in ``body``."""
        return self.version < 4 and bool(self.head[5] & _UNSYNCHRONISED)

    @property
    def footer(self) -> bool:
        """Whether ten bytes close the tag; then it has no padding."""
        return self.version == 4 and bool(self.head[5] & _FOOTER)


def size_at(source: Source, start: int) -> int | None:
    """Bytes of the tag that begins at an offset, with its header and footer; None without one."""
    head = source.upto(start, 10)
    if len(head) < 10 or head[:3] != b"ID3" or max(head[3:5]) == 0xFF or max(head[6:]) >= 0x80:
        return None
    footer = 10 if head[3] >= 4 and head[5] & _FOOTER else 0
    return 10 + syncsafe(head[6:]) + footer


def tag(source: Source, start: int) -> Tag | None:
    """The tag that begins at an offset.

    Raises:
        MarksError: ``file_malformed`` when it is cut short, of a version that is not known, or
            its extended header runs out of it.
    """
    size = size_at(source, start)
    if size is None:
        return None
    head = source.at(start, 10)
    stop = start + size
    if stop > source.size:
        raise malformed("mp3", "ID3 标签不完整", "its ID3 tag is cut short")
    version, flags = head[3], head[5]
    if version not in {2, 3, 4} or (version == 2 and flags & _EXTENDED):
        raise malformed("mp3", "ID3 版本未知", "its ID3 tag is of a version not known")
    body, begin = source, start + 10
    end = begin + syncsafe(head[6:])
    if version < 4 and flags & _UNSYNCHRONISED:
        check_held(begin, end)
        source.budget -= end - begin
        body = Source.of(synchronised(source.at(begin, end - begin)))
        begin, end = 0, body.size
    extended = _extended(body, begin, end, version) if flags & _EXTENDED else b""
    begin += len(extended)
    frames, tail, plain = _frames(body, begin, end, version)
    return Tag(start, stop, head, body, begin, end, extended, frames, tail, plain)


def tags(source: Source, start: int = 0) -> list[Tag]:
    """The tags that follow one another from an offset; usually one or none.

    Raises:
        MarksError: as ``tag``.
    """
    found = []
    while (one := tag(source, start)) is not None:
        found.append(one)
        start = one.stop
    return found


def end(source: Source, start: int = 0) -> int:
    """Where the sound begins: behind the tags from an offset on."""
    while (size := size_at(source, start)) is not None:
        start += size
    return start


def has_padding(one: Tag) -> bool:
    """Whether nothing but padding follows the frames, or nothing at all."""
    return not one.footer and zeros(one.body, one.tail, one.end)


def check_held(start: int, stop: int) -> None:
    """Refuses a tag that must be had whole and is too large for that.

    Raises:
        MarksError: ``file_malformed`` when it has more than 8 MiB.
    """
    if stop - start > MAX_HELD:
        raise malformed("mp3", "ID3 标签过大", "its ID3 tag is too large")


def synchronised(data: bytes) -> bytes:
    """Undoes unsynchronisation: the zero goes that was put behind 0xFF."""
    return data.replace(b"\xff\0", b"\xff")


def unsynchronised(data: bytes) -> bytes:
    """Puts a zero behind every 0xFF that could be taken for sound."""
    return _FALSE_SYNC.sub(b"\xff\0", data)


def syncsafe(data: bytes) -> int:
    """A number of seven bits a byte."""
    number = 0
    for byte in data:
        number = number << 7 | (byte & 0x7F)
    return number


def to_syncsafe(number: int, length: int = 4) -> bytes:
    """A number as bytes of seven bits.

    Raises:
        MarksError: ``file_malformed`` when it does not fit.
    """
    if number >> 7 * length:
        raise malformed("mp3", "ID3 标签过大", "its ID3 tag is too large")
    return bytes(number >> 7 * place & 0x7F for place in range(length - 1, -1, -1))


def _extended(body: Source, begin: int, end: int, version: int) -> bytes:
    head = body.at(begin, 4)
    size = syncsafe(head) if version == 4 else 4 + int.from_bytes(head, "big")
    if size < 6 or begin + size > end:
        raise malformed("mp3", "ID3 扩展头越界", "its ID3 extended header runs out of the tag")
    return body.at(begin, size)


def _frames(
    body: Source, begin: int, end: int, version: int
) -> tuple[tuple[Frame, ...], int, bool]:
    frames, tail, plain = _walk(body, begin, end, version, plain=version != 4)
    if version == 4 and not _closed(body, tail, end):
        others, other_tail, _ = _walk(body, begin, end, version, plain=True)
        if _closed(body, other_tail, end):
            return others, other_tail, True
    return frames, tail, plain


def _closed(body: Source, tail: int, end: int) -> bool:
    return tail == end or body.at(tail, 1) == b"\0"


def _walk(
    body: Source, at: int, end: int, version: int, *, plain: bool
) -> tuple[tuple[Frame, ...], int, bool]:
    """Frames up to the padding, or up to what is no frame."""
    named, size_bytes = (3, 3) if version == 2 else (4, 4)
    header = 6 if version == 2 else 10
    frames: list[Frame] = []
    while end - at > header:
        head = body.at(at, header)
        name = head[:named]
        field = head[named : named + size_bytes]
        size = int.from_bytes(field, "big") if plain else syncsafe(field)
        if not _FRAME_NAME.fullmatch(name) or size > end - at - header:
            break
        if not plain and max(field) >= 0x80:
            break
        if len(frames) == _MAX_FRAMES:
            raise too_complex("mp3")
        stop = at + header + size
        frames.append(Frame(name, at, at + header, stop, int.from_bytes(head[8:10], "big")))
        at = stop
    return tuple(frames), at, plain
