"""Whole texts: what is found, where, and how much of it is told."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.screen import naive

from hegui.screen import Finding, Pack, Screen, Word, normal

STEADY = settings(derandomize=True, deadline=None, max_examples=500)
PACK = naive.pack(
    ("aba", "stop"), ("ab", "review"), ("ssa", "review"), ("b..", "stop"), ("台", "review")
)
TEXTS = st.text(st.sampled_from("abßs…臺\u200bАᵇ"), max_size=30)


@STEADY
@given(TEXTS)
def test_finds_what_the_naive_search_finds(text: str) -> None:
    folded = normal(text)
    origin = [at for at, char in enumerate(text) for _ in normal(char)]
    expected = sorted(
        (end, start, word.word)
        for word in PACK.words
        for start in range(len(folded))
        for end in [start + len(normal(word.word))]
        if folded[start:end] == normal(word.word)
    )
    found = Screen([PACK]).scan(text)
    assert [(f.end, f.start, f.word) for f in found] == [
        (origin[end - 1] + 1, origin[start], word) for end, start, word in expected
    ]


@STEADY
@given(TEXTS)
def test_first_stop_is_where_a_stream_stops(text: str) -> None:
    stream = Screen([PACK]).stream()
    stream.feed(text)
    stream.finish()
    assert Screen([PACK]).first_stop(text) == stream.stopped


@STEADY
@given(st.one_of(TEXTS, st.text(max_size=30), st.just("\u200b" * 70)))
def test_a_text_is_clear_only_if_a_stream_lets_it_through_in_silence(text: str) -> None:
    screen = Screen([PACK])
    stream = screen.stream()
    released = stream.feed(text) + stream.finish()
    silent = (released, stream.stopped, stream.reviews) == (text, None, [])
    assert not screen.clears(text) or silent
    # Where nothing is invisible it is no guess, and nearly all texts are of that kind.
    if silent and all(normal(char) for char in text):
        assert screen.clears(text)


def test_a_very_long_text_is_left_for_a_closer_look() -> None:
    assert not Screen([PACK]).clears("x" * 100_000)


def test_a_finding_tells_whose_word_it_is_and_where_it_stands() -> None:
    pack = Pack("fraud", "Ann", "3", (Word("安全账户", "scam", "stop", "why"),), "d")
    assert Screen([pack]).scan("请转到安\u200b全賬戶！") == [
        Finding("fraud", "3", "Ann", "scam", "stop", "安全账户", 3, 8)
    ]


def test_a_review_never_shadows_a_stop() -> None:
    overlapping = naive.pack(
        ("ab", "review"), ("abc", "stop"), ("bc", "review"), ("abcd", "review"), ("c", "review")
    )
    stop = Screen([overlapping]).first_stop("xabcd")
    assert stop is not None
    assert (stop.word, stop.start, stop.end) == ("abc", 1, 4)


@pytest.mark.parametrize("turned", [False, True])
def test_a_word_that_one_pack_stops_and_another_reviews_stops(turned: bool) -> None:
    packs = [naive.pack(("scam", "review"), name="a"), naive.pack(("Scam", "stop"), name="b")]
    screen = Screen(packs[::-1] if turned else packs)
    assert [(f.pack, f.action, f.word) for f in screen.scan("scam")] == [
        ("b", "stop", "Scam"),
        ("a", "review", "scam"),
    ]


def test_the_earliest_end_stops_and_of_these_the_longest() -> None:
    screen = Screen([naive.pack(("abcdef", "stop"), ("cd", "stop"), ("bcd", "stop"))])
    stop = screen.first_stop("abcdef")
    assert stop is not None
    assert stop.word == "bcd"


def test_a_long_run_of_invisible_characters_is_a_finding() -> None:
    screen = Screen([])
    assert screen.scan("a" + "\u200b" * 64 + "b") == []
    found = screen.scan("ab" + "\u200b" * 70 + "c" + "\u0301" * 65)
    assert [(f.pack, f.category, f.action, f.word, f.start, f.end) for f in found] == [
        ("hegui", "obfuscation", "review", "", 2, 67),
        ("hegui", "obfuscation", "review", "", 73, 138),
    ]


def test_runs_and_words_come_in_the_order_of_their_ends() -> None:
    screen = Screen([naive.pack(("ab", "review"))])
    found = screen.scan("ab" + "\u200b" * 65 + "ab")
    assert [f.word for f in found] == ["ab", "", "ab"]


def test_at_most_a_hundred_findings_of_an_action_are_told() -> None:
    screen = Screen([naive.pack(("a", "review"), ("b", "stop"))])
    found = screen.scan("a" * 500 + "\u200b" * 65 + "b" * 300)
    assert [f.action for f in found] == ["review"] * 100 + ["stop"] * 100


def test_words_are_found_across_the_blocks_of_a_long_text() -> None:
    screen = Screen([naive.pack(("needle", "stop"))])
    for at in (65_530, 65_531, 65_533, 65_536, 131_067):
        found = screen.scan("-" * at + "needle" + "-" * 70_000)
        assert [(f.word, f.start, f.end) for f in found] == [("needle", at, at + 6)]


def test_without_words_everything_passes() -> None:
    screen = Screen([])
    assert screen.longest == 0
    assert screen.scan("anything") == []
    assert screen.first_stop("anything") is None
    assert screen.stream().feed("anything") == "anything"


def test_the_longest_word_counts_normal_characters() -> None:
    assert Screen([naive.pack(("s\u200bc\u200ba\u200bm", "stop"))]).longest == 4
    assert Screen([naive.pack(("…", "stop"))]).longest == 3


def test_the_fingerprint_names_the_packs_and_not_their_order() -> None:
    one, two = naive.pack(("a", "stop"), name="a"), naive.pack(("b", "stop"), name="b")
    assert Screen([one, two]).fingerprint == Screen([two, one]).fingerprint
    assert len({Screen(packs).fingerprint for packs in ([], [one], [two], [one, two])}) == 4


def test_lone_surrogates_are_read() -> None:
    assert Screen([naive.pack(("ab", "stop"))]).first_stop("\ud800ab") is not None
