"""Screening: words in force, the screen that holds them, and stops (Measures, Arts. 4, 9, 14)."""

import msgspec

from hegui.checks import say
from hegui.checks.check import Live, check
from hegui.checks.memory import Acts, Open
from hegui.checks.moment import DAY_MS, HOUR_MS, Moment
from hegui.checks.result import Result, Shown
from hegui.checks.run import Run
from hegui.checks.seen import Seen, seen, shown
from hegui.checks.verdict import aged, every, latest, missing
from hegui.law import Status, Words
from hegui.ledger import kinds
from hegui.screen import Screen

WORDS_TOTAL = "cn-basic-security-2025/kw.total"
WORDS_UPDATE = "cn-basic-security-2025/kw.update"
#: Word packs and stops that are remembered.
_MOST_PACKS, _MOST_STOPS = 500, 512
#: A proof is made daily.
_PROOF_MS = 2 * DAY_MS
#: Fingerprints of words that are followed: gateways may serve different words.
_MOST_SCREENS = 8
#: What stands for no words at all.
_NOTHING = frozenset({"", Screen([]).fingerprint})
_NONE_LEAKS = Words("没有一次漏出", "none gets through")


class _Packs(Live):
    """Word packs in force: those added, and what the last proof says of all of them."""

    #: By name: words, and the entry.
    packs: dict[str, tuple[int, Seen]] = msgspec.field(default_factory=dict)
    proven: Seen | None = None
    tried: int = 0
    in_force: int = 0  # as the last proof tells; 0: it doesn't
    since: int = 0  # words added since it, less those withdrawn

    def fold(self, entry: kinds.Entry, index: int) -> None:
        """The latest of each name counts."""
        if isinstance(entry, kinds.WordsAdded):
            self._withdraw(entry.pack)
            self.packs[entry.pack] = (entry.words, seen(entry, index))
            self.since += entry.words
            if len(self.packs) > _MOST_PACKS:
                del self.packs[next(iter(self.packs))]
        elif isinstance(entry, kinds.WordsWithdrawn):
            self._withdraw(entry.pack)
        elif isinstance(entry, kinds.ScreenProven):
            self.proven, self.tried = seen(entry, index), entry.words
            self.in_force, self.since = entry.in_force, 0

    @property
    def words(self) -> int:
        """How many words are in force, by the last proof and what changed since.

        Packs of the settings and those the house ships leave no entry of their own, so where no
        proof tells, it is at least the words added, and at least those that a proof tried.
        """
        if self.in_force:
            return max(0, self.in_force + self.since)
        return max(sum(words for words, _ in self.packs.values()), self.tried)

    def entries(self) -> tuple[Shown, ...]:
        """What tells of them: the proof, which counts all, before packs."""
        return shown([], [*self._added(), *([self.proven] if self.proven else [])])

    def last(self) -> int | None:
        """When they were last told of."""
        told = [*self._added(), *([self.proven] if self.proven else [])]
        return max((one.at for one in told), default=None)

    def _withdraw(self, pack: str) -> None:
        words, _ = self.packs.pop(pack, (0, None))
        self.since -= words

    def _added(self) -> list[Seen]:
        return [one for _, one in self.packs.values()]


@check(
    "words.in_force",
    room="screen",
    title=("筛查词表在用", "Word packs are in force"),
    what=(
        "读词表的加入与撤下，以及每日对在用词的实测。没有任何词在用时不满足。",
        (
            "Reads word packs added and withdrawn, and the daily proof of the words in force. It "
            "turns when there is none."
        ),
    ),
    kinds=(kinds.WordsAdded, kinds.WordsWithdrawn, kinds.ScreenProven),
    version=2,
)
class WordsInForce(_Packs):
    """Whether anything is screened for."""

    def judge(self, at: Moment) -> Result:  # noqa: ARG002  it stays so
        """Of the packs now in force."""
        if not self.words:
            return missing("没有任何词表在用。", "No word pack is in force.")
        return Result(
            status=Status.MET,
            figure=Words(
                f"另加入的词表 {len(self.packs):,} 个；在用的词至少 {self.words:,} 个。",
                f"Word packs added: {len(self.packs):,}; words in force, at least: {self.words:,}.",
            ),
            counted=len(self.packs),
            shown=self.entries(),
            seen=self.last(),
        )


