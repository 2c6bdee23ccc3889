"""Packs are checked against one schema, and errors name file, field and line."""

from copy import deepcopy
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
import yaml

from hegui.law import Grade, LawError, Modality, Unit, yaml_file
from hegui.law.pack import Pack, read
from hegui.law.provision import Force, Who

W = {"zh": "字", "en": "word"}
GOOD: dict[str, Any] = {
    "schema": 2,
    "pack": "cn-test-2026",
    "version": "2026.1",
    "title": {"zh": "测试", "en": "Test"},
    "instruments": [
        {
            "id": "cn-test-measures",
            "title": {"zh": "测试办法", "en": "Test Measures"},
            "short": W,
            "issued": date(2026, 1, 1),
            "in_force": date(2026, 2, 1),
            "force": "binding",
            "text": "read",
            "applies": {"fact": "public_prc", "is": True},
        },
        {
            "id": "cn-test-draft",
            "title": W,
            "short": W,
            "issued": date(2025, 1, 1),
            "force": "draft",
            "text": "quoted",
        },
    ],
    "provisions": [
        {
            "id": "T-1",
            "article": "1",
            "clause": W,
            "title": W,
            "text": W,
            "who": ["provider"],
            "modality": "must",
            "grade": "P",
            "source": W,
            "duties": [
                {
                    "id": "T-1",
                    "text": W,
                    "evidence": W,
                    "controls": [{"id": "one", "text": W, "checks": ["agreement.accepted"]}],
                }
            ],
        },
        {
            "id": "D-1",
            "instrument": "cn-test-draft",
            "article": "1",
            "clause": W,
            "title": W,
            "text": W,
            "who": ["provider"],
            "modality": "must",
            "grade": "P",
            "source": W,
            "became": [
                {
                    "change": "kept",
                    "to": "cn-test-2026/T-1",
                    "topic": "as-it-was",
                    "what": W,
                    "why": W,
                }
            ],
        },
    ],
    "parameters": [
        {
            "id": "answer",
            "clause": {"zh": "第三条", "en": "Art. 3"},
            "text": W,
            "modality": "must",
            "value": "10wd",
            "valid_from": date(2026, 1, 1),
            "valid_to": date(2026, 6, 30),
            "grade": "P",
            "source": W,
        },
        {
            "id": "answer",
            "instrument": "cn-test-draft",
            "clause": W,
            "text": W,
            "modality": "should",
            "value": "5wd",
            "valid_from": date(2026, 7, 1),
            "grade": "U",
            "source": W,
        },
    ],
}


def dumped(change: Any = lambda _pack: None) -> bytes:
    pack = deepcopy(GOOD)
    change(pack)
    # Without aliases, which packs don't take.
    plain = type("Plain", (yaml.SafeDumper,), {"ignore_aliases": lambda *_: True})
    return yaml.dump(pack, Dumper=plain, allow_unicode=True, sort_keys=False).encode()


def good(change: Any = lambda _pack: None) -> Pack:
    return read(dumped(change), name="cn-test-2026", file="house.yaml")


def wrong(data: bytes) -> str:
    with pytest.raises(LawError) as caught:
        read(data, name="cn-test-2026", file="house.yaml")
    assert caught.value.code == "pack_malformed"
    assert "house.yaml" in caught.value.en
    assert "house.yaml" in caught.value.zh
    return caught.value.en


def test_a_pack_reads_whole() -> None:
    pack = good()
    assert pack.instrument.title.zh == "测试办法"
    first, second = pack.parameters
    assert (first.rule, first.modality, first.grade) == (
        "cn-test-2026/answer",
        Modality.MUST,
        Grade.READ,
    )
    assert (second.span.count, second.span.unit) == (5, Unit.WORKING_DAY)
    assert (first.instrument, second.instrument) == ("cn-test-measures", "cn-test-draft")
    assert first.valid(date(2026, 6, 30))
    assert not first.valid(date(2026, 7, 1))
    assert not first.valid(date(2025, 12, 31))
    assert second.valid(date(2099, 1, 1))


def test_provisions_know_their_instrument_and_duties_their_provision() -> None:
    pack = good()
    own, draft = pack.provisions
    assert pack.instrument_of(own).force is Force.BINDING
    assert pack.instrument_of(draft).force is Force.DRAFT
    assert own.who == (Who.PROVIDER,)
    assert [(one.id, duty.id) for one, duty in pack.duties()] == [("T-1", "T-1")]
    assert pack.provision("D-1") is draft
    with pytest.raises(LawError) as caught:
        pack.provision("D-2")
    assert caught.value.code == "provision_unknown"


