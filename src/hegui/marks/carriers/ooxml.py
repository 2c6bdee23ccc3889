"""Office Open XML: the label is a custom document property (TC260-PG-20258A, 6.1).

``docProps/custom.xml`` holds ``<property name="AIGC"><vt:lpwstr>`` with the bare object; the part
is named in ``[Content_Types].xml`` and related from ``_rels/.rels`` (ISO/IEC 29500-2).
"""

import posixpath
import struct

from hegui.marks.carriers import document_common as common
from hegui.marks.carriers.zip_parts import Archive, normal, open_archive
from hegui.marks.carriers.zip_xml import Document, Element, markup, parse
from hegui.marks.errors import MarksError, malformed, protected
from hegui.marks.finding import finding
from hegui.marks.plan import Plan, Wanted
from hegui.marks.reading import Contents, Meta, Place
from hegui.marks.source import Source
from hegui.marks.xmp import label_text

_TYPES = "[Content_Types].xml"
_RELS = "_rels/.rels"
_CUSTOM = "docProps/custom.xml"
_TYPES_NS = "http://schemas.openxmlformats.org/package/2006/content-types"
_RELS_NS = "http://schemas.openxmlformats.org/package/2006/relationships"
_CUSTOM_TYPE = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
_FMTID = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
#: Transitional, and strict: root and values' namespaces, the relation's type.
_TRANSITIONAL = (
    "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties",
    "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes",
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships/custom-properties",
)
_STRICT = (
    "http://purl.oclc.org/ooxml/officeDocument/customProperties",
    "http://purl.oclc.org/ooxml/officeDocument/docPropsVTypes",
    "http://purl.oclc.org/ooxml/officeDocument/relationships/customProperties",
)
_PROPERTIES = tuple(f"{kind[0]} property" for kind in (_TRANSITIONAL, _STRICT))
#: What the main part's content type says of the format: the plain kinds, and those with macros.
_KINDS = (
    (b"wordprocessingml.document.main", "docx"),
    (b"wordprocessingml.template.main", "docx"),
    (b"ms-word.document.macroEnabled", "docx"),
    (b"ms-word.template.macroEnabled", "docx"),
    (b"spreadsheetml.sheet.main", "xlsx"),
    (b"spreadsheetml.template.main", "xlsx"),
    (b"ms-excel.sheet.", "xlsx"),
    (b"ms-excel.template.macroEnabled", "xlsx"),
    (b"ms-excel.addin.macroEnabled", "xlsx"),
    (b"presentationml.presentation.main", "pptx"),
    (b"presentationml.template.main", "pptx"),
    (b"presentationml.slideshow.main", "pptx"),
    (b"ms-powerpoint.presentation.macroEnabled", "pptx"),
    (b"ms-powerpoint.template.macroEnabled", "pptx"),
    (b"ms-powerpoint.slideshow.macroEnabled", "pptx"),
    (b"ms-powerpoint.addin.macroEnabled", "pptx"),
)
#: Other metadata that may tell of generation, by part and local name.
_TOLD = {
    "docProps/core.xml": (
        "http://purl.org/dc/elements/1.1/ title",
        "http://purl.org/dc/elements/1.1/ subject",
        "http://purl.org/dc/elements/1.1/ creator",
        "http://purl.org/dc/elements/1.1/ description",
        "http://schemas.openxmlformats.org/package/2006/metadata/core-properties keywords",
        "http://schemas.openxmlformats.org/package/2006/metadata/core-properties lastModifiedBy",
    ),
    "docProps/app.xml": tuple(
        f"{base} {name}"
        for base in (
            "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties",
            "http://purl.oclc.org/ooxml/officeDocument/extendedProperties",
        )
        for name in ("Application", "Company")
    ),
}
_MAX_TOLD = 256 * 1024
_C2PA = "META-INF/content_credential.c2pa"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def sniff(head: bytes, source: Source) -> str | None:
    """``docx``, ``xlsx`` or ``pptx``, with their templates, shows and kinds with macros.

    An encrypted one hides which it is, and counts as ``docx``.
    """
    if head.startswith(_OLE):
        return "docx" if _is_encrypted(head, source) else None
    if not head.startswith(b"PK\3\4") or head.startswith(b"mimetype", 30):
        return None
    try:
        types = open_archive(source, "docx").part(_TYPES)
    except MarksError:  # no package of ours: another carrier may know it
        return None
    if types is None:
        return None
    if types.startswith((b"\xff\xfe", b"\xfe\xff")):
        types = types.replace(b"\0", b"")
    return next((kind for mark, kind in _KINDS if mark in types), None)


