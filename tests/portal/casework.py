"""What happens to a case beside the portal: it is stopped for somebody, worked on, opened."""

import re

from tests.portal.site import TestHouse

from hegui.cases import Statement, assign, by_number, decide
from hegui.ledger import Signer
from hegui.people import persons
from hegui.people.staff import Staff, StaffBook
from hegui.store import tables
from hegui.store.sequence import Sequencer

GENERATION = "a" * 32


def generated(house: TestHouse, pseudonym: str = "青竹") -> str:
    """The generation that the stand-in gateway's stop is about, for this person; their id."""
    person, _ = persons.find_or_register(
        house.store, house.person_keys, house.world, house.chat_application_id, pseudonym
    )
    with house.store.begin() as conn:
        conn.execute(
            tables.generation.insert().values(
                id=GENERATION,
                application_id=house.chat_application_id,
                key_id="k" * 32,
                route="chat.completions",
                model="demo",
                streamed=True,
                instance="i",
                started=house.world.now(),
            )
        )
        conn.execute(
            tables.generation_person.insert().values(generation_id=GENERATION, person_id=person.id)
        )
    return person.id


def reviewer(house: TestHouse, name: str = "reviewer") -> Staff:
    """A reviewer."""
    return StaffBook(house.store, house.world).add(name, "reviewer")


def taken_up(house: TestHouse, number: str, secret: str) -> tuple[str, Staff]:
    """The case's id, and the reviewer who has it now."""
    case = by_number(house.store, house.person_keys, number, secret)
    staff = reviewer(house)
    assign(house.store, house.world, case.id, staff)
    return case.id, staff


def decided(
    house: TestHouse, number: str, secret: str, outcome: str = "upheld", words: str = "查过原文。"
) -> None:
    """The case decided, with these words to the filer."""
    case_id, staff = taken_up(house, number, secret)
    upheld = outcome == "upheld"
    statement = Statement(
        outcome=outcome,
        ground="none" if upheld else "illegal_content",
        reference="" if upheld else "示例规定第一条",
        category="fraud_malware",
        facts="原文在问怎样识别诈骗，不是在教人诈骗。",
        explanation=words,
        automated_detection=True,
        automated_decision="not_automated",
        scope="这一次停止",
        territory="CN",
        applied=house.world.now(),
        ends=None,
        redress="可以联系提供者，请另一个人再看。",
    )
    decide(house.store, house.person_keys, house.world, case_id, staff, statement)


def opened(house: TestHouse, ident: str, *, at: int, note: str = "核对申诉所说的原文") -> None:
    """An opening of that generation's text, as the console leaves it; staff are made on demand."""
    book = StaffBook(house.store, house.world)
    known = [one.id for one in book.list() if one.name == "reader"]
    staff_id = known[0] if known else book.add("reader", "reviewer").id
    with house.store.begin() as conn:
        conn.execute(
            tables.opening.insert().values(
                id=ident,
                generation_id=GENERATION,
                staff_id=staff_id,
                role="reviewer",
                at=at,
                reason="appeal",
                case_id=None,
                note=note,
            )
        )


def secret_on(page: str) -> str:
    """The secret that a receipt shows."""
    found = re.search(r'id="case-secret">([A-Z2-7-]+)<', page)
    assert found is not None
    return found[1]


def forget_secret(house: TestHouse) -> None:
    """No secret fits any case any more."""
    with house.store.begin() as conn:
        conn.execute(tables.case_file.update().values(secret=b""))


def forget_words(house: TestHouse) -> None:
    """The words of all cases are gone, as after their keeping."""
    with house.store.begin() as conn:
        conn.execute(tables.case_text.delete())


def sequence(house: TestHouse) -> None:
    """What waits gets its place in the log, and a checkpoint over it."""
    signer = Signer.from_seed("hegui.example", b"s" * 32)
    Sequencer(house.store, signer, "hegui.example", house.world).run_once()
