"""Posts to a program: what it says, signed, with the same id at every try."""

import hashlib
import hmac
import json
from typing import Any

import pytest
from tests.outbox.rows import DUTY, rows, started
from tests.outbox.servers import HOST, hook
from tests.world import FakeWorld

from hegui.outbox import Message, OutboxError, outbox
from hegui.outbox.channels import console
from hegui.outbox.channels.post import Post
from hegui.outbox.channels.webhook import signature, webhook
from hegui.outbox.outbox import Channel, Delivered
from hegui.store import Store, tables

KEY = b"k" * 32
URL = "https://desk.example"


def channel(port: int, needed: bool = True) -> Channel:
    send = Post(f"http://{HOST}:{port}/in", whole=20)
    return webhook(KEY, URL, lambda _conn, _message: needed, send)


def always(*_: object) -> bool:
    return True


def verified(headers: dict[str, str], body: bytes) -> dict[str, Any]:
    """What a receiver would do, by the page of the docs alone."""
    parts = dict(part.split("=", 1) for part in headers["Hegui-Signature"].split(","))
    signed = hmac.new(KEY, parts["t"].encode() + b"." + body, hashlib.sha256).hexdigest()
    assert hmac.compare_digest(signed, parts["v1"])
    return {"t": int(parts["t"]), **json.loads(body)}


def test_it_says_what_which_when_and_where(store: Store, world: FakeWorld) -> None:
    started(store, world, at=1_770_688_800_000)  # 10 February 2026, 10:00 in Beijing
    with hook() as web:
        message = Message(id="1" * 32, topic="clock.before", subject=DUTY)
        channel(web.port)(store, message, world.now())
    ((path, headers, body),) = web.got
    assert path == "/in"
    assert headers["Content-Type"] == "application/json"
    assert headers["Idempotency-Key"] == "1" * 32
    said = verified(headers, body)
    assert said.pop("t") == world.now() // 1000
    title = said.pop("title")
    assert "快到期了" in title["zh"]
    assert title["en"].startswith("Due soon: ")
    assert said == {
        "id": "1" * 32,
        "topic": "clock.before",
        "subject": DUTY,
        "due": "2026-03-09T23:59:59+08:00",
        "link": f"{URL}/law/duties/{DUTY}",
    }


def test_without_a_deadline_due_is_null(store: Store) -> None:
    with hook() as web:
        channel(web.port)(store, Message(id="1" * 32, topic="t", subject=DUTY), 0)
    assert json.loads(web.got[0][2])["due"] is None


def test_the_signature_is_as_documented() -> None:
    """Reckoned with: printf '1767585600.{}' | openssl dgst -sha256 -hmac kkkk… (32)."""
    assert signature(KEY, 1_767_585_600, b"{}") == (
        "t=1767585600,v1=24462dab72e8e275266773944d293e5890eb98c2f0e12d080cb60ebebc75a8cc"
    )


@pytest.mark.parametrize("status", [199, 300, 302, 400, 410, 500, 503])
def test_all_but_2xx_is_a_failure(store: Store, status: int) -> None:
    def answers(_body: bytes, _headers: object) -> int:
        return status

    told = webhook(KEY, URL, always, answers)
    with pytest.raises(OutboxError) as caught:
        told(store, Message(id="1" * 32, topic="t", subject=DUTY), 0)
    assert caught.value.code == "webhook_refused"
    assert str(status) in caught.value.zh


def test_what_needs_nobody_any_more_is_not_sent(store: Store) -> None:
    with hook() as web:
        channel(web.port, needed=False)(store, Message(id="1" * 32, topic="t", subject=DUTY), 0)
    assert web.got == []


def test_it_comes_through_the_outbox_and_no_more_than_once(store: Store, world: FakeWorld) -> None:
    with store.begin() as conn:
        outbox.write(conn, world, topic="clock.due", subject=DUTY, at=world.now())
    outbox.deliver(store, world, outbox.CONSOLE, console(always), ("webhook",))
    with hook() as web:
        web.status = 503
        assert outbox.deliver(store, world, "webhook", channel(web.port)) == Delivered(0, 1)
        (row,) = [row for row in rows(store, tables.outbox) if row.channel == "webhook"]
        assert row.failed == "webhook_refused"
        world.at, web.status = row.next, 200
        assert outbox.deliver(store, world, "webhook", channel(web.port)) == Delivered(1, 0)
        world.tick(outbox.LONGEST_WAIT_MS)
        assert outbox.deliver(store, world, "webhook", channel(web.port)) == Delivered(0, 0)
    first, second = (verified(headers, body) for _, headers, body in web.got)
    assert {headers["Idempotency-Key"] for _, headers, _ in web.got} == {row.id}
    assert first.pop("t") < second.pop("t"), "a try has its own time, so that none can be replayed"
    assert first == second
