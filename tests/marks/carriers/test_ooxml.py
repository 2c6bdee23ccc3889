"""Office documents: the custom property, and what else must know of it."""

import io
import struct
from collections.abc import Callable

import docx
import openpyxl
import pptx
import pytest
from openpyxl.packaging.custom import StringProperty
from tests.marks.samples import documents as made
from tests.marks.samples.damage import endure
from tests.marks.samples.documents import LABEL, OTHER, TEXT, marked, parts, seen, values

from hegui.marks import MarksError
from hegui.marks.carriers import ooxml
from hegui.marks.label import Label
from hegui.marks.source import Source


def word() -> bytes:
    out = io.BytesIO()
    document = docx.Document()
    document.add_paragraph("text")
    document.save(out)
    return out.getvalue()


def sheet() -> bytes:
    out = io.BytesIO()
    book = openpyxl.Workbook()
    book.active["A1"] = 42
    book.custom_doc_props.append(StringProperty(name="Desk", value="third"))
    book.save(out)
    return out.getvalue()


def slides() -> bytes:
    out = io.BytesIO()
    show = pptx.Presentation()
    show.slides.add_slide(show.slide_layouts[5]).shapes.title.text = "title"
    show.save(out)
    return out.getvalue()


MAKERS: list[tuple[str, Callable[[], bytes]]] = [("docx", word), ("xlsx", sheet), ("pptx", slides)]


@pytest.mark.parametrize(("name", "make"), MAKERS)
def test_files_of_other_libraries_are_marked_and_stay_whole(
    name: str, make: Callable[[], bytes]
) -> None:
    data = make()
    assert seen(ooxml, data).format == name
    assert values(ooxml, data) == []
    new = marked(ooxml, data)
    assert values(ooxml, new) == [TEXT]
    before, after = parts(data), parts(new)
    touched = {"[Content_Types].xml", "_rels/.rels", "docProps/custom.xml"}
    assert {key for key in after if after[key] != before.get(key)} <= touched
    assert list(after)[: len(before)] == list(before)


@pytest.mark.parametrize("label", [LABEL, OTHER])
def test_openpyxl_reads_what_we_write_and_we_read_what_it_writes(label: Label) -> None:
    book = openpyxl.load_workbook(io.BytesIO(marked(ooxml, sheet(), label)))
    assert book.custom_doc_props["AIGC"].value == label.to_json().decode()
    assert book.custom_doc_props["Desk"].value == "third"
    assert book.active["A1"].value == 42
    book.active["A1"] = 43
    out = io.BytesIO()
    book.save(out)
    assert values(ooxml, out.getvalue()) == [label.to_json().decode()]


def test_python_docx_and_python_pptx_open_what_we_write() -> None:
    document = docx.Document(io.BytesIO(marked(ooxml, word())))
    assert [each.text for each in document.paragraphs] == ["text"]
    names = [str(part.partname) for part in document.part.package.iter_parts()]
    assert "/docProps/custom.xml" in names
    out = io.BytesIO()
    document.save(out)
    assert values(ooxml, out.getvalue()) == [TEXT]
    show = pptx.Presentation(io.BytesIO(marked(ooxml, slides())))
    assert show.slides[0].shapes.title.text == "title"


@pytest.mark.parametrize("make", [word, sheet, slides, made.docx])
def test_replacing_leaves_one_label_and_the_same_bytes(make: Callable[[], bytes]) -> None:
    once = marked(ooxml, make())
    assert marked(ooxml, once) == once
    other = marked(ooxml, once, OTHER)
    assert values(ooxml, other) == [OTHER.to_json().decode()]
    assert marked(ooxml, other) == once


def test_the_property_is_as_the_guide_has_it() -> None:
    held = parts(marked(ooxml, made.docx()))
    text = made.label_markup(TEXT)
    assert held["docProps/custom.xml"].decode() == made.custom(made.prop("AIGC", text))
    assert made.CUSTOM_TYPE in held["[Content_Types].xml"].decode()
    assert held["_rels/.rels"].decode().count(made.CUSTOM_REL) == 1


def test_all_labels_go_and_other_properties_stay() -> None:
    mine = made.prop("Desk", "third", 4)
    held = made.prop("AIGC", "{}", 2) + mine + made.prop("aigc", "x", 3)
    held += made.prop("AIGC-Label", '{"Label":"1"}', 5) + made.prop("AIGC floor", "3", 6)
    data = made.docx(held)
    assert values(ooxml, data) == ["{}", "x", '{"Label":"1"}']
    new = marked(ooxml, data)
    assert values(ooxml, new) == [TEXT]
    expected = made.prop("AIGC", made.label_markup(TEXT)) + mine + made.prop("AIGC floor", "3", 6)
    assert parts(new)["docProps/custom.xml"].decode() == made.custom(expected)


def test_an_empty_part_a_stray_part_and_strict_documents() -> None:
    empty = made.custom("").replace("></Properties>", "/>")
    stray = made.docx(extra={"docProps/custom.xml": empty})
    new = marked(ooxml, stray)
    assert values(ooxml, new) == [TEXT]
    assert made.CUSTOM_REL in parts(new)["_rels/.rels"].decode()
    rels = "http://purl.oclc.org/ooxml/officeDocument/relationships/officeDocument"
    held = parts(made.docx())
    old = f"{made.SCHEMAS}/officeDocument/2006/relationships/officeDocument"
    held["_rels/.rels"] = held["_rels/.rels"].replace(old.encode(), rels.encode())
    strict = marked(ooxml, made.package(held))
    assert values(ooxml, strict) == [TEXT]
    assert b"purl.oclc.org/ooxml/officeDocument/customProperties" in strict_part(strict)


