"""GIF (GIF89a): the label in the application extension ``XMP DataXMP``.

The packet stands there as it is, not in sub-blocks; 258 bytes behind it lead a reader that takes
it for sub-blocks to the end (XMP specification, part 3). It is written before the first
image, behind the extension that makes the animation go round.
"""

from collections.abc import Iterator

import msgspec

from hegui.marks import xmp
from hegui.marks.edits import Edit, spliced
from hegui.marks.errors import MarksError, malformed, too_complex
from hegui.marks.loose import is_label, remainder
from hegui.marks.plan import Plan, Wanted
from hegui.marks.reading import Contents, Meta, Place
from hegui.marks.source import Source

_XMP, _C2PA = b"XMP DataXMP", b"C2PA_GIF"
_TRAILER = b"\x01" + bytes(range(255, -1, -1)) + b"\0"
_EXTENSION, _IMAGE, _END = 0x21, 0x2C, 0x3B
_APPLICATION, _COMMENT = 0xFF, 0xFE
#: Read at a time; a sub-block has at most 256 bytes.
_STEP = 1 << 20
#: Sub-blocks of an animation of 500 MB; blocks of one.
_MAX_SUBBLOCKS, _MAX_BLOCKS, _MAX_HELD = 2_000_000, 100_000, 256
_MAX_PACKETS = 2
#: More of one block is not looked at.
_MAX_DATA, _MAX_COMMENT = 8 << 20, 1 << 18
_MAX_META = 65_536


class Block(msgspec.Struct, frozen=True):
    """One block.

    Attributes:
        kind: its first byte: an extension, an image or the end.
        label: an extension's second byte, else 0.
        start: offset.
        body: offset of its first sub-block.
        stop: offset after it.
    """

    kind: int
    label: int
    start: int
    body: int
    stop: int


class _Parts(msgspec.Struct):
    behind: int = 0
    packets: list[tuple[Block, bytes]] = []
    comments: list[tuple[Block, str]] = []
    manifests: list[bytes] = []


def sniff(head: bytes, source: Source) -> str | None:  # noqa: ARG001 - the carriers' interface
    """``gif`` for a file of either version."""
    return "gif" if head.startswith((b"GIF87a", b"GIF89a")) else None


def read(source: Source, format: str) -> Contents:  # noqa: A002 - the carriers' interface
    """The labels and the other metadata of a GIF.

    Raises:
        MarksError: ``file_malformed``, ``file_too_complex``.
    """
    parts = _parts(source)
    places: list[Place] = []
    metadata: list[Meta] = []
    for _, packet in parts.packets:
        places += xmp.places(packet)
        metadata.append(Meta("xmp", xmp.as_text(packet)))
    for _, text in parts.comments:
        if is_label(text):
            places.append(Place("comment", text))
        else:
            metadata.append(Meta("gif:comment", text[:_MAX_META]))
    metadata += [Meta("c2pa", data[:_MAX_META].decode("latin-1")) for data in parts.manifests]
    return Contents(format, tuple(places), tuple(metadata))


def write(source: Source, format: str, wanted: Wanted) -> Plan:  # noqa: A002, ARG001
    """The same GIF with the wanted label and no other.

    Raises:
        MarksError: ``file_malformed`` when a block or an XMP packet is not whole.
    """
    parts = _parts(source)
    new = xmp.put_first([packet for _, packet in parts.packets] or [b""], wanted)
    # Extensions came with this version; readers of the older one pass over them.
    edits: list[Edit] = [(3, 6, b"89a")]
    if not parts.packets:
        edits.append((parts.behind, parts.behind, _packed(new[0])))
    for (block, _), packet in zip(parts.packets, new, strict=False):
        edits.append((block.start, block.stop, _packed(packet)))
    for block, text in parts.comments:
        if is_label(text):
            edits.append((block.start, block.stop, _comment(remainder(text))))
    return spliced(source.size, edits)


