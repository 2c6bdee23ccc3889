"""The law here: packs in force, scope, licences and attestations (Measures, Arts. 2, 17, 23)."""

from collections.abc import Iterator, Mapping

import msgspec

from hegui.checks import say
from hegui.checks.attested import WARN, Attestation
from hegui.checks.check import Live, check
from hegui.checks.moment import Moment, last_moment
from hegui.checks.result import Result
from hegui.checks.seen import Seen, seen, shown
from hegui.checks.verdict import aged, calm, latest, missing
from hegui.law import Book, Status, Words, worst
from hegui.ledger import kinds

REVIEW = "own/scope.review"
_MOST_PACKS, _MOST_LICENCES, _MOST_CONTROLS = 300, 1_000, 3_000
#: Attestations that are remembered in all, in case those after them are taken back, or the words
#: they were signed for come back; past it the control that has most loses its oldest.
_MOST_SIGNED = 9_000


@check(
    "scope.recorded",
    room="duties",
    title=("服务范围已判断并记录", "The scope of the service is decided and on record"),
    what=(
        "读最近一次对服务概况的回答：适用多少义务，多少因缺少回答而无法判断。须按期重新回答。",
        (
            "Reads the latest answers to what the service is: how many duties apply, and how many "
            "can't be told for want of an answer. They are asked for again in time."
        ),
    ),
    kinds=(kinds.ProfileRecorded,),
    rules=(REVIEW, WARN),
    ttl=REVIEW,
)
class ScopeRecorded(Live):
    """The latest record of scope."""

    last: kinds.ProfileRecorded | None = None
    place: Seen | None = None

    def fold(self, entry: kinds.Entry, index: int) -> None:
        """The latest counts."""
        if isinstance(entry, kinds.ProfileRecorded):
            self.last, self.place = entry, seen(entry, index)

    def judge(self, at: Moment) -> Result:
        """Of the latest record."""
        if self.last is None or self.place is None:
            return missing(
                "还没有回答服务概况。请在“适用范围”页面回答。",
                "What the service is was not answered yet. Answer on the page of its scope.",
                Status.NEEDS_PERSON,
            )
        ends = at.after(self.place.at, REVIEW)
        status = aged(at, ends, at.before(ends, WARN))
        if self.last.unknown:
            status = worst((status, Status.NEEDS_PERSON))
        span = at.rule(REVIEW).span.said
        return latest(
            self.place,
            status,
            Words(
                f"{say.when(self.place.at)} 记录：适用义务 {self.last.duties:,} 项，"
                f"缺少回答而无法判断的 {self.last.unknown:,} 项。",
                f"Recorded on {say.when(self.place.at)}: {self.last.duties:,} duties apply; "
                f"{self.last.unknown:,} can't be told for want of an answer.",
            ),
            threshold=Words(f"每 {span.zh}重新回答", f"answered again every {span.en}"),
            rules=(REVIEW, WARN),
            due=ends,
        )


@check(
    "law.loaded",
    room="duties",
    title=("在用的规则包都有记录", "The law packs in force are on record"),
    what=(
        "读规则包的启用和停用记录，与现在用来判断义务的各包的指纹比较。",
        (
            "Reads which law packs came into force and went out of it, against the fingerprints of "
            "those that duties are judged by now."
        ),
    ),
    kinds=(kinds.LawLoaded, kinds.LawWithdrawn),
)
class LawIsLoaded(Live):
    """Packs on record, by name."""

    #: The fingerprint, and the entry.
    packs: dict[str, tuple[str, Seen]] = msgspec.field(default_factory=dict)

    def fold(self, entry: kinds.Entry, index: int) -> None:
        """The latest of each name counts."""
        if isinstance(entry, kinds.LawLoaded):
            self.packs[entry.pack] = (entry.fingerprint, seen(entry, index))
            if len(self.packs) > _MOST_PACKS:
                del self.packs[next(iter(self.packs))]
        elif isinstance(entry, kinds.LawWithdrawn):
            self.packs.pop(entry.pack, None)

    def judge(self, at: Moment) -> Result:
        """Against the packs in force."""
        if not self.packs:
            return missing("还没有记录任何规则包。", "No law pack is on record.")
        there = {pack.name: pack.fingerprint for pack in at.book.packs}
        other = [name for name, mark in there.items() if self.packs.get(name, ("",))[0] != mark]
        wrong = [one for name, (_, one) in self.packs.items() if name in other]
        right = [one for name, (_, one) in self.packs.items() if name not in other]
        named = "、".join(other[:5])
        named_en = ", ".join(other[:5])
        return Result(
            status=Status.NOT_MET if other else Status.MET,
            figure=Words(
                f"在用规则包 {len(there):,} 个，"
                + (f"{len(other):,} 个的现行内容没有记录：{named}。" if other else "全部有记录。"),
                f"Law packs in force: {len(there):,}; "
                + (
                    f"not on record as they are now: {len(other):,} ({named_en})."
                    if other
                    else "all on record."
                ),
            ),
            counted=len(there),
            against=len(other),
            shown=shown(wrong, right),
            seen=max(one.at for _, one in self.packs.values()),
        )


class _Licence(msgspec.Struct, frozen=True, array_like=True):
    """A licence as its entry has it: its kind, its last day (0: none), and the entry."""

    kind: str
    expires: int
    entry: Seen


