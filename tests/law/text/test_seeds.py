"""The shared texts give every article, paragraph and item, wherever that folder is."""

import pytest
from tests.law.text.samples import kinds, shape, words
from tests.law.text.seeds import seed

from hegui.law import LawError
from hegui.law.text import Official, read


def counts(one: Official) -> dict[str, int]:
    """Articles that have items, with how many."""
    return {number: sum(each) for number, each in shape(one).items() if sum(each)}


def paragraphs(one: Official) -> set[str]:
    """Articles of more than one paragraph."""
    return {number for number, each in shape(one).items() if len(each) > 1}


#: The first translation merges paragraphs that the second keeps apart.
FINAL = {
    0: ({"2", "9", "19"}, 16, 0, []),
    3: ({"2", "5", "6", "9", "11", "14", "16", "19", "23"}, 64, 22, [("list", "")]),
}


@pytest.mark.parametrize("number", FINAL)
def test_both_translations_of_the_final_text_have_24_articles(number: int) -> None:
    more, head, tail, remarks = FINAL[number]
    for data in seed(number):
        (one,) = read(data, "final.txt")
        assert one.language == "en"
        assert [each.number for each in one.articles] == [str(n) for n in range(1, 25)]
        assert counts(one) == {"4": 5, "7": 5, "22": 3}
        assert paragraphs(one) == more
        assert len({each.chapter for each in one.articles}) == 5
        assert (len(one.head), len(one.tail), one.unplaced) == (head, tail, ())
        assert kinds(one) == remarks
        assert not [text for each in words(one).values() for text in each if text[0] in "(0123456"]


def test_the_draft_has_21_articles_in_each_language() -> None:
    for data in seed(4):
        zh, en = read(data, "draft.txt")
        assert (zh.language, en.language) == ("zh", "en")
        for one in (zh, en):
            assert [each.number for each in one.articles] == [str(n) for n in range(1, 22)]
            assert counts(one) == {"4": 5, "7": 5}
            assert paragraphs(one) == {"2", "7", "18", "20"}
            assert (one.unplaced, one.remarks) == ((), ())
            assert len(one.articles[-1].paragraphs) == 1
        assert (len(zh.head), zh.tail) == (27, ())
        assert (len(en.head), len(en.tail)) == (12, 2)


@pytest.mark.parametrize(
    ("number", "found"), [(1, "3 lines begin so: 3, 5, 6"), (2, "no line begins so")]
)
def test_a_comparison_and_a_summary_are_no_law(number: int, found: str) -> None:
    for data in seed(number):
        with pytest.raises(LawError) as told:
            read(data, "prose.txt")
        assert told.value.code == "text_without_articles"
        assert found in told.value.en
