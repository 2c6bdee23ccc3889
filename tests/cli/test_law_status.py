"""``hegui law status``, ``attest`` and ``withdraw-attestation``."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from tests.cli.conftest import Hegui
from tests.law.packs import text

from hegui.world import BEIJING

TODAY = datetime.now(UTC).astimezone(BEIJING).date()


@pytest.fixture
def acme(hegui: Hegui, tmp_path: Path) -> str:
    """A pack whose one duty is shown by an attestation alone, and somebody to sign."""
    path = tmp_path / "acme.yaml"
    path.write_bytes(text("acme", checks=("labels.text",)))
    assert hegui("law", "import", str(path), "--yes").code == 0
    assert hegui("staff", "add", "li", "--role", "officer").code == 0
    return "acme/second"


def _attest(hegui: Hegui, control: str, *more: str) -> list[str]:
    expires = TODAY + timedelta(days=200)
    return [
        *("law", "attest", control, "--statement", "we looked at it", "--as", "li"),
        *("--true-on", f"{TODAY}", "--expires", f"{expires}", *more),
    ]


def test_every_duty_is_told_with_what_it_rests_on(hegui: Hegui) -> None:
    document = hegui("law", "status", "--json").document
    assert len(document["duties"]) == sum(document["counts"].values())
    assert document["profile"] is None
    assert {one["name"] for one in document["packs"]} >= {"cn-genai-measures-2023", "own"}
    said = hegui("law", "status").out
    assert "hegui law scope" in said
    assert "✎ 需要人办理 needs a person" in said


def test_an_article_and_a_status_are_chosen(hegui: Hegui) -> None:
    ran = hegui(*("law", "status", "--pack", "cn-genai-measures-2023", "--article", "9", "--json"))
    duties = ran.document["duties"]
    assert {one["article"] for one in duties} == {"9"}
    assert {one["duty"].partition("/")[0] for one in duties} == {"cn-genai-measures-2023"}
    none = hegui("law", "status", "--status", "overdue")
    assert (none.code, "没有这样的义务" in none.out) == (0, True)


def test_it_exits_with_1_where_a_duty_is_not_met(hegui: Hegui, tmp_path: Path) -> None:
    path = tmp_path / "bad.yaml"
    path.write_bytes(text("bad", checks=("screen.proven",)))  # and nobody proved it
    hegui("law", "import", str(path), "--yes")
    ran = hegui("law", "status", "--pack", "bad")
    assert ran.code == 1
    assert "▲ 未满足 not met" in ran.out
    assert hegui("law", "status", "--pack", "bad", "--status", "met").code == 0


def test_an_attestation_turns_its_duty_and_its_withdrawal_back(
    hegui: Hegui, acme: str, sequenced: Callable[[], int], tmp_path: Path
) -> None:
    show = ("law", "status", "--pack", "acme")
    assert "须有人签署证明：acme/second" in hegui(*show).out
    (tmp_path / "minutes.txt").write_text("minutes")
    made = hegui(*_attest(hegui, acme, "--file", str(tmp_path / "minutes.txt")), "--json").document
    assert (made["control"], made["signer"], made["current"]) == (acme, "li", True)
    waits = hegui(*show)  # while nothing gives entries their place
    assert "✎ 还有 3 条留痕等待定序，以上状态没有计入" in waits.out
    assert "hegui run" in waits.out
    assert hegui(*show, "--json").document["pending"] == 3
    sequenced()
    assert "等待定序" not in hegui(*show).out
    assert "● 已满足 met" in hegui(*show).out
    (duty,) = hegui(*show, "--json").document["duties"]
    assert duty["status"] == "met"
    assert duty["controls"][1]["attestation"]["id"] == made["id"]
    assert duty["due"] is not None
    back = hegui("law", "withdraw-attestation", made["id"], "--reason", "not so", "--json")
    assert back.document == {"id": made["id"], "control": acme, "withdrawn": True}
    sequenced()
    assert hegui(*show, "--json").document["duties"][0]["status"] == "needs_person"


@pytest.mark.parametrize(
    ("more", "code"),
    [
        (("--as", "nobody"), "staff_unknown"),
        (("--expires", "tomorrow"), "day_malformed"),
        (("--true-on", "2026-02-30"), "day_malformed"),
        (("--true-on", "2999-01-01"), "attestation_true_on"),
        (("--statement", "short"), "attestation_statement"),
        (("--file", "none.pdf"), "file_unreadable"),
    ],
)
def test_what_does_not_hold_is_refused(
    hegui: Hegui, acme: str, more: tuple[str, ...], code: str
) -> None:
    ran = hegui(*_attest(hegui, acme, *more))
    assert (ran.code, ran.err.partition(":")[0]) == (2, code)


def test_one_who_is_disabled_signs_nothing(hegui: Hegui, acme: str) -> None:
    hegui("staff", "add", "other", "--role", "owner")
    hegui("staff", "disable", "li")
    assert hegui(*_attest(hegui, acme)).err.startswith("staff_unknown")
    ran = hegui("law", "withdraw-attestation", "0" * 32, "--reason", "not so")
    assert ran.err.startswith("attestation_unknown")
