"""``/chat``: talking with the model. Nothing of a conversation is stored here.

With JavaScript the page posts to ``/chat/send`` and shows the stream; without, the same form
posts the whole conversation and the page comes back with the answer.
"""

import msgspec
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response, StreamingResponse
from starlette.routing import Route

from hegui.portal import cards
from hegui.portal.ask import Refused, ask, ask_while_there, relay, whole
from hegui.portal.cards import Card
from hegui.portal.conversation import Talk, Turn, models, read_history, write_history
from hegui.portal.house import House
from hegui.portal.pages import Pages
from hegui.portal.pieces import cut
from hegui.portal.refused import as_card
from hegui.portal.visitor import Door, Visitor
from hegui.portal.words import speaker
from hegui.web import bounded
from hegui.web.answers import json_answer
from hegui.web.categories import category
from hegui.web.language import Say, chosen


class Chat:
    """The chat page."""

    def __init__(self, house: House, pages: Pages, door: Door) -> None:
        self._house = house
        self._pages = pages
        self._door = door
        self._models = models(house.settings)

    def routes(self) -> list[Route]:
        """The routes of this module."""
        return [
            Route("/chat", self._show, methods=["GET"]),
            Route("/chat", self._say, methods=["POST"]),
            Route("/chat/send", self._send, methods=["POST"]),
        ]

    async def _show(self, request: Request) -> Response:
        who = await self._door.visitor(request)
        if who is None:
            return RedirectResponse("/sign-in?next=/chat", status_code=303)
        if who.person.is_suspended(self._house.world.now()):
            return self._suspended(request, who)
        if not who.agreed:
            return RedirectResponse("/agreement?next=/chat", status_code=303)
        return self._page(request, who, [], self._model(""))

    async def _say(self, request: Request) -> Response:
        """The plain form: the whole conversation in, the page with the answer out."""
        limits = self._house.settings.limits
        # A character can take nine bytes in a form's body; the gateway has its own bound.
        fields = await bounded.form(request, 3 * limits.body_bytes, limits.body_seconds)
        who = await self._door.visitor(request)
        turns = read_history(fields.get("history", "") or "[]")
        model = self._model(fields.get("model", ""))
        said = fields.get("say", "")
        if fields.get("only") == "language":
            return self._page(request, who, turns, model, draft=said)
        say = speaker(chosen(request))
        if missing := self._missing(who, said, say):
            return self._page(request, who, turns, model, draft=said, shown=[missing])
        assert who is not None  # noqa: S101  _missing tells
        asked = [*turns, Turn("user", said.strip())]
        reply = await ask(self._house, who.account.pseudonym, asked, model, stream=False)
        answer = reply if isinstance(reply, Refused) else await whole(reply)
        if isinstance(answer, str):
            return self._page(request, who, [*asked, Turn("assistant", answer)], model)
        card = await as_card(self._house, answer, say)
        draft = "" if card.kind == "stop" else said
        unsent = [Turn("user", said.strip())] if card.kind == "stop" else []
        return self._page(request, who, turns, model, draft=draft, shown=[card], unsent=unsent)

    async def _send(self, request: Request) -> Response:
        """What the page's script posts: the conversation in, the gateway's stream out."""
        limits = self._house.settings.limits
        talk: Talk = await bounded.json(request, Talk, limits.body_bytes, limits.body_seconds)
        who = await self._door.visitor(request)
        say = speaker(chosen(request))
        said = talk.messages[-1].content if talk.messages else ""
        if missing := self._missing(who, said, say):
            return json_answer(missing, status=401 if who is None else 403)
        assert who is not None  # noqa: S101  _missing tells
        reply = await ask_while_there(
            request, self._house, who.account.pseudonym, talk.messages, self._model(talk.model)
        )
        if isinstance(reply, Refused):
            return json_answer(await as_card(self._house, reply, say), status=reply.status)
        return StreamingResponse(
            relay(reply),
            headers={
                "content-type": "text/event-stream; charset=utf-8",
                "cache-control": "no-store",
                "x-accel-buffering": "no",  # a proxy must not gather the stream
            },
        )

    def _missing(self, who: Visitor | None, said: str, say: Say) -> Card | None:
        """The card of the step that is missing before something can be sent, if one is."""
        code, status = "", 403
        if who is None:
            code, status = "signed_out", 401
        elif not who.agreed:
            code = "agreement_required"
        elif not said.strip():
            code, status = "empty", 400
        contact = self._house.settings.provider.contact
        return cards.error(code, status, contact, say) if code else None

    def _page(
        self,
        request: Request,
        who: Visitor | None,
        turns: list[Turn],
        model: str,
        *,
        draft: str = "",
        shown: list[Card] | None = None,
        unsent: list[Turn] | None = None,
    ) -> Response:
        say = speaker(chosen(request))
        contact = self._house.settings.provider.contact
        return self._pages.render(
            request,
            "chat",
            who=who,
            turns=[_shown(turn) for turn in [*turns, *(unsent or [])]],
            history=write_history(turns),
            draft=draft,
            cards=shown or [],
            models=self._models,
            model=model,
            broken=cards.error("broken", 502, contact, say),
            offline=cards.error("gateway", 502, contact, say),
            stopped=cards.stop(None, "output", say),
        )

    def _suspended(self, request: Request, who: Visitor) -> Response:
        reasons = who.person.reasons
        assert reasons is not None  # noqa: S101  who is suspended has reasons
        return self._pages.render(
            request,
            "suspended",
            who=who,
            status=403,
            reasons=reasons,
            category=category(reasons.category, speaker(chosen(request))),
        )

    def _model(self, name: str) -> str:
        return name if name in self._models else next(iter(self._models))


class Shown(msgspec.Struct, frozen=True):
    """A turn as the page shows it."""

    role: str
    content: str
    pieces: list[object]


def _shown(turn: Turn) -> Shown:
    return Shown(turn.role, turn.content, list(cut(turn.content)))
