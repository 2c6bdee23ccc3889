"""Positions within a Matroska segment: SeekHead, Cues, and the one that a Cluster may hold.

Positions count from the first byte of the segment's data. When elements move, all that point to
them are mended; where nothing moved, the bytes stay as they are.
"""

from collections.abc import Callable

from hegui.marks.carriers import ebml
from hegui.marks.carriers.ebml import Element
from hegui.marks.carriers.matroska_tags import checksum
from hegui.marks.errors import malformed
from hegui.marks.source import Source

SEEK_HEAD, CUES, CLUSTER = 0x114D9B74, 0x1C53BB6B, 0x1F43B675
_SEEK, _SEEK_ID, _SEEK_POSITION = 0x4DBB, 0x53AB, 0x53AC
_CUE_POINT, _CUE_TRACK, _CUE_CLUSTER, _CUE_STATE = 0xBB, 0xB7, 0xF1, 0xEA
_TIMESTAMP, _CLUSTER_POSITION, _PREVIOUS_SIZE = 0xE7, 0xA7, 0xAB
#: Masters on the way to a position, and the positions.
_MASTERS = {_SEEK, _CUE_POINT, _CUE_TRACK}
_POSITIONS = {_SEEK_POSITION, _CUE_CLUSTER, _CUE_STATE}

Moved = Callable[[int], int]


def data(source: Source, index: Element, moved: Moved) -> bytes:
    """The data of a SeekHead or of Cues with the positions as they are now.

    Args:
        source: the file.
        index: the element.
        moved: gives the new position for an old one.

    Raises:
        MarksError: ``file_malformed``, ``file_too_complex``.
    """
    made, summed = _mended(source, index, moved)
    return checksum(made) + made if summed else made


def entry(name: int, position: int) -> bytes:
    """A SeekHead's entry for one element."""
    where = position.to_bytes(max(1, (position.bit_length() + 7) // 8), "big")
    fields = ebml.packed(_SEEK_ID, ebml.named(name)) + ebml.packed(_SEEK_POSITION, where)
    return ebml.packed(_SEEK, fields)


def targets(source: Source, head: Element) -> list[tuple[int, int]]:
    """The IDs and positions that a SeekHead names.

    Raises:
        MarksError: ``file_malformed``, ``file_too_complex``.
    """
    found = []
    for seek in ebml.children(source, head.data, head.stop):
        if seek.id != _SEEK:
            continue
        name = position = 0
        for field in ebml.children(source, seek.data, seek.stop):
            if field.id == _SEEK_ID:
                name = ebml.unsigned(source, field)
            elif field.id == _SEEK_POSITION:
                position = ebml.unsigned(source, field)
        found.append((name, position))
    return found


def added(made: bytes, more: bytes) -> bytes:
    """A SeekHead's data with another entry, its checksum made anew when it has one."""
    if made[:2] == b"\xbf\x84":
        rest = made[6:] + more
        return checksum(rest) + rest
    return made + more


def cluster(source: Source, one: Element, moved: Moved) -> list[tuple[int, bytes]]:
    """What changes in a Cluster that says where it stands.

    Returns:
        The offset in the file and the new bytes; nothing when it does not say.

    Raises:
        MarksError: ``file_malformed`` when the new position has no room, or a checksum over all
            of the Cluster would have to change.
    """
    at, summed = one.data, False
    while at < one.stop and (child := ebml.element(source, at, one.stop)) is not None:
        if child.id == _CLUSTER_POSITION:
            old, width = ebml.unsigned(source, child), child.stop - child.data
            new = moved(old)
            if not old or new == old:
                return []
            if summed or new >> 8 * width:
                raise malformed(
                    "matroska", "簇位置无法改写", "a cluster's position can't be mended"
                )
            return [(child.data, new.to_bytes(width, "big"))]
        summed = summed or child.id == ebml.CRC
        if child.id not in {ebml.CRC, _TIMESTAMP, _PREVIOUS_SIZE} or not child.known:
            break
        at = child.stop
    return []


def _mended(source: Source, around: Element, moved: Moved) -> tuple[bytes, bool]:
    parts: list[bytes] = []
    summed = False
    for child in ebml.children(source, around.data, around.stop):
        if child.id == ebml.CRC:
            summed = True
        elif child.id in _MASTERS:
            made = _mended(source, child, moved)[0]
            parts.append(ebml.packed(child.id, made, child.width))
        elif child.id in _POSITIONS:
            old = ebml.unsigned(source, child)
            # 0 in CueCodecState says that there is none.
            new = old if child.id == _CUE_STATE and not old else moved(old)
            width = max(child.stop - child.data, (new.bit_length() + 7) // 8)
            parts.append(ebml.packed(child.id, new.to_bytes(width, "big"), child.width))
        else:
            parts.append(source.at(child.start, child.stop - child.start))
    return b"".join(parts), summed
