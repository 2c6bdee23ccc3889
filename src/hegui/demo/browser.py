"""A reader's browser: pages, forms and cookies, over real HTTP. Without a script, as some are."""

from collections.abc import Mapping
from contextlib import AbstractAsyncContextManager
from urllib.parse import urlencode, urljoin

import aiohttp
import msgspec

from hegui.demo.errors import broken
from hegui.demo.form import Form
from hegui.demo.page import Page

#: What every browser since 2023 says of a form sent from the page itself.
_OURS = {"sec-fetch-site": "same-origin", "sec-fetch-mode": "navigate"}


class Attached(msgspec.Struct, frozen=True):
    """A file that somebody chooses in a form.

    Attributes:
        name: its name.
        text: its content.
        kind: its media type.
    """

    name: str
    text: str
    kind: str = "text/plain"


class Browser:
    """One person's browser at one site.

    Args:
        base: the site's address.
        connector: shared by all browsers of a demonstration.
        lang: the language they read.
    """

    def __init__(self, base: str, connector: aiohttp.BaseConnector, lang: str) -> None:
        self.base = base
        self.lang = lang
        self._chosen = False
        self._http = aiohttp.ClientSession(
            connector=connector,
            connector_owner=False,
            cookie_jar=aiohttp.CookieJar(unsafe=True),  # "unsafe" means: of an IP address too
            headers=_OURS,
            trust_env=False,
        )

    async def get(self, path: str) -> Page:
        """Open a page: a path of this site, or a whole address.

        Raises:
            DemoError: ``demo_broken`` when there is none.
        """
        async with self._http.get(self._address(path), params=self._language(path)) as answer:
            return await _page(f"GET {path}", answer)

    async def send(
        self, page: Page, sent: Form, files: Mapping[str, Attached] | None = None, **given: str
    ) -> Page:
        """Fill in a form of a page and send it; the page that comes back.

        Args:
            page: where the form is.
            sent: the form.
            files: what is chosen in its fields for files; none: nothing.
            given: what is typed and chosen, by field; a button that is pressed too.

        Raises:
            DemoError: ``demo_broken``.
        """
        files = files or {}
        fields = sent.filled(given | {name: one.name for name, one in files.items()})
        address = urljoin(page.url, sent.action or page.url)
        what = f"{sent.method.upper()} {sent.action}"
        if sent.method == "get":
            async with self._http.get(f"{address}?{urlencode(fields)}") as answer:
                return await _page(what, answer)
        data: aiohttp.FormData | dict[str, str] = fields
        if sent.encoding == "multipart/form-data":
            data = _parts(sent, fields, files)
        async with self._http.post(address, data=data) as answer:
            return await _page(what, answer)

    async def read(self, path: str) -> bytes:
        """A file that a page links to.

        Raises:
            DemoError: ``demo_broken`` when there is none.
        """
        async with self._http.get(self._address(path)) as answer:
            if answer.status != 200:
                raise broken(f"GET {path}", str(answer.status))
            return await answer.read()

    def post_json(
        self, path: str, body: bytes
    ) -> AbstractAsyncContextManager[aiohttp.ClientResponse]:
        """What a page's script sends; the caller reads the answer."""
        headers = {"content-type": "application/json", "sec-fetch-mode": "cors"}
        return self._http.post(self._address(path), data=body, headers=headers)

    async def close(self) -> None:
        """Close the window."""
        await self._http.close()

    def _address(self, path: str) -> str:
        return urljoin(f"{self.base}/", path)

    def _language(self, path: str) -> dict[str, str]:
        """The language, chosen on the first page; the site remembers it."""
        if self._chosen or "?" in path:
            return {}
        self._chosen = True
        return {"lang": self.lang}


def _parts(sent: Form, fields: dict[str, str], files: Mapping[str, Attached]) -> aiohttp.FormData:
    """The fields of a form with a file; a field in which none is chosen has an empty name."""
    data = aiohttp.FormData(quote_fields=False)
    for name, value in fields.items():
        field = sent.fields.get(name)
        if field is None or field.kind != "file":
            data.add_field(name, value)
            continue
        chosen = files.get(name) or Attached("", "", "application/octet-stream")
        data.add_field(name, chosen.text.encode(), filename=chosen.name, content_type=chosen.kind)
    return data


async def _page(what: str, answer: aiohttp.ClientResponse) -> Page:
    page = Page(str(answer.url), await answer.text())
    if answer.status != 200:
        said = " ".join(page.text.split())[:200]
        raise broken(what, f"{answer.status}: {said}")
    return page
