"""Plans from edits, against the plain way of doing it."""

from hypothesis import given
from hypothesis import strategies as st

from hegui.marks.edits import spliced
from hegui.marks.plan import Span, render
from hegui.marks.source import Source


@given(st.binary(max_size=60), st.lists(st.tuples(st.integers(0, 60), st.binary(max_size=4))))
def test_a_plan_gives_what_slicing_gives(data: bytes, cuts: list[tuple[int, bytes]]) -> None:
    places = sorted({min(at, len(data)) for at, _ in cuts})
    pairs = list(zip(places[::2], places[1::2], strict=False))
    edits = [(*pair, new) for pair, (_, new) in zip(pairs, cuts, strict=False)]
    expected = data
    for start, stop, new in reversed(edits):
        expected = expected[:start] + new + expected[stop:]
    plan = spliced(len(data), reversed(edits))
    assert render(Source.of(data), plan) == expected
    assert all(piece if isinstance(piece, bytes) else piece.start < piece.stop for piece in plan)


def test_insertions_at_one_place_keep_their_order() -> None:
    assert spliced(3, [(1, 1, b"a"), (1, 1, b"b")]) == [Span(0, 1), b"a", b"b", Span(1, 3)]
