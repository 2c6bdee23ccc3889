"""The public pages as one Starlette app. It carries no route of the staff's console."""

from starlette.applications import Starlette

from hegui.portal.case_cookie import CaseCookie
from hegui.portal.house import House
from hegui.portal.pages import Pages
from hegui.portal.routes.account import Account
from hegui.portal.routes.agreement import Agreement
from hegui.portal.routes.appeal import Appeals
from hegui.portal.routes.cases import Cases
from hegui.portal.routes.chat import Chat
from hegui.portal.routes.check import Check
from hegui.portal.routes.decision import Decisions
from hegui.portal.routes.download import Download
from hegui.portal.routes.home import Home
from hegui.portal.routes.ledger import Ledger
from hegui.portal.routes.mine import Mine
from hegui.portal.routes.word_lists import WordListPage
from hegui.portal.visitor import Door
from hegui.web.assembly import assemble
from hegui.web.static_files import StaticFiles


def build(house: House) -> Starlette:
    """The portal of a house. ``house.http`` is first used when a chat is sent."""
    static = StaticFiles()
    door = Door(house)
    pages = Pages(house, door, static.base)
    case = CaseCookie(house)
    parts = (
        Home(house, pages),
        Account(house, pages, door),
        Agreement(house, pages, door),
        Chat(house, pages, door),
        Decisions(house, pages),
        Appeals(house, pages, door, case),
        Cases(house, pages, door, case),
        Mine(house, pages, door),
        Ledger(house, pages),
        Check(house, pages),
        Download(house, pages, door),
        WordListPage(house, pages),
        static,
    )
    routes = (route for part in parts for route in part.routes())
    return assemble(routes, pages, house.settings.provider.contact)
