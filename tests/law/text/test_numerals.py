"""Numbers as laws write them, against numbers written the other way round."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hegui.law.text.numerals import number


def chinese(n: int) -> str:
    """A number from 1 to 9999, as laws write it."""
    out, skipped = "", False
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = n // unit % 10
        if digit:
            out += ("零" if skipped and out else "") + "零一二三四五六七八九"[digit] + name
        skipped = digit == 0
    return out.removeprefix("一") if 10 <= n < 20 else out


def roman(n: int) -> str:
    """A number from 1 to 399."""
    out = ""
    for value, sign in ((100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"),
                        (5, "V"), (4, "IV"), (1, "I")):  # fmt: skip
        while n >= value:
            out, n = out + sign, n - value
    return out


@given(st.integers(1, 9999))
def test_chinese_numbers(n: int) -> None:
    assert number(chinese(n)) == n


@given(st.integers(1, 399))
def test_roman_numbers(n: int) -> None:
    assert number(roman(n)) == n


@given(st.integers(1, 99999), st.sampled_from(["0123456789", "０１２３４５６７８９"]))
def test_digits_of_either_width(n: int, digits: str) -> None:
    assert number("".join(digits[int(one)] for one in str(n))) == n


@pytest.mark.parametrize(
    ("text", "n"),
    [
        ("一百二十", 120), ("一百零五", 105), ("一〇五", 105), ("二○", 20), ("拾贰", 12),
        ("兩百", 200), ("一百二十三", 123), (" 7 ", 7), ("０", None), ("零", None), ("", None),
        ("IIII", None), ("iv", None), ("IC", None), ("一二十", None), ("条", None), ("Ⅳ", None),
        ("-3", None), ("3.5", None), ("9" * 5000, 999_999_999),
    ],
)  # fmt: skip
def test_other_ways_and_none(text: str, n: int | None) -> None:
    assert number(text) == n
