"""The cross-reference of a PDF: tables, streams, hybrids, and the chain of updates.

Entries are looked up where they stand and never all read: a file of a million objects costs as
much as a small one (ISO 32000-1, 7.5.4, 7.5.8).
"""

import re
from typing import NamedTuple

import msgspec

from hegui.marks.carriers.pdf_object import Object, View, object_at, stream_bytes
from hegui.marks.carriers.pdf_syntax import Dict, Name, Parser, ShortBufferError
from hegui.marks.errors import malformed, too_complex

MAX_SECTIONS = 1000
MAX_RANGES = 20_000
#: All cross-reference streams of a file, unpacked: some two million objects.
MAX_STREAMS = 16 * 1024 * 1024
_ENTRY = re.compile(rb"[0-9]{10} [0-9]{5} [nf]")
_TAIL = 65_536
_TRAILER_WINDOWS = (4096, 65_536, 1024 * 1024)


class Range(NamedTuple):
    """Consecutive objects of a section.

    Attributes:
        first: the first one's number.
        length: how many.
        start: where their entries start: in the file, or in the stream's bytes.
        pitch: bytes of an entry.
    """

    first: int
    length: int
    start: int
    pitch: int


class Where(NamedTuple):
    """Where an object stands.

    Attributes:
        offset: in the file, as the entry has it; 0 for one within an object stream.
        container: the object stream's number, 0 for an object of its own.
        free: the object was deleted.
    """

    offset: int
    container: int
    free: bool


class Section(msgspec.Struct):
    """One cross-reference section.

    Attributes:
        trailer: its trailer dictionary; a stream's own for a stream.
        ranges: the objects it lists.
        rows: a stream's bytes, unpacked; None for a table.
        widths: bytes of a stream's three fields.
        hidden: the stream that a hybrid file adds to its table.
    """

    trailer: Object
    ranges: list[Range]
    rows: bytes | None = None
    widths: tuple[int, int, int] = (0, 0, 0)
    hidden: "Section | None" = None

    def locate(self, view: View, number: int) -> Where | None:
        """What this section says of an object; None when it says nothing."""
        found: Where | None = None
        for part in self.ranges:
            if part.first <= number < part.first + part.length:
                found = self._entry(view, part, part.start + (number - part.first) * part.pitch)
                break
        if (found is None or found.free) and self.hidden is not None:
            return self.hidden.locate(view, number) or found
        return found

    def _entry(self, view: View, part: Range, at: int) -> Where | None:
        if self.rows is None:
            line = view.upto(at, 18)
            if not _ENTRY.fullmatch(line):
                raise _broken()
            return Where(int(line[:10]), 0, line.endswith(b"f"))
        row = self.rows[at : at + part.pitch]
        if len(row) < part.pitch:
            return None
        first, second, _ = self.widths
        kind = int.from_bytes(row[:first], "big") if first else 1
        value = int.from_bytes(row[first : first + second], "big")
        return Where(value, 0, False) if kind == 1 else Where(0, value, kind != 2)


class Chain(msgspec.Struct):
    """All sections of a file, the newest first.

    Attributes:
        view: the file.
        base: bytes before the header, where offsets count from behind them.
        start: what ``startxref`` says.
        sections: at least one.
    """

    view: View
    base: int
    start: int
    sections: list[Section]

    @property
    def trailer(self) -> Object:
        """The newest trailer, which counts."""
        return self.sections[0].trailer

    @property
    def next_number(self) -> int:
        """The first number that no object has."""
        size = self.trailer.entries.get("Size")
        highest = [size if isinstance(size, int) else 1]
        for section in self.sections:
            ranges = section.ranges + (section.hidden.ranges if section.hidden else [])
            highest += [part.first + part.length for part in ranges]
        return max(highest)

    def locate(self, number: int) -> Where | None:
        """Where an object stands in the file; None when it is free or unknown."""
        for section in self.sections:
            found = section.locate(self.view, number)
            if found is not None:
                if found.free or (not found.container and not found.offset):
                    return None
                return found if found.container else Where(found.offset + self.base, 0, False)
        return None


def header_offset(view: View) -> int:
    """Where ``%PDF-`` stands; -1 when not in the first 1,024 bytes."""
    return view.upto(0, 1024 + 5).find(b"%PDF-")


