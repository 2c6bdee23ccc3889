"""The table of findings: both languages say the same, and each sentence is one."""

import re
import string

import pytest

from hegui.marks.finding import Row, Severity, finding
from hegui.marks.finding_table import ROWS


def placeholders(sentence: str) -> set[str]:
    names = {name for _, name, _, _ in string.Formatter().parse(sentence) if name}
    return {name.removesuffix("_zh").removesuffix("_en") for name in names}


@pytest.mark.parametrize(("code", "row"), ROWS.items(), ids=list(ROWS))
def test_a_row_is_whole(code: str, row: Row) -> None:
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", code)
    assert row.severity in Severity
    assert placeholders(row.zh) == placeholders(row.en)
    assert row.zh.endswith("。")
    assert row.zh.count("。") == 1
    assert row.en.endswith(".")
    # The elements of a mark are Chinese words in English sentences too (5.1 b)).
    rest = re.sub("人工智能|生成|合成", "", row.en)
    assert re.search(r"[\u4e00-\u9fff]", rest) is None
    assert re.search(r"[\u4e00-\u9fff]", row.zh)


def test_placeholders_are_filled_in_and_long_values_cut() -> None:
    found = finding("label-value", value="A" * 100)
    assert found.clause == "GB 45438-2025 附录 E c)"
    assert found.severity is Severity.ERROR
    assert "A" * 79 + "…" in found.en
    assert "A" * 80 not in found.zh
