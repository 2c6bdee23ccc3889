"""Every route of the console, as the code has them, with an address that exists for each."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from starlette.applications import Starlette

from hegui.console.guard import Guarded


class Asked(NamedTuple):
    """One route asked in one way."""

    route: Guarded
    method: str
    path: str


def routes(app: Starlette) -> list[Guarded]:
    """All routes; one that is not guarded is an error."""
    found = list(app.router.routes)
    for route in found:
        assert isinstance(route, Guarded), route
    return [route for route in found if isinstance(route, Guarded)]


def asked(app: Starlette, rows: Mapping[str, str]) -> Iterator[Asked]:
    """Each route that needs something, with each of its methods.

    A route's path that begins with a key of ``rows`` begins with its value instead; a blank that
    stays is an error, since the matrix would ask for what is not there.
    """
    for route in routes(app):
        if route.needs is None:
            continue
        path = route.path
        for known, real in rows.items():
            if path.startswith(known):
                path = real + path.removeprefix(known)
                break
        assert "{" not in path, f"tests/console/rows.py has no row for {route.path}"
        for method in sorted((route.methods or set()) - {"HEAD"}):
            yield Asked(route, method, path)
