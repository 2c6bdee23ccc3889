"""What changed from one record of scope to the next, in words."""

from collections.abc import Iterator
from typing import Literal

import msgspec

from hegui.law.scope.answer import Applies
from hegui.law.scope.facts import Answer, facts
from hegui.law.scope.record import ScopeRecord
from hegui.law.scope.sentences import answer_words
from hegui.law.words import Words

#: What an answer is called; ``None`` is unknown.
_SAID = {
    True: Words("适用", "applies"),
    False: Words("不适用", "does not apply"),
    None: Words("未知", "unknown"),
}
_NEEDED = {
    True: Words("需要", "needed"),
    False: Words("不需要", "not needed"),
    None: Words("未知", "unknown"),
}


class Change(msgspec.Struct, frozen=True):
    """One thing that is otherwise than before.

    Attributes:
        about: what kind of thing it is.
        name: which one: a fact, a pack, an instrument's id, ``PACK/DUTY`` or a route.
        text: what changed, as a sentence.
    """

    about: Literal["answer", "pack", "instrument", "route", "duty"]
    name: str
    text: Words


def changes(old: ScopeRecord, new: ScopeRecord) -> tuple[Change, ...]:
    """How ``new`` differs from ``old``: answers, packs, instruments, routes, duties."""
    return (
        *_answers(old, new),
        *_packs(old, new),
        *_instruments(old, new),
        *_routes(old, new),
        *_duties(old, new),
    )


def _answers(old: ScopeRecord, new: ScopeRecord) -> Iterator[Change]:
    for name, one in facts().items():
        was, now = _value(old.answers.get(name)), _value(new.answers.get(name))
        if was != now:
            a, b = answer_words(one, was), answer_words(one, now)
            yield Change(
                "answer",
                name,
                Words(f"{one.short.zh}：{a.zh} → {b.zh}", f"{one.short.en}: {a.en} → {b.en}"),
            )


def _packs(old: ScopeRecord, new: ScopeRecord) -> Iterator[Change]:
    was = {one.name: one for one in old.packs}
    now = {one.name: one for one in new.packs}
    for name in sorted(was.keys() | now.keys()):
        a, b = was.get(name), now.get(name)
        if a is None or b is None:
            zh, en = (
                ("新增规则包", "the pack is new") if a is None else ("不再有规则包", "it is gone")
            )
            yield Change("pack", name, Words(f"{zh} {name}", f"{name}: {en}"))
        elif a.fingerprint != b.fingerprint:
            yield Change(
                "pack",
                name,
                Words(
                    f"规则包 {name}：{a.version} → {b.version}",
                    f"{name}: {a.version} → {b.version}",
                ),
            )


def _instruments(old: ScopeRecord, new: ScopeRecord) -> Iterator[Change]:
    was = {one.id: one.applies for one in old.instruments}
    for one in new.instruments:
        if one.id not in was or was[one.id].answer is not one.applies.answer:
            text = _turn(one.short, was.get(one.id), one.applies, _SAID)
            yield Change("instrument", one.id, text)


def _routes(old: ScopeRecord, new: ScopeRecord) -> Iterator[Change]:
    was = {one.id: one.applies for one in old.routes}
    for one in new.routes:
        if one.id not in was or was[one.id].answer is not one.applies.answer:
            yield Change("route", one.id, _turn(one.title, was.get(one.id), one.applies, _NEEDED))


def _duties(old: ScopeRecord, new: ScopeRecord) -> Iterator[Change]:
    was = {one.ref: one.applies for one in old.duties}
    names = {(one.pack, one.id): one.short for one in new.instruments}
    for one in new.duties:
        if one.ref in was and was[one.ref].answer is one.applies.answer:
            continue
        short = names[one.ref.partition("/")[0], one.instrument]
        named = Words(
            f"{short.zh}{one.clause.zh}（{one.title.zh}）",
            f"{short.en}, {one.clause.en} ({one.title.en})",
        )
        yield Change("duty", one.ref, _turn(named, was.get(one.ref), one.applies, _SAID))
    there = {one.ref for one in new.duties}
    for one in old.duties:
        if one.ref not in there:
            yield Change(
                "duty",
                one.ref,
                Words(
                    f"{one.clause.zh}（{one.title.zh}）：规则包里不再有",
                    f"{one.clause.en} ({one.title.en}): no longer in the packs",
                ),
            )


def _turn(named: Words, was: Applies | None, now: Applies, said: dict[bool | None, Words]) -> Words:
    b = said[now.answer]
    a = Words("新", "new") if was is None else said[was.answer]
    return Words(f"{named.zh}：{a.zh} → {b.zh}", f"{named.en}: {a.en} → {b.en}")


def _value(stored: object) -> Answer | None:
    """An answer out of a record, where several values are a list."""
    if isinstance(stored, list):
        return tuple(map(str, stored))
    return stored if isinstance(stored, bool | str | int) else None
