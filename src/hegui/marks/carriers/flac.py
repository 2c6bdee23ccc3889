"""FLAC (RFC 9639): the label in the Vorbis comment ``AIGC`` (TC260-PG-202510A), a bare object.

The comment block grows into the file's padding blocks where they suffice. Seek points count from
the first frame, so they stay right either way. An ID3 tag before the stream is kept.
"""

import msgspec

from hegui.marks.carriers import id3, id3_texts, id3_write, vorbis
from hegui.marks.carriers.pieces import joined, meta
from hegui.marks.errors import malformed, too_complex
from hegui.marks.plan import Piece, Plan, Span, Wanted
from hegui.marks.reading import Contents, Meta, Place
from hegui.marks.source import Source

_MAGIC = b"fLaC"
_STREAMINFO, _PADDING, _COMMENT, _PICTURE = 0, 1, 4, 6
_MAX_BLOCK = (1 << 24) - 1
_MAX_BLOCKS = 1000
_VENDOR = b"hegui"


class _Block(msgspec.Struct, frozen=True):
    """A metadata block: its type, where its header and its data begin, and where it ends."""

    kind: int
    start: int
    data: int
    stop: int


def sniff(head: bytes, source: Source) -> str | None:
    """``flac`` by its first four bytes, or by those behind ID3 tags."""
    start = id3.end(source) if head.startswith(b"ID3") else 0
    return "flac" if source.upto(start, 4) == _MAGIC else None


def read(source: Source, format: str) -> Contents:  # noqa: A002  the frame's name for it
    """The labels in comments and in an ID3 tag before, and what else these say.

    Raises:
        MarksError: ``file_malformed``, ``file_too_complex``.
    """
    places: list[Place] = []
    metadata: list[Meta] = []
    tags = id3.tags(source)
    for tag in tags:
        found, said = id3_texts.read(tag, "Vorbis comment AIGC")
        places += found
        metadata += said
    for block in _blocks(source, tags):
        if block.kind == _COMMENT:
            found, said = _comments(source, block).read()
            places += found
            metadata += said
        elif block.kind == _PICTURE:
            metadata += _described(source, block)
    return Contents(format, tuple(places), tuple(metadata))


def write(source: Source, format: str, wanted: Wanted) -> Plan:  # noqa: A002, ARG001
    """The file with the label in its first comment block.

    Raises:
        MarksError: ``file_malformed``, ``file_too_complex``.
    """
    tags = id3.tags(source)
    blocks = _blocks(source, tags)
    label: bytes | None = wanted.label.to_json()
    new: list[tuple[int, bytes | _Block]] = []
    for block in blocks:
        if block.kind == _COMMENT:
            new.append((_COMMENT, _comments(source, block).build(label)))
            label = None
        else:
            new.append((block.kind, block))
    if label is not None:
        new.insert(1, (_COMMENT, vorbis.empty(_VENDOR).build(label)))
    room = blocks[-1].stop - blocks[0].start
    new = _fitted(new, room)
    front: list[Piece] = []
    at = 0
    for tag in tags:
        if id3_texts.has_label(tag):
            front += (Span(at, tag.start), *id3_write.rewritten(tag, None))
            at = tag.stop
    front.append(Span(at, blocks[0].start))
    return joined([*front, *_packed(new), Span(blocks[-1].stop, source.size)])


def _size(one: bytes | _Block) -> int:
    return len(one) if isinstance(one, bytes) else one.stop - one.data


def _fitted(
    blocks: list[tuple[int, bytes | _Block]], room: int
) -> list[tuple[int, bytes | _Block]]:
    """The blocks with the padding changed so that all fill the old room, when that can be."""
    over = sum(4 + _size(one) for _, one in blocks) - room
    for place, (kind, one) in enumerate(blocks):
        if kind != _PADDING or not over:
            continue
        left = _size(one) - over
        if 0 <= left <= _MAX_BLOCK:
            return [*blocks[:place], (_PADDING, bytes(left)), *blocks[place + 1 :]]
        if left == -4:
            return [*blocks[:place], *blocks[place + 1 :]]
    return blocks


def _packed(blocks: list[tuple[int, bytes | _Block]]) -> list[Piece]:
    pieces: list[Piece] = []
    for place, (kind, one) in enumerate(blocks):
        size = _size(one)
        if size > _MAX_BLOCK:
            raise malformed("flac", "注释块超过 16 MB", "its comments exceed 16 MB")
        last = 0x80 if place == len(blocks) - 1 else 0
        pieces.append(bytes([last | kind]) + size.to_bytes(3, "big"))
        pieces.append(one if isinstance(one, bytes) else Span(one.data, one.stop))
    return pieces


def _blocks(source: Source, tags: list[id3.Tag]) -> list[_Block]:
    """All metadata blocks; the first is STREAMINFO."""
    at = tags[-1].stop if tags else 0
    if source.at(at, 4) != _MAGIC:
        raise malformed("flac", "缺少 fLaC 标记", "it has no fLaC mark")
    at += 4
    blocks: list[_Block] = []
    while True:
        head = source.at(at, 4)
        stop = at + 4 + int.from_bytes(head[1:], "big")
        if stop > source.size:
            raise malformed("flac", "元数据块不完整", "a metadata block is cut short")
        if len(blocks) == _MAX_BLOCKS:
            raise too_complex("flac")
        blocks.append(_Block(head[0] & 0x7F, at, at + 4, stop))
        at = stop
        if head[0] & 0x80:
            break
    if blocks[0].kind != _STREAMINFO:
        raise malformed("flac", "首块不是 STREAMINFO", "its first block is not STREAMINFO")
    return blocks


def _comments(source: Source, block: _Block) -> vorbis.Comments:
    comments = vorbis.Comments.parse(source.at(block.data, block.stop - block.data))
    source.reads -= vorbis.COST * len(comments.comments)
    return comments


def _described(source: Source, block: _Block) -> list[Meta]:
    """A picture's description, which some generators fill in."""
    head = source.at(block.data, min(block.stop - block.data, 4096))
    kind = int.from_bytes(head[4:8], "big")
    size = int.from_bytes(head[8 + kind : 12 + kind], "big")
    said = head[12 + kind : 12 + kind + size].decode("utf-8", "replace")
    return [meta("flac:picture", said)] if said else []
