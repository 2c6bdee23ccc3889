"""Where checks turn: thresholds, windows, evidence that ages, and what must not turn them."""

import msgspec
import pytest
from tests.checks.cases import ADMITTED, OWNER, PROVEN, PUBLISHED, STARTED, WORDS, A, B, C
from tests.checks.entries import DAY, DIGEST, HOUR, MINUTE, NOW, folded, judged, made

from hegui.checks.moment import WINDOW_DAYS, Moment
from hegui.checks.rules import law
from hegui.checks.rules.screening import ScreenIsProven
from hegui.checks.seen import Seen
from hegui.law import Book, Status, shipped_book
from hegui.ledger import kinds
from hegui.ledger.kinds import Entry
from hegui.screen import Screen

OLD = (WINDOW_DAYS + 1) * DAY


def test_what_went_wrong_before_the_window_no_longer_counts() -> None:
    bare = made(kinds.GenerationDelivered, OLD, label="")
    assert judged("labels.text", [bare]).status is Status.NO_OCCASION
    assert judged("labels.text", [bare]).counted == 0
    young = msgspec.structs.replace(bare, at=NOW - OLD + 2 * DAY)
    assert judged("labels.text", [young]).status is Status.NOT_MET


def test_an_answer_let_in_without_a_place_for_its_label_is_found_when_it_leaves() -> None:
    placeless = made(kinds.GenerationAdmitted, HOUR, A, label_at="")
    assert judged("labels.text", [placeless]).status is Status.NO_OCCASION
    left = [placeless, made(kinds.GenerationDelivered, MINUTE, A)]
    result = judged("labels.text", left)
    assert (result.status, result.shown[0].index) == (Status.NOT_MET, 1)


@pytest.mark.parametrize(
    ("version", "ago", "status"),
    [
        (2, 0, Status.MET),
        (1, DAY - 30_000, Status.MET),  # let in before the gateway heard of the new version
        (1, DAY - 90_000, Status.NOT_MET),
        (1, DAY + 1, Status.MET),  # written a moment before, placed after
        (3, 0, Status.NOT_MET),  # no such version
        (0, 0, Status.NOT_MET),
    ],
)
def test_the_agreement_in_force_is_the_one_that_counts(
    version: int, ago: int, status: Status
) -> None:
    second = made(kinds.AgreementPublished, DAY, version=2)
    admitted = made(kinds.GenerationAdmitted, ago, A, agreement=version)
    assert judged("agreement.accepted", [PUBLISHED, second, admitted]).status is status


def test_a_screen_of_no_words_screens_nothing() -> None:
    admitted = made(kinds.GenerationAdmitted, HOUR, screen=Screen([]).fingerprint)
    assert judged("screen.always", [admitted]).status is Status.NOT_MET


def test_other_words_than_those_proven_age_the_proof() -> None:
    def used(ago: int, screen: str) -> Entry:
        return made(kinds.GenerationAdmitted, ago, screen=screen)

    other = "cd" * 32
    assert judged("screen.proven", [PROVEN, used(MINUTE, DIGEST)]).status is Status.MET
    # The proof of new words comes within a minute.
    fresh = [PROVEN, used(20 * MINUTE, other), used(MINUTE, other)]
    assert judged("screen.proven", fresh).status is Status.MET
    stale = [PROVEN, used(3 * HOUR, other), used(MINUTE, other)]
    assert judged("screen.proven", stale).status is Status.STALE


def test_each_screen_in_use_has_its_own_proof() -> None:
    other = "cd" * 32
    both: list[Entry] = [
        made(kinds.GenerationAdmitted, ago, screen=screen)
        for ago in (3 * HOUR, MINUTE)
        for screen in (DIGEST, other)
    ]
    second = msgspec.structs.replace(PROVEN, screen=other, at=PROVEN.at + 1)
    # Two gateways in turn: neither hides that the other was never proven, or leaks, or aged.
    assert judged("screen.proven", [second, *both]).status is Status.STALE
    assert judged("screen.proven", [PROVEN, second, *both]).status is Status.MET
    leaks = msgspec.structs.replace(PROVEN, leaked=1)
    found = judged("screen.proven", [leaks, second, *both])
    assert (found.status, found.shown[0].index) == (Status.NOT_MET, 0)
    old = msgspec.structs.replace(PROVEN, at=NOW - 3 * DAY)
    assert judged("screen.proven", [old, second, *both]).status is Status.STALE
    # Words that nobody used for a day are no longer asked about.
    assert judged("screen.proven", [leaks, second, *both[1::2]]).status is Status.MET


