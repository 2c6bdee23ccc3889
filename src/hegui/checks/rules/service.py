"""The service: what it tells its public, and how it runs (Measures, Arts. 10, 11, 13 and 15)."""

from decimal import Decimal

import msgspec

from hegui.checks import say
from hegui.checks.check import Live, check
from hegui.checks.memory import MOST_DAYS, Acts, Measured
from hegui.checks.moment import Moment, day_number, day_start
from hegui.checks.result import Result
from hegui.checks.run import Run
from hegui.checks.seen import Seen, seen
from hegui.checks.verdict import calm, every, filled, latest, missing
from hegui.law import Status, Words
from hegui.ledger import kinds

AVAILABILITY = "own/availability.target"
UNRECOVERABLE = "own/unrecoverable.max"
_NEVER = ("服务还没有启动过。", "The service was never started.")


class _Declared(Live):
    """What the service declared at its latest start."""

    last: kinds.ServiceDeclared | None = None
    place: Seen | None = None

    def fold(self, entry: kinds.Entry, index: int) -> None:
        """The latest start counts."""
        if isinstance(entry, kinds.ServiceDeclared):
            self.last, self.place = entry, seen(entry, index)


@check(
    "disclosure.published",
    room="portal",
    title=("适用人群、场合和用途已公开", "Whom, when and what for is published"),
    what=(
        (
            "读启动时的申明：门户首页是否写明适用的人群、场合和用途（service.public、"
            "service.occasions、service.uses 三项都要有）。"
        ),
        (
            "Reads what the service declared at its start: whether the portal's home says for "
            "whom, on which occasions and for which uses it is (service.public, service.occasions "
            "and service.uses, all three)."
        ),
    ),
    kinds=(kinds.ServiceDeclared,),
)
class DisclosurePublished(_Declared):
    """What the portal says the service is for."""

    def judge(self, at: Moment) -> Result:  # noqa: ARG002  it stays so
        """Of the latest start."""
        if self.last is None or self.place is None:
            return missing(*_NEVER)
        if not self.last.disclosure:
            figure = Words(
                "门户没有写全适用的人群、场合和用途。请填写 service.occasions 和 service.uses。",
                "The portal doesn't say for whom, on which occasions and for which uses the "
                "service is. Fill in service.occasions and service.uses.",
            )
            return latest(self.place, Status.NOT_MET, figure)
        figure = Words(
            f"门户首页写明三项，指纹 {self.last.disclosure[:12]}…，"
            f"{say.when(self.place.at)} 启动时如此。",
            f"The portal's home says all three, fingerprint {self.last.disclosure[:12]}…, as of "
            f"the start on {say.when(self.place.at)}.",
        )
        return latest(self.place, Status.MET, figure)


@check(
    "contact.published",
    room="portal",
    title=("投诉联系方式已公开", "A contact for complaints is published"),
    what=(
        "读启动时的申明：门户首页和协议中是否有服务提供者的联系方式。",
        (
            "Reads what the service declared at its start: whether the portal's home and the "
            "agreement give a way to reach the provider."
        ),
    ),
    kinds=(kinds.ServiceDeclared,),
)
class ContactPublished(_Declared):
    """Whether the provider can be reached."""

    def judge(self, at: Moment) -> Result:  # noqa: ARG002  it stays so
        """Of the latest start."""
        if self.last is None or self.place is None:
            return missing(*_NEVER)
        if not self.last.contact:
            figure = Words(
                "没有可用的联系方式（演示服务没有）。请填写 provider.contact。",
                "There is no contact (a demo has none). Fill in provider.contact.",
            )
            return latest(self.place, Status.NOT_MET, figure)
        figure = Words("联系方式已公开。", "The contact is published.")
        return latest(self.place, Status.MET, figure)


