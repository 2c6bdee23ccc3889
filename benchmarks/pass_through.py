"""The floor: uvicorn and aiohttp passing bytes and doing nothing else.

    python -m benchmarks.pass_through --base http://127.0.0.1:9000/v1 --port 9001

What this costs on a machine says how fast the machine is; Hegui is read beside it.
"""

import argparse
from collections.abc import Awaitable, Callable
from typing import Any

import aiohttp
import uvicorn

Message = dict[str, Any]


class PassThrough:
    """An ASGI app that sends every request on."""

    def __init__(self, base: str) -> None:
        self._base = base.removesuffix("/v1")
        self._session: aiohttp.ClientSession | None = None

    async def __call__(
        self,
        scope: Message,
        receive: Callable[[], Awaitable[Message]],
        send: Callable[[Message], Awaitable[None]],
    ) -> None:
        if self._session is None:
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=0),
                cookie_jar=aiohttp.DummyCookieJar(),
                auto_decompress=False,
            )
        body = (await receive())["body"]
        headers = {"content-type": "application/json"}
        async with self._session.post(
            self._base + scope["path"], data=body, headers=headers
        ) as got:
            kind = (b"content-type", got.headers["content-type"].encode())
            await send({"type": "http.response.start", "status": got.status, "headers": [kind]})
            while data := await got.content.readany():
                await send({"type": "http.response.body", "body": data, "more_body": True})
            await send({"type": "http.response.body", "body": b""})


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.pass_through")
    parser.add_argument("--base", required=True)
    parser.add_argument("--port", type=int, required=True)
    options = parser.parse_args()
    uvicorn.run(
        PassThrough(options.base),
        port=options.port,
        lifespan="off",
        log_level="error",
        access_log=False,
    )


if __name__ == "__main__":
    main()
