"""The labelling rules, the national standards and the provisions around them, as data."""

from datetime import date, timedelta

import pytest

from hegui.law import Grade, Modality, Pack, shipped
from hegui.law.condition import Condition
from hegui.law.provision import Force, Provision, Text, Who

NAMES = (
    "cn-labelling-2025",
    "cn-basic-security-2025",
    "cn-algorithm-2022",
    "cn-deep-synthesis-2023",
    "cn-security-assessment-2018",
    "cn-content-ecosystem-2019",
    "cn-training-data-2025",
    "cn-annotation-2025",
    "cn-app-method-2019",
    "cn-genai-compliance-2026",
)
BASIC = "cn-basic-security-2025"
OLDER, NEWER = "tc260-003-2024", "gbt-45654-2025"
BINDING = {Modality.MUST, Modality.MUST_NOT, Modality.SHOULD}
ROLES = {Who.PROVIDER, Who.PLATFORM, Who.SUPPORTER, Who.APP_STORE}
#: Roles beside the provider's that a service may have or not.
OTHERS = ROLES - {Who.PROVIDER}

#: Numbers that both the older document and the national standard state.
BOTH = {
    "corpus.illegal_max": "5%",
    "corpus.manual_n": "4000",
    "corpus.manual_pass": "96%",
    "corpus.tech_share": "10%",
    "corpus.tech_pass": "98%",
    "kw.total": "10000",
    "kw.a1": "200",
    "kw.a2": "100",
    "kw.update": "7d",
    "bank.total": "2000",
    "bank.a1a2": "50",
    "bank.a3a5": "20",
    "bank.update": "1m",
    "refuse.bank": "500",
    "refuse.per_risk": "20",
    "nonrefuse.bank": "500",
    "nonrefuse.per_aspect": "20",
    "eval.content_n": "1000",
    "eval.content_pass": "90%",
    "eval.refuse_n": "300",
    "eval.refuse_min": "95%",
    "eval.nonrefuse_n": "300",
    "eval.nonrefuse_max": "5%",
}
#: The other numbers, with the grade that the facts give them.
OTHER = {
    f"{BASIC}/corpus.foreign_max": ("30%", "U"),
    f"{BASIC}/eval.ways": ("3", "U"),
    f"{BASIC}/user.strikes.row": ("3", "X"),
    f"{BASIC}/user.strikes.day": ("5", "X"),
    f"{BASIC}/optout.clicks": ("4", "U"),
    f"{BASIC}/risks.all": ("31", "X"),
    f"{BASIC}/risks.harmful": ("29", "X"),
    f"{BASIC}/risks.words": ("17", "X"),
    f"{BASIC}/annotation.reviewers": ("1", "U"),
    f"{BASIC}/report.signers": ("3", "X"),
    "cn-algorithm-2022/filing.new": ("10wd", "P"),
    "cn-algorithm-2022/filing.change": ("10wd", "P"),
    "cn-algorithm-2022/filing.cancel": ("20wd", "P"),
    "cn-algorithm-2022/filing.authority": ("30wd", "P"),
    "cn-security-assessment-2018/sa2018.report": ("30wd", "U"),
    "cn-labelling-2025/unlabelled.log": ("6m", "Q"),
    "cn-labelling-2025/image.height": ("5%", "Q"),
    "cn-labelling-2025/video.height": ("5%", "X"),
    "cn-labelling-2025/video.seconds": ("2", "X"),
    "cn-labelling-2025/audio.rhythm": ("短长 短短", "Q"),
    "cn-labelling-2025/audio.rate": ("120-160", "Q"),
    "cn-labelling-2025/metadata.labels": ("1", "Q"),
    "cn-labelling-2025/code.length": ("27", "X"),
    "cn-annotation-2025/annotation.per_risk": ("200", "U"),
    "cn-annotation-2025/annotation.safety_share": ("3%", "U"),
    "cn-training-data-2025/data.illegal_max": ("5%", "X"),
    "cn-training-data-2025/data.sample": ("10%", "X"),
    "cn-training-data-2025/data.manual_n": ("4000", "X"),
    "cn-training-data-2025/data.manual_pass": ("96%", "X"),
    "cn-app-method-2019/complaint.answer": ("15wd", "X"),
    "cn-app-method-2019/dsr.answer": ("15wd", "U"),
}
#: Provisions that the facts call unconfirmed; every other one is at least secondary.
UNCONFIRMED = {
    BASIC: {
        "GS-eval.ways",
        "GS-staff",
        "GS-separate",
        "GS-annotation.batch",
        "GS-annotation.safety",
    },
    "cn-deep-synthesis-2023": {
        "DS-9",
        "DS-15.security",
        "DS-17.2",
        "DS-17.4",
        "DS-19.number",
        "DS-20",
    },
    "cn-security-assessment-2018": {*(f"SA-5.{item}" for item in range(1, 9)), "SA-7"},
    "cn-content-ecosystem-2019": {"CE-complaint"},
    "cn-annotation-2025": {"AN-safety"},
    "cn-app-method-2019": {"AM-6.rights"},
}
#: Annex A by name: what each group is about, in the order of its letters.
RISKS = {
    "A.1": "颠覆 国家安全 分裂 恐怖 仇恨 淫秽 虚假有害 其他法律",
    "A.2": "民族 信仰 国别 地域 性别 年龄 职业 健康 其他方面",
    "A.3": "知识产权 商业道德 商业秘密 不正当竞争 其他商业",
    "A.4": "身心健康 肖像 名誉 荣誉 隐私 个人信息 其他合法权益",
    "A.5": "不准确 不可靠",
}
OPINION = {"A.1.a", "A.1.b", "A.1.c", "A.1.g", "A.1.h"}


