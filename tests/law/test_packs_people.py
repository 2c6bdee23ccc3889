"""The packs on people's data, minors, companions, security and incidents, and the EU crosswalk."""

import re
from collections.abc import Iterator
from datetime import date

import pytest

from hegui.law import Condition, Grade, Modality, Pack, Provision, Words, pack, packs
from hegui.law.book import Book, in_force, problems
from hegui.law.provision import Force, Who

PERSONAL, MINORS = "cn-personal-data", "cn-minors"
COMPANION, INCIDENTS = "cn-companion-2026", "cn-incidents-2025"
CYBER, DATA, EU = "cn-cybersecurity-2026", "cn-data-security-2021", "eu-ai-act-50"
NAMES = (PERSONAL, CYBER, INCIDENTS, COMPANION, MINORS, DATA, EU)

#: Every number, as the facts have it: rule, value, grade, modality, first day.
NUMBERS = """
cn-personal-data/child.age 14 P must 2021-11-01
cn-personal-data/pia.keep 36m P must 2021-11-01
cn-personal-data/pi.officer 1000000 X must 2025-07-18
cn-personal-data/vuln.report 24h P must 2025-01-01
cn-personal-data/transfer.keep 36m P must 2025-01-01
cn-personal-data/important.people 10000000 P must 2025-01-01
cn-personal-data/platform.registered 50000000 P must 2025-01-01
cn-personal-data/platform.monthly 10000000 P must 2025-01-01
cn-personal-data/pi.audit 24m U must 2025-05-01
cn-personal-data/pi.audit.people 10000000 U must 2025-05-01
cn-personal-data/rights.answer 30d U should 2020-10-01
cn-cybersecurity-2026/log.net 6m P must 2017-06-01
cn-cybersecurity-2026/log.net 6m Q must 2026-01-01
cn-incidents-2025/incident.report 4h Q must 2025-11-01
cn-incidents-2025/incident.critical 1h Q must 2025-11-01
cn-incidents-2025/incident.organ 2h Q must 2025-11-01
cn-incidents-2025/incident.summary 30d Q must 2025-11-01
cn-incidents-2025/leak.larger 1000000 Q must 2025-11-01
cn-incidents-2025/leak.major 10000000 Q must 2025-11-01
cn-incidents-2025/leak.extreme 100000000 Q must 2025-11-01
cn-incidents-2025/incident.line 12387 U should 2025-11-01
cn-companion-2026/companion.reminder 2h Q must 2026-07-15
cn-companion-2026/kin.age 18 Q must 2026-07-15
cn-companion-2026/guardian.age 14 Q must 2026-07-15
cn-companion-2026/assessment.registered 1000000 Q must 2026-07-15
cn-companion-2026/assessment.monthly 100000 Q must 2026-07-15
cn-companion-2026/companion.check 12m Q must 2026-07-15
cn-companion-2026/companion.review 12m Q must 2026-07-15
cn-minors/minor.audit 12m P must 2024-01-01
cn-minors/minor.audit.due 01-31 X must 2026-01-31
cn-minors/minor.statement 12m P must 2024-01-01
cn-minors/minor.report 12m P must 2024-01-01
cn-minors/minor.bands 0-3,3-8,8-12,12-16,16-18 X should 2024-11-15
cn-minors/minor.u16 60min X should 2024-11-15
cn-minors/minor.16_18 120min X should 2024-11-15
cn-minors/minor.break 30min X should 2024-11-15
cn-minors/minor.night 22:00-06:00 X should 2024-11-15
eu-ai-act-50/marking.new 2026-08-02 X must 2026-08-02
eu-ai-act-50/marking.existing 2026-12-02 X must 2026-12-02
eu-ai-act-50/summary.template 2025-07-24 X must 2025-08-02
eu-ai-act-50/summary.transition 2027-08-02 U must 2027-08-02
eu-ai-act-50/highrisk.annex3 2027-12-02 X must 2027-12-02
eu-ai-act-50/highrisk.annex1 2028-08-02 X must 2028-08-02
"""

