"""The screen held against its own words: a sample of them, cut in every way a stream may be.

A proof is made when other words come into force, and once a day. It asks the very screen that
serves, so it shows what people's streams meet.
"""

import hashlib
import logging
import random
from collections.abc import Callable, Iterable, Sequence
from typing import Protocol

import msgspec

from hegui.ledger.kinds import ScreenProven
from hegui.screen import Finding, Pack, Word
from hegui.store import Store, record, tally
from hegui.worker.memo import keep, recall
from hegui.world import World, new_id

_NAME = "job:screen.proven"
#: Ways of cutting tried in one proof, and words of one: some tenths of a second.
MOST_SPLITS, MOST_WORDS = 5_000, 200
#: Screens whose last proof is remembered: gateways may serve different words meanwhile.
_MOST_SCREENS = 8
#: Of each word: ways of cutting it into more than two.
_RANDOM = 8
#: What stands around a word: nothing that a listed word is likely to begin or end with.
_BEFORE, _AFTER = "≪", "≫"
_log = logging.getLogger("hegui.worker")


class Streaming(Protocol):
    """A stream of a screen."""

    stopped: Finding | None
    reviews: list[Finding]

    def feed(self, text: str) -> str:
        """Take the next piece; what may leave."""
        ...

    def finish(self) -> str:
        """End the text; what was held."""
        ...


class Screening(Protocol):
    """A screen, as far as it is proven."""

    @property
    def fingerprint(self) -> str:
        """Of the word packs it was made of."""
        ...

    def stream(self) -> Streaming:
        """A new stream."""
        ...


class Proof(msgspec.Struct, frozen=True):
    """What a proof came to: words tried, in how many ways they were cut, how many got through."""

    words: int
    splits: int
    leaked: int


class _Memo(msgspec.Struct, frozen=True):
    """Of each screen's fingerprint the day in Beijing on which it was told; the latest last."""

    told: dict[str, int] = {}

    def has(self, screen: str, day: int) -> bool:
        """Whether a screen was told of on a day."""
        return self.told.get(screen) == day

    def and_also(self, screen: str, day: int) -> "_Memo":
        """With one more; past a few, those that were told longest ago go."""
        others = [(name, on) for name, on in self.told.items() if name != screen]
        return _Memo(dict([*others, (screen, day)][-_MOST_SCREENS:]))


def check(
    store: Store, screen: Screening, packs: Callable[[], Iterable[tuple[str, Pack]]], world: World
) -> bool:
    """Prove the screen when that is due, and put it on record; blocking.

    Args:
        store: the house's database.
        screen: the one that serves.
        packs: the word packs in force, each with where it is from.
        world: clock and randomness.

    Returns:
        Whether a proof was put on record. None is while the screen takes in other packs.

    Raises:
        ScreenError: a file named in the settings is wrong.
        PeopleError: ``pack_unreadable``.
    """
    served, day = screen.fingerprint, tally.day_of(world.now())
    with store.read() as conn:
        if recall(conn, _NAME, _Memo).has(served, day):
            return False
    there = [pack for _, pack in packs()]
    if fingerprint(there) != served:
        return False
    words = [word for pack in there for word in pack.words]
    proof = prove(screen, words, random.Random(world.token(16)))  # noqa: S311  a sample
    with store.begin() as conn:
        memo = recall(conn, _NAME, _Memo, lock=True)
        if memo.has(served, day):
            return False
        keep(conn, _NAME, memo.and_also(served, day))
        entry = ScreenProven(
            act=new_id(world),
            at=world.now(),
            nonce=world.token(16).hex(),
            screen=served,
            words=proof.words,
            splits=proof.splits,
            leaked=proof.leaked,
            in_force=len({word.word for word in words}),
        )
        record(conn, entry)
    if proof.leaked:
        _log.error("the screen let listed words through, %d times", proof.leaked)
    return True


def prove(screen: Screening, words: Sequence[Word], draw: random.Random) -> Proof:
    """Stream words through a screen, each cut in two at every place and in more at random.

    Args:
        screen: the screen.
        words: those in force; a sample of them is tried.
        draw: chance for the sample and for the cuts.
    """
    tried = splits = leaked = 0
    for word in draw.sample(words, min(MOST_WORDS, len(words))):
        text = _BEFORE + word.word + _AFTER
        cuts = [[at] for at in range(1, len(text))]
        cuts += [_at_random(draw, len(text)) for _ in range(_RANDOM)]
        if splits + len(cuts) > MOST_SPLITS:
            continue  # a shorter word may still fit
        tried += 1
        splits += len(cuts)
        leaked += sum(_leaks(screen, word, _pieces(text, cut)) for cut in cuts)
    return Proof(tried, splits, leaked)


def fingerprint(packs: Iterable[Pack]) -> str:
    """The fingerprint of a screen made of these packs, without making it."""
    digests = sorted(pack.digest for pack in packs)
    return hashlib.sha256("\n".join(digests).encode()).hexdigest()


def _at_random(draw: random.Random, size: int) -> list[int]:
    """Two cuts or more; a text has at least three characters."""
    return sorted(draw.sample(range(1, size), draw.randint(2, size - 1)))


def _pieces(text: str, cuts: Sequence[int]) -> list[str]:
    return [text[a:b] for a, b in zip([0, *cuts], [*cuts, len(text)], strict=True)]


def _leaks(screen: Screening, word: Word, pieces: Iterable[str]) -> bool:
    """Whether a word that must stop a stream leaves it, or one to be looked at is not told."""
    stream = screen.stream()
    left = "".join([stream.feed(piece) for piece in pieces]) + stream.finish()
    if stream.stopped is not None:
        return word.word in left
    return word.action == "stop" or not stream.reviews
