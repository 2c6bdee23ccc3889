"""``/chat/download``: the conversation as a file, with both marks (Labelling Measures, Art. 4)."""

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from hegui.errors import HeguiError
from hegui.marks import MarksError
from hegui.papers import printable
from hegui.portal.conversation import Turn, read_history
from hegui.portal.house import House
from hegui.portal.labelled import labelled
from hegui.portal.pages import Pages
from hegui.portal.paper import FORMS, Form, Spoken, made
from hegui.portal.paper.talk import Turn as Said
from hegui.portal.pieces import without_media
from hegui.portal.visitor import Door
from hegui.portal.words import speaker
from hegui.web import bounded
from hegui.web.errors import WebError
from hegui.web.language import Language, chosen
from hegui.web.turns import Turns


class Download:
    """What the buttons below a conversation send. The words are kept nowhere."""

    def __init__(self, house: House, pages: Pages, door: Door) -> None:
        self._house = house
        self._pages = pages
        self._door = door
        self._turns = Turns()

    def routes(self) -> list[Route]:
        """The routes of this module."""
        return [Route("/chat/download", self._file, methods=["POST"])]

    async def _file(self, request: Request) -> Response:
        if await self._door.visitor(request) is None:
            return RedirectResponse("/sign-in?next=/chat", status_code=303)
        limits = self._house.settings.limits
        fields = await bounded.form(request, 3 * limits.body_bytes, limits.body_seconds)
        form = FORMS.get(fields.get("as", ""))
        turns = read_history(fields.get("history", "") or "[]")
        if form is None:
            raise HTTPException(404)
        if not turns:
            return RedirectResponse("/chat", status_code=303)
        spoken = self._spoken(turns, fields.get("model", ""), chosen(request))
        try:
            with self._turns.held():
                data = await self._turns.run(self._made, spoken, form)
        except WebError as error:
            return self._failed(request, error, error.status)
        except MarksError as error:  # the words make a file that can't be labelled
            return self._failed(request, error, 422)
        return Response(
            data,
            media_type=form.media_type,
            headers={"content-disposition": f'attachment; filename="conversation.{form.suffix}"'},
        )

    def _failed(self, request: Request, error: HeguiError, status: int) -> Response:
        lang = chosen(request)
        return self._pages.message(
            request,
            status=status,
            title=speaker(lang)("save.failed"),
            lines=[error.zh if lang == "zh" else error.en],
        )

    def _spoken(self, turns: list[Turn], model: str, lang: Language) -> Spoken:
        say = speaker(lang)
        settings = self._house.settings
        names = {"user": say("save.you"), "assistant": printable(say("save.model", model=model))}
        return Spoken(
            title=say("save.title", service=settings.service.name),
            service=settings.service.name,
            mark=settings.labels.text,
            notice=say("save.notice"),
            lang=lang,
            turns=tuple(
                Said(names[turn.role], printable(without_media(turn.content))) for turn in turns
            ),
        )

    def _made(self, spoken: Spoken, form: Form) -> bytes:
        _, data, _ = labelled(self._house, made(spoken, form), explicit=True)
        return data
