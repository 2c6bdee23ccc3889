"""The sheets, opened with openpyxl, and the same for programs."""

import io
import json
from datetime import datetime
from typing import Any

import openpyxl
import pytest
from tests.duties.export.sample import NOTE, NOW

from hegui.duties.export import FORMATS, Material
from hegui.duties.export.told import moment

Rows = list[dict[str, Any]]


@pytest.fixture(scope="module")
def book(measures: Material) -> Any:
    return openpyxl.load_workbook(io.BytesIO(FORMATS["xlsx"].make(measures, "zh")))


@pytest.fixture(scope="module")
def data(material: Material) -> Any:
    return json.loads(FORMATS["json"].make(material, "en"))


def _rows(book: Any, sheet: str) -> list[tuple[Any, ...]]:
    return list(book[sheet].iter_rows(values_only=True))


def test_the_sheets(book: Any) -> None:
    assert book.sheetnames == [
        *("说明", "义务", "检查与证明", "账本条目", "数字", "状态变化", "规则包"),
        "不适用或不能用的规则包",
    ]
    cover = {row[0]: row[1] for row in _rows(book, "说明") if row[0]}
    assert cover["账本检查点"] == NOTE.rstrip("\n")
    assert cover["状态截至（北京时间）"] == moment(NOW).replace(tzinfo=None)


def test_every_duty_is_a_row(book: Any, measures: Material) -> None:
    rows = _rows(book, "义务")[1:]
    assert [row[0] for row in rows] == [one.ref for one in measures.standing.duties]
    assert {row[5].split()[1] for row in rows} >= {"已满足", "未满足", "不适用", "需要人办理"}
    assert all(isinstance(row[6], datetime) for row in rows)


def test_every_check_and_attestation_is_a_row(data: Any, material: Material) -> None:
    rows: Rows = data["checks"]
    controls = [one for duty in material.standing.duties for one in duty.controls]
    assert len(rows) == sum(len(one.checks) + one.wants for one in controls)
    signed = next(one for one in rows if one["signer"])
    assert (signed["true_on"], signed["expires"]) == ("2026-11-01", "2027-10-31")
    assert signed["file"] == "ab" * 32
    assert signed["found"].startswith("=HYPERLINK")
    held = next(one for one in rows if one["check"] == "words.size")
    assert "10000" in held["asked"]
    assert "cn-basic-security-2025/kw.total" in held["rules"]


def test_a_formula_that_somebody_attested_is_text(book: Any) -> None:
    found = [row[6] for row in _rows(book, "检查与证明") if "HYPERLINK" in str(row[6])]
    assert found
    assert found[0] == "=HYPERLINK(1) 已核对。\nLooked at it."


def test_entries_have_their_leaf(data: Any) -> None:
    rows: Rows = data["entries"]
    placed = [one for one in rows if one["leaf"]]
    assert all(int(one["leaf"], 16) == one["index"] for one in placed)
    assert {one["index"] for one in rows if not one["leaf"]} == {"pending"}
    assert {one["side"] for one in rows} == {"for", "against"}


def test_every_number_is_a_row(data: Any, material: Material) -> None:
    rows: Rows = data["numbers"]
    assert len(rows) == sum(len(pack.parameters) for pack in material.book.packs)
    answer = next(one for one in rows if one["parameter"] == "cn-app-method-2019/complaint.answer")
    assert (answer["value"], answer["grade"]) == ("15wd", "X")


def test_states_are_codes_for_programs(data: Any, material: Material) -> None:
    statuses = {one["duty"]: one["status"] for one in data["duties"]}
    assert statuses == {one.ref: one.status.value for one in material.standing.duties}
    assert data["changes"][0] | {"control": "", "check": ""} == {
        "at": "2026-11-22T01:00:00Z",
        "duty": material.standing.duties[0].ref,
        "was": "met",
        "status": "not_met",
        "control": "",
        "check": "",
    }
    assert {one["fingerprint"] for one in data["packs"]} == {
        one.fingerprint for one in material.standing.packs
    }
