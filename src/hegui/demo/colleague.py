"""A member of the provider's staff at the console: in by link or passphrase, then page by page."""

import re
from collections.abc import Mapping

from hegui.demo.browser import Attached, Browser
from hegui.demo.errors import broken
from hegui.demo.page import Page

#: The one-time address that the console shows to whoever adds somebody.
_LINK = re.compile(r"https?://\S+/enter/\S+")


class Colleague:
    """One member of staff.

    Args:
        name: to sign in by.
        passphrase: chosen at the first sign-in.
        browser: theirs, at the console.
    """

    def __init__(self, name: str, passphrase: str, browser: Browser) -> None:
        self.name = name
        self.browser = browser
        self._passphrase = passphrase

    async def enter(self, link: str) -> None:
        """Come in by a one-time link, and choose a passphrase.

        Raises:
            DemoError: ``demo_broken``.
        """
        page = await self.browser.get(link)
        page = await self.browser.send(page, page.form())
        await self.browser.send(page, page.form("new"), new=self._passphrase)

    async def open(self, path: str) -> Page:
        """A page of the console; signed in on the way when a session has ended.

        Raises:
            DemoError: ``demo_broken``.
        """
        page = await self.browser.get(path)
        if page.path == "/sign-in":
            form = page.form("name", "passphrase")
            page = await self.browser.send(page, form, name=self.name, passphrase=self._passphrase)
        return page

    async def press(
        self, page: Page, action: str, files: Mapping[str, Attached] | None = None, **given: str
    ) -> Page:
        """Fill in the form that goes to an address with that end, and send it.

        Raises:
            DemoError: ``demo_broken``.
        """
        form = page.form(*given, *(files or ()), action=action)
        return await self.browser.send(page, form, files, **given)

    async def hire(self, name: str, role: str) -> str:
        """Add somebody; the one-time link that lets them in.

        Raises:
            DemoError: ``demo_broken``.
        """
        page = await self.open("/staff/new")
        page = await self.press(page, "/staff/new", name=name, role=role)
        found = _LINK.search(page.text)
        if found is None:
            raise broken("POST /staff/new", "no link for the new member of staff")
        return found[0]
