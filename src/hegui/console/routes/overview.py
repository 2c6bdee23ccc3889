"""``/``: what happened today and in the last thirty days, and what is due."""

import asyncio
from collections.abc import Callable
from functools import partial
from typing import Any

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from hegui.console.actions import Action
from hegui.console.guard import guarded
from hegui.console.house import House
from hegui.console.pages import Pages
from hegui.console.reading import overview
from hegui.console.reading.figures import interval
from hegui.console.reading.overview import Day
from hegui.console.reading.overview import Overview as Read
from hegui.console.routes import overview_law
from hegui.console.routes.cases_clock import bar, standing
from hegui.console.words import speaker
from hegui.law import china, dated
from hegui.people.staff import Staff
from hegui.web import drawings
from hegui.web.categories import category
from hegui.web.language import Say, chosen

#: A verification so old is stale: seven days.
_STALE_MS = 7 * 86_400_000


class Overview:
    """What happened today and in the last thirty days, and what is due."""

    def __init__(self, house: House, pages: Pages) -> None:
        self._house = house
        self._pages = pages

    def routes(self) -> list[Route]:
        """The routes of this module."""
        return [guarded("/", self._show, Action.READ_OVERVIEW)]

    async def _show(self, request: Request, who: Staff) -> Response:
        now = self._house.world.now()
        store = self._house.store
        it, law = await asyncio.gather(
            asyncio.to_thread(overview.read, store, now),
            asyncio.to_thread(overview_law.read, store, now),
        )
        lang = chosen(request)
        say = speaker(lang)
        return await self._pages.page(
            request,
            who,
            "overview",
            it=it,
            stands=_stands(it, law, now, say),
            verified=_verified(it, now),
            pictures=_pictures(it, say),
            sure=_sure(it, say),
            standing=lambda clock: standing(clock, now, china(), say),
            bar=lambda clock: bar(clock, now),
            iso=lambda day: f"{dated(day)}",
            n="{:,}".format,
            wait=partial(_wait, say=say),
            percent=percent,
            category=lambda name: category(name, say),
            **overview_law.values(law, say, lang),
        )


def percent(part: float, whole: float) -> str:
    """A share in percent, with a digit more where it is small; a dash of nothing."""
    if not whole:
        return "–"
    share = 100 * part / whole
    return f"{share:.0f}%" if share >= 10 or share == 0 else f"{share:.1f}%"


def _stands(it: Read, law: overview_law.Law, now: int, say: Say) -> tuple[str, str, int]:
    """How the house stands: kind of status, key of its words, and their number."""
    if it.late:
        return "overdue", "late", it.late
    if it.verification is not None and it.verification.ok is False:
        return "not_met", "broken", 0
    duties = law.stand()
    if duties is not None and (duties[0] == "not_met" or not it.running):
        return duties
    if not it.running:
        return "met", "calm", 0
    if standing(it.due[0].clock, now, china(), say).kind == "due":
        return "due", "soon", it.running
    return "person", "waiting" if it.running > 1 else "waiting_one", it.running


def _verified(it: Read, now: int) -> tuple[str, str]:
    """How the last verification stands: kind of status and key of its words."""
    last = it.verification
    if last is None:
        return "na", "verified_never"
    if last.ok is None:
        return "stale", "verified_running" if last.ended is None else "verified_cut"
    if not last.ok:
        return "not_met", "verified_bad"
    if now - last.started > _STALE_MS:
        return "stale", "verified_old"
    return "met", "verified_ok"


def _pictures(it: Read, say: Say) -> dict[str, Markup]:
    """The drawings of thirty days."""

    def strip(
        key: str, parts: Callable[[Day], tuple[int, ...]], label: Callable[[Day], str]
    ) -> Markup:
        most = max(sum(parts(day)) for day in it.days)
        name = say(f"overview.{key}_picture", most=f"{most:,}")
        return drawings.bars([drawings.Bar(label(day), parts(day)) for day in it.days], name)

    slowest = max((day.p95 or 0 for day in it.days), default=0)
    return {
        "generations": strip(
            "generations",
            lambda day: (day.of("delivered"), day.of("stopped"), day.other),
            lambda day: say(
                "overview.generations_bar",
                day=dated(day.day),
                n=f"{day.of('admitted'):,}",
                stopped=f"{day.of('stopped'):,}",
            ),
        ),
        "stops": strip(
            "stops",
            lambda day: (0, day.of("stopped")),
            lambda day: say("overview.stops_bar", day=dated(day.day), n=f"{day.of('stopped'):,}"),
        ),
        "first": drawings.lines(
            [[day.p50 for day in it.days], [day.p95 for day in it.days]],
            say("overview.first_picture", most=_wait(slowest, say=say)),
        ),
    }


def _sure(it: Read, say: Say) -> dict[str, Any] | None:
    """The share of appeals upheld and how sure it is; None of none decided."""
    decided = it.upheld + it.rejected
    between = interval(it.upheld, decided)
    if between is None:
        return None
    low, high = (percent(share, 1) for share in between)
    words = {"share": percent(it.upheld, decided), "low": low, "high": high}
    name = say("overview.appeals_picture", **words)
    return {**words, "picture": drawings.share(it.upheld, decided, between, name)}


def _wait(ms: int, *, say: Say) -> str:
    """Milliseconds as a reader reads them; ten seconds and more in seconds."""
    return (
        say("overview.ms", n=f"{ms:,}") if ms < 10_000 else say("overview.s", n=f"{ms // 1000:,}")
    )