#: What the facts leave unconfirmed besides numbers: the number's home, and one penalty clause.
UNCONFIRMED = {f"{PERSONAL}/PIS-8.7", f"{CYBER}/CSL-69"}
#: Sums of money: provision, amount, grade.
MONEY = [
    (f"{PERSONAL}/PIPL-66", "≤ CNY 50000000 / ≤ 5%", "Q"),
    (f"{PERSONAL}/NDR-12", "≤ CNY 1000000", "P"),
    (f"{CYBER}/CSL-23", "CNY 10000-50000", "Q"),
    (f"{CYBER}/CSL-27", "CNY 50000-500000", "Q"),
    (f"{CYBER}/CSL-61", "CNY 500000-2000000", "Q"),
    (f"{CYBER}/CSL-61", "CNY 2000000-10000000", "Q"),
    (f"{CYBER}/CSL-69", "CNY 100000-500000", "P"),  # not 1,000,000, as one source says
    (f"{CYBER}/CSL-69", "CNY 2000000-10000000", "U"),
    (f"{DATA}/DSL-29", "CNY 50000-500000", "Q"),
    (f"{DATA}/DSL-45", "CNY 500000-2000000", "Q"),
    (f"{COMPANION}/COM-18.3", "CNY 10000-100000", "Q"),
    (f"{COMPANION}/COM-13b", "CNY 100000-200000", "Q"),
    (f"{MINORS}/MIN-7", "CNY 50000-500000", "P"),
    (f"{MINORS}/MIN-38.2", "CNY 50000-500000", "P"),
    (f"{MINORS}/MIN-20", "≤ CNY 50000000 / ≤ 5%", "P"),
    (f"{MINORS}/MIN-36", "CNY 100000-1000000 / 1-10 ×", "P"),
    (f"{EU}/EU-50.2", "≤ EUR 15000000 / ≤ 3%", "X"),
]
#: Whom a provider may be, besides a provider.
OURS = {Who.PROVIDER, Who.PLATFORM, Who.SUPPORTER, Who.APP_STORE}
CHINESE = re.compile(r"[\u4e00-\u9fff]")


@pytest.fixture(scope="module")
def book() -> Book:
    return Book(packs())


def conditions(one: Condition | None) -> Iterator[Condition]:
    if one is not None:
        yield one
        for each in (*one.all, *one.any, *one.none):
            yield from conditions(each)


def words(one: Provision) -> Iterator[Words]:
    yield from (one.clause, one.title, one.text, one.source)
    for said in one.consequence:
        yield from (said.who, said.does, said.clause)
    for duty in one.duties:
        yield from (duty.text, duty.evidence)
        yield from (each for each in (duty.cadence, duty.trigger) if each is not None)
        yield from (control.text for control in duty.controls)


@pytest.mark.parametrize("name", NAMES)
def test_a_pack_loads_and_leads_nowhere_else(name: str, book: Book) -> None:
    assert pack(name).provisions
    assert [one for one in problems(book) if one.pack == name] == []


def test_every_number_is_there_and_no_other() -> None:
    found = {
        f"{one.rule} {one.value.replace(' ', '')} {one.grade} {one.modality} {one.valid_from}"
        for name in NAMES
        for one in pack(name).parameters
    }
    assert found == set(NUMBERS.strip().splitlines())


@pytest.mark.parametrize("name", NAMES)
def test_a_number_reads_as_what_it_is(name: str) -> None:
    for one in pack(name).parameters:
        if re.fullmatch(r"[0-9]+(h|d|wd|m)", one.value):
            assert str(one.span) == one.value
        if one.value.isdigit():
            assert one.number == int(one.value)


def test_only_what_the_facts_leave_open_is_unconfirmed() -> None:
    numbers = {line.split()[0] for line in NUMBERS.strip().splitlines() if line.split()[2] == "U"}
    graded = {
        one.rule
        for name in NAMES
        for one in pack(name).parameters
        if one.grade is Grade.UNCONFIRMED
    }
    provisions = {
        f"{name}/{one.id}"
        for name in NAMES
        for one in pack(name).provisions
        if one.grade is Grade.UNCONFIRMED
    }
    assert (graded, provisions) == (numbers, UNCONFIRMED)


@pytest.mark.parametrize("name", NAMES)
def test_what_binds_a_provider_has_a_duty_in_both_languages(name: str) -> None:
    for one in pack(name).provisions:
        if one.modality in (Modality.MUST, Modality.MUST_NOT) and OURS & set(one.who):
            assert one.duties, one.id
        for said in words(one):
            assert CHINESE.search(said.zh), (one.id, said.zh)
            assert not CHINESE.search(said.en), (one.id, said.en)


@pytest.mark.parametrize(("place", "amount", "grade"), MONEY)
def test_sums_of_money_stand_where_the_facts_have_them(
    place: str, amount: str, grade: str, book: Book
) -> None:
    assert (amount, grade) in [(one.amount, one.grade) for one in book.provision(place).consequence]


@pytest.mark.parametrize("place", [f"{CYBER}/CSL-26", f"{MINORS}/MIN-31"])
def test_no_check_reads_an_identity(place: str, book: Book) -> None:
    one = book.provision(place)
    controls = [control for duty in one.duties for control in duty.controls]
    assert [control.checks for control in controls] == [("identity.elsewhere",)]
    assert "任何检查都不读取身份" in controls[0].text.zh
    assert "no check reads an identity" in controls[0].text.en


