"""Which packs were in force when the house last looked, and what changed since."""

import msgspec
from sqlalchemy import Connection, delete, select

from hegui.duties.alone import alone
from hegui.duties.in_force import book_in
from hegui.duties.pack_change import Lost, PackChange, between
from hegui.law import Pack, Words
from hegui.law.pack import digest
from hegui.ledger.kinds import LawLoaded, LawWithdrawn
from hegui.store import Store, changed, record, tables
from hegui.store.law_packs import origin
from hegui.store.upsert import upsert
from hegui.world import World, new_id

_seen, _attestation = tables.law_seen, tables.attestation


def note_seen(store: Store, world: World) -> tuple[PackChange, ...]:
    """Put on record which packs are in force; to be called at each start.

    Returns:
        What an update of the house changed since the last start; nothing at the first.
    """
    with store.begin() as conn:
        alone(conn, "law", world)
        rows = conn.execute(select(_seen.c.name, _seen.c.fingerprint))
        seen = {row.name: row.fingerprint for row in rows}
        changes = []
        there = book_in(conn).packs
        for pack in there:
            if seen.get(pack.name) != pack.fingerprint:
                changes.append(_since(conn, pack))
                note(conn, world, pack)
        ended = sorted(seen.keys() - {pack.name for pack in there})
        changes += [_ended(conn, world, name) for name in ended]
    return tuple(changes) if seen else ()


def note(conn: Connection, world: World, pack: Pack) -> None:
    """Put on record that a pack is in force from now on."""
    now = world.now()
    entry = LawLoaded(
        act=new_id(world),
        at=now,
        nonce=world.token(16).hex(),
        pack=pack.name,
        version=pack.version,
        fingerprint=pack.fingerprint,
        origin=origin(pack),
    )
    record(conn, entry)
    changed(conn, "law", pack.name, now)
    row = {
        "name": pack.name,
        "version": pack.version,
        "fingerprint": pack.fingerprint,
        "content": msgspec.json.encode(pack),
        "at": now,
    }
    conn.execute(upsert(conn, _seen), row)


def on_record(conn: Connection, name: str, fingerprint: str) -> bool:
    """Whether a pack is on record as being in force."""
    this = (_seen.c.name == name) & (_seen.c.fingerprint == fingerprint)
    return conn.scalar(select(_seen.c.name).where(this)) is not None


def gone(conn: Connection, world: World, name: str, version: str) -> None:
    """Put on record that a pack is no longer in force."""
    conn.execute(delete(_seen).where(_seen.c.name == name))
    now = world.now()
    entry = LawWithdrawn(
        act=new_id(world),
        at=now,
        nonce=world.token(16).hex(),
        pack=name,
        version=version,
    )
    record(conn, entry)
    changed(conn, "law", name, now)


def lost(conn: Connection, before: Pack | None, after: Pack) -> list[Lost]:
    """Attestations that count under ``before`` and would not under ``after``.

    Where ``before`` isn't known, all that would not count.
    """
    c = _attestation.c
    signed = conn.execute(
        select(c.id, c.control, c.provision, c.signer)
        .where(c.control.startswith(f"{after.name}/", autoescape=True), c.withdrawn.is_(None))
        .order_by(c.control, c.at)
    ).all()
    controls = {row.control for row in signed}
    was, now = _digests(before, controls), _digests(after, controls)
    return [
        Lost(row.id, row.control, row.signer)
        for row in signed
        if row.provision != now.get(row.control)
        and (before is None or row.provision == was.get(row.control))
    ]


def _digests(pack: Pack | None, controls: set[str]) -> dict[str, str]:
    """The digests of the provisions under which some controls stand, by ``PACK/CONTROL``."""
    if pack is None:
        return {}
    return {
        ref: digest(provision)
        for provision, duty in pack.duties()
        for control in duty.controls
        if (ref := f"{pack.name}/{control.id}") in controls
    }


def _since(conn: Connection, pack: Pack) -> PackChange:
    """What a pack changes against what was seen of its name."""
    row = conn.execute(select(_seen).where(_seen.c.name == pack.name)).first()
    if row is None:
        return between(None, pack, was="", origin=origin(pack))
    before = _decoded(row.content)
    gone_by = lost(conn, before, pack)
    return between(before, pack, was=row.version, origin=origin(pack), lost=gone_by)


def _ended(conn: Connection, world: World, name: str) -> PackChange:
    """A pack that the house no longer ships."""
    row = conn.execute(select(_seen).where(_seen.c.name == name)).one()
    before = _decoded(row.content)
    gone(conn, world, name, row.version)
    return PackChange(
        name=name,
        title=before.title if before else Words(zh=name, en=name),
        was=row.version,
        version="",
        fingerprint="",
        origin="",
    )


def _decoded(content: bytes) -> Pack | None:
    """A pack as it was seen; none where an earlier version of the house had it otherwise."""
    try:
        return msgspec.json.decode(content, type=Pack)
    except msgspec.ValidationError:
        return None