def test_the_screens_that_are_followed_are_few() -> None:
    many: list[Entry] = []
    for n in range(30):
        many.append(made(kinds.ScreenProven, HOUR, screen=f"{n:064x}"))
        many.append(made(kinds.GenerationAdmitted, HOUR, screen=f"{n:064x}"))
    live = folded("screen.proven", many)
    assert isinstance(live, ScreenIsProven)
    assert list(live.proofs) == list(live.used) == [f"{n:064x}" for n in range(22, 30)]


def test_a_proof_that_tried_no_word_though_there_are_some_shows_nothing() -> None:
    empty = made(kinds.ScreenProven, HOUR, words=0, splits=0, leaked=0, in_force=3)
    found = judged("screen.proven", [empty])
    assert (found.status, found.against) == (Status.NOT_MET, 1)
    assert "3" in found.figure.zh
    none = msgspec.structs.replace(empty, in_force=0)
    assert judged("screen.proven", [none]).status is Status.NO_OCCASION


def test_words_of_the_settings_count_as_the_proof_tells() -> None:
    proof = made(kinds.ScreenProven, DAY, words=200, in_force=12_000)
    found = judged("words.size", [proof])
    assert (found.status, found.counted, found.shown[0].kind) == (
        Status.MET,
        12_000,
        "screen.proven",
    )
    few = made(kinds.ScreenProven, HOUR, words=200, in_force=9_999)
    found = judged("words.size", [WORDS, proof, few])
    assert (found.status, found.shown[0].index) == (Status.NOT_MET, 2)
    # What changed since the last proof is reckoned in until the next.
    more = made(kinds.WordsAdded, MINUTE, B, pack="more", words=1)
    assert judged("words.size", [few, more]).counted == 10_000
    gone = made(kinds.WordsWithdrawn, MINUTE, pack="more")
    assert judged("words.size", [few, more, gone]).counted == 9_999
    all_gone = made(kinds.WordsWithdrawn, MINUTE, pack="ours")
    whole = made(kinds.ScreenProven, HOUR, words=200, in_force=WORDS.words)
    assert judged("words.in_force", [WORDS, whole, all_gone]).status is Status.NOT_MET


KEPT = made(kinds.RetentionChecked, HOUR, late=0)


@pytest.mark.parametrize(
    ("check", "entries"),
    [
        ("screen.proven", [PROVEN]),
        ("retention.kept", [KEPT]),
        ("records.signed", [made(kinds.LedgerChecked, HOUR, problem="")]),
        ("erasure.done", [made(kinds.VaultExpired, DAY), KEPT]),
    ],
)
def test_what_is_looked_at_daily_ages_after_two_days(check: str, entries: list[Entry]) -> None:
    assert judged(check, entries, NOW + DAY).status is Status.MET
    later = judged(check, entries, NOW + 2 * DAY)
    assert later.status is Status.STALE
    assert later.shown[0].against


def test_rare_failures_are_borne_and_more_are_not() -> None:
    fine: list[Entry] = [made(kinds.GenerationDelivered, n, f"{n:032x}") for n in range(1, 100)]
    failed = made(kinds.GenerationFailed, MINUTE, A)
    within = judged("service.failures", [*fine, failed])
    assert (within.status, within.against) == (Status.MET, 1)
    assert "1%" in within.figure.en
    over = judged("service.failures", [*fine, failed, made(kinds.GenerationFailed, 1, B)])
    assert over.status is Status.NOT_MET


def test_availability_is_of_the_whole_window() -> None:
    def away(hours: int) -> Entry:
        since = NOW - 10 * DAY
        return made(
            kinds.ServiceOutage, 9 * DAY, since=since, until=since + hours * HOUR, clean=True
        )

    within = judged("service.available", [STARTED, away(4)])
    assert within.status is Status.MET
    assert "99.43%" in within.figure.zh  # 4 h of 30 days
    assert judged("service.available", [STARTED, away(8)]).status is Status.NOT_MET
    # A year away counts the days of the window alone.
    long = made(kinds.ServiceOutage, DAY, since=NOW - 365 * DAY, until=NOW - DAY, clean=False)
    assert "0%" not in judged("service.available", [STARTED, long]).figure.zh.split("可用率")[0]
    assert judged("service.available", [STARTED, long]).status is Status.NOT_MET


