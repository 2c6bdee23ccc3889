"""``LIST``/``INFO``: the texts of RIFF files, one child chunk each, closed by NUL.

AVI's label is the child ``AIGC`` (TC260-PG-20257A); in WAV some writers put a second one there.
"""

from hegui.marks.carriers.pieces import MAX_PACKET, MAX_VALUE, NAME, is_label, meta, text, unusual
from hegui.marks.carriers.riff import Chunk, chunks, packed, size_field
from hegui.marks.plan import Piece, Span, length
from hegui.marks.reading import Meta, Place
from hegui.marks.source import Source

_LABEL = NAME.encode()


def is_info(source: Source, chunk: Chunk) -> bool:
    """Whether a chunk is such a list."""
    return chunk.id == b"LIST" and chunk.size >= 4 and source.at(chunk.data, 4) == b"INFO"


def is_named(chunk: Chunk) -> bool:
    """Whether a chunk's name is that of the label."""
    return chunk.id.upper() == _LABEL


def value(source: Source, chunk: Chunk) -> str:
    """A chunk's data as text."""
    return text(source.at(chunk.data, min(chunk.size, MAX_VALUE)))


def packet(source: Source, chunk: Chunk) -> bytes:
    """The XMP packet in a chunk ``_PMX``; empty when the chunk is another, or too large."""
    if chunk.id != b"_PMX" or chunk.size > MAX_PACKET:
        return b""
    return source.at(chunk.data, chunk.size)


def read(source: Source, info: Chunk, right: str = "") -> tuple[list[Place], list[Meta]]:
    """The labels in a list, and its other texts (keys ``info:ISFT``, …).

    Args:
        source: the file.
        info: the list.
        right: the name of the place that the format's guide has instead, if it has another.

    Raises:
        MarksError: as ``chunks``.
    """
    places, metadata = [], []
    for child in _children(source, info):
        name, said = child.id.decode("latin-1"), value(source, child)
        if is_label(name, said):
            place = Place("info", said)
            places.append(unusual(place, f"LIST INFO {name}", right) if right else place)
        else:
            metadata.append(meta(f"info:{name}", said))
    return places, metadata


def others(source: Source, info: Chunk) -> list[Piece]:
    """The list's children that are no label, each with its padding."""
    kept: list[Piece] = []
    for child in _children(source, info):
        if not is_label(child.id.decode("latin-1"), value(source, child)):
            kept.append(Span(child.start, child.stop))
            if not child.padded:
                kept.append(b"\0")
    return kept


def rebuilt(children: list[Piece], label: bytes | None = None) -> list[Piece]:
    """A list of these children, and of the label when it goes here.

    Args:
        children: whole chunks with padding.
        label: the label's JSON, or None.

    Returns:
        The pieces; none when the list would be empty.
    """
    new = packed(_LABEL, label + b"\0") if label is not None else b""
    size = length(children) + len(new)
    if not size:
        return []
    return [b"LIST" + size_field(4 + size) + b"INFO", *children, new]


def _children(source: Source, info: Chunk) -> list[Chunk]:
    return list(chunks(source, info.data + 4, info.data + info.size))
