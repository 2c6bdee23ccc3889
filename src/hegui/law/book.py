"""Several packs together: what is looked up across them, and what in them leads nowhere."""

from collections.abc import Callable, Collection, Iterable, Iterator
from datetime import date
from functools import cached_property, partial

import msgspec

from hegui.law.condition import Condition
from hegui.law.errors import LawError
from hegui.law.pack import Pack, digest
from hegui.law.parameter import Parameter
from hegui.law.problem import Problem, unknown
from hegui.law.provision import Control, Duty, Provision
from hegui.law.words import Words


class Owed(msgspec.Struct, frozen=True):
    """A duty, where it stands, and one of its controls.

    Attributes:
        pack: the pack.
        provision: the provision.
        duty: the duty.
        control: the control asked for; the duty's first where a duty was asked for.
    """

    pack: Pack
    provision: Provision
    duty: Duty
    control: Control


class Coming(msgspec.Struct, frozen=True):
    """Something that is not in force yet.

    Attributes:
        day: its first day.
        pack: where it stands.
        what: the provision or the parameter.
    """

    day: date
    pack: Pack
    what: Provision | Parameter


class LeftOut(msgspec.Struct, frozen=True):
    """A pack that was brought in and that this version of the house can't use.

    Attributes:
        name: the pack's.
        version: the pack's.
        code: why: ``pack_malformed``, or ``pack_leads_nowhere``.
    """

    name: str
    version: str
    code: str


class Book:
    """Packs together, in their order.

    Args:
        packs: at most one of a name.
        left_out: packs that would be here if they could be used.
        defaults: settings that count where the pack of their name here doesn't state them, as one
            written for an earlier version of the house may not. Numbers of law have no default:
            what a newer pack of a law leaves out is no longer law.
    """

    def __init__(
        self,
        packs: Iterable[Pack],
        left_out: Iterable[LeftOut] = (),
        defaults: Pack | None = None,
    ) -> None:
        self.packs = tuple(packs)
        self.left_out = tuple(left_out)
        self._defaults = defaults
        self._named = {one.name: one for one in self.packs}
        self._digests: dict[str, str | None] = {}

    def pack(self, name: str) -> Pack:
        """A pack by its name.

        Raises:
            LawError: ``pack_unknown``.
        """
        found = self._named.get(name)
        if found is None:
            raise LawError(
                "pack_unknown",
                zh=f"没有名为“{name}”的规则包。请用 hegui law packs 查看。",
                en=f"There is no pack {name!r}. See hegui law packs.",
            )
        return found

    def parameter(self, name: str, on: date | None = None) -> Parameter:
        """A parameter, or its default where its pack states none for the day.

        Args:
            name: ``PACK/ID``, or the id alone where one pack only has it.
            on: the day on which it must be in force; ``None`` for the latest.

        Raises:
            LawError: ``parameter_unknown``, ``parameter_ambiguous``.
        """
        pack, _, short = name.rpartition("/")
        named = [one for one in self._parameters.get(short, ()) if pack in ("", one.pack)]
        if len({found.pack for found in named}) > 1:
            raise LawError(
                "parameter_ambiguous",
                zh=f"不止一个规则包有参数“{short}”。请写明规则包，例如 {named[0].rule}。",
                en=f"More than one pack has a parameter {short!r}. Name the pack, as in "
                f"{named[0].rule}.",
            )
        stated = [found for found in named if on is None or found.valid(on)]
        fitting = stated or [
            found for found in self._default(pack, short) if on is None or found.valid(on)
        ]
        if not fitting:
            when_zh, when = (f"{on} 有效的", f" in force on {on}") if on else ("", "")
            raise LawError(
                "parameter_unknown",
                zh=f"没有{when_zh}参数“{name}”。请核对名称和日期。",
                en=f"There is no parameter {name!r}{when}. Check the name and the day.",
            )
        return max(fitting, key=lambda found: found.valid_from)

    def provision(self, ref: str) -> Provision:
        """A provision by ``PACK/ID``.

        Raises:
            LawError: ``pack_unknown``, ``provision_unknown``.
        """
        found = self._provisions.get(ref)
        if found is None:  # for the error
            pack, _, name = ref.partition("/")
            return self.pack(pack).provision(name)
        return found

    def duty(self, ref: str) -> Owed:
        """A duty by ``PACK/ID``.

        Raises:
            LawError: ``duty_unknown``.
        """
        found = self._duties.get(ref)
        if found is None:
            raise LawError(
                "duty_unknown",
                zh=f"没有编号为“{ref}”的义务。请用 hegui law show 规则包名 查看。",
                en=f"There is no duty {ref!r}. See hegui law show PACK.",
            )
        return found

    def control(self, ref: str) -> Owed:
        """A control by ``PACK/ID``, with its duty.

        Raises:
            LawError: ``control_unknown``.
        """
        found = self._controls.get(ref)
        if found is None:
            raise LawError(
                "control_unknown",
                zh=f"没有编号为“{ref}”的控制措施。请用 hegui law show 规则包名 查看。",
                en=f"There is no control {ref!r}. See hegui law show PACK.",
            )
        return found

    def digest_of(self, ref: str) -> str | None:
        """SHA-256 of the provision under which a control stands; none where it is gone."""
        if ref not in self._digests:
            owed = self._controls.get(ref)
            self._digests[ref] = digest(owed.provision) if owed else None
        return self._digests[ref]

    def owed(self) -> Iterator[tuple[str, Owed]]:
        """Every duty with its ``PACK/ID``, in the packs' order."""
        yield from self._duties.items()

    def coming(self, on: date) -> tuple[Coming, ...]:
        """Provisions and parameters whose first day is after a day, the soonest first."""
        found = [
            Coming(day, pack, what)
            for pack in self.packs
            for what in _dated(pack)
            if (day := first_day(pack, what)) is not None and day > on
        ]
        return tuple(sorted(found, key=lambda one: one.day))

    def _default(self, pack: str, short: str) -> Iterator[Parameter]:
        """The values of a default, as if the first instrument of the pack here stated them."""
        default = self._defaults
        if default is not None and pack in ("", default.name) and default.name in self._named:
            home = self._named[default.name].instrument.id
            for one in default.parameters:
                if one.id == short:
                    yield msgspec.structs.replace(one, instrument=home)

    @cached_property
    def _parameters(self) -> dict[str, list[Parameter]]:
        found: dict[str, list[Parameter]] = {}
        for pack in self.packs:
            for one in pack.parameters:
                found.setdefault(one.id, []).append(one)
        return found

    @cached_property
    def _provisions(self) -> dict[str, Provision]:
        return {f"{pack.name}/{one.id}": one for pack in self.packs for one in pack.provisions}

    @cached_property
    def _duties(self) -> dict[str, Owed]:
        return {
            f"{pack.name}/{duty.id}": Owed(pack, provision, duty, duty.controls[0])
            for pack in self.packs
            for provision, duty in pack.duties()
        }

    @cached_property
    def _controls(self) -> dict[str, Owed]:
        return {
            f"{one.pack.name}/{control.id}": Owed(one.pack, one.provision, one.duty, control)
            for one in self._duties.values()
            for control in one.duty.controls
        }


