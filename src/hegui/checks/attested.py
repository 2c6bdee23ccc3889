"""Attestations as the ledger has them, and what they come to for a control.

A check whose room is still to come is answered by a person who attests the control: with what is
so, the day on which it was, the last day it holds, and a file. It counts while it is in date and
while the provision reads as it did when it was signed.
"""

import msgspec

from hegui.checks import say
from hegui.checks.moment import Moment, last_moment
from hegui.checks.result import Result
from hegui.checks.seen import Seen, shown
from hegui.law import Status, Words, dated

#: How long before an attestation's or a licence's end the house says so.
WARN = "own/attestation.warn"


class Attestation(msgspec.Struct, frozen=True, array_like=True):
    """An attestation as its entry has it.

    Attributes:
        entry: the entry; its act is the attestation's id, its time that of the signature.
        control: ``PACK/CONTROL``.
        provision: SHA-256 of the provision it was signed for, hex.
        true_on: the day on which it was so, such as 20261122.
        expires: the last day it holds.
        file: SHA-256 of the evidence, hex; empty of none.
        staff: who signed.
    """

    entry: Seen
    control: str
    provision: str
    true_on: int
    expires: int
    file: str
    staff: str


def result(what: Words, control: str, one: Attestation | None, at: Moment) -> Result:
    """What an attested control comes to.

    Args:
        what: what is to be attached.
        control: ``PACK/CONTROL``.
        one: its attestation; none: there is none.
        at: the moment.

    Raises:
        LawError: ``control_unknown``, ``parameter_unknown``.
    """
    if one is None:
        return Result(
            status=Status.NEEDS_PERSON,
            figure=Words(f"还没有签署的证明。{what.zh}", f"No signed attestation yet. {what.en}"),
        )
    entry = one.entry
    if one.provision != at.book.digest_of(control):
        return Result(
            status=Status.NEEDS_PERSON,
            figure=Words(
                f"条款的内容在 {say.when(entry.at)} 签署之后有变化，请核对后重新签署。",
                f"The provision reads otherwise since it was signed on {say.when(entry.at)}; look "
                "at it and sign again.",
            ),
            counted=1,
            against=1,
            shown=shown([entry]),
            seen=entry.at,
        )
    end = last_moment(one.expires)
    expired, warned = at.now > end, at.now > at.before(end, WARN)
    filed_zh, filed_en = ("附文件", "with a file") if one.file else ("没有文件", "without a file")
    held_zh = "已过期" if expired else "有效"
    held_en = "it held until" if expired else "it holds until"
    return Result(
        status=Status.STALE if expired else Status.DUE_SOON if warned else Status.MET,
        figure=Words(
            f"{say.when(entry.at)} 签署（{filed_zh}），属实日期 {dated(one.true_on)}，"
            f"至 {dated(one.expires)}，{held_zh}。",
            f"Signed on {say.when(entry.at)} ({filed_en}), true on {dated(one.true_on)}; "
            f"{held_en} {dated(one.expires)}.",
        ),
        threshold=Words("证明在有效期内", "an attestation in date"),
        rules=(WARN,),
        counted=1,
        against=int(expired),
        shown=shown([entry]) if expired else shown([], [entry]),
        seen=entry.at,
        due=end,
    )
