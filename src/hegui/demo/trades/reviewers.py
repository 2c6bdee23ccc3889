"""The provider's people: hired by the owner, and at work on the cases by day."""

import re
from collections.abc import Mapping
from typing import ClassVar

from hegui.demo.colleague import Colleague
from hegui.demo.page import Page
from hegui.demo.rhythm import DAY_MS, Hour
from hegui.demo.texts import EXPLANATIONS, WORRY
from hegui.demo.town import Town
from hegui.service.owner import owner_link

#: Who works here: the part they play, the name, the role, the language they read.
_STAFF = (
    ("steward", "林静 Lin Jing", "officer", "zh"),
    ("compliance", "何晓 He Xiao", "officer", "zh"),
    ("first", "周敏 Zhou Min", "reviewer", "zh"),
    ("second", "Amara Osei", "reviewer", "en"),
    ("auditor", "Deng Wei", "auditor", "en"),
)
_OWNER = "owner"
#: Hours at which a reviewer sits down: what was taken up at one is decided at a later one.
_HOURS = (10, 16)
#: Who has their day, from Monday on.
_DAYS = ("second", "first", "second", "first", "second", "first", "first")
#: Some cases are plain enough to be decided at once, as the first few are; some need days.
_FIRST, _PLAIN, _HARD, _HARD_MS = 4, 0.5, 0.1, 5 * DAY_MS
_AT_ONCE = 4
_CASE = re.compile(r"/casework/([A-Z]-\d{4}-\d+)")
#: The pack whose clumsy rule stops everyday words.
_CLUMSY = "plain-threats"


class Reviewers:
    """The staff, and what reviewers do.

    Args:
        town: the running service and its people.
    """

    counted: ClassVar[Mapping[str, str]] = {
        "staff": "名工作人员 members of staff",
        "texts_opened": "次打开密文 texts opened, with a reason",
        "upheld": "件改判 appeals upheld",
        "rejected": "件维持 appeals rejected",
    }

    def __init__(self, town: Town) -> None:
        self._town = town
        self._dice = town.dice("reviewers")
        #: What each has taken up, and not before when they decide it, by number.
        self._desks: dict[str, dict[str, int]] = {}
        self._taken = 0

    async def hour(self, hour: Hour) -> None:
        """Hire everybody at the start; after that, sit down when it is time."""
        if not self._town.staff:
            await self._hire()
        if hour.hour in _HOURS:
            await self._town.move_to(hour.moment)
            await self._sit_down(_DAYS[hour.weekday])

    async def close(self) -> None:
        """Close everybody's browser."""
        for one in self._town.staff.values():
            await one.browser.close()

    async def _hire(self) -> None:
        """The owner comes in by the printed link and adds the others, who come by theirs."""
        town = self._town
        owner = town.colleague("owner", "zh")
        town.staff[_OWNER] = owner
        await owner.enter(owner_link(town.house))
        for part, name, role, lang in _STAFF:
            one = town.colleague(name, lang)
            town.staff[part] = one
            await one.enter(await owner.hire(name, role))
            town.counts["staff"] += 1

    async def _sit_down(self, part: str) -> None:
        """Decide what was taken up before, then take up what is new."""
        who, desk = self._town.staff[part], self._desks.setdefault(part, {})
        for number in [one for one, at in desk.items() if at <= self._town.clock.now()]:
            await self._decide(who, number)
            del desk[number]
        page = await who.open("/casework?state=open&with=nobody")
        for number in _numbers(page)[:_AT_ONCE]:
            page = await who.open(f"/casework/{number}")
            await who.press(page, "/assign")
            chance = self._dice.random()
            self._taken += 1
            if self._taken <= _FIRST or chance < _PLAIN:
                await self._decide(who, number)
            else:
                waits = _HARD_MS if chance > 1 - _HARD else 0
                desk[number] = self._town.clock.now() + waits

    async def _decide(self, who: Colleague, number: str) -> None:
        """Read what was written and what was stopped, and answer with reasons."""
        page = await who.open(f"/casework/{number}")
        if not page.has_form("/words"):
            return  # whoever filed it took it back
        wrong = _CLUMSY in page.text
        page = await who.press(page, "/words")
        text = await self._opened(who, page, number)
        wrong = wrong or any(sign in text for sign in WORRY)
        page = await who.open(page.link("/decide"))
        form = page.form("outcome", "explanation", action="/decide")
        page = await who.browser.send(
            page,
            form,
            outcome="upheld" if wrong else "rejected",
            explanation=EXPLANATIONS[who.browser.lang, wrong],
            facts=_FACTS[who.browser.lang, wrong],
            ground="none" if wrong else "incompatible_content",
            step="preview",
        )
        form = page.form(action="/decide")
        await who.browser.send(page, form, step="send")
        self._town.counts["upheld" if wrong else "rejected"] += 1

    async def _opened(self, who: Colleague, page: Page, number: str) -> str:
        """The sealed text of the generation, opened with a reason, which is put on record."""
        page = await who.open(page.link("/generations/"))
        page = await who.press(
            page, "/text", reason="appeal", note=f"{number}: 复核 review", case=number
        )
        self._town.counts["texts_opened"] += 1
        return page.text


_FACTS = {
    ("zh", True): "原文是日常提问，不含威胁，也不索要钱款或验证码；命中的是规则中过宽的词。",
    ("zh", False): "原文含索要钱款、验证码或交易恶意程序的语句，与规则所指一致。",
    ("en", True): "The text is an everyday question without a threat and asks nobody for money "
    "or codes; a word that is too wide was matched.",
    ("en", False): "The text asks for money or codes, or trades in malware, as the rule means.",
}


def _numbers(page: Page) -> list[str]:
    """The cases on a list, each once, in its order."""
    found = (_CASE.search(href) for href in page.all_links("/casework/"))
    return list(dict.fromkeys(one[1] for one in found if one is not None))