def load(view: View) -> Chain:
    """Follows the chain from the last ``startxref``.

    Args:
        view: the file.

    Raises:
        MarksError: ``file_malformed`` when it is broken anywhere; ``file_too_complex``.
    """
    first = max(0, view.stop - _TAIL)
    tail = view.upto(first, _TAIL)
    at = tail.rfind(b"startxref")
    if at < 0:
        raise _broken()
    start = Parser(tail, at + 9, whole=True).number()
    header = max(0, header_offset(view))
    base = 0 if header == 0 or _is_section(view, start) else header
    sections: list[Section] = []
    seen: set[int] = set()
    following: int | None = start
    room = MAX_STREAMS
    while following is not None:
        if following in seen:
            raise _broken()
        if len(sections) >= MAX_SECTIONS:
            raise too_complex("pdf")
        seen.add(following)
        section = _section(view, following + base, room)
        hidden = section.trailer.entries.get("XRefStm")
        if isinstance(hidden, int) and section.rows is None:
            section.hidden = _stream(view, hidden + base, room)
            room -= len(section.hidden.rows or b"")
        room -= len(section.rows or b"")
        sections.append(section)
        following = _previous(section)
    return Chain(view, base, start, sections)


def _previous(section: Section) -> int | None:
    found = section.trailer.entries.get("Prev")
    if isinstance(found, float):  # some writers put a point there
        found = int(found)
    if found is not None and (not isinstance(found, int) or found <= 0):
        raise _broken()
    return found


def _is_section(view: View, offset: int) -> bool:
    head = view.upto(offset, 32).lstrip(b"\0\t\n\f\r ")
    return (
        head.startswith(b"xref") or re.match(rb"[0-9]+[ \r\n]+[0-9]+[ \r\n]+obj", head) is not None
    )


def _section(view: View, offset: int, room: int) -> Section:
    head = view.upto(offset, 32)
    if head.lstrip(b"\0\t\n\f\r ").startswith(b"xref"):
        return _table(view, offset + head.index(b"xref") + 4)
    return _stream(view, offset, room)


def _table(view: View, at: int) -> Section:
    ranges: list[Range] = []
    while True:
        line = view.upto(at, 128)
        parser = Parser(line, whole=True)
        word = parser.keyword()
        if word == b"trailer":
            return Section(_trailer(view, at + parser.at), ranges)
        if not word.isdigit():
            raise _broken()
        if len(ranges) >= MAX_RANGES:
            raise too_complex("pdf")
        first, count = int(word[:20]), parser.number()
        parser.space()
        at += parser.at
        pitch, kept = _pitch(view, at, count)
        # A known slip: the table counts from 1 where its first entry is that of object 0.
        if first == 1 and kept.startswith(b"0000000000 65535 f"):
            first = 0
        ranges.append(Range(first, count, at, pitch))
        at += pitch * count


def _pitch(view: View, at: int, count: int) -> tuple[int, bytes]:
    """The length of an entry, which is 20 but in files with one byte of line end."""
    if count == 0:
        return 20, b""
    lines = view.upto(at, 42)
    for pitch in (20, 19, 21):
        if _ENTRY.match(lines) and (count == 1 or _ENTRY.match(lines, pitch)):
            if count == 1:
                pitch = 18 + len(lines[18:21]) - len(lines[18:21].lstrip(b" \r\n"))  # noqa: PLW2901
            return pitch, lines
    raise _broken()


def _trailer(view: View, at: int) -> Object:
    for window in _TRAILER_WINDOWS:
        data = view.upto(at, window)
        parser = Parser(data, whole=at + len(data) >= view.stop)
        try:
            return _checked(Object(0, 0, view.value(parser), data, at))
        except ShortBufferError:
            continue
    raise too_complex("pdf")


def _checked(trailer: Object) -> Object:
    if not isinstance(trailer.value, Dict):
        raise _broken()
    return trailer


def _stream(view: View, offset: int, room: int) -> Section:
    found = object_at(view, offset)
    entries = found.entries
    if entries.get("Type") != Name("XRef"):
        raise _broken()
    widths, size = entries.get("W"), entries.get("Size")
    index = entries.get("Index", [0, size])
    if not isinstance(widths, list) or not isinstance(index, list) or len(widths) != 3:
        raise _broken()
    fields = [each for each in widths if isinstance(each, int) and 0 <= each <= 8]
    numbers = [each for each in index if isinstance(each, int) and each >= 0]
    if len(fields) != 3 or sum(fields) == 0 or len(numbers) != len(index) or len(index) % 2:
        raise _broken()
    if len(numbers) > 2 * MAX_RANGES:
        raise too_complex("pdf")
    length = entries.get("Length")
    rows = stream_bytes(view, found, length if isinstance(length, int) else None, room)
    ranges, at, pitch = [], 0, sum(fields)
    for first, count in zip(numbers[::2], numbers[1::2], strict=True):
        ranges.append(Range(first, min(count, len(rows) // pitch), at, pitch))
        at += count * pitch
    return Section(found, ranges, rows, (fields[0], fields[1], fields[2]))


def _broken() -> Exception:
    return malformed("pdf", "交叉引用有误", "its cross-reference is wrong")
