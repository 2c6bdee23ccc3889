"""Real servers of this machine: one that takes mail, one that takes posts, and one that dawdles."""

import socket
import ssl
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Event, Thread
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

HOST = "localhost"
USER, PASSWORD = "hegui@example.com", "sesame open"


class Tls:
    """A certificate of this test's own for this machine, and who trusts it."""

    def __init__(self, folder: Path) -> None:
        key = ec.generate_private_key(ec.SECP256R1())
        name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, HOST)])
        now = datetime.now(UTC)
        certificate = (
            x509.CertificateBuilder()
            .subject_name(name)
            .issuer_name(name)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - timedelta(days=1))
            .not_valid_after(now + timedelta(days=1))
            .add_extension(x509.SubjectAlternativeName([x509.DNSName(HOST)]), critical=False)
            .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
            .sign(key, hashes.SHA256())
        )
        pem = folder / "pem"
        pem.write_bytes(
            key.private_bytes(
                serialization.Encoding.PEM,
                serialization.PrivateFormat.PKCS8,
                serialization.NoEncryption(),
            )
            + certificate.public_bytes(serialization.Encoding.PEM)
        )
        self.server = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        self.server.load_cert_chain(pem)
        self.client = ssl.create_default_context(cafile=str(pem))


class Post:
    """The handler of a mail server.

    Attributes:
        got: envelopes that were taken.
        answers: to addresses, where they are not simply taken.
        quits: whether it says goodbye, or is gone.
    """

    def __init__(self) -> None:
        self.got: list[Any] = []
        self.answers: dict[str, str] = {}
        self.quits = True

    async def handle_RCPT(  # noqa: N802  aiosmtpd's names
        self, server: Any, session: Any, envelope: Any, address: str, options: list[str]
    ) -> str:
        answer = self.answers.get(address, "250 OK")
        if answer.startswith("2"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        self.got.append(envelope)
        return "250 taken"

    async def handle_QUIT(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        if not self.quits:
            server.transport.abort()
        return "221 bye"


class Mailbox:
    """A mail server while it runs."""

    def __init__(self, post: Post, port: int) -> None:
        self.post = post
        self.port = port


@contextmanager
def mailbox(tls: Tls | None, *, at_once: bool = False) -> Iterator[Mailbox]:
    """A mail server on a free port.

    Args:
        tls: its certificate; none: it has no encryption to offer.
        at_once: whether a connection begins with encryption.
    """

    def signed_in(server: Any, session: Any, envelope: Any, mechanism: str, given: Any) -> Any:
        assert isinstance(given, LoginPassword)
        right = (given.login, given.password) == (USER.encode(), PASSWORD.encode())
        return AuthResult(success=right, handled=False)

    post = Post()
    options: dict[str, Any] = {"authenticator": signed_in}
    if tls is not None:
        options |= {"ssl_context": tls.server} if at_once else {"tls_context": tls.server}
    if at_once:
        options["auth_require_tls"] = False  # aiosmtpd does not count its own TLS
    server = Controller(post, hostname=HOST, port=free_port(), **options)
    server.start()
    try:
        yield Mailbox(post, server.port)
    finally:
        server.stop()


class Hook:
    """A web server while it runs.

    Attributes:
        got: path, headers and body of each post.
        status: what it answers.
        endless: whether its answer has no end.
    """

    def __init__(self) -> None:
        self.got: list[tuple[str, dict[str, str], bytes]] = []
        self.status = 204
        self.endless = False
        self.port = 0


@contextmanager
def hook(tls: Tls | None = None) -> Iterator[Hook]:
    """A web server on a free port."""
    it = Hook()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            it.got.append((self.path, dict(self.headers), body))
            self.send_response(it.status)
            self.send_header("Location", f"http://{HOST}:{it.port}/elsewhere")
            self.end_headers()
            with suppress(OSError):
                while it.endless:
                    self.wfile.write(bytes(65_536))

        def log_message(self, *_: Any) -> None:
            """Says nothing."""

    with ThreadingHTTPServer((HOST, 0), Handler) as server:
        if tls is not None:
            server.socket = tls.server.wrap_socket(server.socket, server_side=True)
        it.port = server.server_address[1]
        thread = Thread(target=server.serve_forever, args=(0.05,))
        thread.start()
        try:
            yield it
        finally:
            server.shutdown()
            thread.join()


@contextmanager
def dawdler(said: bytes) -> Iterator[int]:
    """A server that says a little at a time for ever; yields its port."""
    over = Event()

    def dawdle() -> None:
        with suppress(OSError), closing(listening.accept()[0]) as taken:
            while not over.is_set():
                taken.sendall(said)
                time.sleep(0.02)

    with closing(socket.create_server((HOST, 0))) as listening:
        thread = Thread(target=dawdle)
        thread.start()
        try:
            yield listening.getsockname()[1]
        finally:
            over.set()
            thread.join()


def free_port() -> int:
    """A port on which nobody listens."""
    with closing(socket.create_server((HOST, 0))) as found:
        port: int = found.getsockname()[1]
        return port
