"""Appeals: decided by a person, in time, and not upheld too often (Measures, Art. 15)."""

import msgspec

from hegui.checks import say
from hegui.checks.check import Live, check
from hegui.checks.memory import Acts, Open
from hegui.checks.moment import Moment
from hegui.checks.result import Result
from hegui.checks.roster import Roster
from hegui.checks.seen import shown
from hegui.checks.verdict import calm, every, filled
from hegui.law import Status, Words
from hegui.ledger import kinds

ANSWER = "cn-app-method-2019/complaint.answer"
UPHELD_MAX = "own/appeals.upheld_max"
CLOCK_BEFORE = "own/clock.before"
_APPEAL = "appeal"
#: Appeals that wait at once, as far as each is watched.
_MOST = 2_000


@check(
    "appeals.upheld",
    room="cases",
    title=("误停不多", "Stops are seldom wrong"),
    what=(
        "读申诉的决定：支持申诉的占多大比例。停得太多同样是缺陷，这是提供者自定的上限。",
        (
            "Reads decided appeals: what share of them was upheld. Stopping too much is a fault "
            "like stopping too little; the bound is the provider's own."
        ),
    ),
    kinds=(kinds.CaseDecided,),
    rules=(UPHELD_MAX,),
)
class AppealsUpheld(Live):
    """Decided appeals, those that were upheld against."""

    acts: Acts = msgspec.field(default_factory=Acts)

    def fold(self, entry: kinds.Entry, index: int) -> None:
        """Count a decision."""
        if isinstance(entry, kinds.CaseDecided) and entry.case == _APPEAL:
            self.acts.add(entry, index, against=entry.outcome == "upheld")

    def judge(self, at: Moment) -> Result:
        """Against the provider's bound."""
        recent, most = self.acts.recent(at), at.number(UPHELD_MAX)
        fine = recent.against <= most * recent.counted
        said = (
            (
                "最近 {days} 天决定申诉 {n} 件，支持 {bad} 件（"
                + say.share(recent.against, recent.counted)
                + "）。",
                "Appeals decided in the last {days} days: {n}; upheld: {bad} ("
                + say.share(recent.against, recent.counted)
                + ").",
            )
            if recent.counted
            else (
                "最近 {days} 天没有决定过申诉。",
                "No appeal was decided in the last {days} days.",
            )
        )
        return Result(
            status=calm(recent.counted) if fine else Status.NOT_MET,
            figure=filled(said, n=recent.counted, bad=recent.against),
            threshold=Words(f"不超过 {say.percent(most)}", f"at most {say.percent(most)}"),
            rules=(UPHELD_MAX,),
            counted=recent.counted,
            against=recent.against,
            shown=recent.shown,
            seen=recent.seen,
        )


@check(
    "appeals.in_time",
    room="cases",
    title=("申诉按期答复", "Appeals are answered in time"),
    what=(
        "读申诉的决定是否在到期之前作出。期限按工作日计算，从收到之日起。",
        (
            "Reads whether each appeal was decided before its answer was due. The time runs in "
            "working days from its receipt."
        ),
    ),
    kinds=(kinds.CaseDecided,),
    rules=(ANSWER,),
)
class AppealsInTime(Live):
    """Decided appeals, the late ones against."""

    acts: Acts = msgspec.field(default_factory=Acts)

    def fold(self, entry: kinds.Entry, index: int) -> None:
        """Count a decision."""
        if isinstance(entry, kinds.CaseDecided) and entry.case == _APPEAL:
            self.acts.add(entry, index, against=not entry.in_time)

    def judge(self, at: Moment) -> Result:
        """Every decision of the window."""
        span = at.rule(ANSWER).span.said
        return every(
            self.acts.recent(at),
            none=(
                "最近 {days} 天没有需要答复的申诉。",
                "No appeal was decided in the last {days} days.",
            ),
            fine=(
                "最近 {days} 天答复申诉 {n} 件，全部按期。",
                "Appeals answered in the last {days} days: {n}; all in time.",
            ),
            wrong=(
                "最近 {days} 天答复申诉 {n} 件，{bad} 件逾期。",
                "Appeals answered in the last {days} days: {n}; {bad} of them late.",
            ),
            threshold=Words(f"{span.zh}内", f"within {span.en}"),
            rules=(ANSWER,),
        )


class Running(msgspec.Struct, array_like=True):
    """When an appeal's answer is due; none while its clock stands still."""

    due: int
    paused: bool = False


