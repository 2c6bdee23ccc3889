"""Conditions in three values, held against a naive reading of the same logic."""

from datetime import date
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.law.packs import made

from hegui.law import Book, Condition, LawError
from hegui.law.scope import Applies, Profile, applies, misfits
from hegui.law.scope.reckon import holds

DAY = date(2026, 11, 22)
NAMES = ("public_prc", "opinion", "companion", "trains")
EMPTY = Book(())
LEAVES = st.builds(
    lambda name, value: Condition(fact=name, value=value), st.sampled_from(NAMES), st.booleans()
)


def _joined(inner: st.SearchStrategy[Condition]) -> st.SearchStrategy[Condition]:
    several = st.lists(inner, min_size=1, max_size=3).map(tuple)
    return st.one_of(
        several.map(lambda parts: Condition(all=parts)),
        several.map(lambda parts: Condition(any=parts)),
        several.map(lambda parts: Condition(none=parts)),
    )


CONDITIONS = st.recursive(LEAVES, _joined, max_leaves=6)
ANSWERS = st.dictionaries(st.sampled_from(NAMES), st.booleans())


def naive(condition: Condition, values: dict[str, bool]) -> bool:
    """Two-valued, with every fact known."""
    if condition.fact is not None:
        return values[condition.fact] is condition.value
    if condition.all:
        return all(naive(each, values) for each in condition.all)
    if condition.any:
        return any(naive(each, values) for each in condition.any)
    return not any(naive(each, values) for each in condition.none)


def asks(condition: Condition) -> set[str]:
    names = {condition.fact} if condition.fact else set()
    return names.union(*map(asks, (*condition.all, *condition.any, *condition.none)))


@given(CONDITIONS, ANSWERS)
def test_an_answer_holds_however_the_unknown_turns_out(
    condition: Condition, answers: dict[str, bool]
) -> None:
    found = applies(condition, Profile(answers), EMPTY, DAY)
    assert found.answer is holds(condition, answers)
    open_names = [name for name in NAMES if name not in answers]
    ways = [
        naive(condition, answers | dict(zip(open_names, way, strict=True)))
        for way in product((True, False), repeat=len(open_names))
    ]
    if found.answer is not None:
        assert set(ways) == {found.answer}
    else:
        # Kleene's logic is careful: it may not see that both ways come to the same.
        assert asks(condition) - answers.keys()


@given(CONDITIONS, ANSWERS)
def test_reasons_name_what_decided_or_what_is_wanting(
    condition: Condition, answers: dict[str, bool]
) -> None:
    found = applies(condition, Profile(answers), EMPTY, DAY)
    assert found.reasons
    named = {one.fact for one in found.reasons}
    assert named <= asks(condition)
    if found.answer is None:
        assert not named & answers.keys()
        assert {one.for_ for one in found.reasons} == {None}
    else:
        assert {one.for_ for one in found.reasons} == {found.answer}
        again = applies(condition, Profile({name: answers[name] for name in named}), EMPTY, DAY)
        assert again.answer is found.answer


def test_without_a_condition_it_applies_to_every_service() -> None:
    assert applies(None, Profile({}), EMPTY, DAY) == Applies(True)


@pytest.mark.parametrize(
    ("condition", "answers", "answer", "zh", "en"),
    [
        (
            Condition(fact="public_prc", value=True),
            {},
            None,
            "尚未回答：是否向境内公众提供。",
            "Not answered yet: whether it is offered to the public in the mainland.",
        ),
        (
            Condition(fact="outputs", has="image"),
            {"outputs": ["text"]},
            False,
            "生成内容的种类：不含图片。",
            "What is generated: not pictures.",
        ),
        (
            Condition(fact="minors", one_of=("possible", "directed")),
            {"minors": "directed"},
            True,
            "未成年人：专门面向。",
            "Minors: it is meant for them.",
        ),
        (
            Condition(none=(Condition(fact="trains", value=True),)),
            {"trains": False},
            True,
            "提供者不训练、不微调模型。",
            "The provider neither trains nor tunes models.",
        ),
    ],
)
def test_reasons_are_sentences(
    condition: Condition, answers: dict[str, object], answer: bool | None, zh: str, en: str
) -> None:
    found = applies(condition, Profile(answers), EMPTY, DAY)
    assert found.answer is answer
    assert [(one.text.zh, one.text.en) for one in found.reasons] == [(zh, en)]


@pytest.mark.parametrize("known", [{}, {"public_prc": True}])
def test_what_no_fact_answers_is_the_packs_fault(known: dict[str, bool]) -> None:
    with pytest.raises(LawError, match=r"condition_unfit.*no fact 'nothing'"):
        applies(Condition(fact="nothing", value=True), Profile(known), EMPTY, DAY)


def test_a_book_names_its_misfits_with_their_place() -> None:
    odd = made("odd", applies={"fact": "outputs", "is": True})
    (found,) = misfits(Book([odd]))
    assert str(found) == (
        "odd/ODD-1: outputs is a several: it can't be asked so; it has to be: has: OPTION"
    )
    assert found.path == "$.provisions[0].applies"
    (near,) = misfits(Book([made("odd", applies={"fact": "publik_prc", "is": True})]))
    assert near.path.endswith(".applies.fact")
    assert "是不是 public_prc？" in near.text.zh
    assert "hegui law facts" in near.text.en
