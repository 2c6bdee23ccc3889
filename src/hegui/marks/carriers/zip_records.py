"""The records of a ZIP file: local headers, the central directory, and its end.

Fields and their order are those of APPNOTE 6.3.10; a value too large for its 32-bit field stands
in the ZIP64 extra field (4.5.3), in the order size, packed size, offset.
"""

import struct
import zlib

import msgspec

from hegui.marks.errors import malformed
from hegui.marks.source import Source

#: Signature, made by, needed, flags, method, time, date, CRC, packed, size, lengths of name,
#: extra and comment, disk, two kinds of attributes, offset.
CENTRAL = struct.Struct("<4s6H3L5H2L")
_END = struct.Struct("<4s4H2LH")
_END64 = struct.Struct("<4sQ2H2L4Q")
_LOCATOR = struct.Struct("<4sLQL")
_FULL = 0xFFFFFFFF
_STREAMED, _UTF8 = 8, 0x800
#: 1980-01-01, the first date that ZIP knows: the same label makes the same bytes on any day.
_DATE = 0x21


class Tail(msgspec.Struct, frozen=True):
    """The central directory and what follows.

    Attributes:
        start: the directory's offset in the file.
        stop: its end.
        base: bytes before the package proper; offsets in it count from there.
        count: its entries.
        between: bytes between the directory and the end records (a signature, seldom).
        end64: the ZIP64 end record with its extension, empty without one.
        end: the end record's 22 bytes.
        rest: offset of what follows these: the comment, and whatever comes after.
    """

    start: int
    stop: int
    base: int
    count: int
    between: bytes
    end64: bytes
    end: bytes
    rest: int

    def moved(self, fmt: str, start: int, size: int, more: int) -> list[bytes]:
        """The end records for a directory that moved.

        Args:
            fmt: the format's name.
            start: the directory's new offset in the file.
            size: its new size in bytes.
            more: entries added.

        Raises:
            MarksError: ``file_malformed`` when they would no longer fit without ZIP64.
        """
        offset, count = start - self.base, self.count + more
        fields = list(_END.unpack(self.end))
        if not self.end64 and (offset >= _FULL or count > 0xFFFF):
            raise malformed(fmt, "旧式 ZIP 已满", "a ZIP without ZIP64 can grow no further")
        if fields[3] != 0xFFFF or not self.end64:
            fields[3], fields[4] = min(count, 0xFFFF), min(count, 0xFFFF)
        if fields[5] != _FULL or not self.end64:
            fields[5] = min(size, _FULL)
        if fields[6] != _FULL or not self.end64:
            fields[6] = min(offset, _FULL)
        pieces = [self.between]
        if self.end64:
            wide = list(_END64.unpack_from(self.end64))
            wide[6:] = [count, count, size, offset]
            at = offset + size + len(self.between)
            pieces += [_END64.pack(*wide) + self.end64[_END64.size :]]
            pieces += [_LOCATOR.pack(b"PK\6\7", 0, at, 1)]
        return [*pieces, _END.pack(*fields)]


def find_tail(source: Source, fmt: str) -> Tail:
    """Finds the directory from the file's end.

    Args:
        source: the file.
        fmt: the format's name.

    Raises:
        MarksError: ``file_malformed`` when there is none, or it is spread over several disks.
    """
    window_start = max(0, source.size - 0xFFFF - _END.size)
    window = source.upto(window_start, 0xFFFF + _END.size)
    found = window.rfind(b"PK\5\6")
    while found >= 0:
        end = window[found : found + _END.size]
        if len(end) == _END.size and found + _END.size + _END.unpack(end)[7] <= len(window):
            break
        found = window.rfind(b"PK\5\6", 0, found)
    if found < 0:
        raise malformed(fmt, "找不到 ZIP 目录", "there is no ZIP directory")
    _, disk, first, here, count, size, offset, _ = _END.unpack(end)
    at = window_start + found
    rest, end64 = at + _END.size, b""
    locator = source.upto(max(0, at - _LOCATOR.size), _LOCATOR.size)
    if at >= _LOCATOR.size and locator.startswith(b"PK\6\7"):
        at, end64 = _wide_end(source, fmt, at - _LOCATOR.size, _LOCATOR.unpack(locator)[2])
        _, _, _, _, disk, first, here, count, size, offset = _END64.unpack_from(end64)
    if disk or first or here != count:
        raise malformed(fmt, "分卷 ZIP", "it is one of several volumes")
    # Bytes may stand before the package; then offsets count from behind them, or do not.
    for base in (0, at - size - offset):
        start = offset + base
        if base < 0 or start + size > at:
            continue
        if source.upto(start, 4) == (b"PK\1\2" if count else source.upto(at, 4)):
            between = source.at(start + size, at - start - size)
            return Tail(start, start + size, base, count, between, end64, end, rest)
    raise malformed(fmt, "ZIP 目录的位置有误", "the ZIP directory is not where it should be")


