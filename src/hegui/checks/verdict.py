"""How checks of a form they share come to their result."""

from hegui.checks import say
from hegui.checks.memory import Recent
from hegui.checks.moment import WINDOW_DAYS, Moment
from hegui.checks.result import Result
from hegui.checks.seen import Seen, shown
from hegui.law import Status, Words

#: A sentence in Chinese and in English.
Sentence = tuple[str, str]


def every(
    recent: Recent,
    *,
    none: Sentence,
    fine: Sentence,
    wrong: Sentence,
    status: Status = Status.NOT_MET,
    threshold: Words | None = None,
    rules: tuple[str, ...] = (),
) -> Result:
    """A duty that every act of the window must keep; without any it had no occasion.

    Args:
        recent: the acts.
        none: the figure where there was no act.
        fine: where none speaks against it; ``{n}`` is how many there were, ``{days}`` in how long.
        wrong: where ``{bad}`` of them do.
        status: what it is then.
        threshold: what they are held against.
        rules: where that comes from.
    """
    said = wrong if recent.against else fine if recent.counted else none
    return Result(
        status=status if recent.against else calm(recent.counted),
        figure=filled(said, n=recent.counted, bad=recent.against),
        threshold=threshold,
        rules=rules,
        counted=recent.counted,
        against=recent.against,
        shown=recent.shown,
        seen=recent.seen,
    )


def calm(counted: int) -> Status:
    """The status where nothing speaks against a duty: met by acts, and by none without occasion.

    Args:
        counted: how many acts were looked at.
    """
    return Status.MET if counted else Status.NO_OCCASION


def filled(said: Sentence, **numbers: int) -> Words:
    """A sentence with its numbers, in which ``{days}`` is how many days the window has."""
    told = {name: say.count(number) for name, number in numbers.items()}
    zh, en = (each.format(days=WINDOW_DAYS, **told) for each in said)
    return Words(zh, en)


def missing(zh: str, en: str, status: Status = Status.NOT_MET) -> Result:
    """The act itself is missing that should be on record."""
    return Result(status=status, figure=Words(zh, en))


def latest(
    one: Seen,
    status: Status,
    figure: Words,
    *,
    threshold: Words | None = None,
    rules: tuple[str, ...] = (),
    due: int | None = None,
) -> Result:
    """A duty that the latest act of its kind shows."""
    against = status not in (Status.MET, Status.DUE_SOON, Status.NO_OCCASION)
    return Result(
        status=status,
        figure=figure,
        threshold=threshold,
        rules=rules,
        counted=1,
        against=int(against),
        shown=shown([one]) if against else shown([], [one]),
        seen=one.at,
        due=due,
    )


def aged(at: Moment, ends: int, warned: int | None = None, *, counted: int = 1) -> Status:
    """The status of evidence that is fine until it ages.

    Args:
        at: the moment.
        ends: until when it holds, milliseconds since 1970.
        warned: from when on the end is near; none: nobody is warned.
        counted: how many there were of what it tells of.
    """
    if at.now > ends:
        return Status.STALE
    return Status.DUE_SOON if warned is not None and at.now > warned else calm(counted)
