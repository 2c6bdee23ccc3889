"""ZIP packages by their entries: one part read or replaced, every other kept as raw bytes.

What Office documents, OpenDocument and EPUB have in common (APPNOTE 6.3.10). Nothing is packed
again: a replaced entry stays at its place and keeps its date and method, a new one comes last,
and only the offsets in the central directory are mended.
"""

import struct
import zlib
from collections.abc import Mapping

import msgspec

from hegui.marks.carriers.zip_records import (
    CENTRAL,
    Tail,
    added,
    central,
    find_tail,
    local,
    moved,
    sizes,
)
from hegui.marks.errors import malformed, protected, too_complex
from hegui.marks.plan import Piece, Plan, Span
from hegui.marks.source import Source

#: A package of ours has some thousand entries; ZIP without its 64-bit records ends here anyway.
MAX_ENTRIES = 65_535
MAX_DIRECTORY = 32 * 1024 * 1024
#: A part that is read whole, unpacked: metadata, relations, lists of types.
MAX_PART = 8 * 1024 * 1024
_LOCAL = struct.Struct("<4s5H3L2H")
_ENCRYPTED, _STREAMED = 1, 8


class Entry(msgspec.Struct, frozen=True):
    """One entry of the central directory.

    Attributes:
        name: as the directory spells it.
        record: the directory's bytes for it.
        flags: general purpose bits.
        method: 0 stored, 8 deflated.
        crc: CRC-32 of the unpacked part.
        packed: bytes in the file.
        size: bytes unpacked.
        offset: of its local header, from the file's start.
    """

    name: str
    record: bytes
    flags: int
    method: int
    crc: int
    packed: int
    size: int
    offset: int


