"""The service agreement with registered users (the Measures, Art. 9 ¶2): versions, acceptances."""

import hashlib
from typing import Any, Literal

import msgspec
from sqlalchemy import Connection, select

from hegui.ledger.kinds import AgreementAccepted, AgreementPublished
from hegui.people.errors import PeopleError, person_unknown
from hegui.store import Store, tables
from hegui.store.evidence import changed, record
from hegui.vault.insert import insert_new
from hegui.world import World, new_id

Via = Literal["page", "application"]

#: Bytes of JSON; evidence says how somebody agreed, it is no place for files.
EVIDENCE_BYTES = 4096

_table = tables.agreement
_accepted = tables.acceptance


class Agreement(msgspec.Struct, frozen=True, kw_only=True):
    """A version of the agreement.

    Attributes:
        version: from 1.
        digest: SHA-256 of the JSON array ``[zh,en]``, hex.
        zh: the text in Chinese; paragraphs are parted by an empty line.
        en: the same in English.
        written: the house wrote it from its settings; else the provider brought it.
        published: milliseconds since 1970, UTC.
    """

    version: int
    digest: str
    zh: str
    en: str
    written: bool
    published: int


def publish(store: Store, world: World, zh: str, en: str, *, written: bool = False) -> int:
    """Put a text in force as the next version; everyone is then asked again.

    The text in force, published again, stays the same version.

    Args:
        store: the house's database.
        world: clock and randomness.
        zh: the text in Chinese.
        en: the same in English.
        written: the house wrote it from its settings.

    Returns:
        The version in force.

    Raises:
        PeopleError: ``agreement_empty``, when a language is missing.
    """
    if not zh.strip() or not en.strip():
        raise PeopleError(
            "agreement_empty",
            zh="服务协议须有中文和英文两个文本。未发布；请补全后重试。",
            en="The agreement needs a text in Chinese and one in English. "
            "Nothing was published; add it and try again.",
        )
    digest = hashlib.sha256(msgspec.json.encode([zh, en])).hexdigest()
    with store.begin() as conn:
        now = world.now()
        while True:
            newest = _newest(conn)
            if newest is not None and newest.digest == digest:
                return newest.version
            version = 1 if newest is None else newest.version + 1
            row = {"digest": digest, "zh": zh, "en": en, "written": written, "published": now}
            # On PostgreSQL somebody else may take the number first; then look again.
            if insert_new(conn, _table, version=version, **row):
                break
        record(
            conn,
            AgreementPublished(
                act=new_id(world),
                at=now,
                nonce=world.token(16).hex(),
                version=version,
                digest=digest,
            ),
        )
        changed(conn, "agreement", str(version), now)
    return version


def current(store: Store) -> Agreement:
    """The version in force.

    Raises:
        PeopleError: ``agreement_missing``, before the first was published.
    """
    with store.read() as conn:
        return _in_force(conn)


def accept(
    store: Store,
    world: World,
    person_id: str,
    version: int,
    *,
    via: Via,
    evidence: dict[str, Any] | None,
) -> str:
    """Record that a person accepts the agreement in force.

    Saying it again adds nothing, unless there is evidence now where there was none.

    Args:
        store: the house's database.
        world: clock and randomness.
        person_id: who accepts.
        version: what they were shown.
        via: ``page``, when they did so before us; ``application``, when it tells us they did.
        evidence: what the application has to show for it; ``None`` or empty is kept as "said by
            the application, no evidence".

    Returns:
        The acceptance's id, which is also its act in the ledger.

    Raises:
        PeopleError: ``person_unknown``; ``agreement_outdated`` when ``version`` is not in force;
            ``evidence_too_large`` or ``evidence_malformed``.
    """
    written = _evidence(evidence)
    evidenced = via == "page" or written is not None
    with store.begin() as conn:
        _hold_person(conn, person_id)
        in_force = _in_force(conn).version
        if version != in_force:
            raise PeopleError(
                "agreement_outdated",
                zh=f"第 {version} 版协议不是现行版本，现行的是第 {in_force} 版。"
                "请阅读现行版本后再接受。",
                en=f"Version {version} of the agreement is not in force; version {in_force} is. "
                "Show that one and accept it.",
            )
        earlier = acceptance(conn, person_id)
        adds = earlier is None or earlier.version != version or evidenced > earlier.evidenced
        if earlier is not None and not adds:
            return earlier.id
        act, now = new_id(world), world.now()
        conn.execute(
            _accepted.insert().values(
                id=act, person_id=person_id, version=version, at=now, via=via, evidence=written
            )
        )
        record(
            conn,
            AgreementAccepted(
                act=act,
                at=now,
                nonce=world.token(16).hex(),
                version=version,
                via=via,
                evidenced=evidenced,
            ),
        )
        changed(conn, "person", person_id, now)
    return act


class Acceptance(msgspec.Struct, frozen=True, kw_only=True):
    """That a person accepted a version; not ``evidenced`` when only the application says so."""

    id: str
    version: int
    evidenced: bool


def acceptance(conn: Connection, person_id: str) -> Acceptance | None:
    """The person's acceptance of the newest version they accepted, the evidenced one first."""
    rows = conn.execute(
        select(_accepted.c.id, _accepted.c.version, _accepted.c.via, _accepted.c.evidence).where(
            _accepted.c.person_id == person_id
        )
    )
    found = [
        Acceptance(id=act, version=version, evidenced=via == "page" or evidence is not None)
        for act, version, via, evidence in rows
    ]
    return max(found, key=lambda each: (each.version, each.evidenced), default=None)


def _newest(conn: Connection) -> Agreement | None:
    row = conn.execute(select(_table).order_by(_table.c.version.desc()).limit(1)).mappings()
    return next((Agreement(**found) for found in row), None)


def _in_force(conn: Connection) -> Agreement:
    newest = _newest(conn)
    if newest is None:
        raise PeopleError(
            "agreement_missing",
            zh="尚未发布服务协议。请先发布，再让用户接受。",
            en="No service agreement is published yet. Publish one, then ask people to accept.",
        )
    return newest


def _evidence(evidence: dict[str, Any] | None) -> str | None:
    if not evidence:
        return None
    try:
        written = msgspec.json.encode(evidence)
    except UnicodeEncodeError as error:
        raise PeopleError(
            "evidence_malformed",
            zh="接受协议的凭据含有不是 Unicode 的字符。未记录；请改正后重试。",
            en="The evidence of the acceptance has characters that are not Unicode. "
            "Nothing was recorded; correct it and try again.",
        ) from error
    if len(written) > EVIDENCE_BYTES:
        raise PeopleError(
            "evidence_too_large",
            zh=f"接受协议的凭据超过 {EVIDENCE_BYTES} 字节。未记录；请只提交必要的内容。",
            en=f"The evidence of the acceptance is over {EVIDENCE_BYTES} bytes. "
            "Nothing was recorded; send only what is needed.",
        )
    return written.decode()


def _hold_person(conn: Connection, person_id: str) -> None:
    """Make sure that the person stands, and is not erased before this transaction ends."""
    row = select(tables.person.c.id).where(tables.person.c.id == person_id).with_for_update()
    if conn.scalar(row) is None:
        raise person_unknown()
