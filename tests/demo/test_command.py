"""``hegui demo --days``: what it says in the end, and when it is interrupted."""

import json
from typing import Any

import msgspec
import pytest

import hegui.demo
from hegui.cli import main
from hegui.demo import Lived
from hegui.demo.trades import counted

LIVED = Lived(
    days=30,
    seed=1,
    start=1_767_585_600_000,
    end=1_770_177_600_000,
    seconds=57.5,
    counts={"generations": 2317, "appeals": 38},
    duties={"met": 1_041, "needs_person": 17, "overdue": 0},
    entries=5082,
    verified=True,
    addresses={"portal": "http://here:1", "console": "http://here:2", "api": "http://here:0"},
)


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """What the command asks of the room, which has lived already."""
    given: dict[str, Any] = {}

    def run(*_args: object, **options: Any) -> Lived:
        given.update(options)
        return LIVED

    monkeypatch.setattr(hegui.demo, "run", run)
    return given


def test_it_says_what_happened_and_what_next(
    asked: dict[str, Any], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["demo", "--days", "30", "--seed", "5"]) == 0
    said = capsys.readouterr().out
    assert (asked["days"], asked["seed"]) == (30, 5)
    assert "2,317" in said
    assert all(words in said for words in counted().values())
    assert "1,041  项义务已满足 duties met" in said
    assert "overdue" not in said
    assert "make run" in said
    assert "http://here:2" in said
    assert "hegui demo --clear" in said


def test_with_json_it_is_one_document(
    asked: dict[str, Any], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["demo", "--days", "30", "--json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert document["counts"]["appeals"] == 38
    assert document["verified"] is True
    assert asked["seed"] == 1


def test_a_ledger_that_does_not_hold_is_a_finding(monkeypatch: pytest.MonkeyPatch) -> None:
    broken = msgspec.structs.replace(LIVED, verified=False)
    monkeypatch.setattr(hegui.demo, "run", lambda *_args, **_options: broken)
    assert main(["demo", "--days", "30"]) == 1


def test_an_interruption_tells_how_to_begin_again(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupted(*_args: object, **_options: object) -> Lived:
        raise KeyboardInterrupt

    monkeypatch.setattr(hegui.demo, "run", interrupted)
    assert main(["demo", "--days", "30"]) == 2
    assert "demo_interrupted" in capsys.readouterr().err
