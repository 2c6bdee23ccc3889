"""How everything might stand: shipped packs, a service that answered, every status somewhere."""

from datetime import date
from hashlib import sha256
from itertools import cycle

from hegui.checks import CHECKS, PENDING, Result, Shown
from hegui.duties import attest
from hegui.duties.export.material import Material, Subject
from hegui.duties.views import (
    Attested,
    CheckView,
    ControlView,
    DueView,
    DutyChange,
    DutyView,
    PackView,
    Standing,
)
from hegui.law import Book, Control, Owed, Status, Words, shipped_book, worst
from hegui.law.scope import Profile, ScopeRecord, decide
from hegui.law.scope.answer import Applies

#: 2026-11-22 10:00 in Beijing.
NOW = 1_795_312_800_000
_DAY = date(2026, 11, 22)
NOTE = (
    "hegui.example/log\n1200\nqUvTQa0Yb7xTn0yHq1mEr3nG5cPIk2sJx0Yw8cZl9oA=\n\n"
    "— hegui.example/log wqk2Zk1mV0pXcUuY0JmB3yG1bY8b0m8c9lQxP5pUO0q7yTz3l4vR1wQ2s9fKd6eJh"
    "XoVb7nC8mZ5tRyU3iPq==\n"
)
ANSWERS = {
    "public_prc": True,
    "provider_place": "prc",
    "model_route": "filed_api",
    "opinion": True,
    "foreign_invested": False,
    "minors": "possible",
    "personal_data": True,
    "sensitive_data": False,
    "companion": False,
    "trains": False,
    "app_store": False,
    "platform": False,
    "eu_users": False,
    "outputs": ["text", "image"],
    "interface": ["web"],
    "users_register": True,
    "operator_kind": "ordinary",
}
#: A formula, a line's end, and a character that no file of text may hold.
_STATEMENT = "=HYPERLINK(1) 已核对。\nLooked at it.\x0b"


def material() -> Material:
    """The sample; made from nothing but the shipped packs."""
    book = shipped_book()
    found = decide(Profile(ANSWERS), book, _DAY)
    fits = {one.ref: one.applies for one in found.duties}
    statuses = cycle([one for one in Status if one is not Status.NOT_APPLICABLE])
    by_check = {name: _result(next(statuses), name) for name in CHECKS}
    duties = tuple(_duty(ref, owed, fits[ref], by_check) for ref, owed in book.owed())
    return Material(
        subject=Subject(
            "山水问答 <Shan & Shui>", "示例科技有限公司", "001191110108MA01ABCD2X1YFWU"
        ),
        standing=Standing(
            at=NOW,
            duties=duties,
            packs=tuple(_packs(book, found)),
            checked=1200,
            size=1203,
            checkpoint=NOTE,
            profile="0" * 32,
        ),
        book=book,
        due=(
            DueView(
                at=NOW + 86_400_000,
                about="case",
                subject="A-2026-0007",
                title=Words("答复 A-2026-0007", "answer A-2026-0007"),
                rule="cn-app-method-2019/complaint.answer",
            ),
            DueView(
                at=NOW + 90 * 86_400_000,
                about="licence",
                subject="1" * 32,
                title=Words("续办许可", "Renew the licence"),
                rule="setting:expires",
                provisional=True,
            ),
        ),
        changes=(
            DutyChange(
                id="2" * 32,
                duty=duties[0].ref,
                at=NOW - 3_600_000,
                was="met",
                status="not_met",
                control=duties[0].controls[0].ref,
                check="labels.text",
            ),
        ),
        leaves={index: f"{index:064x}" for index in range(1200)},
    )


def _packs(book: Book, found: ScopeRecord) -> list[PackView]:
    fits = {(one.pack, one.id): one.applies for one in found.instruments}
    return [
        PackView(
            name=one.name,
            title=one.title,
            version=one.version,
            fingerprint=one.fingerprint,
            origin="shipped",
            provisions=len(one.provisions),
            duties=len(list(one.duties())),
            parameters=len(one.parameters),
            applies=fits[one.name, one.instrument.id],
        )
        for one in book.packs
    ]


def _result(status: Status, name: str) -> Result:
    against = status in (Status.NOT_MET, Status.OVERDUE)
    number = list(CHECKS).index(name)
    entries = tuple(
        Shown(
            PENDING if each == 4 else number * 10 + each,
            f"{number * 10 + each:032x}",
            "generation.delivered",
            NOW - each * 60_000,
            against and each == 0,
        )
        for each in range(5)
    )
    return Result(
        status=status,
        figure=Words("近 30 天 1,204 次中 1,203 次做到。", "1,203 of 1,204 in 30 days."),
        threshold=Words("每一次都应做到。", "Each time."),
        rules=CHECKS[name].rules,
        counted=0 if status is Status.NO_OCCASION else 1204,
        against=int(against),
        shown=() if status in (Status.NEEDS_PERSON, Status.NO_OCCASION) else entries,
        seen=NOW - 60_000,
        due=NOW + 3 * 86_400_000 if status is Status.DUE_SOON else None,
    )


def _duty(ref: str, owed: Owed, applies: Applies, results: dict[str, Result]) -> DutyView:
    controls: tuple[ControlView, ...] = ()
    status = Status.NOT_APPLICABLE
    if applies.answer is not False:
        controls = tuple(_control(owed.pack.name, one, results) for one in owed.duty.controls)
        status = worst(one.status for one in controls)
    return DutyView(
        ref=ref,
        provision=owed.provision,
        instrument=owed.pack.instrument_of(owed.provision),
        duty=owed.duty,
        status=Status.NEEDS_PERSON if applies.answer is None else status,
        applies=applies,
        controls=controls,
        since=NOW - 40 * 86_400_000,
        due=NOW + 3 * 86_400_000 if status is Status.DUE_SOON else None,
    )


def _control(pack: str, control: Control, results: dict[str, Result]) -> ControlView:
    ref = f"{pack}/{control.id}"
    checks = tuple(
        CheckView(id=name, title=CHECKS[name].title, result=results[name], grade="P")
        for name in control.checks
    )
    wants = attest.wants(control)
    # Some are attested, and some not yet.
    signed = _attested(ref) if wants and len(ref) % 3 else None
    statuses = [one.result.status for one in checks]
    if wants and not checks:
        statuses.append(Status.MET if signed else Status.NEEDS_PERSON)
    return ControlView(
        ref=ref,
        control=control,
        status=worst(statuses),
        checks=checks,
        attested=signed,
        wants=wants,
    )


def _attested(ref: str) -> Attested:
    return Attested(
        id=sha256(ref.encode()).hexdigest()[:32],
        signer="李维",
        true_on=20261101,
        expires=20271031,
        at=NOW - 20 * 86_400_000,
        statement=_STATEMENT,
        file="ab" * 32,
        current=len(ref) % 5 != 0,
    )
