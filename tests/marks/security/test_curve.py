import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hegui.marks.security.curve import A, B, G, N, P, Point, combine, lift, on_curve


def naive_add(one: Point | None, two: Point | None) -> Point | None:
    """The textbook's affine addition, one inversion a step."""
    if one is None or two is None:
        return one or two
    (x1, y1), (x2, y2) = one, two
    if x1 == x2 and (y1 + y2) % P == 0:
        return None
    if one == two:
        slope = (3 * x1 * x1 + A) * pow(2 * y1, -1, P)
    else:
        slope = (y2 - y1) * pow(x2 - x1, -1, P)
    x = (slope * slope - x1 - x2) % P
    return x, (slope * (x1 - x) - y1) % P


def naive_multiple(times: int, point: Point) -> Point | None:
    total: Point | None = None
    power: Point | None = point
    while times:
        if times & 1:
            total = naive_add(total, power)
        power = naive_add(power, power)
        times >>= 1
    return total


def test_the_base_point_is_on_the_curve_and_has_the_order() -> None:
    assert on_curve(G)
    assert naive_multiple(N, G) is None
    assert combine(N - 1, 1, G) is None


@settings(max_examples=40, deadline=None)
@given(st.integers(0, N - 1), st.integers(0, N - 1), st.integers(1, N - 1))
def test_combining_equals_the_textbook(u: int, v: int, d: int) -> None:
    point = naive_multiple(d, G)
    assert point is not None
    assert combine(u, v, point) == naive_add(naive_multiple(u, G), naive_multiple(v, point))


@pytest.mark.parametrize(("u", "v"), [(0, 0), (1, 0), (0, 1), (1, 1), (2, 1), (5, N - 5), (3, 4)])
def test_combining_where_points_meet(u: int, v: int) -> None:
    # The other point is the base point or its opposite: doublings and the neutral point turn up.
    for other in (G, (G[0], P - G[1])):
        expected = naive_add(naive_multiple(u, G), naive_multiple(v, other))
        assert combine(u, v, other) == expected


def test_lifting_gives_both_points_of_a_coordinate() -> None:
    odd, even = lift(G[0], odd=True), lift(G[0], odd=False)
    assert G in (odd, even)
    assert odd is not None
    assert even is not None
    assert odd[1] & 1
    assert not even[1] & 1
    assert on_curve(odd)
    assert on_curve(even)


def test_half_of_all_coordinates_belong_to_no_point() -> None:
    found = [lift(x, odd=False) is None for x in range(64)]
    assert 16 < sum(found) < 48
    assert lift(P, odd=False) is None
    assert lift(-1, odd=False) is None


@pytest.mark.parametrize(
    "point", [(0, 0), (G[0], G[1] + 1), (G[0] + P, G[1]), (G[0], G[1] - P), (1, pow(B, 2, P))]
)
def test_what_is_no_point(point: Point) -> None:
    assert not on_curve(point)
