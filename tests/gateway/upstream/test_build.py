"""From settings to upstreams, and the whole way to a real socket."""

from pathlib import Path

import msgspec
import pytest
from tests.gateway.upstream.loop import ROUTE, in_loop, read
from tests.simulator import ModelServer
from tests.world import FakeWorld

from hegui.config.model import Recipient, Upstream
from hegui.gateway.errors import GatewayError
from hegui.gateway.upstream import build_pool


def body(model: str) -> bytes:
    return msgspec.json.encode(
        {"model": model, "messages": [{"role": "user", "content": "hello"}], "stream": True}
    )


@in_loop
async def test_the_demo_responder_needs_nothing() -> None:
    pool = build_pool([Upstream(name="demo", kind="responder")], FakeWorld())
    assert pool.models == ["demo"]
    assert pool.model_owner("demo") == "demo responder, not an AI model"
    assert b"[DONE]" in await read(await pool.open("demo", ROUTE, body))
    await pool.aclose()


def test_no_operator_hides_what_the_responder_is() -> None:
    settings = Upstream(name="demo", kind="responder", recipient=Recipient(operator="ACME"))
    assert build_pool([settings], FakeWorld()).model_owner("demo").startswith("demo responder")


def test_owners_are_the_operator_else_the_name() -> None:
    pool = build_pool(
        [
            Upstream(name="a", base_url="http://a/v1", models={"x": "x"}),
            Upstream(
                name="b",
                base_url="http://b/v1",
                models={"y": "y"},
                recipient=Recipient(operator="B Ltd"),
            ),
        ],
        FakeWorld(),
    )
    assert [pool.model_owner(model) for model in pool.models] == ["a", "B Ltd"]


def test_a_missing_key_file_is_told_at_start(tmp_path: Path) -> None:
    settings = Upstream(name="a", base_url="http://a/v1", key_file=str(tmp_path / "none"))
    with pytest.raises(GatewayError, match="upstream_key_missing"):
        build_pool([settings], FakeWorld())


@in_loop
async def test_fail_over_to_a_second_server_with_its_key_and_model(tmp_path: Path) -> None:
    (tmp_path / "key").write_text("sk-2\n")
    with ModelServer() as first, ModelServer() as second:
        pool = build_pool(
            [
                Upstream(name="one", base_url=first.url, models={"chat": "status-500"}),
                Upstream(
                    name="two",
                    base_url=second.url,
                    models={"chat": "normal"},
                    key_file=str(tmp_path / "key"),
                ),
            ],
            FakeWorld(),
        )
        reply = await pool.open("chat", ROUTE, body)
        assert reply.upstream == "two"
        assert (await read(reply)).endswith(b"[DONE]\n\n")
        await pool.aclose()
    assert first.asked[0].model == "status-500"
    assert second.asked[0].headers["authorization"] == "Bearer sk-2"
