"""The rule behind a deadline, in words."""

import pytest

from hegui.law import Span
from hegui.portal.words import speaker
from hegui.web.rules import Rule, in_words, rule

NAME = "cn-app-method-2019/complaint.answer"


def test_a_number_of_law_comes_with_its_instrument_and_clause() -> None:
    assert rule(NAME, "15wd", "zh", speaker("zh")) == Rule(
        "15 个工作日", "App违法违规收集使用个人信息行为认定方法", "第六项", NAME
    )
    told = rule(NAME, "10d", "en", speaker("en"))
    assert told.span == "10 days"
    assert told.title.startswith("Method for identifying unlawful collection")
    assert told.clause == "item 6"


@pytest.mark.parametrize("name", ["setting:answer_days", "gone-pack/complaint.answer", ""])
def test_a_rule_of_no_shipped_pack_is_told_by_its_name(name: str) -> None:
    assert rule(name, "15wd", "en", speaker("en")) == Rule("15 working days", "", "", name)


@pytest.mark.parametrize(
    ("span", "zh", "en"),
    [
        ("24h", "24 小时", "24 hours"),
        ("10d", "10 日", "10 days"),
        ("15wd", "15 个工作日", "15 working days"),
        ("3m", "3 个月", "3 months"),
    ],
)
def test_a_span_is_said_in_its_unit(span: str, zh: str, en: str) -> None:
    assert in_words(Span.parse(span), speaker("zh")) == zh
    assert in_words(Span.parse(span), speaker("en")) == en
