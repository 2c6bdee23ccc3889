"""Labels on what was generated (Measures, Art. 12; Labelling Measures, Arts. 4, 5 and 9)."""

import re
from collections.abc import Callable

import msgspec

from hegui.checks import say
from hegui.checks.check import Live, check
from hegui.checks.memory import MOST_DAYS, Acts, Measured, Open
from hegui.checks.moment import DAY_MS, HOUR_MS, Moment, day_number, day_start
from hegui.checks.result import Result
from hegui.checks.run import Run
from hegui.checks.seen import MOST_SHOWN, Seen, seen, shown
from hegui.checks.verdict import every, latest, missing
from hegui.law import Status, Words
from hegui.ledger import kinds

UNLABELLED_LOG = "cn-labelling-2025/unlabelled.log"
#: Media acts and copies that are remembered while their files leave.
_MOST = 1_024
#: A day's sample is told on the next day; past two nobody told it.
_SAMPLE_MS = 2 * DAY_MS
_DIGEST = re.compile(r"[0-9a-f]{64}")
#: Ways that answer with a file of their own, rather than with one that comes later.
_FILES = ("images.", "audio.")


@check(
    "labels.text",
    room="gateway",
    title=("每个回答都带标识", "Every answer bears its label"),
    what=(
        (
            "读每次生成的放行和交付记录：是否定明了显式标识的位置，交付时是否带有元数据标识。"
            "缺任何一个，最近 30 天内都算不满足。"
        ),
        (
            "Reads of each generation when it was let in and delivered: whether the place of the "
            "visible label was set, and whether the label in the metadata went with it. One that "
            "lacks either turns it for 30 days."
        ),
    ),
    kinds=(kinds.GenerationAdmitted, kinds.GenerationDelivered),
)
class LabelsText(Live):
    """Answers that left, each with its label."""

    acts: Acts = msgspec.field(default_factory=Acts)
    #: Let in without a place for the visible label, and not yet delivered.
    placeless: Open = msgspec.field(default_factory=Open)

    def take(self, run: Run) -> None:
        """Count what was delivered; usually nothing lacks a label or its place."""
        delivered = run.of(kinds.GenerationDelivered)
        if (
            all(run.of(kinds.GenerationAdmitted).values("label_at"))
            and self.placeless.acts.keys().isdisjoint(delivered.values("act"))
            and all(map(_DIGEST.fullmatch, delivered.values("label")))
        ):
            self.acts.take(delivered)
        else:
            super().take(run)

    def fold(self, entry: kinds.Entry, index: int) -> None:
        """Count what was delivered; an act that was let in without a place is remembered."""
        if isinstance(entry, kinds.GenerationAdmitted):
            if not entry.label_at:
                self.placeless.begin(entry, index, _MOST)
        elif isinstance(entry, kinds.GenerationDelivered):
            bare = self.placeless.acts.pop(entry.act, None) is not None
            self.acts.add(entry, index, against=bare or not _DIGEST.fullmatch(entry.label))

    def judge(self, at: Moment) -> Result:
        """Every answer of the window."""
        return every(
            self.acts.recent(at),
            none=(
                "最近 {days} 天没有交付过回答。",
                "No answer was delivered in the last {days} days.",
            ),
            fine=(
                "最近 {days} 天交付的 {n} 个回答，全部带有标识。",
                "Answers delivered in the last {days} days: {n}; all with their label.",
            ),
            wrong=(
                "最近 {days} 天交付的 {n} 个回答中，{bad} 个没有标识。",
                "Answers delivered in the last {days} days: {n}; {bad} of them without a label.",
            ),
            threshold=Words("每一个都带标识", "each bears its label"),
        )


class _Labels(msgspec.Struct, frozen=True, array_like=True):
    """How many files have which label, as their records say; nobody opens a file again for it.

    Attributes:
        metadata: the implicit label was written into the file's metadata.
        read: of those, the ones whose implicit label was read back before they left.
        inside: the explicit label was drawn or sounded in the file.
        left: it was not, rightly: the application shows it, or the user asked for a copy without.
    """

    metadata: int = 0
    read: int = 0
    inside: int = 0
    left: int = 0

    def and_also(self, other: "_Labels") -> "_Labels":
        """Both together."""
        return _Labels(
            self.metadata + other.metadata,
            self.read + other.read,
            self.inside + other.inside,
            self.left + other.left,
        )

    @property
    def whole(self) -> bool:
        """Whether one file lacks nothing."""
        return bool(self.metadata and (self.inside or self.left))

    @property
    def said(self) -> tuple[str, str]:
        """Which label was written, which was read, and which nobody saw."""
        zh = (
            f"元数据标识写入 {self.metadata:,} 个，其中交付前回读 {self.read:,} 个；"
            f"显式标识加进文件 {self.inside:,} 个"
        )
        en = (
            f"Label in the metadata: written to {self.metadata:,}, read back from {self.read:,}. "
            f"Visible or audible label: put into {self.inside:,}"
        )
        if self.left:
            zh += f"，另 {self.left:,} 个不在文件内（由应用展示，或应用户要求），是否展示没有看到"
            en += (
                f"; {self.left:,} left without it, for the application to show or at the user's "
                "wish, and whether it is shown was not seen"
            )
        return zh, en


