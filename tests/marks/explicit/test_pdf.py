"""PDF: a line in a corner of the page as it is shown, with its font, read by other programs."""

import subprocess
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from tests.tools import need

from hegui.marks import MarksError
from hegui.marks.explicit import pdf
from hegui.marks.explicit.wish import DOCUMENT_TEXT, Corner, Wish
from hegui.marks.source import Source


def document(*turns: int, shared: bool = False) -> bytes:
    made = pikepdf.new()
    resources = made.make_indirect(pikepdf.Dictionary())
    for turn in turns:
        page = made.add_blank_page(page_size=(595, 842))
        page.obj.Rotate = turn
        page.obj.CropBox = pikepdf.Array([20, 30, 575, 820])
        page.contents_add(pikepdf.Stream(made, b"0.8 g 0 0 595 842 re f 3 0 0 3 0 0 cm"))
        if shared:
            page.obj.Resources = resources
    made.docinfo["/Title"] = "name"
    made.docinfo["/AIGC"] = '{"Label":"1"}'
    out = BytesIO()
    made.save(out)
    return out.getvalue()


def drawn(data: bytes, wish: Wish | None = None) -> bytes:
    out = BytesIO()
    assert pdf.draw(Source.of(data), "pdf", wish or Wish(), out)
    assert not pdf.draw(Source.of(out.getvalue()), "pdf", wish or Wish(), BytesIO())
    return out.getvalue()


def words(
    data: bytes, folder: Path, *, lying: bool = False
) -> list[tuple[str, float, float, float, float]]:
    """What poppler reads, with its box in parts of the page as it is shown."""
    path = folder / "a.pdf"
    path.write_bytes(data)
    told = subprocess.run(
        [need("pdftotext"), "-cropbox", "-bbox", path, "-"],
        capture_output=True,
        check=True,
        text=True,
    ).stdout
    width, height = (790.0, 555.0) if lying else (555.0, 790.0)
    found = []
    for line in told.splitlines():
        parts = line.split('"')
        if "<word" in line:
            left, top, right, bottom = (float(parts[at]) for at in (1, 3, 5, 7))
            text = line.split(">")[1].split("<")[0]
            found.append((text, left / width, top / height, right / width, bottom / height))
    return found


@pytest.mark.parametrize("turn", [0, 90, 180, 270, -90])
def test_it_is_upright_in_its_corner(turn: int, tmp_path: Path) -> None:
    corners: tuple[Corner, ...] = ("top-right", "bottom-left")
    for corner in corners:
        marked = drawn(document(turn), Wish(corner=corner))
        ((text, left, top, right, bottom),) = words(marked, tmp_path, lying=turn % 180 != 0)
        assert text == DOCUMENT_TEXT
        assert right - left > bottom - top
        assert (top < 0.1, right > 0.85) == (
            (True, True) if corner == "top-right" else (False, False)
        )
        assert 0 <= left < right <= 1


def test_the_first_page_or_each(tmp_path: Path) -> None:
    before = document(0, 0, 0)
    assert len(words(drawn(before), tmp_path)) == 1
    whole = drawn(before, Wish(throughout=True))
    assert len(words(whole, tmp_path)) == 3
    assert len(words(drawn(drawn(before), Wish(throughout=True)), tmp_path)) == 3


def test_pages_that_share_their_resources(tmp_path: Path) -> None:
    first = drawn(document(0, 0, shared=True))
    assert len(words(first, tmp_path)) == 1
    assert len(words(drawn(first, Wish(throughout=True)), tmp_path)) == 2


def test_what_the_document_holds_stays(tmp_path: Path) -> None:
    after = drawn(document(0))
    with pikepdf.open(BytesIO(after)) as told:
        assert str(told.docinfo["/AIGC"]) == '{"Label":"1"}'
        assert str(told.docinfo["/Title"]) == "name"
        contents = [stream.read_bytes() for stream in told.pages[0].obj.Contents]
        assert b"0.8 g 0 0 595 842 re f 3 0 0 3 0 0 cm" in contents
    path = tmp_path / "a.pdf"
    path.write_bytes(after)
    done = subprocess.run(
        [need("qpdf"), "--check", path], capture_output=True, text=True, check=True
    )
    assert "No syntax or stream encoding errors" in done.stdout
    fonts = subprocess.run([need("pdffonts"), path], capture_output=True, text=True, check=True)
    assert "HGMARK+HeguiMark-Bold" in fonts.stdout
    assert fonts.stdout.split("Identity-H")[1].split()[:3] == ["yes", "yes", "yes"]


def test_the_same_file_is_made_twice() -> None:
    assert drawn(document(0)) == drawn(document(0))


def test_an_encrypted_document_is_refused() -> None:
    for password in ("", "secret"):
        out = BytesIO()
        with pikepdf.open(BytesIO(document(0))) as made:
            made.save(out, encryption=pikepdf.Encryption(owner="owner", user=password))
        with pytest.raises(MarksError) as caught:
            pdf.draw(Source.of(out.getvalue()), "pdf", Wish(), BytesIO())
        assert caught.value.code == "file_protected"


def test_a_signed_document_is_refused() -> None:
    out = BytesIO()
    with pikepdf.open(BytesIO(document(0))) as made:
        signature = pikepdf.Dictionary(
            Type=pikepdf.Name.Sig, ByteRange=[0, 1, 2, 3], Contents=pikepdf.String("x")
        )
        made.Root.AcroForm = pikepdf.Dictionary(Fields=[made.make_indirect(signature)])
        made.save(out)
    with pytest.raises(MarksError) as caught:
        pdf.draw(Source.of(out.getvalue()), "pdf", Wish(), BytesIO())
    assert caught.value.code == "mark_signed"


def test_no_page_and_no_pdf_are_told() -> None:
    told = [(document(), "mark_empty"), (b"%PDF-1.7\n%%EOF", "file_malformed")]
    for data, code in told:
        with pytest.raises(MarksError) as caught:
            pdf.draw(Source.of(data), "pdf", Wish(), BytesIO())
        assert caught.value.code == code