@check(
    "appeals.running",
    room="cases",
    title=("没有逾期未答的申诉", "No appeal waits past its time"),
    what=(
        "读尚未决定的申诉各在何时到期；暂停计时的不计。临近到期时提醒，过期即为逾期。",
        (
            "Reads when the answer to each appeal that is not decided is due, those whose clock "
            "stands still aside. It warns before that, and turns when one is past it."
        ),
    ),
    kinds=(
        kinds.CaseFiled,
        kinds.CaseMoved,
        kinds.CaseDecided,
        kinds.ClockFired,
        kinds.ClockPaused,
        kinds.ClockResumed,
    ),
    rules=(ANSWER, CLOCK_BEFORE),
    version=2,
)
class AppealsRunning(Live):
    """Appeals that wait for their answer, and those that came in."""

    filed: Acts = msgspec.field(default_factory=Acts)
    open: Open = msgspec.field(default_factory=Open)
    clocks: dict[str, Running] = msgspec.field(default_factory=dict)

    def fold(self, entry: kinds.Entry, index: int) -> None:
        """Follow an appeal from its filing to its end, and its clock."""
        clock = self.clocks.get(entry.act)
        if isinstance(entry, kinds.CaseFiled):
            if entry.case == _APPEAL:
                self.filed.add(entry, index, against=False)
                self.open.begin(entry, index, _MOST)
                self.clocks[entry.act] = Running(entry.due)
                if len(self.clocks) > _MOST:
                    del self.clocks[next(iter(self.clocks))]
        elif isinstance(entry, kinds.CaseDecided) or (
            isinstance(entry, kinds.CaseMoved) and entry.state == "withdrawn"
        ):
            if entry.case == _APPEAL:
                self.open.end(entry.act)
                self.clocks.pop(entry.act, None)
        elif clock is not None:
            self._tick(clock, entry)

    def judge(self, at: Moment) -> Result:
        """Of the appeals that wait now."""
        dues = {act: one.due for act, one in self.clocks.items() if not one.paused}
        overdue = {act for act, due in dues.items() if due < at.now}
        late = [one for act, one in self.open.acts.items() if act in overdue]
        others = [one for act, one in self.open.acts.items() if act not in overdue]
        first = min(dues.values(), default=None)
        soon = first is not None and at.now > at.before(first, CLOCK_BEFORE)
        waiting, filed = len(self.open.acts) + self.open.lost, self.filed.recent(at)
        counted = waiting or filed.counted
        status = Status.OVERDUE if late else Status.DUE_SOON if soon else calm(counted)
        span = at.rule(ANSWER).span.said
        return Result(
            status=status,
            figure=_waiting(waiting, len(late), first) if waiting else _none_waits(filed.counted),
            threshold=Words(f"{span.zh}内答复", f"answered within {span.en}"),
            rules=(ANSWER, CLOCK_BEFORE),
            counted=counted,
            against=len(late),
            shown=shown(late, others) if waiting else filed.shown,
            seen=filed.seen,
            due=first,
        )

    def _tick(self, clock: Running, entry: kinds.Entry) -> None:
        if isinstance(entry, kinds.ClockPaused):
            clock.paused = True
        elif isinstance(entry, kinds.ClockResumed):
            clock.paused, clock.due = False, entry.due
        elif isinstance(entry, kinds.ClockFired) and entry.stage == "moved":
            clock.due = entry.due


def _waiting(waiting: int, late: int, first: int | None) -> Words:
    """How many appeals wait, how many of them too long, and when the first is due."""
    when_zh = f"，最早 {say.when(first)} 到期" if first is not None else ""
    when_en = f"; the first is due on {say.when(first)}" if first is not None else ""
    return Words(
        f"待答复的申诉 {waiting:,} 件，逾期 {late:,} 件{when_zh}。",
        f"Appeals that wait: {waiting:,}; past their time: {late:,}{when_en}.",
    )


def _none_waits(filed: int) -> Words:
    """That no appeal waits, and how many came in lately."""
    if not filed:
        return filled(
            (
                "没有待答复的申诉，最近 {days} 天也没有收到。",
                "No appeal waits for its answer, and none came in the last {days} days.",
            )
        )
    return filled(
        (
            "最近 {days} 天收到申诉 {n} 件，没有一件还在等候。",
            "Appeals that came in the last {days} days: {n}; none of them waits any more.",
        ),
        n=filed,
    )


@check(
    "appeals.human",
    room="cases",
    title=("申诉都由人决定", "Every appeal is decided by a person"),
    what=(
        "读申诉的决定由谁作出：必须是当时在册的工作人员。",
        "Reads who decided each appeal: somebody who was a member of staff then.",
    ),
    kinds=(kinds.CaseDecided, kinds.StaffAdded, kinds.StaffChanged),
)
class AppealsHuman(Live):
    """Decided appeals, those by nobody against."""

    acts: Acts = msgspec.field(default_factory=Acts)
    staff: Roster = msgspec.field(default_factory=Roster)

    def fold(self, entry: kinds.Entry, index: int) -> None:
        """Follow the staff, and count a decision."""
        if isinstance(entry, kinds.CaseDecided):
            if entry.case == _APPEAL:
                self.acts.add(entry, index, against=not self.staff.works(entry.staff))
        else:
            self.staff.follow(entry, index)

    def judge(self, at: Moment) -> Result:
        """Every decision of the window."""
        return every(
            self.acts.recent(at),
            none=(
                "最近 {days} 天没有决定过申诉。",
                "No appeal was decided in the last {days} days.",
            ),
            fine=(
                "最近 {days} 天决定申诉 {n} 件，全部由工作人员作出。",
                "Appeals decided in the last {days} days: {n}; all by members of staff.",
            ),
            wrong=(
                "最近 {days} 天决定申诉 {n} 件，{bad} 件不是由在册的工作人员作出。",
                (
                    "Appeals decided in the last {days} days: {n}; {bad} of them by nobody on the "
                    "staff."
                ),
            ),
            threshold=Words("每一件都由人决定", "each by a person"),
        )