@check(
    "labels.files",
    room="gateway",
    title=("每个图片、声音和视频文件都带标识", "Every picture, sound and clip bears its label"),
    what=(
        (
            "读文件的标识记录，不再打开文件：元数据标识是否写入，显式标识是否加进文件，"
            "或由应用按其申明展示；以及交付了却没有文件标识记录的图片和声音。"
            "不在文件内的显式标识，展示与否看不到。"
        ),
        (
            "Reads the record of marked files, and opens none: whether the label was written into "
            "the metadata, and whether the visible one was put into the file or left to the "
            "application, as it declared; and pictures and sounds that were delivered without "
            "such a record. Whether a label outside of the file is shown can't be seen."
        ),
    ),
    kinds=(
        kinds.GenerationAdmitted,
        kinds.GenerationDelivered,
        kinds.GenerationStopped,
        kinds.GenerationFailed,
        kinds.GenerationAbandoned,
        kinds.GenerationInterrupted,
        kinds.OutputMarked,
    ),
    version=2,
)
class LabelsFiles(Live):
    """Files that left, each with its labels."""

    acts: Acts = msgspec.field(default_factory=Acts)
    #: By the day's number.
    labels: dict[int, _Labels] = msgspec.field(default_factory=dict)
    #: Pictures and sounds asked for whose outcome is open.
    asked: Open = msgspec.field(default_factory=Open)
    #: Those whose file need not bear the visible label itself.
    elsewhere: Open = msgspec.field(default_factory=Open)
    #: Delivered, with no file on record yet; both are written together.
    waiting: Open = msgspec.field(default_factory=Open)

    def take(self, run: Run) -> None:
        """Follow pictures and sounds; most runs are of text alone."""
        routes = set(run.of(kinds.GenerationAdmitted).values("route"))
        if (
            kinds.OutputMarked in run.kinds
            or any(route.startswith(_FILES) for route in routes)
            or not self.asked.acts.keys().isdisjoint(run.values("act"))
        ):
            super().take(run)

    def fold(self, entry: kinds.Entry, index: int) -> None:
        """Follow pictures and sounds from the request to their files."""
        if isinstance(entry, kinds.GenerationAdmitted):
            if entry.route.startswith(_FILES):
                self.asked.begin(entry, index, _MOST)
                if entry.label_at != "file":
                    self.elsewhere.begin(entry, index, _MOST)
        elif isinstance(entry, kinds.OutputMarked):
            self.waiting.acts.pop(entry.act, None)
            labels = self._labels(entry)
            self.acts.add(entry, index, against=not labels.whole)
            day = day_number(entry.at)
            self.labels[day] = self.labels.get(day, _Labels()).and_also(labels)
            if len(self.labels) > MOST_DAYS:
                del self.labels[min(self.labels)]
        elif self.asked.acts.pop(entry.act, None) and isinstance(entry, kinds.GenerationDelivered):
            self.waiting.begin(entry, index, _MOST)

    def judge(self, at: Moment) -> Result:
        """Every file of the window, and what was delivered without any."""
        late = [one for one in self.waiting.acts.values() if at.now - one.at > HOUR_MS]
        recent = self.acts.recent(at)
        if late:
            recent = msgspec.structs.replace(
                recent,
                counted=recent.counted + len(late),
                against=recent.against + len(late),
                shown=(*shown(late), *recent.shown)[:MOST_SHOWN],
            )
        labels = _Labels()
        for day, each in self.labels.items():
            if day >= at.first:
                labels = labels.and_also(each)
        zh, en = labels.said
        return every(
            recent,
            none=(
                "最近 {days} 天没有交付过文件。",
                "No file was delivered in the last {days} days.",
            ),
            fine=(
                f"最近 {{days}} 天交付 {{n}} 个文件。{zh}。",
                f"Files delivered in the last {{days}} days: {{n}}. {en}.",
            ),
            wrong=(
                f"最近 {{days}} 天交付 {{n}} 个文件，{{bad}} 个缺标识。{zh}。",
                f"Files delivered in the last {{days}} days: {{n}}; {{bad}} lack a label. {en}.",
            ),
            threshold=Words("每一个都带标识", "each bears its labels"),
        )

    def _labels(self, entry: kinds.OutputMarked) -> _Labels:
        metadata = _DIGEST.fullmatch(entry.label) is not None
        # A clip is fetched later, when the reader may ask for it as the application shows it; it
        # leaves without the visible label at such a wish alone.
        left = not entry.explicit and (entry.media == "video" or entry.act in self.elsewhere.acts)
        return _Labels(
            metadata=int(metadata),
            read=int(metadata and bool(entry.read)),
            inside=int(entry.explicit),
            left=int(left),
        )


