"""Evidence kinds of duties: what the house declares of itself, deadlines, law, attestations.

As all kinds, they name no person, no pseudonym, no address and no word.
"""

from hegui.ledger.kinds_base import Entry


class ClockPaused(Entry, frozen=True, kw_only=True, tag="clock.paused"):
    """A deadline stands still, for a reason; the act is what the clock is about.

    Attributes:
        clock: the clock's id.
        reason: SHA-256 of the reason in words, hex.
        staff: who paused it; empty for the house.
    """

    clock: str
    reason: str
    staff: str


class ClockResumed(Entry, frozen=True, kw_only=True, tag="clock.resumed"):
    """A deadline runs on; the act is as above.

    Attributes:
        clock: the clock's id.
        due: when it is due now, milliseconds since 1970, UTC.
        staff: who let it run; empty for the house.
    """

    clock: str
    due: int
    staff: str


class ServiceDeclared(Entry, frozen=True, kw_only=True, tag="service.declared"):
    """What the settings in force come to, as far as duties ask for it; with each start.

    Attributes:
        demo: whether the provider is nobody.
        contact: whether a contact for complaints is set.
        disclosure: SHA-256 of what the portal says the service is for, hex; empty of nothing.
        recipients: who receives people's text.
        unnamed: of those, the ones without operator, country, purpose, contract, or what they do
            with it (design rule 9).
        passed_days, stopped_days: how long sealed text is kept.
        sampled: marked files read back before they leave, of 10,000.
        unlabelled: whether a person may ask for a copy without the explicit label.
    """

    demo: bool
    contact: bool
    disclosure: str
    recipients: int
    unnamed: int
    passed_days: int
    stopped_days: int
    sampled: int
    unlabelled: bool


class ServiceOutage(Entry, frozen=True, kw_only=True, tag="service.outage"):
    """The service was away; told at the start that ended it.

    Attributes:
        since: when it was last seen to run, milliseconds since 1970, UTC.
        until: when it came up.
        clean: whether it had been stopped, rather than cut.
    """

    since: int
    until: int
    clean: bool


class RetentionChecked(Entry, frozen=True, kw_only=True, tag="retention.checked"):
    """Whether any sealed text is kept beyond its time; once a day.

    Attributes:
        day: in Beijing, such as 20261122.
        held: sealed texts kept.
        late: of those, the ones whose time was over for more than an hour.
    """

    day: int
    held: int
    late: int


class LedgerChecked(Entry, frozen=True, kw_only=True, tag="ledger.checked"):
    """Whether the head of the ledger is signed and its earlier checkpoints are there.

    Once a day, and at once when it changes.

    Attributes:
        size: entries in their place.
        checkpoint: the size that the newest checkpoint signs; 0 of none.
        root: its root hash, hex.
        problem: a code; empty when all is well.
    """

    size: int
    checkpoint: int
    root: str
    problem: str


class LedgerVerified(Entry, frozen=True, kw_only=True, tag="ledger.verified"):
    """The whole ledger was verified.

    Attributes:
        size: entries verified.
        problems: how many were found.
    """

    size: int
    problems: int


class ScreenProven(Entry, frozen=True, kw_only=True, tag="screen.proven", omit_defaults=True):
    """Words in force were held against the screen, each cut into chunks at every place.

    What has its default isn't written, so entries from before there was ``in_force`` keep their
    one canonical form.

    Attributes:
        screen: fingerprint of the word packs in force.
        words: how many were tried.
        splits: in how many ways.
        leaked: how often a word got through.
        in_force: how many different words are in force; 0 of none, and where it wasn't told.
    """

    screen: str
    words: int
    splits: int
    leaked: int
    in_force: int = 0


class LawLoaded(Entry, frozen=True, kw_only=True, tag="law.loaded"):
    """A version of a law pack came into force here.

    Attributes:
        pack: its name.
        version: the pack's.
        fingerprint: SHA-256 of its content, hex.
        origin: ``shipped`` or ``imported``.
    """

    pack: str
    version: str
    fingerprint: str
    origin: str


class LawWithdrawn(Entry, frozen=True, kw_only=True, tag="law.withdrawn"):
    """An imported law pack went out of force here."""

    pack: str
    version: str


class LawTextImported(Entry, frozen=True, kw_only=True, tag="law.text"):
    """An official text was hung beside a pack's words.

    Attributes:
        pack: the pack's name.
        language: ``zh`` or ``en``.
        digest: SHA-256 of the file, hex.
        articles: how many articles were found.
    """

    pack: str
    language: str
    digest: str
    articles: int


class ProfileRecorded(Entry, frozen=True, kw_only=True, tag="profile.recorded"):
    """What the service is was answered, and which duties follow.

    Attributes:
        answers: SHA-256 of the answers, hex.
        result: SHA-256 of the reasoned record, hex.
        duties: how many duties apply.
        unknown: of how many that could not be told for want of an answer.
    """

    answers: str
    result: str
    duties: int
    unknown: int


class LicenceRecorded(Entry, frozen=True, kw_only=True, tag="licence.recorded"):
    """A licence was put into the register, or changed there; the act is its id.

    Attributes:
        licence: its kind.
        expires: the last day, such as 20281231; 0 where it has none.
        file: SHA-256 of its evidence, hex; empty of none.
        withdrawn: whether it no longer holds.
    """

    licence: str
    expires: int
    file: str
    withdrawn: bool


class AttestationSigned(Entry, frozen=True, kw_only=True, tag="attestation.signed"):
    """A person attested that a control works.

    Attributes:
        control: ``PACK/CONTROL``.
        provision: SHA-256 of the provision's content that it was signed for, hex.
        true_on: the day on which it was so, such as 20261122.
        expires: the last day it holds.
        file: SHA-256 of the evidence, hex; empty of none.
        statement: SHA-256 of what was stated, hex.
        staff: who signed.
    """

    control: str
    provision: str
    true_on: int
    expires: int
    file: str
    statement: str
    staff: str


class AttestationWithdrawn(Entry, frozen=True, kw_only=True, tag="attestation.withdrawn"):
    """An attestation was taken back; the act is the attestation's id.

    Attributes:
        control: ``PACK/CONTROL``.
        reason: SHA-256 of why, in words, hex.
        staff: who took it back; empty for the command line.
    """

    control: str
    reason: str
    staff: str


class DutyChanged(Entry, frozen=True, kw_only=True, tag="duty.changed"):
    """A duty's status changed.

    Attributes:
        duty: ``PACK/DUTY``.
        was: the status before; empty at first.
        status: the status now.
        control: the control that made it so, ``PACK/CONTROL``; empty of none.
        check: the check that made it so; empty of none.
    """

    duty: str
    was: str
    status: str
    control: str
    check: str
