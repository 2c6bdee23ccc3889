"""Writes the two tables of ``docs/marks.md``: formats with their proofs, and finding codes.

The formats come from ``benchmarks/results/marks-real.json`` (what was held against real files),
the findings from the table of the source. Each stands between two comments that name it.
"""

import json
import re
import sys
from pathlib import Path
from typing import Any

from hegui.marks.finding_table import ROWS

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "marks.md"
RESULT = ROOT / "benchmarks" / "results" / "marks-real.json"
_XMP = "XMP packet, `TC260:AIGC`"
#: Formats of one carrier: what the label stands in, the clause or convention, its grade.
_CARRIERS: tuple[tuple[tuple[str, ...], str, str], ...] = (
    (("jpeg",), f"APP1: {_XMP}", "TC260-PG-20259A **G**"),
    (("png", "apng"), f"iTXt `XML:com.adobe.xmp`: {_XMP}", "TC260-PG-20259A **G W**"),
    (("webp",), f"chunk `XMP `: {_XMP}", "TC260-PG-20259A **G**"),
    (("gif",), f"application extension `XMP DataXMP`: {_XMP}", "TC260-PG-20259A **G**"),
    (("tiff",), f"tag 700, type 7: {_XMP}", "TC260-PG-20259A **G**"),
    (("heic", "heif"), f"item `application/rdf+xml`: {_XMP}", "TC260-PG-20259A **G**"),
    (("avif",), f"as HEIF: {_XMP}", "a vendor's documents; **X**"),
    (("svg",), f"`<metadata>`: {_XMP}", "no guide; **X**"),
    (("mp4", "mov", "m4v"), "`moov.udta.meta`, key `AIGC`", "TC260-PG-20257A 6.1.1 **G W**"),
    (("m4a",), "`moov.udta.meta`, key `AIGC`", "TC260-PG-202510A **G W**"),
    (("3gp",), "`moov.udta.meta`, key `AIGC`", "as MP4; **X**"),
    (("matroska", "webm"), "`Tags`, SimpleTag `AIGC`", "TC260-PG-20257A **G**"),
    (("flv",), "`onMetaData`, key `AIGC`", "TC260-PG-20257A **G**"),
    (("avi",), "`LIST INFO`, chunk `AIGC`", "TC260-PG-20257A **G**"),
    (("wav",), "chunk `AIGC`", "TC260-PG-202510A **G**"),
    (("mp3",), "ID3v2 `TXXX:AIGC`", "TC260-PG-202510A **G**"),
    (("flac", "ogg", "opus"), "Vorbis comment `AIGC`", "TC260-PG-202510A **G**"),
    (("pdf",), "Info dictionary, `/AIGC`", "TC260-PG-20258A 6.3 **G**"),
    (("docx", "xlsx", "pptx"), "`custom.xml`, property `AIGC`", "TC260-PG-20258A 6.1 **G**"),
    (("odt", "ods", "odp", "odg"), "`meta.xml`, user-defined `AIGC`", "no guide; **X**"),
    (("epub",), 'package document, `<meta name="AIGC">`', "no guide; **X**"),
    (("markdown",), "front matter, mapping `AIGC`", "TC260-PG-20258A 6.5 **G W**"),
    (("html",), '`<meta name="AIGC">` in `<head>`', "not confirmed in the guide; **X W**"),
    (("json",), "member `AIGC` of the outermost object", "no guide; **X**"),
    (("text", "bmp", "adts"), "none: sidecar `NAME.aigc.json`", "no guide; **X**"),
)  # fmt: skip


def page(text: str, result: dict[str, Any]) -> str:
    """The page with both tables as the source and the result have them.

    Raises:
        ValueError: the page has not the comments of one of them.
    """
    for name, table in (("formats", formats(result)), ("findings", findings())):
        marks = (f"<!-- {name}: begin -->", f"<!-- {name}: end -->")
        pattern = re.compile("(?s)" + ".*?".join(map(re.escape, marks)))
        parts = pattern.split(text)
        if len(parts) != 2:
            raise ValueError(f"{PAGE.name} needs {' … '.join(marks)} once")
        text = f"{parts[0]}{marks[0]}\n{table}\n{marks[1]}{parts[1]}"
    return text


def formats(result: dict[str, Any]) -> str:
    """A row for each format."""
    told = result["figures"]["formats"]
    lines = [
        "| format | carrier | clause, convention | foreign reader | checker; proof | real files |",
        "|---|---|---|---|---|---|",
    ]
    for names, place, clause in _CARRIERS:
        for name in names:
            one = told[name]
            checked = "; ".join(x for x in (one["checker"], one["content"]) if x) or "bytes"
            lines.append(
                f"| {name} | {place} | {clause} | {one['reader']} | {checked} | {_files(one)} |"
            )
    return "\n".join(lines)


def _files(one: dict[str, Any]) -> str:
    makers = [maker.replace("|", "\\|") for maker in one["makers"]]
    if not makers:
        return "none found in Debian 12 or PyPI; the tests make their own"
    few = "; no third maker found" if len(makers) < 3 else ""
    return f"{one['files']}: {', '.join(makers)}{few}"


def findings() -> str:
    """A row for each finding code."""
    lines = ["| code | severity | clause | what it says |", "|---|---|---|---|"]
    for code, row in sorted(ROWS.items()):
        clause = row.clause or "none"
        said = re.sub(r"\{[^{}]*\}", "…", row.en).replace("|", "\\|")
        lines.append(f"| `{code}` | {row.severity} | {clause} | {_phrase(said)} |")
    return "\n".join(lines)


def _phrase(sentence: str) -> str:
    """What a sentence finds, without what it advises behind the semicolon."""
    return sentence.partition(";")[0].rstrip(".")


def main() -> int:
    """Writes the page."""
    result = json.loads(RESULT.read_text(encoding="utf-8"))
    PAGE.write_text(page(PAGE.read_text(encoding="utf-8"), result), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
