"""A connection to a model's server, against answers written by hand."""

import asyncio
import math
import ssl
from asyncio import StreamReader as Reader
from asyncio import StreamWriter as Writer
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from ipaddress import IPv4Address
from pathlib import Path

import msgspec
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from tests.gateway.upstream.loop import ROUTE, answer, in_loop, read

from hegui.config.model import Upstream as Settings
from hegui.gateway.errors import UpstreamError
from hegui.gateway.upstream import session as sessions
from hegui.gateway.upstream.answer import Answer, ConnectionFailed
from hegui.gateway.upstream.http import HttpUpstream
from hegui.gateway.upstream.session import Origin, SharedSession

Serve = Callable[[Reader, Writer], Awaitable[None]]
OK = b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream; charset=utf-8\r\n"
WHOLE = OK + b"Content-Length: 2\r\n\r\nhi"
CHUNKED = OK + b"Transfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n0\r\n\r\n"


async def question(reader: Reader) -> bytes:
    """One request: its head, then its body."""
    head = await reader.readuntil(b"\r\n\r\n")
    length = int(head.lower().partition(b"content-length: ")[2].partition(b"\r\n")[0])
    return head + await reader.readexactly(length)


def says(*answers: bytes, close: bool = False) -> Serve:
    """Answers every question of a connection with the next of these."""

    async def serve(reader: Reader, writer: Writer) -> None:
        for said in answers:
            await question(reader)
            writer.write(said)
        if not close:
            await reader.read()

    return serve


class Server:
    """What connections came, and an upstream that asks there."""

    def __init__(self) -> None:
        self.connections = 0
        self.upstream: HttpUpstream


@asynccontextmanager
async def serving(
    serve: Serve, *, tls: ssl.SSLContext | None = None, host: str = "127.0.0.1"
) -> AsyncIterator[Server]:
    served = Server()
    tasks = set()

    async def connected(reader: Reader, writer: Writer) -> None:
        served.connections += 1
        task = asyncio.current_task()
        tasks.add(task)
        try:
            await serve(reader, writer)
        except (ConnectionError, asyncio.IncompleteReadError):
            return  # the client left
        finally:
            tasks.discard(task)
            writer.close()

    server = await asyncio.start_server(connected, "127.0.0.1", 0, ssl=tls)
    port = server.sockets[0].getsockname()[1]
    session = SharedSession()
    settings = Settings(
        name="raw",
        base_url=f"http{'s' if tls else ''}://{host}:{port}/v1",
        connect_seconds=3.0,
        first_byte_seconds=3.0,
        idle_seconds=3.0,
    )
    served.upstream = HttpUpstream(settings, session, "")
    try:
        yield served
    finally:
        await session.aclose()
        server.close()
        await asyncio.gather(*[task for task in tasks if task], return_exceptions=True)


@pytest.mark.parametrize(
    "said",
    [
        WHOLE,
        CHUNKED,
        b"HTTP/1.1 100 Continue\r\n\r\n" + WHOLE,
        b"HTTP/1.1 103 Early Hints\r\nLink: </x>\r\nContent-Length: 9\r\n\r\n" + WHOLE,
        CHUNKED.replace(b"0\r\n\r\n", b"0\r\nX-Trailer: yes\r\n\r\n"),
        WHOLE.replace(b"Content-Length", b"CONTENT-length"),
    ],
    ids=range(6),
)
@in_loop
async def test_an_answer_that_ends_by_itself_keeps_the_connection(said: bytes) -> None:
    async with serving(says(said, said)) as server:
        for _ in range(2):
            reply = await server.upstream.open(ROUTE, b"{}")
            assert reply.content_type == "text/event-stream"
            assert await read(reply) == b"hi"
        assert server.connections == 1


@pytest.mark.parametrize(
    "said",
    [
        OK + b"\r\nhi",
        b"HTTP/1.0 200 OK\r\n\r\nhi",
        WHOLE.replace(b"OK\r\n", b"OK\r\nConnection: close\r\n"),
    ],
    ids=["no-length", "http-1.0", "close"],
)
@in_loop
async def test_an_answer_that_ends_with_its_connection(said: bytes) -> None:
    async with serving(says(said, close=True)) as server:
        assert await answer(server.upstream, b"{}") == b"hi"
        assert await answer(server.upstream, b"{}") == b"hi"
        assert server.connections == 2


@pytest.mark.parametrize(
    "said",
    [
        b"",
        b"HTTP/1.1 200",
        OK + b"X: " + b"y" * 9_000 + b"\r\n\r\n",
        OK + b"X: y\r\n" * 129 + b"Content-Length: 2\r\n\r\nhi",
        OK + b"X: y\r\n" * 30_000,
        OK + b"Content-Length: 0\r\n\r\n",
        OK + b"Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\nhi",
        OK + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n",
        OK + b"Content-Length: 2\r\nContent-Encoding: br\r\n\r\nhi",
        b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\nhi",
    ],
    ids=range(10),
)
@in_loop
async def test_what_is_no_answer_fails(said: bytes) -> None:
    async with serving(says(said, close=True)) as server:
        with pytest.raises(UpstreamError) as caught:
            await answer(server.upstream, b"{}")
    assert (caught.value.code, caught.value.retryable) == ("upstream_failed", True)


