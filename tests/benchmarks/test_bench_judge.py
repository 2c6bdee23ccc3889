from typing import Any

import pytest
from benchmarks.judge import Delivery, Record, judge

from hegui.ledger import kinds

ACT = "a" * 32
HEAD: dict[str, Any] = {"act": ACT, "at": 1, "nonce": "0" * 32}
ADMITTED = kinds.GenerationAdmitted(
    **HEAD,
    application="b" * 32,
    model="mock",
    route="chat.completions",
    streamed=True,
    agreement=1,
    screen="",
    label_at="start",
    prompt="",
)


def interrupted(chars: int, ms: int = 1000) -> kinds.GenerationInterrupted:
    return kinds.GenerationInterrupted(
        **HEAD, answer="", chars=chars, segments=1, unrecoverable_ms=ms
    )


def delivered(chars: int) -> kinds.GenerationDelivered:
    return kinds.GenerationDelivered(
        **HEAD, upstream="mock", finish="stop", label="", answer="", chars=chars
    )


def delivery(*pieces: tuple[float, str], done: bool = False) -> Delivery:
    return Delivery(generation=ACT, pieces=list(pieces), done=done)


def record(*entries: kinds.AnyEntry, outcome: str | None, sealed: str) -> Record:
    return Record(entries=list(entries), outcome=outcome, sealed=sealed)


def test_a_whole_delivery_with_its_record_holds() -> None:
    verdict = judge(
        delivery((0.2, "你好"), (0.1, "吗"), done=True),
        record(ADMITTED, delivered(3), outcome="delivered", sealed="你好吗"),
    )
    assert verdict.problems == []
    assert (verdict.interrupted, verdict.missing, verdict.oldest_ms) == (False, 0, 0.0)


def test_a_cut_delivery_may_miss_its_last_second() -> None:
    verdict = judge(
        delivery((1.8, "ab"), (0.9, "cd"), (0.1, "ef")),
        record(ADMITTED, interrupted(2), outcome="interrupted", sealed="ab"),
    )
    assert verdict.problems == []
    assert (verdict.interrupted, verdict.missing, verdict.oldest_ms) == (True, 4, 900.0)


def test_the_vault_may_hold_more_than_came() -> None:
    verdict = judge(
        delivery((0.5, "ab")),
        record(ADMITTED, interrupted(4), outcome="interrupted", sealed="abcd"),
    )
    assert verdict.problems == []
    assert verdict.missing == 0


def test_what_was_delivered_while_the_kill_came_may_say_delivered() -> None:
    verdict = judge(
        delivery((0.5, "ab")),
        record(ADMITTED, delivered(4), outcome="delivered", sealed="abcd"),
    )
    assert verdict.problems == []


BAD = {
    "no intake": (
        delivery((0.5, "ab")),
        record(interrupted(2), outcome="interrupted", sealed="ab"),
        "without an intake entry",
    ),
    "nothing at all": (
        delivery((0.5, "ab")),
        record(outcome=None, sealed=""),
        "without an intake entry",
    ),
    "left open": (
        delivery((0.5, "ab")),
        record(ADMITTED, outcome=None, sealed="ab"),
        "outcome None, 0 closing",
    ),
    "closed twice": (
        delivery((0.5, "ab")),
        record(ADMITTED, delivered(2), interrupted(2), outcome="delivered", sealed="ab"),
        "2 closing entries",
    ),
    "outcome without its entry": (
        delivery((0.5, "ab")),
        record(ADMITTED, outcome="delivered", sealed="ab"),
        "outcome delivered, 0 closing",
    ),
    "more given up than a second": (
        delivery((0.5, "ab")),
        record(ADMITTED, interrupted(2, ms=1001), outcome="interrupted", sealed="ab"),
        "gives up 1001 ms",
    ),
    "older text missing": (
        delivery((1.4, "ab"), (1.1, "cd"), (0.1, "ef")),
        record(ADMITTED, interrupted(2), outcome="interrupted", sealed="ab"),
        "1.100 s before the kill",
    ),
    "missing within a piece": (
        delivery((1.4, "ab")),
        record(ADMITTED, interrupted(1), outcome="interrupted", sealed="a"),
        "1.400 s before the kill",
    ),
    "another text sealed": (
        delivery((0.5, "ab")),
        record(ADMITTED, interrupted(2), outcome="interrupted", sealed="ax"),
        "another than the delivered",
    ),
    "missing and nobody says so": (
        delivery((0.5, "ab")),
        record(ADMITTED, delivered(1), outcome="delivered", sealed="a"),
        "no entry says so",
    ),
    "whole before its outcome": (
        delivery((0.5, "ab"), done=True),
        record(ADMITTED, interrupted(2), outcome="interrupted", sealed="ab"),
        "before its record was durable",
    ),
    "count against vault": (
        delivery((0.5, "ab")),
        record(ADMITTED, delivered(7), outcome="delivered", sealed="ab"),
        "counts 7 characters, the vault holds 2",
    ),
}


@pytest.mark.parametrize("name", BAD)
def test_a_broken_record_is_told(name: str) -> None:
    one, held, said = BAD[name]
    assert any(said in problem for problem in judge(one, held).problems)
