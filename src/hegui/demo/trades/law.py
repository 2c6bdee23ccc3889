"""The compliance officer: what applies, what is attested, and week by week how it stands."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime, timedelta
from typing import ClassVar

from hegui.demo.browser import Attached
from hegui.demo.colleague import Colleague
from hegui.demo.compliance import Licence, Statement, content, papers
from hegui.demo.errors import broken
from hegui.demo.form import Form
from hegui.demo.page import Page
from hegui.demo.rhythm import DAY_MS, Hour
from hegui.demo.town import Town
from hegui.world import BEIJING

#: Office hours, and how many articles are read in one.
_OPENS, _CLOSES, _ARTICLES = 9, 18, 5
#: As parts of the demonstration: when the short attestation ends, when it is renewed, when one is
#: taken back, and when that one is signed anew.
_ENDS, _RENEWED, _TAKEN_BACK, _ANEW = 0.4, 0.6, 0.3, 0.42
#: Between two looks at how everything stands.
_WEEK_MS = 7 * DAY_MS
#: What a running house does within seconds of an act, so that changes bear its time.
_TAKEN_IN = ("sequence", "checks", "duties")
#: Pages that a questionnaire may have, so that one that goes in a circle is told.
_MOST_PAGES = 30
#: Changed duties that are looked at in a week, and how long ago licences were issued.
_LOOKED_AT, _ISSUED_DAYS = 5, 400


class Law:
    """The compliance officer's desk.

    Args:
        town: the running service and its people.
    """

    counted: ClassVar[Mapping[str, str]] = {
        "scope_records": "次适用范围判断 records of what applies",
        "licences": "项许可登记 licences entered",
        "attestations": "份证明签署 attestations signed",
        "attestations_withdrawn": "份证明撤回 attestations withdrawn",
        "law_reviews": "次每周查看义务 weekly looks at the duties",
    }

    def __init__(self, town: Town) -> None:
        self._town = town
        self._papers = papers()
        self._start: int | None = None
        self._answered = False
        self._unread: list[str] = []
        self._review = 0
        self._later: list[tuple[float, Callable[[], Awaitable[None]]]] = [
            (_TAKEN_BACK, self._take_back),
            (_ANEW, self._sign_anew),
            (_RENEWED, self._renew),
        ]

    async def hour(self, hour: Hour) -> None:
        """In office hours, do what is next."""
        if self._start is None:
            self._start, self._review = hour.start, hour.start + DAY_MS
        if not _OPENS <= hour.hour < _CLOSES:
            return
        work = self._next(hour, hour.start - self._start)
        if work is not None:
            await self._town.move_to(hour.moment)
            await work()
            await self._town.job(*_TAKEN_IN)

    async def close(self) -> None:
        """Nothing stays open."""

    def _answers(self, form: Form) -> dict[str, str]:
        """What she answers of the questions on a page."""
        found = {}
        for name, field in form.fields.items():
            fact, _, option = name.partition(".")
            answer = self._papers.answers.get(fact)
            if isinstance(answer, str):
                found[name] = answer
            elif answer is not None and option in answer:
                found[name] = field.choices[0]
        return found

    @property
    def _who(self) -> Colleague:
        return self._town.staff["compliance"]

    def _next(self, hour: Hour, elapsed: int) -> Callable[[], Awaitable[None]] | None:
        if not self._answered:
            return lambda: self._begin(hour)
        if self._unread:
            return lambda: self._read_on(hour)
        if self._later and elapsed >= self._later[0][0] * hour.days * DAY_MS:
            return self._later.pop(0)[1]
        return self._look if hour.start >= self._review else None

    async def _begin(self, hour: Hour) -> None:
        """What the service is, and what it holds already."""
        page = await self._who.open("/law")
        page = await self._questions(await self._who.open(page.link("/law/scope")))
        for licence in self._papers.licences:
            await self._enter(page, licence, hour)
        pack = await self._who.open(f"/law/packs/{self._papers.pack}")
        self._unread = pack.all_links(f"/law/packs/{self._papers.pack}/")
        self._answered = True

    async def _questions(self, page: Page) -> Page:
        """The questionnaire, page by page; the page of its record."""
        page = await self._who.open(page.link("/law/scope/answer/"))
        for _ in range(_MOST_PAGES):
            if page.path.endswith("/end"):
                page = await self._who.press(page, "/law/scope/answer/end")
                self._town.counts["scope_records"] += 1
                return page
            form = page.form(action=page.path)
            answers = self._answers(form)
            page = await self._who.browser.send(page, form, None, to="next", **answers)
        raise broken(page.path, "no end of the questions")

    async def _enter(self, page: Page, licence: Licence, hour: Hour) -> None:
        """A licence that the record asks for."""
        page = await self._who.open(page.link(f"/law/licences/new?kind={licence.kind}"))
        left = hour.days - hour.day
        page = await self._who.press(
            page,
            "/law/licences/new",
            _file(licence.paper),
            number=licence.number,
            holder=self._papers.holder,
            scope=licence.scope,
            issued=self._day(-_ISSUED_DAYS),
            expires="" if licence.ends is None else self._day(left + licence.ends),
        )
        self._town.counts["licences"] += 1

    async def _read_on(self, hour: Hour) -> None:
        """Some articles more; what she can attest of them she signs."""
        for _ in range(min(_ARTICLES, len(self._unread))):
            page = await self._who.open(self._unread.pop(0))
            for href in page.all_links(f"/law/attest/{self._papers.pack}/"):
                control = href.rpartition("/")[2]
                if control in self._papers.statements:
                    ends = int(_ENDS * hour.days) if control == self._papers.short else None
                    await self._sign(href, self._papers.statements[control], ends)

    async def _sign(self, href: str, statement: Statement, ends: int | None = None) -> None:
        """Attest a control, until as late as the form offers or for so many days."""
        given = {"statement": statement.text}
        if ends is not None:
            # Yesterday it was so already: it may end today, then.
            given |= {"true_on": self._day(-1), "expires": self._day(ends)}
        page = await self._who.open(href)
        page = await self._who.press(page, href, _file(statement.paper), **given)
        if page.path == href:
            raise broken(f"POST {href}", "the form again")
        self._town.counts["attestations"] += 1

    async def _take_back(self) -> None:
        """It is not so: the attestation goes, with the reason."""
        page = await self._article(self._papers.taken_back)
        await self._who.press(page, "/withdraw", reason=self._papers.why_taken_back)
        self._town.counts["attestations_withdrawn"] += 1

    async def _sign_anew(self) -> None:
        await self._again(self._papers.taken_back, self._papers.anew)

    async def _renew(self) -> None:
        await self._again(self._papers.short, self._papers.renewed)

    async def _again(self, control: str, statement: Statement) -> None:
        """Sign what was taken back or ran out."""
        page = await self._article(control)
        await self._sign(page.link(f"/law/attest/{self._papers.pack}/{control}"), statement)

    async def _article(self, control: str) -> Page:
        """The article under which a control stands."""
        return await self._who.open(f"/law/packs/{self._papers.pack}/{control.partition('.')[0]}")

    async def _look(self) -> None:
        """What changed, what is due, how everything stands, and what one of them rests on."""
        self._review += _WEEK_MS
        page = await self._who.open("/")
        for href in page.all_links("/law/duties/")[:_LOOKED_AT]:
            await self._who.open(href)
        await self._who.open("/law")
        await self._who.open("/law/licences")
        page = await self._article("12")
        await self._who.open(page.link("/evidence/entries/"))
        self._town.counts["law_reviews"] += 1

    def _day(self, days: int) -> str:
        """The date so many days from today, in Beijing."""
        today = datetime.fromtimestamp(self._town.clock.now() / 1000, BEIJING).date()
        return f"{today + timedelta(days=days)}"


def _file(paper: str) -> dict[str, Attached]:
    """What goes into the field for a file."""
    return {"file": Attached(paper, content(paper))} if paper else {}
