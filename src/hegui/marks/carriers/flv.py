"""FLV: the label in the script tag ``onMetaData``, member ``AIGC``, a string (TC260-PG-20257A).

What follows moves when the label does not take an old one's room, so positions in the same tag
(``keyframes``, ``filesize`` …) are mended. Script tags stand at the start: so many tags are looked
at there, and no more.
"""

import struct

import msgspec

from hegui.marks import packets, xmp
from hegui.marks.carriers import amf
from hegui.marks.carriers.pieces import NAME, from_xmp, is_label, joined, meta
from hegui.marks.errors import malformed, too_complex
from hegui.marks.plan import Piece, Plan, Span, Wanted
from hegui.marks.reading import Contents, Meta, Place
from hegui.marks.source import Source

#: Tags that are looked at.
MAX_TAGS = 10_000
_SCRIPT = 18
_TAG_HEAD = 11
_KINDS = {8, 9, _SCRIPT}
_ON_METADATA = "onMetaData"
_XMP = "liveXML"
_MAX_TAG = (1 << 24) - 1
#: Members that count bytes from the file's start, or all of the file's.
_POSITIONS = {"filesize", "datasize", "lastkeyframelocation"}
#: A keyframe a second, for a day.
_MAX_POSITIONS = 86_400
#: Doubles hold whole numbers up to here.
_FAR = float(1 << 53)


class _Script(msgspec.Struct, frozen=True):
    """A script tag: where it stands, its header, its data, its name, and its members.

    ``body`` is where the members begin, None when the tag holds another value.
    """

    start: int
    stop: int
    head: bytes
    data: bytes
    name: str
    body: int | None
    members: tuple[amf.Member, ...]


def sniff(head: bytes, source: Source) -> str | None:  # noqa: ARG001  every carrier gets both
    """``flv`` by signature, version and flags."""
    return "flv" if head[:4] == b"FLV\1" and not head[4:5].strip(b"\0\1\4\5") else None


def read(source: Source, format: str) -> Contents:  # noqa: A002  the frame's name for it
    """The labels in script tags and in XMP, and the other strings (keys ``flv:encoder``, …).

    Raises:
        MarksError: ``file_malformed``, ``file_too_complex``.
    """
    places: list[Place] = []
    metadata: list[Meta] = []
    for script in _scripts(source)[1]:
        for member in script.members:
            value = amf.string(script.data, member.value)
            if value is None:
                continue
            if member.name == _XMP:
                found, said = from_xmp(_bytes(script, member), "onMetaData AIGC")
                places += found
                metadata += said
            elif is_label(member.name, value):
                places.append(Place("script", value))
            else:
                metadata.append(meta(f"flv:{member.name}", value))
    return Contents(format, tuple(places), tuple(metadata))


def write(source: Source, format: str, wanted: Wanted) -> Plan:  # noqa: A002, ARG001
    """The file with the label in its first ``onMetaData``, or in one made for it.

    Raises:
        MarksError: ``file_malformed``, ``file_too_complex``.
    """
    begin, scripts = _scripts(source)
    home = next((each for each in scripts if each.name == _ON_METADATA and each.body), None)
    label = wanted.label.to_json()
    tags: list[tuple[int, int, bytes, bytes]] = []
    if home is None:
        tags.append((begin, begin, bytes([_SCRIPT]) + bytes(10), _fresh(label)))
    for script in scripts:
        data = _edited(script, label if script is home else None)
        if data != script.data:
            tags.append((script.start, script.stop, script.head, data))
    # Numbers keep their size, so what moves is known before they are mended.
    shifts = [(start, _TAG_HEAD + len(data) + 4 - (stop - start)) for start, stop, _, data in tags]
    pieces: list[Piece] = []
    at = 0
    for start, stop, head, data in tags:
        pieces += (Span(at, start), _tag(head, _mended(data, shifts)))
        at = stop
    return joined([*pieces, Span(at, source.size)])


def _fresh(label: bytes) -> bytes:
    """The data of a script tag with nothing but the label."""
    name = amf.to_string(_ON_METADATA.encode())
    return name + bytes([amf.ECMA_ARRAY, 0, 0, 0, 1]) + _member(label) + amf.END


