import tomllib

import pytest

from benchmarks import texts


def test_pieces_have_six_characters_and_join_to_the_endless_passage() -> None:
    pieces = texts.pieces(128)
    assert {len(piece) for piece in pieces} == {texts.PIECE}
    assert (texts.PASSAGE * 3).startswith("".join(pieces))


def test_every_seed_of_the_mock_gives_another_text() -> None:
    assert len({"".join(texts.pieces(5, seed)) for seed in range(64)}) == 64
    assert "".join(texts.pieces(5, 3)) in texts.PASSAGE * 2


def test_the_whole_answer_has_300_characters_in_both_languages() -> None:
    answer = texts.whole()
    assert len(answer) == 300
    assert "城市" in answer
    assert "driver" in answer


@pytest.mark.parametrize("count", [1, 1000])
def test_words_are_different_and_the_same_each_time(count: int) -> None:
    words = texts.words(count)
    assert len(set(words)) == count
    assert words == texts.words(count)
    assert all(2 <= len(word) <= 10 for word in words)


def test_no_word_is_ever_said_or_asked() -> None:
    said = (texts.PASSAGE * 2 + texts.question()).casefold()
    assert [word for word in texts.words(10_000) if word in said] == []


def test_the_pack_is_a_word_pack() -> None:
    pack = tomllib.loads(texts.pack(100))
    assert pack["pack"] == {"name": "bench-100", "author": "make bench", "version": "1"}
    assert [row["word"] for row in pack["word"]] == texts.words(100)
    assert {row["action"] for row in pack["word"]} == {"stop"}
