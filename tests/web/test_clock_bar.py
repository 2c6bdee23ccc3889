"""The clock of a case as a bar: where things lie, and what is drawn."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hegui.web.clock_bar import Bar, draw, lay_out

times = st.integers(min_value=0, max_value=4_102_444_800_000)


@pytest.mark.parametrize(
    ("now", "stopped", "expected"),
    [
        (1000, None, Bar(now=0, due=100, late=False, stopped=False)),
        (1250, None, Bar(now=25, due=100, late=False, stopped=False)),
        (2000, None, Bar(now=100, due=100, late=False, stopped=False)),
        (3000, None, Bar(now=100, due=50, late=True, stopped=False)),
        (9000, 1500, Bar(now=50, due=100, late=False, stopped=True)),
        (9000, 5000, Bar(now=100, due=25, late=True, stopped=True)),
        (500, None, Bar(now=0, due=100, late=False, stopped=False)),
    ],
)
def test_the_clock_stands_where_it_is(now: int, stopped: int | None, expected: Bar) -> None:
    assert lay_out(1000, 2000, now, stopped) == expected


@given(times, times, times, st.none() | times)
def test_everything_lies_on_the_bar(started: int, due: int, now: int, stopped: int | None) -> None:
    bar = lay_out(started, max(started, due), now, stopped)
    assert 0 <= bar.now <= 100
    assert 0 <= bar.due <= 100
    assert 100 in (bar.now, bar.due) or started == max(started, due)
    assert bar.late == (max(started, now if stopped is None else stopped) > max(started, due))


def drawn(bar: Bar) -> str:
    return str(draw(bar, told='"<told>"', received="<r>", here="here", due="due"))


def test_the_words_are_text_and_the_whole_is_told() -> None:
    picture = drawn(lay_out(0, 100, 40, None))
    assert 'role="img" aria-label="&#34;&lt;told&gt;&#34;"' in picture
    assert "&lt;r&gt;" in picture
    assert "style=" not in picture


@pytest.mark.parametrize(
    ("now", "state", "above", "last"),
    [(40, "running", "here", "due"), (160, "late", "due", "here")],
)
def test_the_ends_stand_below_and_the_mark_between_them_above(
    now: int, state: str, above: str, last: str
) -> None:
    picture = drawn(lay_out(0, 100, now, None))
    assert f'class="clock {state}"' in picture
    words = re.findall(r'<text x="([\d.]+)%" y="(\d+)" text-anchor="(\w+)">([^<]+)<', picture)
    assert [(y, said) for _, y, _, said in words] == [
        ("12", above),
        ("58", "&lt;r&gt;"),
        ("58", last),
    ]


@pytest.mark.parametrize(("now", "anchor"), [(10, "start"), (50, "middle"), (90, "end")])
def test_a_word_near_an_end_stays_inside(now: int, anchor: str) -> None:
    first = re.search(r'text-anchor="(\w+)"', drawn(lay_out(0, 100, now, None)))
    assert first is not None
    assert first[1] == anchor
