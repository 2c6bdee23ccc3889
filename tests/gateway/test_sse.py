"""Server-sent events split from bytes."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hegui.gateway.sse import Splitter, data_of, event

EVENTS = (
    b'data: {"a":1}\n\ndata:{"b":2}\r\n\r\n: ping\n\n'
    b"data: x\ndata: y\n\nevent: e\nid: 7\ndata: z\n\n"
)
READ = [b'{"a":1}', b'{"b":2}', b"x\ny", b"z"]


@settings(max_examples=300, derandomize=True, deadline=None)
@given(cuts=st.sets(st.integers(0, len(EVENTS)), max_size=15))
def test_any_split_of_the_bytes_gives_the_same_events(cuts: set[int]) -> None:
    splitter = Splitter()
    points = sorted(cuts)
    found = []
    for a, b in zip([0, *points], [*points, len(EVENTS)], strict=True):
        found += [data_of(frame) for frame in splitter.feed(EVENTS[a:b])]
    assert [data for data in found if data] == READ


@pytest.mark.parametrize("nothing", [b"", b"\n\n", b": only a comment\n\n", b"event: x\n\n"])
def test_events_without_data_are_none(nothing: bytes) -> None:
    assert not any(data_of(frame) for frame in Splitter().feed(nothing))


def test_an_event_without_end_is_kept() -> None:
    splitter = Splitter()
    assert splitter.feed(b"data: 1\n\ndata: ") == [b"data: 1"]
    assert splitter.feed(b"2") == []
    assert splitter.rest == b"data: 2"


def test_an_event_of_several_lines_goes_out_as_one() -> None:
    (frame,) = Splitter().feed(b'data: {"a":\ndata: 1}\n\n')
    assert event(data_of(frame)) == b'data: {"a": 1}\n\n'
