"""Hegui as its user starts it: ``hegui run`` with a config, a data folder and a word pack."""

import contextlib
import json
import os
import random
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from benchmarks import proc, texts
from benchmarks.mock_model import MODELS

PERSON = "bench"
READY_SECONDS = 60.0
_HEGUI = (sys.executable, "-c", "import sys; from hegui.cli import main; sys.exit(main())")
#: The provider's code is the demo's: nobody's.
_CONFIG = """\
[provider]
name = "Measured provider"
code = "001191000000MA0000000N10000"
contact = "none"

[service]
name = "Measured service"
public = "the load client"

[[upstream]]
name = "mock"
kind = "openai"
base_url = "{base}"
models = {{ {models} }}

[upstream.recipient]
operator = "the mock model in this machine"
country = "CN"
purpose = "measuring"
contract = "none"
keeps = false
trains = false
"""


class HouseError(Exception):
    """Hegui did not do what its user may expect."""


class House:
    """A Hegui service in a folder of its own, which may be started, killed and started again.

    Args:
        home: its data folder; made when missing.
        mock: the address of the mock model, up to and with ``/v1``.
        core: the one core it may use, None for all.
    """

    def __init__(self, home: Path, mock: str, core: int | None = None) -> None:
        home.mkdir(parents=True, exist_ok=True)
        self.home = home
        self.core = core
        self.log = home / "hegui.log"
        self._config = home / "hegui.toml"
        models = ", ".join(f'"{name}" = "{name}"' for name in MODELS)
        self._config.write_text(_CONFIG.format(base=mock, models=models))
        self._process: subprocess.Popen[bytes] | None = None
        self._run: dict[str, Any] = {}

    @property
    def pid(self) -> int:
        """The running service's process."""
        if self._process is None:
            raise HouseError("the service is not running")
        return self._process.pid

    @property
    def base(self) -> str:
        """The address for an OpenAI client, up to and with ``/v1``."""
        return f"{self._run['api']}/v1"

    @property
    def headers(self) -> dict[str, str]:
        """What a request of the bench's one person carries."""
        return self.headers_of(PERSON)

    def headers_of(self, person: str) -> dict[str, str]:
        """What a request of a person carries."""
        return {"Authorization": f"Bearer {self._run['api_key']}", "Hegui-Person": person}

    def command(self, *words: str) -> Any:
        """Runs ``hegui WORDS --json`` and returns its document.

        Raises:
            HouseError: it did not end with 0.
        """
        done = subprocess.run(
            [*_HEGUI, *words, "--json"],
            env=self._env(),
            cwd=proc.ROOT,
            capture_output=True,
            check=False,
        )
        if done.returncode != 0:
            tail = (done.stdout + done.stderr).decode(errors="replace")[-2000:]
            raise HouseError(f"hegui {' '.join(words)} ended with {done.returncode}: {tail}")
        return json.loads(done.stdout) if done.stdout.strip() else None

    def add_words(self, count: int) -> None:
        """Puts a pack of random words in force, as a user would from a file."""
        pack = self.home / f"bench-{count}.toml"
        pack.write_text(texts.pack(count))
        self.command("words", "add", str(pack))

    def start(self) -> float:
        """Starts the service and waits until it is ready; returns the seconds that took."""
        begun = time.perf_counter()
        with self.log.open("ab") as log:
            env = self._env() | {"HEGUI_PORT": str(free_ports(3))}
            self._process = proc.start(
                [*_HEGUI, "run"], core=self.core, env=env, output=log, errors=log
            )
        while not self._ready():
            if self._process.poll() is not None or time.perf_counter() - begun > READY_SECONDS:
                tail = self.log.read_text(errors="replace")[-2000:]
                self.kill()
                raise HouseError(f"hegui run did not get ready: {tail}")
            time.sleep(0.02)
        return time.perf_counter() - begun

    def accept(self, people: Sequence[str] = (PERSON,)) -> None:
        """Accepts the current agreement for people, as their application may."""
        for person in people:
            request = urllib.request.Request(
                f"{self._run['api']}/api/people/{person}/agreement",
                data=b"{}",
                headers=self.headers | {"Content-Type": "application/json"},
            )
            with urllib.request.urlopen(request, timeout=10) as reply:
                reply.read()

    def stop(self) -> None:
        """Asks the service to end, as Ctrl-C does."""
        if self._process is not None:
            proc.stop(self._process, signal.SIGINT)
            self._process = None

    def kill(self) -> None:
        """Kills the service's whole process group with SIGKILL."""
        if self._process is not None:
            proc.stop(self._process, signal.SIGKILL)
            self._process = None

    def _ready(self) -> bool:
        try:
            found = json.loads((self.home / "run.json").read_text())
        except FileNotFoundError:
            return False
        if found.get("pid") != self.pid:
            return False  # left behind by a service that was killed
        self._run = found
        try:
            with urllib.request.urlopen(f"{found['api']}/readyz", timeout=1) as reply:
                return bool(reply.status == 200)
        except OSError:  # refused, or an HTTP error status
            return False

    def _env(self) -> dict[str, str]:
        ours = {name: value for name, value in os.environ.items() if not name.startswith("HEGUI_")}
        return ours | {"HEGUI_HOME": str(self.home), "HEGUI_CONFIG": str(self._config)}


@contextlib.contextmanager
def mock_model(*, core: int | None = None, precise: bool = False) -> Iterator[str]:
    """A running mock model; gives its address, up to and with ``/v1``."""
    command = [sys.executable, "-m", "benchmarks.mock_model"]
    process = proc.start(
        command + (["--precise"] if precise else []), core=core, output=subprocess.PIPE
    )
    try:
        told = process.stdout.readline() if process.stdout else b""
        if not told:
            raise HouseError("the mock model did not start")
        yield f"http://127.0.0.1:{json.loads(told)['port']}/v1"
    finally:
        proc.stop(process)


def free_ports(count: int) -> int:
    """The first of ``count`` consecutive ports that nobody listens on now.

    They are below those that the system gives to clients, which come and go in the meantime.
    """
    while True:
        first = random.randrange(20_000, 32_000)
        with contextlib.ExitStack() as stack, contextlib.suppress(OSError):
            for port in range(first, first + count):
                stack.enter_context(socket.socket()).bind(("127.0.0.1", port))
            return first
