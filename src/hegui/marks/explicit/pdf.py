"""Marks on PDF: a line of text in a corner of the first page or of each, with its font in the file.

The line is a form of its own over the page, upright as the page is shown; no page content changes.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import BinaryIO

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, Stream

from hegui.marks.errors import malformed, protected
from hegui.marks.explicit import typeface
from hegui.marks.explicit.lines import any_mark
from hegui.marks.explicit.package import empty, signed
from hegui.marks.explicit.wish import DOCUMENT_TEXT, Wish
from hegui.marks.source import Source

#: The em as a part of the page's shortest side, and its bounds, in points.
_SIZE, _LEAST, _MOST = 0.018, 9.0, 36.0
#: In ems: from the page's edges, around the words, the base line above the plate's lower edge.
_MARGIN, _PAD, _HIGH, _BASE = 1.2, 0.5, 1.7, 0.5
_FAULTS = (
    pikepdf.PdfError, ValueError, TypeError, LookupError, AttributeError, RuntimeError,
)  # fmt: skip
#: Says what a form is a mark of, so that it is found again.
_KEY = "/HeguiMark"


def draw(source: Source, format: str, wish: Wish, out: BinaryIO) -> bool:  # noqa: A002
    """Puts the mark on the first page, or on each.

    Args:
        source: the document.
        format: ``pdf``.
        wish: the mark.
        out: gets the new file.

    Returns:
        False when the pages have the mark already; then nothing is written.

    Raises:
        MarksError: ``file_protected``; ``mark_signed`` for a signed document; ``mark_empty``;
            ``mark_font``; ``file_malformed``.
    """
    with _opened(source, format) as pdf:
        pages = list(pdf.pages) if wish.throughout else list(pdf.pages)[:1]
        if not pages:
            raise empty(format)
        plain = [page for page in pages if not any_mark(marks(page), wish)]
        if not plain:
            return False
        if pdf.is_encrypted:
            raise protected(format)
        if _signed(pdf):
            raise signed(format)
        text = typeface.writable(wish.words(DOCUMENT_TEXT))
        font = _font(pdf, text)
        for page in plain:
            _put(pdf, page, font, text, wish)
        pdf.save(
            out, linearize=pdf.is_linearized, deterministic_id=True, fix_metadata_version=False
        )
    return True


@contextmanager
def _opened(source: Source, format: str) -> Iterator[Pdf]:  # noqa: A002
    try:
        with pikepdf.open(BytesIO(source.copy(0, source.size))) as pdf:
            yield pdf
    except pikepdf.PasswordError as error:
        raise protected(format) from error
    except _FAULTS as error:
        raise malformed(format, f"PDF 有误：{error}", f"the PDF is wrong: {error}") from error


def seen(source: Source, format: str, wish: Wish) -> bool:  # noqa: A002
    """Whether the first page has a mark that was put on it here.

    Raises:
        MarksError: ``file_protected``, ``file_malformed``.
    """
    with _opened(source, format) as pdf:
        return any(any_mark(marks(page), wish) for page in list(pdf.pages)[:1])


def marks(page: pikepdf.Page) -> list[str]:
    """What the marks of ours on a page say."""
    named = page.resources.get("/XObject", Dictionary()).as_dict()
    own = {name: form for name, form in named.items() if _KEY in form}
    if not own:
        return []
    contents = page.obj.get("/Contents", Array([]))
    streams = contents if isinstance(contents, Array) else [contents]
    # Pages may share their resources, so that only what is painted counts.
    painted = b"\n".join(stream.read_bytes() for stream in streams)
    return [str(form[_KEY]) for name, form in own.items() if f"{name} Do".encode() in painted]


def _signed(pdf: Pdf) -> bool:
    return any(
        isinstance(each, Dictionary) and "/ByteRange" in each and "/Contents" in each
        for each in pdf.objects
    )


def _put(pdf: Pdf, page: pikepdf.Page, font: pikepdf.Object, text: str, wish: Wish) -> None:
    left, bottom, right, top = sorted_box([float(side) for side in page.cropbox])
    turn = _turn(page) // 90 % 4
    wide, high = (right - left, top - bottom) if turn % 2 == 0 else (top - bottom, right - left)
    size = min(max(_SIZE * min(wide, high), _LEAST), _MOST)
    width = (typeface.width(text) + 2 * _PAD) * size
    form = _form(pdf, font, text, size, width)
    x = _MARGIN * size if wish.corner.endswith("left") else wide - _MARGIN * size - width
    y = _MARGIN * size if wish.corner.startswith("bottom") else high - (_MARGIN + _HIGH) * size
    # From the page as it is shown to the page as it is stored.
    place = (
        (1, 0, 0, 1, left + x, bottom + y),
        (0, 1, -1, 0, right - y, bottom + x),
        (-1, 0, 0, -1, right - x, top - y),
        (0, -1, 1, 0, left + y, top - x),
    )[turn]
    taken = page.resources.get("/XObject", Dictionary())
    free = next(f"/HeguiMark{n}" for n in range(1, len(taken) + 2) if f"/HeguiMark{n}" not in taken)
    name = page.add_resource(form, Name.XObject, name=Name(free))
    matrix = " ".join(f"{number:.3f}" for number in place)
    page.contents_add(Stream(pdf, b"q\n"), prepend=True)
    page.contents_add(Stream(pdf, f"\nQ q {matrix} cm {name} Do Q\n".encode()))


def sorted_box(box: list[float]) -> tuple[float, float, float, float]:
    """A rectangle's left, bottom, right and top, whichever corners it names."""
    across, down = sorted(box[0::2]), sorted(box[1::2])
    return across[0], down[0], across[1], down[1]


