"""Letters to the staff: Chinese first, plain, to those whose work it is, once."""

from collections.abc import Sequence
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
from msgspec.structs import replace
from tests.outbox.rows import DUTY, rows, started
from tests.outbox.servers import HOST, Tls, free_port, mailbox
from tests.world import FakeWorld

from hegui.config import Mail, MailTo
from hegui.outbox import Message, outbox
from hegui.outbox.channels import console
from hegui.outbox.channels.mail import PATIENT, addresses, mail
from hegui.outbox.channels.smtp import Smtp
from hegui.outbox.outbox import Channel, Delivered
from hegui.store import Store, tables

SETTINGS = Mail(
    host=HOST,
    sender="hegui@example.com",
    to=MailTo(owner=["owner@example.com"], officer=["officer@example.com", "owner@example.com"]),
)
URL = "https://desk.example"


class Out:
    """A way out that keeps what it gets."""

    def __init__(self) -> None:
        self.got: list[tuple[EmailMessage, Sequence[str], bool]] = []

    def __call__(self, letter: EmailMessage, to: Sequence[str], partly: bool) -> None:
        self.got.append((letter, to, partly))


def always(*_: object) -> bool:
    return True


def channel(send: Smtp | Out, needed: bool = True) -> Channel:
    return mail(SETTINGS, "合规演示", URL, lambda _conn, _message: needed, send)


def message(tries: int = 0) -> Message:
    return Message(id="0" * 32, topic="clock.before", subject=DUTY, tries=tries)


def test_the_letter_says_what_which_when_and_where(store: Store, world: FakeWorld) -> None:
    started(store, world, at=1_770_688_800_000)  # 10 February 2026, 10:00 in Beijing
    out = Out()
    channel(out)(store, message(), world.now())
    ((letter, to, _),) = out.got
    raw = letter.as_bytes()
    assert raw.isascii(), "no server on the way needs to know of Chinese"
    assert b"\r\n" in raw
    read = message_from_bytes(raw, policy=policy.default)
    assert str(read["Subject"]).startswith("[合规演示] 暂行办法第九条")
    assert "快到期了 / Due soon: the Measures" in str(read["Subject"])
    assert (read["From"], read["To"]) == (SETTINGS.sender, ", ".join(to))
    assert read["Message-ID"] == f"<{'0' * 32}@example.com>"
    assert read["Auto-Submitted"] == "auto-generated"
    assert str(read["Date"]) == "Mon, 05 Jan 2026 04:00:00 +0000"
    body = read.get_content().replace("\r\n", "\n")
    chinese, english, foot = body.split("\n\n")
    assert chinese.splitlines()[1] == "期限：2026-03-09 23:59（北京时间）"
    assert english.splitlines()[1] == "Due: 2026-03-09 23:59, Beijing time"
    for part in (chinese, english):
        assert f"{URL}/law/duties/{DUTY}" in part
    assert foot == "-- \n合规演示\n"


def test_without_a_deadline_none_is_named(store: Store) -> None:
    out = Out()
    channel(out)(store, message(), 0)
    assert "期限：" not in out.got[0][0].get_content()
    assert "Due:" not in out.got[0][0].get_content()


def test_a_title_of_several_lines_makes_no_header(store: Store) -> None:
    out = Out()
    made = mail(SETTINGS, "two\r\nBcc: all@example.com", URL, always, out)
    made(store, message(), 0)
    letter = out.got[0][0]
    assert letter["Bcc"] is None
    assert "\n" not in str(letter["Subject"])


def test_what_needs_nobody_any_more_is_not_sent(store: Store) -> None:
    out = Out()
    channel(out, needed=False)(store, message(), 0)
    assert out.got == []


def test_after_some_tries_it_goes_to_whom_it_can(store: Store) -> None:
    out = Out()
    for tries in range(PATIENT + 1):
        channel(out)(store, message(tries), 0)
    assert [partly for _, _, partly in out.got] == [False] * PATIENT + [True]


@pytest.mark.parametrize(
    ("roles", "found"),
    [
        (("owner", "officer"), ["owner@example.com", "officer@example.com"]),
        (("owner", "reviewer"), ["owner@example.com"]),
        (("reviewer",), ["owner@example.com", "officer@example.com"]),
    ],
)
def test_it_goes_to_those_whose_work_it_is_each_once(
    roles: tuple[str, ...], found: list[str]
) -> None:
    assert addresses(SETTINGS.to, roles) == found


def test_it_comes_through_the_outbox_to_a_real_server_once(
    store: Store, world: FakeWorld, tls: Tls
) -> None:
    with store.begin() as conn:
        outbox.write(conn, world, topic="clock.due", subject=DUTY, at=world.now())
    outbox.deliver(store, world, outbox.CONSOLE, console(always), ("mail",))

    def run(port: int) -> Delivered:
        send = Smtp(replace(SETTINGS, port=port), "", tls.client)
        return outbox.deliver(store, world, "mail", channel(send))

    assert run(free_port()) == Delivered(0, 1)
    (waiting,) = [row for row in rows(store, tables.outbox) if row.channel == "mail"]
    assert (waiting.failed, waiting.sent, waiting.tries) == ("mail_unreachable", None, 1)
    with mailbox(tls) as box:
        assert run(box.port) == Delivered(0, 0), "its time has not come"
        world.at = waiting.next
        assert run(box.port) == Delivered(1, 0)
        world.tick(outbox.LONGEST_WAIT_MS)
        assert run(box.port) == Delivered(0, 0)
    (got,) = box.post.got
    assert message_from_bytes(got.content)["Message-ID"] == f"<{waiting.id}@example.com>"
    (sent,) = [row for row in rows(store, tables.outbox) if row.channel == "mail"]
    assert (sent.sent, sent.tries) == (waiting.next, 2)
