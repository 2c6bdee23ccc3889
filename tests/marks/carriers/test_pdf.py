"""PDF: the label in Info, what gives way to it, and what other programs make of the result."""

import io
import subprocess
import zlib
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from tests.marks.samples import documents as made
from tests.marks.samples import exiftool
from tests.marks.samples.damage import endure
from tests.marks.samples.documents import LABEL, OTHER, TEXT, marked, seen, values
from tests.tools import need

from hegui.marks import Label, MarksError
from hegui.marks.carriers import pdf
from hegui.marks.plan import Span, length
from hegui.marks.source import Source

RDF = 'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"'
PACKET = (
    '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">'
    f'<rdf:RDF {RDF}><rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" '
    'xmlns:TC260="http://www.tc260.org.cn/ns/AIGC/1.0/"><dc:format>application/pdf</dc:format>'
    '<TC260:AIGC>{"Label":"2"}</TC260:AIGC></rdf:Description></rdf:RDF></x:xmpmeta>'
    '<?xpacket end="w"?>'
).encode()
CATALOGUE = b"<< /Type /Catalog /Pages 2 0 R /Metadata 5 0 R %b >>"


def rewritten(data: bytes, **how: Any) -> bytes:
    """The same file as another program writes it."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as opened:
        opened.save(out, **how)
    return out.getvalue()


def labelled_by_pikepdf(label: Label, **how: Any) -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(made.pdf())) as opened:
        opened.docinfo["/AIGC"] = label.to_json().decode()
        opened.save(out, **how)
    return out.getvalue()


def with_xmp(*, packed: bool = False, form: bytes = b"") -> bytes:
    kind = b"/Type /Metadata /Subtype /XML"
    metadata = made.stream_object(kind, PACKET)
    if packed:
        metadata = made.stream_object(kind + b" /Filter /FlateDecode", zlib.compress(PACKET))
    return made.pdf({1: CATALOGUE % form, 5: metadata})


GENERATE = {"object_stream_mode": pikepdf.ObjectStreamMode.generate}
FILES = {
    "table": made.pdf(),
    "stream": made.pdf(stream=True),
    "bytes before": made.pdf(head=b"mail\r\n\r\n"),
    "no info": made.section(b"%PDF-1.4\n", made.PAGES, b"/Info null"),
    "direct info": made.section(b"%PDF-1.4\n", made.PAGES, b"/Info << /Title (x) >>"),
    "object streams": rewritten(made.pdf(), **GENERATE),
    "linear": rewritten(made.pdf(), linearize=True),
    "linear streams": rewritten(made.pdf(), linearize=True, **GENERATE),
    "identified": made.pdf(trailer=b"/ID [<0011> (ab)]"),
    "rubbish after": made.pdf() + b"\0" * 2000,
    "no line end": made.pdf()[:-1],
}


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("label", [LABEL, OTHER], ids=["ascii", "chinese"])
def test_every_kind_of_file_is_marked_by_an_update(name: str, label: Label) -> None:
    data = FILES[name]
    new = marked(pdf, data, label)
    assert new.startswith(data)
    assert values(pdf, new) == [label.to_json().decode()]
    assert seen(pdf, new).metadata == seen(pdf, data).metadata
    with pikepdf.open(io.BytesIO(new)) as opened:
        assert str(opened.docinfo["/AIGC"]) == label.to_json().decode()
        assert len(opened.pages) == 1


@pytest.mark.parametrize("name", FILES)
def test_marking_again_makes_the_update_anew(name: str) -> None:
    once = marked(pdf, FILES[name])
    assert marked(pdf, once) == once
    other = marked(pdf, once, OTHER)
    assert values(pdf, other) == [OTHER.to_json().decode()]
    assert marked(pdf, other) == once


@pytest.mark.parametrize("name", FILES)
def test_qpdf_finds_nothing_wrong(name: str, tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(marked(pdf, FILES[name]))
    run = subprocess.run([need("qpdf"), "--check", path], capture_output=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr


def test_exiftool_reads_the_exact_label(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(marked(pdf, made.pdf()))
    assert exiftool.tags(path)["PDF:AIGC"] == LABEL.to_json().decode()
    assert exiftool.faults(path) == []


@pytest.mark.parametrize("how", [{}, GENERATE, {"linearize": True}])
def test_a_label_of_another_program_is_read_and_replaced(how: dict[str, Any]) -> None:
    data = labelled_by_pikepdf(OTHER, **how)
    assert values(pdf, data) == [OTHER.to_json().decode()]
    new = marked(pdf, data)
    assert values(pdf, new) == [TEXT]
    assert marked(pdf, new) == new
    # Where it stood in the open it is blanked; nothing moves.
    assert all(one in {two, 32} for one, two in zip(new, data, strict=False))
    assert new.count(b"/AIGC") == 1


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (b"({\\(\\)})", "{()}"),
        (b"<FEFF007B007D>", "{}"),
        (b"/Name", "Name"),
        (b"12", "12"),
        (b"[1]", ""),
        (b"<< /Label (1) /ProduceID 7 >>", {"Label": "1", "ProduceID": 7}),
        (b"5 0 R", "far"),
    ],
)
def test_values_of_every_kind_are_shown_and_replaced(value: bytes, expected: object) -> None:
    data = made.pdf({4: b"<< /AIGC %b /Title (t) >>" % value, 5: b"(far)"})
    assert values(pdf, data) == [expected]
    new = marked(pdf, data)
    assert values(pdf, new) == [TEXT]
    assert b"/AIGC" not in new[: len(data)]
    assert new[: len(data)].replace(b" ", b"") == data.replace(b"/AIGC %b" % value, b"").replace(
        b" ", b""
    )


def test_two_labels_are_both_read_and_one_is_left() -> None:
    info = b'<< /AIGC ({}) /AIGC ({}) /aigc (x) /AIGCLabel ({"Label":1}) /AIGCNote (n) >>'
    data = made.pdf({4: info})
    assert values(pdf, data) == ["{}", "{}", "x", '{"Label":1}']
    new = marked(pdf, data)
    assert values(pdf, new) == [TEXT]
    assert seen(pdf, new).metadata[0].text == "n"


@pytest.mark.parametrize("packed", [False, True])
def test_a_label_in_xmp_is_read_and_gives_way(packed: bool) -> None:
    data = with_xmp(packed=packed)
    assert values(pdf, data) == ['{"Label":"2"}']
    assert [place.carrier for place in seen(pdf, data).places] == ["xmp"]
    new = marked(pdf, data)
    assert [(place.carrier, place.value) for place in seen(pdf, new).places] == [("info", TEXT)]
    assert marked(pdf, new) == new
    assert marked(pdf, marked(pdf, new, OTHER)) == new
    with pikepdf.open(io.BytesIO(new)) as opened:
        packet = opened.Root.Metadata.read_bytes()
        assert b"application/pdf" in packet
        assert b"Label" not in packet
    assert packed or b"<TC260:AIGC>" not in new


def test_what_else_tells_of_the_making() -> None:
    told = {each.key: each.text for each in seen(pdf, with_xmp()).metadata}
    assert told["pdf:Title"] == "A (title)"
    assert told["pdf:Producer"] == "X"
    assert "application/pdf" in told["xmp"]


def test_a_c2pa_manifest_is_found() -> None:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(made.pdf())) as opened:
        held = pikepdf.Dictionary(F=opened.make_stream(b"jumb c2pa trainedAlgorithmicMedia"))
        spec = pikepdf.Dictionary(EF=held, AFRelationship=pikepdf.Name.C2PA_Manifest)
        opened.Root.AF = pikepdf.Array([opened.make_indirect(spec)])
        opened.save(out)
    [found] = [each for each in seen(pdf, out.getvalue()).metadata if each.key == "c2pa"]
    assert "trainedAlgorithmicMedia" in found.text


def test_a_signed_file_keeps_its_bytes_and_says_so() -> None:
    form = b"/AcroForm << /SigFlags 3 /Fields [] >>"
    data = with_xmp(form=form)
    assert [each.code for each in seen(pdf, data).findings] == ["signed-document"]
    new = marked(pdf, data)
    assert new.startswith(data)
    assert values(pdf, new) == [TEXT]
    labelled = made.pdf({1: CATALOGUE % form, 4: b"<< /AIGC (old) >>"})
    again = marked(pdf, labelled)
    assert again.startswith(labelled)
    assert values(pdf, again) == [TEXT]
    assert marked(pdf, again) == again


def test_an_encrypted_file_is_protected() -> None:
    data = rewritten(made.pdf(), encryption=pikepdf.Encryption(owner="o", user="u"))
    for act in (seen, marked):
        with pytest.raises(MarksError) as caught:
            act(pdf, data)
        assert caught.value.code == "file_protected"


@pytest.mark.parametrize("name", ["table", "stream", "object streams"])
def test_a_damaged_cross_reference_is_read_and_not_written(name: str) -> None:
    data = labelled_by_pikepdf(OTHER, **(GENERATE if name == "object streams" else {}))
    broken = data[: data.rindex(b"startxref")] + b"startxref\n7\n%%EOF"
    found = seen(pdf, broken)
    assert [place.value for place in found.places] == [OTHER.to_json().decode()]
    assert [each.code for each in found.findings] == ["pdf-repaired"]
    with pytest.raises(MarksError) as caught:
        marked(pdf, broken)
    assert caught.value.code == "file_malformed"


def test_other_files_are_not_pdf() -> None:
    for data in (
        b"",
        b"PDF-1.4",
        b"a text on %PDF-1.4 headers",
        b" " * 2000 + b"%PDF-1.4 startxref",
    ):
        assert pdf.sniff(data[:4096], Source.of(data)) is None


def test_a_large_file_is_kept_and_not_read() -> None:
    data = made.pdf({5: made.stream_object(b"", bytes(4_000_000))})
    source = Source.of(data)
    plan = pdf.write(source, "pdf", made.wanted(LABEL))
    assert isinstance(plan[0], Span)
    assert plan[0] == Span(0, len(data))
    assert length(plan) - len(data) < 2000
    assert 128 * 1024 * 1024 - source.budget < 400_000


@pytest.mark.parametrize("name", ["table", "stream", "object streams", "linear streams"])
def test_damaged_files_raise_nothing_else(name: str) -> None:
    endure(pdf, "pdf", FILES[name], count=400)


def test_damaged_files_with_labels_raise_nothing_else() -> None:
    endure(pdf, "pdf", marked(pdf, FILES["table"]), count=300)
    endure(pdf, "pdf", marked(pdf, FILES["object streams"]), count=300)
    endure(pdf, "pdf", with_xmp(), count=300)
