"""People on both sides: agreement, staff, sanctions, opened texts (Measures, Arts. 9, 11, 14)."""

import re

import msgspec

from hegui.checks import say
from hegui.checks.check import Live, check
from hegui.checks.memory import Acts
from hegui.checks.moment import DAY_MS, Moment
from hegui.checks.result import Result
from hegui.checks.roster import Roster
from hegui.checks.run import Run
from hegui.checks.seen import Seen, seen, shown
from hegui.checks.verdict import aged, every, filled, latest, missing
from hegui.law import Status, Words
from hegui.ledger import kinds

#: A gateway hears of a new version of the agreement within a second.
_HEARD_MS = 60_000
_MOST_VERSIONS = 200
_CHECK_MS = 2 * DAY_MS
_DIGEST = re.compile(r"[0-9a-f]{64}")
#: Why a sealed text may be opened, and by whom; the console keeps to the same.
_REASONS = ("appeal", "complaint", "incident", "person_asked")
_MAY_OPEN = ("owner", "reviewer")
_OWNER = "owner"
_ROLES = {"owner": "所有者", "officer": "合规官", "reviewer": "审核员", "auditor": "审计员"}
#: How a machine may have had a part in a suspension: never the whole.
_BY_A_PERSON = ("partially", "not_automated")


@check(
    "agreement.published",
    room="people",
    title=("服务协议已发布", "A service agreement is published"),
    what=(
        "读服务协议的发布记录：现行是第几版，何时发布。",
        "Reads the versions of the service agreement: which one is in force, and since when.",
    ),
    kinds=(kinds.AgreementPublished,),
)
class AgreementPublished(Live):
    """The version in force."""

    last: Seen | None = None
    version: int = 0

    def fold(self, entry: kinds.Entry, index: int) -> None:
        """The latest counts."""
        if isinstance(entry, kinds.AgreementPublished):
            self.last, self.version = seen(entry, index), entry.version

    def judge(self, at: Moment) -> Result:  # noqa: ARG002  it stays so
        """Whether there is one."""
        if self.last is None:
            return missing("还没有发布服务协议。", "No service agreement is published.")
        return latest(
            self.last,
            Status.MET,
            Words(
                f"现行第 {self.version} 版，{say.when(self.last.at)} 发布。",
                f"Version {self.version} is in force since {say.when(self.last.at)}.",
            ),
        )


@check(
    "agreement.accepted",
    room="gateway",
    title=(
        "只有接受了现行协议的人才能生成",
        "Whoever generates has accepted the agreement in force",
    ),
    what=(
        "读每次生成放行时那人已接受的协议版本，与当时的现行版本比较。",
        (
            "Reads which version of the agreement the person had accepted when each generation "
            "was let in, against the one in force then."
        ),
    ),
    kinds=(kinds.AgreementPublished, kinds.GenerationAdmitted),
)
class AgreementAccepted(Live):
    """Generations, those without the agreement against."""

    acts: Acts = msgspec.field(default_factory=Acts)
    versions: dict[int, int] = msgspec.field(default_factory=dict)  # when each was published
    newest: int = 0

    def take(self, run: Run) -> None:
        """Follow the versions, and count generations: all with the one in force, usually."""
        if (
            run.kinds == {kinds.GenerationAdmitted}
            and self.newest > 0
            and set(run.values("agreement")) == {self.newest}
        ):
            self.acts.take(run)
        else:
            super().take(run)

    def fold(self, entry: kinds.Entry, index: int) -> None:
        """Follow the versions, and count a generation that was let in."""
        if isinstance(entry, kinds.GenerationAdmitted):
            fine = entry.agreement == self.newest and self.newest > 0
            against = not fine and not self._was_in_force(entry)
            self.acts.add(entry, index, against=against)
        elif isinstance(entry, kinds.AgreementPublished):
            self.versions[entry.version] = entry.at
            self.newest = max(self.newest, entry.version)
            if len(self.versions) > _MOST_VERSIONS:
                del self.versions[min(self.versions)]

    def judge(self, at: Moment) -> Result:
        """Every generation of the window."""
        return every(
            self.acts.recent(at),
            none=("最近 {days} 天没有生成。", "There was no generation in the last {days} days."),
            fine=(
                "最近 {days} 天 {n} 次生成，全部来自已接受现行协议的人。",
                (
                    "Generations in the last {days} days: {n}; all by people who had accepted the "
                    "agreement in force."
                ),
            ),
            wrong=(
                "最近 {days} 天 {n} 次生成，{bad} 次来自没有接受现行协议的人。",
                (
                    "Generations in the last {days} days: {n}; {bad} of them by people who had not "
                    "accepted the agreement in force."
                ),
            ),
            threshold=Words("每一次都已接受", "accepted for each"),
        )

    def _was_in_force(self, entry: kinds.GenerationAdmitted) -> bool:
        """Whether its version was in force, or had been until a moment before."""
        version = entry.agreement
        followed = self.versions.get(version + 1)
        return (
            version in self.versions and followed is not None and entry.at <= followed + _HEARD_MS
        )


