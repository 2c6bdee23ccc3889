"""``hegui law scope`` and ``hegui law licences``: recorded, shown, asked for in a terminal."""

import io
import json
from pathlib import Path

import pytest
from tests.cli.conftest import Hegui

from hegui.cli import law_scope_ask
from hegui.cli.columns import width
from hegui.law.scope import facts

CHAT = {"public_prc": True, "model_route": "filed_api", "outputs": ["text"], "sectors": []}
ICP = ("telecom", "ICP-1", "--scope", "a chat", "--holder", "Example Ltd")


class Terminal(io.StringIO):
    """Somebody who types."""

    def isatty(self) -> bool:
        return True


def types(monkeypatch: pytest.MonkeyPatch, *lines: str) -> None:
    monkeypatch.setattr("sys.stdin", Terminal("".join(f"{line}\n" for line in lines)))


def answered(*known: tuple[str, str]) -> list[str]:
    """A line for every question: what is known, and Enter for the rest."""
    by = dict(known)
    return [by.get(name, "") for name in facts()]


@pytest.mark.parametrize("suffix", ["json", "yaml"])
def test_answers_of_a_file_are_recorded_and_shown(hegui: Hegui, suffix: str) -> None:
    Path(f"a.{suffix}").write_text(json.dumps(CHAT), encoding="utf-8")
    ran = hegui("law", "scope", "--answers", f"a.{suffix}", "--json")
    assert ran.code == 1  # much is unknown yet
    made = ran.document
    assert made["answers"] == CHAT
    needed = {one["id"]: one["applies"]["answer"] for one in made["routes"]}
    assert needed["registration"] is True
    assert needed["algorithm-filing"] is None
    assert made["applying"] > 0
    assert {one["change"] for one in made.pop("answer_changes")} == {"added"}
    again = hegui("law", "scope", "--json").document
    assert again == made
    text = hegui("law", "scope").out
    assert "● 需要 needed" in text
    assert "生成式人工智能服务登记" in text
    assert "Not answered yet: whether it has public-opinion" in text


def test_what_a_file_of_answers_adds_changes_and_drops_is_told(hegui: Hegui) -> None:
    Path("a.json").write_text(json.dumps(CHAT), encoding="utf-8")
    hegui("law", "scope", "--answers", "a.json")
    second = {"public_prc": False, "outputs": ["text"], "trains": True}
    Path("b.json").write_text(json.dumps(second), encoding="utf-8")
    ran = hegui("law", "scope", "--answers", "b.json")
    assert ran.out.splitlines()[0] == "答案 answers: 去掉 dropped 2, 改了 changed 1, 新增 added 1"
    assert "  - 模型的来路：" in ran.out
    assert "whether it is offered to the public in the mainland: yes → no" in ran.out
    assert all(width(line) <= 80 for line in ran.out.splitlines())
    told = hegui("law", "scope", "--answers", "a.json", "--json").document["answer_changes"]
    assert [(one["change"], one["fact"]) for one in told] == [
        ("dropped", "trains"),
        ("changed", "public_prc"),
        ("added", "sectors"),
        ("added", "model_route"),
    ]
    same = hegui("law", "scope", "--answers", "a.json")
    assert same.out.startswith("答案没有变化 the answers are what they were")


def test_before_the_first_record_it_says_how_to_begin(hegui: Hegui) -> None:
    ran = hegui("law", "scope")
    assert ran.code == 2
    assert ran.err.startswith("scope_unanswered: ")


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ("publik: true", "fact_unknown"),
        ("public_prc: maybe", "answer_kind"),
        ("minors: some", "option_unknown"),
        ("- 1", "answers_unreadable"),
        ("a: [", "answers_unreadable"),
        (None, "answers_file"),
        ("#" * (1 << 20) + "#", "answers_file"),
    ],
)
def test_a_file_that_can_not_be_used_records_nothing(
    hegui: Hegui, content: str | None, code: str
) -> None:
    if content is not None:
        Path("a.yaml").write_text(content, encoding="utf-8")
    ran = hegui("law", "scope", "--answers", "a.yaml")
    assert ran.code == 2
    assert ran.err.startswith(f"{code}: ")
    assert hegui("law", "scope").err.startswith("scope_unanswered")


