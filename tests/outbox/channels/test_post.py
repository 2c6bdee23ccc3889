"""A post on its way to a real server: bounded, encrypted where asked, no redirect followed."""

import pytest
from tests.outbox.servers import HOST, Tls, dawdler, free_port, hook

from hegui.outbox import OutboxError
from hegui.outbox.channels.post import Post


def failed(send: Post) -> str:
    with pytest.raises(OutboxError) as caught:
        send(b"{}", {})
    return caught.value.code


def test_it_arrives_as_it_was_given() -> None:
    with hook() as web:
        status = Post(f"http://{HOST}:{web.port}/in/box")(b"body", {"Idempotency-Key": "k"})
    assert status == 204
    ((path, headers, body),) = web.got
    assert (path, headers["Idempotency-Key"], body) == ("/in/box", "k", b"body")


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_a_redirect_is_an_answer_and_no_way(status: int) -> None:
    with hook() as web:
        web.status = status
        assert Post(f"http://{HOST}:{web.port}")(b"", {}) == status
    assert [path for path, _, _ in web.got] == ["/"]


def test_an_answer_without_end_is_not_read() -> None:
    with hook() as web:
        web.endless = True
        assert Post(f"http://{HOST}:{web.port}", whole=20)(b"", {}) == 204


def test_encryption_with_a_certificate_that_somebody_vouches_for(tls: Tls) -> None:
    with hook(tls) as web:
        assert Post(f"https://{HOST}:{web.port}", tls.client)(b"", {}) == 204
        assert failed(Post(f"https://{HOST}:{web.port}")) == "webhook_unreachable"
        assert failed(Post(f"https://127.0.0.1:{web.port}", tls.client)) == "webhook_unreachable"


def test_a_proxy_of_the_environment_is_passed_by(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", f"http://{HOST}:{free_port()}")
    with hook() as web:
        assert Post(f"http://{HOST}:{web.port}")(b"", {}) == 204


@pytest.mark.parametrize("said", [b"H", b"X-Y: z\r\n"])
def test_nobody_there_and_one_that_dawdles(said: bytes) -> None:
    assert failed(Post(f"http://{HOST}:{free_port()}")) == "webhook_unreachable"
    with dawdler(said) as port:
        assert failed(Post(f"http://{HOST}:{port}", whole=0.2)) == "webhook_unreachable"
