"""Streams: what leaves, what waits, and that the split makes no difference."""

import json
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.screen import naive

from hegui.screen import Pack, Screen, Stream, normal

# The texts of "a listed word never leaves, for every split of a text into chunks".
SPLITS = settings(max_examples=2000, derandomize=True, deadline=None)
FEWER = settings(max_examples=500, derandomize=True, deadline=None)

ACTIONS = st.sampled_from(["stop", "review", "review"])
#: Characters that fold alike, to several, and to none; a word's parts among them.
MIXED = "abcASs台臺 \n…ßйи.\u200b\u0301\ufe0fＡА😀"
# Each of these is one draw of one string or number, for drawing is most of what a case costs.
TWO_LETTERS_OR_MIXED = st.sampled_from(["ab", MIXED])
CUTS = st.integers(0, 2**64 - 1)


def packed(written: str, stops: int) -> Pack:
    """Words parted by ``|``, no two with one normal form; the bits of ``stops`` say which stop."""
    words = {normal(word).strip(): word.strip() for word in written.split("|")}
    words.pop("", None)
    actions = ("stop" if stops >> at & 1 else "review" for at in range(len(words)))
    return naive.pack(*zip(words.values(), actions, strict=True))


def pieces(text: str, cuts: int) -> list[str]:
    """The text cut before each character whose bit is set; the bits come round again."""
    starts = [0, *(at for at in range(1, len(text)) if cuts >> at % 64 & 1), len(text)]
    return [text[a:b] for a, b in pairwise(starts)]


@st.composite
def cases(draw: st.DrawFn) -> tuple[Pack, list[str]]:
    """A pack, and a text in pieces: two letters with words that overlap, or anything mixed."""
    alphabet = draw(TWO_LETTERS_OR_MIXED)
    pack = packed(draw(st.text(alphabet + "|", max_size=24)), draw(st.integers(0, 2**12)))
    drawn = draw(st.text(alphabet + "0123", max_size=24))
    # A digit stands for a listed word, so that words and their neighbours occur.
    words = [word.word for word in pack.words[:4]]
    text = "".join(words[int(c) % len(words)] if c.isdecimal() and words else c for c in drawn)
    return pack, pieces(text, draw(CUTS))


def findings(stream: Stream) -> list[tuple[int, int, str]]:
    return [(found.end, found.start, found.word) for found in stream.reviews]


def stop_of(stream: Stream) -> tuple[int, int, str] | None:
    stop = stream.stopped
    return None if stop is None else (stop.end, stop.start, stop.word)


@SPLITS
@given(cases())
def test_every_split_comes_to_what_the_naive_reader_says(case: tuple[Pack, list[str]]) -> None:
    pack, parts = case
    expected = naive.outcome(naive.plain("".join(parts)), pack)
    screen = Screen([pack])
    stream = screen.stream()
    released = ""
    for at, part in enumerate(parts):
        released += stream.feed(part)
        if stream.stopped is None:
            so_far = naive.plain("".join(parts[: at + 1]))
            assert stream.held == naive.held(so_far, pack)
    assert stream.held == 0 or stream.stopped is None
    released += stream.finish()
    assert released == expected.released
    assert stop_of(stream) == expected.stop
    assert findings(stream) == expected.reviews
    assert stream.held == 0


@SPLITS
@given(
    st.text('ab诈"\n\\u8|', max_size=12), st.integers(0, 255), st.text("0123456789abcdefuv"), CUTS
)
def test_escaped_source_splits_anywhere(written: str, stops: int, drawn: str, cuts: int) -> None:
    pack = packed(written, stops)
    tokens = [
        "\\u8bc8",
        '\\"',
        "\\n",
        "\\\\",
        "\\",
        "\\ud83d",
        "\\ude00",
        "\\u0061",
        "\\u200b",
        "😀",
    ]
    source = "".join(tokens[int(char)] if char.isdecimal() else char for char in drawn)
    expected = naive.outcome(naive.escaped(source), pack)
    stream = Screen([pack]).stream(escaped=True)
    released = "".join(map(stream.feed, pieces(source, cuts))) + stream.finish()
    assert released == expected.released
    assert stop_of(stream) == expected.stop
    assert findings(stream) == expected.reviews


