"""``hegui law status``: how each duty stands, and what shows it."""

import argparse
from typing import TYPE_CHECKING, Any

import msgspec

from hegui.cli.columns import aligned, both, card, width, wrapped
from hegui.cli.group import Groups, command
from hegui.cli.opened import home_of, opened, settings_of
from hegui.cli.output import Output, moment
from hegui.law.clock import dated
from hegui.law.status import SAID, Status
from hegui.law.words import Words

if TYPE_CHECKING:
    from hegui.checks.result import Result
    from hegui.duties.views import Attested, CheckView, ControlView, DutyView, Standing

#: A word with its shape, as the pages have it.
_SAID = {status: f"{shape} {said.zh} {said.en}" for status, (shape, said) in SAID.items()}
_BAD = (Status.OVERDUE, Status.NOT_MET)
#: Entries that this command line or the service wrote and that have no place in the ledger yet.
_WAIT = (
    "✎ 还有 {n} 条留痕等待定序，以上状态没有计入。服务运行时一秒内定序；"
    "服务停着的，启动后定序：hegui run\n"
    "✎ Entries that wait for their place in the ledger and don't count above yet: {n}. A running "
    "service places them within a second; one that is stopped, when it starts: hegui run"
)


def add(commands: Groups, common: argparse.ArgumentParser) -> None:
    """Adds the command."""
    one = command(
        commands,
        common,
        "status",
        _status,
        "每项义务的状态，有逾期或未满足的退出码为 1 how each duty stands; exits with 1 where one "
        "is overdue or not met",
    )
    one.add_argument("--pack", help="只看这个规则包 this pack alone")
    one.add_argument("--article", metavar="N", help="只看这一条 this article alone, such as 9")
    one.add_argument(
        "--status",
        choices=[each.value for each in Status],
        metavar="STATUS",
        help=f"只看这种状态 this status alone: {', '.join(Status)}",
    )


def _status(options: argparse.Namespace, output: Output) -> bool:
    from hegui import checks
    from hegui.duties import packs
    from hegui.duties.standing import standing
    from hegui.store.log import LogReader

    with opened(settings_of(options), home_of()) as store:
        if options.pack:
            packs.book(store).pack(options.pack)  # an unknown name is told so
        # What has its place is read now; it is read once, whoever else does the same.
        checks.fold_all(store)
        stands = standing(store, store.world.now())
        waiting, _ = LogReader(store).pending()
    chosen = [one for one in stands.duties if _wanted(one, options)]
    asked = bool(options.article or options.status)
    document = {**_document(stands, chosen), "pending": waiting}
    output.result(document, _text(stands, chosen, waiting, every=asked))
    return any(one.status in _BAD for one in chosen)


def _wanted(one: "DutyView", options: argparse.Namespace) -> bool:
    return (
        options.pack in (None, one.ref.partition("/")[0])
        and options.article in (None, one.provision.article)
        and options.status in (None, one.status.value)
    )


def _text(stands: "Standing", chosen: "list[DutyView]", waiting: int, *, every: bool) -> str:
    """Each pack with its duties; what doesn't apply only where it was asked for."""
    lines = []
    for pack in stands.packs:
        mine = [one for one in chosen if one.ref.partition("/")[0] == pack.name]
        shown = [one for one in mine if every or one.status is not Status.NOT_APPLICABLE]
        if shown:
            lines += [wrapped(f"{pack.title.zh} {pack.title.en}  {pack.name} {pack.version}")]
            lines += [*(_card(one) for one in shown), ""]
    counts = {status: sum(one.status is status for one in chosen) for status in Status}
    told = [(_SAID[status], str(count)) for status, count in counts.items() if count]
    lines.append(aligned(told) or "没有这样的义务 there is no such duty")
    lines.append(f"已检查账本 entries checked: {stands.checked}/{stands.size}")
    lines.append(f"检查点 checkpoint: {_checkpoint(stands)}")
    if waiting:
        lines.append(wrapped(_WAIT.format(n=waiting)))
    if stands.profile is None:
        lines.append(
            "尚未回答适用范围问卷，请运行 hegui law scope --ask\n"
            "The questionnaire is not answered yet: hegui law scope --ask"
        )
    return "\n".join(lines)


def _card(one: "DutyView") -> str:
    finding, title = _finding(one), one.provision.title
    softly_zh, softly = ("（宜）", " (should)") if one.provision.modality == "should" else ("", "")
    pad = " " * (max(map(width, _SAID.values())) - width(_SAID[one.status]))
    return card(
        f"{_SAID[one.status]}{pad}  {one.provision.article}  {one.duty.id}",
        (both(f"{title.zh}{softly_zh}", f"{title.en}{softly}"), finding.zh, finding.en),
        "  ",
    )


