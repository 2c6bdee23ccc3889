"""The compiled words: what is looked up beside the search itself."""

from itertools import islice, product

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.screen import naive

from hegui.screen import normal
from hegui.screen.index import Index

STEADY = settings(max_examples=1000, derandomize=True, deadline=None)


@STEADY
@given(st.text("ab|", max_size=40), st.text("ab", max_size=12))
def test_where_a_word_has_begun_is_where_some_word_goes_on(written: str, text: str) -> None:
    words = {word for word in written.split("|") if word}
    expected = next(
        (
            start
            for start in range(len(text))
            for word in words
            if word != text[start:] and word.startswith(text[start:])
        ),
        len(text),
    )
    assert Index([naive.pack(*((word, "stop") for word in words))]).begun(text) == expected


@STEADY
@given(st.text("ab|", max_size=40), st.text("ab", max_size=12), st.integers(0, 12))
def test_hits_end_past_the_mark_and_come_in_order(written: str, text: str, after: int) -> None:
    words = sorted({word for word in written.split("|") if word})
    index = Index([naive.pack(*((word, "stop") for word in words))])
    hits = [(hit.end, hit.start, words[hit.word]) for hit in index.hits(text, after)]
    assert hits == sorted(
        (start + len(word), start, word)
        for word in words
        for start in range(len(text))
        if text.startswith(word, start) and start + len(word) > after
    )
    assert index.meets(text, after) == bool(hits)


def test_words_that_begin_alike_are_told_apart_by_how_they_go_on() -> None:
    every = ["".join(chars) for chars in product("abc", repeat=5)]
    listed = [word for word in every if word[3] != "b" or word[0] == "a"]
    index = Index([naive.pack(*((word, "stop") for word in listed))])
    for word in every:
        begun = any(one.startswith(word[:4]) for one in listed)
        assert index.begun("-" + word[:4] + "-") == 6
        assert (index.begun("-" + word[:4]) == 1) == begun


def test_a_word_is_kept_under_its_normal_form_and_told_as_each_pack_spells_it() -> None:
    index = Index([naive.pack(("SCAM", "stop"), name="a"), naive.pack(("scam", "stop"), name="b")])
    (hit,) = index.hits(normal("a Scam"))
    assert [(f.pack, f.word) for f in index.findings(hit.word, 2, 6)] == [
        ("a", "SCAM"),
        ("b", "scam"),
    ]


def test_words_of_any_length_up_to_the_longest_are_held_back_for() -> None:
    settled = (char for char in map(chr, range(0x4E00, 0x4F00)) if normal(char) == char)
    word = "".join(islice(settled, 64))
    for size in range(2, 65):
        index = Index([naive.pack((word[:size], "stop"))])
        assert index.longest == size
        assert index.begun("-" + word[: size - 1]) == 1
        assert index.begun("-" + word[: size - 2] + "-") == size
        assert index.begun("-" + word[:size]) == size + 1
