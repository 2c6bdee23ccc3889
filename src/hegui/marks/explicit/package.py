"""Office Open XML packages: parts, relations, types; and places in a part's XML.

Parts are changed by splicing markup in, so that what isn't the mark stays byte for byte; all other
parts stay as they are packed.
"""

import posixpath
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import BinaryIO
from xml.parsers import expat

import msgspec

from hegui.marks.carriers.zip_parts import Archive, open_archive
from hegui.marks.edits import spliced
from hegui.marks.errors import MarksError, malformed, protected
from hegui.marks.explicit.wish import Wish
from hegui.marks.markup import escape
from hegui.marks.plan import render, steps
from hegui.marks.source import Source

TYPES = "[Content_Types].xml"
_TYPES_NS = "http://schemas.openxmlformats.org/package/2006/content-types"
RELATIONS_NS = "http://schemas.openxmlformats.org/package/2006/relationships"
#: What relations are called within parts, and their kinds; then the same of strict files.
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT = "http://purl.oclc.org/ooxml/officeDocument/relationships"
#: A document of a thousand pages is some 30 MB of XML.
MOST = 128 << 20
_OLE = b"\xd0\xcf\x11\xe0"


class Spot(msgspec.Struct):
    """An element's place in a part.

    Attributes:
        name: namespace and local name with a space between.
        tag: the name as it is written.
        attributes: by name, with the namespace as in ``name``.
        start: offset of ``<``.
        inner: offset after the start tag.
        end: offset of the end tag; ``stop`` for an element written as one tag.
        stop: offset after the element.
        parent: the name of the element around it.
        text: the characters in it, when texts were asked for.
    """

    name: str
    tag: str
    attributes: dict[str, str]
    start: int
    inner: int
    parent: str
    end: int = 0
    stop: int = 0
    text: str = ""

    def before(self, markup: str) -> tuple[int, int, bytes]:
        """The edit that puts markup before the element."""
        return self.start, self.start, markup.encode()

    def first(self, markup: str) -> tuple[int, int, bytes]:
        """The edit that puts markup first into the element."""
        return self._opened(markup) or (self.inner, self.inner, markup.encode())

    def last(self, markup: str) -> tuple[int, int, bytes]:
        """The edit that puts markup last into the element."""
        return self._opened(markup) or (self.end, self.end, markup.encode())

    def _opened(self, markup: str) -> tuple[int, int, bytes] | None:
        if self.end != self.stop:
            return None
        return self.stop - 2, self.stop, f">{markup}</{self.tag}>".encode()


class Package:
    """An opened package and what is to change in it."""

    def __init__(self, source: Source, format: str) -> None:  # noqa: A002  as in the carriers
        if source.upto(0, 4) == _OLE:
            raise protected(format)
        self.format = format
        self._source = source
        self._archive: Archive = open_archive(source, format)
        self._changes: dict[str, bytes] = {}
        self.main = self._main()

    @property
    def strict(self) -> bool:
        """Whether the package is of the strict kind, with other namespaces."""
        return b"purl.oclc.org" in self.part("_rels/.rels")

    @property
    def signed(self) -> bool:
        """Whether the package has a digital signature."""
        return any(each.name.startswith("_xmlsignatures/") for each in self._archive.entries)

    def has(self, name: str) -> bool:
        """Whether there is a part of a name."""
        return name in self._changes or self._archive.has(name)

    def part(self, name: str) -> bytes:
        """A part as it is, changes included; empty when it is missing."""
        if name in self._changes:
            return self._changes[name]
        return self._archive.part(name, MOST) or b""

    def change(self, name: str, data: bytes) -> None:
        """Sets a part's new bytes; a part that isn't there comes to be."""
        self._changes[name] = data

    def edit(self, name: str, edits: list[tuple[int, int, bytes]]) -> None:
        """Splices a part; the edits' offsets are of what ``part`` gives now."""
        data = self.part(name)
        with Source.of(data) as source:
            self.change(name, render(source, spliced(len(data), edits)))

    def write(self, out: BinaryIO) -> None:
        """Writes the package with its changes."""
        out.writelines(steps(self._source, self._archive.with_parts(self._changes)))

    def relations(self, name: str) -> dict[str, tuple[str, str]]:
        """A part's relations: by id the kind and the target's part; outer ones are left out."""
        data = self.part(relations_of(name))
        if not data:
            return {}
        found = spots(data, {f"{RELATIONS_NS} Relationship"}, self.format)
        base = posixpath.dirname("/" + name)
        return {
            each.attributes.get("Id", ""): (
                each.attributes.get("Type", ""),
                posixpath.normpath(posixpath.join(base, each.attributes.get("Target", ""))).lstrip(
                    "/"
                ),
            )
            for each in found
            if each.attributes.get("TargetMode") != "External"
        }

    def relate(self, name: str, kind: str, target: str) -> str:
        """Adds a relation from a part to another in its folder.

        Returns:
            The relation's id.
        """
        taken = self.relations(name).keys()
        new = next(f"rIdMark{n}" for n in range(1, len(taken) + 2) if f"rIdMark{n}" not in taken)
        own = relations_of(name)
        if not self.part(own):
            head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
            self.change(own, f'{head}<Relationships xmlns="{RELATIONS_NS}"/>'.encode())
        root = spots(self.part(own), {f"{RELATIONS_NS} Relationships"}, self.format)[0]
        kinds = STRICT if self.strict else OFFICE
        child = (
            f'<Relationship xmlns="{RELATIONS_NS}" Id="{new}" Type="{kinds}/{kind}"'
            f' Target="{escape(posixpath.basename(target))}"/>'
        )
        self.edit(own, [root.last(child)])
        return new

    def declare(self, name: str, media_type: str) -> None:
        """Adds a new part's content type."""
        root = spots(self.part(TYPES), {f"{_TYPES_NS} Types"}, self.format)[0]
        child = f'<Override xmlns="{_TYPES_NS}" PartName="/{name}" ContentType="{media_type}"/>'
        self.edit(TYPES, [root.last(child)])

    def free(self, pattern: str) -> str:
        """A part's name that isn't taken; ``{}`` in the pattern stands for a number."""
        return next(
            name for n in range(1, 10_000) if not self.has(name := pattern.replace("{}", str(n)))
        )

    def _main(self) -> str:
        for kind, target in self.relations("").values():
            if kind.endswith("/officeDocument"):
                return target
        raise malformed(self.format, "找不到主要部件", "its main part is missing")