def test_an_appeal_comes_near_its_time_then_passes_it() -> None:
    filed = made(kinds.CaseFiled, 10 * DAY, A, due=NOW)
    assert judged("appeals.running", [filed], NOW - 9 * DAY).status is Status.MET
    near = judged("appeals.running", [filed], NOW - DAY)
    assert (near.status, near.due) == (Status.DUE_SOON, NOW)
    late = judged("appeals.running", [filed], NOW + 1)
    assert (late.status, late.against) == (Status.OVERDUE, 1)


@pytest.mark.parametrize(
    ("after", "status"),
    [
        (made(kinds.CaseDecided, HOUR, A), Status.MET),
        (made(kinds.CaseMoved, HOUR, A, state="withdrawn"), Status.MET),
        (made(kinds.CaseMoved, HOUR, A, state="assigned"), Status.OVERDUE),
        (made(kinds.ClockPaused, HOUR, A), Status.MET),
        (made(kinds.ClockResumed, HOUR, A, due=NOW + 20 * DAY), Status.MET),
        (made(kinds.ClockFired, HOUR, A, stage="moved", due=NOW + 20 * DAY), Status.MET),
        (made(kinds.ClockFired, HOUR, A, stage="after", due=NOW - DAY), Status.OVERDUE),
        (made(kinds.ClockPaused, HOUR, B), Status.OVERDUE),
    ],
)
def test_the_clock_of_an_appeal_is_followed(after: Entry, status: Status) -> None:
    filed = made(kinds.CaseFiled, 29 * DAY, A, due=NOW - DAY)
    assert judged("appeals.running", [filed, after]).status is status


def test_appeals_that_were_answered_long_ago_are_no_occasion() -> None:
    filed = made(kinds.CaseFiled, 29 * DAY, A, due=NOW - DAY)
    answered = [filed, made(kinds.CaseDecided, 20 * DAY, A)]
    now = judged("appeals.running", answered)
    assert (now.status, now.counted, now.shown[0].act) == (Status.MET, 1, A)
    assert judged("appeals.running", answered, NOW + DAY).status is Status.NO_OCCASION


def test_one_wrong_stop_in_five_is_borne() -> None:
    decided: list[Entry] = [
        made(kinds.CaseDecided, n, f"{n:032x}", outcome="upheld" if n == 1 else "rejected")
        for n in range(1, 6)
    ]
    assert judged("appeals.upheld", decided).status is Status.MET
    assert judged("appeals.upheld", decided[:4]).status is Status.NOT_MET
    assert "25%" in judged("appeals.upheld", decided[:4]).figure.zh


def test_pictures_that_left_without_a_file_on_record_are_found() -> None:
    asked = made(kinds.GenerationAdmitted, 2 * HOUR, C, route="images.edits", label_at="file")
    left = made(kinds.GenerationDelivered, 2 * HOUR, C)
    result = judged("labels.files", [asked, left])
    assert (result.status, result.shown[0].kind) == (Status.NOT_MET, "generation.delivered")
    failed = made(kinds.GenerationFailed, 2 * HOUR, C)
    assert judged("labels.files", [asked, failed]).status is Status.NO_OCCASION
    clip = msgspec.structs.replace(asked, route="videos")
    later = judged("labels.files", [clip, left])  # its file is fetched later
    assert later.status is Status.NO_OCCASION


