"""No page asks the database more than a fixed number of times, whatever the rows.

Every page of the console is found from its routes, so that a later one joins by itself.
"""

from collections.abc import Iterator

import pytest
from benchmarks.statements import counted
from benchmarks.walk import pages
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from tests.conftest import Databases
from tests.console.desk import Desk
from tests.console.months import FEW, MANY, filled

from hegui.store import Store

#: The session's own included. The overview is the dearest: it joins duties, cases and counts.
MOST = 24


@pytest.fixture(scope="module")
def desks(databases: Databases) -> Iterator[tuple[Desk, Desk]]:
    """One console with few rows, and one with many."""
    both = filled(databases, FEW), filled(databases, MANY)
    yield both
    for desk in both:
        desk.close()


def asked(desk: Desk) -> dict[str, int]:
    """How many statements each page costs its owner; a page that fails fails the test."""
    client = desk.client("owner")
    costs: dict[str, int] = {}
    for route, address in pages(desk.app, desk.store):
        with counted(desk.store, desk.house.key_store) as statements:
            answer = client.get(address)
        assert answer.status_code < 500, address
        costs[f"{route} {answer.status_code}"] = len(statements)
    return costs


def test_no_page_costs_more_with_more_rows(desks: tuple[Desk, Desk]) -> None:
    few, many = map(asked, desks)
    assert few == many
    dear = {page: cost for page, cost in many.items() if cost > MOST}
    assert not dear


def test_a_page_whose_address_is_not_known_fails_the_walk(desks: tuple[Desk, Desk]) -> None:
    async def page(_request: Request) -> Response:
        return Response()

    app = Starlette(routes=[Route("/new/{thing}", page)])
    with pytest.raises(LookupError, match=r"/new/\{thing\}"):
        list(pages(app, desks[0].store))


def test_a_page_that_asks_for_each_row_would_be_seen(desks: tuple[Desk, Desk]) -> None:
    """The count is of real statements, from whichever thread they come."""

    def by_row(store: Store) -> int:
        with counted(store) as statements, store.read() as conn:
            applications = conn.exec_driver_sql("SELECT id FROM application").all()
            for (one,) in applications:
                conn.exec_driver_sql("SELECT 1 FROM api_key WHERE application_id = ?", (one,))
        return len(statements)

    few, many = (by_row(desk.store) for desk in desks)
    assert few < many