def read(source: Source, format: str) -> Contents:  # noqa: A002  the word that users know
    """Custom properties that call themselves AIGC, and what else tells of the document's making."""
    if source.upto(0, 8) == _OLE:
        raise protected(format)
    archive = open_archive(source, format)
    places: list[Place] = []
    metadata: list[Meta] = []
    for name in _custom_parts(archive):
        for element in _properties(archive, name).found:
            called = element.attributes.get("name", "")
            if common.is_label(called, element.text):
                places.append(Place("custom-properties", element.text.strip()))
            else:
                metadata.append(common.meta(f"ooxml:{called}", element.text))
    for name, names in _TOLD.items():
        data = archive.part(name, _MAX_TOLD)
        for element in parse(data, format, names).found if data else ():
            local = element.name.rpartition(" ")[2]
            metadata.append(common.meta(f"ooxml:{local}", element.text))
    manifest = archive.opening(_C2PA, common.MAX_TEXT)
    if manifest:
        metadata.append(common.meta("c2pa", manifest.decode("latin-1")))
    findings = (finding("signed-document"),) if _signatures(archive) else ()
    return Contents(format, tuple(places), common.told(metadata), findings)


def write(source: Source, format: str, wanted: Wanted) -> Plan:  # noqa: A002
    """One custom property AIGC, others of that kind gone; part, type and relation as needed."""
    if source.upto(0, 8) == _OLE:
        raise protected(format)
    archive = open_archive(source, format)
    changes: dict[str, bytes] = {}
    relations = _relations(archive)
    parts = _custom_parts(archive, relations)
    strict = any("purl.oclc.org" in each.attributes.get("Type", "") for each in relations.found)
    home, *others = parts or [_CUSTOM]
    if archive.has(home):
        changes[home] = _labelled(_properties(archive, home), wanted)
    else:
        changes[home] = _fresh(_STRICT if strict else _TRANSITIONAL, wanted)
    for name in others:
        changes[name] = _labelled(_properties(archive, name), None)
    if home not in _related(relations):
        kind = (_STRICT if strict else _TRANSITIONAL)[2]
        changes[_RELS] = _with_relation(relations, kind, home)
    typed = _with_type(archive, home)
    if typed is not None:
        changes[_TYPES] = typed
    _mind_signatures(archive, changes)
    return archive.with_parts(changes)


def _is_encrypted(head: bytes, source: Source) -> bool:
    """Whether an OLE file is the wrapper of an encrypted package (MS-OFFCRYPTO 2.3)."""
    if len(head) < 512:
        return False
    shift, first = struct.unpack_from("<H", head, 30)[0], struct.unpack_from("<L", head, 48)[0]
    if shift not in {9, 12}:
        return False
    directory = source.upto((first + 1) << shift, 4096)
    return "EncryptedPackage".encode("utf-16-le") in directory


def _relations(archive: Archive) -> Document:
    data = archive.part(_RELS)
    if data is None:
        raise malformed(archive.format, "缺少 _rels/.rels", "_rels/.rels is missing")
    return parse(data, archive.format, (f"{_RELS_NS} Relationship",))


def _related(relations: Document) -> list[str]:
    """The names of the custom properties' parts, as the relations have them."""
    return [
        posixpath.normpath("/" + each.attributes.get("Target", "")).lstrip("/")
        for each in relations.found
        if each.attributes.get("Type") in {_TRANSITIONAL[2], _STRICT[2]}
        and each.attributes.get("TargetMode") != "External"
    ]


def _custom_parts(archive: Archive, relations: Document | None = None) -> list[str]:
    """Parts that hold custom properties, related ones first; a stray one of the usual name too."""
    related = _related(relations or _relations(archive))
    names = {normal(name): name for name in (*related, _CUSTOM) if archive.has(name)}
    return list(names.values())


def _properties(archive: Archive, name: str) -> Document:
    return parse(archive.part(name) or b"", archive.format, _PROPERTIES)


