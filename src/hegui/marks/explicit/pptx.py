"""Marks on PPTX: characters on a plate in a corner of the first slide, or of each."""

from typing import BinaryIO

from hegui.marks.errors import malformed
from hegui.marks.explicit import typeface
from hegui.marks.explicit.lines import any_mark
from hegui.marks.explicit.package import Package, attribute, spots, unmarked
from hegui.marks.explicit.wish import DOCUMENT_TEXT, Wish
from hegui.marks.markup import escape
from hegui.marks.source import Source

_KINDS = (
    (
        "http://schemas.openxmlformats.org/presentationml/2006/main",
        "http://schemas.openxmlformats.org/drawingml/2006/main",
    ),
    (
        "http://purl.oclc.org/ooxml/presentationml/main",
        "http://purl.oclc.org/ooxml/drawingml/main",
    ),
)
#: The em as a part of the slide's shortest side, and its least size; EMU to the point.
_SIZE, _LEAST, _POINT = 0.03, 10.0, 12_700
#: In ems: from the slide's edges, around the words, the plate's height.
_MARGIN, _PAD, _HIGH = 0.5, 0.6, 1.7


def draw(source: Source, format: str, wish: Wish, out: BinaryIO) -> bool:  # noqa: A002
    """Puts the mark on the first slide, or on each.

    Args:
        source: the presentation.
        format: ``pptx``.
        wish: the mark.
        out: gets the new file.

    Returns:
        False when the slides have a mark already; then nothing is written.

    Raises:
        MarksError: ``mark_signed``, ``mark_empty``, ``file_protected``, ``file_malformed``.
    """
    package = Package(source, format)
    plain = unmarked(package, _slides(package), wish, seen)
    if not plain:
        return False
    size = _size(package)
    for name in plain:
        _mark(package, name, size, wish)
    package.write(out)
    return True


def first(package: Package) -> list[str]:
    """The first slide's part, if there is one."""
    return _slides(package)[:1]


def seen(package: Package, name: str, wish: Wish) -> bool:
    """Whether a paragraph of a slide is a mark."""
    _, a = _KINDS[package.strict]
    found = spots(package.part(name), {f"{a} p"}, package.format, {f"{a} t"})
    return any_mark((each.text for each in found), wish)


def _slides(package: Package) -> list[str]:
    p, _ = _KINDS[package.strict]
    relations = package.relations(package.main)
    listed = spots(package.part(package.main), {f"{p} sldId"}, package.format)
    ids = [attribute(each.attributes, "id") for each in listed]
    return [relations[one][1] for one in ids if one in relations]


def _size(package: Package) -> tuple[int, int]:
    p, _ = _KINDS[package.strict]
    found = spots(package.part(package.main), {f"{p} sldSz"}, package.format)
    told = found[0].attributes if found else {}
    try:
        return int(told.get("cx", "9144000")), int(told.get("cy", "6858000"))
    except ValueError as error:
        raise malformed(package.format, "幻灯片尺寸有误", "its slides' size is wrong") from error


def _mark(package: Package, name: str, size: tuple[int, int], wish: Wish) -> None:
    p, _ = _KINDS[package.strict]
    found = spots(package.part(name), {f"{p} spTree", f"{p} cNvPr", f"{p} extLst"}, package.format)
    tree = next((each for each in found if each.name == f"{p} spTree"), None)
    if tree is None:
        raise malformed(package.format, "幻灯片没有图形树", "a slide has no tree of shapes")
    ids = [each.attributes.get("id", "") for each in found if each.name == f"{p} cNvPr"]
    number = max((int(one) for one in ids if one.isdecimal()), default=1) + 1
    shape = _shape(_KINDS[package.strict], number, size, wish)
    last = next((e for e in found if e.name == f"{p} extLst" and e.parent == tree.name), None)
    package.edit(name, [last.before(shape) if last else tree.last(shape)])


def _shape(spaces: tuple[str, str], number: int, size: tuple[int, int], wish: Wish) -> str:
    (p, a), text, corner = spaces, wish.words(DOCUMENT_TEXT), wish.corner
    em = round(max(_SIZE * min(size) / _POINT, _LEAST)) * _POINT
    known = typeface.characters()
    ems = sum(known[each][1] / 1000 if each in known else 1.0 for each in text)
    width, height = round((ems + 2 * _PAD) * em), round(_HIGH * em)
    margin = round(_MARGIN * em)
    x = margin if corner.endswith("left") else size[0] - margin - width
    y = margin if corner.startswith("top") else size[1] - margin - height
    plate = '<a:solidFill><a:srgbClr val="000000"><a:alpha val="74000"/></a:srgbClr></a:solidFill>'
    white = '<a:solidFill><a:srgbClr val="FFFFFF"/></a:solidFill>'
    return (
        f'<p:sp xmlns:p="{p}" xmlns:a="{a}"><p:nvSpPr>'
        f'<p:cNvPr id="{number}" name="Hegui Mark {number}" descr="{escape(text)}"/>'
        '<p:cNvSpPr txBox="1"/><p:nvPr userDrawn="1"/></p:nvSpPr><p:spPr>'
        f'<a:xfrm><a:off x="{x}" y="{y}"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>'
        '<a:prstGeom prst="roundRect"><a:avLst><a:gd name="adj" fmla="val 20000"/></a:avLst>'
        f"</a:prstGeom>{plate}<a:ln><a:noFill/></a:ln></p:spPr>"
        '<p:txBody><a:bodyPr wrap="none" lIns="0" tIns="0" rIns="0" bIns="0" anchor="ctr">'
        '<a:noAutofit/></a:bodyPr><a:lstStyle/><a:p><a:pPr algn="ctr"/>'
        f'<a:r><a:rPr lang="zh-CN" sz="{em * 100 // _POINT}" b="1">{white}</a:rPr>'
        f"<a:t>{escape(text)}</a:t></a:r></a:p></p:txBody></p:sp>"
    )
