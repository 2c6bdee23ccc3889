"""Applications: who runs each, for which public, and how its interface shows the label."""

import hashlib
from typing import Literal, get_args

import msgspec
from sqlalchemy import Connection, select

from hegui.ledger.kinds import ApplicationRegistered
from hegui.people.errors import PeopleError
from hegui.store import Store, tables
from hegui.store.evidence import changed, record
from hegui.vault.insert import insert_new
from hegui.world import World, new_id

LabelAt = Literal["start", "end", "both", "interface"]

_table = tables.application


class Application(msgspec.Struct, frozen=True, kw_only=True):
    """A registered application.

    Attributes:
        id: 32 hex digits.
        name: unique, 1 to 64 printable characters.
        operator: who runs it.
        public: for which public.
        label_at: where the text label stands in answers.
        interface: how the interface shows the label, when ``label_at`` is ``interface``.
        created: milliseconds since 1970, UTC.
    """

    id: str
    name: str
    operator: str
    public: str
    label_at: LabelAt
    interface: str
    created: int


def register(
    store: Store,
    world: World,
    name: str,
    *,
    operator: str,
    public: str,
    label_at: LabelAt,
    interface: str = "",
) -> Application:
    """Register an application, or change what the one of that name declares.

    Declaring the same again changes nothing and leaves no entry.

    Raises:
        PeopleError: ``application_malformed``, naming the field.
    """
    _check(name, operator, public, label_at, interface)
    declared = {
        "operator": operator,
        "public": public,
        "label_at": label_at,
        "interface": interface,
    }
    with store.begin() as conn:
        now = world.now()
        new = insert_new(conn, _table, id=new_id(world), name=name, created=now, **declared)
        stands = _one(conn, name)
        if new or any(getattr(stands, field) != text for field, text in declared.items()):
            conn.execute(_table.update().where(_table.c.id == stands.id).values(declared))
            stands = msgspec.structs.replace(stands, **declared)
            entry = ApplicationRegistered(
                act=new_id(world),
                at=now,
                nonce=world.token(16).hex(),
                declaration=_digest(name, declared),
            )
            record(conn, entry)
            changed(conn, "application", stands.id, now)
    return stands


def list_applications(store: Store) -> list[Application]:
    """All applications, by name."""
    with store.read() as conn:
        rows = conn.execute(select(_table).order_by(_table.c.name)).mappings()
        return [Application(**row) for row in rows]


def _one(conn: Connection, name: str) -> Application:
    return Application(**conn.execute(select(_table).where(_table.c.name == name)).mappings().one())


def _digest(name: str, declared: dict[str, str]) -> str:
    """SHA-256 of the declaration as JSON with sorted keys, hex."""
    body = msgspec.json.encode({"name": name, **declared}, order="sorted")
    return hashlib.sha256(body).hexdigest()


def _check(name: str, operator: str, public: str, label_at: str, interface: str) -> None:
    if not 1 <= len(name.strip()) == len(name) <= 64 or not name.isprintable():
        raise _malformed("name", "1 至 64 个可显示的字符", "1 to 64 printable characters")
    if not _says(operator):
        raise _malformed("operator", "运营者的名称", "the name of who runs it")
    if not _says(public):
        raise _malformed("public", "面向的公众", "the public it is for")
    if label_at not in get_args(LabelAt):
        raise _malformed("label_at", *2 * (" | ".join(get_args(LabelAt)),))
    if label_at == "interface" and not _says(interface):
        raise _malformed("interface", "界面如何展示标识的说明", "how the interface shows the label")


def _says(text: str) -> bool:
    return bool(text.strip()) and text.isprintable()


def _malformed(field: str, zh: str, en: str) -> PeopleError:
    return PeopleError(
        "application_malformed",
        zh=f"应用的 {field} 不可用，须为：{zh}。未保存；请改正后重试。",
        en=f"The application's {field} can't be used; it has to be: {en}. "
        "Nothing was saved; correct it and try again.",
        field=field,
    )
