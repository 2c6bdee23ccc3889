"""A draft beside its final text, and a pack beside its newer self."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from hegui.cli import main
from hegui.law import Grade, LawError, Modality, Pack, Words, pack
from hegui.law.compare import Difference, Shift, diff
from hegui.law.provision import Force

DRAFT = pack("cn-genai-draft-2023")
FINAL = pack("cn-genai-measures-2023")
FOUND = {one.topic: one for one in diff(DRAFT, FINAL)}

#: Every difference that the comparison in the seeds names: topic, change, and its article in the
#: draft and in the final text.
SEEDS = [
    # the Measures as a whole
    ("cac-less-prominent", "widened", "17", "16"),
    ("GM-3", "added", None, "3"),
    ("GM-5.1", "added", None, "5"),
    ("GM-5.2", "added", None, "5"),
    ("innovation", "widened", "3", "6"),
    ("legal-bases", "widened", "1", "1"),
    # 1. scope, and its reach abroad
    ("scope", "narrowed", "2", "2"),
    ("research-out", "narrowed", "2", "2"),
    ("extraterritorial", "widened", "2", "2"),
    ("GM-20", "added", None, "20"),
    # 2. providers and users
    ("provider-defined", "moved", "5", "22"),
    ("GM-22.3", "added", None, "22"),
    ("true-and-accurate", "softened", "4", "4"),
    ("training-data-guarantee", "softened", "7", "7"),
    ("transparency", "widened", "4", "4"),
    ("three-months", "removed", "15", None),
    ("illegal-content", "narrowed", "15", "14"),
    ("report-to-authority", "widened", "15", "14"),
    ("fines", "removed", "20", None),
    ("termination", "removed", "20", None),
    ("suspension", "kept", "20", "21"),
    ("security-assessment", "narrowed", "6", "17"),
    ("inspection-narrowed", "narrowed", "17", "19"),
    ("inspection-stricter", "widened", "17", "19"),
    ("GM-19.2", "added", None, "19"),
    ("profiling-ban", "removed", "11", None),
    ("GM-9.2", "added", None, "9"),
    ("users-bound", "widened", "4", "4"),
    # 3. producer of content
    ("content-producer", "moved", "5", "9"),
    ("network-security", "widened", "5", "9"),
]

#: What the facts name besides (tables A.1 and A.2, the last column).
FACTS = [
    ("real-names", "removed", "9", None),
    ("minors-only", "narrowed", "10", "10"),
    ("false-information", "narrowed", "4", "4"),
    ("economic-order", "removed", "4", None),
    ("discrimination", "widened", "4", "4"),
    ("discriminating-output", "moved", "12", "4"),
    ("secrets-and-monopoly", "widened", "4", "4"),
    ("honour", "widened", "4", "4"),
    ("unlawful-taking", "removed", "4", None),
    ("definition", "narrowed", "2", "22"),
    ("GM-2.2", "added", None, "2"),
    ("trusted-resources", "softened", "3", "6"),
    ("lawful-sources", "softened", "7", "7"),
    ("base-models", "widened", "7", "7"),
    ("infringing-content", "softened", "7", "7"),
    ("training-consent", "kept", "7", "7"),
    ("laws-named", "widened", "7", "7"),
    ("any-annotation", "widened", "8", "8"),
    ("annotation-quality", "widened", "8", "8"),
    ("annotators-awareness", "widened", "8", "8"),
    ("GM-8.4", "added", None, "8"),
    ("published-uses", "kept", "10", "10"),
    ("guidance", "narrowed", "18", "10"),
    ("no-hype", "removed", "18", None),
    ("identity-inferred", "narrowed", "11", "11"),
    ("giving-to-others", "softened", "11", "11"),
    ("GM-11.1b", "added", None, "11"),
    ("access-and-copy", "widened", "13", "11"),
    ("blocking", "removed", "13", None),
    ("complaint-entrance", "widened", "13", "15"),
    ("complaint-feedback", "widened", "13", "15"),
    ("labels", "kept", "16", "12"),
    ("life-cycle", "narrowed", "14", "13"),
    ("user-sanctions", "softened", "19", "14"),
    ("ethics-breaches", "narrowed", "19", "14"),
    ("records-and-report", "widened", "19", "14"),
    ("user-complaint", "widened", "18", "18"),
    ("penalty-laws", "widened", "20", "21"),
    ("GM-16.2", "added", None, "16"),
    ("GM-23.1", "added", None, "23"),
    ("GM-23.2", "added", None, "23"),
    ("first-day", "kept", "21", "24"),
]


def article(one: Difference, side: str) -> str | None:
    place = getattr(one, side)
    return None if place is None else place.article


@pytest.mark.parametrize(("topic", "change", "draft", "final"), [*SEEDS, *FACTS])
def test_a_named_difference_is_found(
    topic: str, change: str, draft: str | None, final: str | None
) -> None:
    one = FOUND[topic]
    assert (one.change, article(one, "before"), article(one, "after")) == (change, draft, final)
    assert one.what.zh
    assert one.why is not None
    assert one.why.en


def test_every_provision_of_both_texts_is_in_some_difference() -> None:
    found = diff(DRAFT, FINAL)
    assert len(found) == len(FOUND)
    before = {one.before.ref for one in found if one.before}
    after = {one.after.ref for one in found if one.after}
    assert before == {f"{DRAFT.name}/{one.id}" for one in DRAFT.provisions}
    assert after == {f"{FINAL.name}/{one.id}" for one in FINAL.provisions}


@pytest.mark.parametrize(
    ("topic", "shifts"),
    [
        ("three-months", [("repeat.within", "3m", None)]),
        ("fines", [("amount", "CNY 10000-100000", None)]),
        ("users-bound", [("who", "provider", "provider, user")]),
        (
            "discriminating-output",
            [("modality", "must_not", "must"), ("who", "provider", "provider, user")],
        ),
        ("inputs-protected", []),  # a fine of another law is no difference
        ("provider-defined", []),  # a definition binds nobody
    ],
)
def test_what_can_be_put_in_a_word_or_number_is(
    topic: str, shifts: list[tuple[str, str | None, str | None]]
) -> None:
    wanted = [Shift(what=what, before=before, after=after) for what, before, after in shifts]
    assert list(FOUND[topic].shifts) == wanted


def test_what_is_new_says_what_it_asks_of_a_provider() -> None:
    agreement, secrets = FOUND["GM-9.2"].why, FOUND["GM-19.2"].why
    assert agreement is not None
    assert secrets is not None
    assert "提供者因此须" in agreement.zh
    assert "binds others" in secrets.en


def newer(**changes: Any) -> Pack:
    return replace(FINAL, **changes)


def edited(name: str, **changes: Any) -> Pack:
    provisions = [replace(one, **changes) if one.id == name else one for one in FINAL.provisions]
    return newer(provisions=tuple(provisions))


def test_a_pack_does_not_differ_from_itself() -> None:
    assert diff(FINAL, FINAL) == ()
    assert diff(FINAL, newer(version="2024.1")) == ()


def test_between_versions_the_changed_fields_are_named() -> None:
    text = Words(zh="新的话", en="New words")
    (one,) = diff(FINAL, edited("GM-9.2", text=text, modality=Modality.SHOULD))
    assert (one.topic, one.change, one.fields) == ("GM-9.2", "changed", ("text", "modality"))
    assert one.shifts == (Shift(what="modality", before="must", after="should"),)
    assert one.before is not None
    assert one.after is not None
    assert (one.before.text, one.after.text) == (FINAL.provision("GM-9.2").text, text)


def test_a_changed_duty_is_a_change_of_its_provision() -> None:
    (duty,) = FINAL.provision("GM-13").duties
    (one,) = diff(FINAL, edited("GM-13", duties=(replace(duty, cadence=None),)))
    assert (one.topic, one.fields, one.shifts) == ("GM-13", ("duties",), ())


def test_parameters_and_instruments_are_compared_as_well() -> None:
    own = pack("own")
    first, *rest = own.parameters
    later = replace(first, value="99.9%", valid_from=date(2027, 1, 1))
    ended = replace(first, valid_to=date(2026, 12, 31))
    instrument = replace(own.instrument, force=Force.FOREIGN)
    found = diff(own, replace(own, parameters=(ended, later, *rest), instruments=(instrument,)))
    told = [(one.topic, one.change, one.after and one.after.part) for one in found]
    assert told == [
        ("own", "changed", "instrument"),
        (first.id, "removed", None),
        (f"{first.id}@{first.valid_from}", "added", "parameter"),
        (f"{first.id}@2027-01-01", "added", "parameter"),
    ]
    assert found[0].shifts == (Shift(what="force", before="guidance", after="foreign"),)
    (raised,) = diff(own, replace(own, parameters=(replace(first, value="90%"), *rest)))
    assert raised.shifts == (Shift(what="value", before="99%", after="90%"),)
    assert raised.after is not None
    assert raised.after.text.zh == "90%"


@given(gone=st.sets(st.sampled_from([one.id for one in FINAL.provisions])), regraded=st.booleans())
def test_what_is_removed_one_way_is_added_the_other(gone: set[str], regraded: bool) -> None:
    less = newer(provisions=tuple(one for one in FINAL.provisions if one.id not in gone))
    if regraded:
        graded = tuple(replace(one, grade=Grade.QUOTED) for one in less.provisions)
        less = replace(less, provisions=graded)
    there, back = diff(FINAL, less), diff(less, FINAL)
    assert {one.topic for one in there if one.change == "removed"} == gone
    assert {one.topic for one in back if one.change == "added"} == gone
    kept = {one.id for one in FINAL.provisions} - gone
    changed = {one.topic for one in there if one.change == "changed"}
    assert changed == (kept if regraded else set())


@pytest.mark.parametrize(
    ("a", "b"),
    [
        (FINAL, DRAFT),  # the wrong way round
        (FINAL, pack("own")),
        (DRAFT, pack("own")),
        (DRAFT, pack("cn-labelling-2025")),
    ],
)
def test_packs_that_have_nothing_to_do_with_each_other_are_refused(a: Pack, b: Pack) -> None:
    with pytest.raises(LawError) as caught:
        diff(a, b)
    assert caught.value.code == "packs_unrelated"
    assert b.name in caught.value.zh


def test_a_draft_that_leads_nowhere_is_told_so() -> None:
    lost = newer(provisions=FINAL.provisions[1:])
    with pytest.raises(LawError) as caught:
        diff(DRAFT, lost)
    assert caught.value.code == "provision_unknown"
    assert "GM-1" in caught.value.en


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HEGUI_HOME", str(tmp_path / "var"))
    monkeypatch.delenv("HEGUI_CONFIG", raising=False)
    return tmp_path


@pytest.fixture
def files(home: Path) -> tuple[str, str]:
    """A pack of a house's own, older and newer."""
    older = {
        "schema": 2,
        "pack": "house",
        "version": "1",
        "title": {"zh": "内部规则", "en": "House rules"},
        "instruments": [
            {
                "id": "house",
                "title": {"zh": "内部规则", "en": "House rules"},
                "short": {"zh": "内规", "en": "rules"},
                "issued": date(2026, 1, 1),
                "force": "guidance",
                "text": "read",
            }
        ],
    }
    rule = {
        "id": "answer",
        "clause": {"zh": "第1项", "en": "item 1"},
        "text": {"zh": "答复时间", "en": "time to answer"},
        "modality": "must",
        "value": "5wd",
        "valid_from": date(2026, 1, 1),
        "grade": "U",
        "source": {"zh": "自定", "en": "our own"},
    }
    (home / "old.yaml").write_text(yaml.safe_dump({**older, "parameters": [rule]}))
    changed = {**older, "version": "2", "parameters": [{**rule, "value": "3wd"}]}
    (home / "new.yaml").write_text(yaml.safe_dump(changed))
    return "old.yaml", "new.yaml"


