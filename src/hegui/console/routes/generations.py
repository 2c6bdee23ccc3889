"""``/generations``: what was generated, and the way each took through the house."""

import asyncio
import hashlib
from functools import partial
from typing import Any
from urllib.parse import urlencode

import msgspec
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from hegui.console.actions import Action, who_may
from hegui.console.guard import guarded
from hegui.console.house import House
from hegui.console.pages import Pages
from hegui.console.reading import generation, generations, texts
from hegui.console.routes import generations_way
from hegui.console.words import speaker
from hegui.errors import HeguiError
from hegui.marks import Label
from hegui.people.errors import PeopleError
from hegui.people.openings import LEAST_NOTE, MOST_NOTE, REASONS, record_opening
from hegui.people.staff import Staff
from hegui.vault import VaultError, read_texts
from hegui.web import bounded, drawings
from hegui.web.categories import category
from hegui.web.language import Language, Say, chosen

_FORM_BYTES, _FORM_SECONDS = 8_192, 10.0


class Generations:
    """What was generated, and the way each took through the house."""

    def __init__(self, house: House, pages: Pages) -> None:
        self._house = house
        self._pages = pages

    def routes(self) -> list[Route]:
        """The routes of this module."""
        read = Action.READ_GENERATIONS
        return [
            guarded("/generations", self._list, read),
            guarded("/generations/{id}", self._one, read),
            guarded("/generations/{id}/text", self._open, Action.OPEN_TEXT, ("POST",)),
        ]

    async def _list(self, request: Request, who: Staff) -> Response:
        store, query = self._house.store, request.query_params
        wanted = query.get("id", "").strip()
        if wanted:
            found = await asyncio.to_thread(generations.find, store, wanted)
            if found is not None:
                return RedirectResponse(f"/generations/{found}", status_code=303)
        asked = generations.filters(query)
        before = query.get("before", "")
        listed = await asyncio.to_thread(generations.page, store, asked, before)
        applications, categories = await asyncio.to_thread(generations.choices, store)
        say = speaker(chosen(request))
        return await self._pages.page(
            request,
            who,
            "generations",
            it=listed,
            asked=asked,
            wanted=wanted[:64],
            paged=bool(before),
            choices=self._choices(asked, applications, categories, say),
            older=_address({**asked.given, "before": listed.older}) if listed.older else "",
            newest=_address(asked.given) if before else "",
            look_back=generations.LOOK_BACK,
            kinds=generations_way.KINDS,
            **_telling(say),
        )

    def _choices(
        self,
        asked: generations.Filters,
        applications: list[tuple[str, str]],
        categories: list[str],
        say: Say,
    ) -> dict[str, list[tuple[str, str]]]:
        """What each filter can be set to: (value, words); what is asked for is among them."""
        models = {name for upstream in self._house.settings.upstream for name in upstream.models}
        models |= {asked.model} - {""}
        named = dict.fromkeys([*categories, *([asked.category] if asked.category else [])])
        any_of = ("", say("generations.any"))
        return {
            "outcome": [
                any_of,
                *((one, say(f"generations.outcome.{one}")) for one in generations.OUTCOMES),
            ],
            "category": [any_of, *((one, category(one, say)) for one in named)],
            "application": [any_of, *applications],
            "model": [any_of, *((one, one) for one in sorted(models))],
        }

    async def _one(self, request: Request, who: Staff) -> Response:
        # A case's page links here with its reason and number, for the person to say the rest.
        given = {name: request.query_params.get(name, "") for name in ("reason", "case")}
        return await self._show(request, who, given, None)

    async def _show(
        self, request: Request, who: Staff, form: dict[str, str], error: HeguiError | None
    ) -> Response:
        """The page of a generation; with what was wrong about the form that was just sent."""
        it = await asyncio.to_thread(generation.read, self._house.store, request.path_params["id"])
        if it is None:
            raise HTTPException(404)
        lang = chosen(request)
        say = speaker(lang)
        stations = generations_way.way(it, say)
        return await self._pages.page(
            request,
            who,
            "generation",
            status=200 if error is None else 422,
            it=it,
            now=self._house.world.now(),
            stations=[
                (one, drawings.station(one.state, last=one is stations[-1], onward=one.onward))
                for one in stations
            ],
            label=_label(it, self._house.settings.provider.code),
            reasons=[("", say("generations.reason.")), *_reasons(say)],
            roles=say("role.between").join(
                say(f"role.{role}") for role in who_may(Action.OPEN_TEXT)
            ),
            form=form,
            wrong=_said(error, lang) if error else "",
            bounds=(LEAST_NOTE, MOST_NOTE),
            kinds=generations_way.KINDS,
            **_telling(say),
        )

    async def _open(self, request: Request, who: Staff) -> Response:
        form = await bounded.form(request, _FORM_BYTES, _FORM_SECONDS)
        reason, note = form.get("reason", ""), form.get("note", "")
        generation_id = request.path_params["id"]
        record = partial(
            record_opening,
            self._house.store,
            self._house.world,
            generation_id,
            staff_id=who.id,
            role=who.role,
            reason=reason,
            note=note,
            case_number=form.get("case", ""),
        )
        try:
            await asyncio.to_thread(record)
        except PeopleError as error:
            return await self._show(request, who, form, error)
        # From here on the opening stands, whatever the vault says.
        lang = chosen(request)
        turns: list[texts.Turn] = []
        more, broken = 0, ""
        try:
            opened = await asyncio.to_thread(
                read_texts, self._house.store, self._house.person_keys, generation_id
            )
            turns, more = texts.turns(opened)
        except VaultError as error:
            broken = _said(error, lang)
        say = speaker(lang)
        return await self._pages.page(
            request,
            who,
            "generation_text",
            id=generation_id,
            reason=say(f"generations.reason.{reason}"),
            note=note.strip(),
            turns=turns,
            more=more,
            broken=broken,
            role=lambda name: _or_itself(f"generations.role.{name}", name, say),
        )


class Marked(msgspec.Struct, frozen=True):
    """The label as it left: its seven fields by name, and how they stand to the record."""

    fields: dict[str, str]
    holds: str
    digest: str


def _label(it: generation.Generation, producer: str) -> Marked | None:
    """The label of what was sent; None when nothing was."""
    if not it.sent:
        return None
    written = Label.first(producer, it.main.id).to_json()
    digest = "" if it.delivered is None else it.delivered.label
    if not digest:
        holds = "label_no_digest"
    elif digest == hashlib.sha256(written).hexdigest():
        holds = "label_holds"
    else:
        holds = "label_differs"
    return Marked(msgspec.json.decode(written), holds, digest)


def _telling(say: Say) -> dict[str, Any]:
    """What both pages say figures and names with."""
    return {
        "wait": lambda ms: generations_way.wait(ms, say),
        "category": lambda name: category(name, say),
        "kind_of": lambda name: _or_itself(f"generations.kind.{name}", name, say),
    }


def _reasons(say: Say) -> list[tuple[str, str]]:
    return [(one, say(f"generations.reason.{one}")) for one in REASONS]


def _address(query: dict[str, Any]) -> str:
    return f"/generations?{urlencode(query)}" if query else "/generations"


def _said(error: HeguiError, lang: Language) -> str:
    return error.zh if lang == "zh" else error.en


def _or_itself(key: str, name: str, say: Say) -> str:
    """A name in plain words; one that is not the house's own is shown as it is."""
    try:
        return say(key)
    except KeyError:
        return name