def _wide_end(source: Source, fmt: str, locator: int, offset: int) -> tuple[int, bytes]:
    """The ZIP64 end record: at its offset, or right before its locator."""
    for at in (offset, locator - _END64.size):
        if 0 <= at <= locator - _END64.size and source.upto(at, 4) == b"PK\6\6":
            length = struct.unpack("<Q", source.at(at + 4, 8))[0] + 12
            if _END64.size <= length <= 65_536 and at + length == locator:
                return at, source.at(at, length)
    raise malformed(fmt, "ZIP64 目录有误", "the ZIP64 end record is wrong")


def sizes(record: bytes) -> tuple[int, int, int]:
    """Size, packed size and offset from a directory record, with ZIP64 where it is used."""
    fields = CENTRAL.unpack_from(record)
    values = [fields[9], fields[8], fields[16]]
    wide = _wide_field(_extra(record))
    at = 0
    for index, value in enumerate(values):
        if value == _FULL and at + 8 <= len(wide):
            values[index] = struct.unpack_from("<Q", wide, at)[0]
            at += 8
    return values[0], values[1], values[2]


def moved(record: bytes, offset: int) -> bytes:
    """A directory record with another offset (counted from the package's start)."""
    fields = list(CENTRAL.unpack_from(record))
    if fields[16] != _FULL and offset < _FULL:
        return record[:42] + struct.pack("<L", offset) + record[46:]
    size, packed, _ = sizes(record)
    return _record(record, fields, size, packed, offset)


def central(record: bytes, crc: int, packed: int, size: int) -> bytes:
    """The directory record of an entry whose part was replaced."""
    fields = list(CENTRAL.unpack_from(record))
    fields[3] &= ~_STREAMED
    fields[7] = crc
    return _record(record, fields, size, packed, sizes(record)[2])


def _record(record: bytes, fields: list[int], size: int, packed: int, offset: int) -> bytes:
    """Puts the three values where they fit: their own fields, or ZIP64."""
    wide = b"".join(struct.pack("<Q", value) for value in (size, packed, offset) if value >= _FULL)
    extra = _without_wide(_extra(record))
    if wide:
        extra = struct.pack("<2H", 1, len(wide)) + wide + extra
    fields[8], fields[9], fields[16] = min(packed, _FULL), min(size, _FULL), min(offset, _FULL)
    named = CENTRAL.size + fields[10]
    comment = record[named + fields[11] :]
    fields[11], fields[13] = len(extra), 0  # one volume
    return CENTRAL.pack(*fields) + record[CENTRAL.size : named] + extra + comment


def local(
    record: bytes, method: int, name: bytes, extra: bytes, data: bytes
) -> tuple[bytes, bytes, int]:
    """Local header and packed bytes for a replaced part, with its CRC.

    Args:
        record: the directory's record, for flags, version and date.
        method: 0 stored, otherwise deflated.
        name: the local header's raw name.
        extra: its extra fields.
        data: the new part.
    """
    fields = CENTRAL.unpack_from(record)
    body = _packed(data) if method else data
    crc = zlib.crc32(data)
    rest = _without_wide(extra)
    header = struct.pack(
        "<4s5H3L2H",
        b"PK\3\4",
        fields[2],
        fields[3] & ~_STREAMED,
        method,
        fields[5],
        fields[6],
        crc,
        len(body),
        len(data),
        len(name),
        len(rest),
    )
    return header + name + rest, body, crc


def added(name: str, data: bytes, offset: int) -> tuple[list[bytes], bytes]:
    """Local header and packed bytes of a new entry, and its directory record.

    Args:
        name: the part's name, ASCII.
        data: the part.
        offset: where it starts, counted from the package's start.
    """
    raw, body = name.encode(), _packed(data)
    blank = CENTRAL.pack(
        b"PK\1\2", 20, 20, 0, 8, 0, _DATE, 0, 0, 0, len(raw), 0, 0, 0, 0, 0, 0
    )  # fmt: skip
    header, body, crc = local(blank, 8, raw, b"", data)
    record = list(CENTRAL.unpack(blank))
    record[7] = crc
    return [header, body], _record(blank + raw, record, len(data), len(body), offset)


def _packed(data: bytes) -> bytes:
    packer = zlib.compressobj(6, zlib.DEFLATED, -15)
    return packer.compress(data) + packer.flush()


def _extra(record: bytes) -> bytes:
    fields = CENTRAL.unpack_from(record)
    start = CENTRAL.size + fields[10]
    return record[start : start + fields[11]]


def _wide_field(extra: bytes) -> bytes:
    at = 0
    while at + 4 <= len(extra):
        kind, length = struct.unpack_from("<2H", extra, at)
        if kind == 1:
            return extra[at + 4 : at + 4 + length]
        at += 4 + length
    return b""


def _without_wide(extra: bytes) -> bytes:
    """Extra fields without ZIP64's; what is no field (padding) stays."""
    kept, at = [], 0
    while at + 4 <= len(extra):
        kind, length = struct.unpack_from("<2H", extra, at)
        if kind != 1:
            kept.append(extra[at : at + 4 + length])
        at += 4 + length
    return b"".join([*kept, extra[at:]])