def _edited(script: _Script, label: bytes | None) -> bytes:
    """A script tag's data without labels, and with this one when there is one."""
    if script.body is None:
        return script.data
    # First, since some programs leave objects open: what comes last could be in one of these.
    parts = [_member(label)] if label is not None else []
    at, count = script.body, len(parts)
    for member in script.members:
        data = script.data[member.start : member.stop]
        value = amf.string(script.data, member.value)
        at = member.stop
        if value is not None and member.name != _XMP and is_label(member.name, value):
            count -= 1
            continue
        if value is not None and member.name == _XMP and xmp.find(_bytes(script, member)):
            packet = packets.emptied(_bytes(script, member))
            data = script.data[member.start : member.value] + amf.to_string(packet)
        parts.append(data)
    head = script.data[: script.body]
    if count and head[-5:-4] == bytes([amf.ECMA_ARRAY]):
        told = max(0, int.from_bytes(head[-4:], "big") + count)
        head = head[:-4] + min(told, 0xFFFFFFFF).to_bytes(4, "big")
    return head + b"".join(parts) + script.data[at:]


def _mended(data: bytes, shifts: list[tuple[int, int]]) -> bytes:
    """The same data with all numbers right that count bytes of the file."""
    if amf.string(data, 0) != _ON_METADATA:
        return data
    body = amf.body(data, amf.skip(data, 0))
    made = bytearray(data)
    for member in amf.members(data, body)[0] if body is not None else ():
        if member.name in _POSITIONS:
            _move(made, member.value, shifts, all_of_it=member.name == "datasize")
        inner = amf.body(data, member.value) if member.name == "keyframes" else None
        for each in amf.members(data, inner)[0] if inner is not None else ():
            if each.name == "filepositions" and data[each.value] == amf.STRICT_ARRAY:
                places = range(each.value + 5, each.stop - 8, 9)
                if len(places) > _MAX_POSITIONS:
                    raise too_complex("flv")
                for at in places:
                    _move(made, at, shifts, all_of_it=False)
    return bytes(made)


def _move(data: bytearray, at: int, shifts: list[tuple[int, int]], *, all_of_it: bool) -> None:
    """Mends the number at an offset, when one stands there that can be a position."""
    if data[at] != amf.NUMBER or at + 9 > len(data):
        return
    old = struct.unpack_from(">d", data, at + 1)[0]
    if 0 < old < _FAR:
        new = old + sum(shift for start, shift in shifts if all_of_it or start < old)
        struct.pack_into(">d", data, at + 1, new)


def _member(label: bytes) -> bytes:
    return len(NAME).to_bytes(2, "big") + NAME.encode() + amf.to_string(label)


def _tag(head: bytes, data: bytes) -> bytes:
    """A whole tag and the size behind it."""
    if len(data) > _MAX_TAG:
        raise malformed("flv", "元数据超过 16 MB", "its metadata exceed 16 MB")
    size = _TAG_HEAD + len(data)
    return head[:1] + len(data).to_bytes(3, "big") + head[4:] + data + size.to_bytes(4, "big")


def _bytes(script: _Script, member: amf.Member) -> bytes:
    """A string member's bytes."""
    head = 3 if script.data[member.value] == amf.STRING else 5
    return script.data[member.value + head : member.stop]


def _scripts(source: Source) -> tuple[int, list[_Script]]:
    """Where the first tag stands, and the script tags among the first ones."""
    begin = int.from_bytes(source.at(5, 4), "big") + 4
    if begin < 13 or begin > source.size:
        raise malformed("flv", "文件头长度有误", "its header's length is wrong")
    scripts: list[_Script] = []
    at = begin
    for _ in range(MAX_TAGS):
        head = source.upto(at, _TAG_HEAD)
        size = int.from_bytes(head[1:4], "big")
        end = at + _TAG_HEAD + size
        if len(head) < _TAG_HEAD or head[0] & 0x1F not in _KINDS or end > source.size:
            break
        stop = min(end + 4, source.size)
        if head[0] == _SCRIPT:
            scripts.append(_script(source, at, stop, head))
        at = stop
    return begin, scripts


def _script(source: Source, start: int, stop: int, head: bytes) -> _Script:
    data = source.at(start + _TAG_HEAD, int.from_bytes(head[1:4], "big"))
    name = amf.string(data, 0)
    body = amf.body(data, amf.skip(data, 0)) if name is not None else None
    members, steps = amf.members(data, body) if body is not None else ([], 0)
    source.reads -= steps
    return _Script(start, stop, head, data, name or "", body, tuple(members))
