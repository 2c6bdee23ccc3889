"""A small stand-in for the gateway: answers by what was said, and remembers how it was asked.

It speaks the gateway's own forms: the label in the text, refusals as error objects with
``hegui`` inside, a stop in a stream as ``content_filter`` with the decision beside it.
"""

import asyncio
import base64
import json
from typing import Any

from aiohttp import web
from sqlalchemy import insert

from hegui.store import Store, tables

LABEL = "【AI生成】\n"
PNG = base64.b64encode(
    bytes.fromhex(
        "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
        "1f15c4890000000d49444154789c6360000000000200010548afa40000000049454e44ae426082"
    )
).decode()
PICTURE = f"画好了：\n\n![一座山](data:image/png;base64,{PNG})"
DECISION = "d" * 32


class FakeGateway:
    """What was asked stands in ``asked``; ``left`` is set when a reader leaves early."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.asked: list[dict[str, Any]] = []
        self.headers: list[dict[str, str]] = []
        self.left = asyncio.Event()
        self.app = web.Application(client_max_size=1 << 24)
        self.app.router.add_post("/v1/chat/completions", self.complete)

    def stop(self, side: str, decision: str = DECISION, category: str = "fraud_malware") -> None:
        """Records a stop, as the gateway does before it tells the reader."""
        with self.store.begin() as conn:
            conn.execute(tables.decision.delete().where(tables.decision.c.id == decision))
            conn.execute(
                insert(tables.decision).values(
                    id=decision,
                    generation_id="a" * 32,
                    at=1_767_585_600_000,
                    side=side,
                    place="messages[0].content" if side == "input" else "choices[0].delta.content",
                    category=category,
                    pack="示例词包 <b>x</b>",
                    pack_version="1.2",
                    author="The Hegui authors",
                    automated=True,
                )
            )

    async def complete(self, request: web.Request) -> web.StreamResponse:
        body = await request.json()
        self.asked.append(body)
        self.headers.append({k.lower(): v for k, v in request.headers.items()})
        said = body["messages"][-1]["content"]
        if "stop-input" in said:
            await asyncio.to_thread(self.stop, "input")
            return self.refuse(400, "content_filter", decision=DECISION, side="input")
        if refusal := {"down": (502, "upstream_broken"), "busy": (503, "busy")}.get(said):
            return self.refuse(*refusal)
        if "hang" in said:
            return await self.hang(request)
        text = self.text(said)
        if not body["stream"]:
            message = {"role": "assistant", "content": text}
            choice = {"index": 0, "message": message, "finish_reason": "stop"}
            return web.json_response({"choices": [choice], "AIGC": {"Label": "1"}})
        return await self.stream(request, said, text)

    def text(self, said: str) -> str:
        if "picture" in said or "画" in said:
            return LABEL + PICTURE
        if "html" in said:
            return LABEL + "<img src=x onerror=alert(1)> ![x](https://example.com/a.png)"
        return LABEL + f"您说的是：“{said}”。"

    async def stream(self, request: web.Request, said: str, text: str) -> web.StreamResponse:
        response = web.StreamResponse(headers={"content-type": "text/event-stream"})
        await response.prepare(request)
        if said == "break at once":
            text = ""
        for start in range(0, len(text), 4):
            piece = {"index": 0, "delta": {"content": text[start : start + 4]}}
            await self.event(response, {"choices": [piece]})
        last: dict[str, Any] = {"choices": [{"index": 0, "delta": {}, "finish_reason": "stop"}]}
        if "stop-output" in said:
            await asyncio.to_thread(self.stop, "output")
            last["choices"][0]["finish_reason"] = "content_filter"
            last["hegui"] = {"decision": DECISION, "side": "output"}
        if "slow" in said:
            await self.wait(request)
        if "break" in said:
            await asyncio.sleep(0.1)  # what was written arrives first
            assert request.transport is not None
            request.transport.close()
            return response
        await self.event(response, last)
        await response.write(b"data: [DONE]\n\n")
        return response

    async def event(self, response: web.StreamResponse, doc: dict[str, Any]) -> None:
        await response.write(b"data: " + json.dumps(doc, ensure_ascii=False).encode() + b"\n\n")

    async def hang(self, request: web.Request) -> web.Response:
        """Says nothing until the reader has left."""
        await self.wait(request)
        return web.Response()

    async def wait(self, request: web.Request) -> None:
        while request.transport is not None and not request.transport.is_closing():
            await asyncio.sleep(0.02)
        self.left.set()

    @staticmethod
    def refuse(status: int, code: str, **told: str) -> web.Response:
        error = {"message": "no", "type": "x", "param": None, "code": code, "hegui": told}
        return web.json_response({"error": error}, status=status)
