"""Evidence kinds: what the house records, as typed structs with dotted names.

No entry names a person, a pseudonym, an address or a word. ``nonce`` keeps leaves from being
guessed. ``prompt`` and ``answer`` are commitments: HMAC-SHA-256(32-byte salt, content), hex;
the salt lives sealed in the vault and is destroyed with it.
"""

from hegui.ledger.kinds_base import Entry
from hegui.ledger.kinds_duties import (
    AttestationSigned,
    AttestationWithdrawn,
    ClockPaused,
    ClockResumed,
    DutyChanged,
    LawLoaded,
    LawTextImported,
    LawWithdrawn,
    LedgerChecked,
    LedgerVerified,
    LicenceRecorded,
    ProfileRecorded,
    RetentionChecked,
    ScreenProven,
    ServiceDeclared,
    ServiceOutage,
)

__all__ = [
    "AgreementAccepted",
    "AgreementPublished",
    "AnyEntry",
    "ApplicationRegistered",
    "AttestationSigned",
    "AttestationWithdrawn",
    "CaseDecided",
    "CaseFiled",
    "CaseMoved",
    "ClockFired",
    "ClockPaused",
    "ClockResumed",
    "DutyChanged",
    "Entry",
    "GenerationAbandoned",
    "GenerationAdmitted",
    "GenerationDelivered",
    "GenerationFailed",
    "GenerationInterrupted",
    "GenerationStopped",
    "KeyCreated",
    "KeyRevoked",
    "LawLoaded",
    "LawTextImported",
    "LawWithdrawn",
    "LedgerChecked",
    "LedgerVerified",
    "LicenceRecorded",
    "OutputChecked",
    "OutputHeld",
    "OutputMarked",
    "OutputUnlabelled",
    "PersonErased",
    "PersonReinstated",
    "PersonSuspended",
    "ProfileRecorded",
    "RetentionChecked",
    "ScreenProven",
    "ServiceDeclared",
    "ServiceOutage",
    "ServiceStarted",
    "StaffAdded",
    "StaffChanged",
    "TextOpened",
    "VaultExpired",
    "WordsAdded",
    "WordsWithdrawn",
]


class ServiceStarted(Entry, frozen=True, kw_only=True, tag="service.started"):
    """The service came up with these settings."""

    version: str
    settings: str  # SHA-256 of the settings in force, hex
    recipients: str  # SHA-256 of the named recipients, hex


class AgreementPublished(Entry, frozen=True, kw_only=True, tag="agreement.published"):
    """A version of the service agreement came into force."""

    version: int
    digest: str


class AgreementAccepted(Entry, frozen=True, kw_only=True, tag="agreement.accepted"):
    """Somebody accepted a version; ``evidenced`` is false when only the application says so."""

    version: int
    via: str
    evidenced: bool


class KeyCreated(Entry, frozen=True, kw_only=True, tag="key.created"):
    """An application's key was made."""

    application: str


class KeyRevoked(Entry, frozen=True, kw_only=True, tag="key.revoked"):
    """An application's key was revoked."""

    application: str


class ApplicationRegistered(Entry, frozen=True, kw_only=True, tag="application.registered"):
    """An application was registered or its declaration changed (digest of the declaration)."""

    declaration: str


class WordsAdded(Entry, frozen=True, kw_only=True, tag="words.added"):
    """A word pack came into force."""

    pack: str
    version: str
    digest: str
    words: int


class WordsWithdrawn(Entry, frozen=True, kw_only=True, tag="words.withdrawn"):
    """A word pack went out of force."""

    pack: str
    version: str


class GenerationAdmitted(Entry, frozen=True, kw_only=True, tag="generation.admitted"):
    """A request was let in; durable before its first byte of answer."""

    application: str
    model: str
    route: str
    streamed: bool
    agreement: int
    screen: str  # fingerprint of the word packs in force
    label_at: str
    prompt: str


