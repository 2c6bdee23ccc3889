"""A licence as somebody enters it, checked before it goes into the register."""

from datetime import date

import msgspec

from hegui.duties.errors import DutiesError
from hegui.law import Words
from hegui.law.scope import routes

#: What is no route of its own.
OTHER = "other"
#: Routes that end in a number on paper; of an assessment or a check there is none.
_ENDS = ("filing", "licence")
#: How long a number, a holder's name and a scope may be, in characters.
_LONGEST = {"number": 200, "holder": 200, "scope": 2_000}
#: Days that a form may mean.
_FIRST, _LAST = date(1990, 1, 1), date(2199, 12, 31)


class Given(msgspec.Struct, frozen=True, kw_only=True):
    """A licence as somebody enters it.

    Attributes:
        kind: the id of its route, or ``other``.
        number: its number.
        scope: what it allows, or what was filed.
        holder: who holds it: an organisation.
        issued: the day it was issued, where that is known; today or before.
        expires: its last day; none: it has none.
    """

    kind: str
    number: str
    scope: str
    holder: str
    issued: date | None = None
    expires: date | None = None


def kinds() -> tuple[str, ...]:
    """What a licence may be of: a route that ends in a filing or a licence, or something else."""
    return (*(one.id for one in routes() if one.kind in _ENDS), OTHER)


def title(kind: str) -> Words:
    """What people call a kind; an earlier version of the house let other routes be one too."""
    found = (one.title for one in routes() if one.id == kind)
    return next(found, Words("其他", "something else"))


def day(field: str, text: str) -> date | None:
    """A day as a form has it; none of an empty one.

    Raises:
        DutiesError: ``licence_malformed``, naming the field.
    """
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise malformed(field, "形如 2028-12-31 的日期", "a day such as 2028-12-31") from None


def check(given: Given, today: date) -> Given:
    """What was entered, without spaces around it.

    Args:
        given: what was entered.
        today: the day in Beijing.

    Raises:
        DutiesError: ``licence_malformed``.
    """
    bare = msgspec.structs.replace(
        given, number=given.number.strip(), holder=given.holder.strip(), scope=given.scope.strip()
    )
    if bare.kind not in kinds():
        raise malformed("kind", *2 * (" | ".join(kinds()),))
    for field, most in _LONGEST.items():
        text = getattr(bare, field)
        shown = text.replace("\r\n", "").replace("\n", "") if field == "scope" else text
        if not 1 <= len(text) <= most or not shown.isprintable():
            raise malformed(
                field, f"1 至 {most} 个可显示的字符", f"1 to {most} printable characters"
            )
    for field, day in (("issued", bare.issued), ("expires", bare.expires)):
        if day is not None and not _FIRST <= day <= _LAST:
            raise malformed(field, f"{_FIRST} 至 {_LAST} 的日期", f"a day from {_FIRST} to {_LAST}")
    if bare.issued and bare.issued > today:  # what is still to be issued allows nothing yet
        raise malformed(
            "issued",
            f"不晚于今天 {today} 的日期；尚未签发的，请在签发之后登记",
            f"a day no later than today, {today}; what is still to be issued is entered then",
        )
    if bare.issued and bare.expires and bare.expires < bare.issued:
        raise malformed("expires", "不早于签发日的日期", "a day no earlier than the day of issue")
    return bare


def malformed(field: str, zh: str, en: str) -> DutiesError:
    """The error about one field, which has to be what the words say."""
    return DutiesError(
        "licence_malformed",
        zh=f"许可的 {field} 不可用，须为：{zh}。没有保存；请改正后重试。",
        en=f"The licence's {field} can't be used; it has to be: {en}. Nothing was saved; correct "
        "it and try again.",
        field=field,
    )
