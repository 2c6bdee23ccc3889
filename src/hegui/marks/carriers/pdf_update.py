"""The incremental update that carries a PDF's label (ISO 32000-1, 7.5.6).

Nothing before it moves: what a signature covers stays as it was. An update of ours at the end is
made again rather than followed by another, so that marking twice makes the same file as once; it
is known by being, byte for byte, what would be written for the file before it.
"""

import hashlib

import msgspec

from hegui.marks import packets, xmp
from hegui.marks.carriers import pdf_info
from hegui.marks.carriers.pdf_file import Pdf, opened
from hegui.marks.carriers.pdf_object import Object, View
from hegui.marks.carriers.pdf_syntax import Dict, encoded
from hegui.marks.carriers.pdf_xref import Chain
from hegui.marks.edits import Edit
from hegui.marks.errors import MarksError, malformed

#: An update of ours is not longer: a label, the other entries of Info, metadata.
_MAX_OWN = 1024 * 1024
#: Numbers past this are no real file's (ISO 32000-1, annex C has 8,388,607).
_MAX_NUMBER = 1 << 31
_MAX_OFFSET = 9_999_999_999
#: What a new trailer says for itself; everything else is handed on.
_OWN_KEYS = frozenset({"Size", "Prev", "Info", "ID", "XRefStm"})
#: What a cross-reference stream says of itself as a stream.
_STREAM_KEYS = frozenset({"Type", "W", "Index", "Length", "DL", "Filter", "DecodeParms"})


class Update(msgspec.Struct, frozen=True):
    """How a file is changed.

    Attributes:
        stop: what is kept of the file, from its start.
        edits: ranges within that are blanked, none in a signed file.
        tail: what is appended.
    """

    stop: int
    edits: list[Edit]
    tail: bytes


def update(pdf: Pdf, text: str) -> Update:
    """The update that makes a text the one label.

    Args:
        pdf: the file, undamaged and not encrypted.
        text: the label as JSON.

    Raises:
        MarksError: ``file_malformed`` when the file can't be changed safely.
    """
    chain = pdf.chain
    if chain is None:
        raise malformed("pdf", "交叉引用已损坏", "its cross-reference is damaged")
    return _again(pdf, chain, text) or _appended(pdf, chain, text)


def _again(pdf: Pdf, chain: Chain, text: str) -> Update | None:
    """The update made anew when the file ends in one of ours, else None."""
    starts = _offsets(pdf, chain)
    labels = pdf_info.labels(pdf, pdf.info())
    if not starts or len(labels) != 1:
        return None
    held = pdf_info.text_of(pdf, pdf.info(), labels[0])
    first = min(starts)
    for stop in (first, first - 1):  # a line feed may have been needed
        if pdf.view.stop - stop > _MAX_OWN or not isinstance(held, str):
            return None
        try:
            before = opened(View(pdf.view.source, stop))
            if before.chain is None:
                continue
            made = _appended(before, before.chain, held)
        except MarksError as error:
            if error.code != "file_malformed":
                raise
            continue
        if not made.edits and pdf.view.upto(stop, pdf.view.stop - stop) == made.tail:
            return _appended(before, before.chain, text)
    return None


def _offsets(pdf: Pdf, chain: Chain) -> list[int]:
    """Where the last section's objects start; empty when it is none that we could have made."""
    section = chain.sections[0]
    numbers = [part.first for part in section.ranges if part.length == 1]
    if len(chain.sections) < 2 or len(numbers) != len(section.ranges) or len(numbers) > 3:
        return []
    places = [section.locate(pdf.view, number) for number in numbers]
    return [place.offset + chain.base for place in places if place and place.offset]


def _appended(pdf: Pdf, chain: Chain, text: str) -> Update:
    number = chain.next_number
    if number >= _MAX_NUMBER:
        raise malformed("pdf", "对象编号过大", "its objects' numbers are too large")
    signed = pdf.is_signed()
    info = pdf.info()
    edits = [] if signed else _blanks(pdf, info)
    home = info if info and info.number else Object(number, 0, Dict(), b"")
    number += home.number == number
    bodies = [(home, _info_body(pdf, info, text))]
    metadata = pdf.metadata()
    packet = pdf.packet(metadata) if metadata else b""
    if metadata and packet and xmp.find(packet):
        emptied = packets.emptied(packet)
        if signed or "Filter" in metadata.entries or not metadata.number:
            bodies.append((metadata, _stream_body(metadata, emptied)))
        else:
            edits.append((metadata.stream, metadata.stream + len(packet), emptied))
    return Update(pdf.view.stop, edits, _tail(pdf, chain, bodies, number))