def _turn(page: pikepdf.Page) -> int:
    node: pikepdf.Object = page.obj
    for _ in range(64):
        if "/Rotate" in node:
            return int(node["/Rotate"])
        if "/Parent" not in node:
            break
        node = node["/Parent"]
    return 0


def _form(pdf: Pdf, font: pikepdf.Object, text: str, size: float, width: float) -> Stream:
    """The line on a white plate with a thin frame: legible on any page, and in print."""
    glyphs = "".join(f"{typeface.characters()[character][0]:04X}" for character in text)
    high = _HIGH * size
    content = (
        "/Artifact BMC\n"
        f"1 g 0.45 G {size / 18:.3f} w 0.5 0.5 {width - 1:.3f} {high - 1:.3f} re B\n"
        f"0.1 g BT /F {size:.3f} Tf {_PAD * size:.3f} {_BASE * size:.3f} Td <{glyphs}> Tj ET\n"
        "EMC\n"
    )
    form = Stream(pdf, content.encode())
    form.Type, form.Subtype = Name.XObject, Name.Form
    form.BBox = Array([0, 0, width, high])
    form.Resources = Dictionary(Font=Dictionary(F=font))
    form[_KEY] = pikepdf.String(text)
    return form


def _font(pdf: Pdf, text: str) -> pikepdf.Object:
    """The shipped font in the file (ISO 32000-1, 9.7), with what its glyphs mean as text."""
    glyphs = {typeface.characters()[character]: character for character in sorted(set(text))}
    name = Name("/HGMARK+HeguiMark-Bold")
    descriptor = Dictionary(
        Type=Name.FontDescriptor, FontName=name, Flags=4, FontBBox=[-20, -150, 1020, 900],
        ItalicAngle=0, Ascent=880, Descent=-120, CapHeight=741, StemV=140,
        FontFile2=pdf.make_indirect(Stream(pdf, typeface.data(), Length1=len(typeface.data()))),
    )  # fmt: skip
    widths = Array([])
    for glyph, advance in glyphs:
        widths.append(glyph)
        widths.append(Array([advance]))
    inner = Dictionary(
        Type=Name.Font, Subtype=Name.CIDFontType2, BaseFont=name, W=widths, DW=1000,
        CIDSystemInfo=Dictionary(Registry="Adobe", Ordering="Identity", Supplement=0),
        FontDescriptor=pdf.make_indirect(descriptor), CIDToGIDMap=Name.Identity,
    )  # fmt: skip
    meanings = "".join(
        f"<{glyph:04X}> <{character.encode('utf-16-be').hex().upper()}>\n"
        for (glyph, _), character in glyphs.items()
    )
    meant = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n"
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
        "/CMapName /Adobe-Identity-UCS def /CMapType 2 def\n"
        "1 begincodespacerange <0000> <FFFF> endcodespacerange\n"
        f"{len(glyphs)} beginbfchar\n{meanings}endbfchar\n"
        "endcmap CMapName currentdict /CMap defineresource pop end end\n"
    )
    return pdf.make_indirect(
        Dictionary(
            Type=Name.Font, Subtype=Name.Type0, BaseFont=name, Encoding=Name("/Identity-H"),
            DescendantFonts=[pdf.make_indirect(inner)],
            ToUnicode=pdf.make_indirect(Stream(pdf, meant.encode())),
        )
    )  # fmt: skip
