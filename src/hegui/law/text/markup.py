"""From a web page to its text, in one pass whatever the page is like.

The standard library's parser looks for the end of each unfinished comment or tag from its start
on, which takes many minutes over a hostile page; here each character is looked at a few times.
What is malformed is kept as text, so that nothing of the page is lost.
"""

import html
import re

from hegui.law.errors import LawError

#: Tags and entities of one page; the longest real ones have some ten thousand.
MOST_MARKS = 100_000
#: What a text must have in it to be taken for a page.
_PAGE = re.compile(
    r"<(?:!doctype|html)|<(?:p|div|li|ol|ul|table)[\s>]|</(?:body|pre|span)>|<br ?/?>",
    re.IGNORECASE,
)
#: A comment's start, a declaration, or a tag; none runs past the next ``<``.
_TAG = re.compile(r"<(?:(!--)|[!?][^<>]*>|(/?)([A-Za-z][A-Za-z0-9:_-]{0,31})(?:[\s/][^<>]*)?>)")
_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_BLANKS = re.compile(r"[ \t\r\n\f]+")
_START = re.compile(r"\bstart\s{0,3}=\s{0,3}[\"']?(\d{1,4})")
_NOTE = re.compile(r"\s*[\[［(（]?\s*(\d{1,3})\s*[\]］)）]?\s*")
#: Their content is no text.
_HIDDEN = frozenset({"script", "style", "template", "noscript", "svg"})
_CELLS = frozenset({"td", "th"})
_BLOCKS = frozenset(
    {
        *("address", "article", "aside", "blockquote", "body", "br", "caption", "center", "dd"),
        *("div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2"),
        *("h3", "h4", "h5", "h6", "head", "header", "hr", "html", "legend", "li", "main", "nav"),
        *("ol", "option", "p", "pre", "section", "select", "table", "tbody", "tfoot", "thead"),
        *("title", "tr", "ul"),
    }
)


def is_page(text: str) -> bool:
    """Whether a text is a web page, and not one that is to be read as it stands."""
    return _PAGE.search(text) is not None


def plain(text: str, file: str) -> str:
    """A page's text: a line for each block, lists numbered, raised numbers as ``[1]``.

    Args:
        text: the page.
        file: its name, for errors.

    Raises:
        LawError: ``text_marks``.
    """
    if text.count("<") + text.count("&") > MOST_MARKS:
        raise LawError(
            "text_marks",
            zh=f"网页 {file} 的标记多于 {MOST_MARKS} 个，没有读取。请只保存正文部分后重试。",
            en=f"The page {file} has more than {MOST_MARKS} tags and was not read. Save the part "
            "with the text alone and try again.",
        )
    page = _Page()
    at = 0
    while (tag := _TAG.search(text, at)) is not None:
        page.text(text[at : tag.start()])
        at = tag.end()
        if tag[1]:
            at = _past(text, "-->", at, page)
        elif tag[3]:
            name = tag[3].lower()
            page.tag(name, closing=bool(tag[2]), attributes=tag[0])
            if name in _HIDDEN and not tag[2]:
                at = _past(text, f"</{name}[^<>]*>", at, page)
    page.text(text[at:])
    return "".join(page.parts)


def _past(text: str, end: str, at: int, page: "_Page") -> int:
    """Where something hidden ends; where it is never closed, its content is text after all."""
    if end in page.never:
        return at
    found = re.compile(end, re.IGNORECASE).search(text, at)
    if found is None:
        page.never.add(end)  # so nothing is searched for twice
        return at
    return found.end()


class _Page:
    """The text so far.

    Attributes:
        parts: of the text.
        never: ends that do not come any more.
    """

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.never: set[str] = set()
        self._lists: list[int] = []  # the last number; -1 of a list without
        self._raised: int | None = None  # where a raised part begins
        self._pre = False  # line ends count

    def text(self, raw: str) -> None:
        """Text between two tags."""
        if raw:
            told = _ENTITY.sub(lambda found: html.unescape(found[0]), raw)
            self.parts.append(told if self._pre else _BLANKS.sub(" ", told))

    def tag(self, name: str, *, closing: bool, attributes: str) -> None:
        """A tag: the end of a line, the start of an item, or nothing."""
        if name in _BLOCKS:
            self.parts.append("\n")
        elif name in _CELLS:
            self.parts.append(" ")
        if name in ("ol", "ul"):
            self._list(name, closing, attributes)
        elif name == "li" and not closing and self._lists and self._lists[-1] >= 0:
            self._lists[-1] += 1
            self.parts.append(f"{self._lists[-1]}. ")
        elif name == "p" and closing:
            self.parts.append("\n")  # a blank line, as it looks
        elif name == "pre":
            self._pre = not closing
        elif name == "sup":
            self._sup(closing)

    def _list(self, name: str, closing: bool, attributes: str) -> None:
        if closing:
            del self._lists[-1:]
        else:
            start = _START.search(attributes)
            first = int(start[1]) if start else 1
            self._lists.append(max(first - 1, 0) if name == "ol" else -1)

    def _sup(self, closing: bool) -> None:
        if not closing:
            self._raised = len(self.parts)
        elif self._raised is not None:
            raised = "".join(self.parts[self._raised :])
            note = _NOTE.fullmatch(raised) if len(raised) < 12 else None
            self.parts[self._raised :] = [f"[{note[1]}]" if note else raised]
            self._raised = None