@check(
    "words.size",
    room="screen",
    title=("词库达到规模", "The word library is large enough"),
    what=(
        (
            "读在用的不同词数（以最近一次实测所记为准，并计入其后加入和撤下的词表），"
            "与标准建议的总数相比。合规自带的只是共同危害的示例；要达到这个数，"
            "须由提供者自行导入词表。"
        ),
        (
            "Reads how many different words are in force, as the last proof counted them and "
            "with packs added or withdrawn since, against the total that the standard advises. "
            "The house ships examples of shared harms only; the provider brings in the rest."
        ),
    ),
    kinds=(kinds.WordsAdded, kinds.WordsWithdrawn, kinds.ScreenProven),
    rules=(WORDS_TOTAL,),
    version=2,
)
class WordsSize(_Packs):
    """How many words there are."""

    def judge(self, at: Moment) -> Result:
        """Against the advised total."""
        least = int(at.number(WORDS_TOTAL))
        enough = self.words >= least
        entries = self.entries()
        if not enough:
            entries = tuple(msgspec.structs.replace(one, against=True) for one in entries)
        return Result(
            status=Status.MET if enough else Status.NOT_MET,
            figure=Words(f"在用的词 {self.words:,} 个。", f"Words in force: {self.words:,}."),
            threshold=Words(f"不少于 {least:,} 个", f"at least {least:,}"),
            rules=(WORDS_TOTAL,),
            counted=self.words,
            against=0 if enough else len(entries),
            shown=entries,
            seen=self.last(),
        )


@check(
    "words.fresh",
    room="screen",
    title=("词库按时更新", "The word library is updated in time"),
    what=(
        "读最近一次加入词表的时间，与标准建议的更新间隔相比。",
        "Reads when a word pack was last added, against how often the standard advises an update.",
    ),
    kinds=(kinds.WordsAdded,),
    rules=(WORDS_UPDATE,),
    ttl=WORDS_UPDATE,
)
class WordsFresh(Live):
    """The last update."""

    last: Seen | None = None

    def fold(self, entry: kinds.Entry, index: int) -> None:
        """The latest counts."""
        self.last = seen(entry, index)

    def judge(self, at: Moment) -> Result:
        """Against the advised interval."""
        if self.last is None:
            return missing("还没有加入或更新过词表。", "No word pack was added or updated yet.")
        ends = at.after(self.last.at, WORDS_UPDATE)
        span = at.rule(WORDS_UPDATE).span.said
        return latest(
            self.last,
            aged(at, ends),
            Words(
                f"最近一次更新在 {say.when(self.last.at)}。",
                f"Last updated on {say.when(self.last.at)}.",
            ),
            threshold=Words(f"每 {span.zh}至少一次", f"at least every {span.en}"),
            rules=(WORDS_UPDATE,),
            due=ends,
        )


@check(
    "screen.always",
    room="gateway",
    title=("每次生成都经过筛查", "Every generation is screened"),
    what=(
        "读每次生成放行时记下的词表指纹：没有指纹，或指纹说明当时没有任何词在用，就不满足。",
        (
            "Reads the fingerprint of the words in force with which each generation was let in: it "
            "turns when there is none, or when it is that of no words at all."
        ),
    ),
    kinds=(kinds.GenerationAdmitted,),
)
class ScreenAlways(Live):
    """Generations, each with the words it was screened for."""

    acts: Acts = msgspec.field(default_factory=Acts)

    def take(self, run: Run) -> None:
        """Count generations that were let in."""
        screens = run.values("screen")
        unscreened = () if _NOTHING.isdisjoint(screens) else [one in _NOTHING for one in screens]
        self.acts.take(run, against=unscreened)

    def judge(self, at: Moment) -> Result:
        """Every generation of the window."""
        return every(
            self.acts.recent(at),
            none=("最近 {days} 天没有生成。", "There was no generation in the last {days} days."),
            fine=(
                "最近 {days} 天 {n} 次生成，全部经过在用词表筛查。",
                "Generations in the last {days} days: {n}; all screened for the words in force.",
            ),
            wrong=(
                "最近 {days} 天 {n} 次生成，{bad} 次没有经过筛查。",
                "Generations in the last {days} days: {n}; {bad} of them not screened.",
            ),
            threshold=Words("每一次都经过筛查", "each is screened"),
        )


