"""The XML parts of a package: found by namespace, edited by splicing, nothing else touched.

Entities of a document's own are refused, so nothing can grow. Texts in UTF-16 are walked as UTF-8
and put back; in other encodings a character that might not exist becomes a reference.
"""

import re
from collections.abc import Mapping, Sequence
from xml.parsers import expat

import msgspec

from hegui.marks.errors import malformed, too_complex
from hegui.marks.markup import escape

#: Twenty thousand files in a book make some forty thousand elements.
MAX_ELEMENTS = 100_000
MAX_DEPTH = 256
_XML = "http://www.w3.org/XML/1998/namespace"
_NAME = re.compile(rb"[^ \t\r\n/>]+")
_MARKS = re.compile(rb"[\"'>]")


class Element(msgspec.Struct):
    """One element that was asked for.

    Attributes:
        name: namespace and local name with a space between, or the local name alone.
        tag: the name as written, with its prefix.
        attributes: by name, with the namespace as in ``name``.
        start: offset of ``<``.
        inner: offset after the start tag.
        end: offset of the end tag; the same as ``stop`` in an empty element.
        stop: offset after the element.
        text: its characters, those of elements within included unless they are found themselves.
        scope: prefixes declared where it stands, with their namespaces.
        parent: the name of the element around it.
    """

    name: str
    tag: str
    attributes: dict[str, str]
    start: int
    inner: int
    scope: Mapping[str, str]
    parent: str
    end: int = 0
    stop: int = 0
    text: str = ""

    @property
    def empty(self) -> bool:
        """Whether it is written as one tag, ``<a/>``."""
        return self.end == self.stop


class Document(msgspec.Struct):
    """A part's XML.

    Attributes:
        format: for messages.
        data: as walked: UTF-8, or the part's own single-byte encoding.
        codec: what to encode new text with; ``ascii`` stands for "references only".
        wide: the UTF-16 codec to go back to, its byte order mark first, or empty.
        root: the outermost element.
        found: the elements asked for, in order of their starts.
    """

    format: str
    data: bytes
    codec: str
    wide: str
    root: Element
    found: list[Element]

    def named(self, *names: str) -> list[Element]:
        """The elements found under one of these names, in the document's order."""
        return [element for element in self.found if element.name in names]

    def replaced(self, edits: Sequence[tuple[int, int, str]]) -> bytes:
        """The part with pieces replaced.

        Args:
            edits: start, stop and the new markup; not overlapping.
        """
        pieces, at = [], 0
        for start, stop, text in sorted(edits):
            pieces += [self.data[at:start], text.encode(self.codec, "xmlcharrefreplace")]
            at = stop
        data = b"".join([*pieces, self.data[at:]])
        return data if not self.wide else ("\ufeff" + data.decode()).encode(self.wide)

    def appended(self, element: Element, markup: str) -> tuple[int, int, str]:
        """The edit that puts markup in as the last of an element's content."""
        if not element.empty:
            return element.end, element.end, markup
        return element.stop - 2, element.stop, f">{markup}</{element.tag}>"


def parse(data: bytes, fmt: str, names: Sequence[str]) -> Document:
    """Walks a part once.

    Args:
        data: the whole part.
        fmt: the format's name.
        names: of the elements to find, namespace and local name with a space between.

    Raises:
        MarksError: ``file_malformed`` when it is not well formed or declares entities;
            ``file_too_complex`` past 100,000 elements or 256 levels.
    """
    return _Walk(data, fmt, frozenset(names)).document()


def markup(tag: str, attributes: Mapping[str, str], inner: str | None = None) -> str:
    """One element as text.

    Args:
        tag: with its prefix.
        attributes: their plain values.
        inner: markup within; None for an empty element.
    """
    head = tag + "".join(f' {name}="{escape(value)}"' for name, value in attributes.items())
    return f"<{head}/>" if inner is None else f"<{head}>{inner}</{tag}>"


def prefix_of(scope: Mapping[str, str], uri: str, usual: str) -> tuple[dict[str, str], str]:
    """How to name something of a namespace at some place.

    Args:
        scope: the prefixes declared there.
        uri: the namespace.
        usual: the prefix to declare when there is none.

    Returns:
        The declaration to add (empty when there is one), and the prefix with its colon.
    """
    for prefix, bound in scope.items():
        if bound == uri and prefix:
            return {}, f"{prefix}:"
    return {f"xmlns:{usual}": uri}, f"{usual}:"


