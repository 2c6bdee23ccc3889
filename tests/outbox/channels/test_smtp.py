"""Mail on its way to a real server: encrypted, signed in, bounded, and never twice to anybody."""

from email.message import EmailMessage
from typing import Any

import pytest
from msgspec.structs import replace
from tests.outbox.servers import HOST, PASSWORD, USER, Tls, dawdler, free_port, mailbox

from hegui.config import Mail
from hegui.outbox import OutboxError
from hegui.outbox.channels.smtp import Smtp

SENDER = "hegui@example.com"
TO = ["one@example.com", "two@example.com"]


def letter() -> EmailMessage:
    made = EmailMessage()
    made["Subject"] = "快到期了"
    made["From"] = SENDER
    made.set_content(".\n一个点开头\n", cte="base64")
    return made


def way(port: int, tls: Tls, *, password: str = "", whole: float = 20, **settings: Any) -> Smtp:
    made = replace(Mail(host=HOST, port=port, sender=SENDER), **settings)
    return Smtp(made, password, tls.client, whole)


def failed(send: Smtp, *, partly: bool = False) -> str:
    with pytest.raises(OutboxError) as caught:
        send(letter(), TO, partly)
    assert not any(one in str(caught.value) for one in (*TO, PASSWORD))
    return caught.value.code


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_a_letter_arrives_encrypted_and_whole(tls: Tls, security: str) -> None:
    with mailbox(tls, at_once=security == "tls") as box:
        way(box.port, tls, security=security)(letter(), TO, False)
    (got,) = box.post.got
    assert (got.mail_from, got.rcpt_tos) == (SENDER, TO)
    assert got.content.isascii()


def test_who_must_sign_in_does(tls: Tls) -> None:
    with mailbox(tls) as box:
        way(box.port, tls, user=USER, password=PASSWORD)(letter(), TO, False)
        for wrong in ("guess", "密码"):  # the second can't even be said
            assert failed(way(box.port, tls, user=USER, password=wrong)) == "mail_sign_in"
    assert len(box.post.got) == 1


def test_without_encryption_nothing_is_said(tls: Tls) -> None:
    with mailbox(None) as box:
        assert failed(way(box.port, tls)) == "mail_insecure"
        assert failed(way(box.port, tls, user=USER, password=PASSWORD)) == "mail_insecure"
    assert box.post.got == []


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_a_certificate_that_nobody_vouches_for_is_refused(tls: Tls, security: str) -> None:
    with mailbox(tls, at_once=security == "tls") as box:
        send = Smtp(Mail(host=HOST, port=box.port, sender=SENDER, security=security), "")  # type: ignore[arg-type]
        assert failed(send) == "mail_unreachable"
        # The name is held against the certificate, too.
        elsewhere = way(box.port, tls, security=security, host="127.0.0.1")
        assert failed(elsewhere) == "mail_unreachable"
    assert box.post.got == []


def test_one_that_is_refused_for_good_holds_up_no_other(tls: Tls) -> None:
    with mailbox(tls) as box:
        box.post.answers = {TO[0]: "550 no such box"}
        way(box.port, tls)(letter(), TO, False)
        assert [one.rcpt_tos for one in box.post.got] == [[TO[1]]]
        box.post.answers = dict.fromkeys(TO, "550 no such box")
        assert failed(way(box.port, tls)) == "mail_refused"


def test_one_that_is_refused_for_now_is_waited_for_and_not_for_ever(tls: Tls) -> None:
    with mailbox(tls) as box:
        box.post.answers = {TO[0]: "451 later"}
        assert failed(way(box.port, tls)) == "mail_deferred"
        assert box.post.got == [], "else the other would get it again"
        way(box.port, tls)(letter(), TO, True)
        assert [one.rcpt_tos for one in box.post.got] == [[TO[1]]]
        box.post.answers = dict.fromkeys(TO, "451 later")
        assert failed(way(box.port, tls), partly=True) == "mail_deferred"


def test_a_server_that_is_gone_without_goodbye_took_it_all_the_same(tls: Tls) -> None:
    with mailbox(tls) as box:
        box.post.quits = False
        way(box.port, tls)(letter(), TO, False)
    assert len(box.post.got) == 1


def test_nobody_there_and_one_that_dawdles(tls: Tls) -> None:
    assert failed(way(free_port(), tls)) == "mail_unreachable"
    with dawdler(b"2") as port:
        assert failed(way(port, tls, whole=0.2)) == "mail_unreachable"
    with dawdler(b"421 too busy\r\n") as port:
        assert failed(way(port, tls)) == "mail_unreachable"