def test_a_fingerprint_is_of_what_is_said_and_not_of_how_it_is_laid_out() -> None:
    data = dumped()
    plain = read(data, file="a.yaml")
    again = read(b"# a comment\n" + data.replace(b"schema: 2", b"schema:   2"), file="b.yaml")
    other = good(lambda p: p["provisions"][0]["text"].update(en="words"))
    assert plain.fingerprint == again.fingerprint != other.fingerprint


@pytest.mark.parametrize(
    ("value", "number"), [("96%", "0.96"), ("4000", "4000"), ("0", "0"), ("2.5", "2.5")]
)
def test_a_number_is_a_number(value: str, number: str) -> None:
    pack = good(lambda p: p["parameters"][0].update(value=value))
    assert pack.parameters[0].number == Decimal(number)


@pytest.mark.parametrize("value", ["15wd", "22:00-06:00", "-1", "1e3", "٣", "5 %"])
def test_what_is_no_number_is_told_so(value: str) -> None:
    pack = good(lambda p: p["parameters"][0].update(value=value))
    with pytest.raises(LawError) as caught:
        _ = pack.parameters[0].number
    assert caught.value.code == "number_malformed"


@pytest.mark.parametrize(
    ("change", "place"),
    [
        (lambda p: p.update(schema=1), "$.schema"),
        (lambda p: p.update(pack="other"), "$.pack"),
        (lambda p: p.update(extra=1), "extra"),
        (lambda p: p.pop("version"), "version"),
        (lambda p: p["instruments"].clear(), "$.instruments"),
        (lambda p: p["instruments"][1].update(id="cn-test-measures"), "$.instruments"),
        (lambda p: p["instruments"][0].update(issued="soon"), "$.instruments[0].issued"),
        (lambda p: p["instruments"][0]["title"].pop("zh"), "zh"),
        (lambda p: p["instruments"][0]["applies"].update(has="x"), "$.instruments[0].applies"),
        (lambda p: p["instruments"][0]["applies"].pop("is"), "$.instruments[0].applies"),
        (lambda p: p["instruments"][0].update(applies={"all": []}), "$.instruments[0].applies"),
        (lambda p: p["parameters"][1].update(grade="A"), "$.parameters[1].grade"),
        (lambda p: p["parameters"][0].update(modality="may"), "$.parameters[0].modality"),
        (lambda p: p["parameters"][0].update(modality="right"), "$.parameters[0].modality"),
        (lambda p: p["parameters"][0].update(value=15), "$.parameters[0].value"),
        (lambda p: p["parameters"][0]["clause"].update(zh=""), "$.parameters[0].clause.zh"),
        (lambda p: p["parameters"][0].update(id="Two Words"), "$.parameters[0].id"),
        (lambda p: p["parameters"][0].update(instrument="no"), "$.parameters[0].instrument"),
        (
            lambda p: p["parameters"][0].update(valid_to=date(2025, 1, 1)),
            "$.parameters[0].valid_to",
        ),
        (lambda p: p["parameters"][0].update(valid_to=date(2026, 7, 1)), "$.parameters"),
        (lambda p: p["parameters"][0].pop("valid_to"), "$.parameters"),
        (lambda p: p["provisions"][0].update(who=[]), "$.provisions[0].who"),
        (lambda p: p["provisions"][0].update(item=1), "$.provisions[0].item"),
        (lambda p: p["provisions"][1].update(wider=True), "$.provisions[1].wider"),
        (lambda p: p["provisions"][0].update(modality="right"), "$.provisions[0].duties"),
        (lambda p: p["provisions"][1].update(instrument="no"), "$.provisions[1].instrument"),
        (lambda p: p["provisions"][1].update(id="T-1"), "$.provisions"),
        (lambda p: p["provisions"][1].pop("instrument"), "$.provisions[1].became"),
        (
            lambda p: p["provisions"][0].update(instrument="cn-test-draft"),
            "$.provisions[0].duties",
        ),
        (lambda p: p["provisions"][0]["duties"][0]["controls"].clear(), "duties[0].controls"),
        (lambda p: p["provisions"][1]["became"][0].update(to="T-1"), "became[0].to"),
        (
            lambda p: p["provisions"][0]["duties"][0]["controls"][0].update(renew="monthly"),
            "$.provisions[0].duties[0].controls[0].renew",
        ),
    ],
)
def test_a_wrong_field_is_named(change: Any, place: str) -> None:
    assert place in wrong(dumped(change))