def blocks(source: Source) -> Iterator[Block]:
    """The blocks up to the trailer; a file may end without one.

    Raises:
        MarksError: ``file_malformed`` when one is not whole, ``file_too_complex``.
    """
    head = source.at(0, 13)
    at = 13 + _table(head[10])
    walk = _Walk(source)
    for _ in range(_MAX_BLOCKS):
        if at >= source.size:
            return
        kind, label = walk.byte(at), 0
        if kind == _END:
            return
        if kind == _EXTENSION:
            label, body = walk.byte(at + 1), at + 2
        elif kind == _IMAGE:
            body = at + 11 + _table(walk.byte(at + 9))
        else:
            raise _unsound()
        stop = walk.end(body)
        yield Block(kind, label, at, body, stop)
        at = stop
    raise too_complex("GIF")


class _Walk:
    """Follows sub-blocks in a window of the file."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._base = 0
        self._window = source.upto(0, _STEP)
        self._left = _MAX_SUBBLOCKS

    def byte(self, at: int) -> int:
        """The byte at an offset."""
        place = at - self._base
        if not 0 <= place < len(self._window):
            self._base, self._window = at, self._source.upto(at, _STEP)
            place = 0
            if not self._window:
                raise _unsound()
        return self._window[place]

    def end(self, at: int) -> int:
        """The offset after the sub-blocks that start at one."""
        while size := self.byte(at):
            # The window's own loop: a hundred thousand turns for an image of 25 MB.
            place, window, count = at - self._base, self._window, 0
            stop = len(window)
            while place < stop and (size := window[place]):
                place += size + 1
                count += 1
            at = self._base + place
            self._left -= count
            if self._left < 0:
                raise too_complex("GIF")
        return at + 1


def _table(flags: int) -> int:
    """Bytes of the colour table that the flags tell of."""
    return 3 << (flags & 7) + 1 if flags & 0x80 else 0


def _parts(source: Source) -> _Parts:
    parts = _Parts()
    leading = True
    for block in blocks(source):
        parts.behind = parts.behind or block.start
        found = block.kind == _EXTENSION and _kept(source, block, parts)
        leading = leading and found
        if leading:
            parts.behind = block.stop
        held = len(parts.packets) + len(parts.comments) + len(parts.manifests)
        if held > _MAX_HELD or len(parts.packets) > _MAX_PACKETS:
            raise too_complex("GIF")
    if not parts.behind:
        raise malformed("GIF", "没有图像", "there is no image")
    return parts


def _kept(source: Source, block: Block, parts: _Parts) -> bool:
    """Whether an extension is one before which no label goes; keeps what it holds of metadata."""
    size = block.stop - block.body
    if block.label == _APPLICATION:
        data = source.at(block.body, min(size, _MAX_DATA))
        if data[1:12] == _XMP:
            parts.packets.append((block, _packet(data[12:])))
        elif data[1:9] == _C2PA:
            parts.manifests.append(data[12:])
        return True
    if block.label != _COMMENT:
        return False
    data = source.at(block.body, min(size, _MAX_COMMENT))
    if data:
        parts.comments.append((block, _joined(data).decode("utf-8", "replace")))
    return bool(data)


def _packet(data: bytes) -> bytes:
    """The packet: what stands before the trailer, or the sub-blocks that some write instead."""
    if data.startswith((b"<", b"\xef\xbb\xbf")) and not data.startswith(b"<<"):
        return data.removesuffix(_TRAILER) if data.endswith(_TRAILER) else data.rstrip(b"\0")
    return _joined(data)


def _packed(packet: bytes) -> bytes:
    if b"\0" in packet:  # it would end there for whoever takes it for sub-blocks
        raise malformed("GIF", "XMP 不是 UTF-8", "its XMP is not UTF-8")
    return b"\x21\xff\x0b" + _XMP + packet + _TRAILER


def _joined(data: bytes) -> bytes:
    """The bytes of sub-blocks."""
    parts = []
    at = 0
    while at < len(data) and (size := data[at]):
        parts.append(data[at + 1 : at + 1 + size])
        at += size + 1
    return b"".join(parts)


def _comment(text: str) -> bytes:
    """A comment extension of ASCII text; nothing for no text."""
    data = text.encode()
    pieces = [data[at : at + 255] for at in range(0, len(data), 255)]
    body = b"".join(bytes([len(piece)]) + piece for piece in pieces)
    return b"\x21\xfe" + body + b"\0" if data else b""


def _unsound() -> MarksError:
    return malformed("GIF", "数据块不完整", "a block is not whole")