class GenerationDelivered(Entry, frozen=True, kw_only=True, tag="generation.delivered"):
    """An answer left whole; durable before its last byte."""

    upstream: str
    finish: str
    label: str  # SHA-256 of the label's bytes, hex
    answer: str
    chars: int


class GenerationStopped(Entry, frozen=True, kw_only=True, tag="generation.stopped"):
    """A stop: nothing more was generated or sent."""

    decision: str
    side: str
    category: str
    pack: str
    pack_version: str
    answer: str
    chars: int


class GenerationFailed(Entry, frozen=True, kw_only=True, tag="generation.failed"):
    """The model or the way to it failed; ``code`` is the error's stable code."""

    code: str
    answer: str
    chars: int


class GenerationAbandoned(Entry, frozen=True, kw_only=True, tag="generation.abandoned"):
    """The reader left; the model was cancelled at once."""

    answer: str
    chars: int


class GenerationInterrupted(Entry, frozen=True, kw_only=True, tag="generation.interrupted"):
    """A crash cut it; closed at the next start.

    Attributes:
        answer: commitment to what the vault still holds of the answer.
        segments: how many sealed segments were found and opened.
        unrecoverable_ms: text sent in at most this last time may be missing from the vault.
    """

    answer: str
    chars: int
    segments: int
    unrecoverable_ms: int


class OutputMarked(Entry, frozen=True, kw_only=True, tag="output.marked"):
    """A picture, sound or clip left with its label; the act is its generation's id.

    Durable before the file's last byte (GB 45438-2025, 6.1; Labelling Measures, Art. 5).

    Attributes:
        media: ``image``, ``audio``, ``video`` or ``document``.
        format: the file's format, such as ``png``.
        produce_id: the content's number in the label.
        file: SHA-256 of the file as it left, hex.
        size: its bytes.
        label: SHA-256 of the label's bytes, hex.
        explicit: whether the file bears the label that people see or hear, too.
        read: the verdict of reading the file back as it left, if it was in the sample; else empty.
    """

    media: str
    format: str
    produce_id: str
    file: str
    size: int
    label: str
    explicit: bool
    read: str


class OutputHeld(Entry, frozen=True, kw_only=True, tag="output.held"):
    """A file did not leave, because it did not read back as it was marked; the act is as above.

    Attributes:
        media: ``image``, ``audio`` or ``video``.
        format: the file's format.
        read: the verdict; ``another`` for a sound label that is not the one written, ``explicit``
            where what people see or hear lacks something.
        findings: codes of what was found, with commas between.
    """

    media: str
    format: str
    read: str
    findings: str


class OutputUnlabelled(Entry, frozen=True, kw_only=True, tag="output.unlabelled"):
    """A file left without the explicit label because its user asked (Labelling Measures, Art. 9).

    It bears the implicit one, and has an ``output.marked`` of its own. The act is its generation's
    id, by which the log says to whom it was given.

    Attributes:
        application: the application that asked.
        agreement: the version the person accepted, which states their duty to label.
        media: ``image``, ``audio`` or ``video``.
        file: SHA-256 of the file as it left, hex.
        until: how long the log is kept, milliseconds since 1970.
        rule: the rule that says so.
    """

    application: str
    agreement: int
    media: str
    file: str
    until: int
    rule: str


class OutputChecked(Entry, frozen=True, kw_only=True, tag="output.checked"):
    """What the sample of a day's marked files came to.

    Attributes:
        day: in Beijing, such as 20261122.
        marked: files that left on it.
        sampled: files read back before they left, by the reader and not by the writer.
        wrong: of those, the ones that did not conform; each was held back (``output.held``).
    """

    day: int
    marked: int
    sampled: int
    wrong: int


class VaultExpired(Entry, frozen=True, kw_only=True, tag="vault.expired"):
    """The retention job deleted sealed texts that were due."""

    through: int
    texts: int


class PersonSuspended(Entry, frozen=True, kw_only=True, tag="person.suspended"):
    """Somebody was suspended, with a statement of reasons; the act is the decision's id."""

    ground: str
    category: str
    automated_detection: bool
    automated_decision: str


