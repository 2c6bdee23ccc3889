"""An application's own program: the OpenAI-compatible API and the machine API, with its key."""

from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager
from typing import Any, Literal
from urllib.parse import quote

import aiohttp
import msgspec

from hegui.demo.errors import broken

#: How a generation ended for whoever asked.
Ended = Literal["whole", "stopped", "left"]
_TIMEOUT = aiohttp.ClientTimeout(total=60)


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """What came of one question.

    Attributes:
        text: what was shown.
        ended: how.
        decision: of the stop.
        pack: the word pack that stopped it.
        side: ``input`` or ``output``.
        generation: the act's id, where the answer told it.
    """

    text: str
    ended: Ended
    decision: str = ""
    pack: str = ""
    side: str = ""
    generation: str = ""


class Made(msgspec.Struct, frozen=True, kw_only=True):
    """An answer to who asked for a picture, a sound or a clip."""

    content_type: str
    data: bytes


class Machine:
    """Asks as an application does.

    Args:
        base: the API's address.
        http: the demonstration's client.
    """

    def __init__(self, base: str, http: aiohttp.ClientSession) -> None:
        self._base = base
        self._http = http

    async def accept(self, key: str, person: str, shown: str) -> None:
        """Tell that a person accepted the agreement, with what the application has to show.

        Raises:
            DemoError: ``demo_broken``.
        """
        address = f"{self._base}/api/people/{quote(person, safe='')}/agreement"
        body = msgspec.json.encode({"evidence": {"shown": shown}})
        headers = {"authorization": f"Bearer {key}"}
        async with self._http.post(address, data=body, headers=headers) as answer:
            if answer.status != 200:
                raise broken("POST /api/people/…/agreement", await _said(answer))

    async def refused(self, key: str, person: str, model: str) -> str:
        """Ask where no answer is due, such as with a revoked key; the refusal's code.

        Raises:
            DemoError: ``demo_broken`` when it was answered.
        """
        messages = [{"role": "user", "content": "你好"}]
        async with self._ask(key, person, model, messages, stream=False) as answer:
            told: dict[str, Any] = msgspec.json.decode(await answer.read())
            if answer.status == 200:
                raise broken("POST /v1/chat/completions", "200 where a refusal was due")
            return str(told["error"]["code"])

    async def whole(
        self, key: str, person: str, model: str, messages: list[dict[str, str]]
    ) -> Answer:
        """Ask for an answer in one piece.

        Raises:
            DemoError: ``demo_broken``.
        """
        async with self._ask(key, person, model, messages, stream=False) as answer:
            if answer.status != 200:
                return await _stopped_before(answer)
            doc = msgspec.json.decode(await answer.read())
            return Answer(text=doc["choices"][0]["message"]["content"], ended="whole")

    async def stream(
        self,
        key: str,
        person: str,
        model: str,
        messages: list[dict[str, str]],
        leave_after: int | None,
    ) -> Answer:
        """Ask for a stream.

        Args:
            key: the application's key.
            person: its pseudonym for who asks.
            model: the model.
            messages: the conversation.
            leave_after: pieces after which they leave; none: they stay.

        Raises:
            DemoError: ``demo_broken``.
        """
        async with self._ask(key, person, model, messages, stream=True) as answer:
            if answer.status != 200:
                return await _stopped_before(answer)
            try:
                return await read_stream(answer, leave_after)
            finally:
                answer.close()  # not given back to the pool: who leaves is gone

    async def make(self, key: str, person: str, path: str, **asked: Any) -> Made:
        """Ask for a picture, a sound or a clip, or with nothing asked how far a clip is.

        Args:
            key: the application's key.
            person: its pseudonym for who asks.
            path: under ``/v1/``.
            asked: the request's fields; none: a ``GET``.

        Raises:
            DemoError: ``demo_broken``.
        """
        method, body = ("POST", msgspec.json.encode(asked)) if asked else ("GET", None)
        headers = {
            "authorization": f"Bearer {key}",
            "content-type": "application/json",
            "hegui-person": person,
        }
        address = f"{self._base}/v1/{path}"
        async with self._http.request(
            method, address, data=body, headers=headers, timeout=_TIMEOUT
        ) as answer:
            if answer.status != 200:
                raise broken(f"{method} /v1/{path}", await _said(answer))
            return Made(content_type=answer.content_type, data=await answer.read())

    def _ask(
        self, key: str, person: str, model: str, messages: list[dict[str, str]], *, stream: bool
    ) -> AbstractAsyncContextManager[aiohttp.ClientResponse]:
        return self._http.post(
            f"{self._base}/v1/chat/completions",
            data=msgspec.json.encode({"model": model, "messages": messages, "stream": stream}),
            headers={
                "authorization": f"Bearer {key}",
                "content-type": "application/json",
                "hegui-person": person,
            },
            timeout=_TIMEOUT,
        )


async def read_stream(answer: aiohttp.ClientResponse, leave_after: int | None) -> Answer:
    """What a stream showed, and how it ended.

    Raises:
        DemoError: ``demo_broken`` for one without its end.
    """
    text, pieces = "", 0
    told: dict[str, Any] = {}
    async for data in _events(answer):
        if data == b"[DONE]":
            if not told:
                return Answer(text=text, ended="whole")
            return Answer(
                text=text,
                ended="stopped",
                decision=told["decision"],
                pack=told["pack"],
                side=told["side"],
            )
        doc = msgspec.json.decode(data)
        if "error" in doc:
            raise broken("POST /v1/chat/completions", str(doc["error"].get("code")))
        for choice in doc["choices"]:
            piece = choice["delta"].get("content") or ""
            text += piece
            pieces += bool(piece)
        found = doc.get("hegui") or {}
        told = found if "decision" in found else told
        if leave_after is not None and pieces >= leave_after:
            generation = answer.headers.get("hegui-generation", "")
            return Answer(text=text, ended="left", generation=generation)
    raise broken("POST /v1/chat/completions", "a stream without its end")


async def _events(answer: aiohttp.ClientResponse) -> AsyncIterator[bytes]:
    """The data of each event."""
    rest = b""
    async for chunk in answer.content.iter_any():
        *frames, rest = (rest + chunk).split(b"\n\n")
        for frame in frames:
            yield frame.removeprefix(b"data:").strip()


async def _stopped_before(answer: aiohttp.ClientResponse) -> Answer:
    """A refusal that is a stop; another ends the demonstration."""
    told: dict[str, Any] = msgspec.json.decode(await answer.read())
    error = told["error"]
    if error["code"] != "content_filter":
        raise broken("POST /v1/chat/completions", f"{answer.status} {error['code']}")
    found = error["hegui"]
    return Answer(
        text="",
        ended="stopped",
        decision=found["decision"],
        pack=found["pack"],
        side=found["side"],
    )


async def _said(answer: aiohttp.ClientResponse) -> str:
    return f"{answer.status} {(await answer.text())[:200]}"
