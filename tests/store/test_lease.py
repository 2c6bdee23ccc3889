import threading

from tests.world import FakeWorld

from hegui.store import Store, lease


def take(store: Store, holder: str, now: int) -> bool:
    with store.begin() as conn:
        return lease.take(conn, "sequencer", holder, 100, now)


def test_one_holder_at_a_time(store: Store) -> None:
    assert take(store, "a", 1_000)
    assert not take(store, "b", 1_099)
    assert take(store, "a", 1_050)
    assert not take(store, "b", 1_149)
    assert take(store, "b", 1_150)
    assert not take(store, "a", 1_200)


def test_leases_of_other_names_are_free(store: Store) -> None:
    with store.begin() as conn:
        assert lease.take(conn, "gateway:one", "a", 100, 1_000)
        assert lease.take(conn, "gateway:two", "b", 100, 1_000)


def test_only_the_holder_can_give_it_back(store: Store) -> None:
    assert take(store, "a", 1_000)
    with store.begin() as conn:
        lease.release(conn, "sequencer", "b")
    assert not take(store, "b", 1_001)
    with store.begin() as conn:
        lease.release(conn, "sequencer", "a")
    assert take(store, "b", 1_001)


def test_a_lease_that_is_rolled_back_was_never_taken(store: Store) -> None:
    with store.begin() as conn:
        assert lease.take(conn, "sequencer", "a", 100, 1_000)
        conn.rollback()
    assert take(store, "b", 1_001)


def test_who_asks_while_another_commits_waits_for_that(store: Store, world: FakeWorld) -> None:
    """The lease is held by the row, not only by its date: an old one can't be overtaken."""
    asking = threading.Event()
    answers: list[bool] = []

    def ask() -> None:
        asking.set()
        answers.append(take(store, "b", 1_050))

    with store.begin() as conn:
        assert lease.take(conn, "sequencer", "a", 100, 1_000)
        thread = threading.Thread(target=ask)
        thread.start()
        asking.wait()
        thread.join(0.1)
        assert answers == []
    thread.join()
    assert answers == [False]