@check(
    "agreement.evidence",
    room="people",
    title=("接受协议都有凭据", "Every acceptance has its evidence"),
    what=(
        "读每次接受协议：是在本系统的页面上作出，还是应用附有凭据，或只是应用口头告知。",
        (
            "Reads each acceptance: whether it was given on our page, or by an application with "
            "evidence, or is only what an application says."
        ),
    ),
    kinds=(kinds.AgreementAccepted,),
)
class AgreementEvidence(Live):
    """Acceptances, those only said against."""

    acts: Acts = msgspec.field(default_factory=Acts)

    def fold(self, entry: kinds.Entry, index: int) -> None:
        """Count an acceptance."""
        if isinstance(entry, kinds.AgreementAccepted):
            self.acts.add(entry, index, against=not entry.evidenced)

    def judge(self, at: Moment) -> Result:
        """Every acceptance of the window; what an application only says, a person must look at."""
        return every(
            self.acts.recent(at),
            none=(
                "最近 {days} 天没有人接受协议。",
                "Nobody accepted the agreement in the last {days} days.",
            ),
            fine=(
                "最近 {days} 天 {n} 次接受协议，全部有凭据。",
                "Acceptances in the last {days} days: {n}; all with evidence.",
            ),
            wrong=(
                "最近 {days} 天 {n} 次接受协议，{bad} 次只有应用的告知，请向应用索取凭据。",
                (
                    "Acceptances in the last {days} days: {n}; {bad} of them only said by the "
                    "application: ask it for evidence."
                ),
            ),
            status=Status.NEEDS_PERSON,
            threshold=Words("每一次都有凭据", "evidence for each"),
        )


@check(
    "text.reasons",
    room="people",
    title=("打开封存文字都写明理由", "Sealed text is opened with a reason only"),
    what=(
        "读每次打开封存文字：理由属于申诉、投诉、事件或本人要求，并附有文字说明。",
        (
            "Reads each opening of sealed text: whether it was for an appeal, a complaint, an "
            "incident or at the person's wish, with a reason in words."
        ),
    ),
    kinds=(kinds.TextOpened,),
)
class TextReasons(Live):
    """Openings, each with its reason."""

    acts: Acts = msgspec.field(default_factory=Acts)

    def fold(self, entry: kinds.Entry, index: int) -> None:
        """Count an opening."""
        if isinstance(entry, kinds.TextOpened):
            fine = entry.reason in _REASONS and _DIGEST.fullmatch(entry.note)
            self.acts.add(entry, index, against=not fine)

    def judge(self, at: Moment) -> Result:
        """Every opening of the window."""
        return every(
            self.acts.recent(at),
            none=(
                "最近 {days} 天没有打开过封存文字。",
                "No sealed text was opened in the last {days} days.",
            ),
            fine=(
                "最近 {days} 天打开封存文字 {n} 次，全部写明理由。",
                "Openings of sealed text in the last {days} days: {n}; all with a reason.",
            ),
            wrong=(
                "最近 {days} 天打开封存文字 {n} 次，{bad} 次没有合格的理由。",
                (
                    "Openings of sealed text in the last {days} days: {n}; {bad} of them without a "
                    "proper reason."
                ),
            ),
            threshold=Words("每一次都有理由", "a reason for each"),
        )


