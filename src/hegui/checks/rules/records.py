"""Records: whole, sealed, signed, verified, and kept as long as they should be."""

import re
from itertools import chain

import msgspec

from hegui.checks import say
from hegui.checks.check import Live, check
from hegui.checks.memory import Acts
from hegui.checks.moment import DAY_MS, Moment
from hegui.checks.result import Result
from hegui.checks.run import Run
from hegui.checks.seen import MOST_SHOWN, Seen, seen, shown
from hegui.checks.verdict import aged, calm, every, filled, latest, missing
from hegui.law import Status, Words
from hegui.ledger import kinds

VERIFY = "own/ledger.verify"
NETWORK_LOG = "cn-cybersecurity-2026/log.net"
#: What is looked at daily is missed after two days.
_DAILY_MS = 2 * DAY_MS
#: Generations that are open at once, as far as each is watched.
_MOST_OPEN = 4_096
#: The longest that the settings allow a generation to take; what crashed is closed at a start.
_LONGEST_MS = DAY_MS
_DIGEST = re.compile(r"[0-9a-f]{64}")
_PROBLEMS = {
    "unsigned": ("有留痕没有检查点签名", "there are entries that no checkpoint signs"),
    "entries_missing": ("检查点签过的留痕不见了", "entries that a checkpoint signs are gone"),
    "signature": (
        "最新检查点的签名不是本账本的",
        "the newest checkpoint is not signed by this log's key",
    ),
    "root": ("最新检查点的根与账本不符", "the newest checkpoint's root is not the log's"),
    "missing": ("早先的检查点不见了或被改过", "an earlier checkpoint is gone or was altered"),
}


@check(
    "records.whole",
    room="gateway",
    title=("每次生成都有结局记录", "Every generation has its end on record"),
    what=(
        (
            "读每次生成的放行和结局。最近 30 天内放行、一天后仍没有结局的，不算满足，"
            "直到结局补上；同时进行的超过 4,096 次时，其余的不逐一跟踪。"
        ),
        (
            "Reads that each generation was let in and how it ended. One of the last 30 days "
            "without an end a day after it was let in turns it, until its end comes. While more "
            "than 4,096 are open at once, those beyond are not followed one by one."
        ),
    ),
    kinds=(
        kinds.GenerationAdmitted,
        kinds.GenerationDelivered,
        kinds.GenerationStopped,
        kinds.GenerationFailed,
        kinds.GenerationAbandoned,
        kinds.GenerationInterrupted,
    ),
    ttl="1d",
    version=2,
)
class RecordsWhole(Live):
    """Generations that were let in, and those whose end is open."""

    admitted: Acts = msgspec.field(default_factory=Acts)
    #: By id, the oldest first.
    open: dict[str, Seen] = msgspec.field(default_factory=dict)
    #: Let go at the bound: against when its end was late by then, else nobody knows.
    let_go: Acts = msgspec.field(default_factory=Acts)
    #: Ends that came late, and came.
    late: Acts = msgspec.field(default_factory=Acts)

    def take(self, run: Run) -> None:
        """Generations begin and end."""
        self.admitted.take(run.of(kinds.GenerationAdmitted))
        running = self.open
        for entry, one in zip(run.entries, run.seen, strict=True):
            if isinstance(entry, kinds.GenerationAdmitted):
                running[one.act] = one
                if len(running) > _MOST_OPEN:
                    oldest = running.pop(next(iter(running)))
                    self.let_go.put(oldest, against=one.at - oldest.at > _LONGEST_MS)
            else:
                begun = running.pop(one.act, None)
                if begun is not None and one.at - begun.at > _LONGEST_MS:
                    self.late.put(one, against=False)

    def judge(self, at: Moment) -> Result:
        """Those of the window that should have ended by now."""
        still = [one for one in self.open.values() if one.at >= at.since]
        missed = [one for one in still if at.now - one.at > _LONGEST_MS]
        recent, late, let_go = (one.recent(at) for one in (self.admitted, self.late, self.let_go))
        against = len(missed) + let_go.against
        running, unknown = len(still) - len(missed), let_go.counted - let_go.against
        zh, en = _whole(against, running, late.counted, unknown)
        said = (
            f"最近 {{days}} 天 {{n}} 次生成；{zh}。",
            f"Generations in the last {{days}} days: {{n}}; {en}.",
        )
        gone = [one for one in let_go.shown if one.against]
        return Result(
            status=Status.NOT_MET if against else calm(recent.counted),
            figure=filled(said, n=recent.counted),
            threshold=Words("全部有结局", "all with their end"),
            counted=recent.counted,
            against=against,
            shown=(*shown(missed), *gone, *late.shown, *recent.shown)[:MOST_SHOWN],
            seen=recent.seen,
        )


def _whole(against: int, running: int, late: int, unknown: int) -> tuple[str, str]:
    """How many generations are in which state; what is rare is told when it occurs."""
    zh = f"没有结局的 {against:,} 次，进行中 {running:,} 次"
    en = f"without an end: {against:,}; in progress: {running:,}"
    if late:
        zh += f"，一天后才有结局的 {late:,} 次"
        en += f"; ended more than a day later: {late:,}"
    if unknown:
        zh += f"，同时进行过多而未跟踪的 {unknown:,} 次"
        en += f"; not followed, since too many were open at once: {unknown:,}"
    return zh, en


