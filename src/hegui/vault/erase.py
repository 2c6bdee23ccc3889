"""Erases a person: the right to deletion (PIPL Art. 47; the Measures, Art. 11 ¶2)."""

from sqlalchemy import Connection, select

from hegui.ledger.kinds import PersonErased
from hegui.store import Store, tables
from hegui.store.evidence import changed, record
from hegui.vault.errors import VaultError
from hegui.vault.keys import PersonKeys
from hegui.world import World, new_id

#: The application under whose name the portal's own chat page registers its people.
CHAT = "chat"


def erase_person(store: Store, keys: PersonKeys, person_id: str, world: World) -> None:
    """Destroy a person's key and delete every row that leads to them.

    Gone afterwards: the key, the sealed texts with their salts, the links from acts to the
    person, the acceptances with their evidence, the pseudonym with any suspension, the keys,
    texts and links of the cases they filed, and, for the portal's own chat, the account with its
    sessions. What they filed is still decided, and its number and secret still read the outcome.
    The ledger keeps its entries, which name nobody, and gains ``person.erased``.

    The keys go first: from then on nothing sealed can be read, whatever happens next. They go
    again at the end, in case a request that had already begun made a new one in between. A run
    that was cut short is finished by running it again.

    Raises:
        VaultError: ``person_unknown``; a key left under that id is destroyed all the same.
    """
    with store.read() as conn:
        cases = _cases(conn, person_id)
    _destroy(keys, [person_id, *cases])
    with store.begin() as conn:
        person = conn.execute(
            select(tables.person.c.pseudonym, tables.application.c.name)
            .join(tables.application)
            .where(tables.person.c.id == person_id)
            # An acceptance in the making waits, and then finds nobody.
            .with_for_update(of=tables.person)
        ).one_or_none()
        if person is None:
            raise VaultError(
                "person_unknown",
                zh="没有这个用户，可能已被删除。请核对用户编号。",
                en="There is no such person; they may be erased already. Check the id.",
            )
        cases = _cases(conn, person_id)
        texts, links = _delete_rows(conn, person_id)
        texts += _delete_cases(conn, cases)
        if person.name == CHAT:
            _delete_account(conn, person.pseudonym)
        now = world.now()
        record(
            conn,
            PersonErased(
                act=new_id(world),
                at=now,
                nonce=world.token(16).hex(),
                texts=texts,
                links=links,
            ),
        )
        changed(conn, "person", person_id, now)
    store.scrub()
    _destroy(keys, [person_id, *cases])


def _cases(conn: Connection, person_id: str) -> list[str]:
    """The ids of what the person filed, which are also the holders of its keys."""
    link = tables.case_person
    return list(conn.scalars(select(link.c.case_id).where(link.c.person_id == person_id)))


def _destroy(keys: PersonKeys, holders: list[str]) -> None:
    for holder in holders:
        keys.destroy(holder)


def _delete_rows(conn: Connection, person_id: str) -> tuple[int, int]:
    """Delete everything of the person; how many sealed texts and how many links went."""
    link, sealed = tables.generation_person, tables.sealed
    theirs = select(link.c.generation_id).where(link.c.person_id == person_id)
    segments = conn.scalars(
        sealed.delete().where(sealed.c.generation_id.in_(theirs)).returning(sealed.c.seq)
    ).all()
    links = conn.execute(link.delete().where(link.c.person_id == person_id)).rowcount
    conn.execute(tables.acceptance.delete().where(tables.acceptance.c.person_id == person_id))
    conn.execute(tables.person.delete().where(tables.person.c.id == person_id))
    return segments.count(0), links


def _delete_cases(conn: Connection, cases: list[str]) -> int:
    """Delete the words of cases and their links to the person; how many texts went."""
    text, link = tables.case_text, tables.case_person
    conn.execute(link.delete().where(link.c.case_id.in_(cases)))
    return conn.execute(text.delete().where(text.c.case_id.in_(cases))).rowcount


def _delete_account(conn: Connection, pseudonym: str) -> None:
    account, session = tables.account, tables.session
    held = select(account.c.id).where(account.c.pseudonym == pseudonym)
    conn.execute(session.delete().where(session.c.account_id.in_(held)))
    conn.execute(account.delete().where(account.c.pseudonym == pseudonym))
