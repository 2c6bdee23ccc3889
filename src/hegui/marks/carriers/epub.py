"""EPUB: the label is a ``<meta name="AIGC" content="…">`` in the package document.

No guide names a carrier for EPUB. The convention here is that of HTML, the only form of ``meta``
that is sound in EPUB 2 and in EPUB 3 (EPUB 3.3, 5.5.6, where reading systems pass over it). Read
as well: ``<meta property="…AIGC">`` with the label as its text.
"""

import posixpath
from urllib.parse import unquote

from hegui.marks.carriers import document_common as common
from hegui.marks.carriers.zip_parts import Archive, open_archive
from hegui.marks.carriers.zip_xml import Document, Element, parse, prefix_of
from hegui.marks.errors import MarksError, malformed, too_complex
from hegui.marks.finding import finding
from hegui.marks.plan import Plan, Wanted
from hegui.marks.reading import Contents, Meta, Place
from hegui.marks.source import Source
from hegui.marks.xmp import label_text

_CONTAINER = "META-INF/container.xml"
_SIGNATURES = "META-INF/signatures.xml"
_MEDIA_TYPE = b"application/epub+zip"
_CONTAINER_NS = "urn:oasis:names:tc:opendocument:xmlns:container"
_OPF = "http://www.idpf.org/2007/opf"
_DC = "http://purl.org/dc/elements/1.1/"
_TOLD = tuple(
    f"{_DC} {name}" for name in ("title", "creator", "contributor", "description", "publisher")
)
#: Old books leave the namespace out.
_METADATA = (f"{_OPF} metadata", "metadata")
_META = (f"{_OPF} meta", "meta")
#: A book in several renditions has a package document for each.
_MAX_ROOTS = 8


def sniff(head: bytes, source: Source) -> str | None:
    """``epub``, from the media type that comes first, or from the container's own part."""
    if not head.startswith(b"PK\3\4"):
        return None
    if head.startswith(b"mimetype", 30):
        return "epub" if _MEDIA_TYPE in head[38:138] else None
    try:
        archive = open_archive(source, "epub")
        found = archive.has("mimetype") and _MEDIA_TYPE in (archive.part("mimetype", 256) or b"")
    except MarksError:  # no package of ours: another carrier may know it
        return None
    return "epub" if found else None


def read(source: Source, format: str) -> Contents:  # noqa: A002  the word that users know
    """Every ``meta`` that calls itself AIGC, and the book's other metadata."""
    archive = open_archive(source, format)
    places: list[Place] = []
    metadata: list[Meta] = []
    for name in _roots(archive):
        for element in _package(archive, name).found:
            called, value = _told(element)
            if _is_label(element):
                places.append(Place("meta", value.strip()))
            elif called:
                metadata.append(common.meta(f"epub:{called}", value))
    findings = (finding("signed-document"),) if archive.has(_SIGNATURES) else ()
    return Contents(format, tuple(places), common.told(metadata), findings)


def write(source: Source, format: str, wanted: Wanted) -> Plan:  # noqa: A002
    """One ``meta`` in the first package document, others of that kind gone everywhere."""
    archive = open_archive(source, format)
    if archive.has(_SIGNATURES):
        raise common.signed(format)
    first, *others = _roots(archive)
    changes = {first: _labelled(_package(archive, first), wanted)}
    for name in others:
        changes[name] = _labelled(_package(archive, name), None)
    return archive.with_parts(changes)


def _roots(archive: Archive) -> list[str]:
    """The package documents' names, the default rendition's first."""
    data = archive.part(_CONTAINER)
    if data is None:
        raise malformed(archive.format, f"缺少 {_CONTAINER}", f"{_CONTAINER} is missing")
    names = (f"{_CONTAINER_NS} rootfile", "rootfile")
    roots = []
    found = parse(data, archive.format, names).found
    if len(found) > _MAX_ROOTS:
        raise too_complex(archive.format)
    for element in found:
        path = element.attributes.get("full-path", "")
        kind = element.attributes.get("media-type", "application/oebps-package+xml")
        for name in map(posixpath.normpath, (path, unquote(path))):
            if kind == "application/oebps-package+xml" and archive.has(name):
                roots.append(name)
                break
    if not roots:
        raise malformed(archive.format, "缺少 OPF 包文件", "its package document is missing")
    return list(dict.fromkeys(roots))


def _package(archive: Archive, name: str) -> Document:
    return parse(archive.part(name) or b"", archive.format, (*_METADATA, *_META, *_TOLD))


def _told(element: Element) -> tuple[str, str]:
    """What an element is called, and what it says."""
    if element.name in _META:
        attributes = element.attributes
        called = attributes.get("property") or attributes.get("name", "")
        return called, element.text.strip() or attributes.get("content", "")
    if element.name in _METADATA:
        return "", ""
    return element.name.rpartition(" ")[2], element.text


def _is_label(element: Element) -> bool:
    called, value = _told(element)
    # An EPUB 3 property has a prefix of the book's own choosing.
    called = called.rpartition(":")[2]
    return element.name in _META and common.is_label(called, value)


def _labelled(document: Document, wanted: Wanted | None) -> bytes:
    labels = [element for element in document.found if _is_label(element)]
    edits = [(element.start, element.stop, "") for element in labels]
    homes = document.named(*_METADATA)
    if wanted is not None and labels:
        edits[0] = (labels[0].start, labels[0].stop, _field(labels[0], wanted))
    elif wanted is not None and homes:
        edits.append(document.appended(homes[0], _field(homes[0], wanted)))
    elif wanted is not None:
        raise malformed(document.format, "OPF 缺少 metadata", "the package has no metadata")
    return document.replaced(edits)


def _field(near: Element, wanted: Wanted) -> str:
    """The ``meta`` in the namespace of the element beside or around it."""
    text = f'name="AIGC" content="{label_text(wanted)}"'
    if " " not in near.name or near.scope.get("") == _OPF:
        return f"<meta {text}/>"
    declared, prefix = prefix_of(near.scope, _OPF, "opf")
    return "".join([f"<{prefix}meta ", *(f'{k}="{v}" ' for k, v in declared.items()), text, "/>"])
