"""Applications and the people in them: registered at the console, asking through the API."""

import asyncio
from collections.abc import Mapping
from typing import ClassVar

import msgspec

from hegui.demo.colleague import Colleague
from hegui.demo.errors import broken
from hegui.demo.machine import Answer
from hegui.demo.rhythm import Hour, visits
from hegui.demo.texts import Kind, Talk, talk
from hegui.demo.town import Stop, Town

#: Conversations of a whole working day, over all applications.
_A_DAY = 42.0
_STREAMED = 0.5
#: Of the streams, those whose reader leaves, and after how many pieces at most.
_LEAVING = 0.12
_LEAVE_WITHIN = 6
#: What surely comes, once so many word packs were brought: one stop of each kind.
_SURE: tuple[tuple[int, Kind], ...] = ((0, "scam"), (1, "everyday"))
#: When the first application gets a new key, as a part of the demonstration.
_NEW_KEY = 0.5


class Application(msgspec.Struct):
    """One application of the demonstration.

    Attributes:
        name: as registered.
        operator: who runs it.
        public: for whom.
        label_at: where its text label stands.
        lang: the language of its people.
        people: how many.
        share: its part of all conversations.
        comes: when it comes, as a part of the demonstration.
        key: its key now, empty before.
        address: its page at the console.
        accepted: its people who accepted the agreement.
    """

    name: str
    operator: str
    public: str
    label_at: str
    lang: str
    people: int
    share: float
    comes: float
    key: str = ""
    address: str = ""
    accepted: set[str] = set()


def _applications() -> list[Application]:
    return [
        Application("晨读", "晨读教育（演示）", "中学生家长 parents", "start", "zh", 30, 0.5, 0.0),
        Application(
            "harbour-desk", "Harbour Travel (demo)", "travellers", "end", "en", 20, 0.3, 0.0
        ),
        Application("文书助手", "同舟软件（演示）", "企业员工 staff", "both", "zh", 16, 0.2, 0.25),
    ]


class Plan(msgspec.Struct, frozen=True):
    """One conversation to come."""

    application: Application
    person: str
    talk: Talk
    streamed: bool
    leave_after: int | None


class Applications:
    """The applications.

    Args:
        town: the running service and its people.
    """

    counted: ClassVar[Mapping[str, str]] = {
        "applications": "个应用 applications",
        "keys_made": "个密钥 keys made",
        "keys_revoked": "个密钥撤销 keys revoked",
        "agreements": "人同意协议 people accepted the agreement",
        "generations": "次生成 generations",
        "streams": "次流式 of them streamed",
        "left_early": "次中途离开 left early",
        "stops_right": "次正确停止 right stops",
        "stops_wrong": "次错误停止 wrong stops",
    }

    def __init__(self, town: Town) -> None:
        self._town = town
        self._dice = town.dice("applications")
        self._all = _applications()
        self._renewed = False
        self._sure = list(_SURE)

    async def hour(self, hour: Hour) -> None:
        """Register who comes, renew a key half-way, and let some people ask."""
        new = [one for one in self._all if not one.key and hour.passed >= one.comes]
        renewing = not self._renewed and hour.passed >= _NEW_KEY
        if new or renewing:
            await self._town.move_to(hour.moment)
            await self._at_the_console(new, renewing=renewing)
        plans = self._plans(hour)
        if plans:
            await self._town.move_to(hour.moment)
        met = await asyncio.gather(*(self._talk(plan) for plan in plans))
        for stop in met:  # in the order planned, whatever came first
            if stop is not None:
                self._town.met(stop)

    async def close(self) -> None:
        """Nothing stays open."""

    async def _at_the_console(self, new: list[Application], *, renewing: bool) -> None:
        for application in new:
            await self._register(application)
        if renewing:
            await self._renew(self._all[0])
            self._renewed = True

    def _plans(self, hour: Hour) -> list[Plan]:
        plans: dict[tuple[str, str], Plan] = {}
        for _ in range(visits(hour, _A_DAY, self._dice)):
            packs = self._town.counts["word_packs"]
            sure = self._sure[0][1] if self._sure and packs >= self._sure[0][0] else None
            plan = self._plan(sure)
            whose = (plan.application.name, plan.person)
            if whose not in plans:  # nobody holds two conversations at once
                plans[whose] = plan
                del self._sure[: sure is not None]
        return list(plans.values())

    def _plan(self, kind: Kind | None) -> Plan:
        here = [application for application in self._all if application.key]
        application = self._dice.choices(here, [one.share for one in here])[0]
        person = f"u-{self._dice.randrange(application.people):03d}"
        streamed = self._dice.random() < _STREAMED
        said = talk(self._dice, application.lang, kind)
        # Only who would not be stopped leaves, so that every stop is met by somebody.
        leaves = streamed and said.kind == "plain" and self._dice.random() < _LEAVING
        leave_after = self._dice.randint(1, _LEAVE_WITHIN) if leaves else None
        return Plan(application, person, said, streamed, leave_after)

    async def _talk(self, plan: Plan) -> Stop | None:
        """A question, and what follows from its answer, until a stop or the end."""
        town, application = self._town, plan.application
        if plan.person not in application.accepted:
            await town.machine.accept(
                application.key, plan.person, f"{application.name}: form v1, box ticked"
            )
            application.accepted.add(plan.person)
            town.counts["agreements"] += 1
        messages: list[dict[str, str]] = []
        for turn in plan.talk.turns:
            messages.append({"role": "user", "content": turn})
            answer = await self._ask(plan, messages)
            town.counts["generations"] += 1
            if answer.ended == "left":
                town.counts["left_early"] += 1
                return None
            if answer.ended == "stopped":
                return Stop(
                    decision=answer.decision,
                    at=town.clock.now(),
                    wrong=plan.talk.kind != "scam",
                    lang=application.lang,
                )
            messages.append({"role": "assistant", "content": answer.text})
        return None

    async def _ask(self, plan: Plan, messages: list[dict[str, str]]) -> Answer:
        town, key = self._town, plan.application.key
        if not plan.streamed:
            return await town.machine.whole(key, plan.person, town.model, messages)
        town.counts["streams"] += 1
        answer = await town.machine.stream(key, plan.person, town.model, messages, plan.leave_after)
        if answer.ended == "left":
            await town.settled(answer.generation)
        return answer

    async def _register(self, application: Application) -> None:
        """The owner registers it at the console and hands its first key over."""
        owner = self._town.staff["owner"]
        page = await owner.open("/applications/new")
        page = await owner.press(
            page,
            "/applications/new",
            name=application.name,
            operator=application.operator,
            public=application.public,
            label_at=application.label_at,
        )
        application.address = page.path
        await self._new_key(owner, application)
        self._town.counts["applications"] += 1

    async def _new_key(self, owner: Colleague, application: Application) -> None:
        page = await owner.open(f"{application.address}/key")
        page = await owner.press(page, "/key")
        application.key = page.seen.ids["key"]
        self._town.counts["keys_made"] += 1

    async def _renew(self, application: Application) -> None:
        """A new key takes the old one's place, which lets nobody in from then on."""
        owner, old = self._town.staff["owner"], application.key
        page = await owner.open(application.address)
        revoke = page.link("/revoke")
        await self._new_key(owner, application)
        page = await owner.open(revoke)
        await owner.press(page, "/revoke")
        await self._town.job("refresh")
        told = await self._town.machine.refused(old, "u-000", self._town.model)
        if told != "key_revoked":
            raise broken("a revoked key", told)
        self._town.counts["keys_revoked"] += 1
