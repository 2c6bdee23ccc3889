"""People who were stopped and appeal: the form, the receipt, and later the answer."""

import re
from collections.abc import Mapping
from typing import ClassVar

import msgspec

from hegui.demo.errors import broken
from hegui.demo.page import Page
from hegui.demo.rhythm import DAY_MS, HOUR_MS, Hour
from hegui.demo.texts import STATEMENTS
from hegui.demo.town import Stop, Town

#: How many of those who were stopped appeal, by whether the stop was wrong.
_APPEALING = {True: 0.35, False: 0.15}
_WITHDRAWING = 0.06
#: How long people think about it, in hours.
_THINKING = (1, 30)
_PROOF = re.compile(rb"\Ac2sp\.org/tlog-proof@v1\n")


class Filed(msgspec.Struct):
    """An appeal that somebody made.

    Attributes:
        number: of the case.
        secret: proves who filed it.
        lang: of whoever filed it.
        look: when they look for the answer next, milliseconds since 1970.
        withdraws: whether they will take it back when they look.
    """

    number: str
    secret: str
    lang: str
    look: int
    withdraws: bool


class Appeals:
    """Everybody who appeals.

    Args:
        town: the running service and its people.
    """

    counted: ClassVar[Mapping[str, str]] = {
        "appeals": "件申诉 appeals",
        "receipts": "份回执 receipts with their proof",
        "appeals_withdrawn": "件撤回 appeals withdrawn",
        "answers_read": "份答复已读 answers read",
    }

    def __init__(self, town: Town) -> None:
        self._town = town
        self._dice = town.dice("appeals")
        self._thinking: list[tuple[int, Stop]] = []
        self._filed: list[Filed] = []
        self._seen: set[bool] = set()

    async def hour(self, hour: Hour) -> None:
        """Whoever has thought long enough appeals; whoever waits looks for the answer."""
        self._think()
        due = [stop for at, stop in self._thinking if at < hour.end]
        looking = [filed for filed in self._filed if filed.look < hour.end]
        if not due and not looking:
            return
        self._thinking = [(at, stop) for at, stop in self._thinking if at >= hour.end]
        await self._town.move_to(hour.moment)
        for stop in due:
            await self._appeal(stop)
        for filed in looking:
            await self._look(filed)

    async def close(self) -> None:
        """Nothing stays open."""

    def _think(self) -> None:
        """Who was stopped since the last hour decides whether to appeal, and when."""
        for stop in self._town.stops:
            first = stop.wrong not in self._seen
            self._seen.add(stop.wrong)
            hours = self._dice.uniform(*_THINKING)
            # The first of each kind always does, so that the shortest demonstration has both.
            if self._dice.random() < _APPEALING[stop.wrong] or first:
                thinks = HOUR_MS if first else int(hours * HOUR_MS)
                self._thinking.append((stop.at + thinks, stop))
        self._town.stops.clear()

    async def _appeal(self, stop: Stop) -> None:
        browser = self._town.reader(stop.lang)
        statement = self._dice.choice(STATEMENTS[stop.lang, stop.wrong])
        page = await browser.get(f"/decisions/{stop.decision}")
        page = await browser.get(page.link("/appeal"))
        page = await browser.send(
            page, page.form("statement", action="/appeal"), statement=statement
        )
        number, secret = page.seen.ids.get("case-number"), page.seen.ids.get("case-secret")
        if not number or not secret:
            raise broken("POST /decisions/…/appeal", "no number and secret")
        self._town.counts["appeals"] += 1
        await self._town.job("sequence")
        await self._receipt(browser.base, number, await browser.read(f"/cases/{number}/receipt"))
        await browser.close()
        self._filed.append(
            Filed(
                number,
                secret,
                stop.lang,
                self._town.clock.now() + DAY_MS,
                self._dice.random() < _WITHDRAWING,
            )
        )

    async def _receipt(self, base: str, number: str, proof: bytes) -> None:
        if not _PROOF.match(proof):
            raise broken(f"GET {base}/cases/{number}/receipt", "no proof")
        self._town.counts["receipts"] += 1

    async def _look(self, filed: Filed) -> None:
        """Number and secret, and then the answer if there is one."""
        browser = self._town.reader(filed.lang)
        page = await browser.get("/cases")
        page = await browser.send(
            page,
            page.form("number", "secret", action="/cases"),
            number=filed.number,
            secret=filed.secret,
        )
        if not _is_open(page):
            self._town.counts["answers_read"] += 1
            self._filed.remove(filed)
        elif filed.withdraws:
            page = await browser.get(page.link("/withdraw"))
            await browser.send(page, page.form(action="/withdraw"))
            self._town.counts["appeals_withdrawn"] += 1
            self._filed.remove(filed)
        else:
            filed.look = self._town.clock.now() + DAY_MS
        await browser.close()


def _is_open(page: Page) -> bool:
    """A case that waits for its answer can still be withdrawn."""
    return bool(page.all_links("/withdraw"))
