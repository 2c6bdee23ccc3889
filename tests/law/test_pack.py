"""Packs are checked against one schema, and errors name file and field."""

from datetime import date
from typing import Any

import pytest
import yaml

from hegui.law import Grade, LawError, Modality, Unit
from hegui.law.pack import read

GOOD: dict[str, Any] = {
    "schema": 1,
    "pack": "cn-test-2026",
    "version": "2026.1",
    "instrument": {
        "id": "cn-test-2026",
        "title": {"zh": "测试办法", "en": "Test Measures"},
        "number": "",
        "issued": date(2026, 1, 1),
    },
    "parameters": [
        {
            "id": "answer",
            "clause": "Art. 3",
            "modality": "must",
            "value": "10wd",
            "valid_from": date(2026, 1, 1),
            "valid_to": date(2026, 6, 30),
            "grade": "P",
            "source": "read",
        },
        {
            "id": "answer",
            "clause": "Art. 3",
            "modality": "should",
            "value": "5wd",
            "valid_from": date(2026, 7, 1),
            "grade": "U",
            "source": "heard",
        },
    ],
}


def wrong(data: bytes) -> LawError:
    with pytest.raises(LawError) as caught:
        read(data, name="cn-test-2026", file="house.yaml")
    assert caught.value.code == "pack_malformed"
    assert "house.yaml" in caught.value.en
    assert "house.yaml" in caught.value.zh
    return caught.value


def dumped(change: Any) -> bytes:
    pack = yaml.safe_load(yaml.safe_dump(GOOD))
    change(pack)
    return yaml.safe_dump(pack, allow_unicode=True).encode()


def test_a_pack_reads_whole() -> None:
    pack = read(dumped(lambda _pack: None), name="cn-test-2026", file="house.yaml")
    assert pack.instrument.title.zh == "测试办法"
    first, second = pack.parameters
    assert (first.rule, first.modality, first.grade) == (
        "cn-test-2026/answer",
        Modality.MUST,
        Grade.READ,
    )
    assert (second.span.count, second.span.unit) == (5, Unit.WORKING_DAY)
    assert second.instrument == "cn-test-2026"
    assert first.valid(date(2026, 6, 30))
    assert not first.valid(date(2026, 7, 1))
    assert not first.valid(date(2025, 12, 31))
    assert second.valid(date(2099, 1, 1))


@pytest.mark.parametrize(
    ("change", "place"),
    [
        (lambda p: p.update(schema=2), "$.schema"),
        (lambda p: p.update(pack="other"), "$.pack"),
        (lambda p: p.update(extra=1), "extra"),
        (lambda p: p.pop("version"), "version"),
        (lambda p: p["instrument"].update(issued="soon"), "$.instrument.issued"),
        (lambda p: p["instrument"]["title"].pop("zh"), "zh"),
        (lambda p: p["parameters"][1].update(grade="A"), "$.parameters[1].grade"),
        (lambda p: p["parameters"][0].update(modality="may"), "$.parameters[0].modality"),
        (lambda p: p["parameters"][0].update(value=15), "$.parameters[0].value"),
        (lambda p: p["parameters"][0].update(clause=""), "$.parameters[0].clause"),
        (lambda p: p["parameters"][0].update(id="Two Words"), "$.parameters[0].id"),
        (
            lambda p: p["parameters"][0].update(valid_to=date(2025, 1, 1)),
            "$.parameters[0].valid_to",
        ),
        (lambda p: p["parameters"][0].update(valid_to=date(2026, 7, 1)), "$.parameters"),
        (lambda p: p["parameters"][0].pop("valid_to"), "$.parameters"),
    ],
)
def test_a_wrong_field_is_named(change: Any, place: str) -> None:
    assert place in wrong(dumped(change)).en


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"pack: [unclosed", "line 1"),
        (b"a: 1\n  b: 2", "line 2"),
        (b"!!python/object:os.system {}", "python/object"),
        (b"\xff\xfe\x00", "house.yaml"),
        (b"", "object"),
        (b"- a list", "object"),
    ],
)
def test_what_is_no_pack_is_told_so(data: bytes, said: str) -> None:
    assert said in wrong(data).en
