"""PDF: the label is the entry AIGC of the document information dictionary (TC260-PG-20258A, 6.3).

A label in the catalogue's XMP is read as well, and gives way when one is written: whether the
guide takes XMP for PDF is not confirmed, and there is to be one label only.
"""

from hegui.marks import xmp
from hegui.marks.carriers import document_common as common
from hegui.marks.carriers import pdf_info
from hegui.marks.carriers.pdf_file import Pdf, is_encrypted, opened
from hegui.marks.carriers.pdf_object import View
from hegui.marks.carriers.pdf_syntax import Dict, Name
from hegui.marks.carriers.pdf_update import update
from hegui.marks.edits import spliced
from hegui.marks.errors import MarksError, protected
from hegui.marks.finding import finding
from hegui.marks.plan import Plan, Wanted
from hegui.marks.reading import Contents, Meta, Place
from hegui.marks.source import Source

_MAX_FILES = 16


def sniff(head: bytes, source: Source) -> str | None:
    """``pdf``; with bytes before the header only when the end looks like one too."""
    at = head.find(b"%PDF-", 0, 1024 + 5)
    if at > 0 and b"startxref" not in source.upto(max(0, source.size - 2048), 2048):
        return None
    return "pdf" if at >= 0 else None


def read(source: Source, format: str) -> Contents:  # noqa: A002  the word that users know
    """Labels in Info and in the catalogue's XMP, and what else tells of the file's making."""
    pdf = opened(View(source, source.size))
    if is_encrypted(pdf) and pdf.cipher is None:
        raise protected(format)
    info = pdf.info()
    places = [
        Place("info", pdf_info.text_of(pdf, info, each)) for each in pdf_info.labels(pdf, info)
    ]
    metadata = [common.meta(f"pdf:{key}", text) for key, text in pdf_info.others(pdf, info)]
    packet = _packet(pdf)
    if packet:
        places += xmp.places(packet)
        metadata.append(Meta("xmp", xmp.as_text(packet)))
    metadata += _manifests(pdf)
    findings = [finding("signed-document")] if pdf.is_signed() else []
    findings += [finding("pdf-repaired")] if pdf.chain is None else []
    return Contents(format, tuple(places), common.told(metadata), tuple(findings))


def write(source: Source, format: str, wanted: Wanted) -> Plan:  # noqa: A002
    """The file with an update appended that names the label; older labels are blanked."""
    pdf = opened(View(source, source.size))
    if is_encrypted(pdf):
        raise protected(format)
    made = update(pdf, wanted.label.to_json().decode())
    return [*spliced(made.stop, made.edits), made.tail]


def _packet(pdf: Pdf) -> bytes:
    """The catalogue's XMP; empty when there is none that can be unpacked."""
    try:
        found = pdf.metadata()
        return pdf.packet(found) if found else b""
    except MarksError as error:
        if error.code != "file_malformed":
            raise
        return b""


def _manifests(pdf: Pdf) -> list[Meta]:
    """C2PA manifests among the associated files (C2PA 2.2, A.5)."""
    root = pdf.catalogue.entries if pdf.catalogue else Dict()
    files = pdf.resolved(root.get("AF"))
    found = []
    for each in files[:_MAX_FILES] if isinstance(files, list) else []:
        described = pdf.resolved(each)
        if not isinstance(described, Dict) or described.get("AFRelationship") != Name(
            "C2PA_Manifest"
        ):
            continue
        embedded = pdf.resolved(described.get("EF"))
        held = pdf.followed(embedded.get("F")) if isinstance(embedded, Dict) else None
        if held is not None and isinstance(held.value, Dict) and held.stream >= 0:
            found.append(common.meta("c2pa", pdf.packet(held).decode("latin-1")))
    return found
