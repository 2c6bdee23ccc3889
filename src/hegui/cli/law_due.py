"""``hegui law due``: when something is due, explained day by day."""

import argparse
import re
from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Any

import msgspec

from hegui.cli.columns import aligned, wrapped
from hegui.cli.errors import CliError
from hegui.cli.group import Groups, command
from hegui.cli.opened import home_of, opened, settings_of
from hegui.cli.output import Output
from hegui.world import BEIJING

if TYPE_CHECKING:
    from hegui.law import Book, Calendar, Parameter, Span, Step

#: Any count with any unit, so that a slip of the pen in one is told as such.
_SPAN = re.compile(r"[0-9]+ *[A-Za-z]*")
#: No span leads from these years to one that no calendar has.
_FROM = re.compile(
    r"(19|2[0-9])[0-9]{2}-[0-9]{2}-[0-9]{2}"
    r"([T ][0-9]{2}:[0-9]{2}(:[0-9]{2})?(Z|[+-][0-9]{2}:[0-9]{2})?)?"
)
_DATE = len("2026-09-28")
_KINDS = {
    "working": "工作日 working day",
    "make_up": "调休上班 make-up working day",
    "weekend": "周末 weekend",
    "holiday": "放假 holiday",
}
_GRADES = {
    "P": "P 读过法规原文 the legal text was read",
    "Q": "Q 逐字引用官方文本 quoted word for word",
    "X": "X 二手资料 a secondary source",
    "U": "U 未经证实，是可改的设置，不是法律 unconfirmed: a setting, not law",
}
_WEEKDAYS = ("周一 Mon", "周二 Tue", "周三 Wed", "周四 Thu", "周五 Fri", "周六 Sat", "周日 Sun")
_HEADS = ("日期\nday", "星期\nweekday", "第几日\nnumber", "是什么日子\nwhat it is")


class _Answer(msgspec.Struct, frozen=True):
    """What was found; times are milliseconds since 1970, UTC."""

    span: "Span"
    rule: "Parameter | None"
    title: str
    start: int
    due: int
    provisional: bool
    steps: "tuple[Step, ...]"
    back: bool


def add(commands: Groups, common: argparse.ArgumentParser) -> None:
    """Adds the command."""
    parser = command(
        commands, common, "due", _due, "推算期限，逐日说明 when something is due, day by day"
    )
    parser.epilog = (
        "时间不写时区的按北京时间；只写日期的从当日零点起算，加 --back 则算到当日结束。"
        "A time without zone is Beijing's; a day begins at midnight, and with --back ends there."
    )
    parser.add_argument(
        "rule",
        metavar="RULE|SPAN",
        help="规则名，如 complaint.answer；或期限，如 10wd、24h、3d、6m a rule's name, or a span",
    )
    parser.add_argument(
        "--from",
        dest="at",
        metavar="DATE|TIME",
        required=True,
        help="起算时间，如 2026-09-28 或 2026-09-28T10:00 from when",
    )
    parser.add_argument(
        "--back",
        action="store_true",
        help="反推：最迟何时起算，到此时正好到期 the latest start that is due by then",
    )


def _due(options: argparse.Namespace, output: Output) -> bool:
    from hegui.law import Span, china, day_of, due, subtract

    at = _moment(options.at, back=options.back)
    rule, title = None, ""
    if _SPAN.fullmatch(options.rule):
        span = Span.parse(options.rule)
    else:
        book = _book(options)
        rule = book.parameter(options.rule, day_of(at))
        instrument = book.pack(rule.pack).instrument_of(rule)
        title = f"{instrument.title.zh}{rule.clause.zh} {instrument.title.en}, {rule.clause.en}"
        span = _span(rule)
    calendar = china()
    found = (subtract if options.back else due)(at, span, calendar)
    answer = _Answer(
        span=span,
        rule=rule,
        title=title,
        start=found.at if options.back else at,
        due=at if options.back else found.at,
        provisional=found.provisional,
        steps=found.steps,
        back=options.back,
    )
    output.result(_document(answer, calendar), "\n".join(_lines(answer, calendar)))
    return False