def test_the_log_keeps_its_six_months_through_the_new_numbering(book: Book) -> None:
    before = book.parameter(f"{CYBER}/log.net", date(2025, 12, 31))
    after = book.parameter(f"{CYBER}/log.net", date(2026, 1, 1))
    assert (before.clause.en, before.instrument) == ("Art. 21(3) (2016 text)", "cn-csl-2016")
    assert (after.clause.en, after.instrument) == ("Art. 23", "cn-csl-2026")
    assert str(before.span) == str(after.span) == "6m"
    assert "2016 text: Art. 21(3)" in book.provision(f"{CYBER}/CSL-23").clause.en


@pytest.mark.parametrize(
    ("place", "kind", "rule"),
    [
        ("INC-4a", "critical", "incident.critical"),
        ("INC-4b", "state_organ", "incident.organ"),
        ("INC-4c", "ordinary", "incident.report"),
    ],
)
def test_how_soon_an_incident_is_reported_goes_by_the_operator(
    place: str, kind: str, rule: str
) -> None:
    one = pack(INCIDENTS).provision(place)
    (number,) = [each for each in pack(INCIDENTS).parameters if each.id == rule]
    assert one.applies == Condition(fact="operator_kind", value=kind)
    hours = {1: "one", 2: "two", 4: "four"}[number.span.count]
    assert f"within {hours} hour" in one.text.en
    assert "finding or learning" in (one.duties[0].cadence or one.title).en


def test_thresholds_in_conditions_are_numbers_of_law(book: Book) -> None:
    used = {
        each.at_least
        for name in NAMES
        for one in pack(name).provisions
        for each in conditions(one.applies)
        if each.at_least
    }
    assert used == {
        f"{PERSONAL}/pi.officer",
        f"{PERSONAL}/important.people",
        f"{COMPANION}/assessment.registered",
        f"{COMPANION}/assessment.monthly",
    }
    assert book.parameter(f"{COMPANION}/assessment.monthly").number == 100_000


def test_recommending_is_deciding_by_machine(book: Book) -> None:
    named = {
        place: {each.fact for each in conditions(book.provision(place).applies) if each.fact}
        for place in (f"{PERSONAL}/PIPL-24.1", f"{PERSONAL}/PIPL-24.2", f"{MINORS}/MIN-24.2")
    }
    assert named == {
        f"{PERSONAL}/PIPL-24.1": {"automated_decisions", "recommends"},
        f"{PERSONAL}/PIPL-24.2": {"recommends"},
        f"{MINORS}/MIN-24.2": {"minors", "automated_decisions", "recommends"},
    }


def test_a_companion_is_assessed_in_five_cases() -> None:
    cases = [one for one in pack(COMPANION).provisions if one.article == "22"]
    assert [one.item for one in cases] == [1, 2, 3, 4, 5]


def test_what_is_coming_is_found(book: Book) -> None:
    coming = {
        f"{one.pack.name}/{one.what.id}": one.day
        for one in book.coming(date(2026, 11, 22))
        if one.pack.name in NAMES
    }
    assert coming == {
        f"{EU}/EU-50.2": date(2026, 12, 2),
        f"{EU}/marking.existing": date(2026, 12, 2),
        f"{EU}/summary.transition": date(2027, 8, 2),
        f"{EU}/EU-HIGH": date(2027, 12, 2),
        f"{EU}/highrisk.annex3": date(2027, 12, 2),
        f"{EU}/highrisk.annex1": date(2028, 8, 2),
    }
    early = {one.pack.name for one in book.coming(date(2026, 7, 14))}
    assert COMPANION in early
    assert COMPANION not in {one.pack.name for one in book.coming(date(2026, 7, 15))}


def test_old_text_is_out_of_force_and_unread_text_not_yet_in_it() -> None:
    cyber, personal = pack(CYBER), pack(PERSONAL)
    old = cyber.parameters[0]
    assert in_force(cyber, old, date(2025, 12, 31))
    assert not in_force(cyber, old, date(2026, 1, 1))
    (small,) = [one for one in personal.instruments if one.id == "cn-small-handlers-2026"]
    assert (small.in_force, small.text) == (None, "not_read")


def test_the_crosswalk_leads_to_chinese_rules_and_asks_for_eu_users(book: Book) -> None:
    eu: Pack = pack(EU)
    assert eu.instrument.force is Force.FOREIGN
    assert eu.instrument.applies == Condition(fact="eu_users", value=True)
    for one in eu.provisions:
        if one.duties:
            assert any(ref.startswith("cn-") for ref in one.related), one.id
        if one.applies is not None:
            assert Condition(fact="eu_users", value=True) in conditions(one.applies)
    assert book.provision(f"{EU}/EU-50.2").related[0] == "cn-labelling-2025/LM-5"
