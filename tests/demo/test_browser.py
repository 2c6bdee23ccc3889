"""A browser sends a form as a reader's would: files with their names, and fields left empty."""

import asyncio

import aiohttp
import pytest
from aiohttp import web

from hegui.demo.browser import Attached, Browser

PAGE = """<form method="post" action="/sent" enctype="multipart/form-data">
<input name="why"><input type="file" name="file"></form>"""


async def _send(files: dict[str, Attached]) -> list[tuple[str | None, ...]]:
    """The parts of the form as they came: name, file name, content type and text."""
    parts: list[tuple[str | None, ...]] = []

    async def page(_request: web.Request) -> web.Response:
        return web.Response(text=PAGE, content_type="text/html")

    async def take(request: web.Request) -> web.Response:
        async for part in await request.multipart():
            assert isinstance(part, aiohttp.BodyPartReader)
            kind = part.headers.get("content-type")
            parts.append((part.name, part.filename, kind, await part.text()))
        return web.Response(text="", content_type="text/html")

    app = web.Application()
    app.add_routes([web.get("/", page), web.post("/sent", take)])
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    base = "http://{}:{}".format(*runner.addresses[0][:2])
    connector = aiohttp.TCPConnector()
    browser = Browser(base, connector, "zh")
    try:
        here = await browser.get("/")
        await browser.send(here, here.form("why"), files, why="因为")
    finally:
        await browser.close()
        await connector.close()
        await runner.cleanup()
    return parts


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        (
            {"file": Attached("登记簿.txt", "第一行")},
            ("file", "登记簿.txt", "text/plain", "第一行"),
        ),
        ({}, ("file", "", "application/octet-stream", "")),
    ],
    ids=["chosen", "none chosen"],
)
def test_a_file_goes_with_its_name(files: dict[str, Attached], expected: tuple[str, ...]) -> None:
    why, file = asyncio.run(_send(files))
    assert (why[0], why[1], why[3]) == ("why", None, "因为")
    assert (file[0], file[1] or "", *file[2:]) == expected
