"""A screen is proven against its own words, and one that leaks is found out."""

import random
import re
from collections.abc import Sequence

import msgspec
from hypothesis import given
from hypothesis import strategies as st
from tests.people.evidence import entries
from tests.store.log import Log
from tests.world import FakeWorld

from hegui import checks
from hegui.law import Status, shipped_book
from hegui.ledger.kinds import ScreenProven
from hegui.screen import Finding, Pack, Screen, Stream, Word, load_pack, shipped_packs
from hegui.store import Store
from hegui.worker import proof
from hegui.worker.memo import recall

DAY = 86_400_000


def pack(*words: str, action: str = "stop", name: str = "ours") -> Pack:
    rows = "".join(
        f'[[word]]\nword = "{word}"\ncategory = "fraud"\naction = "{action}"\n' for word in words
    )
    head = f'[pack]\nname = "{name}"\nauthor = "us"\nversion = "1"\n'
    return load_pack((head + rows).encode(), "toml")


class Leaky:
    """A screen whose streams forget what they hold between two pieces."""

    def __init__(self, whole: Screen) -> None:
        self._whole = whole
        self.fingerprint = whole.fingerprint

    def stream(self) -> "Forgetful":
        return Forgetful(self._whole)


class Forgetful:
    def __init__(self, whole: Screen) -> None:
        self._whole = whole
        self.stopped: Finding | None = None
        self.reviews: list[Finding] = []

    def feed(self, text: str) -> str:
        one: Stream = self._whole.stream()
        left = one.feed(text) + one.finish()
        self.stopped = self.stopped or one.stopped
        self.reviews += one.reviews
        return left

    def finish(self) -> str:
        return ""


class Blind(Leaky):
    """A screen that sees nothing at all."""

    def stream(self) -> "Forgetful":
        return Forgetful(Screen([]))


def dice() -> random.Random:
    return random.Random(1)


def test_the_real_screen_holds_every_word_however_it_is_cut() -> None:
    packs = [*shipped_packs(), pack("fern", "a", "銀行密码", "two  words")]
    words = [word for one in packs for word in one.words]
    found = proof.prove(Screen(packs), words, dice())
    assert (found.words, found.leaked) == (len(words), 0)
    assert found.splits == sum(len(word.word) + 1 + 8 for word in words)


def test_words_to_be_looked_at_are_told(world: FakeWorld) -> None:
    packs = [pack("fern", "leaf", action="review")]
    assert proof.prove(Screen(packs), packs[0].words, dice()).leaked == 0
    blind = proof.prove(Blind(Screen(packs)), packs[0].words, dice())
    assert blind.leaked == blind.splits


@given(st.text("abcdefgh", min_size=2, max_size=12))
def test_a_screen_that_forgets_lets_every_inner_cut_through(word: str) -> None:
    packs = [pack(word)]
    found = proof.prove(Leaky(Screen(packs)), packs[0].words, dice())
    assert found.leaked >= len(word) - 1
    assert found.splits == len(word) + 1 + 8


def test_a_proof_is_bounded_however_many_words_there_are() -> None:
    words = [f"{n:06}" * 10 for n in range(3_000)]
    many = pack(*words)
    found = proof.prove(Screen([many]), many.words, dice())
    assert 0 < found.words <= proof.MOST_WORDS
    assert found.splits <= proof.MOST_SPLITS
    assert found.leaked == 0


def test_a_word_with_too_many_cuts_keeps_no_other_from_its_proof() -> None:
    long = Word(word="x" * (proof.MOST_SPLITS + 1), category="fraud", action="stop")
    few = pack("fern", "moss")
    for seed in range(6):
        found = proof.prove(Screen([few]), [long, *few.words], random.Random(seed))
        assert (found.words, found.leaked) == (2, 0)


@given(st.lists(st.sampled_from(["a", "b", "c"]), min_size=1, unique=True))
def test_the_fingerprint_is_that_of_the_screen(names: Sequence[str]) -> None:
    packs = [pack("fern", name=name) for name in names]
    assert proof.fingerprint(packs) == Screen(packs).fingerprint


def told(store: Store) -> list[ScreenProven]:
    return entries(store, ScreenProven)


def status(store: Store, name: str) -> Status:
    log = Log(store)
    log.sequencer.run_once()
    log.sequencer.close()
    checks.fold_all(store)
    return checks.read(store, store.world.now(), shipped_book()).of(name, "").status


def test_it_is_told_daily_and_when_the_words_change(store: Store, world: FakeWorld) -> None:
    packs = [("added", pack("fern"))]
    assert proof.check(store, Screen([packs[0][1]]), lambda: packs, world)
    assert not proof.check(store, Screen([packs[0][1]]), lambda: packs, world)
    world.tick(DAY)
    assert proof.check(store, Screen([packs[0][1]]), lambda: packs, world)
    other = [("added", pack("fern", "moss"))]
    assert not proof.check(store, Screen([packs[0][1]]), lambda: other, world)  # not in the screen
    assert proof.check(store, Screen([other[0][1]]), lambda: other, world)
    assert [one.words for one in told(store)] == [1, 1, 2]
    assert status(store, "screen.proven") is Status.MET
    assert status(store, "words.in_force") is Status.MET


def test_gateways_with_other_words_are_each_told_of_once_a_day(
    store: Store, world: FakeWorld
) -> None:
    def serve(one: Pack) -> None:
        proof.check(store, Screen([one]), lambda: [("settings", one)], world)

    own = [pack("fern", name=f"own{n}") for n in range(20)]
    for _ in range(5):
        for one in own[:2]:
            serve(one)
    assert [one.screen for one in told(store)] == [Screen([one]).fingerprint for one in own[:2]]
    assert status(store, "screen.proven") is Status.MET
    for one in own:
        serve(one)
    with store.read() as conn:
        assert len(recall(conn, "job:screen.proven", proof._Memo).told) < 10


def test_all_words_in_force_are_counted_once_each(store: Store, world: FakeWorld) -> None:
    many = [f"w{n:05}" for n in range(12_000)]
    packs = [("settings", pack(*many)), ("shipped", pack("w00001", "fern", name="more"))]
    screen = Screen([one for _, one in packs])
    assert proof.check(store, screen, lambda: packs, world)
    (entry,) = told(store)
    assert (entry.words, entry.in_force) == (proof.MOST_WORDS, 12_001)
    assert status(store, "words.size") is Status.MET


def test_a_screen_that_leaks_turns_the_check(store: Store, world: FakeWorld) -> None:
    packs = [("added", pack("fern"))]
    leaky = Leaky(Screen([packs[0][1]]))
    assert proof.check(store, leaky, lambda: packs, world)
    (entry,) = told(store)
    assert entry.leaked > 0
    assert not re.search("fern", msgspec.json.encode(entry).decode())
    assert status(store, "screen.proven") is Status.NOT_MET


def test_no_words_are_told_of_too(store: Store, world: FakeWorld) -> None:
    assert proof.check(store, Screen([]), list, world)
    (entry,) = told(store)
    assert (entry.words, entry.splits, entry.leaked) == (0, 0, 0)
    assert status(store, "words.in_force") is Status.NOT_MET