@FEWER
@given(st.text("ab\u200b", min_size=1, max_size=6), st.integers(60, 140), ACTIONS, CUTS)
def test_long_runs_are_cut_whatever_the_split(tail: str, run: int, action: str, cuts: int) -> None:
    pack = naive.pack(("ab", action), ("ba", "review"))
    text = "a" + "\u200b" * run + tail + "\u0301" * 66
    expected = naive.outcome(naive.plain(text), pack)
    stream = Screen([pack]).stream()
    released = "".join(map(stream.feed, pieces(text, cuts))) + stream.finish()
    assert (released, stop_of(stream)) == (expected.released, expected.stop)
    assert findings(stream) == expected.reviews


@FEWER
@given(st.text("0123v", min_size=66, max_size=80), ACTIONS, CUTS)
def test_long_runs_are_cut_in_escaped_source(drawn: str, action: str, cuts: int) -> None:
    pack = naive.pack(("ab", action), ("b", "review"))
    tokens = ["\\u200b", "\u200b", "\\u00ad", "\\b"]
    source = "a" + "".join(tokens[int(c)] if c.isdecimal() else c for c in drawn) + "b"
    expected = naive.outcome(naive.escaped(source), pack)
    stream = Screen([pack]).stream(escaped=True)
    released = "".join(map(stream.feed, pieces(source, cuts))) + stream.finish()
    assert (released, stop_of(stream)) == (expected.released, expected.stop)
    assert findings(stream) == expected.reviews


@FEWER
@given(st.text(), CUTS)
def test_a_text_without_words_leaves_as_it_came(text: str, cuts: int) -> None:
    stream = Screen([naive.pack(("\ue000\ue001", "stop"))]).stream()
    released = "".join(map(stream.feed, pieces(text, cuts))) + stream.finish()
    assert (released, stream.stopped) == (text, None)


@FEWER
@given(cases())
def test_no_more_waits_than_the_longest_word_but_one(case: tuple[Pack, list[str]]) -> None:
    pack, parts = case
    screen = Screen([pack])
    stream = screen.stream()
    released = 0
    fed = ""
    for part in parts:
        fed += part
        released += len(stream.feed(part))
        if stream.stopped is None:
            # The first held character may expand beyond what waits of it.
            assert len(normal(fed[released + 1 :])) <= max(screen.longest - 1, 0)


def test_a_stop_ends_the_stream() -> None:
    stream = Screen([naive.pack(("安全账户", "stop"))]).stream()
    assert stream.feed("请转到安全") == "请转到"
    assert stream.held == 2
    assert stream.feed("賬戶，谢谢") == ""
    assert stop_of(stream) == (7, 3, "安全账户")
    assert stream.feed("more") == ""
    assert stream.finish() == ""
    assert stream.held == 0


def test_what_turns_out_harmless_leaves() -> None:
    stream = Screen([naive.pack(("安全账户", "stop"))]).stream()
    assert stream.feed("安全") == ""
    assert stream.feed("感") == "安全感"
    assert stream.feed("安") == ""
    assert stream.finish() == "安"
    assert stream.stopped is None


def test_nothing_that_cannot_become_a_word_waits() -> None:
    stream = Screen([naive.pack(("needle", "stop"))]).stream()
    assert stream.feed("hay neem") == "hay neem"
    assert stream.feed("x") == "x"


def test_a_review_within_a_stop_is_told_and_the_stop_still_comes() -> None:
    stream = Screen([naive.pack(("ab", "review"), ("abc", "stop"), ("bc", "review"))]).stream()
    assert "".join(map(stream.feed, "xabc")) == "x"
    assert stop_of(stream) == (4, 1, "abc")
    assert findings(stream) == [(3, 1, "ab")]


