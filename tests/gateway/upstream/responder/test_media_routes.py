"""The responder's pictures, sounds and clips over its one interface."""

import struct
from base64 import b64decode
from typing import Any

import msgspec
import pytest
from tests.gateway.upstream.loop import in_loop, read
from tests.world import FakeWorld

from hegui.gateway.errors import UpstreamError
from hegui.gateway.media.form import Part, render
from hegui.gateway.upstream.responder import DemoResponder


async def ask(route: str, world: FakeWorld | None = None, **fields: Any) -> tuple[str, bytes]:
    reply = await DemoResponder("demo", world or FakeWorld()).open(
        route, msgspec.json.encode(fields)
    )
    return reply.content_type, await read(reply)


async def pictures(**fields: Any) -> list[bytes]:
    _, body = await ask("images/generations", prompt="a cat", **fields)
    return [b64decode(one["b64_json"]) for one in msgspec.json.decode(body)["data"]]


@in_loop
async def test_pictures_of_the_size_and_number_asked_for() -> None:
    for size, width, height in (("256x256", 256, 256), ("600x100", 600, 100), ("auto", 512, 512)):
        found = await pictures(size=size, n=2)
        assert len(set(found)) <= 2
        for one in found:
            assert struct.unpack_from(">II", one, 16) == (width, height)


@in_loop
async def test_a_form_is_read_like_json() -> None:
    parts = [Part("prompt", False, "", b"a hat"), Part("image", True, "image/png", b"x")]
    body = render(parts, "b" * 20)
    reply = await DemoResponder("demo", FakeWorld()).open(
        "images/edits", body, f"multipart/form-data; boundary={'b' * 20}"
    )
    assert msgspec.json.decode(await read(reply))["data"]


@in_loop
async def test_a_sound() -> None:
    kind, body = await ask("audio/speech", input="hello", voice="alloy")
    assert kind == "audio/wav"
    assert body[:4] == b"RIFF"


@in_loop
async def test_a_clip_is_ready_a_second_later() -> None:
    world = FakeWorld()
    responder = DemoResponder("demo", world)
    _, body = await ask("videos", world, prompt="a boat")
    job = msgspec.json.decode(body)
    assert (job["status"], job["object"]) == ("queued", "video")

    async def get(route: str) -> bytes:
        return await read(await responder.open(route, None))

    assert msgspec.json.decode(await get(f"videos/{job['id']}"))["status"] == "queued"
    world.tick(1_000)
    assert msgspec.json.decode(await get(f"videos/{job['id']}"))["status"] == "completed"
    assert (await get(f"videos/{job['id']}/content"))[4:8] == b"ftyp"


@pytest.mark.parametrize(
    ("route", "fields"),
    [
        ("audio/speech", {"input": "hello", "response_format": "mp3"}),
        ("images/generations", {"prompt": "x", "size": "20x20"}),
        ("images/generations", {"prompt": "x", "size": "9000x9000"}),
        ("images/generations", {"prompt": "x", "n": 11}),
        ("embeddings", {"input": "x"}),
    ],
)
def test_what_it_does_not_do_is_refused(route: str, fields: dict[str, Any]) -> None:
    @in_loop
    async def asked() -> None:
        with pytest.raises(UpstreamError) as caught:
            await ask(route, **fields)
        assert caught.value.code == "upstream_rejected"
        assert caught.value.detail

    asked()


@pytest.mark.parametrize("route", ["videos/demo-1", "videos/other", "images/generations", "videos"])
def test_a_clip_that_is_not_there(route: str) -> None:
    @in_loop
    async def asked() -> None:
        with pytest.raises(UpstreamError) as caught:
            await DemoResponder("demo", FakeWorld()).open(route, None)
        assert caught.value.code == "upstream_rejected"

    asked()
