"""Markdown: the label is the mapping ``AIGC`` of the YAML front matter (TC260-PG-20258A 6.5).

Every byte that is not label stays: the rest of the front matter with its comments, line ends, a
byte order mark. With a front matter a code block stays, since a label in it is an example.
"""

import re

from hegui.marks.edits import Edit, spliced
from hegui.marks.errors import malformed, no_carrier
from hegui.marks.front_matter import QUOTED, Front, blocks, fronts
from hegui.marks.plain_text import MAX_BYTES, edges, encoding_of, is_text, is_wide, newline
from hegui.marks.plan import Plan, Wanted
from hegui.marks.reading import Contents, Place
from hegui.marks.source import Source
from hegui.marks.yaml_block import written

_SUFFIXES = (".md", ".markdown", ".mdown", ".mkd", ".mdx", ".rmd", ".qmd")
#: How Markdown begins when nothing names it: a heading, with an empty line or another after it.
_HEADING = re.compile(rb"\s*#{1,6} [^\r\n]{1,200}\r?\n[ \t]*(?:\r?\n|#)")
_BOM = b"\xef\xbb\xbf"


def sniff(head: bytes, source: Source) -> str | None:
    """``markdown`` for a text with a label, a front matter or a heading, or of such a name.

    Nothing in a text of plain paragraphs tells it from other text, nor a configuration file with
    comments from headings: there the name decides.
    """
    if source.size > MAX_BYTES or not is_text(head, source):
        return None
    name = source.name.lower()
    if name.endswith(_SUFFIXES):
        return "markdown"
    named = "." in name.strip(".") and not name.startswith("<")
    if not named and not is_wide(head) and (fronts(head) or _HEADING.match(head)):
        return "markdown"
    return "markdown" if blocks(source.upto(0, source.size)) else None


def read(source: Source, format: str) -> Contents:  # noqa: A002  the word that users know
    """The labels of the front matter, and those that stand where they should not."""
    data = source.at(0, source.size)
    places = tuple(Place(one.spot, one.value, one.findings) for one in blocks(data))
    heads = fronts(data)
    body = data[heads[-1].stop :] if heads else data
    text = edges(body)
    return Contents(format, places, (text,))


def write(source: Source, format: str, wanted: Wanted) -> Plan:  # noqa: A002
    """The file with the one label in the front matter, which is made when there is none.

    Raises:
        MarksError: ``file_malformed`` for UTF-16, and for several labels in a text without a front
            matter, of which any may be an example; ``format_no_carrier`` for a front matter in
            TOML or JSON, which another one before it would break.
    """
    data = source.at(0, source.size)
    if is_wide(data):
        raise malformed(format, "编码是 UTF-16，请先转为 UTF-8", "it is UTF-16, save it as UTF-8")
    found = blocks(data)
    if fronts(data):
        found = [one for one in found if one.spot not in QUOTED]
    elif len(found) > 1:
        raise malformed(format, "正文里有多处标识", "its text holds several labels")
    start = len(_BOM) if data.startswith(_BOM) else 0
    if data.startswith((b"+++", b"{"), start) and all(one.start > start for one in found):
        raise no_carrier("Markdown (TOML, JSON)")
    line = newline(data)
    text = written(wanted.label, line, ascii_only=encoding_of(data) != "utf-8").encode()
    gone = [(one.start, one.stop, b"") for one in found if one.spot != "front-matter"]
    kept = [one for one in found if one.spot == "front-matter"]
    if kept:
        first, *others = kept
        gone += [(one.start, one.stop, b"") for one in others]
        return spliced(len(data), [(first.start, first.stop, text), *gone])
    return spliced(len(data), [_new(data, start, text, line.encode(), gone), *gone])


def _new(data: bytes, start: int, text: bytes, line: bytes, gone: list[Edit]) -> Edit:
    """A label at the end of the front matter, or with a front matter of its own."""
    head: Front | None = next(
        (one for one in fronts(data) if (one.start, one.stop, b"") not in gone), None
    )
    if head is not None and head.start <= min((start for start, *_ in gone), default=head.start):
        return (head.close, head.close, text)
    return (start, start, b"---" + line + text + b"---" + line + line)