def strict_part(data: bytes) -> bytes:
    return parts(data)["docProps/custom.xml"]


def test_a_root_with_prefixes_gets_its_own_declarations() -> None:
    space = f"{made.SCHEMAS}/officeDocument/2006/custom-properties"
    held = parts(made.docx(""))
    held["docProps/custom.xml"] = f'<op:Properties xmlns:op="{space}"/>'.encode()
    new = marked(ooxml, made.package(held))
    assert values(ooxml, new) == [TEXT]
    assert strict_part(new).startswith(f'<op:Properties xmlns:op="{space}">'.encode())


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        ("wordprocessingml.template.main", "docx"),
        ("spreadsheetml.template.main", "xlsx"),
        ("presentationml.template.main", "pptx"),
        ("presentationml.slideshow.main", "pptx"),
    ],
)
def test_templates_and_shows_are_known(kind: str, name: str) -> None:
    data = made.docx(kind=kind)
    assert seen(ooxml, data).format == name
    assert values(ooxml, marked(ooxml, data)) == [TEXT]


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        (b"application/vnd.ms-word.document.macroEnabled.main+xml", "docx"),
        (b"application/vnd.ms-word.template.macroEnabledTemplate.main+xml", "docx"),
        (b"application/vnd.ms-excel.sheet.macroEnabled.main+xml", "xlsx"),
        (b"application/vnd.ms-excel.template.macroEnabled.main+xml", "xlsx"),
        (b"application/vnd.ms-powerpoint.presentation.macroEnabled.main+xml", "pptx"),
        (b"application/vnd.ms-powerpoint.slideshow.macroEnabled.main+xml", "pptx"),
    ],
)
def test_kinds_with_macros_are_known(kind: bytes, name: str) -> None:
    held = parts(made.docx())
    usual = f"{made.OFFICE}.wordprocessingml.document.main+xml".encode()
    held["[Content_Types].xml"] = held["[Content_Types].xml"].replace(usual, kind)
    assert values(ooxml, marked(ooxml, made.package(held))) == [TEXT]
    assert seen(ooxml, made.package(held)).format == name


def test_other_packages_are_not_ours() -> None:
    for data in (made.package({"a": b"b"}), made.odt(), made.epub(), b"PK\3\4", b""):
        assert ooxml.sniff(data[:4096], Source.of(data)) is None


def test_what_else_tells_of_the_making() -> None:
    told = {each.key: each.text for each in seen(ooxml, word()).metadata}
    assert told["ooxml:creator"] == "python-docx"
    manifest = {"META-INF/content_credential.c2pa": b"\0\0jumb c2pa"}
    assert seen(ooxml, made.docx(extra=manifest)).metadata[0].key == "c2pa"


SIGNED = '<Signature><Reference URI="{}?ContentType=x">{}</Reference></Signature>'


def test_a_signature_is_told_and_one_over_the_label_refuses() -> None:
    signature = SIGNED.format("/word/document.xml", "")
    aside = made.docx(extra={"_xmlsignatures/sig1.xml": signature})
    assert [each.code for each in seen(ooxml, aside).findings] == ["signed-document"]
    assert values(ooxml, marked(ooxml, aside)) == [TEXT]
    for part, transform in (("/docProps/custom.xml", ""), ("/_rels/.rels", "")):
        covered = SIGNED.format(part, transform)
        with pytest.raises(MarksError) as caught:
            marked(ooxml, made.docx(extra={"_xmlsignatures/sig1.xml": covered}))
        assert caught.value.code == "file_signed"
    picked = SIGNED.format("/_rels/.rels", '<RelationshipReference SourceId="rId1"/>')
    assert marked(ooxml, made.docx(extra={"_xmlsignatures/sig1.xml": picked}))


def test_an_encrypted_document_is_protected() -> None:
    data = bytearray(2048)
    data[:8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    struct.pack_into("<H", data, 30, 9)
    struct.pack_into("<L", data, 48, 1)
    name = "EncryptedPackage".encode("utf-16-le")
    data[1152 : 1152 + len(name)] = name
    for act in (lambda: seen(ooxml, bytes(data)), lambda: marked(ooxml, bytes(data))):
        with pytest.raises(MarksError) as caught:
            act()
        assert caught.value.code == "file_protected"
    old = bytes(data).replace(name, b"\0" * len(name))  # a binary document of the years before
    assert ooxml.sniff(old, Source.of(old)) is None


@pytest.mark.parametrize("part", ["_rels/.rels", "[Content_Types].xml"])
def test_a_document_without_its_lists_is_refused(part: str) -> None:
    held = {name: data for name, data in parts(made.docx()).items() if name != part}
    source = Source.of(made.package(held))
    with pytest.raises(MarksError) as caught:
        ooxml.write(source, "docx", made.wanted(LABEL))
    assert caught.value.code == "file_malformed"


def test_damaged_documents_raise_nothing_else() -> None:
    endure(ooxml, "docx", made.docx(made.prop("AIGC", "{}")), count=800)
    endure(ooxml, "docx", made.loose(made.docx()), count=800)
