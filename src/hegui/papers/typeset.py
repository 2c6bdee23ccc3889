"""Papers as PDF, set by Typst: tagged, with bookmarks, the same bytes for the same paper."""

import json
from functools import cache
from importlib.resources import files
from typing import Any

from hegui.papers.cells import printable, shown
from hegui.papers.errors import PapersError
from hegui.papers.flow import leads
from hegui.papers.model import Block, Cell, Fact, Facts, Paper, State, Status, Table

#: Fonts with Chinese, as the template names them; the first that the machine has is used.
CHINESE = (
    "Noto Sans CJK SC",
    "Noto Sans SC",
    "Source Han Sans SC",
    "PingFang SC",
    "Microsoft YaHei",
)


def pdf(paper: Paper) -> bytes:
    """The paper as a PDF/UA-1; blocking, from some tenths of a second to some seconds.

    Words that no font of the machine can show, as people may write in a conversation, make it an
    ordinary tagged PDF: PDF/UA asks that every character is shown.

    Args:
        paper: what it says. All of it is set as it stands, never read as markup.

    Raises:
        PapersError: ``pdf_font_missing`` where the machine has no Chinese font.
    """
    import typst  # noqa: PLC0415  a large library, for this alone

    if not has_chinese():
        raise PapersError(
            "pdf_font_missing",
            zh="服务器没有中文字体，不能生成 PDF。请改选 Word，或请提供者安装 fonts-noto-cjk。",
            en="The server has no Chinese font, so no PDF can be made. Choose Word instead, or ask "
            "the provider to install fonts-noto-cjk.",
        )
    given = {"paper": json.dumps(_paper(paper), ensure_ascii=False)}
    made: bytes
    try:
        made = typst.compile(_template(), sys_inputs=given, pdf_standards="ua-1")
    except typst.TypstError as error:
        if "could not be displayed" not in str(error):
            raise
        made = typst.compile(_template(), sys_inputs=given)
    return made


@cache
def has_chinese() -> bool:
    """Whether the machine has a font with Chinese."""
    import typst  # noqa: PLC0415

    return not set(CHINESE).isdisjoint(typst.Fonts().families())


@cache
def _template() -> bytes:
    return files("hegui.papers").joinpath("paper.typ").read_bytes()


def _paper(paper: Paper) -> dict[str, Any]:
    """What the template reads: everything is text but how it is set."""
    return {
        "title": printable(paper.title),
        "subtitle": printable(paper.subtitle),
        "author": printable(paper.author),
        "lang": paper.lang,
        "fonts": CHINESE,
        "made": paper.made and list(paper.made.timetuple())[:6],
        "head": [printable(part) for part in paper.head],
        "facts": [_fact(one) for one in paper.facts],
        "body": [
            _block(one) | {"leads": stays}
            for one, stays in zip(paper.body, leads(paper.body), strict=True)
        ],
    }


def _block(block: Block) -> dict[str, Any]:
    told: dict[str, Any] = {"type": block.__struct_config__.tag}
    if isinstance(block, Table):
        return told | {
            "name": printable(block.name),
            "columns": [
                {"head": printable(one.head), "width": one.width, "exact": one.exact}
                for one in block.columns
            ],
            "rows": [[_cell(cell) for cell in row] for row in block.rows],
        }
    if isinstance(block, Facts):
        return told | {"facts": [_fact(one) for one in block.facts]}
    if isinstance(block, Status):
        return told | {"state": _cell(block.state), "text": printable(block.text)}
    return told | {
        name: printable(value) if isinstance(value, str) else value
        for name in block.__struct_fields__
        for value in [getattr(block, name)]
    }


def _fact(fact: Fact) -> dict[str, Any]:
    return {"label": printable(fact.label), "value": _cell(fact.value), "exact": fact.exact}


def _cell(cell: Cell) -> dict[str, str]:
    if isinstance(cell, State):
        return {"shape": cell.shape, "text": printable(cell.word), "tone": cell.tone.value}
    return {"text": shown(cell)}
