"""Boxes of the ISO base media file format (ISO/IEC 14496-12, 4.2) and of QuickTime.

A box begins with its size (four bytes, big endian) and its kind (four bytes). Size 1 means that
eight bytes of size follow, size 0 that the box goes on to the end of the file. The kind ``uuid``
is followed by sixteen bytes that name it.
"""

from collections.abc import Iterator
from struct import unpack_from

import msgspec

from hegui.marks.errors import MarksError, malformed, too_complex
from hegui.marks.source import Source

#: The ``uuid`` of Adobe's XMP packet, and of a C2PA manifest.
XMP_UUID = bytes.fromhex("be7acfcb97a942e89c71999491e3afac")
C2PA_UUID = bytes.fromhex("d8fec3d61b0e483c92975828877ec481")
#: Largest value that is read into memory at once.
MAX_VALUE = 16 * 1024 * 1024
_PADDING = b"\0\0\0\0"
#: Bytes of the longest header, and of what is read to look for the next ones.
_HEADER = 32
_BLOCK = 512


class Box(msgspec.Struct, frozen=True):
    """One box; offsets are in the file.

    Attributes:
        kind: four bytes.
        start: where its size stands.
        body: where its content begins, behind size, kind and ``uuid``.
        stop: where it ends.
        wide: whether its size has eight bytes.
        open: whether it goes on to the end of the file, its size being 0.
        uuid: its sixteen bytes when the kind is ``uuid``, else empty.
    """

    kind: bytes
    start: int
    body: int
    stop: int
    wide: bool = False
    open: bool = False
    uuid: bytes = b""


def broken(why_zh: str = "文件内的数据块有误", why_en: str = "its boxes are wrong") -> MarksError:
    """The error for a file whose boxes can't be followed."""
    return malformed("MP4/HEIF", why_zh, why_en)


def boxes(source: Source, start: int, stop: int) -> Iterator[Box]:
    """The boxes between two offsets, up to padding of zeros or less than a header's bytes.

    Raises:
        MarksError: ``file_malformed`` when one is smaller than its header, runs beyond, or has no
            size, as only the file's own last box may; ``file_too_complex``.
    """
    return _walk(source, start, stop, top=False)


def top_level(source: Source) -> list[Box]:
    """The file's own boxes.

    What follows the last sound box (bytes after the end, a download that broke off within
    ``mdat``) is none of them and stays where it is.

    Raises:
        MarksError: ``file_too_complex``.
    """
    return list(_walk(source, 0, source.size, top=True))


def children(source: Source, box: Box) -> Iterator[Box]:
    """The boxes within a container; a ``meta`` is taken in the ISO and in the QuickTime form.

    Raises:
        MarksError: as ``boxes``.
    """
    start = box.body
    if box.kind == b"meta" and source.upto(box.body, 8)[4:] != b"hdlr":
        start += 4
    return boxes(source, start, box.stop)


def child(source: Source, box: Box, kind: bytes) -> Box | None:
    """The first box of a kind within a container, or ``None``.

    Raises:
        MarksError: as ``boxes``.
    """
    return next((one for one in children(source, box) if one.kind == kind), None)


def end(source: Source, start: int, stop: int) -> int:
    """Where the last box between two offsets ends: a further one may go there.

    Raises:
        MarksError: as ``boxes``.
    """
    last = start
    for box in boxes(source, start, stop):
        last = box.stop
    return last


def content(source: Source, box: Box, limit: int = MAX_VALUE) -> bytes:
    """What a box holds, behind its header.

    Args:
        source: the file.
        box: the box.
        limit: bytes that are read at most.

    Raises:
        MarksError: ``file_malformed`` when it holds more than the limit.
    """
    if box.stop - box.body > limit:
        raise broken("数据块过大", "a box is too large")
    return source.at(box.body, box.stop - box.body)


def packed(kind: bytes, *parts: bytes) -> bytes:
    """A new box."""
    data = b"".join(parts)
    return (len(data) + 8).to_bytes(4, "big") + kind + data


def _walk(source: Source, start: int, end: int, *, top: bool) -> Iterator[Box]:
    """The boxes between two offsets; an unsound one ends a file's own, elsewhere it is an error."""
    at, first, known, block = start, start, start, b""
    while end - at >= 8:
        # Several small boxes come with one read; each still counts as one.
        if at + _HEADER > known and known < end:
            first, block = at, source.upto(at, min(_BLOCK, end - at))
            known = at + len(block)
        source.reads -= 1
        if source.reads < 0:
            raise too_complex(source.name)
        here = at - first
        size, kind = unpack_from(">I4s", block, here) if at + 8 <= known else (0, b"")
        if size > 1 and kind != b"uuid":
            box: Box | None = Box(kind, at, at + 8, at + size)
        else:
            box = _box(block[here : here + _HEADER], at, end)
        if box is None:
            return
        if box.stop > end or box.stop < box.body or (box.open and not top):
            if top:
                return
            raise broken()
        yield box
        at = box.stop


def _box(head: bytes, at: int, end: int) -> Box | None:
    """The box that a header of any form begins, or ``None`` for padding of zeros."""
    size, kind = int.from_bytes(head[:4], "big"), head[4:8]
    body = 8
    wide = size == 1
    if wide:
        body = 16
        size = int.from_bytes(head[8:16], "big") if len(head) >= 16 else 0
    whole = size == 0 and not wide
    if whole:
        if kind == _PADDING:
            return None
        size = end - at
    uuid = b""
    if kind == b"uuid":
        uuid = head[body : body + 16]
        body += 16
    return Box(kind, at, at + body, at + size, wide, whole, uuid)