def test_questions_come_one_by_one_and_defaults_stay(
    hegui: Hegui, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = answered(("public_prc", "y"), ("outputs", "1, image"), ("sectors", "0"))
    types(monkeypatch, *lines)
    ran = hegui("law", "scope", "--ask", "--json")
    assert ran.document["answers"] == {
        "public_prc": True,
        "outputs": ["text", "image"],
        "sectors": [],
    }
    assert "Can the public in the Chinese mainland use this service?" in ran.err
    types(monkeypatch, *answered(("provider_place", "2"), ("public_prc", "-")))
    made = hegui("law", "scope", "--ask", "--json").document["answers"]
    assert made == {"provider_place": "abroad", "outputs": ["text", "image"], "sectors": []}


def test_back_help_and_a_wrong_answer_ask_again(
    hegui: Hegui, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, *rest = answered()
    types(monkeypatch, "<", "?", "perhaps", "y", "7", "abroad", "<", "1", *rest[1:], first)
    ran = hegui("law", "scope", "--ask", "--json")
    assert ran.document["answers"] == {"public_prc": True, "provider_place": "prc"}
    assert "answer_kind" not in ran.err
    assert "has to be true or false" in ran.err
    assert "The public is anybody outside" in ran.err


def test_moot_questions_are_passed_over(hegui: Hegui, monkeypatch: pytest.MonkeyPatch) -> None:
    moot = {"sensitive_data", "people", "exports_data"}
    lines = ["n" if name == "personal_data" else "" for name in facts() if name not in moot]
    types(monkeypatch, *lines)
    ran = hegui("law", "scope", "--ask", "--json")
    assert ran.document["answers"] == {"personal_data": False}
    assert "敏感个人信息吗" not in ran.err


def test_an_early_end_and_a_pipe_record_nothing(
    hegui: Hegui, monkeypatch: pytest.MonkeyPatch
) -> None:
    types(monkeypatch, "y", "1")
    assert hegui("law", "scope", "--ask").err.splitlines()[-1].startswith("ask_ended: ")
    monkeypatch.setattr("sys.stdin", io.StringIO("y\n"))
    assert hegui("law", "scope", "--ask").err.startswith("ask_no_terminal: ")
    assert hegui("law", "scope").code == 2
    assert law_scope_ask._BACK == "<"


def test_licences_are_entered_replaced_withdrawn_and_listed(hegui: Hegui) -> None:
    Path("paper.pdf").write_bytes(b"paper")
    made = hegui(
        "law", "licences", "add", *ICP, "--expires", "2030-01-31", "--file", "paper.pdf", "--json"
    ).document
    assert (made["number"], made["expires"], made["file"] is None) == ("ICP-1", "2030-01-31", False)
    new = hegui("law", "licences", "replace", made["id"], *ICP, "--json").document
    assert (new["expires"], new["file"]) == (None, made["file"])
    listed = hegui("law", "licences", "list", "--json").document["licences"]
    assert [one["id"] for one in listed] == [new["id"]]
    gone = hegui("law", "licences", "list", "--gone", "--json").document["licences"]
    assert [(one["id"], one["replaced_by"]) for one in gone] == [(made["id"], new["id"])]
    assert "ICP-1" in hegui("law", "licences", "list").out
    assert hegui("law", "licences", "withdraw", new["id"]).code == 0
    assert hegui("law", "licences", "list", "--json").document == {"licences": []}


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("add", "king", *ICP[1:]), "licence_malformed"),
        (("add", *ICP, "--issued", "tomorrow"), "licence_malformed"),
        (("add", *ICP, "--file", "nowhere.pdf"), "evidence_unreadable"),
        (("add", "telecom"), "command_wrong"),
        (("add", "filed-model", *ICP[1:]), "licence_malformed"),
        (("add", *ICP, "--issued", "2999-01-01"), "licence_malformed"),
        (("withdraw", "0" * 32), "licence_unknown"),
        (("replace", "x", *ICP), "licence_unknown"),
    ],
)
def test_what_can_not_be_entered_is_said(hegui: Hegui, words: tuple[str, ...], code: str) -> None:
    ran = hegui("law", "licences", *words)
    assert ran.code == 2
    assert ran.err.startswith(f"{code}: ")
