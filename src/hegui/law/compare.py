"""Two packs held against each other: a draft and what became of it, or two versions of one pack."""

from collections import Counter
from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import TypeAlias

import msgspec

from hegui.law.errors import LawError
from hegui.law.pack import Instrument, Pack
from hegui.law.parameter import Modality, Parameter
from hegui.law.provision import Became, Force, Provision
from hegui.law.words import Words

_Part: TypeAlias = Provision | Parameter | Instrument

#: Fields of which the value itself is shown, not only that it changed.
_SHOWN = (
    "modality",
    "who",
    "force",
    "value",
    "grade",
    "in_force",
    "ends",
    "valid_from",
    "valid_to",
)

_BINDING = frozenset({Modality.MUST, Modality.MUST_NOT, Modality.SHOULD})

_OTHERS = Words(
    zh="它约束的是别人；提供者可以据此提出要求。",
    en="It binds others; a provider can hold them to it.",
)
#: Why a new provision matters that asks nothing of a provider.
_NO_DUTY = {
    Modality.MUST: _OTHERS,
    Modality.MUST_NOT: _OTHERS,
    Modality.SHOULD: Words(
        zh="这是鼓励，不是义务；可以据此争取支持。",
        en="It encourages and lays no duty on anyone; support can be asked for on its strength.",
    ),
    Modality.RIGHT: Words(
        zh="这是别人的权利；提供者不得妨碍。",
        en="It is a right of others; a provider doesn't stand in its way.",
    ),
    Modality.POWER: Words(
        zh="这是主管部门的权力；要知道它会怎样用到自己身上。",
        en="It is a power of the authorities; know how it may be used on a provider.",
    ),
    Modality.DEFINITION: Words(
        zh="它划定谁、什么在规定之内；判断自己要办什么，先看这里。",
        en="It settles who and what is meant; look here before asking what has to be done.",
    ),
}


class Kind(StrEnum):
    """What sort of difference it is; the first six are a draft's own words for it."""

    KEPT = "kept"
    NARROWED = "narrowed"
    WIDENED = "widened"
    SOFTENED = "softened"
    MOVED = "moved"
    REMOVED = "removed"
    ADDED = "added"
    CHANGED = "changed"  # between two versions of one pack


class Place(msgspec.Struct, frozen=True, kw_only=True):
    """One side of a difference.

    Attributes:
        ref: ``PACK/ID``.
        part: ``provision``, ``parameter`` or ``instrument``.
        article: the article's number; empty of what is no provision.
        clause: how people write that; of an instrument, what people call it.
        title: what it is about.
        text: what it says, in our words; of a parameter, its value.
    """

    ref: str
    part: str
    article: str
    clause: Words
    title: Words
    text: Words


class Shift(msgspec.Struct, frozen=True, kw_only=True):
    """One value that differs.

    Attributes:
        what: the field, such as ``modality`` or ``who``; ``amount``, of what follows a breach; or
            the id of a number that the provision states.
        before: on the one side; none: it wasn't there.
        after: on the other side; none: it isn't there.
    """

    what: str
    before: str | None
    after: str | None


class Difference(msgspec.Struct, frozen=True, kw_only=True):
    """One difference.

    Attributes:
        topic: a stable name: the one that a draft gives it, else the id of the provision,
            parameter or instrument.
        change: what sort it is.
        before: where it stood; none when it is new.
        after: where it stands; none when it is gone.
        what: what changed.
        why: why it matters to a provider; none between versions.
        fields: between versions, the fields that differ.
        shifts: what of it can be put in a word or a number.
    """

    topic: str
    change: Kind
    before: Place | None
    after: Place | None
    what: Words
    why: Words | None = None
    fields: tuple[str, ...] = ()
    shifts: tuple[Shift, ...] = ()


def diff(a: Pack, b: Pack) -> tuple[Difference, ...]:
    """Every difference from ``a`` to ``b``.

    Of a draft and its final text: what became of the draft's provisions, in the draft's order,
    then what the final text has that nothing in the draft became. Of two versions of one pack:
    what was added, changed and removed, by the ids of instruments, provisions and parameters.

    Raises:
        LawError: ``packs_unrelated``, or ``provision_unknown`` when the draft names a provision
            that the final text does not have.
    """
    if a.name == b.name:
        return tuple(_versions(a, b))
    became = [each for one in a.provisions for each in one.became]
    if a.instrument.force is Force.DRAFT and any(_in(each, b) for each in became):
        return tuple(_final(a, b))
    raise LawError(
        "packs_unrelated",
        zh=f"规则包 {a.name} 与 {b.name} 无法比较。请给出同一规则包的两个版本，"
        "或先写征求意见稿、后写其定稿。",
        en=f"The packs {a.name} and {b.name} can't be compared. Give two versions of one pack, "
        "or a draft and then its final text.",
    )


def _in(became: Became, pack: Pack) -> bool:
    return became.to is not None and became.to.startswith(f"{pack.name}/")


