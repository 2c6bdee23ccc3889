"""OpenDocument: the user-defined field, and what refuses a label."""

import xml.etree.ElementTree as ET

import pytest
from tests.marks.samples import documents as made
from tests.marks.samples.damage import endure
from tests.marks.samples.documents import LABEL, OTHER, TEXT, marked, parts, seen, values

from hegui.marks import MarksError
from hegui.marks.carriers import odf
from hegui.marks.plan import Span
from hegui.marks.source import Source

FIELD = '<meta:user-defined meta:name="AIGC">{}</meta:user-defined>'


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        ("text", "odt"),
        ("text-template", "odt"),
        ("spreadsheet", "ods"),
        ("presentation", "odp"),
        ("presentation-template", "odp"),
        ("graphics", "odg"),
    ],
)
def test_each_kind_is_known_and_marked(kind: str, name: str) -> None:
    data = made.odt(kind=kind)
    assert seen(odf, data).format == name
    new = marked(odf, data)
    assert values(odf, new) == [TEXT]
    before, after = parts(data), parts(new)
    assert list(after) == list(before)
    assert {key for key in after if after[key] != before[key]} == {"meta.xml"}
    assert new.startswith(data[: data.index(b"PK\3\4", 4)])


def test_the_field_stands_in_the_metadata_and_all_else_stays() -> None:
    data = made.odt("<dc:title>题</dc:title>")
    field = FIELD.format(made.label_markup(TEXT))
    expected = parts(data)["meta.xml"].replace(b"</office:meta>", f"{field}</office:meta>".encode())
    assert parts(marked(odf, data))["meta.xml"] == expected


def test_replacing_leaves_one_label_and_the_same_bytes() -> None:
    once = marked(odf, made.odt())
    assert marked(odf, once) == once
    assert values(odf, marked(odf, once, OTHER)) == [OTHER.to_json().decode()]
    assert marked(odf, marked(odf, once, OTHER)) == once


def test_all_labels_go_and_other_fields_stay() -> None:
    desk = '<meta:user-defined meta:name="Desk">third</meta:user-defined>'
    typed = '<meta:user-defined meta:value-type="string" meta:name="aigc">x</meta:user-defined>'
    data = made.odt(FIELD.format("{}") + desk + typed)
    assert values(odf, data) == ["{}", "x"]
    new = marked(odf, data)
    assert values(odf, new) == [TEXT]
    assert desk.encode() in parts(new)["meta.xml"]
    told = {each.key: each.text for each in seen(odf, new).metadata}
    assert told == {"odf:generator": "Maker/1", "odf:Desk": "third"}


def test_a_document_without_metadata_gets_some() -> None:
    new = marked(odf, made.odt(None))
    assert values(odf, new) == [TEXT]
    assert b'manifest:full-path="meta.xml"' in parts(new)["META-INF/manifest.xml"]
    assert marked(odf, new) == new


def test_metadata_without_its_element_or_with_other_prefixes() -> None:
    root = f'<o:document-meta xmlns:o="{made.URN}:office:1.0"/>'
    held = {**parts(made.odt()), "meta.xml": root.encode()}
    new = marked(odf, made.package(held))
    assert values(odf, new) == [TEXT]
    assert (
        f'<o:meta><meta:user-defined xmlns:meta="{made.URN}:meta:1.0"'.encode()
        in parts(new)["meta.xml"]
    )


def test_the_media_type_need_not_come_first() -> None:
    held = parts(made.odt(kind="spreadsheet"))
    moved = made.package(dict(reversed(held.items())))
    assert seen(odf, moved).format == "ods"
    assert values(odf, marked(odf, moved)) == [TEXT]


def test_other_packages_are_not_ours() -> None:
    other = made.package({"mimetype": "application/vnd.oasis.opendocument.formula"})
    for data in (other, made.docx(), made.epub(), b"PK\3\4", b""):
        assert odf.sniff(data[:4096], Source.of(data)) is None


@pytest.mark.parametrize(
    ("extra", "code"),
    [
        ({"META-INF/documentsignatures.xml": "<x/>"}, "file_signed"),
        ({"META-INF/manifest.xml": "<m><encryption-data/></m>"}, "file_protected"),
        ({"encrypted-package": b"x"}, "file_protected"),
    ],
)
def test_signed_and_encrypted_documents_are_refused(extra: dict[str, str], code: str) -> None:
    data = made.package({**parts(made.odt()), **extra})
    with pytest.raises(MarksError) as caught:
        marked(odf, data)
    assert caught.value.code == code
    if code == "file_signed":
        assert [each.code for each in seen(odf, data).findings] == ["signed-document"]
    else:
        with pytest.raises(MarksError):
            seen(odf, data)


def test_a_large_document_is_kept_and_not_read() -> None:
    data = made.loose(made.odt(extra={"Pictures/p.bin": bytes(3_000_000)}))
    source = Source.of(data)
    plan = odf.write(source, "odt", made.wanted(LABEL))
    assert sum(piece.stop - piece.start for piece in plan if isinstance(piece, Span)) > 3_000_000
    assert source.budget > 128 * 1024 * 1024 - 100_000 - 65_557


def test_another_parser_reads_the_exact_label() -> None:
    root = ET.fromstring(parts(marked(odf, made.odt()))["meta.xml"])  # noqa: S314
    found = root.findall(f"{{{made.URN}:office:1.0}}meta/{{{made.URN}:meta:1.0}}user-defined")
    assert [(each.get(f"{{{made.URN}:meta:1.0}}name"), each.text) for each in found] == [
        ("AIGC", TEXT)
    ]


def test_damaged_documents_raise_nothing_else() -> None:
    endure(odf, "odt", made.odt(FIELD.format("{}")), count=800)
    endure(odf, "odt", made.loose(made.odt()), count=800)