@pytest.mark.parametrize(
    "said",
    [WHOLE.replace(b": 2", b": 3"), CHUNKED[:-5], CHUNKED[:-5] + b"zz\r\n"],
    ids=["short", "no-last-chunk", "no-chunk"],
)
@in_loop
async def test_an_answer_cut_short_is_broken(said: bytes) -> None:
    async with serving(says(said, close=True)) as server:
        reply = await server.upstream.open(ROUTE, b"{}")
        with pytest.raises(UpstreamError) as caught:
            await read(reply)
    assert caught.value.code == "upstream_broken"


@pytest.mark.parametrize(
    "said",
    [WHOLE, CHUNKED, OK + b"\r\nhi", CHUNKED.replace(b"2\r\nhi", b"1\r\nh\r\n1\r\ni")],
    ids=["length", "chunks", "no-length", "two-chunks"],
)
@pytest.mark.parametrize("at_once", [True, False], ids=["at once", "byte by byte"])
@in_loop
async def test_an_answer_taken_whole_is_what_reading_gives(said: bytes, *, at_once: bool) -> None:
    async def serve(reader: Reader, writer: Writer) -> None:
        await question(reader)
        for piece in [said] if at_once else [said[n : n + 1] for n in range(len(said))]:
            writer.write(piece)
            await writer.drain()
            await asyncio.sleep(0)

    async with serving(serve) as server:
        for most in (2, 1):
            reply = await server.upstream.open(ROUTE, b"{}")
            if not at_once or b"Content-Length" in said:
                await asyncio.sleep(0.05)
            if most == 2:
                assert await reply.whole(most) == b"hi"
            else:
                with pytest.raises(UpstreamError) as caught:
                    await reply.whole(most)
                assert caught.value.code == "upstream_broken"
            await reply.aclose()
        assert await answer(server.upstream, b"{}") == b"hi"


@pytest.mark.parametrize(
    "rest", [b"0\r\n" + b"X: y\r\n" * 50_000, b"0\r\nX: " + b"y" * 300_000, b"5;" + b"y" * 300_000]
)
@in_loop
async def test_what_frames_an_answer_has_a_bound(rest: bytes) -> None:
    async def serve(reader: Reader, writer: Writer) -> None:
        await question(reader)
        writer.write(CHUNKED[:-5])
        await writer.drain()
        await asyncio.sleep(0.05)
        writer.write(rest)
        await reader.read()

    async with serving(serve) as server:
        reply = await server.upstream.open(ROUTE, b"{}")
        with pytest.raises(UpstreamError) as caught:
            await read(reply)
    assert caught.value.code == "upstream_broken"


@in_loop
async def test_servers_of_one_address_keep_their_own_limits() -> None:
    async def serve(reader: Reader, writer: Writer) -> None:
        await question(reader)
        writer.write(WHOLE)
        await question(reader)
        await reader.read()

    async with serving(serve) as server:
        patient = server.upstream
        await answer(patient, b"{}")
        brief = msgspec.structs.replace(
            patient._settings, connect_seconds=0.05, first_byte_seconds=0.05
        )
        with pytest.raises(UpstreamError) as caught:
            await HttpUpstream(brief, patient._session).open(ROUTE, b"{}")
        assert caught.value.code == "upstream_timeout"
        assert server.connections == 1


@in_loop
async def test_a_refusal_whose_words_do_not_come_is_a_time_out() -> None:
    refused = b"HTTP/1.1 400 Bad\r\nContent-Length: 7\r\n\r\nno"
    async with serving(says(refused)) as server:
        brief = msgspec.structs.replace(
            server.upstream._settings, connect_seconds=0.05, first_byte_seconds=0.05
        )
        with pytest.raises(UpstreamError) as caught:
            await HttpUpstream(brief, server.upstream._session).open(ROUTE, b"{}")
    assert caught.value.code == "upstream_timeout"


@in_loop
async def test_bytes_that_nobody_asked_for_end_the_connection() -> None:
    async with serving(says(WHOLE + WHOLE, WHOLE)) as server:
        for _ in range(2):
            assert await answer(server.upstream, b"{}") == b"hi"
            await asyncio.sleep(0.05)
        assert server.connections == 2


@in_loop
async def test_a_new_connection_that_is_lost_is_not_asked_twice() -> None:
    async with serving(says(b"", close=True)) as server:
        with pytest.raises(UpstreamError):
            await answer(server.upstream, b"{}")
        assert server.connections == 1


@in_loop
async def test_a_kept_connection_that_has_begun_to_answer_is_not_asked_again() -> None:
    async with serving(says(WHOLE, b"HTTP/1.1 2", close=True)) as server:
        await answer(server.upstream, b"{}")
        with pytest.raises(UpstreamError):
            await answer(server.upstream, b"{}")
        assert server.connections == 1