def _finding(one: "DutyView") -> Words:
    """What a duty's status rests on, in a sentence."""
    if one.applies.answer:
        return _shown(next(each for each in one.controls if each.status is one.status))
    return next(reason.text for reason in one.applies.reasons)


def _shown(control: "ControlView") -> Words:
    for check in control.checks:
        if check.result.status is control.status:
            return _graded(check)
    one = control.attested
    if one is None:
        return Words(
            zh=f"须有人签署证明：{control.ref}", en=f"a person must attest it: {control.ref}"
        )
    if not one.current:
        return Words(
            zh=f"规定有变，{one.signer} 的证明不再有效：{control.ref}",
            en=f"it reads otherwise now, {one.signer}'s attestation no longer counts: "
            f"{control.ref}",
        )
    until = dated(one.expires)
    return Words(
        zh=f"{one.signer} 已签署证明，有效至 {until}", en=f"attested by {one.signer} to {until}"
    )


def _graded(check: "CheckView") -> Words:
    """A figure, what it is held against, and how sure that is."""
    result, grade = check.result, f" [{check.grade}]" if check.grade else ""
    if result.threshold is None:
        return Words(zh=f"{result.figure.zh}{grade}", en=f"{result.figure.en}{grade}")
    return Words(
        zh=f"{result.figure.zh}要求：{result.threshold.zh}{grade}",
        en=f"{result.figure.en} Asked for: {result.threshold.en}{grade}",
    )


def _checkpoint(stands: "Standing") -> str:
    if stands.checkpoint is None:
        return "-"
    _, size, root = stands.checkpoint.split("\n")[:3]
    return f"{size} {root}"


def _document(stands: "Standing", chosen: "list[DutyView]") -> dict[str, Any]:
    return {
        "at": moment(stands.at),
        "checked": stands.checked,
        "size": stands.size,
        "checkpoint": stands.checkpoint,
        "profile": stands.profile,
        "packs": [
            {
                "name": one.name,
                "version": one.version,
                "fingerprint": one.fingerprint,
                "origin": one.origin,
            }
            for one in stands.packs
        ],
        "counts": {status.value: sum(one.status is status for one in chosen) for status in Status},
        "duties": [_duty(one) for one in chosen],
    }


def _duty(one: "DutyView") -> dict[str, Any]:
    provision = one.provision
    return {
        "duty": one.ref,
        "provision": f"{one.ref.partition('/')[0]}/{provision.id}",
        "instrument": one.instrument.id,
        "article": provision.article,
        "clause": _words(provision.clause),
        "title": _words(provision.title),
        "text": _words(one.duty.text),
        "modality": provision.modality.value,
        "grade": provision.grade.value,
        "status": one.status.value,
        "applies": {
            "answer": one.applies.answer,
            "reasons": [_words(reason.text) for reason in one.applies.reasons],
        },
        "controls": [_control(each) for each in one.controls],
        "since": moment(one.since),
        "due": moment(one.due),
    }


def _control(one: "ControlView") -> dict[str, Any]:
    return {
        "control": one.ref,
        "text": _words(one.control.text),
        "status": one.status.value,
        "checks": [
            {"check": each.id, "title": _words(each.title), "grade": each.grade}
            | _result(each.result)
            for each in one.checks
        ],
        "takes_attestation": one.wants,
        "attestation": one.attested and attestation(one.attested),
    }


def _result(one: "Result") -> dict[str, Any]:
    return {
        "status": one.status.value,
        "figure": _words(one.figure),
        "threshold": one.threshold and _words(one.threshold),
        "rules": list(one.rules),
        "counted": one.counted,
        "against": one.against,
        "entries": [msgspec.to_builtins(each) | {"at": moment(each.at)} for each in one.shown],
        "seen": moment(one.seen),
        "due": moment(one.due),
    }


def attestation(one: "Attested") -> dict[str, Any]:
    """An attestation, for ``--json``."""
    return {
        "id": one.id,
        "signer": one.signer,
        "true_on": f"{dated(one.true_on)}",
        "expires": f"{dated(one.expires)}",
        "at": moment(one.at),
        "statement": one.statement,
        "file": one.file,
        "current": one.current,
    }


def _words(words: Words) -> dict[str, str]:
    return {"zh": words.zh, "en": words.en}
