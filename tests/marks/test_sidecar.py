"""The file beside a file: written, read, and told when it belongs to another content."""

import hashlib
import json
from pathlib import Path

import pytest
from tests.marks.wild import CODE

from hegui.marks import Label, MarksError, Verdict, propagate, read, write
from hegui.marks.sidecar import SUFFIX, beside, write_beside

LABEL = Label.first(CODE, "a1")


@pytest.fixture
def text(tmp_path: Path) -> Path:
    path = tmp_path / "note.txt"
    path.write_text("Some text.\n")
    return path


def test_it_is_written_beside_and_read_with_the_file(text: Path) -> None:
    before = text.read_bytes()
    write(text, LABEL, sidecar=True)
    assert text.read_bytes() == before
    told = json.loads((text.parent / "note.txt.aigc.json").read_bytes())
    assert told == {
        "AIGC": json.loads(LABEL.to_json()),
        "File": {"Name": "note.txt", "SHA-256": hashlib.sha256(before).hexdigest()},
    }
    reading = read(text)
    assert reading.verdict is Verdict.CONFORMING
    assert reading.carriers == ("sidecar",)
    assert [one.code for one in reading.findings] == ["sidecar-only"]
    assert reading.label == LABEL


def test_writing_again_replaces_it(text: Path) -> None:
    write_beside(text, LABEL)
    first = beside(text).read_bytes()
    write_beside(text, Label.first(CODE, "b2"))
    write_beside(str(text), LABEL, durable=True)
    assert beside(text).read_bytes() == first
    assert sorted(path.name for path in text.parent.iterdir()) == ["note.txt", f"note.txt{SUFFIX}"]


def test_of_another_content_it_is_an_error(text: Path) -> None:
    write_beside(text, LABEL)
    text.write_text("Other text.\n")
    reading = read(text)
    assert reading.verdict is Verdict.NONCONFORMING
    assert "sidecar-content" in {one.code for one in reading.findings}


def test_a_file_that_holds_a_label_speaks_for_itself(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_bytes(b"{}")
    write_beside(path, LABEL)
    path.write_bytes(b'{"AIGC":' + Label.first(CODE, "own").to_json() + b"}")
    reading = read(path)
    assert reading.carriers == ("member",)
    assert reading.label == Label.first(CODE, "own")


@pytest.mark.parametrize(
    "data",
    [b"", b"{", b"[]", b"\xff\xfe", b'{"AIGC": 1}', b'{"File": {"SHA-256": 1}}', b"x" * 100_000],
)
def test_a_sidecar_that_is_none_is_told(text: Path, data: bytes) -> None:
    beside(text).write_bytes(data)
    reading = read(text)
    assert reading.verdict is Verdict.NONCONFORMING
    assert "value-malformed" in {one.code for one in reading.findings}


def test_one_that_does_not_say_its_content_is_taken_as_it_is(text: Path) -> None:
    beside(text).write_bytes(b'{"AIGC":' + LABEL.to_json() + b"}")
    assert read(text).verdict is Verdict.CONFORMING
    beside(text).write_bytes(b"\xef\xbb\xbf" + LABEL.to_json())
    assert read(text).label == LABEL


def test_a_format_that_is_not_known_may_have_one(tmp_path: Path) -> None:
    path = tmp_path / "model.bin"
    path.write_bytes(bytes(range(256)))
    assert read(path).verdict is Verdict.UNREADABLE
    write(path, LABEL, sidecar=True)
    assert read(path).verdict is Verdict.CONFORMING


def test_bytes_have_no_place_beside_them() -> None:
    with pytest.raises(MarksError) as caught:
        write_beside(b"Some text.", LABEL)
    assert caught.value.code == "sidecar_needs_path"


def test_a_file_with_a_label_of_its_own_takes_none(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_bytes(b'{"AIGC":' + Label.first(CODE, "own").to_json() + b"}")
    for refused in (
        lambda: write(path, LABEL, sidecar=True),
        lambda: propagate(path, CODE, "p-1", sidecar=True),
    ):
        with pytest.raises(MarksError) as caught:
            refused()
        assert caught.value.code == "sidecar_needless"
    assert list(tmp_path.iterdir()) == [path]


def test_it_takes_no_other_place(text: Path) -> None:
    other = text.parent / "other.txt"
    for refused in (
        lambda: write(text, LABEL, to=other, sidecar=True),
        lambda: propagate(text, CODE, "p-1", to=other, sidecar=True),
    ):
        with pytest.raises(MarksError) as caught:
            refused()
        assert caught.value.code == "sidecar_target"
    assert list(text.parent.iterdir()) == [text]


def test_a_file_that_is_not_there_leaves_nothing_behind(tmp_path: Path) -> None:
    with pytest.raises(MarksError) as caught:
        write_beside(tmp_path / "none.txt", LABEL)
    assert caught.value.code == "file_unavailable"
    assert list(tmp_path.iterdir()) == []