def test_two_files_are_compared_without_a_database(
    files: tuple[str, str], home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["law", "diff", *files]) == 0
    text = capsys.readouterr().out
    assert text.index("改动 changed") < text.index("5wd → 3wd")
    assert "内部规则" in text
    assert not (home / "var").exists()
    assert main(["law", "diff", "old.yaml", "old.yaml"]) == 0
    assert "没有差别" in capsys.readouterr().out


def test_packs_in_force_are_compared_by_name(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["law", "diff", DRAFT.name, FINAL.name, "--json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert (document["a"]["pack"], document["b"]["fingerprint"]) == (DRAFT.name, FINAL.fingerprint)
    told = {one["topic"]: one for one in document["differences"]}
    assert told.keys() == FOUND.keys()
    assert told["real-names"]["before"]["article"] == "9"
    assert told["real-names"]["after"] is None
    assert main(["law", "diff", DRAFT.name, FINAL.name]) == 0
    assert "[删除 removed] 使用者实名 Real names of users (real-names)" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("absent.yaml", "new.yaml"), "pack_unreadable"),
        (("old.yaml", "cn-none"), "pack_unknown"),
        (("old.yaml", "own"), "packs_unrelated"),
        (("bad.yaml", "new.yaml"), "pack_malformed"),
    ],
)
def test_what_cannot_be_compared_is_told_so(
    files: tuple[str, str],
    home: Path,
    capsys: pytest.CaptureFixture[str],
    arguments: tuple[str, str],
    code: str,
) -> None:
    (home / "bad.yaml").write_text("pack: house\n")
    assert main(["law", "diff", *arguments]) == 2
    assert capsys.readouterr().err.startswith(f"{code}:")
