"""The four forms of a conversation: Markdown, plain text, Word and PDF.

Each begins with the mark that people see; the label in the metadata is written over it.
"""

import io
import json
from collections.abc import Callable, Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

import msgspec

from hegui.web.errors import WebError

#: Fonts with Chinese that the PDF asks for, as ``chat.typ`` names them.
_CHINESE = (
    "Noto Sans CJK SC",
    "Noto Sans SC",
    "Source Han Sans SC",
    "PingFang SC",
    "Microsoft YaHei",
)


_NEVER = frozenset("\x7f\ufffe\uffff")


class Turn(msgspec.Struct, frozen=True):
    """Who spoke, and the text, without the control characters that files of text can't hold."""

    who: str
    text: str


class Spoken(msgspec.Struct, frozen=True):
    """A conversation, in the reader's language.

    Attributes:
        title: what the file is.
        service: the service's name.
        mark: the text label (GB 45438-2025, 5.1).
        notice: one sentence on what was generated.
        lang: ``zh`` or ``en``.
        turns: in their order.
    """

    title: str
    service: str
    mark: str
    notice: str
    lang: str
    turns: tuple[Turn, ...]


class Form(msgspec.Struct, frozen=True):
    """One form of file: its ending, media type, and how it is made."""

    suffix: str
    media_type: str
    make: Callable[[Spoken], bytes]


def printable(text: str) -> str:
    """The text without control characters but for line ends and tabs, and without no characters.

    XML, of which Word's files are made, takes neither U+FFFE nor U+FFFF.
    """
    return "".join(one for one in text if (one >= " " and one not in _NEVER) or one in "\n\t")


def made(spoken: Spoken, form: Form) -> bytes:
    """The file, not labelled yet; blocking, a PDF takes some tenths of a second.

    Raises:
        WebError: ``pdf_font_missing`` where the machine has no Chinese font for a PDF.
    """
    return form.make(spoken)


def _markdown(spoken: Spoken) -> bytes:
    parts = [f"{spoken.mark}", f"# {spoken.title}", spoken.notice]
    for turn in spoken.turns:
        parts += [f"**{turn.who}**", turn.text]
    # Front matter, into which the label goes.
    return ("---\n---\n\n" + "\n\n".join(parts) + "\n").encode()


def _plain(spoken: Spoken) -> bytes:
    parts = [spoken.mark, spoken.title, spoken.notice]
    for turn in spoken.turns:
        parts += [f"{turn.who}：\n{turn.text}"]
    # Plain text has no metadata: the label stands in a block at its head, as in Markdown.
    return ("---\n---\n\n" + "\n\n".join(parts) + "\n").encode()


def _word(spoken: Spoken) -> bytes:
    from docx import Document  # noqa: PLC0415  half a second to import
    from docx.oxml.ns import qn  # noqa: PLC0415

    document = Document()
    normal = document.styles["Normal"]
    normal.font.name = "Calibri"  # makes the element that holds the Chinese one
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), _CHINESE[0])
    document.core_properties.title = spoken.title
    document.core_properties.author = spoken.service
    document.sections[0].header.paragraphs[0].text = spoken.mark
    document.add_paragraph(spoken.mark)
    document.add_heading(spoken.title, 1)
    document.add_paragraph(spoken.notice)
    for turn in spoken.turns:
        document.add_paragraph().add_run(turn.who).bold = True
        for line in turn.text.split("\n"):
            document.add_paragraph(line)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _pdf(spoken: Spoken) -> bytes:
    import typst  # noqa: PLC0415  a large library, for this alone

    if not _has_chinese():
        raise WebError(
            "pdf_font_missing",
            status=503,
            zh="服务器没有中文字体，不能生成 PDF。请改选 Word，或请提供者安装 fonts-noto-cjk。",
            en="The server has no Chinese font, so no PDF can be made. Choose Word instead, or ask "
            "the provider to install fonts-noto-cjk.",
        )
    data: dict[str, Any] = msgspec.to_builtins(spoken)
    pdf: bytes = typst.compile(_template(), sys_inputs={"talk": json.dumps(data)})
    return pdf


@cache
def _template() -> bytes:
    return files("hegui.portal.paper").joinpath("chat.typ").read_bytes()


@cache
def _has_chinese() -> bool:
    import typst  # noqa: PLC0415

    return not set(_CHINESE).isdisjoint(typst.Fonts().families())


_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
#: The forms, by the word that stands in the request.
FORMS: Mapping[str, Form] = MappingProxyType(
    {
        "md": Form("md", "text/markdown; charset=utf-8", _markdown),
        "docx": Form("docx", _DOCX, _word),
        "pdf": Form("pdf", "application/pdf", _pdf),
        "txt": Form("txt", "text/plain; charset=utf-8", _plain),
    }
)
