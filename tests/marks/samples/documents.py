"""Small PDF files and packages, made by hand so that every byte is known."""

import io
import zipfile
from collections.abc import Mapping
from typing import Protocol
from xml.sax.saxutils import escape

from hegui.marks import DEMO_CODE, Label
from hegui.marks.plan import Plan, Wanted, render
from hegui.marks.reading import Contents
from hegui.marks.source import Source

LABEL = Label.first(DEMO_CODE, "a(b)c\\d<e>&\"f'")
TEXT = LABEL.to_json().decode()
OTHER = Label.first("某公司", "2")


class Carrier(Protocol):
    def sniff(self, head: bytes, source: Source) -> str | None: ...
    def read(self, source: Source, format: str) -> Contents: ...  # noqa: A002
    def write(self, source: Source, format: str, wanted: Wanted) -> Plan: ...  # noqa: A002


def seen(carrier: Carrier, data: bytes) -> Contents:
    """What a carrier reads, after it has known the format."""
    source = Source.of(data)
    name = carrier.sniff(data[:4096], source)
    assert name is not None
    return carrier.read(source, name)


def values(carrier: Carrier, data: bytes) -> list[object]:
    """The labels' values, in order."""
    return [place.value for place in seen(carrier, data).places]


def marked(carrier: Carrier, data: bytes, label: Label = LABEL) -> bytes:
    """The file with a label."""
    source = Source.of(data)
    name = carrier.sniff(data[:4096], source)
    assert name is not None
    return render(source, carrier.write(source, name, Wanted(label)))


def wanted(label: Label) -> Wanted:
    """What ``write`` is asked for."""
    return Wanted(label)


def label_markup(text: str) -> str:
    """A label's text as XML has it."""
    return escape(text, {'"': "&quot;", "'": "&apos;"})


def loose(data: bytes) -> bytes:
    """The same package with nothing packed, so that damage reaches the XML."""
    return package(parts(data), zipfile.ZIP_STORED)


