"""What other programs read in PDF and packed documents, before and after."""

import re
import subprocess
import zipfile
from pathlib import Path
from typing import Any

from benchmarks.marks.proof import Proof, put_in, xml

_PROPERTIES = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
_META = "urn:oasis:names:tc:opendocument:xmlns:meta:1.0"
_OPF = "http://www.idpf.org/2007/opf"
#: The entries that may change; all others stay byte for byte.
_OURS = re.compile(
    r"docProps/[^/]*\.xml|\[Content_Types\]\.xml|_rels/\.rels|meta\.xml|META-INF/manifest\.xml|.*\.opf"
)


def proofs() -> dict[str, Proof]:
    """By format."""
    parts = "zipfile: every other entry byte for byte"
    package = Proof(
        parts, "unzip -t, zipfile, lxml", "zipfile, lxml",
        _entries_differ, _zip_faults, _odf_labels,
    )  # fmt: skip
    office = package._replace(faults=_office_faults, labels=_office_labels)
    return {
        "pdf": Proof(
            "pikepdf: pages and their content streams", "qpdf --check", "pikepdf",
            _pages_differ, _qpdf_faults, _info_labels,
        ),
        "docx": office._replace(checker="unzip -t, python-docx"),
        "xlsx": office._replace(checker="unzip -t, openpyxl"),
        "pptx": office._replace(checker="unzip -t, python-pptx"),
        **dict.fromkeys(("odt", "ods", "odp", "odg"), package),
        "epub": package._replace(labels=_book_labels),
    }  # fmt: skip


def _pages_differ(before: Path, after: Path) -> list[str]:
    found = [] if _pages(before) == _pages(after) else ["the pages differ"]
    if not after.read_bytes().startswith(before.read_bytes()):
        found.append("the old file does not stand at the new one's head")
    return found


def _pages(path: Path) -> list[Any]:
    import pikepdf

    with pikepdf.open(path) as pdf:
        told = []
        for page in pdf.pages:
            contents = page.obj.get("/Contents")
            streams = contents if isinstance(contents, pikepdf.Array) else [contents]
            held = [s.read_raw_bytes() for s in streams if isinstance(s, pikepdf.Stream)]
            told.append((page.obj.unparse(), held))
        return told


def _qpdf_faults(path: Path) -> list[str]:
    said = subprocess.run(
        ["qpdf", "--check", str(path)], capture_output=True, text=True, errors="replace",
        check=False,
    )  # fmt: skip
    lines = said.stderr.replace(str(path), "FILE").splitlines()
    # Numbers are offsets, which differ from one file to the next.
    return [f"exit {said.returncode}", *(re.sub(r"\d+", "N", line) for line in lines)]


def _info_labels(path: Path) -> list[str]:
    import pikepdf

    with pikepdf.open(path) as pdf:
        return [str(value) for name, value in pdf.docinfo.items() if name.upper() == "/AIGC"]


def _entries_differ(before: Path, after: Path) -> list[str]:
    with zipfile.ZipFile(before) as old, zipfile.ZipFile(after) as new:
        was, now = old.namelist(), new.namelist()
        found = [f"{name} changed" for name in was if name not in now]
        found += [f"{name} was added" for name in now if name not in was and not _OURS.match(name)]
        if [name for name in now if name in was] != was:
            found.append("the entries' order changed")
        for name in set(was) & set(now):
            a, b = old.getinfo(name), new.getinfo(name)
            plain = (old.read(name), new.read(name))
            told = ((a.compress_type, a.compress_size), (b.compress_type, b.compress_size))
            if _OURS.fullmatch(name) and plain[0] != plain[1]:
                if put_in(*plain) is None:
                    found.append(f"more than one piece of {name} changed")
            elif plain[0] != plain[1] or told[0] != told[1]:
                found.append(f"{name} changed")
    return found


def _zip_faults(path: Path) -> list[str]:
    said = subprocess.run(["unzip", "-tqq", str(path)], capture_output=True, text=True, check=False)
    with zipfile.ZipFile(path) as packed:
        broken = packed.testzip()
        for name in packed.namelist():
            if _OURS.fullmatch(name):
                xml(packed.read(name))
    return [f"unzip {said.returncode}", *([f"{broken} is broken"] if broken else [])]


def _office_faults(path: Path) -> list[str]:
    import docx
    import openpyxl
    import pptx

    with zipfile.ZipFile(path) as packed:
        names = packed.namelist()
    if any(name.startswith("word/") for name in names):
        docx.Document(str(path))
    elif any(name.startswith("xl/") for name in names):
        openpyxl.load_workbook(path, read_only=True).close()
    else:
        pptx.Presentation(str(path))
    return _zip_faults(path)


def _parts(path: Path, pattern: str) -> list[Any]:
    with zipfile.ZipFile(path) as packed:
        return [xml(packed.read(n)) for n in packed.namelist() if re.fullmatch(pattern, n)]


def _office_labels(path: Path) -> list[str]:
    return [
        "".join(element.itertext())
        for part in _parts(path, r"docProps/.*\.xml")
        for element in part.iter(f"{{{_PROPERTIES}}}property")
        if element.get("name") == "AIGC"
    ]


def _odf_labels(path: Path) -> list[str]:
    return [
        element.text
        for part in _parts(path, r"meta\.xml")
        for element in part.iter(f"{{{_META}}}user-defined")
        if element.get(f"{{{_META}}}name") == "AIGC"
    ]


def _book_labels(path: Path) -> list[str]:
    return [
        element.get("content")
        for part in _parts(path, r".*\.opf")
        for element in part.iter(f"{{{_OPF}}}meta")
        if element.get("name") == "AIGC"
    ]