def _labelled(document: Document, wanted: Wanted | None) -> bytes:
    """The properties with the wanted label at the first one's place, or at the end."""
    labels = [
        each
        for each in document.found
        if common.is_label(each.attributes.get("name", ""), each.text)
    ]
    edits = [(each.start, each.stop, "") for each in labels]
    if wanted is not None and labels:
        first = labels[0]
        pid = first.attributes.get("pid", "")
        pid = pid if pid.isdecimal() and int(pid[:9]) >= 2 else _free_pid(document)
        edits[0] = (first.start, first.stop, _property(document.root, pid, wanted))
    elif wanted is not None:
        added = _property(document.root, _free_pid(document), wanted)
        edits.append(document.appended(document.root, added))
    return document.replaced(edits)


def _free_pid(document: Document) -> str:
    taken = {each.attributes.get("pid", "") for each in document.found}
    return next(str(pid) for pid in range(2, len(taken) + 3) if str(pid) not in taken)


def _property(root: Element, pid: str, wanted: Wanted) -> str:
    """The property in the root's own namespaces, declared again where the root does not."""
    kind = _STRICT if root.name.startswith(_STRICT[0]) else _TRANSITIONAL
    declared = {} if root.scope.get("") == kind[0] else {"xmlns": kind[0]}
    value = {} if root.scope.get("vt") == kind[1] else {"xmlns:vt": kind[1]}
    attributes = {"fmtid": _FMTID, "pid": pid, "name": "AIGC"}
    inner = markup("vt:lpwstr", value, label_text(wanted))
    return markup("property", {**declared, **attributes}, inner)


def _fresh(kind: tuple[str, str, str], wanted: Wanted) -> bytes:
    root = f'<Properties xmlns="{kind[0]}" xmlns:vt="{kind[1]}"/>'
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    return _labelled(parse((head + root).encode(), "ooxml", _PROPERTIES), wanted)


def _with_relation(relations: Document, kind: str, home: str) -> bytes:
    taken = {each.attributes.get("Id", "") for each in relations.found}
    free = next(f"rId{n}" for n in range(1, len(taken) + 2) if f"rId{n}" not in taken)
    attributes = {"Id": free, "Type": kind, "Target": home}
    return relations.replaced([_child(relations, "Relationship", _RELS_NS, attributes)])


def _with_type(archive: Archive, home: str) -> bytes | None:
    """The list of types with the part's own, or None when it has it."""
    data = archive.part(_TYPES)
    if data is None:
        raise malformed(archive.format, f"缺少 {_TYPES}", f"{_TYPES} is missing")
    types = parse(data, archive.format, (f"{_TYPES_NS} Override",))
    for each in types.found:
        if normal(each.attributes.get("PartName", "")) == normal(home):
            if each.attributes.get("ContentType") == _CUSTOM_TYPE:
                return None
            raise malformed(archive.format, "部件类型有误", "the properties' part is of other type")
    attributes = {"PartName": f"/{home}", "ContentType": _CUSTOM_TYPE}
    return types.replaced([_child(types, "Override", _TYPES_NS, attributes)])


def _child(
    document: Document, name: str, space: str, attributes: dict[str, str]
) -> tuple[int, int, str]:
    declared = {} if document.root.scope.get("") == space else {"xmlns": space}
    return document.appended(document.root, markup(name, {**declared, **attributes}))


def _signatures(archive: Archive) -> list[str]:
    return [
        entry.name
        for entry in archive.entries
        if normal(entry.name).startswith("_xmlsignatures/") and entry.name.endswith(".xml")
    ]


def _mind_signatures(archive: Archive, changes: dict[str, bytes]) -> None:
    """Refuses when a signature covers a part that would change.

    Office signs the relations through a transform that picks some of them (ISO/IEC 29500-2,
    13.2.4.24), so that another relation leaves the signature whole; types are not signed.
    """
    for name in _signatures(archive):
        signature = (archive.part(name) or b"").lower()
        for changed in changes:
            covered = f"/{changed.lower()}?".encode() in signature
            picked = changed == _RELS and b"relationshipreference" in signature
            if covered and not picked:
                raise common.signed(archive.format)
        if b"relationshipsgroupreference" in signature and b"custom-properties" in signature:
            raise common.signed(archive.format)
