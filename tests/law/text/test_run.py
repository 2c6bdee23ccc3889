"""The run that is chosen is the best of all there are: tried against every one."""

from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hegui.law.text.headings import Heading
from hegui.law.text.run import run


def at(numbers: list[tuple[int, bool, bool]]) -> list[Heading]:
    return [
        Heading("zh", n, line, 0, 4, first, full) for line, (n, first, full) in enumerate(numbers)
    ]


def worth(chosen: tuple[Heading, ...]) -> tuple[int, int]:
    """What a run is worth, and where it begins."""
    total = sum((10 if one.first else 6) + one.full for one in chosen)
    missing = chosen[-1].number - len(chosen)
    return total - 3 * missing, chosen[0].line


NUMBERS = st.lists(st.tuples(st.integers(1, 6), st.booleans(), st.booleans()), max_size=9)


@given(NUMBERS)
def test_no_other_run_is_better(numbers: list[tuple[int, bool, bool]]) -> None:
    found = at(numbers)
    every = [
        chosen
        for size in range(1, len(found) + 1)
        for chosen in combinations(found, size)
        if all(one.number < then.number for one, then in pairwise(chosen))
    ]
    best = max(map(worth, every), default=(0, 0))
    chosen = run(found)
    if chosen:
        assert worth(chosen) == best
    else:
        tops = [one for one in every if worth(one) == best]
        assert not tops or any(
            len(one) < 3 or 3 * len(one) < 2 * one[-1].number
            or 2 * sum(each.full for each in one) < len(one)
            for one in tops
        )  # fmt: skip


@pytest.mark.parametrize(
    ("numbers", "lines"),
    [
        ([1, 2, 3], [0, 1, 2]),
        ([4, 1, 2, 3, 4, 5], [1, 2, 3, 4, 5]),
        ([1, 2, 3, 3, 4], [0, 1, 2, 4]),
        ([1, 1, 2, 3, 3], [1, 2, 3]),
        ([1, 2, 40, 3, 4], [0, 1, 3, 4]),
        ([1, 2, 3, 5, 6], [0, 1, 2, 3, 4]),
        ([2, 3, 4], [0, 1, 2]),
        ([1, 2, 3, 4, 1, 2, 3], [0, 1, 2, 3]),
        ([1, 2, 3, 1, 2, 3, 4], [3, 4, 5, 6]),
        ([3, 5, 6], []),
        ([1, 2], []),
        ([30, 31, 32], []),
        ([], []),
    ],
)
def test_what_is_chosen(numbers: list[int], lines: list[int]) -> None:
    chosen = run(at([(n, True, True) for n in numbers]))
    assert [one.line for one in chosen] == lines


def test_headings_without_sentences_are_a_table_of_contents() -> None:
    assert run(at([(n, True, False) for n in range(1, 9)])) == ()
    both = at([(n, True, False) for n in range(1, 9)] + [(n, True, True) for n in range(1, 9)])
    assert [one.line for one in run(both)] == list(range(8, 16))


def test_a_long_law_is_found_whole() -> None:
    chosen = run(at([(n, True, True) for n in range(1, 1261)]))
    assert [one.number for one in chosen] == list(range(1, 1261))
