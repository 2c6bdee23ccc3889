"""A conversation as the page sends it: it lives in the page, so it is checked each time."""

from typing import Literal

import msgspec

from hegui.config.model import Settings
from hegui.portal.pieces import without_media


class Turn(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One turn: who spoke, and the text as it stands on the page."""

    role: Literal["user", "assistant"]
    content: str


class Talk(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the page asks to be answered."""

    messages: list[Turn]
    model: str


def read_history(text: str) -> list[Turn]:
    """The turns a plain page carries in its hidden field; what is not such a list is none.

    The field is the reader's own: at worst they lose their own conversation.
    """
    try:
        return msgspec.json.decode(text.encode(), type=list[Turn])
    except (msgspec.DecodeError, UnicodeEncodeError, RecursionError):
        return []


def write_history(turns: list[Turn]) -> str:
    """The turns for the hidden field; :func:`read_history` reads them back."""
    return msgspec.json.encode(turns).decode()


def for_model(turns: list[Turn]) -> list[dict[str, str]]:
    """The messages for the gateway; pictures and sounds go as their names."""
    return [
        {
            "role": turn.role,
            "content": without_media(turn.content) if turn.role == "assistant" else turn.content,
        }
        for turn in turns
    ]


def models(settings: Settings) -> dict[str, bool]:
    """Each model name once, in order, and whether the demo responder may answer for it."""
    found: dict[str, bool] = {}
    for upstream in settings.upstream:
        for name in upstream.models:
            found[name] = found.get(name, False) or upstream.kind == "responder"
    return found
