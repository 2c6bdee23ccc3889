"""``hegui law due``: the day, explained; rules by name; what is asked wrongly."""

import pytest
from tests.cli.conftest import Hegui

from hegui.config import Home
from hegui.law import china

DAY_KEYS = {"day", "kind", "holiday", "number"}
ANSWER = "cn-app-method-2019/complaint.answer"


@pytest.mark.parametrize(
    ("asked", "start", "due"),
    [
        ("10wd", "2026-09-28", "2026-10-16T23:59:59.999+08:00"),
        ("15wd", "2026-02-10", "2026-03-09T23:59:59.999+08:00"),
        ("3d", "2026-09-28", "2026-10-08T23:59:59.999+08:00"),
        ("6m", "2026-04-30T09:30", "2026-10-30T23:59:59.999+08:00"),
        ("24h", "2026-09-30T23:30", "2026-10-01T23:30:00.000+08:00"),
        ("24h", "2026-09-30T23:30:10Z", "2026-10-02T07:30:10.000+08:00"),
        ("24h", "2026-09-30 23:30-05:00", "2026-10-02T12:30:00.000+08:00"),
        ("24h", "2026-09-30", "2026-10-01T00:00:00.000+08:00"),
        ("1wd", "2026-09-28T15:59Z", "2026-09-29T23:59:59.999+08:00"),
        ("1wd", "2026-09-28T16:00Z", "2026-09-30T23:59:59.999+08:00"),
    ],
)
def test_a_plain_span(hegui: Hegui, asked: str, start: str, due: str) -> None:
    document = hegui("law", "due", asked, "--from", start, "--json").document
    assert document["due"] == due
    assert document["span"] == asked
    assert (document["provisional"], document["calendar"]) == (False, china().version)
    assert document["rule"] is document["clause"] is document["grade"] is None


def test_the_steps_tell_each_day(hegui: Hegui) -> None:
    steps = hegui("law", "due", "10wd", "--from", "2026-09-28", "--json").document["steps"]
    assert all(set(step) == DAY_KEYS for step in steps)
    assert (steps[0]["day"], steps[-1]["day"]) == ("2026-09-29", "2026-10-16")
    by_day = {step["day"]: step for step in steps}
    national = {"zh": "国庆节", "en": "National Day"}
    assert by_day["2026-10-01"] == {
        "day": "2026-10-01",
        "kind": "holiday",
        "holiday": national,
        "number": 0,
    }
    made_up = by_day["2026-10-10"]
    assert (made_up["kind"], made_up["holiday"], made_up["number"]) == ("make_up", national, 5)


@pytest.mark.parametrize("name", [ANSWER, "complaint.answer"])
def test_a_rule_by_its_full_or_short_name(hegui: Hegui, name: str) -> None:
    document = hegui("law", "due", name, "--from", "2026-02-10", "--json").document
    assert document["due"].startswith("2026-03-09")
    assert document["rule"] == ANSWER
    assert set(document["clause"]) == {"zh", "en"}
    assert document["grade"] in {"P", "Q", "X"}


def test_people_read_a_table_with_the_clause_and_the_grade(hegui: Hegui) -> None:
    said = hegui("law", "due", "complaint.answer", "--from", "2026-02-10").out
    first = said.splitlines()[0]
    assert first.startswith("到期 due")
    assert "2026-03-09 23:59:59 周一 Mon" in first
    assert ANSWER in said
    assert "第六项" in said
    (line,) = [line for line in said.splitlines() if line.startswith("2026-02-28")]
    assert "周六 Sat" in line
    assert "调休上班 make-up working day：春节 Spring Festival" in line
    assert line.split()[3] == "9"


def test_what_is_unconfirmed_is_told_to_be_a_setting(hegui: Hegui) -> None:
    said = hegui("law", "due", "own/clock.before", "--from", "2026-02-10").out
    assert "是可改的设置，不是法律" in said
    assert "a setting, not law" in " ".join(said.split())


@pytest.mark.parametrize("slip", ["10WD", "10 wd", "10Wd"])
def test_a_slip_of_the_pen_in_a_span_is_told_with_what_was_meant(hegui: Hegui, slip: str) -> None:
    ran = hegui("law", "due", slip, "--from", "2026-09-28")
    assert (ran.code, ran.err.partition(":")[0]) == (2, "span_malformed")
    assert "例如 10wd。" in ran.err
    assert "such as 10wd." in ran.err


@pytest.mark.parametrize(("asked", "end"), [("15wd", "2026-12-20"), ("20d", "2026-10-11")])
def test_back_is_the_latest_start(hegui: Hegui, asked: str, end: str) -> None:
    there = hegui("law", "due", asked, "--from", end, "--back", "--json").document
    assert there["due"] == f"{end}T23:59:59.999+08:00"
    again = hegui("law", "due", asked, "--from", there["start"][:10], "--json").document
    assert again["due"] <= there["due"]
    assert again["steps"] == there["steps"]
    assert "最迟起算 latest start" in hegui("law", "due", asked, "--from", end, "--back").out


def test_hours_back_from_a_day_go_back_from_its_end(hegui: Hegui) -> None:
    document = hegui("law", "due", "24h", "--from", "2026-10-16", "--back", "--json").document
    assert document["start"] == "2026-10-15T23:59:59.999+08:00"
    assert document["steps"] == []


def test_past_the_published_years_it_says_so(hegui: Hegui) -> None:
    start = f"{china().last}-12-28"
    assert hegui("law", "due", "15wd", "--from", start, "--json").document["provisional"]
    said = hegui("law", "due", "15wd", "--from", start).out
    assert "暂定" in said
    assert "Provisional" in said


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("10x", "--from", "2026-09-28"), "span_malformed"),
        (("0wd", "--from", "2026-09-28"), "span_malformed"),
        (("10", "--from", "2026-09-28"), "span_malformed"),
        (("no.such.rule", "--from", "2026-09-28"), "parameter_unknown"),
        (("no-such-pack/rule", "--from", "2026-09-28"), "parameter_unknown"),
        ((ANSWER, "--from", "1999-09-28"), "parameter_unknown"),
        (("cn-basic-security-2025/kw.total", "--from", "2026-09-28"), "rule_no_span"),
        (("10wd", "--from", "2026-02-30"), "time_malformed"),
        (("10wd", "--from", "2026-09-28T25:00"), "time_malformed"),
        (("10wd", "--from", "20260928"), "time_malformed"),
        (("10wd", "--from", "2026-W40-1"), "time_malformed"),
        (("10wd", "--from", "0001-01-01"), "time_malformed"),
        (("10wd", "--from", "昨天"), "time_malformed"),
        (("10wd",), "command_wrong"),
    ],
)
def test_what_is_asked_wrongly_is_told(hegui: Hegui, arguments: tuple[str, ...], code: str) -> None:
    ran = hegui("law", "due", *arguments, "--json")
    assert ran.code == 2
    assert ran.document["error"]["code"] == code


def test_the_farthest_it_can_be_asked_is_answered(hegui: Hegui) -> None:
    for arguments in (
        ("9999m", "--from", "2999-12-31"),
        ("9999m", "--from", "1900-01-01", "--back"),
    ):
        assert hegui("law", "due", *arguments, "--json").code == 0


def test_a_span_needs_no_database(hegui: Hegui, home: Home) -> None:
    database = home.path / "hegui.db"
    database.write_bytes(b"no database")
    assert hegui("law", "due", "10wd", "--from", "2026-09-28").code == 0
    assert hegui("law", "due", ANSWER, "--from", "2026-09-28").code == 2