@check(
    "vault.sealed",
    room="vault",
    title=("人们的文字都封存留证", "People's text is sealed, with a commitment on record"),
    what=(
        "读每次生成：输入、交付的回答和停止时的回答是否都有封存承诺值。",
        (
            "Reads whether each prompt, each delivered answer and each stopped one has the "
            "commitment to its sealed text."
        ),
    ),
    kinds=(kinds.GenerationAdmitted, kinds.GenerationDelivered, kinds.GenerationStopped),
)
class VaultSealed(Live):
    """Texts, each with the commitment to its sealed form."""

    acts: Acts = msgspec.field(default_factory=Acts)

    def take(self, run: Run) -> None:
        """Count texts."""
        prompts = run.of(kinds.GenerationAdmitted).values("prompt")
        answers = run.of(kinds.GenerationDelivered, kinds.GenerationStopped).values("answer")
        if all(map(_DIGEST.fullmatch, chain(prompts, answers))):
            self.acts.take(run)
        else:
            super().take(run)

    def fold(self, entry: kinds.Entry, index: int) -> None:
        """Count a text."""
        if isinstance(entry, kinds.GenerationAdmitted):
            self.acts.add(entry, index, against=not _DIGEST.fullmatch(entry.prompt))
        elif isinstance(entry, kinds.GenerationDelivered | kinds.GenerationStopped):
            self.acts.add(entry, index, against=not _DIGEST.fullmatch(entry.answer))

    def judge(self, at: Moment) -> Result:
        """Every text of the window."""
        return every(
            self.acts.recent(at),
            none=("最近 {days} 天没有生成。", "There was no generation in the last {days} days."),
            fine=(
                "最近 {days} 天 {n} 段文字，全部封存并有承诺值。",
                "Texts in the last {days} days: {n}; all sealed, with a commitment.",
            ),
            wrong=(
                "最近 {days} 天 {n} 段文字，{bad} 段没有承诺值。",
                "Texts in the last {days} days: {n}; {bad} of them without a commitment.",
            ),
            threshold=Words("每一段都有", "one for each"),
        )


@check(
    "retention.kept",
    room="vault",
    title=("封存文字不过期留存", "Sealed text is not kept past its time"),
    what=(
        "读每日核对：封存的文字有多少，其中有没有过了保存期一小时还在的。",
        (
            "Reads the daily look at sealed text: how much there is, and whether any is still "
            "there an hour after its time was over."
        ),
    ),
    kinds=(kinds.RetentionChecked,),
    ttl="2d",
)
class RetentionKept(Live):
    """The last daily look."""

    last: kinds.RetentionChecked | None = None
    place: Seen | None = None

    def fold(self, entry: kinds.Entry, index: int) -> None:
        """The latest counts."""
        if isinstance(entry, kinds.RetentionChecked):
            self.last, self.place = entry, seen(entry, index)

    def judge(self, at: Moment) -> Result:
        """Of the last look."""
        if self.last is None or self.place is None:
            return missing("还没有核对过保存期。", "Retention was not looked at yet.")
        ends = self.place.at + _DAILY_MS
        return latest(
            self.place,
            Status.NOT_MET if self.last.late else aged(at, ends, counted=self.last.held),
            Words(
                f"{say.when(self.place.at)} 核对：封存文字 {self.last.held:,} 段，"
                f"过期未删 {self.last.late:,} 段。",
                f"Looked at on {say.when(self.place.at)}: {self.last.held:,} sealed texts; past "
                f"their time: {self.last.late:,}.",
            ),
            threshold=Words("过期未删 0 段", "none past its time"),
            due=ends,
        )


@check(
    "records.signed",
    room="ledger",
    title=("账本已签名，检查点都在", "The ledger is signed and its checkpoints are there"),
    what=(
        (
            "读每日核对（有变化时立即再记）：最新检查点恰好为全部已排留痕签名，签名出自本账本，"
            "根与账本一致，上次记下的检查点仍在。"
        ),
        (
            "Reads the daily look, repeated at once when it changes: the newest checkpoint signs "
            "exactly the entries in place, by this log's key and with the log's root, and the one "
            "named last is still there."
        ),
    ),
    kinds=(kinds.LedgerChecked,),
    ttl="2d",
)
class RecordsSigned(Live):
    """The last look at the ledger's head."""

    last: kinds.LedgerChecked | None = None
    place: Seen | None = None

    def fold(self, entry: kinds.Entry, index: int) -> None:
        """The latest counts."""
        if isinstance(entry, kinds.LedgerChecked):
            self.last, self.place = entry, seen(entry, index)

    def judge(self, at: Moment) -> Result:
        """Of the last look."""
        if self.last is None or self.place is None:
            return missing("还没有核对过检查点。", "The checkpoints were not looked at yet.")
        if self.last.problem:
            zh, en = _PROBLEMS.get(self.last.problem, (self.last.problem, self.last.problem))
            figure = Words(
                f"{say.when(self.place.at)} 核对：{zh}。请运行 hegui ledger verify，并从备份恢复。",
                f"Looked at on {say.when(self.place.at)}: {en}. Run hegui ledger verify, and "
                "restore it from a backup.",
            )
            return latest(self.place, Status.NOT_MET, figure)
        ends = self.place.at + _DAILY_MS
        figure = Words(
            f"{say.when(self.place.at)} 核对：{self.last.size:,} 条留痕，全部由检查点签名。",
            f"Looked at on {say.when(self.place.at)}: {self.last.size:,} entries, all signed by a "
            "checkpoint.",
        )
        return latest(self.place, aged(at, ends), figure, due=ends)


