"""What another version of a pack changes here, and how that is told."""

from collections.abc import Iterable, Iterator

import msgspec

from hegui.law import Duty, Pack, Words
from hegui.law.compare import Difference, Kind, diff
from hegui.law.provision import Control


class DutyShift(msgspec.Struct, frozen=True):
    """A duty that comes, goes, or reads otherwise.

    Attributes:
        ref: ``PACK/DUTY``.
        change: ``added``, ``changed`` or ``removed``.
        text: what must be done; of one that goes, what had to be.
        controls: of one that is changed, ids of the controls that come, go or read otherwise.
    """

    ref: str
    change: Kind
    text: Words
    controls: tuple[str, ...] = ()


class Lost(msgspec.Struct, frozen=True):
    """An attestation that no longer counts, because what it was signed for reads otherwise.

    Attributes:
        id: the attestation's.
        control: ``PACK/CONTROL``.
        signer: who signed it.
    """

    id: str
    control: str
    signer: str


class PackChange(msgspec.Struct, frozen=True, kw_only=True):
    """What a pack changes when it comes into force, or did.

    Attributes:
        name: the pack's.
        title: what people call it.
        was: the version before; empty: there was none.
        version: the version after; empty: there is none.
        fingerprint: SHA-256 of the content after, hex.
        origin: ``shipped`` or ``imported``; of a pack that is gone, empty.
        compared: whether the content before could be read; else nothing below is known.
        differences: what is added, changed and removed; nothing of a pack that comes or goes.
        duties: the same of duties.
        lost: attestations that no longer count.
        provisions, owed, parameters: how many provisions, duties and parameters it has after.
        new: whether anything changes.
    """

    name: str
    title: Words
    was: str
    version: str
    fingerprint: str
    origin: str
    compared: bool = True
    differences: tuple[Difference, ...] = ()
    duties: tuple[DutyShift, ...] = ()
    lost: tuple[Lost, ...] = ()
    provisions: int = 0
    owed: int = 0
    parameters: int = 0
    new: bool = True


def between(
    before: Pack | None, after: Pack, *, was: str, origin: str, lost: Iterable[Lost] = ()
) -> PackChange:
    """What the pack ``after`` changes.

    Args:
        before: the pack in force until then; none: there was none, or it can't be read.
        after: the pack in force then.
        was: the version before; empty: there was none.
        origin: where ``after`` comes from.
        lost: attestations that no longer count.
    """
    return PackChange(
        name=after.name,
        title=after.title,
        was=was,
        version=after.version,
        fingerprint=after.fingerprint,
        origin=origin,
        compared=not was or before is not None,
        differences=diff(before, after) if before else (),
        duties=tuple(_duties(before, after)) if before else (),
        lost=tuple(lost),
        provisions=len(after.provisions),
        owed=sum(1 for _ in after.duties()),
        parameters=len(after.parameters),
        new=before is None or before.fingerprint != after.fingerprint,
    )


def _duties(before: Pack, after: Pack) -> Iterator[DutyShift]:
    was = {duty.id: duty for _, duty in before.duties()}
    now = {duty.id: duty for _, duty in after.duties()}
    for name, duty in now.items():
        ref = f"{after.name}/{name}"
        if name not in was:
            yield DutyShift(ref, Kind.ADDED, duty.text)
        elif was[name] != duty:
            yield DutyShift(ref, Kind.CHANGED, duty.text, tuple(_controls(was[name], duty)))
    for name, duty in was.items():
        if name not in now:
            yield DutyShift(f"{after.name}/{name}", Kind.REMOVED, duty.text)


def _controls(before: Duty, after: Duty) -> list[str]:
    def named(duty: Duty) -> dict[str, Control]:
        return {one.id: one for one in duty.controls}

    was, now = named(before), named(after)
    return [name for name in sorted(was.keys() | now.keys()) if was.get(name) != now.get(name)]


_SIGN = {Kind.ADDED: "+", Kind.REMOVED: "-"}


def lines(change: PackChange) -> list[str]:
    """A change in words, a line each, Chinese first."""
    head = f"{change.title.zh} {change.title.en} ({change.name})"
    if not change.version:
        return [f"{head}: 不再有效 no longer in force (was {change.was})"]
    counted = (
        f"{change.provisions} 条 provisions, {change.owed} 项义务 duties, "
        f"{change.parameters} 个参数 parameters"
    )
    if not change.new:
        return [f"{head} {change.version}: 已在用，没有变化 in force already, nothing changes"]
    if not change.was:
        return [f"{head} {change.version}: 新规则包 new; {counted}"]
    told = [f"{head}: {change.was} → {change.version}; {counted}"]
    if not change.compared:
        told.append("  原版本无法读取，不能逐项比较 the version before can't be read or compared")
    for one in change.differences:
        told += _difference(one)
    for duty in change.duties:
        sign = _SIGN.get(duty.change, "~")
        which = f" [{', '.join(duty.controls)}]" if duty.controls else ""
        told.append(f"  {sign} 义务 duty {duty.ref}{which}: {_said(duty.text)}")
    for gone in change.lost:
        told.append(
            f"  ✎ 证明不再有效，须重新签署 attestation no longer counts, sign it again: "
            f"{gone.control} ({gone.signer})"
        )
    return told


def _difference(one: Difference) -> Iterator[str]:
    sign = _SIGN.get(one.change, "~")
    for place in (one.after or one.before,):
        if place is not None:
            yield f"  {sign} {place.ref} {place.clause.zh} {place.clause.en}: {_said(place.title)}"
    for shift in one.shifts:
        yield f"      {shift.what}: {shift.before or '-'} → {shift.after or '-'}"
    moved = {shift.what for shift in one.shifts}
    rest = [name for name in one.fields if name not in moved]
    if rest and one.change not in _SIGN:
        yield f"      改了 changed: {', '.join(rest)}"


def _said(words: Words) -> str:
    return f"{words.zh} / {words.en}"
