"""Plain text: its explicit mark is a trace, and no label is written into it."""

from pathlib import Path

import pytest
from tests.marks.wild import CODE

from hegui.marks import Label, MarksError, Verdict, read, write

LABEL = Label.first(CODE, "a1")


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("Some text.\n", Verdict.UNLABELLED),
        ("", Verdict.UNLABELLED),
        ("AI生成\n\nSome text.\n", Verdict.SUSPECTED),
        ("Some text.\n" * 50_000 + "\n（内容由人工智能生成）\n", Verdict.SUSPECTED),
        (
            "A long story of how AI 生成 came about and what it means for everybody.\n",
            Verdict.UNLABELLED,
        ),
        ("One.\n" * 100 + "AI生成\n" + "Two.\n" * 100, Verdict.UNLABELLED),
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_mark_of_its_own_at_an_edge_is_a_trace(
    text: str, verdict: Verdict, encoding: str
) -> None:
    reading = read(text.encode(encoding))
    assert reading.format == "text"
    assert reading.verdict is verdict


@pytest.mark.parametrize(
    "data",
    [bytes(range(256)), b"\0\0\0\0", b"text\0more", b"\x01\x02", b"\xff\xff\xff", b"a\x80 \xff"],
)
def test_what_is_no_text(data: bytes) -> None:
    assert read(data).verdict is Verdict.UNREADABLE


def test_writing_is_refused_and_offers_a_sidecar(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("Some text.\n")
    with pytest.raises(MarksError) as caught:
        write(path, LABEL)
    assert caught.value.code == "format_no_carrier"
    assert "--sidecar" in caught.value.en
    assert path.read_text() == "Some text.\n"


def test_a_large_file_is_read_at_its_edges(tmp_path: Path) -> None:
    path = tmp_path / "big.log"
    with path.open("wb") as out:
        out.truncate(0)
        for _ in range(40):
            out.write(b"A line of a log.\n" * 60_000)
        out.write("人工智能生成\n".encode())
    assert read(path).verdict is Verdict.SUSPECTED