def _blanks(pdf: Pdf, info: Object | None) -> list[Edit]:
    """The labels of Info blanked where they stand, so that no reader of bytes finds two."""
    if info is None or info.start < 0:
        return []
    return [
        (info.start + entry.start, info.start + entry.stop, b" " * (entry.stop - entry.start))
        for entry in pdf_info.labels(pdf, info)
    ]


def _info_body(pdf: Pdf, info: Object | None, text: str) -> bytes:
    lines = [b"<<"]
    if info is not None:
        labels = pdf_info.labels(pdf, info)
        kept = [entry for entry in info.entries.entries if entry not in labels]
        lines += [info.data[entry.start : entry.stop] for entry in kept]
    return b"\n".join([*lines, b"/AIGC " + encoded(text), b">>"])


def _stream_body(found: Object, data: bytes) -> bytes:
    dropped = {"Length", "DL", "Filter", "DecodeParms"}
    kept = [
        found.data[entry.start : entry.stop]
        for entry in found.entries.entries
        if entry.key not in dropped
    ]
    head = b"\n".join([b"<<", *kept, b"/Length %d" % len(data), b">>"])
    return head + b"\nstream\n" + data + b"\nendstream"


def _tail(pdf: Pdf, chain: Chain, bodies: list[tuple[Object, bytes]], number: int) -> bytes:
    """Objects, cross-reference of the kind that the file has, trailer."""
    view = pdf.view
    last = view.upto(view.stop - 1, 1)
    tail = bytearray(b"" if last in {b"\n", b"\r"} else b"\n")
    start = view.stop - chain.base
    rows: list[tuple[int, int, int]] = []
    for found, body in bodies:
        rows.append((found.number, start + len(tail), found.generation))
        tail += b"%d %d obj\n%b\nendobj\n" % (found.number, found.generation, body)
    here = start + len(tail)
    if here > _MAX_OFFSET:
        raise malformed("pdf", "文件过大", "it is too large for its cross-reference")
    is_stream = chain.sections[0].rows is not None
    if is_stream:
        rows.append((number, here, 0))
    rows.sort()
    size = max(number + is_stream, chain.next_number)
    entries = _trailer_entries(pdf, chain, bodies, size)
    if is_stream:
        width = max(4, (here.bit_length() + 7) // 8)
        data = b"".join(
            b"\1" + at.to_bytes(width, "big") + generation.to_bytes(2, "big")
            for _, at, generation in rows
        )
        index = b" ".join(b"%d 1" % each for each, _, _ in rows)
        entries += [b"/Type /XRef", b"/W [1 %d 2]" % width, b"/Index [%b]" % index]
        entries += [b"/Length %d" % len(data)]
        head = b"\n".join([b"%d 0 obj" % number, b"<<", *entries, b">>"])
        tail += head + b"\nstream\n" + data + b"\nendstream\nendobj\n"
    else:
        tail += b"xref\n"
        for each, at, generation in rows:
            tail += b"%d 1\n%010d %05d n \n" % (each, at, generation)
        tail += b"\n".join([b"trailer", b"<<", *entries, b">>"]) + b"\n"
    return bytes(tail + b"startxref\n%d\n%%%%EOF\n" % here)


def _trailer_entries(
    pdf: Pdf, chain: Chain, bodies: list[tuple[Object, bytes]], size: int
) -> list[bytes]:
    old = chain.trailer
    own = _OWN_KEYS | _STREAM_KEYS if old.number else _OWN_KEYS
    handed = {entry.key: entry for entry in old.entries.entries if entry.key not in own}
    lines = [old.data[entry.start : entry.stop] for entry in handed.values()]
    info, body = bodies[0]
    lines.append(b"/Info %d %d R" % (info.number, info.generation))
    names = pdf.resolved(old.entries.get("ID"))
    if isinstance(names, list) and len(names) == 2:
        first, second = names
        if isinstance(first, bytes) and isinstance(second, bytes):
            # The second names this version of the file (14.4); made of what changes it.
            renewed = hashlib.md5(second + body, usedforsecurity=False).hexdigest()
            lines.append(b"/ID [<%b> <%b>]" % (first.hex().encode(), renewed.encode()))
    return [*lines, b"/Size %d" % size, b"/Prev %d" % chain.start]
