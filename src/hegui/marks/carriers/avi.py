"""AVI: the label in ``LIST``/``INFO``, child ``AIGC`` (TC260-PG-20257A), before the pictures.

Room is taken from a ``JUNK`` chunk there and given back to it, so as a rule nothing moves. Without
such room the pictures move, and the indexes that count from the file's start are mended. A label
behind the pictures gives way to ``JUNK`` of the same size.
"""

import msgspec

from hegui.marks import packets, xmp
from hegui.marks.carriers import avi_index, riff_info
from hegui.marks.carriers.pieces import MAX_META, from_xmp, meta, patched, unusual
from hegui.marks.carriers.riff import HEADER, Chunk, Form, chunks, form, packed, size_field
from hegui.marks.errors import malformed
from hegui.marks.plan import Piece, Plan, Span, Wanted, length
from hegui.marks.reading import Contents, Meta, Place
from hegui.marks.source import Source

_JUNK = b"JUNK"
_RIGHT = "LIST INFO AIGC"
#: A RIFF chunk holds at most 4 GB, so this is more than a file of a day has.
_MAX_FORMS = 1000


class _Avi(msgspec.Struct, frozen=True):
    """The chunks of the first form before its pictures, the pictures, and all chunks after."""

    form: Form
    head: tuple[Chunk, ...]
    movi: Chunk
    after: tuple[Chunk, ...]


def sniff(head: bytes, source: Source) -> str | None:  # noqa: ARG001  every carrier gets both
    """``avi`` by the outermost form."""
    return "avi" if head[:4] == b"RIFF" and head[8:12] == b"AVI " else None


def read(source: Source, format: str) -> Contents:  # noqa: A002  the frame's name for it
    """The labels before and behind the pictures, and what else INFO and XMP say.

    Raises:
        MarksError: ``file_malformed``, ``file_too_complex``.
    """
    places: list[Place] = []
    metadata: list[Meta] = []
    avi = _avi(source)
    for chunk in (*avi.head, *avi.after):
        if riff_info.is_named(chunk):
            place = Place("riff", riff_info.value(source, chunk))
            places.append(unusual(place, "RIFF AIGC", _RIGHT))
        elif riff_info.is_info(source, chunk):
            found, said = riff_info.read(source, chunk)
            places += found
            metadata += said
        elif held := riff_info.packet(source, chunk):
            found, said = from_xmp(held, _RIGHT)
            places += found
            metadata += said
        elif chunk.id == b"C2PA":
            store = source.at(chunk.data, min(chunk.size, MAX_META))
            metadata.append(meta("c2pa", store.decode("latin-1")))
    return Contents(format, tuple(places), tuple(metadata))


def write(source: Source, format: str, wanted: Wanted) -> Plan:  # noqa: A002, ARG001
    """The file with the label in the first INFO list before the pictures, or in one made there.

    Raises:
        MarksError: ``file_malformed`` when there are no pictures, or an index can't be mended;
            ``file_too_complex``.
    """
    avi = _avi(source)
    head = _head(source, avi, wanted)
    by = length([piece for pieces in head for piece in pieces]) - (avi.movi.start - avi.form.body)
    plan: list[Piece] = [Span(0, avi.form.body), *(piece for pieces in head for piece in pieces)]
    at = avi.movi.start
    for chunk in avi.after:
        kept = _kept(source, chunk)
        if kept is not None:
            room = chunk.stop - chunk.start - length(kept)
            if room < 0 or 0 < room < HEADER:
                raise malformed("avi", "填充字节缺失", "it lacks padding around a label")
            plan += (Span(at, chunk.start), *kept, _junk(room))
            at = chunk.stop
    plan.append(Span(at, source.size))
    changes: list[tuple[int, bytes]] = []
    if by:
        if avi.form.sized:
            changes.append((4, size_field(avi.form.declared + by, "avi")))
        header = next((one for one in avi.head if one.id == b"LIST"), None)
        index = next((one for one in avi.after if one.id == b"idx1"), None)
        changes += avi_index.changes(source, header, avi.movi, index, by)
    return patched(plan, changes)


def _head(source: Source, avi: _Avi, wanted: Wanted) -> list[list[Piece]]:
    """What stands before the pictures, chunk by chunk, as long as before where that can be."""
    label: bytes | None = wanted.label.to_json()
    parts: list[list[Piece]] = []
    junk = None
    for chunk in avi.head:
        if label is not None and riff_info.is_info(source, chunk):
            parts.append(riff_info.rebuilt(riff_info.others(source, chunk), label))
            label = None
            continue
        if chunk.id == _JUNK and junk is None:
            junk = len(parts)
        kept = _kept(source, chunk)
        whole: list[Piece] = [Span(chunk.start, chunk.stop), b"" if chunk.padded else b"\0"]
        parts.append(whole if kept is None else kept)
    if label is not None:
        first = min(1, len(parts))
        parts.insert(first, riff_info.rebuilt([], label))
        junk = junk if junk is None or junk < first else junk + 1
    over = length([piece for part in parts for piece in part])
    over -= avi.movi.start - avi.form.body
    if junk is None:
        parts.append([_junk(-over)] if -over >= HEADER else [])
    elif over:
        left = length(parts[junk]) - over
        if left == 0 or left >= HEADER:
            parts[junk] = _resized(avi.head, left)
    return parts


def _resized(head: tuple[Chunk, ...], room: int) -> list[Piece]:
    """The first ``JUNK``, cut or made longer; some programs leave a note in it."""
    if not room:
        return []
    junk = next(chunk for chunk in head if chunk.id == _JUNK)
    kept = min(junk.size, room - HEADER)
    return [
        _JUNK + size_field(room - HEADER),
        Span(junk.data, junk.data + kept),
        bytes(room - HEADER - kept),
    ]


def _kept(source: Source, chunk: Chunk) -> list[Piece] | None:
    """What stays of a chunk that holds a label; None of one that holds none."""
    if riff_info.is_named(chunk):
        return []
    if riff_info.is_info(source, chunk) and riff_info.read(source, chunk)[0]:
        return riff_info.rebuilt(riff_info.others(source, chunk))
    held = riff_info.packet(source, chunk)
    if held and xmp.find(held):
        return [packed(chunk.id, packets.emptied(held))]
    return None


def _junk(room: int) -> bytes:
    """A chunk that says nothing, of so many bytes in all; none of 0."""
    return _JUNK + size_field(room - HEADER) + bytes(room - HEADER) if room else b""


def _avi(source: Source) -> _Avi:
    first = form(source)
    found = list(chunks(source, first.body, first.stop))
    place = next((at for at, one in enumerate(found) if _is_movi(source, one)), None)
    if place is None:
        raise malformed("avi", "缺少 movi", "it has no movi list")
    after = found[place + 1 :]
    at = first.stop
    for _ in range(_MAX_FORMS):
        if source.upto(at, 4) != b"RIFF" or source.upto(at + 8, 4) != b"AVIX":
            break
        more = form(source, at)
        after += chunks(source, more.body, more.stop)
        at = more.stop
    return _Avi(first, tuple(found[:place]), found[place], tuple(after))


def _is_movi(source: Source, chunk: Chunk) -> bool:
    return chunk.id == b"LIST" and source.upto(chunk.data, 4) == b"movi"
