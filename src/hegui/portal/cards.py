"""What a chat says when it can't go on: what happened, what is safe, what to do.

The same card shows on a page without JavaScript and, as JSON, in the streaming page.
"""

import msgspec

from hegui.portal.decisions import Decision
from hegui.web.categories import category
from hegui.web.language import Say

#: The gateway's codes, as the reader's plain words know them.
_PLAIN = {
    "agreement_required": "agreement_required",
    "person_suspended": "person_suspended",
    "body_too_large": "too_long",
    "busy": "busy",
    "store_busy": "busy",
    "signed_out": "signed_out",
    "gateway": "gateway",
    "broken": "broken",
    "empty": "empty",
    "too_long": "too_long",
}
_LINKS = {
    "agreement_required": "/agreement?next=/chat",
    "signed_out": "/sign-in?next=/chat",
}


class Link(msgspec.Struct, frozen=True):
    """A way to go on: a path of this portal, and what it is called."""

    href: str
    text: str


class Card(msgspec.Struct, frozen=True):
    """A card in the conversation.

    Attributes:
        kind: ``stop`` or ``error``.
        title: what happened.
        lines: why, what is safe, what to do; plain sentences.
        links: where to go next.
    """

    kind: str
    title: str
    lines: tuple[str, ...]
    links: tuple[Link, ...] = ()


def stop(decision: Decision | None, side: str, say: Say) -> Card:
    """The card of a stop; without its record when that can't be found."""
    if decision is None:
        title = say(f"card.stop_{side}")
        return Card("stop", title, (say("card.stop_why_unknown"), say("card.stop_means")))
    why = say("card.stop_why", pack=decision.pack, category=category(decision.category, say))
    return Card(
        "stop",
        say(f"card.stop_{decision.side}"),
        (why, say("card.stop_means")),
        (
            Link(f"/decisions/{decision.id}", say("card.see")),
            Link(f"/decisions/{decision.id}/appeal", say("card.appeal")),
        ),
    )


def error(code: str, status: int, contact: str, say: Say) -> Card:
    """The card of an error.

    Args:
        code: the gateway's error code, or one of the portal's own.
        status: the HTTP status it came with.
        contact: where to write to the provider.
        say: the reader's language.
    """
    plain = _PLAIN.get(code)
    if plain is None:
        plain = "busy" if status in (429, 503) else "model" if status >= 500 else "refused"
    safe = say("card.safe_partial" if plain == "broken" else "card.safe_typed")
    todo = say(f"error.{plain}.todo", contact=contact, code=code)
    lines = (todo,) if plain == "empty" else (safe, todo)
    href = _LINKS.get(plain)
    links = (Link(href, say(f"error.{plain}.link")),) if href else ()
    return Card("error", say(f"error.{plain}"), lines, links)
