"""PDF objects: what is read, what is too short, what is broken."""

import io

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hegui.marks import MarksError
from hegui.marks.carriers.pdf_syntax import (
    Dict,
    Name,
    Parser,
    Ref,
    ShortBufferError,
    decoded,
    encoded,
)


def value(data: bytes) -> object:
    return Parser(data, whole=True).value()


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"true", True),
        (b" %x\n null", None),
        (b"-12", -12),
        (b"+.5", 0.5),
        (b"4.", 4.0),
        (b"/A#20b#", Name("A b#")),
        (b"/", Name("")),
        (b"12 0 R", Ref(12, 0)),
        (b"12 0 Rx", 12),
        (b"[1 0 R 2 3]", [Ref(1, 0), 2, 3]),
        (b"(a(b)c)", b"a(b)c"),
        (b"(\\n\\)\\\\\\101\\7z\\q)", b"\n)\\A\x07zq"),
        (b"(a\\\r\nb\r\nc)", b"ab\nc"),
        (b"<48 6>", b"H`"),
        (b"<< /A << /B[/C(>>)] >> >>", {"A": {"B": [Name("C"), b">>"]}}),
    ],
)
def test_each_kind_of_object_is_read(data: bytes, expected: object) -> None:
    assert value(data) == expected


def test_entries_keep_their_places() -> None:
    data = b"<</A 1/B (x) %c\n /A<<>>>>"
    found = value(data)
    assert isinstance(found, Dict)
    assert [(each.key, data[each.start : each.stop]) for each in found.entries] == [
        ("A", b"/A 1"),
        ("B", b"/B (x)"),
        ("A", b"/A<<>>"),
    ]


@pytest.mark.parametrize(
    "data", [b"", b"<<", b"<</A", b"[1 ", b"(a", b"<48", b"12", b"12 0", b"/Name", b"tru"]
)
def test_a_cut_object_is_short_when_more_may_follow(data: bytes) -> None:
    with pytest.raises(ShortBufferError):
        Parser(data, whole=False).value()


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "file_malformed"),
        (b"<<", "file_malformed"),
        (b"<</A>>", "file_malformed"),
        (b"<< 1 2 >>", "file_malformed"),
        (b"]", "file_malformed"),
        (b"(a", "file_malformed"),
        (b"<4x>", "file_malformed"),
        (b"endobj", "file_malformed"),
        (b"9" * 5000, "file_malformed"),
        (b"[" * 100, "file_too_complex"),
        (b"[" + b"0 " * 300_000 + b"]", "file_too_complex"),
        (b"(" * 300_000, "file_too_complex"),
    ],
)
def test_what_is_broken_is_refused(data: bytes, code: str) -> None:
    with pytest.raises(MarksError) as caught:
        value(data)
    assert caught.value.code == code


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"plain", "plain"),
        (b"\xfe\xff\x4e\x2d", "中"),
        (b"\xff\xfe\x2d\x4e", "中"),
        (b"\xef\xbb\xbf\xe4\xb8\xad", "中"),
        (b"\xe4\xb8\xad", "中"),
        (b"caf\xe9 \x80\xa0", "café •€"),
    ],
)
def test_text_strings_are_read_in_every_encoding(data: bytes, text: str) -> None:
    assert decoded(data) == text


@settings(deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_what_is_encoded_is_read_by_us_and_by_pikepdf(text: str) -> None:
    data = encoded(text)
    assert decoded(value(data)) == text  # type: ignore[arg-type]
    assert str(pikepdf.Object.parse(data)) == text


def test_pikepdf_and_we_agree_on_a_dictionary() -> None:
    out = io.BytesIO()
    made = pikepdf.new()
    made.docinfo["/K"] = pikepdf.Dictionary(
        A=[1, 2.5, True, pikepdf.String("(é\\")], B=pikepdf.Name("/x y")
    )
    made.save(out)
    data = out.getvalue()
    found = value(data[data.index(b"/K ") + 3 :])
    assert found == {"A": [1, 2.5, True, "(é\\".encode("latin-1")], "B": Name("x y")}
