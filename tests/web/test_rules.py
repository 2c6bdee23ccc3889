"""The rule behind a deadline, in words."""

import pytest

from hegui.web.rules import Rule, rule

NAME = "cn-app-method-2019/complaint.answer"


def test_a_number_of_law_comes_with_its_instrument_and_clause() -> None:
    assert rule(NAME, "15wd", "zh") == Rule(
        "15 个工作日", "App违法违规收集使用个人信息行为认定方法", "第六项", NAME
    )
    told = rule(NAME, "10d", "en")
    assert told.span == "10 days"
    assert told.title.startswith("Method for identifying unlawful collection")
    assert told.clause == "item 6"


@pytest.mark.parametrize("name", ["setting:answer_days", "gone-pack/complaint.answer", ""])
def test_a_rule_of_no_shipped_pack_is_told_by_its_name(name: str) -> None:
    assert rule(name, "15wd", "en") == Rule("15 working days", "", "", name)
