"""The clock of a case as a bar: received, today or the answer, due. SVG made here, no script.

Places are percentages, so the bar is as wide as its column while its words keep their size.
"""

import msgspec
from markupsafe import Markup

#: A word near an end of the bar, in percent, begins or ends at its mark, to stay inside.
_EDGE = 25.0


class Bar(msgspec.Struct, frozen=True, kw_only=True):
    """Where things lie on the bar, in percent of its length.

    Attributes:
        now: where the clock stands: today, or when it was stopped.
        due: when the answer is due; 100 unless the clock stands past it.
        late: whether the clock stands past it.
        stopped: whether the clock was stopped.
    """

    now: float
    due: float
    late: bool
    stopped: bool


def lay_out(started: int, due: int, now: int, stopped: int | None) -> Bar:
    """Where things lie on the bar.

    Args:
        started: when the clock started, milliseconds since 1970, UTC; so are the others.
        due: when the answer is due, not before ``started``.
        now: the time.
        stopped: when the clock was stopped, or none while it runs.
    """
    at = max(now if stopped is None else stopped, started)
    end = max(due, at)
    whole = max(end - started, 1)
    return Bar(
        now=round(100 * (at - started) / whole, 2),
        due=round(100 * (due - started) / whole, 2),
        late=at > due,
        stopped=stopped is not None,
    )


def draw(bar: Bar, *, told: str, received: str, here: str, due: str) -> Markup:
    """The bar as an SVG picture; colours and type are the stylesheet's (``.clock``).

    The words of the bar's two ends stand below it, that of the mark between them above.

    Args:
        bar: where things lie.
        told: the whole picture in a sentence, for those who don't see it.
        received: the word at its start.
        here: the word where the clock stands.
        due: the word where the answer is due.
    """
    state = "late" if bar.late else "stopped" if bar.stopped else "running"
    (at, between), last = ((bar.due, due), here) if bar.late else ((bar.now, here), due)
    return _SVG.format(
        state=state,
        told=told,
        now=bar.now,
        due=bar.due,
        above=_word(at, 12, between),
        first=_word(0, 58, received),
        last=_word(100, 58, last),
    )


_SVG = Markup(
    '<svg class="clock {state}" role="img" aria-label="{told}" width="100%" height="60">'
    '<rect class="clock-all" x="0" y="26" width="100%" height="8" rx="4"/>'
    '<rect class="clock-gone" x="0" y="26" width="{now}%" height="8" rx="4"/>'
    '<line class="clock-due" x1="{due}%" x2="{due}%" y1="20" y2="40"/>'
    '<circle class="clock-now" cx="{now}%" cy="30" r="7"/>'
    "{above}{first}{last}</svg>"
)


def _word(at: float, y: int, said: str) -> Markup:
    anchor = "start" if at < _EDGE else "end" if at > 100 - _EDGE else "middle"
    return Markup('<text x="{}%" y="{}" text-anchor="{}">{}</text>').format(at, y, anchor, said)
