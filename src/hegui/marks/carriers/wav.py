"""WAV, RF64 and BW64: the label in a chunk ``AIGC`` of the outermost form (TC260-PG-202510A).

It goes to the end, so the sound stays where it was; where the last chunk's size is not known (as
in sound written to a pipe), before that chunk. Labels that other programs left in ``LIST`` /
``INFO``, in XMP or in an ID3 chunk are read, and go on writing.
"""

import msgspec

from hegui.marks import packets, xmp
from hegui.marks.carriers import id3, id3_texts, id3_write, riff_info
from hegui.marks.carriers.pieces import MAX_VALUE, from_xmp, meta, patched, text
from hegui.marks.carriers.riff import UNKNOWN, Chunk, Form, chunks, form, packed, size_field
from hegui.marks.errors import malformed
from hegui.marks.plan import Piece, Plan, Span, Wanted, length
from hegui.marks.reading import Contents, Meta, Place
from hegui.marks.source import Source

_MAGICS = {b"RIFF", b"RF64", b"BW64"}
_ID3 = {b"id3 ", b"ID3 "}
_TEXTS = {b"bext": "bext", b"iXML": "ixml", b"axml": "axml"}
_RIGHT = "RIFF AIGC"
_MAX_LARGE = 1000


class _Wave(msgspec.Struct, frozen=True):
    """The outermost form, its chunks, and where its size stands in 64 bits (0 when nowhere)."""

    form: Form
    chunks: tuple[Chunk, ...]
    large: int


def sniff(head: bytes, source: Source) -> str | None:  # noqa: ARG001  every carrier gets both
    """``wav`` by the outermost form."""
    return "wav" if head[:4] in _MAGICS and head[8:12] == b"WAVE" else None


def read(source: Source, format: str) -> Contents:  # noqa: A002  the frame's name for it
    """The labels in all places, and what else INFO, XMP, ID3 and Broadcast WAV say.

    Raises:
        MarksError: ``file_malformed``, ``file_too_complex``.
    """
    places: list[Place] = []
    metadata: list[Meta] = []
    for chunk in _wave(source).chunks:
        found: tuple[list[Place], list[Meta]] = ([], [])
        if riff_info.is_named(chunk):
            places.append(Place("riff", riff_info.value(source, chunk)))
        elif riff_info.is_info(source, chunk):
            found = riff_info.read(source, chunk, _RIGHT)
        elif held := riff_info.packet(source, chunk):
            found = from_xmp(held, _RIGHT)
        elif chunk.id in _ID3:
            tag = _tag(source, chunk)
            found = found if tag is None else id3_texts.read(tag, _RIGHT)
        elif chunk.id == b"C2PA":
            metadata.append(meta("c2pa", _data(source, chunk).decode("latin-1")))
        elif chunk.id in _TEXTS:
            metadata.append(meta(_TEXTS[chunk.id], text(_data(source, chunk)).replace("\0", "")))
        places += found[0]
        metadata += found[1]
    return Contents(format, tuple(places), tuple(metadata))


def write(source: Source, format: str, wanted: Wanted) -> Plan:  # noqa: A002, ARG001
    """The file with one chunk ``AIGC``; every other chunk as it was, where it was.

    Raises:
        MarksError: ``file_malformed`` when no chunk can be found, or the file would outgrow RIFF.
    """
    wave = _wave(source)
    if not any(chunk.id == b"fmt " for chunk in wave.chunks):
        raise malformed("wav", "缺少 fmt 块", "it has no fmt chunk")
    label = packed(b"AIGC", wanted.label.to_json())
    body: list[Piece] = []
    for chunk in wave.chunks:
        if not chunk.whole:
            body.append(label)
            label = b""
        kept = _kept(source, chunk)
        if not chunk.whole and kept not in ([], [Span(chunk.start, chunk.stop)]):
            raise malformed("wav", "含标识的块不完整", "a chunk with a label is cut short")
        body += kept
    end = wave.chunks[-1].stop
    # Fewer bytes than a chunk has, before the form's end, are kept behind the label.
    body += (label, Span(end, wave.form.stop))
    grown = length(body) - (wave.form.stop - wave.form.body)
    plan: list[Piece] = [Span(0, 12), *body, Span(wave.form.stop, source.size)]
    return patched(plan, _sizes(source, wave, grown))


def _kept(source: Source, chunk: Chunk) -> list[Piece]:
    """What stays of a chunk, with padding."""
    if riff_info.is_named(chunk):
        return []
    if riff_info.is_info(source, chunk) and riff_info.read(source, chunk)[0]:
        return riff_info.rebuilt(riff_info.others(source, chunk))
    held = riff_info.packet(source, chunk)
    if held and xmp.find(held):
        return [packed(chunk.id, packets.emptied(held))]
    if chunk.id in _ID3:
        tag = _tag(source, chunk)
        if tag is not None and id3_texts.has_label(tag):
            new = [*id3_write.rewritten(tag, None)]
            new.append(Span(tag.stop, chunk.data + chunk.size))
            size = length(new)
            return [chunk.id + size_field(size), *new, b"\0" * (size % 2)]
    whole: list[Piece] = [Span(chunk.start, chunk.stop)]
    return whole if chunk.padded or not chunk.whole else [*whole, b"\0"]


def _sizes(source: Source, wave: _Wave, grown: int) -> list[tuple[int, bytes]]:
    """The form's new size where it stands; one that is not known stays so."""
    if wave.large:
        size = int.from_bytes(source.at(wave.large, 8), "little")
        return [(wave.large, (size + grown).to_bytes(8, "little"))]
    if not wave.form.sized:
        return []
    return [(4, size_field(wave.form.declared + grown, "wav"))]


def _wave(source: Source) -> _Wave:
    outer = form(source)
    sizes: dict[bytes, int] = {}
    large = 0
    first = next(chunks(source, outer.body, outer.stop), None)
    if outer.declared == UNKNOWN and first is not None and first.id == b"ds64" and first.size >= 28:
        sizes = _large(source, first)
        stop = 8 + int.from_bytes(source.at(first.data, 8), "little")
        if stop > first.stop:
            large = first.data
            outer = msgspec.structs.replace(outer, stop=min(stop, source.size))
    found = tuple(chunks(source, outer.body, outer.stop, sizes))
    if not found:
        raise malformed("wav", "没有数据块", "it has no chunks")
    return _Wave(outer, found, large)


def _large(source: Source, chunk: Chunk) -> dict[bytes, int]:
    """The sizes of 64 bits that ``ds64`` holds, by the chunk's name (EBU Tech 3306)."""
    data = source.at(chunk.data, min(chunk.size, 28 + 12 * _MAX_LARGE))
    sizes = {}
    for at in range(28, min(28 + 12 * int.from_bytes(data[24:28], "little"), len(data) - 11), 12):
        sizes[data[at : at + 4]] = int.from_bytes(data[at + 4 : at + 12], "little")
    sizes[b"data"] = int.from_bytes(data[8:16], "little")
    return sizes


def _data(source: Source, chunk: Chunk) -> bytes:
    return source.at(chunk.data, min(chunk.size, MAX_VALUE))


def _tag(source: Source, chunk: Chunk) -> id3.Tag | None:
    """The ID3 tag in a chunk, when it is one that fits in there."""
    size = id3.size_at(source, chunk.data)
    return id3.tag(source, chunk.data) if size is not None and size <= chunk.size else None
