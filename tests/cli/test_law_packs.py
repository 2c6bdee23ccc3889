"""``hegui law packs|show|import|withdraw|coming``."""

import io
from pathlib import Path

import msgspec
import pytest
from tests.cli.conftest import Hegui
from tests.law.packs import text

from hegui.checks import CHECKS
from hegui.cli.columns import width
from hegui.law import shipped_book
from hegui.law.scope import facts


def _file(folder: Path, **named: object) -> str:
    path = folder / "acme.yaml"
    path.write_bytes(text("acme", **named))  # type: ignore[arg-type]
    return str(path)


def test_the_packs_in_force_are_listed(hegui: Hegui) -> None:
    listed = hegui("law", "packs", "--json").document["packs"]
    assert [one["name"] for one in listed] == [pack.name for pack in shipped_book().packs]
    assert {one["origin"] for one in listed} == {"shipped"}
    measures = next(one for one in listed if one["name"] == "cn-genai-measures-2023")
    assert measures["fingerprint"] == shipped_book().pack(measures["name"]).fingerprint
    assert (measures["applies"], bool(measures["reasons"])) == (None, True)
    said = hegui("law", "packs").out
    assert "生成式人工智能服务管理暂行办法" in said
    assert "未答 not answered" in said


def test_a_pack_is_told_in_our_words(hegui: Hegui) -> None:
    pack = shipped_book().pack("cn-app-method-2019")
    document = hegui("law", "show", pack.name, "--json").document
    assert (document["name"], document["fingerprint"]) == (pack.name, pack.fingerprint)
    assert len(document["provisions"]) == len(pack.provisions)
    said = hegui("law", "show", pack.name).out
    (number, *_) = pack.parameters
    for part in (number.value, f"[{number.grade.value}]", number.clause.zh, pack.title.zh):
        assert part in said


def test_one_provision_is_told_with_its_duties(hegui: Hegui) -> None:
    one = shipped_book().provision("cn-genai-measures-2023/GM-9.2")
    document = hegui("law", "show", "cn-genai-measures-2023", "GM-9.2", "--json").document
    assert (document["id"], document["article"]) == ("GM-9.2", "9")
    said = _flat(hegui("law", "show", "cn-genai-measures-2023", "GM-9.2").out)
    for duty in one.duties:
        assert _flat(duty.text.zh) in said
        assert _flat(duty.text.en) in said
        for control in duty.controls:
            assert control.id in said
    assert _flat(one.source.en) in said


def _flat(text: str) -> str:
    """Without the spaces by which lines are wrapped."""
    return "".join(text.split())


@pytest.mark.parametrize(
    "words",
    [
        *(("packs",), ("coming",), ("checks",), ("facts",), ("show", "own"), ("status",)),
        ("due", "complaint.answer", "--from", "2026-09-28"),
        ("diff", "cn-genai-draft-2023", "cn-genai-measures-2023"),
    ],
)
def test_every_line_fits_a_terminal_of_80_columns(hegui: Hegui, words: tuple[str, ...]) -> None:
    lines = hegui("law", *words).out.splitlines()
    assert len(lines) > 10
    assert [line for line in lines if width(line) > 80] == []


def test_the_names_that_a_pack_may_use_are_listed(hegui: Hegui) -> None:
    checks = hegui("law", "checks", "--json").document["checks"]
    assert [one["id"] for one in checks] == list(CHECKS)
    assert all(one["entries"] for one in checks)
    listed = hegui("law", "facts", "--json").document["facts"]
    assert [one["id"] for one in listed] == list(facts())
    assert "at_least: PACK/PARAMETER" in hegui("law", "facts").out


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("show", "no-such"), "pack_unknown"),
        (("show", "cn-genai-measures-2023", "GM-99"), "provision_unknown"),
        (("import", "none.yaml"), "pack_unreadable"),
        (("withdraw", "cn-genai-measures-2023"), "pack_not_imported"),
        (("status", "--pack", "no-such"), "pack_unknown"),
    ],
)
def test_what_is_not_there_is_told_so(hegui: Hegui, words: tuple[str, ...], code: str) -> None:
    ran = hegui("law", *words)
    assert (ran.code, ran.err.partition(":")[0]) == (2, code)


