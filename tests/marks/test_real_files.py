"""Files that other projects made and shipped; the corpus is in ``benchmarks/marks/real.toml``.

These stand in distributions that the tests need anyway, so that they are surely there.
"""

from importlib.resources import files
from pathlib import Path

import pytest
from benchmarks.marks.foreign import PROOFS
from benchmarks.marks.proof import put_in, worse
from benchmarks.marks.real import LABEL, check, listed
from tests.tools import need

from hegui.marks import write
from hegui.marks.formats import FORMATS

#: Format, distribution's package, path inside it.
SHIPPED = (
    ("docx", "docx", "templates/default.docx"),
    ("jpeg", "docx", "templates/default-docx-template/docProps/thumbnail.jpeg"),
    ("pptx", "pptx", "templates/default.pptx"),
    ("svg", "importlinter", "ui/static/favicon.svg"),
    ("png", "importlinter", "ui/static/logo.png"),
    ("html", "importlinter", "ui/static/index.html"),
    ("markdown", "pikepdf", "pdfa/data/README.md"),
    ("json", "pikepdf", "pdfa/data/schemas/pdfa-2b.json"),
)


@pytest.mark.parametrize(("name", "package", "inside"), SHIPPED)
def test_other_tools_hold_the_labelled_file_as_good_as_the_real_one(
    name: str, package: str, inside: str, tmp_path: Path
) -> None:
    need("exiftool")
    told = check(_shipped(package, inside), name, tmp_path)
    assert told["faults"] == []
    assert told["read"] == "unlabelled"
    assert "refused" not in told


def test_a_file_that_lost_pixels_is_told(tmp_path: Path) -> None:
    from PIL import Image

    real, other = _shipped("importlinter", "ui/static/logo.png"), tmp_path / "other.png"
    with Image.open(real) as image:
        pixel = image.convert("RGBA")
        pixel.putpixel((3, 3), (1, 2, 3, 255))
        pixel.save(other)
    assert PROOFS["png"].changed(real, real) == []
    assert PROOFS["png"].changed(real, other) == ["the pixels differ"]


def test_a_damaged_file_is_worse_and_has_no_label(tmp_path: Path) -> None:
    need("exiftool")
    real, copy = _shipped("importlinter", "ui/static/logo.png"), tmp_path / "copy.png"
    copy.write_bytes(real.read_bytes())
    assert PROOFS["png"].labels(copy) == []
    write(copy, LABEL)
    assert worse(PROOFS["png"], real, copy) == []
    copy.write_bytes(copy.read_bytes()[:-20])
    assert worse(PROOFS["png"], real, copy) != []


def test_a_changed_entry_of_a_package_is_told(tmp_path: Path) -> None:
    other = tmp_path / "other.docx"
    data = _shipped("docx", "templates/default.docx").read_bytes()
    other.write_bytes(data.replace(b"word/theme/theme1.xml", b"word/theme/theme9.xml"))
    found = PROOFS["docx"].changed(_shipped("docx", "templates/default.docx"), other)
    assert "word/theme/theme1.xml changed" in found


@pytest.mark.parametrize(
    ("before", "after", "piece"),
    [
        (b"abcd", b"abXcd", "X"),
        (b"aa", b"aaa", "a"),
        (b"", b"X", "X"),
        (b"abcd", b"abXd", None),
        (b"abcd", b"aXbYcd", None),
        (b"abcd", b"abc", None),
    ],
)
def test_one_piece_put_in_is_told_from_other_changes(
    before: bytes, after: bytes, piece: str | None
) -> None:
    assert put_in(before, after) == piece


def test_the_list_names_every_format_and_each_of_its_files_once() -> None:
    told = listed()
    assert list(told) == list(FORMATS)
    for name, rows in told.items():
        assert len({row[:2] for row in rows}) == len(rows), name
        assert all(row[0].split(" ")[0] in ("debian", "pypi") for row in rows)


def test_every_format_is_proven_by_others_or_refuses() -> None:
    refusing = {name for name, told in FORMATS.items() if told.carrier in ("refused", "text")}
    assert set(PROOFS) == set(FORMATS) - refusing


def _shipped(package: str, inside: str) -> Path:
    return Path(str(files(package))) / inside