@check(
    "labels.sample",
    room="worker",
    title=("标识的每日抽查没有发现错误", "The daily sample of labels finds nothing wrong"),
    what=(
        (
            "读每日抽查的结果：文件在交付前被回读，不符的已被扣下。回读的是元数据标识；"
            "加进文件的显式标识，机器能查找的一并查找。发现不符、当天一个也没有回读，"
            "或有文件而两天没有结果，都不算满足。"
        ),
        (
            "Reads what each day's sample came to: files are read back before they leave, and one "
            "that does not conform is held. It is the label in the metadata that is read, and the "
            "visible one that was put in as far as a machine can find it. It turns when something "
            "is wrong, when a day's sample is empty, or when nothing is told for two days though "
            "files were made."
        ),
    ),
    kinds=(kinds.OutputMarked, kinds.OutputChecked),
    ttl="2d",
)
class LabelsSample(Live):
    """Days whose sample was told, and files that wait for theirs."""

    acts: Acts = msgspec.field(default_factory=Acts)
    #: By the day's number, how many were read back, and how many of them were wrong.
    days: dict[int, tuple[int, int]] = msgspec.field(default_factory=dict)
    first: Seen | None = None  # the first file since the last day that was told

    def fold(self, entry: kinds.Entry, index: int) -> None:
        """Count the files that were read, by day."""
        if isinstance(entry, kinds.OutputMarked):
            self.first = self.first or seen(entry, index)
        elif isinstance(entry, kinds.OutputChecked):
            self.acts.add(entry, index, against=bool(entry.wrong) or not entry.sampled)
            read, wrong = self.days.get(day := day_number(entry.at), (0, 0))
            self.days[day] = (read + entry.sampled, wrong + entry.wrong)
            if len(self.days) > MOST_DAYS:
                del self.days[min(self.days)]
            self.first = None

    def judge(self, at: Moment) -> Result:
        """What the samples of the window came to."""
        recent = self.acts.recent(at)
        if self.first is not None and at.now - self.first.at > _SAMPLE_MS:
            return latest(
                self.first,
                Status.STALE,
                Words(
                    f"{say.when(self.first.at)} 起有文件交付，至今没有抽查结果。",
                    f"Files were delivered from {say.when(self.first.at)} on, and no sample was "
                    "told since.",
                ),
            )
        if self.first is not None and not recent.counted:
            told = Words(
                f"{say.when(self.first.at)} 起有文件交付，当天的抽查结果次日才有。",
                f"Files were delivered from {say.when(self.first.at)} on; a day's sample is told "
                "on the next.",
            )
            return latest(self.first, Status.NO_OCCASION, told)
        days = [each for day, each in self.days.items() if day >= at.first]
        read, wrong = (sum(each[place] for each in days) for place in (0, 1))
        return every(
            recent,
            none=(
                "最近 {days} 天没有需要抽查的文件。",
                "The last {days} days had no file to sample.",
            ),
            fine=(
                f"最近 {{days}} 天抽查 {{n}} 次，回读 {read:,} 个文件，没有不符。",
                (
                    f"Days sampled in the last {{days}} days: {{n}}; {read:,} files read back, "
                    "none wrong."
                ),
            ),
            wrong=(
                (
                    f"最近 {{days}} 天抽查 {{n}} 次，回读 {read:,} 个文件，{wrong:,} 个不符，"
                    "已扣下；{bad} 天不合格。"
                ),
                (
                    f"Days sampled in the last {{days}} days: {{n}}; {read:,} files read back, "
                    f"{wrong:,} wrong and held; days that fell short: {{bad}}."
                ),
            ),
            threshold=Words("没有一个不符", "none wrong"),
        )