def _moment(text: str, *, back: bool) -> int:
    """Milliseconds since 1970 of what ``--from`` says."""
    from hegui.law import end_of

    when = _parsed(text)
    if when is None:
        raise CliError(
            "time_malformed",
            zh=f"--from 的值“{text}”不是日期或时间。请写 1900 至 2999 年的日期，如 2026-09-28，"
            "或时间，如 2026-09-28T10:00（不写时区按北京时间）。",
            en=f"--from is {text!r}, which is no day or time. Write a day of the years 1900 to "
            "2999 such as 2026-09-28, or a time such as 2026-09-28T10:00 (Beijing's without a "
            "zone).",
        )
    if back and len(text) == _DATE:
        return end_of(when.date())
    when = when if when.tzinfo else when.replace(tzinfo=BEIJING)
    return round(when.timestamp()) * 1000


def _parsed(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text) if _FROM.fullmatch(text) else None
    except ValueError:  # such as 30 February
        return None


def _book(options: argparse.Namespace) -> "Book":
    """The packs in force here; of the base install, which has no database, the shipped ones."""
    from hegui.law import shipped_book

    try:
        from hegui.duties.packs import book
    except ModuleNotFoundError as error:
        if (error.name or "").startswith("hegui"):
            raise
        return shipped_book()
    with opened(settings_of(options), home_of()) as store:
        return book(store)


def _span(rule: "Parameter") -> "Span":
    from hegui.law import LawError

    try:
        return rule.span
    except LawError as error:
        raise CliError(
            "rule_no_span",
            zh=f"规则 {rule.rule} 的值是“{rule.value}”，不是期限，无从推算。请换一条规则。",
            en=f"The rule {rule.rule} is {rule.value!r}, which is no span of time. Name another.",
        ) from error


def _document(answer: _Answer, calendar: "Calendar") -> dict[str, Any]:
    rule = answer.rule
    return {
        "start": _iso(answer.start),
        "due": _iso(answer.due),
        "span": str(answer.span),
        "provisional": answer.provisional,
        "calendar": calendar.version,
        "steps": [
            {
                "day": step.day.isoformat(),
                "kind": step.kind.value,
                "holiday": _holiday(step, calendar),
                "number": step.number,
            }
            for step in answer.steps
        ],
        "rule": rule and rule.rule,
        "clause": rule and {"zh": rule.clause.zh, "en": rule.clause.en},
        "grade": rule and rule.grade.value,
    }


def _lines(answer: _Answer, calendar: "Calendar") -> Iterator[str]:
    start, due = _said(answer.start), _said(answer.due)
    if answer.back:
        facts = [("最迟起算 latest start", start), ("到期 due", due)]
    else:
        facts = [("到期 due", due), ("起算 from", start)]
    facts.append(("期限 span", f"{answer.span.said.zh} {answer.span.said.en}"))
    if answer.rule is not None:
        facts += [
            ("规则 rule", answer.rule.rule),
            ("依据 clause", answer.title),
            ("等级 grade", _GRADES[answer.rule.grade]),
        ]
    facts.append(("日历 calendar", calendar.version))
    yield aligned(facts)
    if answer.provisional:
        yield wrapped(
            f"暂定：用到了 {calendar.first}–{calendar.last} 年以外、没有公布放假安排的日子，"
            "只按周一至周五推算；公布后会重算。\n"
            f"Provisional: it rests on days outside {calendar.first}–{calendar.last}, for which "
            "no calendar is published; Monday to Friday count, and it is computed anew then."
        )
    if answer.steps:
        rows = [_row(step, calendar) for step in answer.steps]
        yield "\n" + aligned([_HEADS, *rows])


def _row(step: "Step", calendar: "Calendar") -> tuple[str, ...]:
    holiday = _holiday(step, calendar)
    named = f"：{holiday['zh']} {holiday['en']}" if holiday else ""
    return (
        step.day.isoformat(),
        _WEEKDAYS[step.day.weekday()],
        str(step.number or "–"),
        _KINDS[step.kind] + named,
    )


def _holiday(step: "Step", calendar: "Calendar") -> dict[str, str] | None:
    if not step.holiday:
        return None
    return {"zh": calendar.names.get(step.holiday, step.holiday), "en": step.holiday}


def _when(at: int) -> datetime:
    return datetime.fromtimestamp(at // 1000, BEIJING)


def _iso(at: int) -> str:
    return _when(at).replace(microsecond=at % 1000 * 1000).isoformat(timespec="milliseconds")


def _said(at: int) -> str:
    when = _when(at)
    return f"{when:%Y-%m-%d %H:%M:%S} {_WEEKDAYS[when.weekday()]}（北京时间 Beijing time）"
