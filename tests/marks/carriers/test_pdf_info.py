"""Info's entries: which are labels, and what they say."""

from tests.marks.samples import documents as made

from hegui.marks.carriers import pdf_info
from hegui.marks.carriers.pdf_file import Pdf, opened
from hegui.marks.carriers.pdf_object import View
from hegui.marks.source import Source


def file(info: bytes) -> Pdf:
    data = made.pdf({4: info, 5: b"(far)", 6: b"<< /Label 5 0 R >>"})
    return opened(View(Source.of(data), len(data)))


def test_labels_are_told_by_their_names() -> None:
    pdf = file(
        b'<< /AIGC (a) /Title (AIGC) /aigc (b) /A#49GC (c) /AIGCx (n) /xAIGC ({"Label":1}) >>'
    )
    info = pdf.info()
    assert [entry.key for entry in pdf_info.labels(pdf, info)] == ["AIGC", "aigc", "AIGC", "xAIGC"]
    assert pdf_info.others(pdf, info) == [("Title", "AIGC"), ("AIGCx", "n")]


def test_values_are_followed_and_made_plain() -> None:
    pdf = file(b"<< /AIGC 5 0 R /AIGC 6 0 R >>")
    info = pdf.info()
    entries = pdf_info.labels(pdf, info)
    assert [pdf_info.text_of(pdf, info, entry) for entry in entries] == [{"Label": "far"}] * 2
    assert info is not None
    assert pdf_info.plain(pdf, info, True) is True
    assert pdf_info.plain(pdf, info, 2.5) == 2.5
    assert pdf_info.plain(pdf, info, None) == pdf_info.plain(pdf, info, [1]) == ""


def test_no_info_has_no_labels() -> None:
    pdf = file(b"<< >>")
    assert pdf_info.labels(pdf, None) == []
    assert pdf_info.others(pdf, None) == []
