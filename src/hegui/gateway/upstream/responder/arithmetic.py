"""Arithmetic of two numbers."""

import re
from decimal import Context, Decimal, localcontext

from hegui.gateway.upstream.responder.ask import Language

_NUMBER = r"-?\d{1,15}(?:\.\d{1,15})?"
PATTERN = re.compile(
    rf"(?<![\d./-])({_NUMBER})\s*"
    r"(\+|-|−|\*|×|x|/|÷|plus|minus|times|divided by|加上?|减去?|乘以?|除以)"
    rf"\s*({_NUMBER})(?![\d./-]*\d)",  # not a piece of a date
    re.IGNORECASE,
)
_SIGNS = {
    **dict.fromkeys(("+", "plus", "加", "加上"), "+"),
    **dict.fromkeys(("-", "−", "minus", "减", "减去"), "−"),
    **dict.fromkeys(("*", "×", "x", "times", "乘", "乘以"), "×"),
    **dict.fromkeys(("/", "÷", "divided by", "除以"), "÷"),
}


def answer(match: re.Match[str], language: Language) -> str:
    """The sum, difference, product or quotient; a quotient to 12 digits."""
    left, right = Decimal(match[1]), Decimal(match[3])
    sign = _SIGNS[match[2].lower()]
    if sign == "÷" and not right:
        return {"zh": "不能除以零。", "en": "Nothing can be divided by zero."}[language]
    exact = True
    with localcontext(prec=64):  # more than any product of two such numbers needs
        if sign == "+":
            value = left + right
        elif sign == "−":
            value = left - right
        elif sign == "×":
            value = left * right
        else:
            value = Context(prec=12).divide(left, right)
            exact = value * right == left
    equals = "=" if exact else "≈"
    return f"{_plain(left)} {sign} {_plain(right)} {equals} {_plain(value)}"


def _plain(value: Decimal) -> str:
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