@check(
    "screen.proven",
    room="worker",
    title=("在用的词无论怎样拆开都拦得住", "Words in force are held however they are cut"),
    what=(
        (
            "读每日实测：从在用词中抽样，把每个词在每个位置切成两段或随机切成多段，按流式送进"
            "正在服务的筛查。有漏出、有词在用却一个也没有试、两天没有实测，"
            "或在用词表还没实测，都不算满足。"
        ),
        (
            "Reads the daily proof: a sample of the words in force, each cut in two at every "
            "place and into more pieces at random, streamed through the screen that serves. It "
            "turns when one gets through, when none was tried though there are words, when there "
            "was no proof for two days, or when words are in use that were not proven."
        ),
    ),
    kinds=(kinds.ScreenProven, kinds.GenerationAdmitted),
    ttl="2d",
    version=2,
)
class ScreenIsProven(Live):
    """The last proof of each screen, and which of them generations went through."""

    #: By fingerprint, the one proven last at the end.
    proofs: dict[str, tuple[kinds.ScreenProven, Seen]] = msgspec.field(default_factory=dict)
    #: By fingerprint, the one used last at the end: since when, and the last time.
    used: dict[str, tuple[int, int]] = msgspec.field(default_factory=dict)

    def take(self, run: Run) -> None:
        """Keep the last proofs, and follow the words in use: the same ones all along, usually."""
        if run.kinds == {kinds.GenerationAdmitted}:
            at = run.values("at")
            screen, *others = set(run.values("screen"))
            since, last = self.used.get(screen, (at[0], at[0]))
            if screen and not others and max(at) - min(last, *at) <= DAY_MS:
                self._use(screen, since, at[-1])
                return
        super().take(run)

    def fold(self, entry: kinds.Entry, index: int) -> None:
        """Keep the last proofs, and follow the words in use."""
        if isinstance(entry, kinds.ScreenProven):
            self.proofs.pop(entry.screen, None)
            self.proofs[entry.screen] = (entry, seen(entry, index))
            if len(self.proofs) > _MOST_SCREENS:
                del self.proofs[next(iter(self.proofs))]
        elif isinstance(entry, kinds.GenerationAdmitted) and entry.screen:
            since, last = self.used.get(entry.screen, (entry.at, entry.at))
            # Words that come back after a day are in force anew.
            since = entry.at if entry.at - last > DAY_MS else since
            self._use(entry.screen, since, entry.at)

    def judge(self, at: Moment) -> Result:
        """Of the screen proven last, and of those in use within a day; the worst counts."""
        if not self.proofs:
            return missing("还没有实测过筛查。", "The screen was never proven.")
        last = next(reversed(self.proofs))
        in_use = {name for name, (_, now) in self.used.items() if at.now - now <= DAY_MS}
        proofs = [one for name, one in self.proofs.items() if name == last or name in in_use]
        failed = [one for one in proofs if _failed(one[0])]
        # Other words are proven within a minute of their coming into force.
        unproven = [
            self.used[name][0]
            for name in in_use - self.proofs.keys()
            if self.used[name][1] - self.used[name][0] > HOUR_MS
        ]
        if failed:
            proof, place = failed[-1]
            return latest(place, Status.NOT_MET, _told(proof), threshold=_NONE_LEAKS)
        if unproven:
            since = min(unproven)
            figure = Words(
                f"{say.when(since)} 起使用另一版词表，还没有实测。",
                f"Other words are in force since {say.when(since)}, and not proven.",
            )
            return latest(proofs[-1][1], Status.STALE, figure, threshold=_NONE_LEAKS)
        proof, place = proofs[0]  # what was proven longest ago
        ends = proof.at + _PROOF_MS
        status = aged(at, ends, counted=sum(one.words for one, _ in proofs))
        return latest(place, status, _told(proof), threshold=_NONE_LEAKS, due=ends)

    def _use(self, screen: str, since: int, last: int) -> None:
        """Words are in use, the last that were."""
        self.used.pop(screen, None)
        self.used[screen] = (since, last)
        if len(self.used) > _MOST_SCREENS:
            del self.used[next(iter(self.used))]


def _failed(proof: kinds.ScreenProven) -> bool:
    """Whether a word got through, or none was tried though there are words."""
    return bool(proof.leaked) or (not proof.words and bool(proof.in_force))