def _dated(pack: Pack) -> Iterator[Provision | Parameter]:
    yield from pack.provisions
    yield from pack.parameters


def first_day(pack: Pack, what: Provision | Parameter) -> date | None:
    """Since when a provision or a parameter is in force; none of a draft."""
    return what.valid_from or pack.instrument_of(what).in_force


def last_day(pack: Pack, what: Provision | Parameter) -> date | None:
    """Until when it is in force: its own last day or its instrument's, whichever is sooner."""
    ends = (what.valid_to, pack.instrument_of(what).ends)
    return min((day for day in ends if day is not None), default=None)


def in_force(pack: Pack, what: Provision | Parameter, on: date) -> bool:
    """Whether a provision or a parameter is in force on a day."""
    first, last = first_day(pack, what), last_day(pack, what)
    return first is not None and first <= on and (last is None or on <= last)


def problems(book: Book, checks: Collection[str] | None = None) -> tuple[Problem, ...]:
    """What in a book leads nowhere.

    Args:
        book: the packs.
        checks: ids of the checks there are; none: checks are not looked at.
    """
    return tuple(
        one
        for pack in book.packs
        for one in (*_dangling(book, pack), *unusable(book, pack, checks))
    )


def _dangling(book: Book, pack: Pack) -> Iterator[Problem]:
    for index, one in enumerate(pack.provisions):
        named = [("related[{}]", number, ref) for number, ref in enumerate(one.related)]
        named += [
            ("became[{}].to", number, each.to) for number, each in enumerate(one.became) if each.to
        ]
        for field, number, ref in named:
            for why in _lost(partial(book.provision, ref)):
                path = f"$.provisions[{index}].{field.format(number)}"
                yield Problem(pack.name, one.id, why, path)


def unusable(book: Book, pack: Pack, checks: Collection[str] | None = None) -> Iterator[Problem]:
    """What of a pack can't be worked with: a number, a span or a check that is gone.

    Args:
        book: the packs.
        pack: one of them.
        checks: ids of the checks there are; none: checks are not looked at.
    """
    for name, path, condition in conditions(pack):
        for where, why in _numbers(book, path, condition):
            yield Problem(pack.name, name, why, where)
    if checks is not None:
        yield from _unchecked(pack, checks)


def _unchecked(pack: Pack, checks: Collection[str]) -> Iterator[Problem]:
    """Checks that a pack names and that there are not."""
    for index, provision in enumerate(pack.provisions):
        for at, duty in enumerate(provision.duties):
            for which, control in enumerate(duty.controls):
                for number, name in enumerate(control.checks):
                    if name not in checks:
                        why = unknown("检查", "check", name, sorted(checks), "hegui law checks")
                        path = f"$.provisions[{index}].duties[{at}].controls[{which}]"
                        yield Problem(pack.name, control.id, why, f"{path}.checks[{number}]")


def conditions(pack: Pack) -> Iterator[tuple[str, str, Condition]]:
    """Each condition of a pack: of what, by its id, and where it stands in the file."""
    for index, instrument in enumerate(pack.instruments):
        if instrument.applies is not None:
            yield instrument.id, f"$.instruments[{index}].applies", instrument.applies
    for index, one in enumerate(pack.provisions):
        if one.applies is not None:
            yield one.id, f"$.provisions[{index}].applies", one.applies


def _numbers(book: Book, path: str, condition: Condition) -> Iterator[tuple[str, Words]]:
    """Numbers that a condition asks for and that are none, each with where it stands."""
    if condition.at_least is not None:
        rule = condition.at_least
        for why in _lost(lambda: book.parameter(rule).number):
            yield f"{path}.at_least", why
    for name in ("all", "any", "none"):
        for index, each in enumerate(getattr(condition, name)):
            yield from _numbers(book, f"{path}.{name}[{index}]", each)


def _lost(look: Callable[[], object]) -> Iterator[Words]:
    try:
        look()
    except LawError as error:
        yield Words(error.zh, error.en)
