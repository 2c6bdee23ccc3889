"""XMP in JPEG segments (XMP specification, part 3): one standard packet, and an extension.

A segment holds at most 65,533 bytes. What does not fit goes to an extended packet, a whole RDF of
its own, cut into segments that name the MD5 of the whole, its length, and their own offset. The
standard packet names that MD5 in ``xmpNote:HasExtendedXMP``.
"""

import hashlib
import re
from typing import NamedTuple

from hegui.marks import xmp
from hegui.marks.errors import malformed
from hegui.marks.plan import Wanted

STANDARD = b"http://ns.adobe.com/xap/1.0/\0"
EXTENSION = b"http://ns.adobe.com/xmp/extension/\0"
#: The GUID, the whole length and the offset stand between the name and the data.
_EXTENSION_HEAD = len(EXTENSION) + 40
MAX_PACKET = 65_533 - len(STANDARD)
_MAX_PIECE = 65_533 - _EXTENSION_HEAD
#: An extended packet longer than this is not put together.
_MAX_EXTENDED = 32 << 20
_HAS_EXTENDED = re.compile(
    rb"HasExtendedXMP(?:[ \t\r\n]*=[ \t\r\n]*[\"']|[^<>]{0,200}>)[ \t\r\n]*([0-9A-Fa-f]{32})"
)
_NOTE = b"http://ns.adobe.com/xmp/note/"


class Piece(NamedTuple):
    """One segment of an extended packet.

    Attributes:
        guid: 32 hexadecimal digits, ASCII.
        whole: length of the extended packet.
        offset: where this piece goes.
        data: its bytes.
    """

    guid: bytes
    whole: int
    offset: int
    data: bytes


def piece(payload: bytes) -> Piece | None:
    """A segment's payload as a piece of an extended packet; None when it is too short."""
    if len(payload) < _EXTENSION_HEAD:
        return None
    head = payload[len(EXTENSION) : _EXTENSION_HEAD]
    whole, offset = int.from_bytes(head[32:36], "big"), int.from_bytes(head[36:], "big")
    return Piece(head[:32].upper(), whole, offset, payload[_EXTENSION_HEAD:])


def extended(pieces: list[Piece], guid: bytes) -> bytes | None:
    """The extended packet of a GUID; None when its pieces do not make it whole.

    Args:
        pieces: of the whole file, in any order.
        guid: 32 digits, capital.
    """
    own = sorted((each for each in pieces if each.guid == guid), key=lambda each: each.offset)
    data = b"".join(each.data for each in own)
    at = 0
    for each in own:
        if each.offset != at or each.whole != len(data) or len(data) > _MAX_EXTENDED:
            return None
        at += len(each.data)
    return data or None


def guid_of(packet: bytes) -> bytes | None:
    """The GUID of the extended packet that a standard packet names, capital; None without one."""
    match = _HAS_EXTENDED.search(packet)
    return match.group(1).upper() if match else None


def segment(packet: bytes) -> bytes:
    """The APP1 segment of a standard packet of at most ``MAX_PACKET`` bytes."""
    return _app1(STANDARD + packet)


def extension(packet: bytes) -> tuple[bytes, list[bytes]]:
    """The GUID of an extended packet, and its APP1 segments in order."""
    guid = hashlib.md5(packet, usedforsecurity=False).hexdigest().upper().encode()
    head = EXTENSION + guid + len(packet).to_bytes(4, "big")
    return guid, [
        _app1(head + at.to_bytes(4, "big") + packet[at : at + _MAX_PIECE])
        for at in range(0, len(packet), _MAX_PIECE)
    ]


def labelled(
    packets: list[bytes], far: bytes | None, wanted: Wanted
) -> tuple[list[bytes], bytes | None]:
    """The standard packets with the label in the first, and the extended one without any.

    Args:
        packets: the file's standard packets; an empty first one makes a new one.
        far: the extended packet that one of them names.
        wanted: the label.

    Returns:
        The standard packets; the extended one as it is to be, None when there is none.

    Raises:
        MarksError: ``file_malformed`` when one is no sound XMP, or they do not fit.
    """
    *near, away = xmp.put_first([*packets, far or b""], wanted)
    if far is not None and away != far:
        guid = extension(away)[0]
        near = [_HAS_EXTENDED.sub(lambda old: _renamed(old, guid), each) for each in near]
    if len(near[0]) > MAX_PACKET:
        near[0] = _unpadded(near[0])
    if len(near[0]) <= MAX_PACKET:
        return near, far and away
    if far is not None:
        raise malformed("JPEG", "XMP 已占满", "its XMP is full")
    # All but the label moves to an extended packet.
    away = xmp.put_first([b"", packets[0]], wanted)[1]
    note = b' xmlns:xmpNote="%s" xmpNote:HasExtendedXMP="%s"' % (_NOTE, extension(away)[0])
    near[0] = xmp.fresh(wanted).replace(b" xmlns:TC260", note + b" xmlns:TC260", 1)
    return near, away


def _renamed(old: re.Match[bytes], guid: bytes) -> bytes:
    return old.group()[:-32] + guid


def _unpadded(packet: bytes) -> bytes:
    """The packet without the white space before its end."""
    end = packet.rfind(b"<?xpacket end=")
    return packet[:end].rstrip(b" \t\r\n") + b"\n" + packet[end:] if end > 0 else packet


def _app1(payload: bytes) -> bytes:
    return b"\xff\xe1" + (len(payload) + 2).to_bytes(2, "big") + payload
