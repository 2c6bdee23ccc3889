"""The objects that matter: Info, the catalogue, metadata; and references that lead nowhere."""

import pytest
from tests.marks.samples import documents as made

from hegui.marks import MarksError
from hegui.marks.carriers.pdf_file import is_encrypted, opened
from hegui.marks.carriers.pdf_object import View
from hegui.marks.source import Source


def view(data: bytes) -> View:
    return View(Source.of(data), len(data))


def test_info_and_the_catalogue_are_found() -> None:
    pdf = opened(view(made.pdf()))
    info = pdf.info()
    assert info is not None
    assert (info.number, info.entries["Title"]) == (4, b"A (title)")
    assert pdf.catalogue is not None
    assert pdf.catalogue.number == 1
    assert pdf.metadata() is None
    assert not pdf.is_signed()
    assert not is_encrypted(pdf)


@pytest.mark.parametrize("trailer", [b"/Info null", b"/Info 99 0 R"])
def test_a_file_may_have_no_info(trailer: bytes) -> None:
    assert opened(view(made.pdf(trailer=trailer))).info() is None


@pytest.mark.parametrize(
    "objects",
    [
        {4: b"[1 2]"},
        {4: made.stream_object(b"/Title (x)", b"")},
        {4: b"4 0 R"},
        {4: b"5 0 R", 5: b"4 0 R"},
        {1: b"(no catalogue)"},
    ],
    ids=["array", "stream", "itself", "circle", "catalogue"],
)
def test_what_is_no_info_or_no_catalogue_is_refused(objects: dict[int, bytes]) -> None:
    with pytest.raises(MarksError) as caught:
        opened(view(made.pdf(objects)))
    assert caught.value.code == "file_malformed"


@pytest.mark.parametrize(
    ("catalogue", "signed"),
    [
        (b"<< /Pages 2 0 R /AcroForm << /SigFlags 1 >> >>", True),
        (b"<< /Pages 2 0 R /AcroForm 5 0 R >>", True),
        (b"<< /Pages 2 0 R /AcroForm << /SigFlags 2 >> >>", False),
        (b"<< /Pages 2 0 R /AcroForm << /Fields [] >> >>", False),
        (b"<< /Pages 2 0 R /Perms << /DocMDP 6 0 R >> >>", True),
    ],
)
def test_a_signature_is_told_by_the_form_or_the_catalogue(catalogue: bytes, signed: bool) -> None:
    data = made.pdf({1: catalogue, 5: b"<< /SigFlags 3 >>"})
    assert opened(view(data)).is_signed() is signed


def test_a_stream_may_have_its_length_elsewhere_or_wrong() -> None:
    for length in (b"6 0 R", b"99 0 R", b"5 0 R", b"(x)", b"1"):
        body = b"<< /Subtype /XML /Length %b >>\nstream\npacket\nendstream" % length
        catalogue = b"<< /Pages 2 0 R /Metadata 5 0 R >>"
        pdf = opened(view(made.pdf({1: catalogue, 5: body, 6: b"6"})))
        found = pdf.metadata()
        assert found is not None
        assert pdf.packet(found).strip() == b"packet"


def test_wrong_offsets_lead_to_a_scan() -> None:
    data = made.pdf()
    shifted = data.replace(b"%PDF-1.7\n", b"%PDF-1.7\n%more\n")
    assert opened(view(data)).chain is not None
    pdf = opened(view(shifted))
    assert pdf.chain is None
    info = pdf.info()
    assert info is not None
    assert info.entries["Title"] == b"A (title)"
