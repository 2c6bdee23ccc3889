from collections import Counter
from math import ceil

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hegui.console.reading.figures import interval, percentile


@given(st.lists(st.integers(0, 50), min_size=1), st.sampled_from([0.01, 0.5, 0.95, 1.0]))
def test_a_percentile_is_the_naive_one(values: list[int], share: float) -> None:
    naive = sorted(values)[ceil(share * len(values)) - 1]
    assert percentile(Counter(values), share) == naive


def test_nothing_has_no_percentile() -> None:
    assert percentile({}, 0.5) is None
    assert percentile({3: 0}, 0.5) is None


def test_intervals_are_wilson_s() -> None:
    """Figures of Brown, Cai and DasGupta (2001), and of the formula by hand."""
    low, high = interval(0, 10) or (1, 1)
    assert low == 0
    assert high == pytest.approx(0.2775, abs=1e-4)
    low, high = interval(10, 20) or (1, 1)
    assert (low, high) == pytest.approx((0.2993, 0.7007), abs=1e-4)
    assert interval(0, 0) is None


@given(st.integers(1, 10_000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_an_interval_holds_its_share_and_stays_between_nought_and_one(of: tuple[int, int]) -> None:
    part, whole = of
    low, high = interval(part, whole) or (1, 0)
    assert 0 <= low <= part / whole + 1e-9
    assert part / whole - 1e-9 <= high <= 1
