"""For each live check a ledger that meets it, one that breaks it, and the entry that shows it."""

from typing import NamedTuple

from tests.checks.entries import DAY, DIGEST, HOUR, MINUTE, NOW, made

from hegui.law import Status, shipped_book
from hegui.ledger import kinds
from hegui.ledger.kinds import Entry


class Case(NamedTuple):
    """Two ledgers.

    Attributes:
        meets: one that meets the check.
        breaks: what comes after it, or instead of it, and breaks it.
        shows: which entry of ``breaks`` shows it.
        status: what the check is then.
        instead: whether ``breaks`` stands alone.
    """

    meets: list[Entry]
    breaks: list[Entry]
    shows: int = 0
    status: Status = Status.NOT_MET
    instead: bool = False


A, B, C = "a" * 32, "b" * 32, "c" * 32
PUBLISHED = made(kinds.AgreementPublished, 20 * DAY, version=1)
ADMITTED = made(kinds.GenerationAdmitted, 2 * HOUR, A)
PICTURE = made(kinds.GenerationAdmitted, 2 * HOUR, C, route="images.generations", label_at="file")
DELIVERED = made(kinds.GenerationDelivered, 2 * HOUR - 1, A)
STOPPED = made(kinds.GenerationStopped, HOUR, B)
FILED = made(kinds.CaseFiled, 2 * DAY, A, due=NOW + 12 * DAY)
DECIDED = made(kinds.CaseDecided, HOUR, A, outcome="rejected", staff=B)
REVIEWER = made(kinds.StaffAdded, 20 * DAY, B, role="reviewer")
OWNER = made(kinds.StaffAdded, 20 * DAY, A, role="owner")
MARKED = made(kinds.OutputMarked, 2 * HOUR - 1, C)
OPENED = made(kinds.TextOpened, HOUR, staff=B, role="reviewer")
STARTED = made(kinds.ServiceStarted, 20 * DAY)
DECLARED = made(kinds.ServiceDeclared, HOUR, unnamed=0)
PROVEN = made(kinds.ScreenProven, HOUR, screen=DIGEST, words=30, splits=900, leaked=0)
KEPT = made(kinds.RetentionChecked, HOUR, late=0)
CHECKED = made(kinds.LedgerChecked, HOUR, size=9, checkpoint=9, problem="")
SIX_MONTHS = 182 * DAY
LOADED: list[Entry] = [
    made(kinds.LawLoaded, DAY, f"{n:032x}", pack=pack.name, fingerprint=pack.fingerprint)
    for n, pack in enumerate(shipped_book().packs)
]
CONTROL = next(
    f"{owed.pack.name}/{control.id}"
    for _, owed in shipped_book().owed()
    for control in owed.duty.controls
)
SIGNED = made(
    kinds.AttestationSigned,
    DAY,
    A,
    control=CONTROL,
    provision=shipped_book().digest_of(CONTROL),
    true_on=20260103,
    expires=20261231,
)
WORDS = made(kinds.WordsAdded, DAY, A, pack="ours", words=12_000)

