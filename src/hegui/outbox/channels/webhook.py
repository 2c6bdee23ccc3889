"""The channel ``webhook``: a signed POST to a program of the provider's own."""

import hashlib
import hmac
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

import msgspec

from hegui import __version__
from hegui.outbox.errors import OutboxError
from hegui.outbox.letters import Letter, wanted
from hegui.outbox.outbox import Channel, Message, Needed
from hegui.store import Store
from hegui.world import BEIJING

#: Posts a body with headers and gives the status of the answer.
Send = Callable[[bytes, Mapping[str, str]], int]


def webhook(key: bytes, url: str, needed: Needed, send: Send) -> Channel:
    """The channel; nothing is sent of what needs nobody any more.

    Args:
        key: what the signature is made with.
        url: the console's address, without a slash at its end.
        needed: whether a message still needs somebody.
        send: the way out.
    """

    def tell(store: Store, message: Message, at: int) -> None:
        told = wanted(store, message, needed)
        if told is None:
            return
        body = msgspec.json.encode(_body(told, url))
        headers = {
            "Content-Type": "application/json",
            "User-Agent": f"hegui/{__version__}",
            "Idempotency-Key": told.id,
            "Hegui-Signature": signature(key, at // 1000, body),
        }
        status = send(body, headers)
        if not 200 <= status < 300:
            raise OutboxError(
                "webhook_refused",
                zh=f"webhook 的应答是 {status}，不是 2xx；稍后会再试。不跟随转向，"
                "请检查 webhook.url 和对方的日志。",
                en=f"The webhook answered {status}, not 2xx; it is tried again later. Redirects "
                "are not followed; check webhook.url and the receiver's log.",
            )

    return tell


def signature(key: bytes, at: int, body: bytes) -> str:
    """The header that shows who sent a body and when.

    Args:
        key: shared with the receiver.
        at: seconds since 1970, UTC.
        body: as it is sent.

    Returns:
        ``t=AT,v1=HEX``: HMAC-SHA256 over the time in decimal, a full stop and the body.
    """
    signed = hmac.digest(key, f"{at}.".encode() + body, hashlib.sha256)
    return f"t={at},v1={signed.hex()}"


def _body(told: Letter, url: str) -> dict[str, Any]:
    due = None
    if told.due is not None:
        due = datetime.fromtimestamp(told.due // 1000, BEIJING).isoformat()
    return {
        "id": told.id,
        "topic": told.topic,
        "subject": told.subject,
        "title": {"zh": told.title.zh, "en": told.title.en},
        "due": due,
        "link": url + told.path,
    }
