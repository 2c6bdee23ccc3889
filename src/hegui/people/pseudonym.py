"""What may name a person: an application's own pseudonym, never a contact or an identity.

The Measures forbid collecting personal information that the service does not need (Art. 11 ¶1),
and no check of the house reads an identity. So a name that has the shape of a phone number, an
e-mail address or a resident identity number (GB 11643) is refused at the door. The shapes are
looked for between characters other than ASCII letters and digits: a random hexadecimal id or a
UUID never has one.
"""

import re
import unicodedata
from datetime import date

from hegui.people.errors import PeopleError

LONGEST = 128

# Between two digits a person may write spaces, dots, hyphens of any kind, and brackets.
_GAP = r"[\s().\-\u2010-\u2015\u2212]*"
_BEFORE, _AFTER = r"(?<![0-9A-Za-z])", r"(?![0-9A-Za-z])"


def _digits(low: int, high: int) -> str:
    return rf"(?:{_GAP}[0-9]){{{low},{high}}}"


# A mainland mobile number: 11 digits from 130 to 199, with or without the country's code.
_MOBILE = re.compile(
    rf"{_BEFORE}(?:(?:\+|00)?{_GAP}8{_GAP}6{_GAP})?1{_GAP}[3-9]{_digits(9, 9)}{_AFTER}"
)
# ITU-T E.164: at most 15 digits; below 8 no country's full number is written with a plus sign.
_INTERNATIONAL = re.compile(rf"{_BEFORE}\+{_digits(8, 15)}{_AFTER}")
_MAIL = re.compile(r"[^\s@]@[^\s@]+\.[^\s@.]{2,}")
_RESIDENT = re.compile(rf"{_BEFORE}([1-9]{_digits(16, 16)}{_GAP}[0-9Xx]){_AFTER}")


def check(text: str) -> str:
    """Accept a pseudonym, or say why not.

    Args:
        text: as the application sent it; surrounding white space does not count.

    Returns:
        The pseudonym, otherwise unchanged.

    Raises:
        PeopleError: ``person_malformed`` (empty, over 128 characters, or with characters that
            do not print), ``person_not_pseudonym`` (shaped like a phone number, an e-mail
            address or an identity number). The sentence never repeats the text.
    """
    text = text.strip()
    if not text or len(text) > LONGEST or not text.isprintable():
        raise PeopleError(
            "person_malformed",
            zh=f"用户代号须为 1 至 {LONGEST} 个可显示的字符。请改用应用内部的代号。",
            en=f"A person's pseudonym has 1 to {LONGEST} printable characters. "
            "Send your application's own pseudonym.",
        )
    if identifies(text):
        raise PeopleError(
            "person_not_pseudonym",
            zh="用户代号形似电话号码、电子邮箱或身份证号，未被保存。请改用与真实身份无关的随机代号。",
            en="The pseudonym has the shape of a phone number, an e-mail address or an identity "
            "number, and was not kept. Send a random id that says nothing about the person.",
        )
    return text


def identifies(text: str) -> bool:
    """Whether something in a text has the shape of a phone, an e-mail or an identity number."""
    plain = _plain(text)
    return bool(
        _MOBILE.search(plain)
        or _INTERNATIONAL.search(plain)
        or _MAIL.search(plain)
        or any(_is_born(found[1]) for found in _RESIDENT.finditer(plain))
    )


def _plain(text: str) -> str:
    """Full-width forms and the decimal digits of every script as ASCII."""
    return "".join(
        str(unicodedata.decimal(c)) if c.isdecimal() else c
        for c in unicodedata.normalize("NFKC", text)
    )


def _is_born(number: str) -> bool:
    """Whether digits 7 to 14 of a resident identity number are a day that was."""
    digits = re.sub(_GAP, "", number)
    try:
        born = date(int(digits[6:10]), int(digits[10:12]), int(digits[12:14]))
    except ValueError:
        return False
    # No living person's number has another century; long random numbers often would.
    return 1900 <= born.year <= 2099