@pytest.mark.parametrize(
    ("change", "zh", "en"),
    [
        (
            lambda p: p["provisions"][0].update(modality="perhaps"),
            "这里是“perhaps”，应为：must、must_not、should、right、power、definition",
            "it is the text “perhaps”; it has to be: must, must_not, should, right, power",
        ),
        (
            lambda p: p["provisions"][0].update(colour=1),
            "没有名为“colour”的字段",
            "there is no field 'colour'. There are: id, instrument, article",
        ),
        (
            lambda p: p["provisions"][0].update(clauses=1),
            "是不是 clause？",
            "Is it clause?",
        ),
        (
            lambda p: p["provisions"][0].update(article=9),
            "这里是数字“9”，应为：1 至 4000 个字的文字，数字要加引号",
            "it is the number “9”; it has to be: a text of 1 to 4000 characters, a number in",
        ),
        (
            lambda p: p["provisions"][0].pop("who"),
            "缺少字段 who，应为：至少一项的列表，每项为：provider、user",
            "the field who is missing; it has to be: a list of at least one, each of which is:",
        ),
        (
            lambda p: p["provisions"][0].update(id="two words"),
            "这里是“two words”，应为：由字母和数字组成的名称",
            "it has to be: a name of letters and digits",
        ),
        (
            lambda p: p["provisions"][0].update(valid_from="soon"),
            "应为：日期，如 2026-01-31",
            "it has to be: a day, such as 2026-01-31",
        ),
        (
            lambda p: p["instruments"][0].update(issued="2026-02-30"),
            "这里是“2026-02-30”，应为：日期",
            "it is the text “2026-02-30”; it has to be: a day",
        ),
        (
            lambda p: p["provisions"][0].update(opinion=[1]),
            "这里是列表，应为：true 或 false",
            "it is a list; it has to be: true or false",
        ),
        (
            lambda p: p["instruments"][0].update(applies={"fact": "news", "is": 3}),
            "应为：true 或 false，或者文字",
            "it has to be: true or false, or a text",
        ),
        (
            lambda p: p["instruments"][0].update(applies={"all": []}),
            "每个条件须有",
            "a condition has exactly one of",
        ),
        (
            lambda p: p["provisions"][0]["duties"][0]["controls"][0].update(renew="Monthly"),
            "“Monthly”不是期限",
            "'Monthly' is no span",
        ),
        (lambda p: p["parameters"][0].update(modality="right"), "应为：must", "it is “right”"),
        (lambda p: p.update({7: 8}), "字段名不是文字", "no text"),
    ],
)
def test_what_stands_there_and_what_is_allowed_are_told_in_both_languages(
    change: Any, zh: str, en: str
) -> None:
    with pytest.raises(LawError) as caught:
        read(dumped(change), file="house.yaml")
    assert zh in caught.value.zh
    assert en in caught.value.en
    assert " 行 $" in caught.value.zh
    for word in ("Expected", "Object", "Invalid", "`"):
        assert word not in caught.value.zh + caught.value.en


def test_the_line_of_what_is_wrong_is_named() -> None:
    data = dumped(lambda p: p["parameters"][1].update(grade="A"))
    line = 1 + data.decode().split("\n").index("  grade: A")
    assert f"line {line}" in wrong(data)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"pack: [unclosed", "line 1"),
        (b"a: 1\n  b: 2", "line 2"),
        (b"!!python/object:os.system {}", "python/object"),
        (b"\xff\xfe\x00", "house.yaml"),
        (b"", "it is empty; it has to be: fields: schema, pack"),
        (b"- a list", "it is a list; it has to be: fields: schema, pack"),
        (b"a: 1\na: 2", "stands twice"),
        (b"a: &x [1]\nb: *x", "alias"),
        (b"[" * 30 + b"]" * 30, "deeper"),
        (b"#" * 4_194_305, "bytes"),
        (b"? [a]\n: 1", "house.yaml"),
        (b"? {a: 1}\n: 1", "house.yaml"),
        (b"a: !!bool x", "it has a tag"),
        (b"a: !!int ''", "it has a tag"),
        (b"- !!map [1]", "it has a tag"),
    ],
)
def test_what_is_no_pack_is_told_so(data: bytes, said: str) -> None:
    assert said in wrong(data)


def test_what_looks_like_a_time_is_text() -> None:
    # In sixties, as YAML 1.1 has it, the last would be past every float and take hours to read.
    data = b"a: 22:30\nb: 1:30.5\nc: 1" + b":1" * 500_000 + b".5"
    content = yaml_file.load(data, "house.yaml").content
    assert (content["a"], content["b"]) == ("22:30", "1:30.5")
    assert len(content["c"]) == 1_000_003