def package(held: Mapping[str, bytes | str], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A ZIP package; a part named ``mimetype`` is stored."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in held.items():
            info = zipfile.ZipInfo(name, (2024, 5, 6, 7, 8, 10))
            info.compress_type = zipfile.ZIP_STORED if name == "mimetype" else method
            archive.writestr(info, data)
    return out.getvalue()


def parts(data: bytes) -> dict[str, bytes]:
    """All parts of a package, by another program's reading; every checksum is tested."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


OFFICE = "application/vnd.openxmlformats-officedocument"
SCHEMAS = "http://schemas.openxmlformats.org"
CUSTOM_TYPE = f"{OFFICE}.custom-properties+xml"
CUSTOM_REL = f"{SCHEMAS}/officeDocument/2006/relationships/custom-properties"


def docx(
    properties: str | None = None,
    *,
    kind: str = "wordprocessingml.document.main",
    extra: Mapping[str, bytes | str] | None = None,
) -> bytes:
    """A document; with ``properties`` as the content of its custom properties."""
    types = f'<Override PartName="/word/document.xml" ContentType="{OFFICE}.{kind}+xml"/>'
    relation = f'Type="{SCHEMAS}/officeDocument/2006/relationships/officeDocument"'
    rels = f'<Relationship Id="rId1" {relation} Target="word/document.xml"/>'
    held: dict[str, bytes | str] = {}
    if properties is not None:
        types += f'<Override PartName="/docProps/custom.xml" ContentType="{CUSTOM_TYPE}"/>'
        rels += f'<Relationship Id="rId2" Type="{CUSTOM_REL}" Target="/docProps/custom.xml"/>'
        held["docProps/custom.xml"] = custom(properties)
    body = f'<w:document xmlns:w="{SCHEMAS}/wordprocessingml/2006/main"><w:body/></w:document>'
    return package(
        {
            "[Content_Types].xml": f'<Types xmlns="{SCHEMAS}/package/2006/content-types">'
            f'<Default Extension="xml" ContentType="application/xml"/>{types}</Types>',
            "_rels/.rels": f'<Relationships xmlns="{SCHEMAS}/package/2006/relationships">'
            f"{rels}</Relationships>",
            "word/document.xml": body,
            **held,
            **(extra or {}),
        }
    )


def custom(properties: str) -> str:
    """The part of custom properties."""
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f'<Properties xmlns="{SCHEMAS}/officeDocument/2006/custom-properties" '
        f'xmlns:vt="{SCHEMAS}/officeDocument/2006/docPropsVTypes">{properties}</Properties>'
    )


def prop(name: str, value: str, pid: int = 2) -> str:
    """One custom property; the value is markup."""
    return (
        f'<property fmtid="{{D5CDD505-2E9C-101B-9397-08002B2CF9AE}}" pid="{pid}" name="{name}">'
        f"<vt:lpwstr>{value}</vt:lpwstr></property>"
    )


URN = "urn:oasis:names:tc:opendocument:xmlns"


def odt(
    fields: str | None = "", *, kind: str = "text", extra: Mapping[str, bytes | str] | None = None
) -> bytes:
    """An OpenDocument package; without ``meta.xml`` when ``fields`` is None."""
    entries = '<manifest:file-entry manifest:full-path="/" manifest:media-type=""/>'
    held: dict[str, bytes | str] = {
        "mimetype": f"application/vnd.oasis.opendocument.{kind}",
        "content.xml": f'<office:document-content xmlns:office="{URN}:office:1.0"/>',
    }
    if fields is not None:
        held["meta.xml"] = (
            f'<?xml version="1.0" encoding="UTF-8"?><office:document-meta '
            f'xmlns:office="{URN}:office:1.0" xmlns:meta="{URN}:meta:1.0" '
            f'xmlns:dc="http://purl.org/dc/elements/1.1/">'
            f"<office:meta><meta:generator>Maker/1</meta:generator>{fields}</office:meta>"
            f"</office:document-meta>"
        )
    manifest = f'<manifest:manifest xmlns:manifest="{URN}:manifest:1.0">{entries}'
    return package(
        {**held, "META-INF/manifest.xml": manifest + "</manifest:manifest>", **(extra or {})}
    )


CONTAINER = (
    '<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
    "{}</rootfiles></container>"
)
ROOT = '<rootfile full-path="{}" media-type="application/oebps-package+xml"/>'


def opf(metas: str = "", version: str = "3.0") -> str:
    """A package document."""
    return (
        f'<package xmlns="http://www.idpf.org/2007/opf" version="{version}" unique-identifier="i">'
        '<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">'
        '<dc:identifier id="i">urn:uuid:1</dc:identifier><dc:title>书</dc:title>'
        '<dc:language>zh</dc:language><meta property="dcterms:modified">2024-01-01T00:00:00Z</meta>'
        f'{metas}</metadata><manifest><item id="n" href="n.xhtml" properties="nav" '
        'media-type="application/xhtml+xml"/></manifest>'
        '<spine><itemref idref="n"/></spine></package>'
    )


def epub(metas: str = "", *, extra: Mapping[str, bytes | str] | None = None) -> bytes:
    """A book of one page."""
    page = (
        '<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops">'
        '<head><title>t</title></head><body><nav epub:type="toc"><ol><li><a href="n.xhtml">n</a>'
        "</li></ol></nav></body></html>"
    )
    return package(
        {
            "mimetype": "application/epub+zip",
            "META-INF/container.xml": CONTAINER.format(ROOT.format("EPUB/p.opf")),
            "EPUB/p.opf": opf(metas),
            "EPUB/n.xhtml": page,
            **(extra or {}),
        }
    )


INFO = b"<< /Title (A \\(title\\)) /Producer <FEFF0058> /Trapped /False >>"
PAGES = {
    1: b"<< /Type /Catalog /Pages 2 0 R >>",
    2: b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
    3: b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] >>",
}


def pdf(
    objects: Mapping[int, bytes] | None = None,
    trailer: bytes = b"",
    *,
    stream: bool = False,
    head: bytes = b"",
) -> bytes:
    """A PDF of one page with Info as object 4.

    Args:
        objects: further objects, or others in the place of the usual ones.
        trailer: more of the trailer's entries.
        stream: write a cross-reference stream instead of a table.
        head: bytes before the header; offsets count from behind them.
    """
    held = {**PAGES, 4: INFO, **(objects or {})}
    return head + section(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", held, trailer, stream=stream)


def section(
    before: bytes, objects: Mapping[int, bytes], trailer: bytes, *, stream: bool = False
) -> bytes:
    """A file with objects, a cross-reference and a trailer appended."""
    data = bytearray(before)
    offsets = {}
    for number, body in objects.items():
        offsets[number] = len(data)
        data += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    start = len(data)
    number = max(objects) + 1
    info = b"/Info 4 0 R" if b"/Info" not in trailer else b""
    entries = b"/Root 1 0 R %b %b" % (info, trailer)
    if stream:
        offsets[number] = start
        rows = b"".join(b"\1" + at.to_bytes(3, "big") + b"\0" for at in offsets.values())
        index = b" ".join(b"%d 1" % each for each in offsets)
        data += b"%d 0 obj\n<< /Type /XRef /Size %d /W [1 3 1] /Index [%b] /Length %d %b >>\n" % (
            number, number + 1, index, len(rows), entries,
        )  # fmt: skip
        data += b"stream\n" + rows + b"\nendstream\nendobj\n"
    else:
        data += b"xref\n0 1\n0000000000 65535 f \n"
        for each, at in offsets.items():
            data += b"%d 1\n%010d 00000 n \n" % (each, at)
        data += b"trailer\n<< /Size %d %b >>\n" % (number, entries)
    return bytes(data + b"startxref\n%d\n%%%%EOF\n" % start)


def stream_object(entries: bytes, data: bytes) -> bytes:
    """A stream's object, not encoded."""
    return b"<< %b /Length %d >>\nstream\n%b\nendstream" % (entries, len(data), data)
