"""People at the portal's chat page: they sign up, read and accept the agreement, and talk."""

import asyncio
import re
from collections.abc import Mapping
from typing import ClassVar

import msgspec

from hegui.demo.browser import Browser
from hegui.demo.errors import broken
from hegui.demo.machine import read_stream
from hegui.demo.page import Page
from hegui.demo.rhythm import Hour, visits
from hegui.demo.texts import Talk, talk
from hegui.demo.town import Stop, Town

#: Pseudonyms as people choose them; each signs up on the first day they come.
_NAMES = {
    "zh": ("青竹", "晚风", "小满的猫", "南山客", "一杯白开水"),
    "en": ("Larkspur", "quiet-harbour", "Miso"),
}
#: Where a card leads to a stop's reasons.
_DECISION = re.compile("/decisions/([0-9a-f]{32})")
#: Conversations of a whole working day.
_A_DAY = 8.0


class Reader(msgspec.Struct):
    """One reader."""

    name: str
    lang: str
    passphrase: str
    browser: Browser
    known: bool = False
    #: Sends as the page's script does, and so sees answers stream.
    script: bool = True


class Readers:
    """The readers of the chat page.

    Args:
        town: the running service and its people.
    """

    counted: ClassVar[Mapping[str, str]] = {
        "sign_ups": "人注册 sign-ups",
        "sign_ins": "次登录 sign-ins of readers",
    }

    def __init__(self, town: Town) -> None:
        self._town = town
        self._dice = town.dice("readers")
        self._people = [
            Reader(
                name,
                lang,
                town.clock.token(12).hex(),
                town.reader(lang),
                script=bool(index % 3),  # some have scripts turned off
            )
            for lang, names in _NAMES.items()
            for index, name in enumerate(names)
        ]

    async def hour(self, hour: Hour) -> None:
        """Some come, each with one conversation."""
        count = visits(hour, _A_DAY, self._dice)
        who = self._dice.sample(self._people, min(count, len(self._people)))
        plans = [(reader, talk(self._dice, reader.lang)) for reader in who]
        if plans:
            await self._town.move_to(hour.moment)
        met = await asyncio.gather(*(self._visit(reader, plan) for reader, plan in plans))
        for (reader, plan), decision in zip(plans, met, strict=True):
            if decision:  # in the order planned, whatever came first
                self._met(reader, plan, decision)

    async def close(self) -> None:
        """Close the browsers."""
        for reader in self._people:
            await reader.browser.close()

    async def _visit(self, reader: Reader, plan: Talk) -> str:
        """One conversation; the decision of the stop that ended it, or empty."""
        page = await self._enter(reader)
        if reader.script:
            return await self._talk_with_script(reader, plan)
        return await self._talk(reader, page, plan)

    async def _enter(self, reader: Reader) -> Page:
        """The chat page; signed up, signed in and agreed on the way as the pages ask."""
        browser, counts = reader.browser, self._town.counts
        page = await browser.get("/chat")
        if page.path == "/sign-in":
            if not reader.known:
                page = await browser.get(page.link("/sign-up"))
                counts["sign_ups"] += 1
            form = page.form("pseudonym", "passphrase")
            page = await browser.send(
                page, form, pseudonym=reader.name, passphrase=reader.passphrase
            )
            reader.known = True
            counts["sign_ins"] += 1
        if page.path == "/agreement":
            page = await browser.send(page, page.form("version", action="/agreement"))
            counts["agreements"] += 1
        return page

    async def _talk(self, reader: Reader, page: Page, plan: Talk) -> str:
        """Question after question by the plain form, which carries the conversation."""
        for turn in plan.turns:
            form = page.form("history", "say", action="/chat")
            page = await reader.browser.send(page, form, say=turn, model=self._town.model)
            self._town.counts["generations"] += 1
            stopped = _DECISION.search(" ".join(page.all_links("/decisions/")))
            if stopped is not None:
                return stopped[1]
        return ""

    async def _talk_with_script(self, reader: Reader, plan: Talk) -> str:
        """The same as the page's script sends it: the answer streams."""
        messages: list[dict[str, str]] = []
        for turn in plan.turns:
            messages.append({"role": "user", "content": turn})
            body = msgspec.json.encode({"messages": messages, "model": self._town.model})
            async with reader.browser.post_json("/chat/send", body) as answer:
                self._town.counts["generations"] += 1
                self._town.counts["streams"] += 1
                if answer.status != 200:
                    card = await answer.text()
                    stopped = _DECISION.search(card)
                    if stopped is None:
                        raise broken("POST /chat/send", f"{answer.status} {card[:200]}")
                    return stopped[1]
                seen = await read_stream(answer, None)
            if seen.ended == "stopped":
                return seen.decision
            messages.append({"role": "assistant", "content": seen.text})
        return ""

    def _met(self, reader: Reader, plan: Talk, decision: str) -> None:
        self._town.met(
            Stop(
                decision=decision,
                at=self._town.clock.now(),
                wrong=plan.kind != "scam",
                lang=reader.lang,
            )
        )
