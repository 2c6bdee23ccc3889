"""SVG: edits of the text alone, in any encoding, wherever the metadata stands."""

import gzip
from xml.etree import ElementTree as ET

import pytest
from tests.marks.carriers.image_tools import FIRST, HARD, URI, read, sniffed, text, values, write

from hegui.marks import MarksError, xmp
from hegui.marks.plan import Wanted

SVG = "http://www.w3.org/2000/svg"
NS = "http://www.tc260.org.cn/ns/AIGC/1.0/"
NEW = xmp.rdf(Wanted(FIRST))
BARE = xmp.label_text(Wanted(HARD))
OLD = xmp.rdf(Wanted(HARD))


def parsed(data: bytes | str) -> ET.Element:
    return ET.fromstring(data)  # noqa: S314 - a foreign parser for our own bytes


def svg(inner: str = "", attributes: str = "") -> str:
    return f'<svg xmlns="{SVG}"{attributes}>{inner}</svg>'


#: Before and after.
EDITS = {
    "nothing in it": (svg(), svg(f"<metadata>{NEW}</metadata>")),
    "empty": (f'<svg xmlns="{SVG}"/>', svg(f"<metadata>{NEW}</metadata>")),
    "prefix": (
        f'<s:svg xmlns:s="{SVG}"><s:g/></s:svg>',
        f'<s:svg xmlns:s="{SVG}"><s:metadata>{NEW}</s:metadata><s:g/></s:svg>',
    ),
    "metadata without RDF": (
        svg("<title>t</title><metadata>a<b/></metadata>"),
        svg(f"<title>t</title><metadata>a<b/>{NEW}</metadata>"),
    ),
    "empty metadata": (svg("<metadata id='m'/>"), svg(f"<metadata id='m'>{NEW}</metadata>")),
    "metadata of a part": (
        svg("<g><metadata><a/></metadata></g>"),
        svg(f"<metadata>{NEW}</metadata><g><metadata><a/></metadata></g>"),
    ),
    "label in its place": (svg(f"<metadata>{OLD}</metadata>"), svg(f"<metadata>{NEW}</metadata>")),
    "label of a part": (
        svg(f"<g><metadata>{OLD}</metadata></g>"),
        svg(f"<g><metadata>{NEW}</metadata></g>"),
    ),
    "attribute of the root": (
        svg("<g/>", f' xmlns:T="{NS}" T:AIGC="{BARE}" width="1"'),
        svg(f"<metadata>{NEW}</metadata><g/>", f' xmlns:T="{NS}" width="1"'),
    ),
    "label outside of RDF": (
        svg(f'<metadata><T:AIGC xmlns:T="{NS}">{BARE}</T:AIGC></metadata>'),
        svg(f"<metadata>{NEW}</metadata>"),
    ),
    "comments and sections are no metadata": (
        svg(f"<!-- <metadata>{OLD}</metadata> --><style><![CDATA[<metadata>]]></style>"),
        svg(
            f"<metadata>{NEW}</metadata>"
            f"<!-- <metadata>{OLD}</metadata> --><style><![CDATA[<metadata>]]></style>"
        ),
    ),
    "document type": (
        '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "x.dtd" [<!ENTITY a "b>">]>' + svg("&a;"),
        '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "x.dtd" [<!ENTITY a "b>">]>'
        + svg(f"<metadata>{NEW}</metadata>&a;"),
    ),
    "declaration, comment, instruction": (
        "<?xml version='1.0'?>\r\n<!-- <svg> -->\r\n<?a b?>\r\n" + svg("\r\n<g/>\r\n") + "\r\n",
        "<?xml version='1.0'?>\r\n<!-- <svg> -->\r\n<?a b?>\r\n"
        + svg(f"<metadata>{NEW}</metadata>\r\n<g/>\r\n")
        + "\r\n",
    ),
}


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "utf-16-be"])
@pytest.mark.parametrize("name", EDITS)
def test_the_text_changes_there_and_nowhere_else(name: str, codec: str) -> None:
    before, after = (each.encode(codec) for each in EDITS[name])
    if codec == "utf-16-be":
        before, after = b"\xfe\xff" + before, b"\xfe\xff" + after
    assert sniffed(before) == "svg"
    assert write(before) == after
    assert write(after) == after
    assert values(after) == [text()]


