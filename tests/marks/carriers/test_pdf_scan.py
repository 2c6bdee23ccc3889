"""Files without a cross-reference, made out by a scan."""

import io

import pikepdf
import pytest
from tests.marks.samples import documents as made

from hegui.marks import MarksError
from hegui.marks.carriers import pdf_scan
from hegui.marks.carriers.pdf_object import View, object_at
from hegui.marks.carriers.pdf_scan import scan
from hegui.marks.source import Source


def view(data: bytes) -> View:
    return View(Source.of(data), len(data))


@pytest.mark.parametrize("gap", [0, pdf_scan._STEP - 700, pdf_scan._STEP - 20])
def test_objects_are_found_wherever_they_stand(gap: int) -> None:
    seen = view(made.section(b"%PDF-1.4\n" + b"%" * gap + b"\n", {**made.PAGES, 4: made.INFO}, b""))
    found = scan(seen)
    for number in range(1, 5):
        place = found.locate(number)
        assert place is not None
        assert object_at(seen, place.offset).number == number
    assert found.locate(9) is None
    assert found.trailer.entries["Root"] == (1, 0)


def test_the_last_object_and_the_last_trailer_count() -> None:
    data = made.section(made.pdf(), {4: b"<< /Title (new) >>"}, b"/ID [<01> <02>]")
    found = scan(view(data + b"trailer << /Size 3 >>"))
    place = found.locate(4)
    assert place is not None
    assert place.offset > len(made.pdf()) - 1
    assert "ID" in found.trailer.entries


def test_objects_in_object_streams_are_found() -> None:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(made.pdf())) as pdf:
        pdf.save(out, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    found = scan(view(out.getvalue()))
    root = found.trailer.entries["Root"]
    assert isinstance(root, tuple)
    place = found.locate(root[0])
    assert place is not None
    assert place.container


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"%PDF-1.4\n1 0 obj << >> endobj", "file_malformed"),
        (b"trailer << /Size 3 >>", "file_malformed"),
        (b"1 0 obj " * (pdf_scan.MAX_OBJECTS + 1), "file_too_complex"),
    ],
)
def test_what_is_no_file_is_refused(data: bytes, code: str) -> None:
    with pytest.raises(MarksError) as caught:
        scan(view(data))
    assert caught.value.code == code


def test_a_large_file_is_not_scanned(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_scan, "MAX_SCAN", 100)
    with pytest.raises(MarksError) as caught:
        scan(view(made.pdf()))
    assert caught.value.code == "file_malformed"
