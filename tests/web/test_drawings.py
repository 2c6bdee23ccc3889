"""Drawings are SVG of numbers: well-formed, named, escaped, and without a style of their own."""

from xml.etree import ElementTree as ET

from hypothesis import given
from hypothesis import strategies as st

from hegui.web import drawings
from hegui.web.drawings import Bar

counts = st.integers(0, 10**9)


def read(svg: str) -> ET.Element:
    """The drawing's tree; what every drawing must be."""
    assert "style=" not in svg
    return ET.fromstring(svg)  # noqa: S314  made here


def heights(svg: str, part: int) -> list[float]:
    found = read(svg).findall(f".//rect[@class='part-{part}']")
    return [float(one.get("height") or 0) for one in found]


@given(st.lists(st.tuples(counts, counts, counts), max_size=40))
def test_bars_stay_in_their_frame_and_each_has_its_label(strip: list[tuple[int, ...]]) -> None:
    tree = read(drawings.bars([Bar(f"day {n}", parts) for n, parts in enumerate(strip)], "n"))
    assert [one.text for one in tree.iter("title")] == [f"day {n}" for n in range(len(strip))]
    for rect in tree.iter("rect"):
        top, height = float(rect.get("y") or 0), float(rect.get("height") or 0)
        assert 0 <= top <= 100
        assert height <= 100.1


def test_bars_are_as_high_as_their_values_and_a_little_is_seen() -> None:
    svg = drawings.bars([Bar("a", (100, 0)), Bar("b", (50, 0)), Bar("c", (1, 1))], "n")
    assert heights(svg, 0) == [96.0, 48.0, 2.0]
    assert heights(svg, 1) == [2.0]


def test_words_are_escaped() -> None:
    hostile = '"><script>&'
    for svg in (
        drawings.bars([Bar(hostile, (1,))], hostile),
        drawings.lines([[1]], hostile),
        drawings.share(1, 2, (0.1, 0.9), hostile),
    ):
        assert read(svg).get("aria-label") == hostile
        assert "<script>" not in svg


def test_a_line_has_gaps_and_ends_in_a_dot() -> None:
    tree = read(drawings.lines([[0, None, 100, 50, None], [None] * 5], "n"))
    line, dot = (path.get("d") for path in tree.iter("path"))
    assert line == "M5 94h0M25 6h0L35 50"
    assert dot == "M35 50h0"
    assert tree.get("viewBox") == "0 0 50 100"


def test_nothing_is_an_empty_frame() -> None:
    for svg in (drawings.bars([], "n"), drawings.lines([], "n"), drawings.lines([[]], "n")):
        assert read(svg).get("viewBox") == "0 0 10 100"


def test_a_share_lies_in_its_interval() -> None:
    tree = read(drawings.share(1, 4, (0.1, 0.5), "n"))
    sure, dot = tree.find("rect[@class='sure']"), tree.find("circle")
    assert sure is not None
    assert dot is not None
    assert (sure.get("x"), sure.get("width"), dot.get("cx")) == ("10.0%", "40.0%", "25.0%")


def test_a_station_s_line_says_whether_the_way_went_on() -> None:
    went = read(drawings.station("met", last=False, onward=True))
    assert [line.get("class") for line in went.iter("line")] == ["along went", "down went"]
    broken = read(drawings.station("due", last=False, onward=False))
    assert [line.get("class") for line in broken.iter("line")] == ["along broken", "down broken"]
    last = read(drawings.station("na", last=True, onward=True))
    assert not list(last.iter("line"))
    assert last.get("class") == "station na"
