"""Streams and object streams: predictors, wrong lengths, bombs."""

import zlib

import pytest

from hegui.marks import MarksError
from hegui.marks.carriers.pdf_object import View, members, object_at, stream_bytes
from hegui.marks.source import Source

LIMIT = 10_000


def view(data: bytes) -> View:
    return View(Source.of(data), len(data))


def stream(entries: bytes, data: bytes) -> bytes:
    return b"7 0 obj\n<< %b >>\nstream\r\n%b\nendstream endobj" % (entries, data)


def unpacked(entries: bytes, data: bytes, length: int | None = None) -> bytes:
    seen = view(stream(entries, data))
    return stream_bytes(seen, object_at(seen, 0), length, LIMIT)


def filtered(rows: list[bytes], kinds: list[int]) -> bytes:
    """PNG prediction done the plain way, as the other side."""
    out, above = b"", bytes(len(rows[0]))
    for row, kind in zip(rows, kinds, strict=True):
        line = bytearray()
        for at, byte in enumerate(row):
            left, corner = (row[at - 1], above[at - 1]) if at else (0, 0)
            guess = left + above[at] - corner
            nearest = min((left, above[at], corner), key=lambda each: abs(guess - each))
            tried = (0, left, above[at], (left + above[at]) // 2, nearest)
            line.append((byte - tried[kind]) & 0xFF)
        out += bytes([kind]) + line
        above = row
    return out


@pytest.mark.parametrize("kinds", [[2, 2, 2, 2], [0, 1, 2, 3], [4, 4, 3, 1]])
def test_every_predictor_is_undone(kinds: list[int]) -> None:
    rows = [bytes([7, 250, 3]), bytes([9, 1, 255]), bytes([0, 0, 128]), bytes([200, 100, 50])]
    entries = b"/Filter [/FlateDecode] /DecodeParms [<< /Predictor 12 /Columns 3 >>]"
    assert unpacked(entries, zlib.compress(filtered(rows, kinds))) == b"".join(rows)


@pytest.mark.parametrize("length", [None, 0, 3, 5, 10_000_000, -4])
def test_a_wrong_length_does_not_matter(length: int | None) -> None:
    assert unpacked(b"/Length 5", b"12345", length).rstrip() == b"12345"
    assert unpacked(b"/Filter /FlateDecode", zlib.compress(b"12345"), length) == b"12345"


@pytest.mark.parametrize(
    ("entries", "data", "code"),
    [
        (b"/Filter /LZWDecode", b"x", "file_malformed"),
        (b"/Filter [/FlateDecode /FlateDecode]", b"x", "file_malformed"),
        (b"/Filter /FlateDecode", b"not packed", "file_malformed"),
        (b"/Filter /FlateDecode", zlib.compress(bytes(LIMIT + 1)), "file_too_complex"),
        (b"/Filter /FlateDecode /DecodeParms << /Predictor 2 >>", zlib.compress(b"x"),
         "file_malformed"),
        (b"/Filter /FlateDecode /DecodeParms << /Predictor 12 /Columns 999 >>",
         zlib.compress(b"x"), "file_malformed"),
        (b"/Filter /FlateDecode /DecodeParms << /Predictor 12 >>", zlib.compress(b"\x09x"),
         "file_malformed"),
    ],
)  # fmt: skip
def test_other_encodings_and_bombs_are_refused(entries: bytes, data: bytes, code: str) -> None:
    with pytest.raises(MarksError) as caught:
        unpacked(entries, data)
    assert caught.value.code == code


def test_an_object_may_be_larger_than_the_first_window() -> None:
    data = b"3 1 obj << /K (" + b"x" * 100_000 + b") >> endobj"
    found = object_at(view(data), 0)
    assert (found.number, found.generation, found.stream) == (3, 1, -1)
    assert found.entries["K"] == b"x" * 100_000


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "file_malformed"),
        (b"x 0 obj", "file_malformed"),
        (b"1 0 object", "file_malformed"),
        (b"1 0 obj <<", "file_malformed"),
        (b"1 0 obj (" + b"x" * 9_000_000, "file_too_complex"),
    ],
)
def test_what_is_no_object_is_refused(data: bytes, code: str) -> None:
    with pytest.raises(MarksError) as caught:
        object_at(view(data), 0)
    assert caught.value.code == code


def test_an_object_stream_tells_its_members() -> None:
    entries = b"/Type /ObjStm /N 2 /First 9 /Filter /FlateDecode"
    seen = view(stream(entries, zlib.compress(b"11 0 9 3 123<< /A 5 0 R >>")))
    held = members(seen, object_at(seen, 0), LIMIT)
    assert {number: held.data[at : at + 2] for number, at in held.places.items()} == {
        11: b"12",
        9: b"<<",
    }


@pytest.mark.parametrize(
    "entries", [b"/N 9 /First 4", b"/N -1 /First 4", b"/N 1", b"/N /X /First 4"]
)
def test_a_broken_object_stream_is_refused(entries: bytes) -> None:
    seen = view(stream(entries, b"1 0 null"))
    with pytest.raises(MarksError) as caught:
        members(seen, object_at(seen, 0), LIMIT)
    assert caught.value.code == "file_malformed"


def test_a_view_ends_before_the_file_does() -> None:
    seen = View(Source.of(b"0123456789"), 4)
    assert seen.upto(2, 10) == b"23"
    assert seen.upto(4, 1) == seen.upto(-1, 3) == b""


def test_the_row_by_row_way_is_bounded() -> None:
    rows = zlib.compress(b"\1\0" * 1_500_000)
    seen = view(stream(b"/Filter /FlateDecode /DecodeParms << /Predictor 12 /Columns 1 >>", rows))
    with pytest.raises(MarksError) as caught:
        stream_bytes(seen, object_at(seen, 0), None, 8_000_000)
    assert caught.value.code == "file_too_complex"
