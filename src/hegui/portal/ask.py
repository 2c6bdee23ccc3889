"""The portal as an application of the gateway: it asks over HTTP with its own key."""

import asyncio
from collections.abc import AsyncGenerator
from typing import Any

import aiohttp
import msgspec
from starlette.requests import Request

from hegui.portal.conversation import Turn, for_model
from hegui.portal.house import House

#: A whole answer larger than this is not shown.
MAX_ANSWER = 16 << 20
MAX_REFUSAL = 65_536
CONNECT_SECONDS = 5.0


class Refused(msgspec.Struct, frozen=True):
    """The gateway's refusal: status, stable code, and the decision's id if a stop made it."""

    status: int
    code: str
    decision: str = ""


#: Nobody answers at the gateway's address.
UNREACHABLE = Refused(502, "gateway")
#: The reader left before anything came; nobody reads this.
GONE = Refused(499, "reader_left")


async def ask_while_there(
    request: Request, house: House, pseudonym: str, turns: list[Turn], model: str
) -> aiohttp.ClientResponse | Refused:
    """:func:`ask` for a stream; a reader who leaves meanwhile cancels the model at once.

    The request's body must have been read: what comes after it is only the reader's leaving.
    """
    asking = asyncio.ensure_future(ask(house, pseudonym, turns, model, stream=True))
    leaving = asyncio.ensure_future(request.receive())
    try:
        await asyncio.wait((asking, leaving), return_when=asyncio.FIRST_COMPLETED)
        return await asking if asking.done() else GONE
    finally:
        leaving.cancel()
        asking.cancel()


async def ask(
    house: House, pseudonym: str, turns: list[Turn], model: str, *, stream: bool
) -> aiohttp.ClientResponse | Refused:
    """Ask for an answer; the caller closes the response, which cancels the model."""
    body = {"model": model, "messages": for_model(turns), "stream": stream}
    headers = {
        "authorization": f"Bearer {house.chat_key}",
        "content-type": "application/json",
        "hegui-person": pseudonym,
    }
    timeout = aiohttp.ClientTimeout(
        total=None,
        sock_connect=CONNECT_SECONDS,
        sock_read=house.settings.limits.generation_seconds,
    )
    try:
        response = await house.http.post(
            f"{house.api_url}/v1/chat/completions",
            data=msgspec.json.encode(body),
            headers=headers,
            timeout=timeout,
        )
    except (aiohttp.ClientError, TimeoutError):
        return UNREACHABLE
    if response.status == 200:
        return response
    return await _refusal(response)


async def whole(response: aiohttp.ClientResponse) -> str | Refused:
    """The text of an answer that comes in one piece."""
    try:
        async with response:
            raw = await _read(response, MAX_ANSWER)
        doc = msgspec.json.decode(raw)
        content = doc["choices"][0]["message"]["content"]
    except (aiohttp.ClientError, TimeoutError):
        return Refused(502, "broken")
    except (msgspec.DecodeError, UnicodeDecodeError, KeyError, IndexError, TypeError):
        return Refused(502, "unreadable_answer")
    return content if isinstance(content, str) else Refused(502, "unreadable_answer")


async def relay(response: aiohttp.ClientResponse) -> AsyncGenerator[bytes, None]:
    """The bytes of a stream as they come; leaving early cancels the model.

    When the gateway breaks off, so does this: the page sees a stream without its end.
    """
    try:
        async for piece in response.content.iter_any():
            yield piece
    except (aiohttp.ClientError, TimeoutError):
        return
    finally:
        response.close()  # not given back to the pool: the gateway must see the reader leave


async def _read(response: aiohttp.ClientResponse, most: int) -> bytes:
    """The body, cut at ``most`` bytes."""
    body = bytearray()
    async for piece in response.content.iter_any():
        body += piece
        if len(body) >= most:
            break
    return bytes(body[:most])


async def _refusal(response: aiohttp.ClientResponse) -> Refused:
    try:
        async with response, asyncio.timeout(CONNECT_SECONDS):
            raw = await _read(response, MAX_REFUSAL)
        error: dict[str, Any] = msgspec.json.decode(raw, type=dict[str, Any])["error"]
        told = error.get("hegui") or {}
        return Refused(response.status, str(error["code"]), str(told.get("decision", "")))
    except (aiohttp.ClientError, TimeoutError):
        return UNREACHABLE
    except (msgspec.DecodeError, UnicodeDecodeError, KeyError, TypeError, AttributeError):
        return Refused(response.status, "unreadable_answer")
