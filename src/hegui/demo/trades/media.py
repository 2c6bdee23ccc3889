"""People of an application that makes pictures, sounds and clips: through the same API."""

import asyncio
from base64 import b64decode
from collections.abc import Mapping
from importlib.util import find_spec
from typing import Any, ClassVar

import msgspec

from hegui import marks
from hegui.demo.errors import broken
from hegui.demo.rhythm import Hour, visits
from hegui.demo.town import Town

#: Pictures, sounds and clips of a whole working day.
_A_DAY = 6.0
_PEOPLE = 8
#: How often each is asked for, as parts of all; a clip only where its label can be drawn.
_WHAT = (("pictures", 6), ("sounds", 3), ("clips", 2))
_DRAWN = (
    "一座山后的日出，水彩",
    "A quiet harbour in the morning, soft colours",
    "窗台上的猫，旁边有一本书",
    "A garden path after rain",
    "秋天的钟楼",
)
_SAID = (
    "各位早上好，今天的晨读马上开始。",
    "The next boat leaves at half past nine.",
    "请记得带走随身物品，祝您一天愉快。",
    "Chapter one. The bell rang three times.",
)
#: How often somebody asks whether their clip is ready.
_PATIENCE = 30
#: The first three hours with a visit bring one of each, whatever the dice say.
_SURE = ("pictures", "sounds", "clips")


class Media:
    """The application's people, who come with the key of the house's own demonstration.

    Args:
        town: the running service and its people.
    """

    counted: ClassVar[Mapping[str, str]] = {
        "pictures": "张图片 pictures",
        "sounds": "段声音 sounds",
        "clips": "段视频 clips",
    }

    def __init__(self, town: Town) -> None:
        self._town = town
        self._dice = town.dice("media")
        draws = find_spec("av") is not None
        self._what = [one for one in _WHAT if draws or one[0] != "clips"]
        self._sure = [name for name in _SURE if draws or name != "clips"]
        self._agreed: set[str] = set()

    async def hour(self, hour: Hour) -> None:
        """Some ask for something."""
        count = visits(hour, _A_DAY, self._dice)
        for _ in range(count):
            await self._town.move_to(hour.moment)
            names, parts = zip(*self._what, strict=True)
            what = self._sure.pop(0) if self._sure else self._dice.choices(names, parts)[0]
            await self._make(what, await self._person())

    async def close(self) -> None:
        """Nothing stays open."""

    async def _person(self) -> str:
        town = self._town
        person = f"maker-{self._dice.randrange(_PEOPLE)}"
        if person not in self._agreed:
            await town.machine.accept(town.house.demo_key, person, "studio: form v1, box ticked")
            self._agreed.add(person)
            town.counts["agreements"] += 1
        return person

    async def _make(self, what: str, person: str) -> None:
        if what == "pictures":
            data = await self._picture(person)
        elif what == "sounds":
            data = await self._sound(person)
        else:
            data = await self._clip(person)
        verdict = marks.read(data).verdict
        if verdict is not marks.Verdict.CONFORMING:
            raise broken(what, verdict.value)
        self._town.counts[what] += 1
        self._town.counts["generations"] += 1

    async def _picture(self, person: str) -> bytes:
        size = self._dice.choice(("256x256", "320x256"))
        asked = {"prompt": self._dice.choice(_DRAWN), "size": size}
        answer = msgspec.json.decode(await self._ask(person, "images/generations", **asked))
        return b64decode(answer["data"][0]["b64_json"])

    async def _sound(self, person: str) -> bytes:
        asked = {"input": self._dice.choice(_SAID), "voice": "demo", "response_format": "wav"}
        return await self._ask(person, "audio/speech", **asked)

    async def _clip(self, person: str) -> bytes:
        answer = await self._ask(person, "videos", prompt=self._dice.choice(_DRAWN))
        number = msgspec.json.decode(answer)["id"]
        for _ in range(_PATIENCE):
            await self._town.move_to(self._town.clock.now() + 1_000)
            job = msgspec.json.decode(await self._ask(person, f"videos/{number}"))
            if job["status"] == "completed":
                return await self._ask(person, f"videos/{number}/content")
            await asyncio.sleep(0.1)  # at the end of the days only real time passes
        raise broken("GET /v1/videos/…", job["status"])

    async def _ask(self, person: str, path: str, **asked: Any) -> bytes:
        town = self._town
        if asked:
            asked["model"] = town.model
        made = await town.machine.make(town.house.demo_key, person, path, **asked)
        return made.data