def test_a_pack_comes_in_and_goes(hegui: Hegui, tmp_path: Path) -> None:
    ran = hegui("law", "import", _file(tmp_path), "--yes")
    assert (ran.code, "新规则包 new" in ran.out, "已导入 imported" in ran.out) == (0, True, True)
    again = hegui("law", "import", _file(tmp_path), "--json", "--yes").document
    assert (again["new"], again["version"]) == (False, "1")
    changed = hegui("law", "import", _file(tmp_path, version="2", limit="5d"), "--yes")
    assert "3d → 5d" in changed.out
    names = [one["name"] for one in hegui("law", "packs", "--json").document["packs"]]
    assert "acme" in names
    gone = hegui("law", "withdraw", "acme", "--json").document
    assert gone == {"pack": "acme", "version": "2", "in_force": None}


def test_a_mistake_names_line_and_field(hegui: Hegui, tmp_path: Path) -> None:
    path = Path(_file(tmp_path))
    path.write_bytes(path.read_bytes().replace(b"modality: must", b"modality: perhaps", 1))
    ran = hegui("law", "import", str(path))
    assert ran.code == 2
    assert ran.err.startswith("pack_malformed")
    zh, _, en = ran.err.partition(" / ")
    assert "行 $.parameters[0].modality 有错：这里是“perhaps”，应为：must" in zh
    assert "Invalid" not in zh + en
    assert "line " in en


def test_an_unknown_check_and_fact_are_told_with_the_nearest(hegui: Hegui, tmp_path: Path) -> None:
    wrong = _file(tmp_path, checks=("screen.prove",), applies={"fact": "opinions", "is": True})
    ran = hegui("law", "import", wrong, "--yes")
    assert ran.err.startswith("pack_leads_nowhere")
    for said in ("是不是 screen.proven？", "hegui law checks", "Is it opinion?", "hegui law facts"):
        assert said in ran.err
    assert "line " in ran.err


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(("typed", "code"), [("y\n", 0), ("Y\n", 0), ("n\n", 2), ("", 2)])
def test_at_a_terminal_it_shows_what_changes_and_asks(
    hegui: Hegui, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, typed: str, code: int
) -> None:
    monkeypatch.setattr("sys.stdin", _Terminal(typed))
    ran = hegui("law", "import", _file(tmp_path))
    assert ran.code == code
    assert "新规则包 new" in ran.err
    assert ("import_not_confirmed" in ran.err) == bool(code)
    assert ("acme" in hegui("law", "packs").out) == (not code)


def test_without_a_terminal_it_imports_only_with_yes(hegui: Hegui, tmp_path: Path) -> None:
    ran = hegui("law", "import", _file(tmp_path))
    assert ran.code == 2
    assert ran.err.startswith("import_not_asked")
    assert "acme" not in hegui("law", "packs").out


def test_with_yes_nothing_is_asked(
    hegui: Hegui, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", _Terminal("n\n"))
    assert hegui("law", "import", _file(tmp_path), "--yes").code == 0


def test_what_is_coming_is_told_soonest_first(hegui: Hegui, tmp_path: Path) -> None:
    hegui("law", "import", _file(tmp_path, in_force="2999-01-01"), "--yes")
    coming = hegui("law", "coming", "--json").document["coming"]
    assert [one["day"] for one in coming] == sorted(one["day"] for one in coming)
    assert [(one["ref"], one["value"]) for one in coming[-2:]] == [
        ("acme/ACME-1", None),
        ("acme/limit", "3d"),
    ]
    told = hegui("law", "coming").out
    assert "2999-01-01  acme/limit" in told
    assert "limit limit: 3d" in told  # in Chinese and in English, and what it will be


def test_a_preview_document_is_whole(hegui: Hegui, tmp_path: Path) -> None:
    document = hegui("law", "import", _file(tmp_path), "--json", "--yes").document
    assert msgspec.json.decode(msgspec.json.encode(document)) == document
    assert (document["name"], document["provisions"], document["owed"]) == ("acme", 1, 1)