@in_loop
async def test_a_connection_kept_too_long_is_replaced(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sessions, "_KEEP_SECONDS", 0.0)
    async with serving(says(WHOLE, WHOLE)) as server:
        for _ in range(3):
            await answer(server.upstream, b"{}")
        assert server.connections == 3


@in_loop
async def test_a_refusal_before_the_question_is_read_ends_the_connection() -> None:
    async def serve(reader: Reader, writer: Writer) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 413 Too Large\r\nContent-Length: 7\r\n\r\ntoo big")
        await asyncio.sleep(1)

    async with serving(serve) as server:
        with pytest.raises(UpstreamError) as caught:
            await answer(server.upstream, b"x" * (16 << 20))
        assert (caught.value.code, caught.value.detail) == ("upstream_rejected", "too big")
        with pytest.raises(UpstreamError):
            await answer(server.upstream, b"{}")
        assert server.connections == 2


@in_loop
async def test_a_long_question_arrives_whole() -> None:
    asked = []

    async def serve(reader: Reader, writer: Writer) -> None:
        asked.append(await question(reader))
        writer.write(WHOLE)
        await reader.read()

    body = bytes(range(256)) * 20_000
    async with serving(serve) as server:
        assert await answer(server.upstream, body) == b"hi"
    head, _, got = asked[0].partition(b"\r\n\r\n")
    assert head.startswith(b"POST /v1/chat/completions HTTP/1.1\r\nHost: 127.0.0.1:")
    assert got == body


@in_loop
async def test_a_slow_reader_slows_the_server() -> None:
    size, sent = 40 << 20, 0

    async def serve(reader: Reader, writer: Writer) -> None:
        nonlocal sent
        await question(reader)
        writer.write(OK + b"Content-Length: %d\r\n\r\n" % size)
        while sent < size:
            writer.write(b"x" * 65_536)
            sent += 65_536
            await writer.drain()
        await reader.read()

    async with serving(serve) as server:
        reply = await server.upstream.open(ROUTE, b"{}")
        await asyncio.sleep(0.3)
        assert sent < size
        assert len(await read(reply)) == size


@in_loop
async def test_closing_the_session_ends_a_read() -> None:
    async def serve(reader: Reader, writer: Writer) -> None:
        await question(reader)
        writer.write(OK + b"Transfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n")
        await reader.read()

    async with serving(serve) as server:
        reply = await server.upstream.open(ROUTE, b"{}")
        assert await anext(aiter(reply)) == b"hi"
        reading = asyncio.create_task(read(reply))
        await asyncio.sleep(0.05)
        await reply.aclose()
        assert await reading == b""


@in_loop
async def test_a_connection_already_lost_answers_nothing() -> None:
    async with serving(says(WHOLE)) as server:
        await answer(server.upstream, b"{}")
        session = SharedSession()
        origin = server.upstream._origin
        connection = await session.connect(origin)
        connection.abort()
        lost = Answer(connection, "raw", 3.0)
        connection.ask(lost, b"", b"")
        with pytest.raises(ConnectionFailed, match="closed"):
            await lost.begin(math.inf)
        await session.aclose()


@pytest.mark.parametrize(
    ("url", "origin"),
    [
        ("http://a/v1", Origin("a", 80, False)),
        ("https://a.example:8443/v1", Origin("a.example", 8443, True)),
        ("https://[::1]/v1", Origin("::1", 443, True)),
    ],
)
def test_where_an_address_leads(url: str, origin: Origin) -> None:
    assert Origin.of(url) == origin


def certificate(folder: Path) -> Path:
    """A certificate for 127.0.0.1, signed by itself, with its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "model")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(IPv4Address("127.0.0.1"))]), critical=False
        )
        .sign(key, hashes.SHA256())
    )
    path = folder / "model.pem"
    pem = serialization.Encoding.PEM
    form, plain = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    path.write_bytes(key.private_bytes(pem, form, plain) + made.public_bytes(pem))
    return path


@pytest.mark.parametrize(
    ("trusted", "host"), [(True, "127.0.0.1"), (False, "127.0.0.1"), (True, "localhost")]
)
def test_a_server_is_trusted_by_its_certificate(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, host: str, *, trusted: bool
) -> None:
    path = certificate(tmp_path)
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(path)
    if trusted:
        monkeypatch.setenv("SSL_CERT_FILE", str(path))

    async def ask() -> bytes:
        async with serving(says(WHOLE, WHOLE), tls=tls, host=host) as server:
            await answer(server.upstream, b"{}")
            got = await answer(server.upstream, b"{}")
            assert server.connections == 1
        return got

    if trusted and host == "127.0.0.1":
        assert asyncio.run(ask()) == b"hi"
        return
    with pytest.raises(UpstreamError) as caught:
        asyncio.run(ask())
    assert caught.value.code == "upstream_unreachable"