@check(
    "text.roles",
    room="people",
    title=("只有获准的角色打开封存文字", "Sealed text is opened by those who may"),
    what=(
        "读每次打开封存文字的人：须是在册的所有者或审核员。",
        "Reads who opened sealed text: an owner or a reviewer on the staff.",
    ),
    kinds=(kinds.TextOpened, kinds.StaffAdded, kinds.StaffChanged),
)
class TextRoles(Live):
    """Openings, each by somebody who may."""

    acts: Acts = msgspec.field(default_factory=Acts)
    staff: Roster = msgspec.field(default_factory=Roster)

    def fold(self, entry: kinds.Entry, index: int) -> None:
        """Follow the staff, and count an opening."""
        if isinstance(entry, kinds.TextOpened):
            fine = entry.role in _MAY_OPEN and self.staff.works(entry.staff)
            self.acts.add(entry, index, against=not fine)
        else:
            self.staff.follow(entry, index)

    def judge(self, at: Moment) -> Result:
        """Every opening of the window."""
        return every(
            self.acts.recent(at),
            none=(
                "最近 {days} 天没有打开过封存文字。",
                "No sealed text was opened in the last {days} days.",
            ),
            fine=(
                "最近 {days} 天打开封存文字 {n} 次，全部由获准的角色打开。",
                "Openings of sealed text in the last {days} days: {n}; all by those who may.",
            ),
            wrong=(
                "最近 {days} 天打开封存文字 {n} 次，{bad} 次不是由获准的在册人员打开。",
                (
                    "Openings of sealed text in the last {days} days: {n}; {bad} of them by "
                    "somebody who may not."
                ),
            ),
            threshold=Words("只由所有者或审核员打开", "by an owner or a reviewer only"),
        )


@check(
    "erasure.done",
    room="vault",
    title=("个人文字应要求和到期删除", "People's text goes on request and when its time is over"),
    what=(
        "读应个人要求的删除、到期的删除，以及每日核对：有没有文字过了时间还在。",
        (
            "Reads erasures at people's wish, deletions when the time is over, and the daily look "
            "for text that is still there after it."
        ),
    ),
    kinds=(kinds.PersonErased, kinds.VaultExpired, kinds.RetentionChecked),
    ttl="2d",
)
class ErasureDone(Live):
    """What was deleted, and what the daily look found."""

    erased: Acts = msgspec.field(default_factory=Acts)
    expired: Acts = msgspec.field(default_factory=Acts)
    last: Seen | None = None
    late: int = 0

    def fold(self, entry: kinds.Entry, index: int) -> None:
        """Count a deletion; the latest look counts."""
        if isinstance(entry, kinds.PersonErased):
            self.erased.add(entry, index, against=False)
        elif isinstance(entry, kinds.VaultExpired):
            self.expired.add(entry, index, against=False)
        elif isinstance(entry, kinds.RetentionChecked):
            self.last, self.late = seen(entry, index), entry.late

    def judge(self, at: Moment) -> Result:
        """Of the latest look, with what was deleted in the window."""
        if self.last is None:
            return missing("还没有核对过删除。", "Deletion was not looked at yet.")
        erased, expired = self.erased.recent(at), self.expired.recent(at)
        said = (
            "最近 {days} 天应要求删除 {n} 人，到期删除 {runs} 批；过期未删的文字 {late} 段。",
            (
                "In the last {days} days: people erased at their wish: {n}; runs of deletion at "
                "the end of time: {runs}; texts still there past their time: {late}."
            ),
        )
        ends = self.last.at + _CHECK_MS
        deleted = erased.counted + expired.counted
        status = Status.NOT_MET if self.late else aged(at, ends, counted=deleted)
        good = [*self.erased.fine, *self.expired.fine]
        bad = status in (Status.NOT_MET, Status.STALE)
        return Result(
            status=status,
            figure=filled(said, n=erased.counted, runs=expired.counted, late=self.late),
            threshold=Words("没有一段过期未删", "none past its time"),
            counted=deleted,
            against=self.late,
            shown=shown([self.last], good) if bad else shown([], [*good, self.last]),
            seen=self.last.at,
            due=ends,
        )


