"""What people say does what the script means it to do, under the packs that are in force."""

import random
from importlib.resources import files

import pytest

from hegui.demo import texts
from hegui.demo.texts import EXPLANATIONS, STATEMENTS, WORRY, Kind, talk
from hegui.gateway.upstream.responder import rules
from hegui.screen import Screen, load_pack, shipped_packs


def _pack(version: int) -> Screen:
    name = f"plain-threats-{version}.toml"
    return Screen([load_pack(files("hegui.demo").joinpath("packs", name).read_bytes(), "toml")])


SHIPPED = Screen(shipped_packs())
CLUMSY, MENDED = _pack(1), _pack(2)


def _all(kind: Kind) -> list[tuple[str, str]]:
    """Every turn of a kind, with its language."""
    talks = texts._TALKS[kind]
    return [(lang, turn) for lang, found in talks.items() for turns in found for turn in turns]


def _stopped(screen: Screen, lang: str, turn: str) -> bool:
    """Whether the question is stopped, or the demo responder's answer to it."""
    answer = rules.reply(turn, "zh" if lang == "zh" else "en")
    return screen.first_stop(turn) is not None or screen.first_stop(answer) is not None


@pytest.mark.parametrize(("lang", "turn"), _all("scam"))
def test_a_scam_is_stopped_by_the_shipped_pack(lang: str, turn: str) -> None:
    assert _stopped(SHIPPED, lang, turn)
    assert not any(sign in turn for sign in WORRY)


@pytest.mark.parametrize(("lang", "turn"), _all("worried"))
def test_who_quotes_a_scam_is_stopped_and_asks(lang: str, turn: str) -> None:
    assert _stopped(SHIPPED, lang, turn)
    assert any(sign in turn for sign in WORRY)


@pytest.mark.parametrize(("lang", "turn"), _all("everyday"))
def test_everyday_words_meet_the_clumsy_rule_alone(lang: str, turn: str) -> None:
    assert _stopped(CLUMSY, lang, turn)
    assert not _stopped(MENDED, lang, turn)
    assert not _stopped(SHIPPED, lang, turn)


@pytest.mark.parametrize(("lang", "turn"), _all("plain"))
def test_plain_talk_passes(lang: str, turn: str) -> None:
    assert not any(_stopped(screen, lang, turn) for screen in (SHIPPED, CLUMSY, MENDED))


def test_the_same_seed_says_the_same() -> None:
    first, second = random.Random(7), random.Random(7)
    assert [talk(first, "zh") for _ in range(50)] == [talk(second, "zh") for _ in range(50)]


def test_talks_are_of_every_kind_and_mostly_plain() -> None:
    dice = random.Random(1)
    kinds = [talk(dice, "en").kind for _ in range(1000)]
    assert set(kinds) == set(texts._SHARES)
    assert kinds.count("plain") > 800


@pytest.mark.parametrize("kind", list(texts._SHARES))
def test_a_kind_can_be_asked_for(kind: Kind) -> None:
    found = talk(random.Random(1), "zh", kind)
    assert (found.kind, found.lang) == (kind, "zh")
    assert found.turns


def test_statements_and_explanations_are_in_both_languages() -> None:
    everything = {(lang, wrong) for lang in ("zh", "en") for wrong in (True, False)}
    assert STATEMENTS.keys() == EXPLANATIONS.keys() == everything
    assert all(len(text) >= 20 for text in EXPLANATIONS.values())
