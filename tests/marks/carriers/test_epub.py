"""EPUB: the meta element of the package document."""

import re
import xml.etree.ElementTree as ET

import pytest
from tests.marks.samples import documents as made
from tests.marks.samples.damage import endure
from tests.marks.samples.documents import LABEL, OTHER, TEXT, marked, parts, seen, values

from hegui.marks import MarksError
from hegui.marks.carriers import epub
from hegui.marks.source import Source

META = '<meta name="AIGC" content="{}"/>'


def test_a_book_is_marked_and_stays_whole() -> None:
    data = made.epub()
    assert seen(epub, data).format == "epub"
    new = marked(epub, data)
    assert values(epub, new) == [TEXT]
    before, after = parts(data), parts(new)
    assert list(after) == list(before)
    assert {key for key in after if after[key] != before[key]} == {"EPUB/p.opf"}
    assert new.startswith(data[: data.index(b"PK\3\4", 4)])  # the media type, stored and first


def test_another_parser_reads_the_exact_label() -> None:
    root = ET.fromstring(parts(marked(epub, made.epub()))["EPUB/p.opf"])  # noqa: S314
    space = "{http://www.idpf.org/2007/opf}"
    found = [each for each in root.iter(f"{space}meta") if each.get("name") == "AIGC"]
    assert [each.get("content") for each in found] == [TEXT]
    assert root.find(f"{space}metadata") is not None
    assert found[0] in list(root.find(f"{space}metadata") or [])


def test_replacing_leaves_one_label_and_the_same_bytes() -> None:
    once = marked(epub, made.epub())
    assert marked(epub, once) == once
    assert values(epub, marked(epub, once, OTHER)) == [OTHER.to_json().decode()]
    assert marked(epub, marked(epub, once, OTHER)) == once


@pytest.mark.parametrize(
    "meta",
    [
        META.format("{}"),
        '<meta property="AIGC">{}</meta>',
        '<meta property="tc260:AIGC">{}</meta>',
        '<meta content="{}" name="aigc"></meta>',
    ],
)
def test_all_forms_are_read_and_replaced(meta: str) -> None:
    data = made.epub(meta + '<meta name="cover" content="c"/>')
    assert values(epub, data) == ["{}"]
    new = marked(epub, data)
    assert values(epub, new) == [TEXT]
    expected = META.format(made.label_markup(TEXT)) + '<meta name="cover" content="c"/>'
    assert parts(new)["EPUB/p.opf"].decode() == made.opf(expected)


def test_of_several_renditions_the_first_has_the_label() -> None:
    roots = made.ROOT.format("EPUB/p.opf") + made.ROOT.format("b%20c.opf")
    container = made.CONTAINER.format(roots + '<rootfile full-path="x.pdf" media-type="a/pdf"/>')
    extra = {"META-INF/container.xml": container, "b c.opf": made.opf(META.format("{}"))}
    data = made.package({**parts(made.epub()), **extra})
    assert values(epub, data) == ["{}"]
    new = marked(epub, data)
    assert values(epub, new) == [TEXT]
    assert parts(new)["b c.opf"].decode() == made.opf()


def test_books_without_a_namespace_and_with_a_prefixed_one() -> None:
    bare = made.opf().replace(' xmlns="http://www.idpf.org/2007/opf"', "")
    prefixed = re.sub(r"<(/?)(?=\w+[ >/])(?!dc:)", r"<\1o:", made.opf()).replace(
        "xmlns=", "xmlns:o="
    )
    for text, mark in ((bare, b'<meta name="AIGC"'), (prefixed, b'<o:meta name="AIGC"')):
        result = marked(epub, made.package({**parts(made.epub()), "EPUB/p.opf": text}))
        assert values(epub, result) == [TEXT]
        assert mark in parts(result)["EPUB/p.opf"]


def test_what_else_tells_of_the_making() -> None:
    told = {each.key: each.text for each in seen(epub, made.epub()).metadata}
    assert told == {"epub:title": "书", "epub:dcterms:modified": "2024-01-01T00:00:00Z"}


def test_the_media_type_need_not_come_first() -> None:
    moved = made.package(dict(reversed(parts(made.epub()).items())))
    assert values(epub, marked(epub, moved)) == [TEXT]


def test_other_packages_are_not_ours() -> None:
    for data in (made.docx(), made.odt(), made.package({"a": b"b"}), b"PK\3\4", b""):
        assert epub.sniff(data[:4096], Source.of(data)) is None


def test_a_signed_book_is_refused() -> None:
    data = made.epub(extra={"META-INF/signatures.xml": "<x/>"})
    assert [each.code for each in seen(epub, data).findings] == ["signed-document"]
    with pytest.raises(MarksError) as caught:
        marked(epub, data)
    assert caught.value.code == "file_signed"


@pytest.mark.parametrize(
    "change",
    [
        {"META-INF/container.xml": "<container/>"},
        {"META-INF/container.xml": made.CONTAINER.format(made.ROOT.format("gone.opf"))},
        {"EPUB/p.opf": "<package><spine/></package>"},
        {"EPUB/p.opf": "<!DOCTYPE p [<!ENTITY a 'b'>]><package>&a;</package>"},
    ],
)
def test_a_broken_book_is_refused(change: dict[str, str]) -> None:
    source = Source.of(made.package({**parts(made.epub()), **change}))
    with pytest.raises(MarksError) as caught:
        epub.write(source, "epub", made.wanted(LABEL))
    assert caught.value.code == "file_malformed"


def test_damaged_books_raise_nothing_else() -> None:
    endure(epub, "epub", made.epub(META.format("{}")), count=800)
    endure(epub, "epub", made.loose(made.epub()), count=800)
