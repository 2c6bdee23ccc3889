"""``/law/export``: how every duty stands, as a file to keep or to hand on."""

import asyncio

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from hegui.console.actions import Action
from hegui.console.guard import guarded
from hegui.console.house import House
from hegui.console.pages import Pages
from hegui.console.words import speaker
from hegui.duties import packs
from hegui.duties.errors import DutiesError
from hegui.duties.export import FORMATS, Format, Subject, gather, name_of, narrowed
from hegui.errors import HeguiError
from hegui.papers import PapersError
from hegui.people.staff import Staff
from hegui.web.errors import WebError
from hegui.web.language import chosen
from hegui.web.turns import Turns

_LANGUAGES = ("zh", "en")


class LawExport:
    """The page of choices, and the files."""

    def __init__(self, house: House, pages: Pages) -> None:
        self._house = house
        self._pages = pages
        self._turns = Turns()

    def routes(self) -> list[Route]:
        """The routes of this module."""
        return [
            guarded("/law/export", self._choices, Action.READ_LAW),
            guarded("/law/export/file", self._file, Action.READ_LAW),
        ]

    async def _choices(self, request: Request, who: Staff) -> Response:
        lang = chosen(request)
        say = speaker(lang)
        book = await asyncio.to_thread(packs.book, self._house.store)
        return await self._pages.page(
            request,
            who,
            "law_export",
            formats=[(name, say(f"law_export.of.{name}")) for name in FORMATS],
            packs=[
                ("", say("law_export.pack_all")),
                *((one.name, one.title.of(lang)) for one in book.packs),
            ],
            languages=[(name, say(f"law_export.language.{name}")) for name in _LANGUAGES],
        )

    async def _file(self, request: Request, _who: Staff) -> Response:
        asked = request.query_params
        if "format" not in asked:  # nothing was chosen yet
            return RedirectResponse("/law/export", status_code=303)
        name, pack = asked.get("format", ""), asked.get("pack", "")
        lang, form = asked.get("language", ""), FORMATS.get(name)
        book = await asyncio.to_thread(packs.book, self._house.store)
        known = {one.name for one in book.packs}
        if form is None or lang not in _LANGUAGES or (pack and pack not in known):
            raise HTTPException(404)
        if form.of_one and not pack:
            return self._failed(request, speaker(chosen(request))("law_export.choose"), 400)
        try:
            with self._turns.held():
                data = await self._turns.run(self._made, form, pack, lang)
        except DutiesError as error:
            return self._refused(request, error, 400)
        except PapersError as error:
            return self._refused(request, error, 503)
        except WebError as error:
            return self._refused(request, error, error.status)
        return Response(
            data,
            media_type=form.media_type,
            headers={"content-disposition": f'attachment; filename="{name_of(name, lang, pack)}"'},
        )

    def _made(self, form: Format, pack: str, lang: str) -> bytes:
        house = self._house
        settings = house.settings
        subject = Subject(settings.service.name, settings.provider.name, settings.provider.code)
        material = gather(house.store, house.world.now(), subject)
        return form.make(narrowed(material, pack) if pack else material, lang)

    def _refused(self, request: Request, error: HeguiError, status: int) -> Response:
        return self._failed(request, error.zh if chosen(request) == "zh" else error.en, status)

    def _failed(self, request: Request, line: str, status: int) -> Response:
        title = speaker(chosen(request))("law_export.failed")
        return self._pages.message(request, status=status, title=title, lines=[line])
