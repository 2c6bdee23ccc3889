"""The four forms of a conversation: Markdown, plain text, Word and PDF.

Each begins with the mark that people see; the label in the metadata is written over it.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType

import msgspec

from hegui import papers
from hegui.web.errors import WebError


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
    return papers.docx(_paper(spoken))


def _pdf(spoken: Spoken) -> bytes:
    try:
        return papers.pdf(_paper(spoken))
    except papers.PapersError as error:
        raise WebError(error.code, status=503, zh=error.zh, en=error.en) from error


def _paper(spoken: Spoken) -> papers.Paper:
    """The mark stands at the top of every page, and under the title."""
    body: list[papers.Block] = [papers.Note(spoken.notice)]
    for turn in spoken.turns:
        body += [papers.Text(turn.who, strong=True), papers.Text(turn.text)]
    return papers.Paper(
        title=spoken.title,
        subtitle=spoken.mark,
        author=spoken.service,
        lang=spoken.lang,
        made=None,
        head=(spoken.mark, spoken.service),
        body=tuple(body),
    )


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