@check(
    "sanctions.reasoned",
    room="people",
    title=("每次暂停使用都有理由说明", "Every suspension carries its reasons"),
    what=(
        "读每次暂停使用：依据法律还是协议，属于哪类危害。",
        "Reads each suspension: whether it is for the law or the agreement, and for which harm.",
    ),
    kinds=(kinds.PersonSuspended,),
)
class SanctionsReasoned(Live):
    """Suspensions, each with its reasons."""

    acts: Acts = msgspec.field(default_factory=Acts)

    def fold(self, entry: kinds.Entry, index: int) -> None:
        """Count a suspension."""
        if isinstance(entry, kinds.PersonSuspended):
            self.acts.add(entry, index, against=not (entry.ground and entry.category))

    def judge(self, at: Moment) -> Result:
        """Every suspension of the window."""
        return every(
            self.acts.recent(at),
            none=(
                "最近 {days} 天没有暂停过任何人。",
                "Nobody was suspended in the last {days} days.",
            ),
            fine=(
                "最近 {days} 天暂停 {n} 人，全部附有理由说明。",
                "Suspensions in the last {days} days: {n}; all with their reasons.",
            ),
            wrong=(
                "最近 {days} 天暂停 {n} 人，{bad} 人没有理由说明。",
                "Suspensions in the last {days} days: {n}; {bad} of them without reasons.",
            ),
            threshold=Words("每一次都有理由", "reasons for each"),
        )


@check(
    "sanctions.human",
    room="people",
    title=("暂停使用都由人决定", "Every suspension is decided by a person"),
    what=(
        "读每次暂停使用由谁决定：机器可以发现，但不能独自决定。",
        "Reads how each suspension was decided: a machine may find, and never decides alone.",
    ),
    kinds=(kinds.PersonSuspended,),
)
class SanctionsHuman(Live):
    """Suspensions, those by a machine alone against."""

    acts: Acts = msgspec.field(default_factory=Acts)

    def fold(self, entry: kinds.Entry, index: int) -> None:
        """Count a suspension."""
        if isinstance(entry, kinds.PersonSuspended):
            self.acts.add(entry, index, against=entry.automated_decision not in _BY_A_PERSON)

    def judge(self, at: Moment) -> Result:
        """Every suspension of the window."""
        return every(
            self.acts.recent(at),
            none=(
                "最近 {days} 天没有暂停过任何人。",
                "Nobody was suspended in the last {days} days.",
            ),
            fine=(
                "最近 {days} 天暂停 {n} 人，全部由人决定。",
                "Suspensions in the last {days} days: {n}; all decided by a person.",
            ),
            wrong=(
                "最近 {days} 天暂停 {n} 人，{bad} 人不是由人决定。",
                "Suspensions in the last {days} days: {n}; {bad} of them not decided by a person.",
            ),
            threshold=Words("每一次都由人决定", "each by a person"),
        )


@check(
    "staff.roles",
    room="people",
    title=("工作人员各有角色，且不止一人", "Staff have roles, and are more than one"),
    what=(
        "读在册工作人员的角色。须有所有者，并至少有两人：写规则的人不能决定针对它的申诉。",
        (
            "Reads the roles of the staff. There must be an owner, and at least two people: "
            "whoever wrote a rule doesn't decide an appeal against it."
        ),
    ),
    kinds=(kinds.StaffAdded, kinds.StaffChanged),
)
class StaffRoles(Live):
    """Who works there now."""

    staff: Roster = msgspec.field(default_factory=Roster)

    def fold(self, entry: kinds.Entry, index: int) -> None:
        """Follow the staff."""
        self.staff.follow(entry, index)

    def judge(self, at: Moment) -> Result:  # noqa: ARG002  it stays so
        """Of those who work there now."""
        roles = self.staff.present()
        members = sorted((one for each in roles.values() for one in each), key=_place)
        if not members:
            return missing("没有在册的工作人员。", "Nobody is on the staff.")
        told = "，".join(
            f"{_ROLES.get(role, role)} {len(each)}" for role, each in sorted(roles.items())
        )
        told_en = ", ".join(f"{role} {len(each)}" for role, each in sorted(roles.items()))
        alone = len(members) == 1
        status = Status.MET
        if _OWNER not in roles:
            status = Status.NOT_MET
        elif alone:
            status = Status.NEEDS_PERSON
        bad = status is not Status.MET
        more_zh = "只有一人，申诉无法由另一人决定。" if alone else ""
        more_en = " Nobody else could decide an appeal." if alone else ""
        return Result(
            status=status,
            figure=Words(
                f"在册工作人员 {len(members):,} 人（{told}）。{more_zh}",
                f"On the staff: {len(members):,} ({told_en}).{more_en}",
            ),
            threshold=Words("有所有者，且不止一人", "an owner, and more than one person"),
            counted=len(members),
            against=len(members) if bad else 0,
            shown=shown(self.staff.entries()) if bad else shown([], members),
            seen=members[-1].at,
        )


def _place(one: Seen) -> int:
    return one.index
