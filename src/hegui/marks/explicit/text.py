"""Marks in Markdown, HTML and plain text: a first or a last line; no other byte changes."""

import html
import re
from typing import BinaryIO

from hegui.marks.errors import too_complex
from hegui.marks.explicit.lines import has_mark
from hegui.marks.explicit.wish import DOCUMENT_TEXT, Wish
from hegui.marks.formats import detect
from hegui.marks.front_matter import fronts
from hegui.marks.html_tags import tags
from hegui.marks.plain_text import MAX_BYTES, encoding_of, is_wide, newline
from hegui.marks.source import Source

_BOM = b"\xef\xbb\xbf"
#: The corner mark of 5.1, or a line that lacks the other element.
_BADGE = re.compile(r"[\W_]*(?:AI(?:GC)?|人工智能|(?:自动|机器)?(?:生成|合成))(?:内容)?[\W_]*")
#: Front matter in TOML, as Hugo has it.
_TOML = re.compile(
    rb"\+\+\+[ \t]*\r?\n(?:[^+\r\n][^\r\n]*|)(?:\r?\n[^\r\n]*)*?\r?\n\+\+\+[ \t]*\r?\n"
)


def draw(source: Source, format: str, wish: Wish, out: BinaryIO) -> bool:  # noqa: A002
    """Puts the mark at the start or the end of a text.

    In Markdown it is a quotation after the front matter, in HTML a paragraph in the body.

    Args:
        source: the text.
        format: ``markdown``, ``html`` or ``text``.
        wish: the mark.
        out: gets the new file.

    Returns:
        False when a mark stands at the start or the end already; then nothing is written.

    Raises:
        MarksError: ``file_too_complex`` for more than 16 MB of text.
    """
    if source.size > MAX_BYTES:
        raise too_complex(source.name)
    if seen(source, wish):
        return False
    data = source.copy(0, source.size)
    at, mark = (_html if format == "html" else _lines)(data, wish, quoted=format == "markdown")
    out.write(data[:at] + mark + data[at:])
    return True


def seen(source: Source, wish: Wish) -> bool:
    """Whether a mark stands at the start or the end, as a line of its own."""
    return any(has_mark(text, wish) for text in _edges(source))


def badge(source: Source) -> str | None:
    """A short line such as ``AI`` at the start or the end, which names one element only."""
    lines = [line.strip() for text in _edges(source) for line in text.splitlines() if line.strip()]
    return next((line for line in (*lines[:3], *lines[-3:]) if _BADGE.fullmatch(line)), None)


def _edges(source: Source) -> list[str]:
    module, format_ = detect(source)
    metadata = module.read(source, format_).metadata
    texts = [meta.text for meta in metadata if meta.key == "text"]
    return [html.unescape(text) for text in texts] if format_ == "html" else texts


def _lines(data: bytes, wish: Wish, *, quoted: bool) -> tuple[int, bytes]:
    """Where a line goes, and the line with those between it and the text."""
    end = "\r\n" if newline(data) == "\r\n" else "\n"
    mark = ("> " if quoted else "") + wish.words(DOCUMENT_TEXT)
    encoding = "gb18030" if (known := encoding_of(data)) == "latin-1" else known
    if is_wide(data):
        start, line_end = 2, end.encode(encoding)
        end = "\r\n" if data.find("\r\n".encode(encoding)) > 0 else "\n"
    else:
        start, line_end = _past_front(data, quoted=quoted), end.encode()
    if wish.at == "start":
        return start, f"{mark}{end}{end}".encode(encoding)
    closed = not data[start:] or data.endswith(line_end)
    return len(data), f"{'' if closed else end}{end}{mark}{end}".encode(encoding)


def _past_front(data: bytes, *, quoted: bool) -> int:
    """Where a text begins: after its byte order mark, and in Markdown after its front matter."""
    start = len(_BOM) if data.startswith(_BOM) else 0
    if quoted:
        heads = fronts(data)
        toml = _TOML.match(data, start)
        start = heads[-1].stop if heads else toml.end() if toml else start
    return start


def _html(data: bytes, wish: Wish, *, quoted: bool) -> tuple[int, bytes]:  # noqa: ARG001
    """Where a paragraph goes in HTML, and the paragraph."""
    found = list(tags(data))
    told = (tag.attributes.get("charset", b"").lower() for tag in found)
    # References mean the same in every encoding that the page may be in.
    codec = "utf-8" if b"utf-8" in told else "ascii"
    words = html.escape(wish.words(DOCUMENT_TEXT)).encode(codec, "xmlcharrefreplace")
    mark = b'<p role="note">' + words + b"</p>"
    if wish.at == "end":
        close = data.lower().rfind(b"</body")
        close = close if close >= 0 else data.lower().rfind(b"</html")
        return (close if close >= 0 else len(data)), mark
    place = [tag.stop for tag in found if tag.name in {"body", "/head"}]
    if not place:
        # Without either, the first tag that is none of the head's begins the body.
        place = [0, *(tag.stop for tag in found if tag.name in {"html", "head", "meta"})]
    return place[-1], mark
