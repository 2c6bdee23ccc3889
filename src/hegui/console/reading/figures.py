"""Figures out of counts: percentiles of a histogram, and how sure a share is."""

from collections.abc import Mapping
from math import ceil, sqrt

#: Of a normal distribution, 95 in 100 lie within so many standard deviations.
_Z95 = 1.959964


def percentile(counts: Mapping[int, int], share: float) -> int | None:
    """The least value that at least this share of all values reach at most; None of nothing.

    Args:
        counts: value to how often it came.
        share: above 0 and at most 1.
    """
    wanted = ceil(share * sum(counts.values()))
    reached = 0
    for value in sorted(counts):
        reached += counts[value]
        if 0 < wanted <= reached:
            return value
    return None


def interval(part: int, whole: int) -> tuple[float, float] | None:
    """Between which shares the true one lies, 19 times in 20; None of nothing.

    Wilson, "Probable Inference, the Law of Succession, and Statistical Inference" (1927): it
    stays between 0 and 1 and is honest for few cases, too.
    """
    if whole <= 0:
        return None
    share, square = part / whole, _Z95**2
    middle = share + square / (2 * whole)
    reach = _Z95 * sqrt(share * (1 - share) / whole + square / (4 * whole**2))
    scale = 1 + square / whole
    return max(0.0, (middle - reach) / scale), min(1.0, (middle + reach) / scale)
