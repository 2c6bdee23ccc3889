"""Movies and pictures made of boxes by hand, so that every offset is known."""

import struct
from typing import Any

from hegui.marks import Label
from hegui.marks.formats import carrier
from hegui.marks.plan import Span, Wanted, render
from hegui.marks.reading import Contents
from hegui.marks.source import Source

FIRST = Label.first("001191000000MA0000000N10000", "0123456789abcdef")
OTHER = Label("2", '某公司 "甲"', "a\\b", "x" * 300, "", "", "")
TEXT = FIRST.to_json().decode()
#: What is told apart in the media, and so must be found again.
CHUNKS = tuple(f"<chunk {number:04}>".encode() for number in range(5))
XMP_UUID = bytes.fromhex("be7acfcb97a942e89c71999491e3afac")


def box(kind: bytes, *parts: bytes) -> bytes:
    data = b"".join(parts)
    return struct.pack(">I", 8 + len(data)) + kind + data


def wide(kind: bytes, *parts: bytes) -> bytes:
    data = b"".join(parts)
    return struct.pack(">I4sQ", 1, kind, 16 + len(data)) + data


def full(kind: bytes, *parts: bytes, version: int = 0, flags: int = 0) -> bytes:
    return box(kind, struct.pack(">I", version << 24 | flags), *parts)


def handler(kind: bytes) -> bytes:
    return full(b"hdlr", bytes(4), kind, bytes(13))


def value(text: bytes, kind: int = 1) -> bytes:
    return box(b"data", struct.pack(">II", kind, 0), text)


def keyed(*items: tuple[bytes, bytes], form: str = "iso") -> bytes:
    """A list of keys and values, its ``meta`` in the ISO or in the QuickTime form."""
    keys = full(b"keys", struct.pack(">I", len(items)), *(box(b"mdta", key) for key, _ in items))
    held = (box(struct.pack(">I", at), value(text)) for at, (_, text) in enumerate(items, 1))
    inner = (handler(b"mdta"), keys, box(b"ilst", *held))
    return full(b"meta", *inner) if form == "iso" else box(b"meta", *inner)


def itunes(*items: tuple[bytes, bytes]) -> bytes:
    return full(
        b"meta",
        handler(b"mdir"),
        box(b"ilst", *(box(kind, value(text)) for kind, text in items)),
    )


def track(places: bytes, reference: int = 1) -> bytes:
    dref = full(b"dref", struct.pack(">I", 1), full(b"url ", flags=reference))
    minf = box(b"minf", box(b"dinf", dref), box(b"stbl", places))
    return box(b"trak", box(b"mdia", minf))


def stco(offsets: list[int]) -> bytes:
    return full(b"stco", struct.pack(f">I{len(offsets)}I", len(offsets), *offsets))


def co64(offsets: list[int]) -> bytes:
    return full(b"co64", struct.pack(f">I{len(offsets)}Q", len(offsets), *offsets))


FTYP = box(b"ftyp", b"isom\0\0\2\0isommp42")
MDAT = box(b"mdat", *CHUNKS)


def movie(
    *, first: bool, udta: bytes | None = None, extra: bytes = b"", between: bytes = b"",
    table: Any = stco,
) -> bytes:  # fmt: skip
    """A movie whose chunks are ``CHUNKS``.

    Args:
        first: whether ``moov`` stands before the media.
        udta: the content of ``moov.udta``.
        extra: further boxes in ``moov``.
        between: boxes behind the first of the two.
        table: what makes the table of offsets.
    """
    user = b"" if udta is None else box(b"udta", udta)

    def moov(start: int) -> bytes:
        offsets = [start + 8 + sum(map(len, CHUNKS[:at])) for at in range(len(CHUNKS))]
        return box(b"moov", full(b"mvhd", bytes(96)), track(table(offsets)), user, extra)

    if not first:
        return FTYP + MDAT + between + moov(len(FTYP))
    head = len(FTYP) + len(moov(0)) + len(between)
    return FTYP + moov(head) + between + MDAT


def chunks(data: bytes) -> list[bytes]:
    """What stands where the tables of offsets point: a naive reading of all of them."""
    found = []
    for name, code in ((b"stco", "I"), (b"co64", "Q")):
        at = data.find(name)
        while at >= 0:
            (count,) = struct.unpack(">I", data[at + 8 : at + 12])
            size = struct.calcsize(code)
            offsets = struct.unpack(f">{count}{code}", data[at + 12 : at + 12 + count * size])
            found += [data[offset : offset + len(CHUNKS[0])] for offset in offsets]
            at = data.find(name, at + 4)
    return found


def sizes_add_up(data: bytes) -> bool:
    """Whether the file's own boxes follow one another up to the end."""
    at = 0
    while at < len(data):
        size = int.from_bytes(data[at : at + 4], "big")
        size = int.from_bytes(data[at + 8 : at + 16], "big") if size == 1 else size
        at = len(data) if size == 0 else at + size
    return at == len(data)


def read(data: bytes, name: str) -> Contents:
    source = Source.of(data)
    kind = carrier(name).sniff(data[:4096], source)
    assert kind is not None
    return carrier(name).read(source, kind)


def values(data: bytes, name: str) -> list[object]:
    return [place.value for place in read(data, name).places]


def write(data: bytes, name: str, label: Label = FIRST, source_type: str | None = None) -> bytes:
    source = Source.of(data)
    kind = carrier(name).sniff(data[:4096], source)
    assert kind is not None
    return render(source, carrier(name).write(source, kind, Wanted(label, source_type)))


def kept(data: bytes, name: str, label: Label = FIRST) -> bytes:
    """The bytes of the original that a plan keeps."""
    source = Source.of(data)
    kind = carrier(name).sniff(data[:4096], source)
    assert kind is not None
    plan = carrier(name).write(source, kind, Wanted(label))
    return b"".join(data[piece.start : piece.stop] for piece in plan if isinstance(piece, Span))
