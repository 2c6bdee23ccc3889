"""A plan makes the new file of kept and new pieces."""

from hypothesis import given
from hypothesis import strategies as st

from hegui.marks.plan import Plan, Span, length, render
from hegui.marks.source import Source

DATA = bytes(range(256))


def test_pieces_in_their_order() -> None:
    with Source.of(DATA) as source:
        assert render(source, [b"new", Span(1, 3), Span(5, 5), b""]) == b"new\x01\x02"


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    bounds = st.integers(0, 256)
    spans = st.tuples(bounds, bounds).map(lambda pair: Span(min(pair), max(pair)))
    return draw(st.lists(st.one_of(st.binary(max_size=9), spans), max_size=9))


@given(plans())
def test_its_length_is_the_files(plan: Plan) -> None:
    with Source.of(DATA) as source:
        made = render(source, plan)
    assert len(made) == length(plan)
    assert made == b"".join(
        piece if isinstance(piece, bytes) else DATA[piece.start : piece.stop] for piece in plan
    )