class Archive(msgspec.Struct):
    """An opened package.

    Attributes:
        source: the file.
        format: for messages.
        entries: in the directory's order.
        tail: the directory and what follows it.
        parts: entries by normal name (lower case, forward slashes); None where two share it.
    """

    source: Source
    format: str
    entries: list[Entry]
    tail: Tail
    parts: dict[str, Entry | None]

    def has(self, name: str) -> bool:
        """Whether there is a part of that name, in any case."""
        return normal(name) in self.parts

    def part(self, name: str, limit: int = MAX_PART) -> bytes | None:
        """A part's bytes, unpacked; None when there is none.

        Args:
            name: in any case, as package formats compare names.
            limit: the most bytes to unpack.

        Raises:
            MarksError: ``file_malformed`` when it is there twice, damaged or packed in another way
                than by deflate; ``file_protected`` when encrypted; ``file_too_complex`` past the
                limit.
        """
        entry = self._entry(name)
        if entry is None:
            return None
        start, _ = self._extent(entry)
        if entry.flags & _ENCRYPTED:
            raise protected(self.format)
        if entry.size > limit or entry.packed > limit + 1024:
            raise too_complex(self.format)
        return self._unpacked(entry, self.source.at(start, entry.packed), limit)

    def opening(self, name: str, length: int) -> bytes:
        """The first bytes of a part, unpacked; empty when it is missing, damaged or encrypted."""
        entry = self.parts.get(normal(name))
        if entry is None or entry.flags & _ENCRYPTED or entry.method not in {0, 8}:
            return b""
        start, _ = self._extent(entry)
        # Deflate adds a few bytes to what it can't make smaller.
        raw = self.source.upto(start, min(entry.packed, length + 64))
        if entry.method == 0:
            return raw[:length]
        try:
            return zlib.decompressobj(-15).decompress(raw, length)
        except zlib.error:
            return b""

    def with_parts(self, changes: Mapping[str, bytes]) -> Plan:
        """The package with some parts replaced or added, all else as it is.

        Args:
            changes: parts by name; one that says what it said already is left alone.

        Raises:
            MarksError: ``file_malformed`` when entries overlap, so that none can be replaced;
                as ``part``.
        """
        replaced: dict[int, tuple[Entry, int, bytes]] = {}
        fresh: list[tuple[str, bytes]] = []
        for name, data in changes.items():
            entry = self._entry(name)
            if entry is None:
                fresh.append((name, data))
            elif self.part(name) != data:
                replaced[entry.offset] = (entry, self._stop(entry), data)
        return self._joined(replaced, fresh)

    def _joined(
        self, replaced: dict[int, tuple[Entry, int, bytes]], fresh: list[tuple[str, bytes]]
    ) -> Plan:
        tail = self.tail
        plan: list[Piece] = []
        records: dict[int, bytes] = {}
        shifts: list[tuple[int, int]] = []  # from an old offset on, everything moves by so much
        at = moved_by = 0
        for offset in sorted(replaced):
            entry, stop, data = replaced[offset]
            name, extra = self._names(entry)
            header, body, crc = local(entry.record, entry.method, name, extra, data)
            plan += [Span(at, offset), header, body]
            records[offset] = central(entry.record, crc, len(body), len(data))
            moved_by += len(header) + len(body) - (stop - offset)
            shifts.append((stop, moved_by))
            at = stop
        plan.append(Span(at, tail.start))
        end = tail.start + moved_by
        directory = []
        for entry in self.entries:
            shift = next((by for start, by in reversed(shifts) if start <= entry.offset), 0)
            record = records.get(entry.offset, entry.record)
            directory.append(moved(record, entry.offset + shift - tail.base) if shift else record)
        for part, data in fresh:
            pieces, record = added(part, data, end - tail.base)
            plan += pieces
            directory.append(record)
            end += sum(map(len, pieces))
        plan.append(b"".join(directory))
        plan += tail.moved(self.format, end, sum(map(len, directory)), len(fresh))
        plan.append(Span(tail.rest, self.source.size))
        return plan

    def _entry(self, name: str) -> Entry | None:
        key = normal(name)
        if key not in self.parts:
            return None
        entry = self.parts[key]
        if entry is None:
            raise malformed(self.format, f"{name} 出现两次", f"{name} is there twice")
        return entry

    def _header(self, entry: Entry) -> tuple[bytes, int, int]:
        head = self.source.at(entry.offset, _LOCAL.size)
        if head[:4] != b"PK\3\4":
            raise malformed(self.format, "条目的位置有误", "an entry is not where it should be")
        named, extra = struct.unpack_from("<2H", head, 26)
        return head, named, extra

    def _names(self, entry: Entry) -> tuple[bytes, bytes]:
        """The raw name and extra fields of the local header."""
        _, named, extra = self._header(entry)
        raw = self.source.at(entry.offset + _LOCAL.size, named + extra)
        return raw[:named], raw[named:]

    def _extent(self, entry: Entry) -> tuple[int, int]:
        """Where the packed bytes start and stop."""
        _, named, extra = self._header(entry)
        start = entry.offset + _LOCAL.size + named + extra
        if start + entry.packed > self.tail.start:
            raise malformed(self.format, "条目超出范围", "an entry reaches past its place")
        return start, start + entry.packed

    def _stop(self, entry: Entry) -> int:
        """Where the entry ends, its data descriptor included; refuses overlapping entries."""
        _, stop = self._extent(entry)
        if entry.flags & _STREAMED:
            after = self.source.upto(stop, 24)
            crc = struct.pack("<L", entry.crc)
            head = 4 if after.startswith(b"PK\7\x08" + crc) else 0
            if after[head : head + 4] == crc:
                wide = struct.pack("<2Q", entry.packed, entry.size)
                stop += head + 4 + (16 if after[head + 4 :].startswith(wide) else 8)
        later = [each.offset for each in self.entries if each.offset >= entry.offset]
        if later.count(entry.offset) > 1 or any(entry.offset < each < stop for each in later):
            raise malformed(self.format, "条目互相重叠", "entries overlap")
        if stop > self.tail.start:
            raise malformed(self.format, "条目超出范围", "an entry reaches past its place")
        return stop

    def _unpacked(self, entry: Entry, raw: bytes, limit: int) -> bytes:
        if entry.method == 0:
            data = raw
        elif entry.method == 8:
            unpacker = zlib.decompressobj(-15)
            try:
                data = unpacker.decompress(raw, limit + 1)
            except zlib.error as error:
                raise malformed(self.format, "压缩数据损坏", "packed data is damaged") from error
            if len(data) > limit:
                raise too_complex(self.format)
        else:
            raise malformed(self.format, "压缩方式不支持", "a part is packed in an unusual way")
        if zlib.crc32(data) != entry.crc or len(data) != entry.size:
            raise malformed(self.format, "部件校验不符", "a part fails its checksum")
        return data


def open_archive(source: Source, fmt: str) -> Archive:
    """Reads the central directory.

    Args:
        source: the file.
        fmt: the format's name, for messages.

    Raises:
        MarksError: ``file_malformed`` when there is no sound directory; ``file_too_complex`` past
            65,535 entries or 32 MB of directory.
    """
    tail = find_tail(source, fmt)
    if tail.count > MAX_ENTRIES or tail.stop - tail.start > MAX_DIRECTORY:
        raise too_complex(fmt)
    directory = source.at(tail.start, tail.stop - tail.start)
    entries: list[Entry] = []
    parts: dict[str, Entry | None] = {}
    at = 0
    while directory.startswith(b"PK\1\2", at) and at + CENTRAL.size <= len(directory):
        fields = CENTRAL.unpack_from(directory, at)
        stop = at + CENTRAL.size + fields[10] + fields[11] + fields[12]
        record = directory[at:stop]
        raw = record[CENTRAL.size : CENTRAL.size + fields[10]]
        size, packed, offset = sizes(record)
        name = raw.decode("utf-8", "replace")
        entry = Entry(
            name, record, fields[3], fields[4], fields[7], packed, size, offset + tail.base
        )
        entries.append(entry)
        key = normal(name)
        parts[key] = None if key in parts else entry
        at = stop
    if at != len(directory) or len(entries) != tail.count:
        raise malformed(fmt, "目录有误", "its directory is wrong")
    return Archive(source, fmt, entries, tail, parts)


def normal(name: str) -> str:
    """A part's name as package formats compare it."""
    return name.replace("\\", "/").lstrip("/").lower()
