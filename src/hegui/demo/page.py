"""A page as a reader sees it."""

from functools import cached_property
from urllib.parse import urlsplit

from hegui.demo import html
from hegui.demo.errors import broken
from hegui.demo.form import Form
from hegui.demo.html import Contents


class Page:
    """A page; looked at only when somebody asks for what is on it.

    Args:
        url: where it is, after redirects.
        source: its HTML.
    """

    def __init__(self, url: str, source: str) -> None:
        self.url = url
        self._source = source

    @cached_property
    def seen(self) -> Contents:
        """What is on it."""
        return html.read(self._source)

    @property
    def path(self) -> str:
        """Its address without host and query."""
        return urlsplit(self.url).path

    @property
    def text(self) -> str:
        """Its text, white space as it comes."""
        return self.seen.text

    def form(self, *fields: str, action: str = "") -> Form:
        """The form with these fields, and with that end of its action.

        Raises:
            DemoError: ``demo_broken`` when the page has none.
        """
        for form in self.seen.forms:
            path = form.action.partition("?")[0]
            if path.endswith(action) and all(name in form.fields for name in fields):
                return form
        raise broken(self.url, f"a page without the form {action} {', '.join(fields)}".rstrip())

    def has_form(self, action: str) -> bool:
        """Whether a form goes to an address with that end."""
        return any(form.action.partition("?")[0].endswith(action) for form in self.seen.forms)

    def link(self, within: str) -> str:
        """The first link's address that holds a text.

        Raises:
            DemoError: ``demo_broken`` when there is none.
        """
        for href, _ in self.seen.links:
            if within in href:
                return href
        raise broken(self.url, f"a page without a link to {within}")

    def all_links(self, within: str) -> list[str]:
        """Addresses of links that hold a text, each once."""
        return list(dict.fromkeys(href for href, _ in self.seen.links if within in href))
