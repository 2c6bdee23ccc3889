"""Every page of the console with an address that shows something, found from its routes.

A page that is new joins by itself. One with a part in its address that is not known here fails
the walk; then ``PARTS`` needs a line that says where such a part comes from.
"""

import re
from collections.abc import Callable, Iterator

from sqlalchemy import Connection, select
from starlette.applications import Starlette
from starlette.routing import Route

from hegui.store import Store, tables

_PART = re.compile(r"\{([a-z_]+)(?::[a-z]+)?\}")
#: The files that a page needs are no page.
_NO_PAGE = "/static/"

_DECISION, _CASE = tables.decision, tables.case_file
_STAFF, _APPLICATION = tables.staff, tables.application
_ENTRY, _PACK, _KEY = tables.entry, tables.word_pack, tables.api_key


def _first_case(conn: Connection) -> str | None:
    return conn.scalar(select(_CASE.c.number).order_by(_CASE.c.received).limit(1))


def _stopped(conn: Connection) -> str | None:
    query = select(_DECISION.c.generation_id).join(_CASE, _CASE.c.subject == _DECISION.c.id)
    return conn.scalar(query.order_by(_CASE.c.received).limit(1))


def _application(conn: Connection) -> str | None:
    return conn.scalar(select(_APPLICATION.c.id).where(_APPLICATION.c.name == "chat"))


def _key(conn: Connection) -> str | None:
    mine = _KEY.c.application_id == _application(conn)
    return conn.scalar(select(_KEY.c.id).where(mine).order_by(_KEY.c.id).limit(1))


def _entry(conn: Connection) -> str | None:
    act = select(_ENTRY.c.idx).where(_ENTRY.c.act == _stopped(conn), _ENTRY.c.idx.is_not(None))
    return str(conn.scalar(act.order_by(_ENTRY.c.idx).limit(1)))


#: For an address up to one of its parts: where that part comes from.
def _always(said: str) -> Callable[[Connection], str]:
    return lambda _conn: said


#: Parts of addresses of the law, which are the same in every house.
_LAW = {
    "/law/packs/{pack}": "cn-genai-measures-2023",
    "/law/packs/{pack}/{article}": "9",
    "/law/duties/{pack}": "cn-genai-measures-2023",
    "/law/duties/{pack}/{duty}": "GM-9.2",
    "/law/controls/{pack}": "cn-genai-measures-2023",
    "/law/controls/{pack}/{control}": "7.1-sources",
    "/law/provisions/{pack}": "cn-genai-measures-2023",
    "/law/provisions/{pack}/{provision}": "GM-9.2",
    "/law/attest/{pack}": "cn-genai-measures-2023",
    "/law/attest/{pack}/{control}": "7.1-sources",
    "/law/compare/{a}": "cn-genai-draft-2023",
    "/law/compare/{a}/{b}": "cn-genai-measures-2023",
    "/law/crosswalk/{pack}": "eu-ai-act-50",
}
PARTS: dict[str, Callable[[Connection], str | None]] = {
    "/generations/{id}": _stopped,
    "/casework/{case}": _first_case,
    "/staff/{id}": lambda conn: conn.scalar(
        select(_STAFF.c.id).where(_STAFF.c.role == "reviewer").limit(1)
    ),
    "/applications/{id}": _application,
    "/applications/{id}/keys/{key}": _key,
    "/word-packs/{digest}": lambda conn: conn.scalar(
        select(_PACK.c.digest).where(_PACK.c.name == "pack-0").limit(1)
    ),
    **{path: _always(said) for path, said in _LAW.items()},
    "/law/files/{digest}": lambda conn: conn.scalar(select(tables.evidence_file.c.digest).limit(1)),
    "/law/scope/answer/{group}": lambda _conn: "reach",
    "/law/scope/{record}": lambda conn: conn.scalar(select(tables.profile.c.id).limit(1)),
    "/law/licences/{licence}": lambda conn: conn.scalar(select(tables.licence.c.id).limit(1)),
    "/evidence/acts/{act}": _stopped,
    "/evidence/entries/{index}": _entry,
    "/evidence/proof/{index}": _entry,
    "/enter/{token}": lambda _conn: "no-such-link",
}
#: Further addresses of a page that asks otherwise than its plain one.
OTHERWISE = {
    "/generations": (
        "?outcome=stopped",
        "?outcome=interrupted&category=fraud",
        "?category=never",
        "?model=never",
        "?day=2026-11-20",
        "?id=00000000000000000000000000000000",
    ),
    "/casework": ("?state=decided", "?state=mine"),
}


def pages(app: Starlette, store: Store) -> Iterator[tuple[str, str]]:
    """Each page as (route, address), the addresses filled from the store.

    Raises:
        LookupError: a part of an address is not in ``PARTS``, or the store has nothing for it.
    """
    with store.read() as conn:
        for route in app.routes:
            if not isinstance(route, Route) or "GET" not in (route.methods or ()):
                continue
            if not route.path.startswith(_NO_PAGE):
                address = _filled(conn, route.path)
                yield route.path, address
                for query in OTHERWISE.get(route.path, ()):
                    yield f"{route.path}{query}", f"{address}{query}"


def _filled(conn: Connection, path: str) -> str:
    filled, last = "", 0
    for part in _PART.finditer(path):
        upto = path[: part.end()]
        if upto not in PARTS:
            raise LookupError(f"benchmarks/walk.py: PARTS does not say what {upto} is filled with")
        value = PARTS[upto](conn)
        if value is None:
            raise LookupError(f"benchmarks/walk.py: the store has nothing for {upto}")
        filled += path[last : part.start()] + value
        last = part.end()
    return filled + path[last:]
