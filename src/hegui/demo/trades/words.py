"""The data steward: brings a word pack with a clumsy rule, and later a better version of it."""

from collections.abc import Mapping
from importlib.resources import files
from typing import ClassVar

from hegui.demo.browser import Attached
from hegui.demo.rhythm import Hour
from hegui.demo.town import Town

#: When each version comes, as a part of the demonstration.
_VERSIONS = (("plain-threats-1.toml", 0.08), ("plain-threats-2.toml", 0.6))
#: Office hours; who is late comes all the same before the end.
_OPENS, _CLOSES, _LATE = 9, 18, 0.9


class Words:
    """The steward of the word packs.

    Args:
        town: the running service and its people.
    """

    counted: ClassVar[Mapping[str, str]] = {"word_packs": "次启用词表 word packs put in force"}

    def __init__(self, town: Town) -> None:
        self._town = town
        self._coming = list(_VERSIONS)

    async def hour(self, hour: Hour) -> None:
        """Bring the next version when it is due."""
        if not self._coming or hour.passed < self._coming[0][1]:
            return
        if not _OPENS <= hour.hour < _CLOSES and hour.passed < _LATE:
            return
        await self._town.move_to(hour.moment)
        await self._bring(self._coming.pop(0)[0])

    async def close(self) -> None:
        """Nothing stays open."""

    async def _bring(self, name: str) -> None:
        """Upload the file, see what it changes, and put it in force."""
        steward = self._town.staff["steward"]
        pack = files("hegui.demo").joinpath("packs", name).read_text(encoding="utf-8")
        page = await steward.open("/word-packs")
        file = Attached(name, pack, "application/toml")
        page = await steward.press(page, "/word-packs/draft", {"file": file})
        await steward.press(page, "/word-packs/draft/put")
        self._town.counts["word_packs"] += 1
        # In a running house the screen takes it in at once, and is proven within a minute.
        await self._town.job("refresh", "proof")
