"""Named bad inputs: each gets a clear error, a record where one is due, and never a 500."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from tests.gateway.client import Answer, Client
from tests.service import hegui

from hegui.people import Reasons, api_keys, applications, persons
from hegui.store import Store
from hegui.world import RealWorld

CHAT = "/v1/chat/completions"
ASK: dict[str, Any] = {"model": "normal", "messages": [{"role": "user", "content": "hi"}]}
Case = Callable[[Client], Answer]


def body(**more: Any) -> bytes:
    return json.dumps({**ASK, **more}).encode()


def sent(data: bytes) -> Case:
    return lambda client: client.post(CHAT, data)


def headed(**headers: str | None) -> Case:
    """A good body with other headers; none leaves one out."""

    def case(client: Client) -> Answer:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        merged = {**client.headers, **named}
        return client.post(CHAT, body(), {k: v for k, v in merged.items() if v is not None})

    return case


def asked(method: str, path: str) -> Case:
    data = body() if method == "POST" else None
    return lambda client: client.request(method, path, data, client.headers)


def bare(request: Callable[[Client], bytes]) -> Case:
    """Bytes on a bare connection."""

    def case(client: Client) -> Answer:
        head, _, rest = client.raw(request(client)).partition(b"\r\n\r\n")
        return Answer(int(head.split(b" ")[1]), {}, rest)

    return case


def head(client: Client, *lines: str) -> bytes:
    token = f"Authorization: Bearer {client.service.key}"
    return "\r\n".join(
        [f"POST {CHAT} HTTP/1.1", "Host: x", token, "Hegui-Person: reader-1", *lines, "", ""]
    ).encode()


def model(name: str, **more: Any) -> Case:
    return lambda client: client.chat("hi", name, **more)


@contextmanager
def opened(client: Client) -> Iterator[Store]:
    config = (client.service.home / "hegui.toml").read_text()
    store = Store.open(
        json.loads(config.split("[data]\nurl = ")[1].split("\n")[0]), world=RealWorld()
    )
    try:
        yield store
    finally:
        store.close()


def revoked(client: Client) -> Answer:
    made = json.loads(hegui(client.service.env, "keys", "create", "demo", "--json").stdout)
    assert hegui(client.service.env, "keys", "revoke", made["id"]).returncode == 0
    return headed(Authorization=f"Bearer {made['key']}")(client)


def expired(client: Client) -> Answer:
    with opened(client) as store:
        demo = next(a for a in applications.list_applications(store) if a.name == "demo")
        _, secret = api_keys.create_key(store, RealWorld(), demo, expires=1)
    return headed(Authorization=f"Bearer {secret}")(client)


def suspended(client: Client) -> Answer:
    other = Client(client.service, "reader-suspended").accepted()
    reasons = Reasons(
        ground="incompatible_content",
        reference="§4",
        category="fraud_malware",
        facts="sold accounts",
        automated_detection=False,
        automated_decision="not_automated",
        scope="generation",
        territory=("CN",),
        applied=1,
        ends=None,
        redress="write to test@provider.example",
    )
    with opened(client) as store:
        demo = next(a for a in applications.list_applications(store) if a.name == "demo")
        person = persons.find(store, demo.id, "reader-suspended")
        assert person is not None
        if person.suspended is None:
            persons.suspend(store, RealWorld(), person.id, reasons)
    answer = Answer(200, {}, b"")
    for _ in range(100):  # the gateway takes a suspension in within a second
        answer = other.chat("hi")
        if answer.status != 200:
            break
    assert answer.json["error"]["hegui"]["reasons"]["facts"] == "sold accounts"
    return answer


DEEP: Any = "x"
for _ in range(50):
    DEEP = [DEEP]

CASES: dict[str, tuple[Case, int, str]] = {
    "no key": (headed(Authorization=None), 401, "key_missing"),
    "a key that is not bearer": (headed(Authorization="Basic abc"), 401, "key_missing"),
    "a wrong key": (headed(Authorization="Bearer hg-nope"), 401, "key_invalid"),
    "a revoked key": (revoked, 401, "key_revoked"),
    "an expired key": (expired, 401, "key_expired"),
    "no person": (headed(Hegui_Person=None), 400, "person_required"),
    "a mobile number": (headed(Hegui_Person="13800138000"), 400, "person_not_pseudonym"),
    "a foreign number": (headed(Hegui_Person="+44 20 7946 0958"), 400, "person_not_pseudonym"),
    "an e-mail": (headed(Hegui_Person="li.lei@mail.example"), 400, "person_not_pseudonym"),
    "a resident ID": (headed(Hegui_Person="11010519491231002X"), 400, "person_not_pseudonym"),
    "a pseudonym too long": (headed(Hegui_Person="x" * 129), 400, "person_malformed"),
    "a pseudonym with a tab": (headed(Hegui_Person="a\tb"), 400, "person_malformed"),
    "a person not UTF-8": (headed(Hegui_Person="\xff\xfe"), 400, "header_unreadable"),
    "no agreement yet": (headed(Hegui_Person="never-agreed"), 403, "agreement_required"),
    "a suspended person": (suspended, 403, "person_suspended"),
    "embeddings": (asked("POST", "/v1/embeddings"), 404, "not_found"),
    "the old completions": (asked("POST", "/v1/completions"), 404, "not_found"),
    "responses": (asked("POST", "/v1/responses"), 404, "not_found"),
    "a path that climbs": (asked("POST", "/v1/../v1/files"), 404, "not_found"),
    "reading a chat": (asked("GET", CHAT), 404, "not_found"),
    "writing models": (asked("POST", "/v1/models"), 404, "not_found"),
    "an unknown model": (model("no-such"), 404, "model_not_found"),
    "an empty body": (sent(b""), 400, "json_invalid"),
    "broken JSON": (sent(b'{"model": "demo",'), 400, "json_invalid"),
    "invalid UTF-8": (sent(b'{"model": "\xff"}'), 400, "json_invalid"),
    "a list for a body": (sent(b"[]"), 400, "field_wrong"),
    "no messages": (sent(b'{"model": "demo"}'), 400, "field_missing"),
    "no model": (sent(b'{"messages": []}'), 400, "field_missing"),
    "messages of text": (sent(body(messages="hi")), 400, "field_wrong"),
    "content a number": (sent(body(messages=[{"role": "user", "content": 1}])), 400, "field_wrong"),
    "stream a word": (sent(body(stream="yes")), 400, "field_wrong"),
    "a thousand choices": (sent(body(n=1000)), 400, "field_wrong"),
    "nesting too deep": (sent(body(odd=DEEP)), 400, "too_deep"),
    "nesting without end": (sent(b'{"a":' + b"[" * 90_000), 400, "too_deep"),
    "a packed body": (sent(b"\x1f\x8b\x08\x00packed"), 400, "json_invalid"),
    "a body of 50 MB": (
        bare(lambda c: head(c, "Content-Length: 50000000") + b"x" * 1000),
        413,
        "body_too_large",
    ),
    "a large body in pieces": (
        bare(
            lambda c: (
                head(c, "Transfer-Encoding: chunked") + (b"8000\r\n" + b"x" * 0x8000 + b"\r\n") * 8
            )
        ),
        413,
        "body_too_large",
    ),
    "a body that never comes": (
        bare(lambda c: head(c, "Content-Length: 10") + b"{"),
        408,
        "body_slow",
    ),
    "a head too large": (
        bare(lambda c: head(c, "X-Filler: " + "x" * 40_000)[:-4]),
        431,
        "head_too_large",
    ),
    "not HTTP": (bare(lambda _: b"SSH-2.0-OpenSSH_9.2\r\n\r\n"), 400, "not_http"),
    "two lengths": (
        bare(lambda c: head(c, "Content-Length: 5", "Content-Length: 6") + b"hello!"),
        400,
        "not_http",
    ),
    "two persons": (
        bare(lambda c: head(c, "Hegui-Person: reader-2", "Content-Length: 2") + b"{}"),
        400,
        "header_repeated",
    ),
    "two keys": (
        bare(lambda c: head(c, "Authorization: Bearer x", "Content-Length: 2") + b"{}"),
        400,
        "header_repeated",
    ),
    "raw output undeclared": (headed(Hegui_Output="raw"), 400, "raw_not_declared"),
    "a listed word": (lambda c: c.chat("请写 禁止的词语"), 400, "content_filter"),
    "a dead server": (model("dead"), 502, "upstream_unreachable"),
    "a server that refuses": (model("status-400"), 400, "upstream_rejected"),
    "a server that knows no key": (model("status-401"), 502, "upstream_auth"),
    "a server that has enough": (model("status-429"), 429, "upstream_busy"),
    "a server that fails": (model("status-500"), 502, "upstream_failed"),
    "a server that redirects": (model("status-302"), 502, "upstream_failed"),
    "a silent server": (model("silent"), 504, "upstream_timeout"),
    "a server that hangs up": (model("closes"), 502, "upstream_failed"),
    "a server that is none": (model("not-http"), 502, "upstream_failed"),
    "an empty answer": (model("empty"), 502, "upstream_failed"),
    "a stream for a whole answer": (model("cut"), 502, "upstream_broken"),
    "a whole answer for a stream": (model("status-400", stream=True), 400, "upstream_rejected"),
}


@pytest.mark.parametrize("name", CASES)
def test_each_is_told_what_is_wrong(client: Client, name: str) -> None:
    case, status, code = CASES[name]
    answer = case(client)
    assert (answer.status, answer.code) == (status, code), answer.body
    error = answer.json["error"]
    assert error["type"]
    assert error["hegui"]["zh"]
    assert error["hegui"]["en"]


BROKEN = {
    "breaks": "upstream_broken",
    "hangs": "upstream_timeout",
    "cut": "upstream_broken",
    "bad-json": "upstream_broken",
    "bad-utf8": "upstream_broken",
    "huge-event": "upstream_broken",
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_stream_that_breaks_ends_in_an_error_and_a_record(client: Client, name: str) -> None:
    answer = client.chat("hi", name, stream=True)
    assert answer.status == 200
    frames = [f for f in answer.body.decode().split("\n\n") if f]
    assert frames[-1] == "data: [DONE]"
    last = json.loads(frames[-2][6:])
    assert last["error"]["code"] == BROKEN[name]
    assert last["AIGC"]["Label"] == "1"
    admitted, failed = client.evidence(answer.headers["hegui-generation"])
    assert (admitted.__struct_config__.tag, failed.__struct_config__.tag) == (
        "generation.admitted",
        "generation.failed",
    )
    assert failed.code == BROKEN[name]
    assert failed.chars > 0


@pytest.mark.parametrize("name", ["dead", "status-400", "silent", "cut"])
def test_a_failure_before_the_answer_is_on_record(client: Client, name: str) -> None:
    answer = client.chat("hi", name)
    generation = answer.json["error"]["hegui"]["generation"]
    _, failed = client.evidence(generation)
    assert failed.code == answer.code


def test_the_servers_own_words_come_along_if_they_pass(client: Client) -> None:
    told = client.chat("hi", "status-400").json["error"]["hegui"]
    assert told["upstream"] == "temperature must be between 0 and 2"
