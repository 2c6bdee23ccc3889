"""Marks on DOCX: a line in the header of every page.

A header that is there gets the line as its first paragraph; where a section has none, one is made.
"""

from typing import BinaryIO

from hegui.marks.explicit.lines import any_mark, has_mark
from hegui.marks.explicit.package import OFFICE, STRICT, Package, Spot, attribute, signed, spots
from hegui.marks.explicit.wish import DOCUMENT_TEXT, Wish
from hegui.marks.markup import escape
from hegui.marks.source import Source

_TRANSITIONAL = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
_HEADER_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml"
#: 10.5 points, the usual size of Chinese text, in half points.
_SIZE = 21


def draw(source: Source, format: str, wish: Wish, out: BinaryIO) -> bool:  # noqa: A002
    """Puts the mark into the headers.

    Args:
        source: the document.
        format: ``docx``.
        wish: the mark.
        out: gets the new file.

    Returns:
        False when a header, or the text's start or end, has a mark; then nothing is written.

    Raises:
        MarksError: ``mark_signed``, ``file_protected``, ``file_malformed``.
    """
    package = Package(source, format)
    if seen(package, wish):
        return False
    if package.signed:
        raise signed(format)
    _Headers(package, wish).run()
    package.write(out)
    return True


def seen(package: Package, wish: Wish) -> bool:
    """Whether a header or a footer, or the text's start or end, has a mark."""
    space = _space(package)
    for kind, target in package.relations(package.main).values():
        if kind.endswith(("/header", "/footer")) and any_mark(
            _paragraphs(package, target, space), wish
        ):
            return True
    return has_mark("\n".join(_paragraphs(package, package.main, space)), wish)


def _space(package: Package) -> str:
    return _STRICT if package.strict else _TRANSITIONAL


def _paragraphs(package: Package, name: str, space: str) -> list[str]:
    found = spots(package.part(name), {f"{space} p"}, package.format, {f"{space} t"})
    return [each.text for each in found]


class _Headers:
    """The headers of a document's sections, and the changes to them."""

    def __init__(self, package: Package, wish: Wish) -> None:
        self._package = package
        self._w = _space(package)
        self._text = wish.words(DOCUMENT_TEXT)
        names = ("body", "sectPr", "headerReference", "titlePg", "pgNumType")
        found = spots(package.part(package.main), {f"{self._w} {n}" for n in names}, package.format)
        self._body = next(each for each in found if each.name.endswith(" body"))
        # A section's former properties, in tracked changes, are no section.
        former = f"{self._w} sectPrChange"
        inner = [each for each in found if each.name.endswith(" sectPr")]
        gone = [each for each in inner if each.parent == former]
        self._sections = [each for each in inner if each.parent != former]
        self._found = [
            each for each in found if not any(g.start < each.start < g.stop for g in gone)
        ]

    def run(self) -> None:
        """Marks every header that is shown, and makes those that are missing."""
        relations = self._package.relations(self._package.main)
        shown = {target for kind, target in relations.values() if kind.endswith("/header")}
        used = {attribute(each.attributes, "id") for each in self._named("headerReference")}
        for name in sorted(shown & {relations[one][1] for one in used if one in relations}):
            self._mark(name)
        self._complete()

    def _named(self, name: str, within: Spot | None = None) -> list[Spot]:
        return [
            each
            for each in self._found
            if each.name == f"{self._w} {name}"
            and (within is None or within.start < each.start < within.stop)
        ]

    def _mark(self, name: str) -> None:
        root = spots(self._package.part(name), {f"{self._w} hdr"}, self._package.format)[0]
        self._package.edit(name, [root.first(self._paragraph())])

    def _paragraph(self) -> str:
        fonts = '<w:rFonts w:hint="eastAsia"/>'
        look = f'<w:color w:val="262626"/><w:sz w:val="{_SIZE}"/><w:szCs w:val="{_SIZE}"/>'
        return (
            f'<w:p xmlns:w="{self._w}"><w:pPr><w:jc w:val="right"/></w:pPr>'
            f"<w:r><w:rPr>{fonts}{look}</w:rPr><w:t>{escape(self._text)}</w:t></w:r></w:p>"
        )

    def _complete(self) -> None:
        """Makes the headers that the first section lacks; later ones take over what it has."""
        first = self._sections[0] if self._sections else None
        wanted = ["default"]
        if self._named("titlePg"):
            wanted.append("first")
        if b"evenAndOddHeaders" in self._settings():
            wanted.append("even")
        there = {
            each.attributes.get(f"{self._w} type", "default")
            for each in (self._named("headerReference", first) if first else ())
        }
        new = "".join(self._reference(kind) for kind in wanted if kind not in there)
        if not new:
            return
        if first is not None:
            edit = first.first(new)
        else:
            edit = self._body.last(f'<w:sectPr xmlns:w="{self._w}">{new}</w:sectPr>')
        self._package.edit(self._package.main, [edit])

    def _reference(self, kind: str) -> str:
        package = self._package
        folder = package.main.rpartition("/")[0]
        name = package.free(f"{folder}/headerMark{{}}.xml".lstrip("/"))
        head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        body = f'<w:hdr xmlns:w="{self._w}">{self._paragraph()}</w:hdr>'
        package.change(name, (head + body).encode())
        package.declare(name, _HEADER_TYPE)
        link = package.relate(package.main, "header", name)
        office = STRICT if package.strict else OFFICE
        return (
            f'<w:headerReference xmlns:w="{self._w}" xmlns:r="{office}" w:type="{kind}" '
            f'r:id="{link}"/>'
        )

    def _settings(self) -> bytes:
        relations = self._package.relations(self._package.main).values()
        name = next((target for kind, target in relations if kind.endswith("/settings")), "")
        return self._package.part(name) if name else b""
