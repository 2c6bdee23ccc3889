"""The law on the overview: the articles as a grid, what is due, what changed since yesterday."""

from typing import Any

import msgspec

from hegui.console.reading import law as reading
from hegui.console.routes.law_parts import MEASURES, tools
from hegui.duties import changes, due, packs
from hegui.duties.standing import standing
from hegui.duties.views import DueView, DutyChange, DutyView, Standing
from hegui.law import Book, LawError, Status
from hegui.store import Store
from hegui.web.language import Language, Say

#: Lines of each list; of more, their number is told.
MOST = 6
_DAY_MS = 86_400_000


class Law(msgspec.Struct, frozen=True):
    """What the overview tells of the law.

    Attributes:
        book: the packs in force.
        stands: how every duty stands.
        cells: the articles of the Measures.
        changed: changes of status since this time yesterday, the latest first.
        due: what is due other than cases, soonest first.
        still: deadlines other than of cases that stand still.
    """

    book: Book
    stands: Standing
    cells: list[reading.Cell]
    changed: list[DutyChange]
    due: list[DueView]
    still: list[DueView]

    def others(self) -> dict[Status, int]:
        """How many duties of other packs have each status that some have."""
        found: dict[Status, int] = {}
        for one in self.stands.duties:
            if not one.ref.startswith(f"{MEASURES}/"):
                found[one.status] = found.get(one.status, 0) + 1
        return {status: found[status] for status in Status if status in found}

    def stand(self) -> tuple[str, str, int] | None:
        """What of the duties wants a person: kind of status, key of its words, their number."""
        counts = self.stands.counts()
        bad = counts[Status.OVERDUE] + counts[Status.NOT_MET]
        if bad:
            return "not_met", "duties" if bad > 1 else "duties_one", bad
        if self.stands.profile is None:
            return "person", "unasked", 0
        waiting = counts[Status.NEEDS_PERSON] + counts[Status.STALE]
        return ("person", "attest" if waiting > 1 else "attest_one", waiting) if waiting else None


def read(store: Store, now: int) -> Law:
    """Everything at once; blocking."""
    book = packs.book(store)
    stands = standing(store, now)
    found = [one for one in due.due(store, stands) if one.about != "case"]
    return Law(
        book,
        stands,
        reading.cells(book.pack(MEASURES), stands.duties),
        changes.since(store, now - _DAY_MS),
        [one for one in found if one.paused is None],
        [one for one in found if one.paused is not None],
    )


def values(law: Law, say: Say, lang: Language) -> dict[str, Any]:
    """What the template asks for."""
    by: dict[str, DutyView] = {one.ref: one for one in law.stands.duties}

    def control_of(ref: str) -> str:
        try:
            return law.book.control(ref).control.text.of(lang)
        except LawError:  # of a pack that is no longer in force
            return ref

    shared = tools(law.book, say, lang)
    return {"law": law, "duty_of": by.get, "control_of": control_of, "most": MOST, **shared}
