"""The law as pages show it: articles of a pack with their duties, and where each leads."""

import re
from collections.abc import Iterable, Sequence
from datetime import date

import msgspec

from hegui.duties.views import ControlView, DutyChange, DutyView
from hegui.law import Pack, Parameter, Provision, Status, Words, worst
from hegui.law.clock import day_of
from hegui.law.pack import Instrument

#: The article of a provision whose clause isn't known.
UNKNOWN = "-"
#: Days of a duty's history that are drawn.
DAYS = 90
_DAY_MS = 86_400_000
#: How a Chinese clause begins that stands in an article.
_ARTICLE = re.compile("第[^条]+条")


class Cell(msgspec.Struct, frozen=True, kw_only=True):
    """An article of a pack, as the grid shows it.

    Attributes:
        instrument: where it stands.
        article: its number, as addresses have it.
        name: as people cite it; empty where its number isn't known.
        title: what it is about.
        status: the worst of its duties; ``not_applicable`` where it asks nothing of the provider.
        duties: how many it has.
        first: the duty that made it so; none: it has none.
    """

    instrument: Instrument
    article: str
    name: Words
    title: Words
    status: Status
    duties: int
    first: DutyView | None


class Article(msgspec.Struct, frozen=True, kw_only=True):
    """An article whole.

    Attributes:
        pack: the pack.
        cell: how it stands.
        provisions: its paragraphs and items, in their order.
        duties: by the id of their provision.
        before, after: the articles next to it; none at the ends.
    """

    pack: Pack
    cell: Cell
    provisions: tuple[Provision, ...]
    duties: dict[str, list[DutyView]]
    before: Cell | None
    after: Cell | None

    def flat(self) -> list[DutyView]:
        """Its duties, in their order."""
        return [duty for one in self.provisions for duty in self.duties.get(one.id, ())]


class Day(msgspec.Struct, frozen=True):
    """How a duty stood at the end of a day, in Beijing; none: it wasn't recorded yet."""

    day: date
    status: Status | None


def cells(pack: Pack, duties: Iterable[DutyView]) -> list[Cell]:
    """The articles of a pack, in the order of its provisions."""
    by = _by_provision(pack.name, duties)
    return [_cell(pack, number, provisions, by) for number, provisions in _articles(pack).items()]


def article(pack: Pack, number: str, duties: Iterable[DutyView]) -> Article | None:
    """One article, or None where the pack has none of this number."""
    articles = _articles(pack)
    provisions = articles.get(number)
    if provisions is None:
        return None
    by = _by_provision(pack.name, duties)
    numbers = list(articles)
    place = numbers.index(number)

    def beside(at: int) -> Cell | None:
        there = 0 <= at < len(numbers)
        return _cell(pack, numbers[at], articles[numbers[at]], by) if there else None

    return Article(
        pack=pack,
        cell=_cell(pack, number, provisions, by),
        provisions=tuple(provisions),
        duties={one.id: by[one.id] for one in provisions if one.id in by},
        before=beside(place - 1),
        after=beside(place + 1),
    )


def next_step(duties: Iterable[DutyView]) -> tuple[DutyView, ControlView] | None:
    """The control that most wants a person, with its duty; None where none does."""
    calm = {Status.MET, Status.NO_OCCASION, Status.NOT_APPLICABLE}
    waiting = [
        (duty, control)
        for duty in duties
        if duty.status not in calm
        for control in duty.controls
        if control.status not in calm
    ]
    if not waiting:
        return None
    first = worst(control.status for _, control in waiting)
    return next(pair for pair in waiting if pair[1].status is first)


def days(changes: Sequence[DutyChange], now: int, most: int = DAYS) -> list[Day]:
    """A duty's status at the end of each of its last days, oldest first, today last.

    Args:
        changes: all changes that tell of these days, oldest first; the last one before them too.
        now: milliseconds since 1970, UTC.
        most: how many days.
    """
    found = []
    for back in range(most - 1, -1, -1):
        day = day_of(now - back * _DAY_MS)
        until = [one for one in changes if day_of(one.at) <= day]
        found.append(Day(day, Status(until[-1].status) if until else None))
    return found


def numbers(pack: Pack, on: date) -> list[Parameter]:
    """A pack's numbers that are in force on a day or will be, by name."""
    return [
        one
        for one in sorted(pack.parameters, key=lambda each: (each.id, each.valid_from))
        if one.valid_to is None or one.valid_to >= on
    ]


def key(provision: Provision) -> str:
    """The article of a provision as addresses have it: ``9``, or ``INSTRUMENT:9`` of a second.

    One whose clause isn't known stands for itself.
    """
    number = provision.id if provision.article == UNKNOWN else provision.article
    return number if provision.instrument is None else f"{provision.instrument}:{number}"


def key_of(what: Provision | Parameter) -> str:
    """Where in its pack something stands: an article's key, or nothing of a number."""
    return key(what) if isinstance(what, Provision) else ""


def _articles(pack: Pack) -> dict[str, list[Provision]]:
    found: dict[str, list[Provision]] = {}
    for one in pack.provisions:
        found.setdefault(key(one), []).append(one)
    return found


def _by_provision(pack: str, duties: Iterable[DutyView]) -> dict[str, list[DutyView]]:
    found: dict[str, list[DutyView]] = {}
    for one in duties:
        if one.ref.partition("/")[0] == pack:
            found.setdefault(one.provision.id, []).append(one)
    return found


def _cell(
    pack: Pack, number: str, provisions: Sequence[Provision], by: dict[str, list[DutyView]]
) -> Cell:
    duties = [duty for one in provisions for duty in by.get(one.id, ())]
    status = worst(duty.status for duty in duties)
    whole = next((one for one in provisions if one.paragraph is None), provisions[0])
    return Cell(
        instrument=pack.instrument_of(whole),
        article=number,
        name=_name(whole),
        title=whole.title,
        status=status,
        duties=len(duties),
        first=next((duty for duty in duties if duty.status is status), None),
    )


def _name(one: Provision) -> Words:
    """The article of a provision as people cite it: ``第九条`` and ``Art. 9``, or ``5.2``."""
    if one.article == UNKNOWN:
        return Words("", "")
    cited = _ARTICLE.match(one.clause.zh)
    en = f"Art. {one.article}" if one.article.isdigit() else one.article
    return Words(cited[0] if cited else one.article, en)