@check(
    "licences.in_date",
    room="duties",
    title=("登记的许可都在有效期内", "Licences on the register are in date"),
    what=(
        (
            "读许可、备案和登记的登记簿：每项在何时到期，临期提醒。一项也没有登记时，"
            "须由人确认是否需要许可。"
        ),
        (
            "Reads the register of licences, filings and registrations: when each expires, with a "
            "warning before. While there is none, a person says whether one is needed."
        ),
    ),
    kinds=(kinds.LicenceRecorded,),
    rules=(WARN,),
    ttl=WARN,
)
class LicencesInDate(Live):
    """Licences that hold, by id."""

    licences: dict[str, _Licence] = msgspec.field(default_factory=dict)

    def fold(self, entry: kinds.Entry, index: int) -> None:
        """The latest of each id counts."""
        if not isinstance(entry, kinds.LicenceRecorded):
            return
        self.licences.pop(entry.act, None)
        if not entry.withdrawn:
            self.licences[entry.act] = _Licence(entry.licence, entry.expires, seen(entry, index))
            if len(self.licences) > _MOST_LICENCES:
                del self.licences[next(iter(self.licences))]

    def judge(self, at: Moment) -> Result:
        """Of those on the register now."""
        if not self.licences:
            return missing(
                "登记簿里没有许可。请登记，或由人说明不需要。",
                "There is no licence on the register. Put one there, or say that none is needed.",
                Status.NEEDS_PERSON,
            )
        dues = [(one.expires, one.entry) for one in self.licences.values()]
        return _dated(
            at,
            dues,
            ("登记的许可 {n} 项，过期 {bad} 项", "Licences: {n}; out of date: {bad}"),
            Status.OVERDUE,
        )


@check(
    "attestations.in_date",
    room="duties",
    title=("签署的证明都在有效期内", "Attestations are in date"),
    what=(
        "读工作人员签署和撤回的证明：每项控制措施最近一份何时到期，临期提醒。",
        (
            "Reads attestations that people signed and took back: when the one that counts for "
            "each control expires, with a warning before."
        ),
    ),
    kinds=(kinds.AttestationSigned, kinds.AttestationWithdrawn),
    rules=(WARN,),
    ttl=WARN,
)
class Attestations(Live):
    """The attestations of each control."""

    controls: dict[str, list[Attestation]] = msgspec.field(default_factory=dict)  # oldest first

    def fold(self, entry: kinds.Entry, index: int) -> None:
        """An attestation is signed, or taken back."""
        if isinstance(entry, kinds.AttestationSigned):
            kept = [*self.controls.pop(entry.control, []), _attestation(entry, index)]
            self.controls[entry.control] = kept
            if sum(map(len, self.controls.values())) > _MOST_SIGNED:
                del max(self.controls.values(), key=len)[0]
            if len(self.controls) > _MOST_CONTROLS:
                del self.controls[next(iter(self.controls))]
        elif isinstance(entry, kinds.AttestationWithdrawn):
            signed = self.controls.get(entry.control, [])
            signed[:] = [one for one in signed if one.entry.act != entry.act]
            if not signed:
                self.controls.pop(entry.control, None)

    def judge(self, at: Moment) -> Result:
        """Of those that count, for controls of the packs in force."""
        dues = [(one.expires, one.entry) for one in self.chosen(at.book).values()]
        return _dated(
            at,
            dues,
            ("签署的证明 {n} 份，过期 {bad} 份", "Attestations: {n}; out of date: {bad}"),
            Status.STALE,
        )

    def chosen(self, book: Book) -> Mapping[str, Attestation]:
        """The one that counts for each control that the packs in force have.

        One for the provision as it reads goes before one for other words, and then the latest.
        """
        return dict(self._chosen(book))

    def _chosen(self, book: Book) -> Iterator[tuple[str, Attestation]]:
        for control, signed in self.controls.items():
            reads = book.digest_of(control)
            if reads is not None:  # else no pack in force has that control any more
                current = [one for one in signed if one.provision == reads]
                yield control, (current or signed)[-1]


def _attestation(entry: kinds.AttestationSigned, index: int) -> Attestation:
    return Attestation(
        entry=seen(entry, index),
        control=entry.control,
        provision=entry.provision,
        true_on=entry.true_on,
        expires=entry.expires,
        file=entry.file,
        staff=entry.staff,
    )


def _dated(
    at: Moment, dues: list[tuple[int, Seen]], said: tuple[str, str], expired: Status
) -> Result:
    """Things with a last day each; 0 is none."""
    ends = {one: last_moment(day) for day, one in dues if day}
    over = {one: None for one, end in ends.items() if at.now > end}  # a set that keeps its order
    left = [one for _, one in dues if one not in over]
    first = min((end for one, end in ends.items() if one not in over), default=None)
    warn = at.rule(WARN)
    soon = first is not None and at.now > at.before(first, WARN)
    status = expired if over else Status.DUE_SOON if soon else calm(len(dues))
    zh, en = (each.format(n=f"{len(dues):,}", bad=f"{len(over):,}") for each in said)
    until_zh = f"，最近一项 {say.when(first)} 到期" if first is not None else ""
    until_en = f"; the next expires on {say.when(first)}" if first is not None else ""
    span = warn.span.said
    return Result(
        status=status,
        figure=Words(f"{zh}{until_zh}。", f"{en}{until_en}."),
        threshold=Words(
            f"都在有效期内，提前 {span.zh}提醒", f"all in date, warned {span.en} ahead"
        ),
        rules=(WARN,),
        counted=len(dues),
        against=len(over),
        shown=shown(over, left),
        seen=max((one.at for _, one in dues), default=None),
        due=min(ends.values(), default=None) if over else first,
    )
