"""Adding a mark to a file: labels and files are kept, on any error the original is whole."""

import subprocess
import sys
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import pikepdf
import pytest
from tests.marks.explicit.films import film, sound
from tests.marks.explicit.pictures import encoded, ground

from hegui import marks
from hegui.marks import Label, MarksError, explicit
from hegui.marks.explicit import adding
from hegui.marks.formats import FORMATS

LABEL = Label.first("001191000000MA0000000N10000", "0123456789")


def files() -> dict[str, bytes]:
    """A small file of each kind."""
    picture = ground("busy", 240, 180)
    page, document = BytesIO(), BytesIO()
    with pikepdf.new() as made:
        made.add_blank_page()
        made.save(page)
    report = docx.Document()
    report.add_paragraph("正文")
    report.save(document)
    return {
        "a.jpg": encoded(picture, "JPEG"),
        "a.png": encoded(picture, "PNG"),
        "a.webp": encoded(picture, "WEBP"),
        "a.gif": encoded(picture, "GIF"),
        "a.tif": encoded(picture, "TIFF"),
        "a.avif": encoded(picture, "AVIF"),
        "a.svg": b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><g/></svg>',
        "a.mp4": film(seconds=0.5),
        "a.webm": film("webm", "libvpx-vp9", seconds=0.5, sound="libopus"),
        "a.avi": film("avi", "mpeg4", seconds=0.5, sound="libmp3lame"),
        "a.mp3": sound("mp3", "libmp3lame"),
        "a.m4a": sound("ipod", "aac"),
        "a.flac": sound("flac", "flac"),
        "a.opus": sound("opus", "libopus"),
        "a.wav": sound("wav", "pcm_s16le"),
        "a.pdf": page.getvalue(),
        "a.docx": document.getvalue(),
        "a.md": "# 标题\n\n正文\n".encode(),
        "a.html": b"<!doctype html><html><head><title>x</title></head><body>x</body></html>",
    }


FILES = files()


@pytest.mark.parametrize("name", FILES)
def test_the_implicit_label_stays_and_twice_is_once(name: str, tmp_path: Path) -> None:
    labelled = marks.write(FILES[name], LABEL)
    assert labelled is not None
    path = tmp_path / name
    path.write_bytes(labelled)
    path.chmod(0o640)
    explicit.add(path)
    made = path.read_bytes()
    assert made != labelled
    found = marks.read(path)
    assert found.label == LABEL
    assert len(found.seen) == 1
    assert found.format == marks.read(labelled).format
    assert path.stat().st_mode & 0o777 == 0o640
    assert [each.code for each in explicit.check(path)] == []
    times = path.stat().st_mtime_ns
    explicit.add(path)
    assert path.read_bytes() == made
    assert path.stat().st_mtime_ns == times
    assert not [each for each in tmp_path.iterdir() if each != path]


def test_from_and_to_every_kind_of_place(tmp_path: Path) -> None:
    before, source, target = FILES["a.png"], tmp_path / "in.png", tmp_path / "out.png"
    source.write_bytes(before)
    whole = explicit.add(before)
    assert explicit.add(BytesIO(before)) == whole
    assert explicit.add(source, to=target) is None
    assert (source.read_bytes(), target.read_bytes()) == (before, whole)
    out = BytesIO()
    assert explicit.add(before, to=out) is None
    assert out.getvalue() == whole
    assert whole is not None
    assert explicit.add(whole) == whole
    other = tmp_path / "copy.png"
    explicit.add(whole, to=other)
    assert other.read_bytes() == whole


@pytest.mark.parametrize("name", ["a.json", "a.epub", "a.odt"])
def test_a_format_that_can_not_show_a_mark(name: str) -> None:
    with pytest.raises(MarksError) as caught:
        adding.module_for(name[2:])
    assert caught.value.code == "mark_no_place"


def test_every_format_is_known_by_its_own_name() -> None:
    assert adding.KINDS.keys() <= FORMATS.keys()


@pytest.mark.parametrize(
    ("text", "code"),
    [("AI", "mark_elements"), ("AI生成\n", "mark_text"), ("AI生成龘", "mark_font")],
)
def test_on_an_error_the_original_is_whole(text: str, code: str, tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    path.write_bytes(FILES["a.png"])
    with pytest.raises(MarksError) as caught:
        explicit.add(path, text=text)
    assert caught.value.code == code
    assert path.read_bytes() == FILES["a.png"]
    assert list(tmp_path.iterdir()) == [path]


def test_a_missing_library_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pikepdf", None)
    with pytest.raises(MarksError) as caught:
        explicit.add(FILES["a.pdf"])
    assert caught.value.code == "extra_missing"
    assert "hegui[explicit]" in caught.value.en


def test_a_label_that_would_be_lost_is_no_silent_loss() -> None:
    bad = b'{"Label":"9","ContentProducer":"x"}'
    made: Any = film(
        seconds=0.4, metadata={"AIGC": bad.decode()}, settings={"movflags": "use_metadata_tags"}
    )
    with pytest.raises(MarksError) as caught:
        explicit.add(made)
    assert caught.value.code == "mark_label_lost"


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(MarksError) as caught:
        explicit.add(tmp_path / "none.png")
    assert caught.value.code == "file_unavailable"


def test_importing_it_is_light() -> None:
    names = ["numpy", "PIL", "av", "pikepdf", "asyncio", "socket"]
    code = f"import sys, hegui.marks.explicit; print(*(n for n in {names} if n in sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []
