"""The registry of checks: what each looks at, and for live ones the class that does."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import TypeVar

import msgspec

from hegui.checks.moment import Moment
from hegui.checks.result import Result
from hegui.checks.run import Run
from hegui.law import Words
from hegui.ledger.kinds import Entry

_L = TypeVar("_L", bound="type[Live]")


class Live(msgspec.Struct):
    """What a live check remembers of the ledger. Its fields are its state, kept between runs.

    The state stays small whatever the ledger's size, and follows from the entries and their order
    alone. A change of what is folded needs a new version of the check, by which it is folded anew.
    """

    def take(self, run: Run) -> None:
        """Take in entries of the check's kinds; they come in the ledger's order, once each.

        What is remembered must not depend on how the ledger was cut into runs. A check that meets
        every generation takes a whole run at once, where that is the same as one by one.
        """
        for entry, index in zip(run.entries, run.places, strict=True):
            self.fold(entry, index)

    def fold(self, entry: Entry, index: int) -> None:
        """Take in one entry; not asked for by a check that takes runs in its own way.

        Args:
            entry: what happened.
            index: its place in the ledger; ``PENDING`` of one that has none yet.
        """
        raise NotImplementedError

    def judge(self, at: Moment) -> Result:
        """What it comes to now.

        Raises:
            LawError: a parameter is not in force today, or not of the kind it must be.
        """
        raise NotImplementedError


class Check(msgspec.Struct, frozen=True, kw_only=True):
    """One check.

    Attributes:
        id: as packs name it.
        title: what is so when nothing speaks against it, in a few words.
        what: what it reads and when it turns; of an attested check, what to attach.
        kinds: the kinds of entries that it reads.
        rules: full names of the parameters that it holds figures against.
        ttl: how long evidence holds: a span, or the full name of the parameter that says so; none:
            it doesn't age.
        room: the room of the house whose work it looks at.
        version: of what is folded.
        live: the class that folds and judges; none: a person attests it.
    """

    id: str
    title: Words
    what: Words
    kinds: tuple[type[Entry], ...]
    rules: tuple[str, ...] = ()
    ttl: str | None = None
    room: str
    version: int = 1
    live: type[Live] | None = None

    @property
    def attested(self) -> bool:
        """Whether a person attests it, since nothing that the house sees can show it."""
        return self.live is None


_checks: dict[str, Check] = {}
#: Every check by its id; complete once ``hegui.checks`` is imported.
CHECKS: Mapping[str, Check] = MappingProxyType(_checks)


def register(check: Check) -> None:
    """Put a check into the registry.

    Raises:
        ValueError: there is one of that id.
    """
    if check.id in _checks:
        raise ValueError(f"two checks {check.id}")
    _checks[check.id] = check


def check(
    name: str,
    *,
    room: str,
    title: tuple[str, str],
    what: tuple[str, str],
    kinds: tuple[type[Entry], ...],
    rules: tuple[str, ...] = (),
    ttl: str | None = None,
    version: int = 1,
) -> Callable[[_L], _L]:
    """Make a class a live check; see :class:`Check` for what the arguments are.

    Args:
        name: the check's id.
        room: as there.
        title: in Chinese and in English.
        what: in Chinese and in English.
        kinds: as there.
        rules: as there.
        ttl: as there.
        version: as there.
    """

    def registered(live: _L) -> _L:
        register(
            Check(
                id=name,
                title=Words(*title),
                what=Words(*what),
                kinds=kinds,
                rules=rules,
                ttl=ttl,
                room=room,
                version=version,
                live=live,
            )
        )
        return live

    return registered
