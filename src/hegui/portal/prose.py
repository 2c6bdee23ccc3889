"""The agreement's plain text as blocks for a page: a title, headings, lists, paragraphs.

Paragraphs are parted by an empty line. A first paragraph of one line is the title; a line that
opens a paragraph with a number (``7.``, ``7、``, ``第七条``) or ``#`` is a heading; lines that
begin with ``- `` are a list. Everything else stays a paragraph, so any text can be published.
"""

import re
from itertools import groupby

import msgspec

_GAP = re.compile(r"\n\s*\n")
_HEADING = re.compile(r"#|\d{1,3}[.、．]|第[一二三四五六七八九十百\d]+[条章节]")


class Block(msgspec.Struct, frozen=True):
    """One block: ``title``, ``heading``, ``list`` or ``paragraph``, and its lines."""

    kind: str
    lines: tuple[str, ...]


def blocks(text: str) -> list[Block]:
    """The blocks of a text, in order."""
    found: list[Block] = []
    for part in filter(None, _GAP.split(text.strip())):
        lines = [line.strip() for line in part.splitlines()]
        if len(lines) == 1 and not found and not _HEADING.match(lines[0]):
            found.append(Block("title", (lines[0],)))
            continue
        if _HEADING.match(lines[0]):
            found.append(Block("heading", (lines.pop(0).lstrip("# "),)))
        for is_list, group in groupby(lines, lambda line: line.startswith("- ")):
            if is_list:
                found.append(Block("list", tuple(line[2:].strip() for line in group)))
            else:
                found.append(Block("paragraph", tuple(group)))
    return found