def _final(a: Pack, b: Pack) -> Iterator[Difference]:
    met = set()
    for one in a.provisions:
        for became in one.became:
            after = None
            if became.to is not None and _in(became, b):
                after = b.provision(became.to.removeprefix(f"{b.name}/"))
                met.add(after.id)
            yield Difference(
                topic=became.topic,
                change=Kind(became.change),
                before=_place(a, one),
                after=_place(b, after),
                what=became.what,
                why=became.why,
                shifts=_shifts(a, one, b, after),
            )
    for new in b.provisions:
        if new.id not in met:
            yield Difference(
                topic=new.id,
                change=Kind.ADDED,
                before=None,
                after=_place(b, new),
                what=Words(zh=f"新增：{new.text.zh}", en=f"New: {new.text.en}"),
                why=_why(new),
            )


def _why(new: Provision) -> Words:
    """Why a new provision matters: what it asks of a provider, or what it is for."""
    if not new.duties:
        return _NO_DUTY[new.modality]
    asked = [duty.text for duty in new.duties]
    return Words(
        zh="提供者因此须：" + "".join(text.zh for text in asked),
        en="A provider now has to do this: " + " ".join(text.en for text in asked),
    )


def _shifts(a: Pack, before: Provision, b: Pack, after: Provision | None) -> tuple[Shift, ...]:
    """How binding it is, for whom, and its numbers.

    The first two are held against each other where both sides bind. A sum counts where an
    authority is given the power to ask for it; on other provisions it may be another law's.
    """
    pairs: list[tuple[str, str | None, str | None]] = []
    if after is not None and {before.modality, after.modality} <= _BINDING:
        pairs += [(name, _plain(before, name), _plain(after, name)) for name in ("modality", "who")]
    if before.modality is Modality.POWER:
        pairs.append(("amount", _amounts(before), None if after is None else _amounts(after)))
    was, now = _stated(a, before), {} if after is None else _stated(b, after)
    pairs += [(name, was.get(name), now.get(name)) for name in sorted(was.keys() | now.keys())]
    return _differing(pairs)


def _differing(pairs: Iterable[tuple[str, str | None, str | None]]) -> tuple[Shift, ...]:
    return tuple(
        Shift(what=what, before=before, after=after)
        for what, before, after in pairs
        if before != after
    )


def _amounts(one: Provision) -> str | None:
    """The sums that may follow a breach."""
    return "; ".join(each.amount for each in one.consequence if each.amount) or None


def _plain(one: _Part, name: str) -> str | None:
    """A field's value as text."""
    value = getattr(one, name)
    if value is None:
        return None
    return ", ".join(value) if isinstance(value, tuple) else str(value)


def _stated(pack: Pack, provision: Provision) -> dict[str, str]:
    """The numbers that a provision states: those that name the very same clause."""
    instrument = pack.instrument_of(provision).id
    return {
        one.id: one.value
        for one in pack.parameters
        if (one.instrument, one.clause) == (instrument, provision.clause)
    }


def _versions(a: Pack, b: Pack) -> Iterator[Difference]:
    for was, now in (
        (_named(a.instruments), _named(b.instruments)),
        (_named(a.provisions), _named(b.provisions)),
        (_dated(a.parameters), _dated(b.parameters)),
    ):
        for name in [*was, *(each for each in now if each not in was)]:
            before, after = was.get(name), now.get(name)
            if before != after:
                yield _edited(name, (a, before), (b, after))


def _named(parts: Iterable[_Part]) -> dict[str, _Part]:
    return {one.id: one for one in parts}


def _dated(parameters: tuple[Parameter, ...]) -> dict[str, _Part]:
    """By id, and by the first day too where an id has several values in time."""
    times = Counter(one.id for one in parameters)
    return {
        one.id if times[one.id] == 1 else f"{one.id}@{one.valid_from}": one for one in parameters
    }


def _edited(
    name: str, old: tuple[Pack, _Part | None], new: tuple[Pack, _Part | None]
) -> Difference:
    """What stands on one side only, or reads otherwise on the other."""
    (a, before), (b, after) = old, new
    fields: tuple[str, ...] = ()
    shifts: tuple[Shift, ...] = ()
    if before is None:
        change, what = Kind.ADDED, Words(zh="新增。", en="Added.")
    elif after is None:
        change, what = Kind.REMOVED, Words(zh="已删除。", en="Removed.")
    else:
        fields = tuple(
            each
            for each in before.__struct_fields__
            if getattr(before, each) != getattr(after, each)
        )
        change = Kind.CHANGED
        listed = ", ".join(fields)
        what = Words(zh=f"有改动的字段：{listed}。", en=f"These fields changed: {listed}.")
        shifts = _differing(
            (each, _plain(before, each), _plain(after, each)) for each in fields if each in _SHOWN
        )
    return Difference(
        topic=name,
        change=change,
        before=_place(a, before),
        after=_place(b, after),
        what=what,
        fields=fields,
        shifts=shifts,
    )


def _place(pack: Pack, one: _Part | None) -> Place | None:
    if one is None:
        return None
    ref = f"{pack.name}/{one.id}"
    match one:
        case Provision():
            return Place(
                ref=ref,
                part="provision",
                article=one.article,
                clause=one.clause,
                title=one.title,
                text=one.text,
            )
        case Parameter():
            value = Words(zh=one.value, en=one.value)
            return Place(
                ref=ref, part="parameter", article="", clause=one.clause, title=one.text, text=value
            )
        case Instrument():
            return Place(
                ref=ref,
                part="instrument",
                article="",
                clause=one.short,
                title=one.title,
                text=one.title,
            )
