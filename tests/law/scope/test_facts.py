"""The facts: complete in both languages, and a file that contradicts itself is refused."""

import pytest

from hegui.law import Condition, LawError
from hegui.law.scope import Kind, fact, facts, groups, routes
from hegui.law.scope.facts import read, unfit
from hegui.law.scope.routes import read as read_routes

#: What conditions of packs may ask for, by kind.
KINDS = {
    Kind.BOOL: (
        "public_prc foreign_invested opinion under_14 personal_data sensitive_data exports_data "
        "companion biometric_editing trains annotates uses_input_for_training recommends platform "
        "app_store users_register publishes eu_users important_data automated_decisions"
    ),
    Kind.CHOICE: "provider_place model_route minors operator_kind",
    Kind.SEVERAL: "outputs interface sectors",
    Kind.NUMBER: "registered monthly_active people",
    Kind.TEXT: "service_form hardware place storage staff base_model base_model_filing",
}
FACT = """
schema: 1
groups:
  - id: one
    title: {zh: 一, en: One}
    facts:
      - id: a
        kind: bool
        short: {zh: 甲, en: a}
        question: {zh: 甲？, en: "A?"}
        help: {zh: 说明, en: help}
        said_yes: {zh: 是。, en: It is.}
        said_no: {zh: 否。, en: It is not.}
"""
ROUTE = """
schema: 1
routes:
  - id: way
    kind: filing
    title: {zh: 路, en: way}
    when: {fact: public_prc, is: true}
    rule: {zh: 规则, en: rule}
    clause: {zh: 第一条, en: Art. 1}
    grade: X
"""


def test_every_fact_that_packs_name_is_there_with_its_kind() -> None:
    found = {kind: {one.id for one in facts().values() if one.kind is kind} for kind in Kind}
    assert found == {kind: set(names.split()) for kind, names in KINDS.items()}


def test_an_unknown_fact_is_named() -> None:
    with pytest.raises(LawError, match=r"fact_unknown.*'publik'"):
        fact("publik")


def test_a_page_has_no_more_fields_than_a_form_may_bring() -> None:
    from hegui.web.bounded import MAX_FIELDS

    for group in groups():
        fields = sum(len(one.options) + 1 if one.kind is Kind.SEVERAL else 1 for one in group.facts)
        assert fields + 1 <= MAX_FIELDS, group.id


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("kind: bool", "kind: maybe", "maybe"),
        ("said_no: {zh: 否。, en: It is not.}", "least: 1", "said_yes and said_no"),
        ("kind: bool", "kind: number", "said_yes and said_no"),
        ("said_yes: {zh: 是。, en: It is.}", "sayd_yes: {zh: 是。, en: It is.}", "sayd_yes"),
        ("help: {zh: 说明, en: help}", "help: {zh: 说明, en: ''}", "it is empty"),
        ("help:", "options: [{id: x, label: {zh: 甲, en: x}}]\n        help:", "options"),
        ("help:", "moot: [{when: {fact: b, is: true}}]\n        help:", "no fact 'b'"),
        ("help:", "moot: [{when: {fact: a, is: true}}]\n        help:", "no fact 'a'"),
    ],
)
def test_a_wrong_file_of_facts_is_refused_with_its_line(old: str, new: str, why: str) -> None:
    assert read(FACT.encode(), "facts.yaml")
    assert old in FACT
    with pytest.raises(LawError, match=r"line \d+") as told:
        read(FACT.replace(old, new).encode(), "facts.yaml")
    assert why in str(told.value)


def test_a_fact_that_stands_twice_is_refused() -> None:
    twice = FACT + FACT.partition("    facts:\n")[2]
    with pytest.raises(LawError, match="stands twice"):
        read(twice.encode(), "facts.yaml")


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("public_prc", "publik", "no fact"),
        ("is: true", "has: image", "can't be asked so"),
        ("kind: filing", "kind: walk", "walk"),
        ("grade: X", "grade: Z", "Z"),
        ("id: way", "id: Way", "Way"),
    ],
)
def test_a_wrong_file_of_routes_is_refused(old: str, new: str, why: str) -> None:
    assert read_routes(ROUTE.encode(), "routes.yaml")
    with pytest.raises(LawError) as told:
        read_routes(ROUTE.replace(old, new).encode(), "routes.yaml")
    assert why in str(told.value)


def test_a_route_that_stands_twice_is_refused() -> None:
    twice = ROUTE + ROUTE.partition("routes:\n")[2]
    with pytest.raises(LawError, match="stands twice"):
        read_routes(twice.encode(), "routes.yaml")


def test_no_word_of_a_route_names_a_file_of_ours() -> None:
    for one in routes():
        for words in (one.title, one.rule, one.clause, one.note, *one.prepare):
            assert words is None or ".md" not in words.zh + words.en


@pytest.mark.parametrize(
    ("condition", "why"),
    [
        (Condition(fact="nothing", value=True), "no fact"),
        (Condition(fact="outputs", value=True), "can't be asked so"),
        (Condition(fact="outputs", has="smell"), "no option of outputs 'smell'"),
        (
            Condition(fact="minors", one_of=("possible", "elsewhere")),
            "no option of minors 'elsewhere'",
        ),
        (Condition(fact="opinion", value="yes"), "can't be asked so"),
        (Condition(fact="place", value="here"), "can't be asked so"),
        (Condition(fact="people", value="5"), "can't be asked so"),
        (Condition(all=(Condition(none=(Condition(fact="x", value=True),)),)), "no fact 'x'"),
    ],
)
def test_a_condition_that_no_fact_answers_is_told(condition: Condition, why: str) -> None:
    assert any(why in line.en and line.zh for _, line in unfit(condition, facts()))
