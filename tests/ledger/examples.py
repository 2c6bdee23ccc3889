"""One entry of each kind, as ``golden/entries.jsonl`` has them line by line."""

from hegui.ledger import kinds

ACT = "0123456789abcdef0123456789abcdef"
NONCE = "fedcba9876543210fedcba9876543210"
AT = 1_767_585_600_000
ONE, TWO = "11" * 32, "22" * 32

EXAMPLES: tuple[kinds.Entry, ...] = (
    kinds.ServiceStarted(
        act=ACT, at=AT, nonce=NONCE, version="0.1.0", settings=ONE, recipients=TWO
    ),
    kinds.AgreementPublished(act=ACT, at=AT, nonce=NONCE, version=1, digest=ONE),
    kinds.AgreementAccepted(
        act=ACT, at=AT, nonce=NONCE, version=1, via="application", evidenced=False
    ),
    kinds.KeyCreated(act=ACT, at=AT, nonce=NONCE, application=ACT),
    kinds.KeyRevoked(act=ACT, at=AT, nonce=NONCE, application=ACT),
    kinds.ApplicationRegistered(act=ACT, at=AT, nonce=NONCE, declaration=ONE),
    kinds.WordsAdded(
        act=ACT,
        at=AT,
        nonce=NONCE,
        pack="诈骗 “scams” & <malware>",
        version="1",
        digest=ONE,
        words=7,
    ),
    kinds.WordsWithdrawn(
        act=ACT,
        at=AT,
        nonce=NONCE,
        pack='a"b\\c/d\b\f\n\r\t\x00\x1f\x7f\u2028\U0001f600é',
        version="1",
    ),
    kinds.GenerationAdmitted(
        act=ACT,
        at=AT,
        nonce=NONCE,
        application=ACT,
        model="demo",
        route="chat/completions",
        streamed=True,
        agreement=1,
        screen=ONE,
        label_at="start",
        prompt=TWO,
    ),
    kinds.GenerationDelivered(
        act=ACT, at=AT, nonce=NONCE, upstream="demo", finish="stop", label=ONE, answer=TWO, chars=12
    ),
    kinds.GenerationStopped(
        act=ACT,
        at=AT,
        nonce=NONCE,
        decision=NONCE,
        side="output",
        category="fraud",
        pack="scams",
        pack_version="1",
        answer=TWO,
        chars=0,
    ),
    kinds.GenerationFailed(
        act=ACT, at=AT, nonce=NONCE, code="upstream_broke", answer=TWO, chars=2**53 - 1
    ),
    kinds.GenerationAbandoned(act=ACT, at=AT, nonce=NONCE, answer=TWO, chars=3),
    kinds.GenerationInterrupted(
        act=ACT, at=AT, nonce=NONCE, answer=TWO, chars=3, segments=1, unrecoverable_ms=1_000
    ),
    kinds.OutputMarked(
        act=ACT,
        at=AT,
        nonce=NONCE,
        media="image",
        format="png",
        produce_id=ACT,
        file=ONE,
        size=4_096,
        label=TWO,
        explicit=True,
        read="conforming",
    ),
    kinds.OutputHeld(
        act=ACT,
        at=AT,
        nonce=NONCE,
        media="video",
        format="mp4",
        read="unlabelled",
        findings="field-missing,placement",
    ),
    kinds.OutputUnlabelled(
        act=ACT,
        at=AT,
        nonce=NONCE,
        application=NONCE,
        agreement=2,
        media="audio",
        file=ONE,
        until=AT + 1,
        rule="cn-labelling-measures-2025/unlabelled.log",
    ),
    kinds.OutputChecked(
        act=ACT, at=AT, nonce=NONCE, day=20_261_122, marked=120, sampled=7, wrong=1
    ),
    kinds.VaultExpired(act=ACT, at=AT, nonce=NONCE, through=AT, texts=40),
    kinds.PersonSuspended(
        act=ACT,
        at=AT,
        nonce=NONCE,
        ground="agreement",
        category="fraud",
        automated_detection=True,
        automated_decision="none",
    ),
    kinds.PersonReinstated(act=ACT, at=AT, nonce=NONCE, reason="appeal"),
    kinds.PersonErased(act=ACT, at=AT, nonce=NONCE, texts=2, links=1),
    kinds.StaffAdded(act=ACT, at=AT, nonce=NONCE, role="reviewer"),
    kinds.StaffChanged(act=ACT, at=AT, nonce=NONCE, role="none"),
    kinds.TextOpened(
        act=ACT,
        at=AT,
        nonce=NONCE,
        generation=NONCE,
        staff=ACT,
        role="reviewer",
        reason="appeal",
        note=ONE,
    ),
    kinds.CaseFiled(
        act=ACT,
        at=AT,
        nonce=NONCE,
        case="appeal",
        number="A-2026-0001",
        subject=NONCE,
        statement=ONE,
        due=AT + 1,
        rule="cn-app-method-2019/complaint.answer",
    ),
    kinds.CaseMoved(
        act=ACT, at=AT, nonce=NONCE, case="appeal", event="assign", state="assigned", staff=ACT
    ),
    kinds.CaseDecided(
        act=ACT,
        at=AT,
        nonce=NONCE,
        case="appeal",
        outcome="upheld",
        staff=ACT,
        subject=NONCE,
        category="fraud",
        reasons=TWO,
        in_time=True,
    ),
    kinds.ClockFired(act=ACT, at=AT, nonce=NONCE, clock="answer", stage="before", due=AT),
    kinds.ClockPaused(act=ACT, at=AT, nonce=NONCE, clock=NONCE, reason=ONE, staff=ACT),
    kinds.ClockResumed(act=ACT, at=AT, nonce=NONCE, clock=NONCE, due=AT + 1, staff=""),
    kinds.ServiceDeclared(
        act=ACT,
        at=AT,
        nonce=NONCE,
        demo=False,
        contact=True,
        disclosure=ONE,
        recipients=2,
        unnamed=1,
        passed_days=7,
        stopped_days=180,
        sampled=500,
        unlabelled=False,
    ),
    kinds.ServiceOutage(act=ACT, at=AT, nonce=NONCE, since=AT - 5_000, until=AT, clean=False),
    kinds.RetentionChecked(act=ACT, at=AT, nonce=NONCE, day=20_261_122, held=40, late=1),
    kinds.LedgerChecked(
        act=ACT, at=AT, nonce=NONCE, size=9, checkpoint=8, root=TWO, problem="unsigned"
    ),
    kinds.LedgerVerified(act=ACT, at=AT, nonce=NONCE, size=9, problems=0),
    kinds.ScreenProven(
        act=ACT, at=AT, nonce=NONCE, screen=ONE, words=26, splits=780, leaked=0, in_force=26
    ),
    kinds.LawLoaded(
        act=ACT,
        at=AT,
        nonce=NONCE,
        pack="cn-labelling-2025",
        version="2026.1",
        fingerprint=ONE,
        origin="shipped",
    ),
    kinds.LawWithdrawn(act=ACT, at=AT, nonce=NONCE, pack="house-rules", version="1"),
    kinds.LawTextImported(
        act=ACT,
        at=AT,
        nonce=NONCE,
        pack="cn-genai-measures-2023",
        language="zh",
        digest=TWO,
        articles=24,
    ),
    kinds.ProfileRecorded(
        act=ACT, at=AT, nonce=NONCE, answers=ONE, result=TWO, duties=120, unknown=3
    ),
    kinds.LicenceRecorded(
        act=ACT,
        at=AT,
        nonce=NONCE,
        licence="algorithm_filing",
        expires=20_281_231,
        file="",
        withdrawn=False,
    ),
    kinds.AttestationSigned(
        act=ACT,
        at=AT,
        nonce=NONCE,
        control="cn-genai-measures-2023/7.1-sources",
        provision=ONE,
        true_on=20_261_122,
        expires=20_271_121,
        file=TWO,
        statement=ONE,
        staff=ACT,
    ),
    kinds.AttestationWithdrawn(
        act=ACT,
        at=AT,
        nonce=NONCE,
        control="cn-genai-measures-2023/7.1-sources",
        reason=TWO,
        staff="",
    ),
    kinds.DutyChanged(
        act=ACT,
        at=AT,
        nonce=NONCE,
        duty="cn-genai-measures-2023/GM-12",
        was="met",
        status="not_met",
        control="cn-genai-measures-2023/12-label",
        check="labels.text",
    ),
)
