"""Drawings made on the server: values in, SVG out.

A drawing has no text of its own to read, so it scales freely: its name says what it shows, and
the page puts the figures beside it and a table behind it. Colours are classes of the stylesheet,
so that a drawing follows light, dark and print.
"""

from collections.abc import Sequence
from typing import Literal

import msgspec
from markupsafe import Markup, escape

#: Of a drawing that stretches to its place.
_HEIGHT = 100
_STEP = 10
#: How high a mark of a state is, of a hundred.
_TALL = {"met": 40, "idle": 25, "na": 12, "none": 4, "due": 55, "person": 70, "stale": 70}
#: How a station of a way stands: kinds of status, with their shapes.
State = Literal["met", "due", "not_met", "na", "stale"]


class Bar(msgspec.Struct, frozen=True):
    """One bar of a strip.

    Attributes:
        label: shown by a pointer that rests on it.
        parts: its values from the bottom up, none negative.
    """

    label: str
    parts: tuple[int, ...]


def bars(strip: Sequence[Bar], name: str) -> Markup:
    """A strip of stacked bars; parts are of the classes ``part-0``, ``part-1``, ….

    Args:
        strip: the bars in their order.
        name: what the strip shows, for who can't see it.
    """
    top = max((sum(bar.parts) for bar in strip), default=0)
    drawn = (_bar(bar, number * _STEP, top) for number, bar in enumerate(strip))
    return _stretched("bars", name, len(strip) * _STEP, Markup("").join(drawn))


def lines(series: Sequence[Sequence[int | None]], name: str) -> Markup:
    """Small lines over one time, of the classes ``line-0``, ``line-1``, …; each ends in a dot.

    The scale begins at nought and is the same for all.

    Args:
        series: values at equal distances, the same number in each; None is a gap.
        name: what they show, for who can't see them.
    """
    most = max((value for values in series for value in values if value is not None), default=0)
    width = max((len(values) for values in series), default=0) * _STEP
    drawn = (_line(values, number, most) for number, values in enumerate(series))
    return _stretched("lines", name, width, Markup("").join(drawn))


def share(part: int, whole: int, sure: tuple[float, float], name: str) -> Markup:
    """A share as a dot on a line from nought to all, with the interval it is sure within.

    Args:
        part: how many of the whole.
        whole: how many in all, above nought.
        sure: the interval's two shares, from 0 to 1.
        name: what it shows, for who can't see it.
    """
    low, high = sure
    return Markup(
        '<svg class="drawing share" role="img" aria-label="{}">'
        '<rect class="track" x="0" y="7" width="100%" height="2"/>'
        '<rect class="sure" x="{}%" y="5" width="{}%" height="6" rx="3"/>'
        '<circle class="mark" cx="{}%" cy="8" r="4"/></svg>'
    ).format(name, round(low * 100, 1), round((high - low) * 100, 1), round(part / whole * 100, 1))


class Mark(msgspec.Struct, frozen=True):
    """One mark of a strip of states.

    Attributes:
        label: shown by a pointer that rests on it.
        kind: its class: a kind of status, or ``none``.
    """

    label: str
    kind: str


def strip(marks: Sequence[Mark], name: str) -> Markup:
    """States over time, one mark each: high where all is well, low where something isn't.

    Height tells what colour tells, for who can't tell colours apart.

    Args:
        marks: in their order.
        name: what the strip shows, for who can't see it.
    """
    drawn = (
        Markup(
            '<g><title>{}</title><rect class="hover" x="{}" y="0" width="{}" height="{}"/>'
            '<rect class="mark-{}" x="{}" y="{}" width="8" height="{}"/></g>'
        ).format(
            one.label,
            number * _STEP,
            _STEP,
            _HEIGHT,
            one.kind,
            number * _STEP + 1,
            _HEIGHT - _TALL.get(one.kind, 100),
            _TALL.get(one.kind, 100),
        )
        for number, one in enumerate(marks)
    )
    return _stretched("states", name, len(marks) * _STEP, Markup("").join(drawn))


def station(state: State, *, last: bool, onward: bool) -> Markup:
    """One station of a way, to lie behind its words; it serves a row and a column of stations.

    Args:
        state: how it stands; its shape is that of the status.
        last: whether no line leads from it.
        onward: whether the way went on from here; else the line is broken.
    """
    way = Markup("")
    if not last:
        kind = "went" if onward else "broken"
        way = Markup(
            '<line class="along {0}" x1="28" y1="12" x2="100%" y2="12"/>'
            '<line class="down {0}" x1="12" y1="28" x2="12" y2="100%"/>'
        ).format(kind)
    return Markup('<svg class="station {}" aria-hidden="true">{}{}</svg>').format(
        state, way, _SHAPES[state]
    )


#: ● met, ◐ stopped half way, ▲ not met, ○ not reached, ◌ still under way; about (12, 12).
_SHAPES: dict[State, Markup] = {
    "met": Markup('<circle class="solid" cx="12" cy="12" r="8"/>'),
    "due": Markup(
        '<circle class="ring" cx="12" cy="12" r="7"/>'
        '<path class="solid" d="M12 5a7 7 0 0 1 0 14z"/>'
    ),
    "not_met": Markup('<path class="solid" d="M12 4l9 16H3z"/>'),
    "na": Markup('<circle class="ring" cx="12" cy="12" r="7"/>'),
    "stale": Markup('<circle class="ring dots" cx="12" cy="12" r="7"/>'),
}


def _stretched(kind: str, name: str, width: int, inner: Markup) -> Markup:
    return Markup(
        '<svg class="drawing {}" role="img" aria-label="{}" viewBox="0 0 {} {}" '
        'preserveAspectRatio="none">{}</svg>'
    ).format(kind, name, max(width, _STEP), _HEIGHT, inner)


def _bar(bar: Bar, x: int, top: int) -> Markup:
    drawn, y = [], float(_HEIGHT)
    for number, value in enumerate(bar.parts):
        if value > 0:
            # What was there at all must be seen.
            height = max(2.0, value / top * (_HEIGHT - 4))
            y -= height
            drawn.append(
                f'<rect class="part-{number}" x="{x + 1}" y="{max(y, 0.0):.1f}" width="8" '
                f'height="{height:.1f}"/>'
            )
    hover = f'<rect class="hover" x="{x}" y="0" width="{_STEP}" height="{_HEIGHT}"/>'
    # Only the label is not made here of numbers.
    return Markup(f"<g><title>{escape(bar.label)}</title>{hover}{''.join(drawn)}</g>")  # noqa: S704


def _line(values: Sequence[int | None], number: int, most: int) -> Markup:
    points = [
        None if value is None else (index * _STEP + _STEP / 2, _height(value, most))
        for index, value in enumerate(values)
    ]
    steps, drawing = [], False
    for point in points:
        if point is not None:
            # A step of no length, so that a value alone between two gaps is a dot.
            steps.append("L{:g} {:g}".format(*point) if drawing else "M{:g} {:g}h0".format(*point))
        drawing = point is not None
    there = [point for point in points if point is not None]
    if not there:
        return Markup("")
    # Round ends, which no stretching makes an ellipse.
    dot = "M{:g} {:g}h0".format(*there[-1])
    return Markup('<path class="line-{0}" d="{1}"/><path class="line-{0} dot" d="{2}"/>').format(
        number, "".join(steps), dot
    )


def _height(value: int, most: int) -> float:
    return round(_HEIGHT - 6 - value / max(most, 1) * (_HEIGHT - 12), 1)
