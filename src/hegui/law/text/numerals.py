"""Numbers as laws write them: Chinese, Arabic of either width, Roman."""

import re

_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {
    "〇": 0, "○": 0, "两": 2, "兩": 2,
    "壹": 1, "贰": 2, "貳": 2, "叁": 3, "參": 3, "肆": 4,
    "伍": 5, "陆": 6, "陸": 6, "柒": 7, "捌": 8, "玖": 9,
}  # fmt: skip
_UNITS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
_ROMAN_FORM = re.compile(r"(?:C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})")

#: A character class, without its brackets, of what ``chinese`` reads.
CHINESE = "".join([*_DIGITS, *_UNITS])


def number(text: str) -> int | None:
    """A number of any kind, from 1, or None where it is none."""
    text = text.strip()
    if text.isdecimal():  # of either width
        found = int(text[:9])
    elif text.isascii():
        found = _roman(text)
    else:
        found = _chinese(text)
    return found or None


def _chinese(text: str) -> int:
    """``一百二十`` and ``一二〇`` alike; 0 where it is no number."""
    if len(text) > 1 and all(char in _DIGITS for char in text):
        return int("".join(str(_DIGITS[char]) for char in text))
    total, digit = 0, None
    for char in text:
        if char in _DIGITS:
            if digit:  # two digits and no unit between them
                return 0
            digit = _DIGITS[char]
        elif char in _UNITS:
            total += (1 if digit is None else digit) * _UNITS[char]
            digit = None
        else:
            return 0
    return total + (digit or 0)


def _roman(text: str) -> int:
    """Upper case and in the usual form only; 0 for all else."""
    if not text or not _ROMAN_FORM.fullmatch(text):
        return 0
    values = [_ROMAN[char] for char in text]
    after = [*values[1:], 0]
    return sum(-one if one < then else one for one, then in zip(values, after, strict=True))
