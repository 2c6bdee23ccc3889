"""An auditor who has the ledger verified every week, at the console."""

import asyncio
from collections.abc import Mapping
from typing import ClassVar

from hegui.demo.errors import broken
from hegui.demo.rhythm import DAY_MS, Hour
from hegui.demo.town import Town

#: They do in office hours; the first time on the second day, or once half of a shorter
#: demonstration has passed.
_OPENS, _CLOSES, _HALF = 9, 18, 0.5
#: Between two, a little less than the week within which they are due.
_AGAIN_MS = int(6.5 * DAY_MS)
#: How long a verification may take, in seconds; and between two looks at it.
_MOST, _LOOK = 60.0, 0.05


class Auditors:
    """The auditor.

    Args:
        town: the running service and its people.
    """

    counted: ClassVar[Mapping[str, str]] = {"verifications": "次账本核验 verifications"}

    def __init__(self, town: Town) -> None:
        self._town = town
        self._due = 0

    async def hour(self, hour: Hour) -> None:
        """Press "verify now" when it is time, and wait for the end."""
        if not self._due:
            self._due = hour.start + min(DAY_MS, int(_HALF * hour.days * DAY_MS))
        if not _OPENS <= hour.hour < _CLOSES or hour.start < self._due:
            return
        self._due = hour.start + _AGAIN_MS
        await self._town.move_to(hour.moment)
        await self._verify()

    async def close(self) -> None:
        """Nothing stays open."""

    async def _verify(self) -> None:
        auditor = self._town.staff["auditor"]
        page = await auditor.open("/evidence")
        page = await auditor.press(page, "/evidence/verify")
        loop = asyncio.get_running_loop()
        ends = loop.time() + _MOST
        while not page.has_form("/evidence/verify"):  # it comes back when the run has ended
            if loop.time() > ends:
                raise broken("POST /evidence/verify", "no end")
            await asyncio.sleep(_LOOK)
            page = await auditor.open("/evidence")
        self._town.counts["verifications"] += 1