@check(
    "records.verified",
    room="ledger",
    title=("账本定期全部核验", "The whole ledger is verified regularly"),
    what=(
        (
            "读最近一次全部核验的结果和时间。核验可在账本页面启动，或运行 hegui ledger verify；"
            "间隔由提供者自定。"
        ),
        (
            "Reads what the last verification of the whole ledger came to, and when. It is "
            "started on the ledger's page, or by hegui ledger verify; how often is the provider's "
            "own rule."
        ),
    ),
    kinds=(kinds.LedgerVerified,),
    rules=(VERIFY,),
    ttl=VERIFY,
)
class RecordsVerified(Live):
    """The last verification."""

    last: kinds.LedgerVerified | None = None
    place: Seen | None = None

    def fold(self, entry: kinds.Entry, index: int) -> None:
        """The latest counts."""
        if isinstance(entry, kinds.LedgerVerified):
            self.last, self.place = entry, seen(entry, index)

    def judge(self, at: Moment) -> Result:
        """Of the last verification."""
        if self.last is None or self.place is None:
            return missing(
                "还没有核验过整个账本。请在账本页面启动一次，或运行 hegui ledger verify。",
                "The whole ledger was never verified. Start that on the ledger's page, or run "
                "hegui ledger verify.",
                Status.NEEDS_PERSON,
            )
        ends = at.after(self.place.at, VERIFY)
        span = at.rule(VERIFY).span.said
        return latest(
            self.place,
            Status.NOT_MET if self.last.problems else aged(at, ends),
            Words(
                f"{say.when(self.place.at)} 核验 {self.last.size:,} 条留痕，"
                f"发现 {self.last.problems:,} 处问题。",
                f"Verified on {say.when(self.place.at)}: {self.last.size:,} entries; problems: "
                f"{self.last.problems:,}.",
            ),
            threshold=Words(f"每 {span.zh}一次，没有问题", f"every {span.en}, no problem"),
            rules=(VERIFY,),
            due=ends,
        )


@check(
    "records.age",
    room="ledger",
    title=("记录保存得足够久", "Records are kept long enough"),
    what=(
        (
            "读最早的留痕和账本的大小：账本只增不减，从服务开始起的记录都在。账本比先前记下的小，"
            "就说明有记录丢失。"
        ),
        (
            "Reads the oldest entry and the size of the ledger, which only grows: everything "
            "since the service began is there. A ledger smaller than one on record has lost "
            "something."
        ),
    ),
    kinds=(kinds.AgreementPublished, kinds.ServiceStarted, kinds.LedgerChecked),
    rules=(NETWORK_LOG,),
)
class RecordsAge(Live):
    """The oldest record, and whether the ledger only grew."""

    first: Seen | None = None
    size: int = 0  # the largest on record
    last: Seen | None = None  # the last look
    now: int = 0  # the size then

    def fold(self, entry: kinds.Entry, index: int) -> None:
        """Keep the first, and the size of the last look."""
        self.first = self.first or seen(entry, index)
        if isinstance(entry, kinds.LedgerChecked):
            self.last, self.now = seen(entry, index), entry.size
            self.size = max(self.size, entry.size)

    def judge(self, at: Moment) -> Result:
        """Whether anything since the beginning is gone."""
        rule = at.rule(NETWORK_LOG)
        span = rule.span.said
        threshold = Words(f"至少保存 {span.zh}", f"kept for at least {span.en}")
        if self.first is None:
            return missing("账本还是空的。", "The ledger is empty.")
        if self.last is not None and self.now < self.size:
            figure = Words(
                f"账本现有 {self.now:,} 条，先前有 {self.size:,} 条，有记录丢失。",
                f"The ledger has {self.now:,} entries and had {self.size:,}: some are gone.",
            )
            return latest(
                self.last, Status.NOT_MET, figure, threshold=threshold, rules=(rule.rule,)
            )
        old = say.length(at.now - self.first.at)
        return latest(
            self.first,
            Status.MET,
            Words(
                f"最早的留痕在 {say.when(self.first.at)}，已保存 {old.zh}，从不删除。",
                f"The oldest entry is of {say.when(self.first.at)}, kept for {old.en}; none is "
                "ever deleted.",
            ),
            threshold=threshold,
            rules=(rule.rule,),
        )