class _Walk:
    def __init__(self, data: bytes, fmt: str, names: frozenset[str]) -> None:
        self.fmt = fmt
        self.names = names
        self.codec, self.wide = "utf-8", ""
        if data.startswith((b"\xff\xfe", b"\xfe\xff")):
            self.wide = "utf-16-le" if data[0] == 0xFF else "utf-16-be"
            try:
                data = data.decode("utf-16").encode()
            except UnicodeError as error:
                raise malformed(fmt, "XML 编码有误", "XML in a broken encoding") from error
        self.data = data
        self.count = 0
        self.root: Element | None = None
        self.found: list[Element] = []
        self.open: list[Element | None] = []
        self.path: list[str] = []
        self.texts: list[list[str]] = []
        self.scopes: list[Mapping[str, str]] = [{"xml": _XML}]
        self.declared: dict[str, str] = {}
        # A declaration of UTF-16 no longer holds once the text is UTF-8.
        self.parser = expat.ParserCreate("utf-8" if self.wide else None, " ")
        self.parser.buffer_text = True
        self.parser.XmlDeclHandler = self.declaration
        self.parser.EntityDeclHandler = self.entity
        self.parser.StartNamespaceDeclHandler = self.prefix
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.parser.CharacterDataHandler = self.characters

    def document(self) -> Document:
        try:
            self.parser.Parse(self.data, True)
        except expat.ExpatError as error:
            raise malformed(self.fmt, f"XML 有误：{error}", f"XML is wrong: {error}") from error
        except (ValueError, LookupError) as error:  # an encoding that is none
            raise malformed(self.fmt, "XML 编码有误", "XML in an unknown encoding") from error
        if self.root is None:
            raise malformed(self.fmt, "XML 为空", "XML without an element")
        return Document(self.fmt, self.data, self.codec, self.wide, self.root, self.found)

    def declaration(self, _version: str, encoding: str | None, _standalone: int) -> None:
        if not self.wide and encoding and encoding.lower() not in {"utf-8", "utf8"}:
            self.codec = "ascii"

    def entity(self, *_args: object) -> None:
        raise malformed(self.fmt, "XML 声明了实体", "XML declares entities of its own")

    def prefix(self, prefix: str | None, uri: str | None) -> None:
        self.declared[prefix or ""] = uri or ""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.count += 1
        if self.count > MAX_ELEMENTS or len(self.path) >= MAX_DEPTH:
            raise too_complex(self.fmt)
        scope = self.scopes[-1]
        if self.declared:
            scope = {**scope, **self.declared}
            self.count += len(scope)  # or many prefixes, copied often, would take long
            self.declared = {}
        self.scopes.append(scope)
        element = None
        if not self.path or name in self.names:
            element = self.opened(name, attributes, scope)
            if not self.path:
                self.root = element
            if name in self.names:
                self.found.append(element)
                self.texts.append([])
        self.open.append(element)
        self.path.append(name)

    def opened(self, name: str, attributes: dict[str, str], scope: Mapping[str, str]) -> Element:
        start = self.parser.CurrentByteIndex
        tag = _NAME.match(self.data, start + 1)
        if tag is None:
            raise malformed(self.fmt, "XML 标签有误", "a tag in XML is wrong")
        parent = self.path[-1] if self.path else ""
        inner = self.tag_end(start)
        return Element(
            name, tag[0].decode("utf-8", "replace"), attributes, start, inner, scope, parent
        )

    def end(self, name: str) -> None:
        self.path.pop()
        self.scopes.pop()
        element = self.open.pop()
        if element is None:
            return
        at = self.parser.CurrentByteIndex
        element.end = at
        element.stop = self.data.index(b">", at) + 1 if self.data.startswith(b"</", at) else at
        if self.data[element.inner - 2 : element.inner] == b"/>":
            element.end = element.stop = element.inner
        if name in self.names:
            element.text = "".join(self.texts.pop())

    def characters(self, text: str) -> None:
        if self.texts:
            self.texts[-1].append(text)

    def tag_end(self, start: int) -> int:
        """The offset after a start tag; its quotes may hold ``>``."""
        at, quote = start, b""
        while match := _MARKS.search(self.data, at):
            at = match.end()
            mark = match[0]
            if not quote and mark == b">":
                return at
            if not quote:
                quote = mark
            elif mark == quote:
                quote = b""
        raise malformed(self.fmt, "XML 标签有误", "a tag in XML is wrong")
