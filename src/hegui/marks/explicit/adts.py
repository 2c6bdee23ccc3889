"""AAC packets that carry their own settings in front (ISO/IEC 14496-3, 1.A.2.2)."""

from typing import TYPE_CHECKING, Any

from av.packet import Packet

if TYPE_CHECKING:
    from av.stream import Stream

#: Bytes of a head without a checksum.
_SIZE = 7


def head(packet: bytes) -> bytes | None:
    """The head of a packet, or ``None`` when it has none."""
    if len(packet) < _SIZE or packet[0] != 0xFF or packet[1] & 0xF6 != 0xF0:
        return None
    return packet[:_SIZE]


def settings(told: bytes) -> bytes:
    """Object type, rate and channels as other files state them once for all packets.

    Args:
        told: a head.

    Returns:
        The two bytes of an AudioSpecificConfig (1.6.2.1).
    """
    kind = (told[2] >> 6) + 1
    rate = told[2] >> 2 & 0x0F
    channels = (told[2] & 1) << 2 | told[3] >> 6
    return (kind << 11 | rate << 7 | channels << 3).to_bytes(2, "big")


def wrapped(packet: "Packet[Any]", told: bytes) -> "Packet[Stream]":
    """A packet without a head, with one like another packet's."""
    size = packet.size + _SIZE
    fields = bytearray(told)
    fields[1] |= 1  # no checksum
    fields[3] = fields[3] & 0xFC | size >> 11
    fields[4] = size >> 3 & 0xFF
    fields[5] = (size & 7) << 5 | 0x1F
    fields[6] = 0xFC
    made: Packet[Stream] = Packet(bytes(fields) + bytes(packet))
    made.time_base, made.duration = packet.time_base, packet.duration
    made.pts, made.dts = packet.pts, packet.dts
    return made