@check(
    "recipients.named",
    room="config",
    title=("数据接收方都写明", "Recipients are named"),
    what=(
        (
            "读启动时的申明：每个上游、邮件和通知的接收方是否写明运营者、国家、目的、合同、是否留存、"
            "是否用于训练。"
        ),
        (
            "Reads what the service declared at its start: whether each upstream, and whoever "
            "gets mail or notices, states operator, country, purpose, contract, and whether it "
            "keeps what it is sent or trains on it."
        ),
    ),
    kinds=(kinds.ServiceDeclared,),
)
class RecipientsNamed(_Declared):
    """The recipients of people's text."""

    def judge(self, at: Moment) -> Result:  # noqa: ARG002  it stays so
        """Of the latest start."""
        if self.last is None or self.place is None:
            return missing(*_NEVER)
        total, unnamed = self.last.recipients, self.last.unnamed
        if not total:
            figure = Words(
                "没有外部接收方（模型在本进程内）。",
                "Nobody outside receives it (the model runs in this process).",
            )
        else:
            figure = Words(
                f"外部接收方 {total:,} 个，没有写全的 {unnamed:,} 个。",
                f"Recipients outside: {total:,}; not named in full: {unnamed:,}.",
            )
        return latest(
            self.place,
            Status.NOT_MET if unnamed else calm(total),
            figure,
            threshold=Words("全部写明", "all named in full"),
        )


@check(
    "service.available",
    room="service",
    title=("服务持续可用", "The service stays available"),
    what=(
        "读每次启动前服务停了多久，无论是正常停机还是中断，与提供者自定的可用率比较。",
        (
            "Reads for how long the service was away before each start, whether it was stopped or "
            "cut, against the provider's own target."
        ),
    ),
    kinds=(kinds.ServiceStarted, kinds.ServiceOutage),
    rules=(AVAILABILITY,),
)
class ServiceAvailable(Live):
    """How long the service was away, by day."""

    away: dict[int, int] = msgspec.field(default_factory=dict)  # by the day's number, milliseconds
    acts: Acts = msgspec.field(default_factory=Acts)
    last: Seen | None = None

    def fold(self, entry: kinds.Entry, index: int) -> None:
        """Give an outage to the days it lay on."""
        if isinstance(entry, kinds.ServiceStarted):
            self.last = seen(entry, index)
        elif isinstance(entry, kinds.ServiceOutage) and entry.until > entry.since:
            self.acts.add(entry, index, against=True)
            last = day_number(entry.until)
            for day in range(max(day_number(entry.since), last - MOST_DAYS), last + 1):
                begins = max(entry.since, day_start(day))
                ends = min(entry.until, day_start(day + 1))
                self.away[day] = self.away.get(day, 0) + ends - begins
            while len(self.away) > MOST_DAYS:
                del self.away[min(self.away)]

    def judge(self, at: Moment) -> Result:
        """Against the target, over the whole window, however young the house is."""
        if self.last is None:
            return missing(*_NEVER)
        target = at.number(AVAILABILITY)
        whole = max(1, at.now - at.since)
        gone = min(whole, sum(ms for day, ms in self.away.items() if day >= at.first))
        up = 1 - Decimal(gone) / whole
        recent = self.acts.recent(at)
        away = say.length(gone)
        none = not recent.counted
        said = (
            ("最近 {days} 天没有停过。", "Never away in the last {days} days.")
            if none
            else (
                f"最近 {{days}} 天停 {{n}} 次，共 {away.zh}，可用率 {say.percent(up)}。",
                (
                    f"Away {{n}} times in the last {{days}} days, {away.en} in all; available "
                    f"{say.percent(up)}."
                ),
            )
        )
        return Result(
            status=Status.MET if up >= target else Status.NOT_MET,
            figure=filled(said, n=recent.counted),
            threshold=Words(f"不低于 {say.percent(target)}", f"at least {say.percent(target)}"),
            rules=(AVAILABILITY,),
            counted=recent.counted,
            against=recent.against,
            shown=recent.shown or (self.last.shown(against=False),),
            seen=max(self.last.at, recent.seen or 0),
        )


