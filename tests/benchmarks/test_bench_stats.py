import math

import pytest
from benchmarks.stats import median, percentile
from hypothesis import given
from hypothesis import strategies as st


@pytest.mark.parametrize(
    ("values", "percent", "expected"),
    [
        ([7.0], 50, 7.0),
        ([7.0], 99, 7.0),
        ([3.0, 1.0, 2.0], 50, 2.0),
        ([4.0, 3.0, 2.0, 1.0], 50, 2.0),
        (list(map(float, range(1, 101))), 99, 99.0),
        (list(map(float, range(1, 101))), 100, 100.0),
        (list(map(float, range(1, 1001))), 99, 990.0),
        ([1.0, 2.0], 0.1, 1.0),
    ],
)
def test_percentile_is_the_nearest_rank(
    values: list[float], percent: float, expected: float
) -> None:
    assert percentile(values, percent) == expected


@given(
    st.lists(st.floats(allow_nan=False), min_size=1, max_size=60),
    st.integers(min_value=1, max_value=100),
)
def test_percentile_is_the_smallest_value_that_enough_reach(
    values: list[float], percent: int
) -> None:
    enough = math.ceil(len(values) * percent / 100)
    reached = [value for value in values if sum(other <= value for other in values) >= enough]
    assert percentile(values, percent) == min(reached)


def test_median_is_the_50th_percentile() -> None:
    assert median([5.0, 1.0, 9.0]) == 5.0


def test_no_values_have_no_percentile() -> None:
    with pytest.raises(ValueError, match="no values"):
        percentile([], 50)


@pytest.mark.parametrize("percent", [0, -1, 100.1, math.nan])
def test_percent_out_of_range(percent: float) -> None:
    with pytest.raises(ValueError, match="no percentage"):
        percentile([1.0], percent)