def test_of_files_it_is_told_which_label_was_written_and_which_was_read() -> None:
    asked = made(kinds.GenerationAdmitted, HOUR, A, route="images.edits", label_at="interface")
    files: list[Entry] = [
        asked,
        made(kinds.OutputMarked, HOUR, A, media="image", explicit=False, read="conforming"),
        made(kinds.OutputMarked, HOUR, B, media="audio", explicit=True, read=""),
        made(kinds.OutputMarked, HOUR, C, media="video", explicit=False, read=""),
        made(kinds.OutputMarked, OLD, C, media="video", explicit=True, read="conforming"),
    ]
    found = judged("labels.files", files)
    assert (found.status, found.counted) == (Status.MET, 3)
    assert found.figure.en == (
        "Files delivered in the last 30 days: 3. Label in the metadata: written to 3, read back "
        "from 1. Visible or audible label: put into 1; 2 left without it, for the application to "
        "show or at the user's wish, and whether it is shown was not seen."
    )
    bare = made(kinds.OutputMarked, HOUR, C, media="video", explicit=False, label="")
    found = judged("labels.files", [*files, bare])
    assert (found.status, found.against) == (Status.NOT_MET, 1)
    assert "1 lack a label. Label in the metadata: written to 3, read" in found.figure.en


@pytest.mark.parametrize(
    ("check", "entry"),
    [
        ("erasure.done", made(kinds.RetentionChecked, HOUR, held=9, late=0)),
        ("retention.kept", made(kinds.RetentionChecked, HOUR, held=0, late=0)),
        ("recipients.named", made(kinds.ServiceDeclared, HOUR, recipients=0, unnamed=0)),
        ("labels.sample", made(kinds.OutputMarked, HOUR)),  # its day is not over
    ],
)
def test_what_was_looked_at_and_held_nothing_is_no_occasion(check: str, entry: Entry) -> None:
    found = judged(check, [entry])
    assert (found.status, found.against) == (Status.NO_OCCASION, 0)
    assert [one.against for one in found.shown] == [False]


@pytest.mark.parametrize("place", ["interface", "unlabelled"])
def test_a_file_may_leave_the_visible_label_to_the_application(place: str) -> None:
    asked = made(kinds.GenerationAdmitted, HOUR, C, route="images.generations", label_at=place)
    marked = made(kinds.OutputMarked, HOUR, C, explicit=False)
    assert judged("labels.files", [asked, marked]).status is Status.MET
    bare = msgspec.structs.replace(marked, label="")
    assert judged("labels.files", [asked, bare]).status is Status.NOT_MET


def test_a_sample_that_is_empty_or_silent_shows_nothing() -> None:
    marked = made(kinds.OutputMarked, 3 * DAY)
    assert judged("labels.sample", [marked]).status is Status.STALE
    told = made(kinds.OutputChecked, 2 * DAY, marked=1, sampled=1, wrong=0)
    assert judged("labels.sample", [marked, told]).status is Status.MET
    empty = made(kinds.OutputChecked, 2 * DAY, marked=1, sampled=0, wrong=0)
    assert judged("labels.sample", [marked, empty]).status is Status.NOT_MET


def test_a_copy_without_the_agreement_is_against() -> None:
    copy = made(kinds.OutputUnlabelled, HOUR, agreement=0, until=NOW + 365 * DAY)
    assert judged("labels.log", [copy]).status is Status.NOT_MET


def test_one_person_alone_cannot_part_the_roles() -> None:
    assert judged("staff.roles", [OWNER]).status is Status.NEEDS_PERSON
    reviewer = made(kinds.StaffAdded, DAY, B, role="reviewer")
    assert judged("staff.roles", [reviewer]).status is Status.NOT_MET


def test_scope_is_asked_again_after_a_year() -> None:
    recorded = made(kinds.ProfileRecorded, 0, unknown=0)
    assert judged("scope.recorded", [recorded], NOW + 300 * DAY).status is Status.MET
    assert judged("scope.recorded", [recorded], NOW + 350 * DAY).status is Status.DUE_SOON
    assert judged("scope.recorded", [recorded], NOW + 400 * DAY).status is Status.STALE


def test_a_licence_is_warned_of_and_one_withdrawn_is_gone() -> None:
    licence = made(kinds.LicenceRecorded, DAY, A, expires=20260120)
    soon = judged("licences.in_date", [licence])
    assert soon.status is Status.DUE_SOON
    assert "2026-01-20" in soon.figure.en
    gone = msgspec.structs.replace(licence, withdrawn=True)
    assert judged("licences.in_date", [licence, gone]).status is Status.NEEDS_PERSON
    lasting = msgspec.structs.replace(licence, expires=0)
    assert judged("licences.in_date", [lasting]).status is Status.MET


