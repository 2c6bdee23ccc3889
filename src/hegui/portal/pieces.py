"""An answer cut into text, pictures and sounds, for readers without JavaScript.

``static/pieces.js`` does the same in the browser. Only ``data:`` addresses of the kinds below
become pictures or sounds; everything else stays text.
"""

import re

import msgspec

#: A Markdown picture or link whose address is a PNG, an SVG or a WAV in itself.
_MEDIA = re.compile(
    r"!?\[([^\]\n]*)\]\("
    r"(data:(?:image/(?:png|svg\+xml)|audio/(?:wav|x-wav));base64,[A-Za-z0-9+/=]+)\)"
)


class Piece(msgspec.Struct, frozen=True):
    """One part of an answer.

    Attributes:
        kind: ``text``, ``image`` or ``audio``.
        text: the text, or what the picture or sound is called.
        src: its ``data:`` address; empty for text.
    """

    kind: str
    text: str
    src: str = ""


def cut(text: str) -> list[Piece]:
    """The pieces of an answer, in order; without empty ones."""
    pieces: list[Piece] = []
    end = 0
    for found in _MEDIA.finditer(text):
        if before := text[end : found.start()].strip("\n"):
            pieces.append(Piece("text", before))
        kind = "image" if found[2].startswith("data:image/") else "audio"
        pieces.append(Piece(kind, found[1], found[2]))
        end = found.end()
    if rest := text[end:].strip("\n"):
        pieces.append(Piece("text", rest))
    return pieces


def without_media(text: str) -> str:
    """The text with each picture and sound replaced by its name, as the model may read it."""
    return _MEDIA.sub(lambda found: f"[{found[1]}]", text)
