"""The draft of April 2023 as data: its articles, and what became of each."""

from collections import Counter
from datetime import date

import pytest

from hegui.law import pack
from hegui.law.provision import Change, Force

DRAFT = pack("cn-genai-draft-2023")
FINAL = pack("cn-genai-measures-2023")

#: Table A.2 of the facts: the draft's article, and the final articles it went into.
FATE = {
    "1": {"1"},
    "2": {"2", "22"},
    "3": {"6"},  # 3 and 5 are new beside it
    "4": {"4"},
    "5": {"9", "22"},
    "6": {"17"},
    "7": {"7"},
    "8": {"8"},
    "9": set(),
    "10": {"10"},
    "11": {"11"},
    "12": {"4"},
    "13": {"11", "14", "15"},
    "14": {"13"},
    "15": {"14"},
    "16": {"12"},
    "17": {"16", "19"},
    "18": {"10", "18"},
    "19": {"14"},
    "20": {"21"},
    "21": {"24"},
}


def test_its_articles_paragraphs_and_items_are_there() -> None:
    articles = list(dict.fromkeys(one.article for one in DRAFT.provisions))
    assert articles == [str(n) for n in range(1, 22)]
    assert DRAFT.instrument.articles == 21
    items = Counter(one.article for one in DRAFT.provisions if one.item)
    assert items == {"4": 5, "7": 5}
    second = {one.article for one in DRAFT.provisions if one.paragraph == 2}
    assert second == {"2", "7", "18", "20"}


@pytest.mark.parametrize(("article", "fate"), FATE.items())
def test_an_article_went_where_the_facts_say(article: str, fate: set[str]) -> None:
    became = [each for one in DRAFT.provisions if one.article == article for each in one.became]
    went = {each.to.partition("/")[2] for each in became if each.to}
    assert {FINAL.provision(name).article for name in went} == fate


def test_every_provision_became_something_under_a_name_of_its_own() -> None:
    assert all(one.became for one in DRAFT.provisions)
    topics = Counter(each.topic for one in DRAFT.provisions for each in one.became)
    assert max(topics.values()) == 1


def test_what_was_removed_is_nowhere_and_all_else_is_somewhere() -> None:
    for one in DRAFT.provisions:
        for each in one.became:
            assert (each.to is None) is (each.change is Change.REMOVED), each.topic
            assert each.to is None or each.to.startswith("cn-genai-measures-2023/")


def test_it_never_bound_anyone() -> None:
    assert (DRAFT.instrument.force, DRAFT.instrument.in_force) == (Force.DRAFT, None)
    assert not list(DRAFT.duties())


def test_its_limit_of_time_ended_before_the_final_text_came_into_force() -> None:
    (limit,) = DRAFT.parameters
    assert (limit.value, limit.clause) == ("3m", DRAFT.provision("GD-15b").clause)
    assert not limit.valid(date(2023, 8, 15))


def test_its_fine_stands_with_its_amount() -> None:
    (fine,) = DRAFT.provision("GD-20.2c").consequence
    assert fine.amount == "CNY 10000-100000"