def relations_of(name: str) -> str:
    """The part that holds a part's relations; those of the package for an empty name."""
    folder, file = posixpath.split(name)
    return posixpath.join(folder, "_rels", f"{file}.rels")


def unmarked(
    package: Package,
    parts: Sequence[str],
    wish: Wish,
    seen: Callable[[Package, str, Wish], bool],
) -> list[str]:
    """The slides or sheets that are to get the mark: the first, or each, if it has none.

    Args:
        package: the document.
        parts: the names of all its slides or sheets, in order.
        wish: the mark.
        seen: whether a part has it.

    Raises:
        MarksError: ``mark_empty`` without parts; ``mark_signed`` when a signature would break.
    """
    if not parts:
        raise empty(package.format)
    wanted = parts if wish.throughout else parts[:1]
    plain = [name for name in wanted if not seen(package, name, wish)]
    if plain and package.signed:
        raise signed(package.format)
    return plain


def signed(format: str) -> MarksError:  # noqa: A002
    """The error for a document whose digital signature a mark would break.

    Args:
        format: its name.
    """
    return MarksError(
        "mark_signed",
        zh=f"这个 {format} 有数字签名，加显式标识会使签名失效；文件未改动。请先加标识再签名。",
        en=f"This {format} has a digital signature that an explicit mark would break; it was left "
        "as it is. Mark first, sign last.",
    )


def empty(format: str) -> MarksError:  # noqa: A002
    """The error for a document without a page, a slide or a sheet to show a mark on.

    Args:
        format: its name.
    """
    return MarksError(
        "mark_empty",
        zh=f"这个 {format} 没有页面、幻灯片或工作表，无处加标识；文件未改动。请先加入内容。",
        en=f"This {format} has no page, slide or sheet to show a mark on; it was left as it is. "
        "Add content first.",
    )


def spots(
    data: bytes,
    names: Collection[str],
    format: str,  # noqa: A002
    texts: Collection[str] = (),
) -> list[Spot]:
    """Elements of a part, in the order of their starts.

    Args:
        data: the part, in UTF-8.
        names: of the elements, namespace and local name with a space between.
        format: for messages.
        texts: names of elements whose characters count for those around them.

    Raises:
        MarksError: ``file_malformed`` when it is not well formed, declares entities, or is not in
            UTF-8.
    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise malformed(format, "XML 不是 UTF-8", "its XML is not UTF-8")
    walk = _Walk(data, names, texts, format)
    try:
        walk.parser.Parse(data, True)
    except (expat.ExpatError, ValueError) as error:
        raise malformed(format, f"XML 有误：{error}", f"its XML is wrong: {error}") from error
    return walk.found


class _Walk:
    """One pass; it counts nothing, since a part's size is bounded and elements have no cost."""

    def __init__(
        self,
        data: bytes,
        names: Collection[str],
        texts: Collection[str],
        format: str,  # noqa: A002
    ) -> None:
        self.found: list[Spot] = []
        self._data = data
        self._names = names
        self._texts = texts
        self._format = format
        self._path: list[str] = []
        self._open: list[Spot] = []
        self.parser = expat.ParserCreate("utf-8", " ")
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.EntityDeclHandler = self._entity
        if texts:
            self.parser.CharacterDataHandler = self._characters

    def _entity(self, *_told: object) -> None:
        raise malformed(self._format, "XML 声明了实体", "its XML declares entities of its own")

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if name in self._names:
            start = self.parser.CurrentByteIndex
            inner = _tag_end(self._data, start)
            tag = self._data[start + 1 : inner].rstrip(b"/>").split(maxsplit=1)[0].decode()
            parent = self._path[-1] if self._path else ""
            spot = Spot(name, tag, attributes, start, inner, parent)
            self.found.append(spot)
            self._open.append(spot)
        self._path.append(name)

    def _end(self, name: str) -> None:
        self._path.pop()
        if name not in self._names:
            return
        spot = self._open.pop()
        at = self.parser.CurrentByteIndex
        if self._data[spot.inner - 2 : spot.inner] == b"/>":
            spot.end = spot.stop = spot.inner
        else:
            spot.end, spot.stop = at, self._data.index(b">", at) + 1

    def _characters(self, text: str) -> None:
        if self._path[-1] in self._texts:
            for spot in self._open:
                spot.text += text


def _tag_end(data: bytes, at: int) -> int:
    """The offset after a start tag; its quoted values may hold ``>``."""
    quote = 0
    while at < len(data):
        byte = data[at]
        at += 1
        if quote:
            quote = 0 if byte == quote else quote
        elif byte in b"\"'":
            quote = byte
        elif byte == 0x3E:
            return at
    return at


def attribute(attributes: Mapping[str, str], name: str) -> str:
    """A relation's id among attributes, whichever of the two namespaces it is in."""
    return attributes.get(f"{OFFICE} {name}", attributes.get(f"{STRICT} {name}", ""))
