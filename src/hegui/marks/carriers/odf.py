"""OpenDocument: the label is a user-defined field of ``meta.xml`` named AIGC.

No guide names a carrier for OpenDocument. The convention here follows that for Office documents:
``<meta:user-defined meta:name="AIGC">`` is what a custom property is in ODF 1.3, part 3, 4.3.3,
it shows among the document's properties, and office programs keep it on saving.
"""

from collections.abc import Mapping

from hegui.marks.carriers import document_common as common
from hegui.marks.carriers.zip_parts import Archive, open_archive
from hegui.marks.carriers.zip_xml import Document, Element, markup, parse, prefix_of
from hegui.marks.errors import MarksError, malformed, protected
from hegui.marks.finding import finding
from hegui.marks.plan import Plan, Wanted
from hegui.marks.reading import Contents, Meta, Place
from hegui.marks.source import Source
from hegui.marks.xmp import label_text

_META = "meta.xml"
_MANIFEST = "META-INF/manifest.xml"
_SIGNATURES = "META-INF/documentsignatures.xml"
_OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
_META_NS = "urn:oasis:names:tc:opendocument:xmlns:meta:1.0"
_MANIFEST_NS = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
_DC = "http://purl.org/dc/elements/1.1/"
_FIELD = f"{_META_NS} user-defined"
_TOLD = tuple(f"{_DC} {name}" for name in ("title", "subject", "description", "creator")) + tuple(
    f"{_META_NS} {name}" for name in ("generator", "keyword", "initial-creator")
)
_KINDS = (("text", "odt"), ("spreadsheet", "ods"), ("presentation", "odp"), ("graphics", "odg"))


def sniff(head: bytes, source: Source) -> str | None:
    """``odt``, ``ods``, ``odp`` or ``odg``, with their templates, from the package's media type."""
    if not head.startswith(b"PK\3\4"):
        return None
    kind = b""
    if head.startswith(b"mimetype", 30):
        kind = head[38:138]
    else:
        try:
            kind = open_archive(source, "odt").part("mimetype", 256) or b""
        except MarksError:  # no package of ours: another carrier may know it
            return None
    _, found, name = kind.partition(b"application/vnd.oasis.opendocument.")
    if not found:
        return None
    return next((fmt for start, fmt in _KINDS if name.startswith(start.encode())), None)


def read(source: Source, format: str) -> Contents:  # noqa: A002  the word that users know
    """User-defined fields that call themselves AIGC, and the document's other metadata."""
    archive = open_archive(source, format)
    document = _meta(archive)
    places: list[Place] = []
    metadata: list[Meta] = []
    for element in document.found if document else ():
        if _is_label(element):
            places.append(Place("meta", element.text.strip()))
        elif element.name in {_FIELD, *_TOLD}:
            named = element.attributes.get(f"{_META_NS} name", element.name.rpartition(" ")[2])
            metadata.append(common.meta(f"odf:{named}", element.text))
    findings = (finding("signed-document"),) if archive.has(_SIGNATURES) else ()
    return Contents(format, tuple(places), common.told(metadata), findings)


def write(source: Source, format: str, wanted: Wanted) -> Plan:  # noqa: A002
    """One user-defined field AIGC, others of that kind gone."""
    archive = open_archive(source, format)
    if archive.has(_SIGNATURES):  # a signature covers every part (ODF 1.3, part 2, 5.2)
        raise common.signed(format)
    document = _meta(archive)
    if document is not None:
        return archive.with_parts({_META: _labelled(document, wanted)})
    listed = archive.part(_MANIFEST)
    if listed is None:
        raise malformed(format, f"缺少 {_MANIFEST}", f"{_MANIFEST} is missing")
    manifest = parse(listed, format, ())
    space, prefix = prefix_of(manifest.root.scope, _MANIFEST_NS, "manifest")
    entry = {f"{prefix}full-path": _META, f"{prefix}media-type": "text/xml"}
    added = manifest.appended(manifest.root, markup(f"{prefix}file-entry", {**space, **entry}))
    return archive.with_parts({_META: _fresh(wanted), _MANIFEST: manifest.replaced([added])})


def _meta(archive: Archive) -> Document | None:
    """The metadata part; None when there is none; refuses an encrypted document."""
    manifest = archive.part(_MANIFEST) or b""
    # Asked of the bytes: old manifests take their namespace from a DTD that is not there.
    if b"encryption-data" in manifest.replace(b"\0", b"") or archive.has("encrypted-package"):
        raise protected(archive.format)
    data = archive.part(_META)
    if data is None:
        return None
    return parse(data, archive.format, (f"{_OFFICE} meta", _FIELD, *_TOLD))


def _is_label(element: Element) -> bool:
    name = element.attributes.get(f"{_META_NS} name", "")
    return element.name == _FIELD and common.is_label(name, element.text)


def _labelled(document: Document, wanted: Wanted) -> bytes:
    labels = [element for element in document.found if _is_label(element)]
    edits = [(element.start, element.stop, "") for element in labels]
    homes = document.named(f"{_OFFICE} meta")
    if labels:
        first = labels[0]
        edits[0] = (first.start, first.stop, _field(first.scope, wanted))
    elif homes:
        edits.append(document.appended(homes[0], _field(homes[0].scope, wanted)))
    else:
        space, prefix = prefix_of(document.root.scope, _OFFICE, "office")
        added = markup(f"{prefix}meta", space, _field(document.root.scope, wanted))
        edits.append(document.appended(document.root, added))
    return document.replaced(edits)


def _field(scope: Mapping[str, str], wanted: Wanted) -> str:
    declared, prefix = prefix_of(scope, _META_NS, "meta")
    named = {**declared, f"{prefix}name": "AIGC"}
    return markup(f"{prefix}user-defined", named, label_text(wanted))


def _fresh(wanted: Wanted) -> bytes:
    """A metadata part with nothing but the label."""
    root = (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<office:document-meta xmlns:office="{_OFFICE}" xmlns:meta="{_META_NS}" '
        'office:version="1.3"><office:meta/></office:document-meta>'
    )
    return _labelled(parse(root.encode(), "odf", (f"{_OFFICE} meta", _FIELD)), wanted)
