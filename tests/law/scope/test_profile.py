"""Profiles: what may be answered, what follows from it, and what is refused by name."""

from typing import Any

import pytest

from hegui.law import LawError
from hegui.law.scope import Profile, facts, read_answers, settled
from hegui.law.scope.profile import MOST_NUMBER, MOST_TEXT


def test_what_is_not_answered_is_unknown_and_never_no() -> None:
    profile = Profile({})
    assert {profile.of(name) for name in facts()} == {None}
    assert profile.answers == {}
    assert "public_prc" in profile.missing
    assert "hardware" in profile.asked
    assert "hardware" not in profile.missing


def test_answers_are_kept_in_the_facts_order_and_options_in_theirs() -> None:
    profile = Profile({"outputs": ["video", "text", "text"], "public_prc": True, "people": None})
    assert list(profile.answers.items()) == [("public_prc", True), ("outputs", ("text", "video"))]


@pytest.mark.parametrize(
    ("answers", "code", "named"),
    [
        ({"publik": True}, "fact_unknown", "publik"),
        ({"public_prc": "yes"}, "answer_kind", "public_prc"),
        ({"public_prc": 1}, "answer_kind", "public_prc"),
        ({"registered": True}, "answer_kind", "registered"),
        ({"registered": 1.5}, "answer_kind", "registered"),
        ({"registered": -1}, "answer_kind", "registered"),
        ({"registered": MOST_NUMBER + 1}, "answer_kind", "registered"),
        ({"minors": "some"}, "option_unknown", "'some'"),
        ({"minors": ["possible"]}, "answer_kind", "minors"),
        ({"outputs": "text"}, "answer_kind", "outputs"),
        ({"outputs": []}, "answer_kind", "outputs"),
        ({"outputs": ["text", "smell"]}, "option_unknown", "'smell'"),
        ({"sectors": [True]}, "option_unknown", "sectors"),
        ({"place": "x" * (MOST_TEXT + 1)}, "answer_kind", "place"),
        ({"place": "a\x00b"}, "answer_kind", "place"),
        ({"place": 5}, "answer_kind", "place"),
        ({"minors": "excluded", "under_14": True}, "answers_conflict", "under_14"),
        ({"personal_data": False, "people": 5}, "answers_conflict", "people"),
    ],
)
def test_what_can_not_be_an_answer_is_refused_by_name(
    answers: dict[str, Any], code: str, named: str
) -> None:
    with pytest.raises(LawError) as told:
        Profile(answers)
    assert told.value.code == code
    assert named in told.value.en
    assert "没有保存" in told.value.zh


def test_none_of_the_options_is_an_answer_where_none_will_do() -> None:
    assert Profile({"sectors": []}).of("sectors") == ()
    assert Profile({}).of("sectors") is None


def test_an_empty_text_is_no_answer_and_lines_stay() -> None:
    assert "place" not in Profile({"place": "  \n "}).answers
    assert Profile({"place": " two \r\n lines "}).of("place") == "two\n lines"


def test_what_follows_from_another_answer_is_known_and_not_asked() -> None:
    profile = Profile({"minors": "excluded", "personal_data": False, "outputs": ["text"]})
    follows = {"under_14": False, "sensitive_data": False, "people": 0, "biometric_editing": False}
    assert {name: profile.of(name) for name in follows} == follows
    assert not follows.keys() & {*profile.asked, *profile.missing, *profile.answers}
    assert Profile({"minors": "excluded", "under_14": False}).answers["under_14"] is False


def test_a_question_stays_asked_while_what_decides_is_unknown() -> None:
    assert {"under_14", "biometric_editing"} <= set(Profile({}).asked)
    assert "base_model_filing" not in Profile({"model_route": "own"}).asked


def test_settled_answers_leave_out_what_became_moot() -> None:
    answers = {
        "minors": "excluded",
        "under_14": True,
        "model_route": "own",
        "base_model_filing": "x",
    }
    assert settled(answers) == {"minors": "excluded", "model_route": "own"}
    Profile(settled(answers))


@pytest.mark.parametrize(
    ("data", "file"),
    [
        (b"public_prc: true\noutputs: [text]\n", "a.yaml"),
        (b'{"public_prc":\ttrue, "outputs": ["text"]}', "a.JSON"),
    ],
)
def test_answers_are_read_from_yaml_and_json(data: bytes, file: str) -> None:
    assert Profile(read_answers(data, file)).answers == {"public_prc": True, "outputs": ("text",)}


@pytest.mark.parametrize(
    ("data", "file"),
    [
        (b"- public_prc\n", "a.yaml"),
        (b"public_prc: true\npublic_prc: false\n", "a.yaml"),
        (b"a: &x [1]\nb: *x\n", "a.yaml"),
        (b"1: true\n", "a.yaml"),
        (b"", "a.yaml"),
        (b"\xff\xfe\x00", "a.yaml"),
        (b"[1]", "a.json"),
        (b"{", "a.json"),
        (b"[" * 100_000, "a.json"),
    ],
)
def test_a_file_that_holds_no_answers_is_refused(data: bytes, file: str) -> None:
    with pytest.raises(LawError, match="answers_unreadable"):
        read_answers(data, file)