CASES: dict[str, Case] = {
    "agreement.accepted": Case(
        [PUBLISHED, ADMITTED], [made(kinds.GenerationAdmitted, HOUR, B, agreement=0)]
    ),
    "agreement.evidence": Case(
        [made(kinds.AgreementAccepted, 2 * HOUR, via="page", evidenced=True)],
        [made(kinds.AgreementAccepted, HOUR, evidenced=False)],
        status=Status.NEEDS_PERSON,
    ),
    "agreement.published": Case([PUBLISHED], [], shows=-1, instead=True),
    "appeals.human": Case(
        [REVIEWER, DECIDED], [made(kinds.CaseDecided, MINUTE, C, staff="9" * 32)]
    ),
    "appeals.in_time": Case([DECIDED], [made(kinds.CaseDecided, MINUTE, C, in_time=False)]),
    "appeals.running": Case(
        [FILED], [made(kinds.CaseFiled, 30 * DAY, C, due=NOW - 1)], status=Status.OVERDUE
    ),
    "appeals.upheld": Case([DECIDED], [made(kinds.CaseDecided, MINUTE, C, outcome="upheld")]),
    "attestations.in_date": Case(
        [SIGNED],
        [made(kinds.AttestationSigned, 2 * DAY, B, control=CONTROL, expires=20260104)],
        status=Status.STALE,
        instead=True,
    ),
    "contact.published": Case([DECLARED], [made(kinds.ServiceDeclared, MINUTE, contact=False)]),
    "disclosure.published": Case([DECLARED], [made(kinds.ServiceDeclared, MINUTE, disclosure="")]),
    "erasure.done": Case(
        [made(kinds.PersonErased, 2 * HOUR), KEPT], [made(kinds.RetentionChecked, MINUTE, late=2)]
    ),
    "labels.code": Case([DECLARED], [made(kinds.ServiceDeclared, MINUTE, demo=True)]),
    "labels.files": Case(
        [PICTURE, made(kinds.GenerationDelivered, 2 * HOUR, C), MARKED],
        [
            made(kinds.GenerationAdmitted, HOUR, A, route="audio.speech", label_at="file"),
            made(kinds.OutputMarked, HOUR, A, media="audio", explicit=False),
        ],
        shows=1,
    ),
    "labels.log": Case(
        [made(kinds.OutputUnlabelled, HOUR, until=NOW + SIX_MONTHS)],
        [made(kinds.OutputUnlabelled, MINUTE, until=NOW + 90 * DAY)],
    ),
    "labels.sample": Case(
        [MARKED, made(kinds.OutputChecked, HOUR, wrong=0)],
        [made(kinds.OutputChecked, MINUTE, wrong=1)],
    ),
    "labels.text": Case(
        [ADMITTED, DELIVERED], [made(kinds.GenerationDelivered, MINUTE, B, label="")]
    ),
    "law.loaded": Case(
        LOADED,
        [made(kinds.LawLoaded, HOUR, pack=shipped_book().packs[0].name, fingerprint=DIGEST)],
    ),
    "licences.in_date": Case(
        [made(kinds.LicenceRecorded, DAY, A, expires=20261231)],
        [made(kinds.LicenceRecorded, HOUR, B, expires=20260104)],
        status=Status.OVERDUE,
    ),
    "recipients.named": Case([DECLARED], [made(kinds.ServiceDeclared, MINUTE, unnamed=1)]),
    "records.age": Case([STARTED, CHECKED], [made(kinds.LedgerChecked, MINUTE, size=5)]),
    "records.signed": Case(
        [CHECKED], [made(kinds.LedgerChecked, MINUTE, size=9, problem="missing")]
    ),
    "records.verified": Case(
        [made(kinds.LedgerVerified, DAY, problems=0)],
        [made(kinds.LedgerVerified, HOUR, problems=1)],
    ),
    "records.whole": Case(
        [ADMITTED, DELIVERED], [made(kinds.GenerationAdmitted, 2 * DAY, "f" * 32)]
    ),
    "retention.kept": Case([KEPT], [made(kinds.RetentionChecked, MINUTE, late=1)]),
    "sanctions.human": Case(
        [made(kinds.PersonSuspended, HOUR, automated_decision="not_automated")],
        [made(kinds.PersonSuspended, MINUTE, automated_decision="fully")],
    ),
    "sanctions.reasoned": Case(
        [made(kinds.PersonSuspended, HOUR)], [made(kinds.PersonSuspended, MINUTE, category="")]
    ),
    "scope.recorded": Case(
        [made(kinds.ProfileRecorded, DAY, unknown=0)],
        [made(kinds.ProfileRecorded, HOUR, unknown=4)],
        status=Status.NEEDS_PERSON,
    ),
    "screen.always": Case([ADMITTED], [made(kinds.GenerationAdmitted, HOUR, B, screen="")]),
    "screen.proven": Case([PROVEN], [made(kinds.ScreenProven, MINUTE, leaked=1)]),
    "service.available": Case(
        [STARTED],
        [made(kinds.ServiceOutage, DAY, since=NOW - 2 * DAY, until=NOW - DAY, clean=False)],
    ),
    "service.failures": Case([DELIVERED], [made(kinds.GenerationFailed, HOUR, B)]),
    "service.recovered": Case(
        [made(kinds.GenerationInterrupted, HOUR, A, unrecoverable_ms=1_000)],
        [made(kinds.GenerationInterrupted, MINUTE, B, unrecoverable_ms=7_000)],
    ),
    "staff.roles": Case([OWNER, REVIEWER], [made(kinds.StaffChanged, HOUR, A, role="none")]),
    "stops.final": Case([STOPPED], [made(kinds.GenerationDelivered, MINUTE, B)]),
    "stops.reasoned": Case([STOPPED], [made(kinds.GenerationStopped, MINUTE, C, category="")]),
    "text.reasons": Case([OPENED], [made(kinds.TextOpened, MINUTE, reason="curious")]),
    "text.roles": Case(
        [REVIEWER, OPENED], [made(kinds.TextOpened, MINUTE, staff=B, role="auditor")]
    ),
    "vault.sealed": Case([ADMITTED], [made(kinds.GenerationAdmitted, HOUR, B, prompt="")]),
    "words.fresh": Case(
        [WORDS], [made(kinds.WordsAdded, 9 * DAY, A)], status=Status.STALE, instead=True
    ),
    "words.in_force": Case([WORDS], [made(kinds.WordsWithdrawn, HOUR, pack="ours")], shows=-1),
    "words.size": Case([WORDS], [made(kinds.WordsAdded, HOUR, C, pack="ours", words=40)]),
}
