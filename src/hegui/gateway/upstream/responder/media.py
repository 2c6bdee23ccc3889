"""The responder's pictures, sounds and clips, in OpenAI's shapes; each says that no model made it.

It keeps nothing: a clip's id holds when it was asked for and what chooses its colours.
"""

import asyncio
import re
import zlib
from base64 import b64encode
from typing import Any

import msgspec

from hegui.gateway.errors import GatewayError
from hegui.gateway.media.form import parse
from hegui.gateway.upstream.base import JSON
from hegui.gateway.upstream.failures import failure
from hegui.gateway.upstream.responder import clip, picture, voice
from hegui.world import World

_SIZE = re.compile(r"([0-9]{2,4})x([0-9]{2,4})")
_LEAST, _MOST, _USUAL = 64, 2_048, 512
_VIDEO = re.compile(r"videos/demo-([0-9a-f]{8})-([0-9]{1,12})(/content)?")
#: A clip is "being made" for so long, in seconds.
_MAKING = 1
_MOST_PICTURES = 10
ROUTES = ("images/generations", "images/edits", "audio/speech", "videos")


class Answered(msgspec.Struct, frozen=True):
    """An answer: its media type and bytes."""

    content_type: str
    body: bytes


async def answer(route: str, body: bytes | None, content_type: str, world: World) -> Answered:
    """Answer a question for a picture, a sound or a clip.

    Args:
        route: path under the base URL.
        body: JSON or a form; none: a ``GET``.
        content_type: of the body.
        world: tells the time.

    Raises:
        UpstreamError: ``upstream_rejected``; ``detail`` says why.
    """
    now = world.now() // 1000
    if body is None:
        return await asyncio.to_thread(_video, route, now)
    if route not in ROUTES:
        raise failure("upstream_rejected", detail="no such route")
    return await asyncio.to_thread(_make, route, _read(body, content_type), now)


def _read(body: bytes, content_type: str) -> dict[str, Any]:
    try:
        if content_type == JSON:
            return msgspec.json.decode(body, type=dict[str, Any])
        parts = parse(body, content_type.encode())
        return {part.name: part.data.decode() for part in parts if not part.file}
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError, GatewayError) as error:
        raise failure("upstream_rejected", detail=str(error)) from error


def _make(route: str, asked: dict[str, Any], now: int) -> Answered:
    prompt = str(asked.get("prompt") or asked.get("input") or "")
    if route == "audio/speech":
        if asked.get("response_format") not in (None, "wav"):
            raise failure("upstream_rejected", detail="the demo responder gives wav only")
        return Answered("audio/wav", voice.wav(prompt))
    if route == "videos":
        return _json(_job(zlib.crc32(prompt.encode()), now, now))
    count = int(asked.get("n") or 1)
    if not 1 <= count <= _MOST_PICTURES:
        raise failure("upstream_rejected", detail=f"n is 1 to {_MOST_PICTURES}")
    width, height = _size(str(asked.get("size") or ""))
    data = [
        {"b64_json": b64encode(picture.large(f"{prompt} {i}", width, height)).decode()}
        for i in range(count)
    ]
    told = {"created": now, "output_format": "png", "size": f"{width}x{height}"}
    return _json({**told, "data": data})


def _size(text: str) -> tuple[int, int]:
    match = _SIZE.fullmatch(text)
    if match is None:
        return _USUAL, _USUAL
    width, height = int(match[1]), int(match[2])
    if not (_LEAST <= width <= _MOST and _LEAST <= height <= _MOST):
        raise failure("upstream_rejected", detail=f"sides are {_LEAST} to {_MOST} pixels")
    return width, height


def _video(route: str, now: int) -> Answered:
    match = _VIDEO.fullmatch(route)
    if match is None:
        raise failure("upstream_rejected", detail="no such clip")
    if match[3]:
        return Answered("video/mp4", clip.mp4(match[1]))
    return _json(_job(int(match[1], 16), int(match[2]), now))


def _job(seed: int, created: int, now: int) -> dict[str, Any]:
    done = now - created >= _MAKING
    return {
        "id": f"demo-{seed:08x}-{created}",
        "object": "video",
        "created_at": created,
        "completed_at": created + _MAKING if done else None,
        "status": "completed" if done else "queued" if now == created else "in_progress",
        "progress": 100 if done else 0,
        "seconds": "2",
        "size": "160x96",
    }


def _json(doc: dict[str, Any]) -> Answered:
    return Answered(JSON, msgspec.json.encode(doc))
