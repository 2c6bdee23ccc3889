"""Spans as rules state them, and what is none."""

import pytest

from hegui.law import LawError, Span, Unit, Words


@pytest.mark.parametrize(
    ("text", "count", "unit"),
    [
        ("24h", 24, Unit.HOUR),
        ("10d", 10, Unit.DAY),
        ("15wd", 15, Unit.WORKING_DAY),
        ("3m", 3, Unit.MONTH),
        ("9999d", 9999, Unit.DAY),
    ],
)
def test_a_span_reads_and_writes_itself(text: str, count: int, unit: Unit) -> None:
    span = Span.parse(text)
    assert (span.count, span.unit) == (count, unit)
    assert str(span) == text


@pytest.mark.parametrize(
    "text",
    [
        "",
        "wd",
        "15",
        "0d",
        "-1d",
        "015wd",
        "10000d",
        "1.5h",
        "15 wd",
        "15WD",
        "15w",
        "１５wd",
        "3mo",
    ],
)
def test_what_is_no_span_is_told_so(text: str) -> None:
    with pytest.raises(LawError) as caught:
        Span.parse(text)
    assert caught.value.code == "span_malformed"
    assert "15wd" in caught.value.zh


@pytest.mark.parametrize(
    ("span", "zh", "en"),
    [
        ("24h", "24 小时", "24 hours"),
        ("1d", "1 日", "1 day"),
        ("15wd", "15 个工作日", "15 working days"),
        ("3m", "3 个月", "3 months"),
    ],
)
def test_a_span_is_said_in_its_unit(span: str, zh: str, en: str) -> None:
    assert Span.parse(span).said == Words(zh, en)
