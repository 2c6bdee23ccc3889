"""Names of members of staff, for pages whose rows hold their ids."""

from collections.abc import Iterable

from sqlalchemy import select

from hegui.store import Store, tables


def staff_names(store: Store, ids: Iterable[str | None]) -> dict[str, str]:
    """The names of these members of staff by id, in one statement; blocking."""
    table = tables.staff
    wanted = {one for one in ids if one}
    if not wanted:
        return {}
    with store.read() as conn:
        rows = conn.execute(select(table.c.id, table.c.name).where(table.c.id.in_(wanted)))
        return {row.id: row.name for row in rows}