def test_many_licences_are_each_looked_at_a_few_times() -> None:
    looks = 0

    class Counted(Seen, frozen=True, array_like=True, gc=False):
        def __eq__(self, other: object) -> bool:
            nonlocal looks
            looks += 1
            return super().__eq__(other)

        def __hash__(self) -> int:
            return hash(self.act)

    at = Moment(NOW, shipped_book())
    dues: list[tuple[int, Seen]] = []
    dues += [(20260104 if n % 2 else 20261231, Counted(n, f"{n:x}", "", NOW)) for n in range(400)]
    found = law._dated(at, dues, ("{n} {bad}", "{n} {bad}"), Status.OVERDUE)
    assert (found.counted, found.against) == (400, 200)
    assert looks < 10 * len(dues)


def test_a_pack_that_reads_otherwise_than_on_record_is_named() -> None:
    packs = shipped_book().packs
    loaded: list[Entry] = [
        made(kinds.LawLoaded, n, pack=pack.name, fingerprint=pack.fingerprint)
        for n, pack in enumerate(packs)
    ]
    withdrawn = made(kinds.LawWithdrawn, 0, pack=packs[0].name)
    result = judged("law.loaded", [*loaded, withdrawn])
    assert result.status is Status.NOT_MET
    assert packs[0].name in result.figure.en
    assert judged("law.loaded", [*loaded, withdrawn], book=Book(packs[1:])).status is Status.MET


def test_a_generation_still_running_is_no_fault() -> None:
    running = judged("records.whole", [ADMITTED])
    assert (running.status, running.against) == (Status.MET, 0)
    assert judged("records.whole", [ADMITTED], NOW + 2 * DAY).status is Status.NOT_MET


def opened(count: int, ago: int = HOUR) -> list[Entry]:
    return [made(kinds.GenerationAdmitted, ago, f"{n:032x}") for n in range(count)]


def ended(act: int, ago: int) -> Entry:
    return made(kinds.GenerationDelivered, ago, f"{act:032x}")


def test_more_open_at_once_than_can_be_followed_is_unknown_not_against() -> None:
    busy = judged("records.whole", opened(4_100))
    assert (busy.status, busy.against) == (Status.MET, 0)
    assert busy.figure.en.endswith("open at once: 4.")
    # Those that were late when they were let go are known to be.
    left = [*opened(3, 3 * DAY), *opened(4_099)[3:], *opened(4_102)[4_099:]]
    found = judged("records.whole", left)
    assert (found.status, found.against) == (Status.NOT_MET, 3)
    assert {one.index for one in found.shown if one.against} == {0, 1, 2}


def test_the_end_of_what_is_not_known_to_be_open_changes_nothing() -> None:
    left = [*opened(1, 3 * DAY), made(kinds.GenerationAdmitted, 2 * DAY, "f" * 32)]
    strangers = [made(kinds.GenerationDelivered, HOUR, "e" * 31 + str(n)) for n in range(9)]
    assert judged("records.whole", [*left, *strangers]).against == 2
    lost = [*opened(3, 3 * DAY), *opened(4_099)[3:]]
    assert judged("records.whole", [*lost, *strangers]) == judged("records.whole", lost)


def test_an_end_that_came_late_is_an_end_and_is_told_for_the_window() -> None:
    begun = opened(1, 3 * DAY)
    assert judged("records.whole", begun).status is Status.NOT_MET
    found = judged("records.whole", [*begun, ended(0, DAY)])
    assert (found.status, found.against) == (Status.MET, 0)
    assert found.figure.en.endswith("more than a day later: 1.")
    assert found.shown[0].index == 1
    later = judged("records.whole", [*begun, ended(0, DAY)], NOW + OLD)
    assert "later" not in later.figure.en
    # What never ends turns it for the window, not for ever.
    assert judged("records.whole", begun, NOW + OLD).status is Status.NO_OCCASION


def test_nothing_kept_of_what_was_cut_is_against() -> None:
    lost: list[Entry] = [
        made(kinds.GenerationInterrupted, n, f"{n:032x}", unrecoverable_ms=ms)
        for n, ms in enumerate((1_000, 1_001, 60_000, 60_000, 500))
    ]
    result = judged("service.recovered", lost)
    assert (result.counted, result.against) == (5, 3)
    assert {one.index for one in result.shown if one.against} == {1, 2, 3}
