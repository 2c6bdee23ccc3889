"""Headers of MPEG audio frames (ISO/IEC 11172-3, 13818-3) and of ADTS (ISO/IEC 13818-7)."""

from hegui.marks.source import Source

#: Kilobits a second by version and layer; index 0 is free format, 15 is none.
_RATES = {
    (1, 1): (0, 32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448),
    (1, 2): (0, 32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384),
    (1, 3): (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
    (2, 1): (0, 32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256),
    (2, 2): (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
}
_SAMPLES = (44100, 48000, 32000)
#: Between the tags and the first frame there may be as much of something else.
SEARCH = 65_536
_TRIES = 1000


def frame_size(head: bytes) -> int | None:
    """Bytes of the frame of layer II or III with this header; None when it is none.

    Args:
        head: at least four bytes.
    """
    if len(head) < 4 or head[0] != 0xFF or head[1] & 0xE0 != 0xE0:
        return None
    version, layer = head[1] >> 3 & 3, 4 - (head[1] >> 1 & 3)
    rate, sample = head[2] >> 4, head[2] >> 2 & 3
    # Layer I and free format are as good as never met, and look like other things.
    if version == 1 or layer not in {2, 3} or rate in {0, 15} or sample == 3:
        return None
    first = version == 3
    kilobits = _RATES[(1, layer) if first else (2, 2)][rate]
    hertz = _SAMPLES[sample] // (1 if first else 2 if version == 2 else 4)
    samples = 72 if layer == 3 and not first else 144
    return samples * kilobits * 1000 // hertz + (head[2] >> 1 & 1)


def adts_size(head: bytes) -> int | None:
    """Bytes of the ADTS frame with this header; None when it is none.

    Args:
        head: at least six bytes.
    """
    if len(head) < 6 or head[0] != 0xFF or head[1] & 0xF6 != 0xF0 or head[2] >> 2 & 15 > 12:
        return None
    size = (head[3] & 3) << 11 | head[4] << 3 | head[5] >> 5
    return size if size >= 7 else None


def begins(source: Source, start: int, search: int = SEARCH) -> str | None:
    """Which sound begins at an offset or soon after it: ``mp3``, ``adts`` or None.

    One header may be chance: two in a row are taken for sound, or one whose frame is the last.

    Args:
        source: the file.
        start: the offset.
        search: how many bytes of something else there may be before it.
    """
    found = source.upto(start, search + 6)
    at, tries = found.find(b"\xff"), 0
    while 0 <= at <= search and tries < _TRIES:
        head = found[at : at + 6]
        for name, size in (("mp3", frame_size(head)), ("adts", adts_size(head))):
            if size is not None:
                tries += 1
                if _goes_on(source, start + at + size, head):
                    return name
        at = found.find(b"\xff", at + 1)
    return None


def _goes_on(source: Source, at: int, head: bytes) -> bool:
    """Whether the next frame has a header of the same kind, or the sound ends there."""
    after = source.upto(at, 3)
    if len(after) < 3:
        return at == source.size
    alike = after[1] & 0xFE == head[1] & 0xFE and after[2] & 0x0C == head[2] & 0x0C
    return after == b"TAG" or (after[0] == 0xFF and alike)