@pytest.fixture(params=NAMES)
def pack(request: pytest.FixtureRequest) -> Pack:
    return shipped.pack(request.param)


def facts(condition: Condition | None) -> set[str]:
    """Every fact that a condition asks for."""
    if condition is None:
        return set()
    joined = (*condition.all, *condition.any, *condition.none)
    named = {condition.fact} if condition.fact else set()
    return {str(fact) for fact in named}.union(*(facts(each) for each in joined))


def test_a_pack_loads_and_says_what_it_rests_on(pack: Pack) -> None:
    assert pack.provisions
    for instrument in pack.instruments:
        assert instrument.in_force is not None
        assert instrument.issued <= instrument.in_force
        assert "public_prc" in facts(instrument.applies)
    stated = [(one.clause, one.source) for one in pack.provisions]
    stated += [(one.clause, one.source) for one in pack.parameters]
    for clause, source in stated:
        assert clause.zh
        assert source.zh
        assert source.zh != source.en


def test_whom_it_binds_is_told_what_to_do_in_both_languages(pack: Pack) -> None:
    for provision in pack.provisions:
        binds = provision.modality in BINDING and not ROLES.isdisjoint(provision.who)
        assert bool(provision.duties) is binds, provision.id
        for duty in provision.duties:
            assert duty.text.zh != duty.text.en
            for control in duty.controls:
                assert control.text.zh != control.text.en
        if binds and OTHERS.issuperset(provision.who):
            assert provision.applies is not None, f"{provision.id}: which services have the role?"


def test_only_what_the_facts_call_unconfirmed_is_graded_so(pack: Pack) -> None:
    unsure = {one.id for one in pack.provisions if one.grade is Grade.UNCONFIRMED}
    assert unsure == UNCONFIRMED.get(pack.name, set())
    numbers = {one.rule for one in pack.parameters if one.grade is Grade.UNCONFIRMED}
    named = {rule for rule, (_, grade) in OTHER.items() if grade == "U"}
    assert numbers == {rule for rule in named if rule.startswith(f"{pack.name}/")}


def test_every_number_is_named_here(pack: Pack) -> None:
    known = {*OTHER, *(f"{BASIC}/{name}" for name in BOTH)}
    assert {one.rule for one in pack.parameters} <= known


@pytest.mark.parametrize(("rule", "stated"), OTHER.items())
def test_a_number_has_its_value_and_grade(rule: str, stated: tuple[str, str]) -> None:
    found = shipped.parameter(rule)
    assert (found.value, found.grade.value) == stated
    assert found.valid_to is None


@pytest.mark.parametrize(("name", "value"), BOTH.items())
def test_the_older_value_stands_beside_the_newer(name: str, value: str) -> None:
    first = shipped.pack(BASIC).instruments[0].in_force
    assert first == date(2025, 11, 1)
    before = shipped.parameter(f"{BASIC}/{name}", first - timedelta(days=1))
    after = shipped.parameter(f"{BASIC}/{name}", first)
    assert (before.instrument, after.instrument) == (OLDER, NEWER)
    assert (before.value, after.value) == (value, value)
    assert before.grade is after.grade is Grade.SECONDARY
    assert before.source != after.source
    assert "未确认" in after.clause.zh