def test_rdf_that_is_there_takes_the_description() -> None:
    rdf = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
    work = '<rdf:RDF><c:Work xmlns:c="c:" rdf:about=""/></rdf:RDF>'
    data = svg(f"<metadata>{work}</metadata>", f' xmlns:rdf="{rdf}"').encode()
    new = write(data, FIRST, URI)
    root = parsed(new)
    assert [one.text for one in root.iter(f"{{{NS}}}AIGC")] == [text()]
    added = xmp.description(xmp.label_text(Wanted(FIRST)), URI).encode()
    assert new.replace(added, b"") == data


def test_of_several_labels_one_stays() -> None:
    data = svg(f"<metadata>{OLD}</metadata><g><metadata>{OLD}</metadata></g>").encode()
    assert len(values(data)) == 2
    assert values(write(data)) == [text()]


def test_metadata_within_metadata_is_looked_at_once() -> None:
    inner = f"<g><metadata>{OLD}</metadata><metadata>{OLD}</metadata></g>"
    data = svg(f"<metadata>{inner}</metadata>").encode()
    assert len(values(data)) == 2
    assert values(write(data)) == [text()]


@pytest.mark.parametrize("encoding", ["GB2312", "ISO-8859-1", "windows-1251", "x-unknown"])
def test_other_encodings_get_references_for_what_they_lack(encoding: str) -> None:
    head = f'<?xml version="1.0" encoding="{encoding}"?>'
    body = b"<text>\xd6\xd0</text>"
    data = (head + svg("@")).encode().replace(b"@", body)
    new = write(data, HARD)
    assert body in new
    assert new.isascii() is False
    assert new.replace(body, b"").isascii()
    assert values(new) == [text(HARD)]
    assert write(new, HARD) == new


def test_a_compressed_file_is_read_and_not_written() -> None:
    data = gzip.compress(svg(f"<metadata>{OLD}</metadata>").encode(), mtime=0)
    assert sniffed(data) == "svg"
    assert values(data) == [text(HARD)]
    with pytest.raises(MarksError) as caught:
        write(data)
    assert caught.value.code == "format_no_carrier"
    assert "SVGZ" in caught.value.en


@pytest.mark.parametrize(
    "data",
    [
        b"<html><svg/></html>",
        b"<!-- <svg> -->",
        b"text <svg/>",
        b"</svg>",
        b"<svg",
        gzip.compress(b"nothing", mtime=0),
        b"\x1f\x8b\x08nothing",
        b"<?xml" + b" " * 5000,
        b"",
    ],
)
def test_what_is_no_svg_is_none(data: bytes) -> None:
    assert sniffed(data) is None


def test_a_long_document_type_is_looked_past() -> None:
    entities = "".join(f'<!ENTITY n{i} "http://example.com/{i}">' for i in range(300))
    data = f"<!DOCTYPE svg [{entities}]>".encode() + svg().encode()
    assert sniffed(data) == "svg"
    assert values(write(data)) == [text()]


@pytest.mark.parametrize(
    "broken",
    [
        svg("<metadata>")[:-6],
        svg("<!-- "),
        svg(f"<metadata>{OLD[:-9]}</metadata>"),
        svg("<metadata><a></metadata>"),
    ],
)
def test_metadata_that_is_not_whole_is_refused(broken: str) -> None:
    with pytest.raises(MarksError) as caught:
        write(broken.encode())
    assert caught.value.code == "file_malformed"


@pytest.mark.parametrize(
    "hostile",
    [
        svg("<metadata/>" * 60_000).encode(),
        gzip.compress(svg(" " * (40 << 20)).encode(), mtime=0),
        b"<svg>" + b" " * (40 << 20),
    ],
)
def test_what_no_drawing_has_is_too_complex(hostile: bytes) -> None:
    with pytest.raises(MarksError) as caught:
        read(hostile)
    assert caught.value.code == "file_too_complex"


@pytest.mark.parametrize(("held", "read_as"), [("anVt\nYg==", "jumb"), ("anVtY", "jum"), ("=", "")])
def test_a_manifest_is_kept_for_traces(held: str, read_as: str) -> None:
    data = svg(f"<metadata><c2pa:manifest>{held}</c2pa:manifest></metadata>")
    found = {meta.key: meta.text for meta in read(data.encode()).metadata}
    assert found["c2pa"] == read_as


def test_the_head_and_the_packet_are_kept_for_traces() -> None:
    data = "<!-- Generator: X -->" + svg(f"<metadata>{OLD}</metadata>")
    found = {meta.key: meta.text for meta in read(data.encode()).metadata}
    assert found["svg:head"] == "<!-- Generator: X -->"
    assert "TC260:AIGC" in found["xmp"]
