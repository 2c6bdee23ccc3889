"""The staff's pages as one Starlette app, apart from the portal, at an address of its own."""

from collections.abc import Sequence
from typing import Protocol

from starlette.applications import Starlette
from starlette.routing import Route

from hegui.console.door import Door
from hegui.console.guard import Guard, open_to_all
from hegui.console.house import House
from hegui.console.pages import Pages
from hegui.console.routes.applications import Applications
from hegui.console.routes.cases import Cases
from hegui.console.routes.generations import Generations
from hegui.console.routes.law import LawDesk
from hegui.console.routes.law_attest import LawAttest
from hegui.console.routes.law_compare import LawCompare
from hegui.console.routes.law_duties import LawDuties
from hegui.console.routes.law_export import LawExport
from hegui.console.routes.law_licences import LawLicences
from hegui.console.routes.law_scope import LawScope
from hegui.console.routes.law_scope_answer import LawScopeAnswer
from hegui.console.routes.ledger import LedgerDesk
from hegui.console.routes.me import Me
from hegui.console.routes.overview import Overview
from hegui.console.routes.settings import SettingsPage
from hegui.console.routes.sign_in import SignIn
from hegui.console.routes.staff import StaffDesk
from hegui.console.routes.word_packs import WordPacks
from hegui.web.assembly import assemble
from hegui.web.static_files import StaticFiles


class Part(Protocol):
    """One area: its routes, each of them guarded."""

    def __init__(self, house: House, pages: Pages) -> None: ...

    def routes(self) -> Sequence[Route]:
        """The routes of this area."""
        ...


#: The areas that need nothing but the house and its pages.
PARTS: tuple[type[Part], ...] = (
    Overview,
    LawDesk,
    LawDuties,
    LawAttest,
    LawScope,
    LawScopeAnswer,
    LawLicences,
    LawCompare,
    LawExport,
    Generations,
    Cases,
    Applications,
    WordPacks,
    LedgerDesk,
    SettingsPage,
)


def build(house: House) -> Starlette:
    """The console of a house."""
    static = StaticFiles()
    door = Door(house)
    pages = Pages(house, door, static.base)
    routes: list[Route] = [
        *SignIn(house, pages, door).routes(),
        *Me(house, pages, door).routes(),
        *StaffDesk(house, pages, door).routes(),
        *(open_to_all(route.path, route.endpoint) for route in static.routes()),
    ]
    for part in PARTS:
        routes += part(house, pages).routes()
    app = assemble(routes, pages, house.settings.provider.contact)
    app.state.guard = Guard(door, pages)
    return app
