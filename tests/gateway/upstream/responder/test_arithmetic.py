"""Arithmetic against Python's fractions, and what is not arithmetic."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hegui.gateway.upstream.responder.ask import Language
from hegui.gateway.upstream.responder.rules import reply


@pytest.mark.parametrize(
    ("text", "language", "said"),
    [
        ("12 x 7", "en", "12 × 7 = 84"),
        ("What is 12*7?", "en", "12 × 7 = 84"),
        ("2 plus 2", "en", "2 + 2 = 4"),
        ("10 minus -3", "en", "10 − -3 = 13"),
        ("9 divided by 4", "en", "9 ÷ 4 = 2.25"),
        ("请问 10 除以 3 等于几", "zh", "10 ÷ 3 ≈ 3.33333333333"),
        ("3乘以5", "zh", "3 × 5 = 15"),
        ("3 加上 5", "zh", "3 + 5 = 8"),
        ("5减7", "zh", "5 − 7 = -2"),
        ("0.1+0.2", "en", "0.1 + 0.2 = 0.3"),
        ("1.50 + 1", "en", "1.5 + 1 = 2.5"),
        ("100 x 10", "en", "100 × 10 = 1000"),
        ("99999999999999 x 99999999999999", "en",
         "99999999999999 × 99999999999999 = 9999999999999800000000000001"),
        ("1/0", "en", "Nothing can be divided by zero."),
        ("1 除以 0.0", "zh", "不能除以零。"),
    ],
)  # fmt: skip
def test_sums(text: str, language: Language, said: str) -> None:
    assert reply(text, language) == said


@pytest.mark.parametrize(
    "text", ["2026-01-05", "2026/01/05", "1.2.3+4", "1+2.3.4", "3 +", "x + 3", "1" * 16 + "+1"]
)
def test_what_is_no_sum(text: str) -> None:
    assert text in reply(text, "en")


@given(
    st.decimals(-(10**9), 10**9, places=3),
    st.sampled_from("+-*/"),
    st.decimals(-(10**9), 10**9, places=3),
)
def test_against_fractions(left: Decimal, sign: str, right: Decimal) -> None:
    said = reply(f"{left} {sign} {right}", "en")
    a, b = Fraction(left), Fraction(right)
    if sign == "/":
        if b:
            exact = a / b
            got = Fraction(said.split()[-1])
            assert abs(got - exact) <= abs(exact) * Fraction(1, 10**11)
            assert ("≈" in said) == (got != exact)
        return
    assert Fraction(said.split()[-1]) == {"+": a + b, "-": a - b, "*": a * b}[sign]
