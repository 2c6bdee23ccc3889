"""How a Word file looks: page, header and footer, and styles with a font for Chinese."""

from typing import Any

from hegui.papers.cells import printable
from hegui.papers.model import Paper

#: Styles of our own, made on the template's ``Normal``.
QUIET, ENTRY, APART, EXACT, CELL, CELL_HEAD, CELL_EXACT = (
    "Small print",
    "Contents entry",
    "Set apart",
    "Exact",
    "Cell",
    "Cell head",
    "Cell exact",
)
INK, GREY, WASH = "1D1C1A", "6B6862", "F4F1EA"
#: What Word and WPS in China come with; others replace it by what they have.
_CHINESE, _LATIN, _MONO = "Microsoft YaHei", "Calibri", "Consolas"
_LANGUAGES = {"zh": ("zh-CN", "zh-CN"), "en": ("en-GB", "zh-CN")}
#: Sizes of a title and of headings, in points, and the space above them.
_HEADINGS = (("Title", 22, 0), ("Heading 1", 16, 18), ("Heading 2", 13, 16), ("Heading 3", 11, 12))


def frame(document: Any, paper: Paper) -> None:
    """Page, header, footer, properties and styles of a paper; A4 with 22 mm at the sides."""
    from docx.shared import Mm  # noqa: PLC0415

    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(22)
    section.top_margin, section.bottom_margin = Mm(26), Mm(22)
    _styles(document, paper.lang)
    head = section.header.paragraphs[0]
    head.text = "\t".join(printable(part) for part in paper.head)
    foot = section.footer.paragraphs[0]
    for one in (head, foot):
        _tabs(one, section.page_width - 2 * section.left_margin)
    foot.add_run("\t")
    for number, name in enumerate(("PAGE", "NUMPAGES")):
        if number:
            foot.add_run(" / ")
        _field(foot, name)
    core = document.core_properties
    core.title, core.author = printable(paper.title), printable(paper.author)
    core.comments, core.language = "", _LANGUAGES[paper.lang][0]
    if paper.made is not None:
        core.created = core.modified = paper.made.replace(tzinfo=None)


def _styles(document: Any, lang: str) -> None:
    from docx.enum.style import WD_STYLE_TYPE  # noqa: PLC0415
    from docx.shared import Pt  # noqa: PLC0415

    styles = document.styles
    _set(styles["Normal"], 10.5, INK)
    styles["Normal"].paragraph_format.space_after = Pt(5)
    styles["Normal"].paragraph_format.line_spacing = 1.3
    _speak(styles, lang)
    for name, size, above in _HEADINGS:
        _set(styles[name], size, INK, bold=True)
        styles[name].paragraph_format.space_before = Pt(above)
        styles[name].paragraph_format.space_after = Pt(6)
        _bare(styles[name])
    _set(styles["Subtitle"], 12, GREY)
    for name in ("Header", "Footer"):
        _set(styles[name], 8.5, GREY)
    own = (
        (QUIET, 9, GREY, False, _LATIN),
        (ENTRY, 10.5, INK, False, _LATIN),
        (APART, 10.5, INK, False, _LATIN),
        (EXACT, 8.5, INK, False, _MONO),
        (CELL, 9, INK, False, _LATIN),
        (CELL_HEAD, 9, INK, True, _LATIN),
        (CELL_EXACT, 8, INK, False, _MONO),
    )
    for name, points, colour, bold, latin in own:
        style = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = styles["Normal"]
        _set(style, points, colour, bold=bold, latin=latin)
        if name != APART:
            style.paragraph_format.space_after = Pt(2 if name in (QUIET, ENTRY) else 0)
            style.paragraph_format.line_spacing = 1.15
    for name in (APART, EXACT):
        _shade(styles[name])


def _set(style: Any, size: float, colour: str, *, bold: bool = False, latin: str = _LATIN) -> None:
    """Font, size and colour; the theme's fonts go, which would go before ours."""
    from docx.oxml.ns import qn  # noqa: PLC0415
    from docx.shared import Pt, RGBColor  # noqa: PLC0415

    style.font.name = latin
    style.font.size = Pt(size)
    style.font.bold, style.font.italic = bold, False
    style.font.color.rgb = RGBColor.from_string(colour)
    fonts = style.element.rPr.rFonts
    for theme in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.attrib.pop(qn(f"w:{theme}Theme"), None)
    fonts.set(qn("w:eastAsia"), _CHINESE)
    for name in ("w:spacing", "w:kern"):
        for gone in style.element.rPr.findall(qn(name)):
            style.element.rPr.remove(gone)


def _speak(styles: Any, lang: str) -> None:
    """The language of the text, for spelling and for voices."""
    from docx.oxml.ns import qn  # noqa: PLC0415

    for one in styles.element.iter(qn("w:lang")):
        latin, chinese = _LANGUAGES[lang]
        one.set(qn("w:val"), latin)
        one.set(qn("w:eastAsia"), chinese)


def _bare(style: Any) -> None:
    """No line under it, as the template's title has."""
    from docx.oxml.ns import qn  # noqa: PLC0415

    for line in style.element.pPr.findall(qn("w:pBdr")):
        style.element.pPr.remove(line)


def _shade(style: Any) -> None:
    from docx.oxml import OxmlElement  # noqa: PLC0415
    from docx.oxml.ns import qn  # noqa: PLC0415

    shade = OxmlElement("w:shd")
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", WASH)):
        shade.set(qn(f"w:{name}"), value)
    style.element.get_or_add_pPr().append(shade)


def _tabs(paragraph: Any, width: int) -> None:
    """One tab, at the right margin; the template's two are for another page."""
    from docx.enum.text import WD_TAB_ALIGNMENT  # noqa: PLC0415

    stops = paragraph.style.paragraph_format.tab_stops
    stops.clear_all()
    stops.add_tab_stop(width, WD_TAB_ALIGNMENT.RIGHT)


def _field(paragraph: Any, name: str) -> None:
    """A field that Word fills when it shows the page."""
    from docx.oxml import OxmlElement  # noqa: PLC0415
    from docx.oxml.ns import qn  # noqa: PLC0415

    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), name)
    run = OxmlElement("w:r")
    text = OxmlElement("w:t")
    text.text = "1"
    run.append(text)
    field.append(run)
    paragraph._p.append(field)  # noqa: SLF001  the library has no fields