def test_a_word_is_stopped_inside_a_character_that_expands() -> None:
    stream = Screen([naive.pack(("sx", "stop"))]).stream()
    assert stream.feed("aß") == "a"
    assert stream.feed("x") == ""
    assert stop_of(stream) == (3, 1, "sx")


def test_offsets_count_what_was_cut() -> None:
    stream = Screen([naive.pack(("ab", "stop"))]).stream()
    released = stream.feed("\u200b" * 100) + stream.feed("xa") + stream.feed("\u200b" * 80 + "b")
    assert released == "\u200b" * 64 + "x"
    assert findings(stream) == [(65, 0, ""), (167, 102, "")]
    assert stop_of(stream) == (183, 101, "ab")


def test_what_waits_between_invisible_characters_stays_bounded() -> None:
    stream = Screen([naive.pack(("abc", "stop"))]).stream()
    for part in ("a", "\u200b" * 5000, "b", "\u200b" * 5000):
        assert stream.feed(part) == ""
    assert stream.held == 2 + 2 * 64
    assert stream.feed("!") == "a" + "\u200b" * 64 + "b" + "\u200b" * 64 + "!"


def test_the_plain_way_is_taken_again_after_an_odd_character() -> None:
    stream = Screen([naive.pack(("abc", "stop"))]).stream()
    assert stream.feed("x\u200b…a") == "x\u200b…"
    assert stream.feed("b") == ""
    assert stream.feed("c") == ""
    assert stop_of(stream) == (6, 3, "abc")


def test_a_long_piece_is_taken_apart_without_a_seam() -> None:
    pack = naive.pack(("needle", "stop"), ("hay", "review"))
    for at in (65_533, 65_536, 131_069):
        stream = Screen([pack]).stream()
        text = "-" * at + "needle" + "-" * 70_000
        assert stream.feed(text) == "-" * at
        assert stop_of(stream) == (at + 6, at, "needle")


def test_at_most_a_hundred_reviews_are_told() -> None:
    stream = Screen([naive.pack(("a", "review"))]).stream()
    assert stream.feed("a" * 1000) == "a" * 1000
    assert len(stream.reviews) == 100


@pytest.mark.parametrize("ascii_only", [True, False])
def test_tool_arguments_are_read_through_their_escapes(ascii_only: bool) -> None:
    pack = naive.pack(('说"安全账户"', "stop"))
    source = json.dumps({"say": '他说"安全賬戶"吗'}, ensure_ascii=ascii_only)
    for size in range(1, len(source) + 1):
        stream = Screen([pack]).stream(escaped=True)
        parts = [source[at : at + size] for at in range(0, len(source), size)]
        released = "".join(map(stream.feed, parts)) + stream.finish()
        assert source.startswith(released)
        assert stream.stopped is not None
        assert released == json.dumps({"say": "他"}, ensure_ascii=ascii_only)[:-2]
        assert stream.stopped.start == len(released)


def test_an_open_escape_leaves_at_the_end_as_written() -> None:
    stream = Screen([naive.pack(("ab", "stop"))]).stream(escaped=True)
    assert stream.feed("x\\u8b") == "x"
    assert stream.held == 4
    assert stream.finish() == "\\u8b"
    assert stream.held == 0


def test_an_open_escape_may_end_in_a_word() -> None:
    stream = Screen([naive.pack(("u8", "stop"))]).stream(escaped=True)
    assert stream.feed("x\\u8") == "x"
    assert stream.finish() == "\\"
    assert stop_of(stream) == (4, 2, "u8")


def test_a_stop_forgets_an_escape_left_open_behind_it() -> None:
    stream = Screen([naive.pack(("ab", "stop"))]).stream(escaped=True)
    assert stream.feed("xab\\u8") == "x"
    assert stream.held == 0
    assert stream.finish() == ""


def test_an_escape_in_two_pieces_does_not_end_a_run() -> None:
    stream = Screen([]).stream(escaped=True)
    released = "".join(map(stream.feed, ["\u200b" * 64, "\\", "u200b", "\u200b"]))
    assert released == "\u200b" * 64
    assert findings(stream) == [(70, 0, "")]