@check(
    "service.failures",
    room="gateway",
    title=("生成很少失败", "Generations seldom fail"),
    what=(
        "读每次生成的结局：因模型或通往它的路径失败的占多大比例，与提供者自定的可用率比较。",
        (
            "Reads how each generation ended: what share failed for the model or the way to it, "
            "against the provider's own target of availability."
        ),
    ),
    kinds=(
        kinds.GenerationDelivered,
        kinds.GenerationStopped,
        kinds.GenerationFailed,
        kinds.GenerationAbandoned,
        kinds.GenerationInterrupted,
    ),
    rules=(AVAILABILITY,),
)
class ServiceFailures(Live):
    """Ends of generations, failures against."""

    acts: Acts = msgspec.field(default_factory=Acts)

    def take(self, run: Run) -> None:
        """Count ends."""
        failed = kinds.GenerationFailed
        some = failed in run.kinds
        self.acts.take(run, [isinstance(one, failed) for one in run.entries] if some else ())

    def judge(self, at: Moment) -> Result:
        """Against the target."""
        recent, most = self.acts.recent(at), 1 - at.number(AVAILABILITY)
        fine = recent.against <= most * recent.counted
        rate = say.share(recent.against, recent.counted) if recent.counted else "0%"
        said = (
            (
                f"最近 {{days}} 天 {{n}} 次生成，失败 {{bad}} 次（{rate}）。",
                f"Generations in the last {{days}} days: {{n}}; failed: {{bad}} ({rate}).",
            )
            if recent.counted
            else ("最近 {days} 天没有生成。", "There was no generation in the last {days} days.")
        )
        return Result(
            status=calm(recent.counted) if fine else Status.NOT_MET,
            figure=filled(said, n=recent.counted, bad=recent.against),
            threshold=Words(f"失败不超过 {say.percent(most)}", f"at most {say.percent(most)} fail"),
            rules=(AVAILABILITY,),
            counted=recent.counted,
            against=recent.against,
            shown=recent.shown,
            seen=recent.seen,
        )


@check(
    "service.recovered",
    room="vault",
    title=("中断时几乎不丢留存", "A crash loses next to nothing of the record"),
    what=(
        "读因崩溃中断的生成：留存的文字最多可能缺最后多少毫秒，与提供者自定的上限比较。",
        (
            "Reads generations that a crash cut: how many of their last milliseconds may be "
            "missing from what was kept, against the provider's own bound."
        ),
    ),
    kinds=(kinds.GenerationInterrupted,),
    rules=(UNRECOVERABLE,),
    version=2,
)
class ServiceRecovered(Live):
    """Generations that a crash cut, by what may be missing."""

    cut: Measured = msgspec.field(default_factory=Measured)

    def fold(self, entry: kinds.Entry, index: int) -> None:
        """Count one that was cut."""
        if isinstance(entry, kinds.GenerationInterrupted):
            self.cut.add(entry, index, entry.unrecoverable_ms)

    def judge(self, at: Moment) -> Result:
        """Each of the window, against the bound."""
        most = int(at.number(UNRECOVERABLE))
        return every(
            self.cut.recent(at, lambda _, value: value > most),
            none=(
                "最近 {days} 天没有生成被中断。",
                "No generation was cut by a crash in the last {days} days.",
            ),
            fine=(
                "最近 {days} 天中断 {n} 次，缺失都在上限以内。",
                (
                    "Generations cut in the last {days} days: {n}; what may be missing stays "
                    "within the bound."
                ),
            ),
            wrong=(
                "最近 {days} 天中断 {n} 次，{bad} 次缺失超过上限。",
                (
                    "Generations cut in the last {days} days: {n}; {bad} of them may miss more "
                    "than the bound."
                ),
            ),
            threshold=Words(f"最多缺 {most:,} 毫秒", f"at most {most:,} ms missing"),
            rules=(UNRECOVERABLE,),
        )