def _told(proof: kinds.ScreenProven) -> Words:
    if not proof.words and proof.in_force:
        return Words(
            f"{say.when(proof.at)} 实测：在用的词 {proof.in_force:,} 个，切法都过多，"
            "一个也没有试。",
            f"Proven on {say.when(proof.at)}: of {proof.in_force:,} words in force none was "
            "tried, since each can be cut in too many ways.",
        )
    return Words(
        f"{say.when(proof.at)} 实测 {proof.words:,} 个词、{proof.splits:,} 种切法，"
        f"漏出 {proof.leaked:,} 次。",
        f"Proven on {say.when(proof.at)}: {proof.words:,} words, cut in {proof.splits:,} ways; "
        f"{proof.leaked:,} got through.",
    )


@check(
    "stops.reasoned",
    room="gateway",
    title=("每次停止都写明理由", "Every stop says why"),
    what=(
        "读每次停止：是否有决定编号、在哪一侧、哪类危害、哪个词表的哪一版。",
        (
            "Reads each stop: whether it has a decision, the side, the harm, and the word pack "
            "with its version."
        ),
    ),
    kinds=(kinds.GenerationStopped,),
)
class StopsReasoned(Live):
    """Stops, each with its reasons."""

    acts: Acts = msgspec.field(default_factory=Acts)

    def fold(self, entry: kinds.Entry, index: int) -> None:
        """Count a stop."""
        if isinstance(entry, kinds.GenerationStopped):
            said = (entry.decision, entry.side, entry.category, entry.pack, entry.pack_version)
            self.acts.add(entry, index, against=not all(said))

    def judge(self, at: Moment) -> Result:
        """Every stop of the window."""
        return every(
            self.acts.recent(at),
            none=(
                "最近 {days} 天没有停止（0 次中的 0 次）。",
                "Nothing was stopped in the last {days} days (0 of 0).",
            ),
            fine=(
                "最近 {days} 天停止 {n} 次，全部写明理由。",
                "Stops in the last {days} days: {n}; all with their reasons.",
            ),
            wrong=(
                "最近 {days} 天停止 {n} 次，{bad} 次没有写明理由。",
                "Stops in the last {days} days: {n}; {bad} of them without reasons.",
            ),
            threshold=Words("每一次都写明", "each says why"),
        )


@check(
    "stops.final",
    room="gateway",
    title=("停止之后不再生成和传输", "Nothing more is generated or sent after a stop"),
    what=(
        "读停止之后同一次生成还有没有别的结局：再交付、再失败、再给出文件。",
        (
            "Reads whether a generation that was stopped has another end besides: delivered, "
            "failed, or given out as a file."
        ),
    ),
    kinds=(
        kinds.GenerationStopped,
        kinds.GenerationDelivered,
        kinds.GenerationFailed,
        kinds.GenerationAbandoned,
        kinds.GenerationInterrupted,
        kinds.OutputMarked,
    ),
)
class StopsFinal(Live):
    """Stops, and what came after one."""

    stops: Acts = msgspec.field(default_factory=Acts)
    after: Acts = msgspec.field(default_factory=Acts)
    #: The latest stops; an end that comes besides comes soon.
    watched: Open = msgspec.field(default_factory=Open)

    def take(self, run: Run) -> None:
        """Most runs have neither a stop nor anything after one."""
        stops = kinds.GenerationStopped in run.kinds
        if stops or not self.watched.acts.keys().isdisjoint(run.values("act")):
            super().take(run)

    def fold(self, entry: kinds.Entry, index: int) -> None:
        """Remember a stop, and meet what comes after one."""
        if isinstance(entry, kinds.GenerationStopped):
            self.stops.add(entry, index, against=False)
            self.watched.begin(entry, index, _MOST_STOPS)
        elif entry.act in self.watched.acts:
            self.after.add(entry, index, against=True)

    def judge(self, at: Moment) -> Result:
        """Every stop of the window."""
        stops, after = self.stops.recent(at), self.after.recent(at)
        return every(
            msgspec.structs.replace(stops, against=after.against, shown=after.shown or stops.shown),
            none=(
                "最近 {days} 天没有停止（0 次中的 0 次）。",
                "Nothing was stopped in the last {days} days (0 of 0).",
            ),
            fine=(
                "最近 {days} 天停止 {n} 次，之后都没有再生成或传输。",
                "Stops in the last {days} days: {n}; nothing followed any of them.",
            ),
            wrong=(
                "最近 {days} 天停止 {n} 次，其后仍有 {bad} 次交付或其他结局。",
                "Stops in the last {days} days: {n}; {bad} times something followed one.",
            ),
            threshold=Words("停止之后什么也没有", "nothing follows a stop"),
        )