def test_sizes_are_advice_and_rates_are_not() -> None:
    modality = {one.id: one.modality for one in shipped.pack(BASIC).parameters}
    for name in BOTH:
        sizes = name.startswith(("bank.", "refuse.", "nonrefuse.", "kw.")) and name != "kw.update"
        assert modality[name] is (Modality.SHOULD if sizes else Modality.MUST), name


def test_the_annex_has_thirty_one_risks_by_name() -> None:
    pack = shipped.pack(BASIC)
    risks: dict[str, Provision] = {
        one.id: one for one in pack.provisions if one.article in RISKS and one.item
    }
    expected = {
        f"{group}.{'abcdefghi'[place]}": word
        for group, words in RISKS.items()
        for place, word in enumerate(words.split())
    }
    assert list(risks) == list(expected)
    assert len(risks) == shipped.parameter(f"{BASIC}/risks.all").number
    for name, word in expected.items():
        assert word in risks[name].title.zh, name
        assert risks[name].modality is Modality.DEFINITION
    for slices, groups in (("risks.harmful", "1234"), ("risks.words", "12")):
        counted = [name for name in risks if name[2] in groups]
        assert len(counted) == shipped.parameter(f"{BASIC}/{slices}").number
    assert {name for name, one in risks.items() if one.opinion} == OPINION


def test_nothing_but_those_risks_is_of_opinion(pack: Pack) -> None:
    marked = {one.id for one in pack.provisions if one.opinion}
    assert marked == (OPINION if pack.name == BASIC else set())


def test_taking_identities_is_the_providers_own_and_attested() -> None:
    for pack, name in (
        ("cn-deep-synthesis-2023", "DS-9"),
        ("cn-security-assessment-2018", "SA-5.2"),
    ):
        (duty,) = shipped.pack(pack).provision(name).duties
        assert [control.checks for control in duty.controls] == [("identity.elsewhere",)]


def test_filing_is_for_services_of_public_opinion_with_its_fine() -> None:
    pack = shipped.pack("cn-algorithm-2022")
    for name in ("AR-24.1", "AR-24.2", "AR-24.3", "AR-26", "AR-27"):
        assert facts(pack.provision(name).applies) == {"public_prc", "opinion"}
    assert "CNY 10000-100000" in {one.amount for one in pack.provision("AR-24.1").consequence}
    assert not pack.provision("AR-9.2").consequence  # only the first paragraph is fined


def test_a_standard_that_nobody_read_asks_for_nothing() -> None:
    pack = shipped.pack("cn-genai-compliance-2026")
    assert pack.instrument.text is Text.NOT_READ
    assert pack.instrument.in_force == date(2026, 11, 1)
    assert not list(pack.duties())


def test_the_label_standard_is_the_mandatory_one() -> None:
    forces = {one.id: one.force for one in shipped.pack("cn-labelling-2025").instruments}
    assert forces["gb-45438-2025"] is Force.MANDATORY_STANDARD
    assert forces["cn-labelling-measures-2025"] is Force.BINDING


def test_references_within_these_packs_lead_somewhere(pack: Pack) -> None:
    for provision in pack.provisions:
        for name, _, target in (one.partition("/") for one in provision.related):
            if name in NAMES:
                assert shipped.pack(name).provision(target)


@pytest.mark.parametrize(
    ("pack", "name"),
    [
        ("cn-algorithm-2022", "AR-28.log"),
        ("cn-deep-synthesis-2023", "DS-16.log"),
        ("cn-security-assessment-2018", "SA-5.3"),
    ],
)
def test_keeping_logs_is_shown_by_their_age_and_not_by_what_was_deleted(
    pack: str, name: str
) -> None:
    (duty,) = shipped.pack(pack).provision(name).duties
    checks = {check for control in duty.controls for check in control.checks}
    assert "records.age" in checks
    assert "retention.kept" not in checks


def test_label_papers_go_with_every_kind_of_filing_and_assessment() -> None:
    one = shipped.pack("cn-labelling-2025").provision("LM-12")
    assert facts(one.applies) == {"public_prc", "opinion", "companion", "biometric_editing"}