@check(
    "labels.log",
    room="gateway",
    title=(
        "无显式标识的副本都有足够长的日志",
        "Copies without the visible label are logged long enough",
    ),
    what=(
        (
            "读每个应用户要求给出的无显式标识副本：用户接受了哪版写明标识义务的协议，"
            "对象日志保存到何时。"
        ),
        (
            "Reads each copy given without the visible label at the user's wish: which agreement, "
            "stating the duty to label, they had accepted, and until when it is kept to whom it "
            "went."
        ),
    ),
    kinds=(kinds.OutputUnlabelled,),
    rules=(UNLABELLED_LOG,),
    version=2,
)
class LabelsLog(Live):
    """Copies after Art. 9, by how long their log is kept."""

    acts: Acts = msgspec.field(default_factory=Acts)
    kept: Measured = msgspec.field(default_factory=Measured)

    def fold(self, entry: kinds.Entry, index: int) -> None:
        """Count a copy; the fewer days its log is kept, the worse."""
        if isinstance(entry, kinds.OutputUnlabelled):
            if entry.agreement < 1:
                self.acts.add(entry, index, against=True)
            else:
                days = day_number(entry.until) - day_number(entry.at)
                self.kept.add(entry, index, -days)

    def judge(self, at: Moment) -> Result:
        """Every copy of the window."""
        bare = self.acts.recent(at)
        rule = at.rule(UNLABELLED_LOG)
        recent = self.kept.recent(at, _too_short(at))
        span = rule.span.said
        return every(
            msgspec.structs.replace(
                recent,
                counted=recent.counted + bare.counted,
                against=recent.against + bare.against,
                shown=(*bare.shown, *recent.shown)[:MOST_SHOWN],
                seen=max(recent.seen or 0, bare.seen or 0) or None,
            ),
            none=(
                "最近 {days} 天没有给出过无显式标识的副本。",
                "No copy without the visible label was given in the last {days} days.",
            ),
            fine=(
                "最近 {days} 天给出 {n} 个无显式标识的副本，协议和日志都齐备。",
                (
                    "Copies without the visible label in the last {days} days: {n}; each under an "
                    "agreement and logged long enough."
                ),
            ),
            wrong=(
                "最近 {days} 天给出 {n} 个无显式标识的副本，{bad} 个的协议或日志不足。",
                (
                    "Copies without the visible label in the last {days} days: {n}; {bad} of them "
                    "lack the agreement or the time of the log."
                ),
            ),
            threshold=Words(f"日志保存 {span.zh}", f"logged for {span.en}"),
            rules=(rule.rule,),
        )


@check(
    "labels.code",
    room="config",
    title=("标识写明真实的服务提供者", "Labels name a real provider"),
    what=(
        "读每次启动的申明：服务提供者编码是否仍是演示编码。演示编码不属于任何人。",
        (
            "Reads what the service declared at its start: whether the provider's code is still "
            "the demo's, which is nobody's."
        ),
    ),
    kinds=(kinds.ServiceDeclared,),
)
class LabelsCode(Live):
    """Whether the provider is somebody."""

    last: Seen | None = None
    demo: bool = False

    def fold(self, entry: kinds.Entry, index: int) -> None:
        """The latest start counts."""
        if isinstance(entry, kinds.ServiceDeclared):
            self.last, self.demo = seen(entry, index), entry.demo

    def judge(self, at: Moment) -> Result:  # noqa: ARG002  it stays so
        """Of the latest start."""
        if self.last is None:
            return missing("服务还没有启动过。", "The service was never started.")
        if self.demo:
            figure = Words(
                "标识中是演示编码，不属于任何人。请在 provider.code 填写自己的编码。",
                "Labels bear the demo's code, which is nobody's. Put your own in provider.code.",
            )
            return latest(self.last, Status.NOT_MET, figure)
        figure = Words("标识中是提供者自己的编码。", "Labels bear the provider's own code.")
        return latest(self.last, Status.MET, figure)


def _too_short(at: Moment) -> Callable[[int, int], bool]:
    """Whether a log that begins on a day and is kept for so many days is kept too short."""
    known: dict[int, int] = {}

    def wrong(day: int, value: int) -> bool:
        if day not in known:
            known[day] = day_number(at.after(day_start(day), UNLABELLED_LOG))
        return day - value < known[day]

    return wrong
