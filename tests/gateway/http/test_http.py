"""The API's transport: what HTTP/1.1 asks of a server, and what it must survive."""

import asyncio
import re
import socket
from collections.abc import Awaitable, Callable

import pytest
import uvloop

from hegui.gateway.alarms import Alarms
from hegui.gateway.deadline import Deadline
from hegui.gateway.http import Exchange, ReaderLeft, Server

PLAIN = [(b"content-type", b"text/plain")]
App = Callable[[Exchange], Awaitable[None]]
_DATE = re.compile(rb"\r\ndate: [^\r]+ GMT\r\n")


async def echo(exchange: Exchange) -> None:
    """Answers with the method, the target and the body."""
    body = b""
    while not exchange.whole:
        body += await exchange.read()
    body += await exchange.read()
    said = b"%b %b %b" % (exchange.method.encode(), exchange.target, body)
    await exchange.answer(200, PLAIN, said)


class Client:
    """A connection of which each byte is chosen."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.reader, self.writer = reader, writer

    def send(self, data: bytes) -> None:
        self.writer.write(data)

    async def answer(self) -> tuple[bytes, bytes]:
        """The head of the next answer, without its date, and its body by its length."""
        head = await asyncio.wait_for(self.reader.readuntil(b"\r\n\r\n"), 10)
        assert _DATE.search(head) or head.startswith((b"HTTP/1.1 100", b"HTTP/1.1 4"))
        head = _DATE.sub(b"\r\n", head)
        length = re.search(rb"content-length: (\d+)", head)
        body = await self.reader.readexactly(int(length[1])) if length else b""
        return head, body

    async def rest(self) -> bytes:
        """Everything until the server closes."""
        return await asyncio.wait_for(self.reader.read(), 10)


def talk(app: App, talking: Callable[[Client], Awaitable[None]], grace: float = 1.0) -> Server:
    """Serve ``app`` and talk to it over one connection."""

    async def run() -> Server:
        bound = socket.socket()
        bound.bind(("127.0.0.1", 0))
        address = bound.getsockname()
        server = Server(app, grace)
        serving = asyncio.create_task(server.serve(bound))
        while not server.started:
            await asyncio.sleep(0)
        client = Client(*await asyncio.open_connection(*address))
        try:
            await talking(client)
        finally:
            client.writer.close()
            server.stop()
            await serving
        assert not server.connections
        return server

    return uvloop.run(run())


ASK = b"POST /a?b=c HTTP/1.1\r\nHost: x\r\n"


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        (b"GET /a HTTP/1.1\r\nHost: x\r\n\r\n", b"GET /a "),
        (ASK + b"Content-Length: 5\r\n\r\nhello", b"POST /a?b=c hello"),
        (
            ASK
            + b"Transfer-Encoding: chunked\r\n\r\n2\r\nhe\r\n3;x=y\r\nllo\r\n0\r\nAn: end\r\n\r\n",
            b"POST /a?b=c hello",
        ),
        (b"GET http://x/a%20b?c HTTP/1.1\r\nHost: x\r\n\r\n", b"GET /a%20b?c "),
        (b"OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n", b"OPTIONS * "),
    ],
    ids=["no body", "a length", "chunks", "a whole address", "a star"],
)
@pytest.mark.parametrize("at_once", [True, False], ids=["at once", "byte by byte"])
def test_a_request_is_read_however_it_comes(sent: bytes, said: bytes, at_once: bool) -> None:
    async def talking(client: Client) -> None:
        for _ in range(2):  # the connection is kept
            if at_once:
                client.send(sent)
            else:
                for byte in sent:
                    client.send(bytes([byte]))
                    await asyncio.sleep(0)
            head, body = await client.answer()
            assert head.startswith(b"HTTP/1.1 200 OK\r\n")
            assert b"connection" not in head
            assert body == said

    talk(echo, talking)


def test_requests_sent_ahead_are_answered_in_their_order() -> None:
    async def slow_first(exchange: Exchange) -> None:
        if exchange.target == b"/0":
            await asyncio.sleep(0.05)
        await echo(exchange)

    async def talking(client: Client) -> None:
        client.send(
            b"".join(
                b"POST /%d HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\n\r\n%d" % (n, n)
                for n in range(5)
            )
        )
        for n in range(5):
            assert (await client.answer())[1] == b"POST /%d %d" % (n, n)

    talk(slow_first, talking)


def test_who_waits_to_be_asked_for_a_body_is_asked() -> None:
    async def talking(client: Client) -> None:
        client.send(ASK + b"Content-Length: 5\r\nExpect: 100-continue\r\n\r\n")
        assert (await client.answer())[0] == b"HTTP/1.1 100 Continue\r\n\r\n"
        client.send(b"hello")
        assert (await client.answer())[1] == b"POST /a?b=c hello"

    talk(echo, talking)


def test_who_is_refused_is_not_asked_for_the_body() -> None:
    async def refuse(exchange: Exchange) -> None:
        await exchange.answer(413, [(b"connection", b"close")], b"no")

    async def talking(client: Client) -> None:
        client.send(ASK + b"Content-Length: 5\r\nExpect: 100-continue\r\n\r\n")
        head, body = await client.answer()
        assert head.startswith(b"HTTP/1.1 413 ")
        assert body == b"no"
        assert await client.rest() == b""

    talk(refuse, talking)


def test_a_body_that_nobody_reads_is_passed_over_and_the_connection_kept() -> None:
    async def refuse(exchange: Exchange) -> None:
        await exchange.answer(401, PLAIN, b"no")

    async def talking(client: Client) -> None:
        for _ in range(2):
            client.send(ASK + b"Content-Length: 300000\r\n\r\n")
            assert (await client.answer())[1] == b"no"
            client.send(b"x" * 300_000)

    talk(refuse, talking)


def test_a_body_that_nobody_reads_has_an_end() -> None:
    async def refuse(exchange: Exchange) -> None:
        await exchange.answer(401, PLAIN, b"no")

    async def talking(client: Client) -> None:
        client.send(ASK + b"Content-Length: 300000000\r\n\r\n")
        await client.answer()

        async def send_on() -> None:
            for _ in range(100):
                client.send(b"x" * 1_000_000)
                await client.writer.drain()

        with pytest.raises(ConnectionError):
            await send_on()

    talk(refuse, talking)


def test_a_sender_waits_while_its_body_is_not_read() -> None:
    async def later(exchange: Exchange) -> None:
        await asyncio.sleep(0.2)
        assert sum(map(len, exchange._pieces)) < 1_000_000
        await echo(exchange)

    async def talking(client: Client) -> None:
        client.send(ASK + b"Content-Length: 20000000\r\n\r\n" + b"x" * 20_000_000)
        assert len((await client.answer())[1]) == 20_000_000 + len(b"POST /a?b=c ")

    talk(later, talking)


def test_a_stream_leaves_in_chunks_and_waits_for_a_slow_reader() -> None:
    written = []

    async def stream(exchange: Exchange) -> None:
        exchange.begin(200, PLAIN)
        for n in range(200):
            await exchange.write(b"%03d" % n * 100_000)
            written.append(n)
        exchange.end()

    async def talking(client: Client) -> None:
        client.send(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
        await asyncio.sleep(0.2)
        assert len(written) < 100
        head = await client.reader.readuntil(b"\r\n\r\n")
        assert b"transfer-encoding: chunked" in head
        for n in range(200):
            assert await client.reader.readexactly(7) == b"493e0\r\n"
            assert await client.reader.readexactly(300_002) == b"%03d" % n * 100_000 + b"\r\n"
        assert await client.reader.readexactly(5) == b"0\r\n\r\n"

    talk(stream, talking)


def test_an_old_client_gets_no_chunks_and_a_closed_connection() -> None:
    async def stream(exchange: Exchange) -> None:
        exchange.begin(200, PLAIN)
        await exchange.write(b"one ")
        await exchange.write(b"two")
        exchange.end()

    async def talking(client: Client) -> None:
        client.send(b"GET / HTTP/1.0\r\n\r\n")
        head, _, body = (await client.rest()).partition(b"\r\n\r\n")
        assert b"connection: close" in head
        assert b"chunked" not in head
        assert body == b"one two"

    talk(stream, talking)


@pytest.mark.parametrize("streamed", [False, True])
def test_head_gets_the_head_alone(streamed: bool) -> None:
    async def app(exchange: Exchange) -> None:
        if streamed:
            exchange.begin(200, PLAIN)
            await exchange.write(b"body")
            exchange.end()
        else:
            await exchange.answer(200, PLAIN, b"body")

    async def talking(client: Client) -> None:
        client.send(b"HEAD / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        head, _, body = (await client.rest()).partition(b"\r\n\r\n")
        assert (b"content-length: 4" in head) is not streamed
        assert body == b""

    talk(app, talking)


def test_a_long_answer_leaves_whole() -> None:
    body = bytes(range(256)) * 40_000

    async def app(exchange: Exchange) -> None:
        await exchange.answer(200, PLAIN, body)

    async def talking(client: Client) -> None:
        client.send(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
        await asyncio.sleep(0.1)
        assert (await client.answer())[1] == body

    talk(app, talking)


def test_an_app_that_fails_is_a_500_and_the_log_says_why(
    caplog: pytest.LogCaptureFixture,
) -> None:
    async def app(exchange: Exchange) -> None:
        raise RuntimeError("what went wrong")

    async def talking(client: Client) -> None:
        client.send(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
        head, body = await client.answer()
        assert head.startswith(b"HTTP/1.1 500 ")
        assert b'"internal"' in body
        assert b"wrong" not in body
        assert await client.rest() == b""

    talk(app, talking)
    assert "what went wrong" in caplog.text


def test_an_app_that_fails_within_a_stream_cuts_it() -> None:
    async def app(exchange: Exchange) -> None:
        exchange.begin(200, PLAIN)
        await exchange.write(b"begun")
        raise RuntimeError

    async def talking(client: Client) -> None:
        client.send(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
        assert (await client.rest()).endswith(b"5\r\nbegun\r\n")  # no last chunk

    talk(app, talking)


def test_what_is_no_request_behind_one_does_not_spoil_its_answer() -> None:
    async def slowly(exchange: Exchange) -> None:
        await asyncio.sleep(0.05)
        await echo(exchange)

    async def talking(client: Client) -> None:
        client.send(b"GET /a HTTP/1.1\r\nHost: x\r\n\r\nnonsense\r\n\r\n")
        assert (await client.answer())[1] == b"GET /a "
        assert await client.rest() == b""

    talk(slowly, talking)


def test_another_protocol_is_not_spoken() -> None:
    async def talking(client: Client) -> None:
        client.send(ASK + b"Upgrade: h2c\r\nConnection: Upgrade\r\n\r\n")
        head, body = await client.answer()
        assert b"connection: close" in head
        assert body == b"POST /a?b=c "

    async def with_a_body(client: Client) -> None:
        client.send(ASK + b"Upgrade: h2c\r\nConnection: Upgrade\r\nContent-Length: 2\r\n\r\nhi")
        assert b'"upgrade_refused"' in (await client.answer())[1]
        assert await client.rest() == b""

    talk(echo, talking)
    talk(echo, with_a_body)


@pytest.mark.parametrize("reading", [True, False], ids=["while reading", "while answering"])
def test_who_leaves_is_noticed_at_once(reading: bool) -> None:
    told: list[str] = []

    async def app(exchange: Exchange) -> None:
        if reading:
            try:
                while not exchange.whole:
                    await exchange.read()
            except ReaderLeft:
                told.append("left")
                raise
        left = asyncio.get_running_loop().create_future()
        exchange.on_leave = lambda: left.set_result(None)
        await left
        told.append("left")

    async def talking(client: Client) -> None:
        client.send(ASK + b"Content-Length: 5\r\n\r\n" + (b"" if reading else b"hello"))
        await asyncio.sleep(0.05)
        client.writer.transport.abort()
        while not told:
            await asyncio.sleep(0.005)

    talk(app, talking)
    assert told == ["left"]


def test_who_left_before_the_body_was_read_is_not_served() -> None:
    told: list[str] = []

    async def app(exchange: Exchange) -> None:
        while not exchange.gone:  # looking up the key takes so long
            await asyncio.sleep(0.005)
        assert exchange.whole
        try:
            await exchange.read()
        except ReaderLeft:
            told.append("left")
            raise
        told.append("served")

    async def talking(client: Client) -> None:
        client.send(ASK + b"Content-Length: 5\r\n\r\nhello")
        await asyncio.sleep(0.05)
        client.writer.transport.abort()
        while not told:
            await asyncio.sleep(0.005)

    talk(app, talking)
    assert told == ["left"]


def test_a_slow_head_and_an_unused_connection_are_closed(monkeypatch: pytest.MonkeyPatch) -> None:
    async def talking(client: Client) -> None:
        client.send(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
        await client.answer()
        client.send(b"GET / HT")
        assert await client.rest() == b""

    monkeypatch.setattr("hegui.gateway.http.server.HEAD_SECONDS", 0.05)
    talk(echo, talking)

    async def waiting(client: Client) -> None:
        client.send(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
        await client.answer()
        assert await client.rest() == b""

    monkeypatch.setattr("hegui.gateway.http.server._IDLE_SECONDS", 0.05)
    talk(echo, waiting)


@pytest.mark.parametrize("limit", ["HEAD_SECONDS", "_IDLE_SECONDS"])
def test_an_answer_may_take_longer_than_a_head_or_an_unused_connection(
    monkeypatch: pytest.MonkeyPatch, limit: str
) -> None:
    async def slowly(exchange: Exchange) -> None:
        await asyncio.sleep(0.12)
        await echo(exchange)

    async def talking(client: Client) -> None:
        for _ in range(2):
            client.send(ASK + b"Content-Length: 5\r\n\r\nhello")
            assert (await client.answer())[1] == b"POST /a?b=c hello"

    monkeypatch.setattr(f"hegui.gateway.http.server.{limit}", 0.05)
    talk(slowly, talking)


@pytest.mark.parametrize(
    "rest",
    [b"0\r\n" + b"X: y\r\n" * 20_000, b"0\r\nX: " + b"y" * 100_000, b"5;" + b"y" * 100_000],
    ids=["many fields behind a body", "a long one", "a long word beside a chunk's size"],
)
def test_what_frames_a_body_has_a_bound(rest: bytes) -> None:
    async def talking(client: Client) -> None:
        client.send(ASK + b"Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n")
        await asyncio.sleep(0.05)
        client.send(rest)
        assert b'"head_too_large"' in (await client.answer())[1]

    talk(echo, talking)


def test_what_fails_behind_its_answer_does_not_spoil_the_next(
    caplog: pytest.LogCaptureFixture,
) -> None:
    async def app(exchange: Exchange) -> None:
        await echo(exchange)
        await asyncio.sleep(0.02)
        raise RuntimeError("too late to tell")

    async def talking(client: Client) -> None:
        for n in range(3):
            client.send(b"GET /%d HTTP/1.1\r\nHost: x\r\n\r\n" % n)
            assert (await client.answer())[1] == b"GET /%d " % n

    talk(app, talking)
    assert caplog.text.count("not answered") >= 2


def test_a_limit_of_one_request_is_none_of_the_next() -> None:
    bodies = Alarms(0.05)

    async def app(exchange: Exchange) -> None:
        try:
            with Deadline(bodies):
                while not exchange.whole:
                    await exchange.read()
        except TimeoutError:
            await exchange.answer(408, PLAIN, b"slow")
        else:
            await asyncio.sleep(0.1)
            await echo(exchange)

    async def talking(client: Client) -> None:
        for _ in range(2):
            client.send(ASK + b"Content-Length: 2\r\n\r\n1")
            assert (await client.answer())[1] == b"slow"
            client.send(b"2" + ASK + b"Content-Length: 0\r\n\r\n")
            assert (await client.answer())[1] == b"POST /a?b=c "

    talk(app, talking)


@pytest.mark.parametrize("ends", [True, False], ids=["one that ends", "one that does not"])
def test_a_stop_lets_answers_end_for_a_while(ends: bool) -> None:
    async def run() -> bytes:
        async def app(exchange: Exchange) -> None:
            begun.set()
            await asyncio.sleep(0.1 if ends else 60)
            await echo(exchange)

        begun = asyncio.Event()
        bound = socket.socket()
        bound.bind(("127.0.0.1", 0))
        address = bound.getsockname()
        server = Server(app, grace=5 if ends else 0.05)
        serving = asyncio.create_task(server.serve(bound))
        while not server.started:
            await asyncio.sleep(0)
        reader, writer = await asyncio.open_connection(*address)
        idle, other = await asyncio.open_connection(*address)
        writer.write(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
        await begun.wait()
        server.stop()
        assert await asyncio.wait_for(idle.read(), 10) == b""
        await serving
        try:
            said = await asyncio.wait_for(reader.read(), 10)
        except ConnectionError:
            said = b""
        writer.close()
        other.close()
        return said

    said = uvloop.run(run())
    assert (b"connection: close" in said) is ends
    assert said.endswith(b"GET / ") is ends
