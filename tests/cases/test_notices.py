"""Notices about cases: what a case's state has overtaken needs nobody any more."""

import pytest
from tests.cases.bench import Bench
from tests.world import FakeWorld

from hegui.cases import needed, withdraw
from hegui.outbox import Message
from hegui.store import Store, tables


def test_news_of_a_case_that_is_closed_meanwhile_needs_nobody(
    bench: Bench, store: Store, world: FakeWorld
) -> None:
    filed = bench.file()
    withdraw(store, world, filed.number, filed.secret)
    bench.deliver()
    (notice,) = bench.rows(tables.notice)
    assert (notice.topic, notice.done) == ("case.filed", world.now())


@pytest.mark.parametrize(
    ("topic", "taken_up"), [("case.filed", False), ("clock.due", True), ("clock.moved", True)]
)
def test_what_is_still_needed_depends_on_the_topic(
    bench: Bench, store: Store, world: FakeWorld, topic: str, taken_up: bool
) -> None:
    filed = bench.assigned(bench.staff())
    with store.begin() as conn:
        about = Message(id="0" * 32, topic=topic, subject=filed.case_id)
        assert needed(conn, about) is taken_up
        other = Message(id="0" * 32, topic=topic, subject="cn-genai-measures-2023/GM-9.2")
        assert needed(conn, other) is not topic.startswith("clock.")  # no deadline of it runs