class PersonReinstated(Entry, frozen=True, kw_only=True, tag="person.reinstated"):
    """A suspension was lifted; the act is the id of the decision that made it.

    Attributes:
        reason: ``ended``, ``appeal`` or ``mistake``.
    """

    reason: str


class PersonErased(Entry, frozen=True, kw_only=True, tag="person.erased"):
    """Key, salts, ciphertext and links of one person are gone."""

    texts: int
    links: int


class StaffAdded(Entry, frozen=True, kw_only=True, tag="staff.added"):
    """A member of staff was added; the act is their id."""

    role: str


class StaffChanged(Entry, frozen=True, kw_only=True, tag="staff.changed"):
    """A member of staff got another role, or was disabled (role ``none``); the act is their id."""

    role: str


class TextOpened(Entry, frozen=True, kw_only=True, tag="text.opened"):
    """Staff opened the sealed text of a generation; the person sees when and why.

    Attributes:
        generation: the generation's id.
        staff: the member of staff's id.
        role: in which role.
        reason: ``appeal``, ``complaint``, ``incident`` or ``person_asked``.
        note: SHA-256 of the reason in words, hex.
    """

    generation: str
    staff: str
    role: str
    reason: str
    note: str


class CaseFiled(Entry, frozen=True, kw_only=True, tag="case.filed"):
    """A case was filed; the act is the case's id.

    Attributes:
        case: its kind, e.g. ``appeal``.
        number: the number that the filer quotes.
        subject: the act it is about.
        statement: commitment to what the filer wrote.
        due: when the answer is due, milliseconds since 1970, UTC.
        rule: the rule that says so.
    """

    case: str
    number: str
    subject: str
    statement: str
    due: int
    rule: str


class CaseMoved(Entry, frozen=True, kw_only=True, tag="case.moved"):
    """A case changed its state other than by a decision; the act is the case's id."""

    case: str
    event: str
    state: str
    staff: str


class CaseDecided(Entry, frozen=True, kw_only=True, tag="case.decided"):
    """A person decided a case, with reasons; the act is the case's id.

    Attributes:
        case: its kind.
        outcome: what was decided.
        staff: who decided.
        subject: the act it is about.
        category: the harm that was in question.
        reasons: commitment to the statement of reasons.
        in_time: whether the answer came before it was due.
    """

    case: str
    outcome: str
    staff: str
    subject: str
    category: str
    reasons: str
    in_time: bool


class ClockFired(Entry, frozen=True, kw_only=True, tag="clock.fired"):
    """A deadline came near, was reached or passed, or moved; the act is the case's id.

    Attributes:
        clock: the clock's id.
        stage: ``before``, ``due``, ``after``; ``moved`` when a newly published year of the
            calendar changed ``due``.
        due: milliseconds since 1970, UTC.
    """

    clock: str
    stage: str
    due: int


AnyEntry = (
    ServiceStarted
    | AgreementPublished
    | AgreementAccepted
    | KeyCreated
    | KeyRevoked
    | ApplicationRegistered
    | WordsAdded
    | WordsWithdrawn
    | GenerationAdmitted
    | GenerationDelivered
    | GenerationStopped
    | GenerationFailed
    | GenerationAbandoned
    | GenerationInterrupted
    | OutputMarked
    | OutputHeld
    | OutputUnlabelled
    | OutputChecked
    | VaultExpired
    | PersonSuspended
    | PersonReinstated
    | PersonErased
    | StaffAdded
    | StaffChanged
    | TextOpened
    | CaseFiled
    | CaseMoved
    | CaseDecided
    | ClockFired
    | ClockPaused
    | ClockResumed
    | ServiceDeclared
    | ServiceOutage
    | RetentionChecked
    | LedgerChecked
    | LedgerVerified
    | ScreenProven
    | LawLoaded
    | LawWithdrawn
    | LawTextImported
    | ProfileRecorded
    | LicenceRecorded
    | AttestationSigned
    | AttestationWithdrawn
    | DutyChanged
)
