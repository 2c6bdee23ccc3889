"""A real service as its user starts it: ``hegui run`` in a folder of its own."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).resolve().parents[1]


class Running(NamedTuple):
    """A started service.

    Attributes:
        facts: the content of run.json.
        home: the data folder.
        process: the process.
        env: the environment that commands need.
    """

    facts: dict[str, Any]
    home: Path
    process: "subprocess.Popen[bytes]"
    env: dict[str, str]

    @property
    def api(self) -> str:
        return str(self.facts["api"])

    @property
    def key(self) -> str:
        return str(self.facts["api_key"])


def free_port() -> int:
    """The first of four consecutive free ports."""
    while True:
        with socket.socket() as first:
            first.bind(("127.0.0.1", 0))
            port: int = first.getsockname()[1]
        if port > 65_000:
            continue
        try:
            for offset in range(4):
                with socket.socket() as one:
                    one.bind(("127.0.0.1", port + offset))
        except OSError:
            continue
        return port


def environment(home: Path, port: int) -> dict[str, str]:
    """What a command and the service need to find each other."""
    keep = {k: v for k, v in os.environ.items() if not k.startswith("HEGUI_")}
    return keep | {
        "HEGUI_HOME": str(home),
        "HEGUI_PORT": str(port),
        "PYTHONPATH": str(ROOT / "src"),
    }


def hegui(running_env: dict[str, str], *words: str) -> "subprocess.CompletedProcess[str]":
    """A command of the house, as in a shell."""
    command = [sys.executable, "-m", "hegui", *words]
    return subprocess.run(command, env=running_env, capture_output=True, text=True, check=False)


def start(home: Path, port: int) -> Running:
    """Start and wait until it answers."""
    env = environment(home, port)
    if (home / "hegui.toml").exists():
        env["HEGUI_CONFIG"] = str(home / "hegui.toml")
    log = (home.parent / f"{home.name}.log").open("ab")
    process = subprocess.Popen(
        [sys.executable, "-m", "hegui", "run"],
        env=env,
        stdout=log,
        stderr=log,
        start_new_session=True,
    )
    log.close()
    run_json = home / "run.json"
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise AssertionError((home.parent / f"{home.name}.log").read_text()[-4000:])
        if run_json.exists():
            facts = json.loads(run_json.read_text())
            if facts["pid"] == process.pid:
                return Running(facts, home, process, env)
        time.sleep(0.05)
    raise AssertionError("the service did not start in 60 s")


@contextmanager
def running(home: Path, config: str | None = None) -> Iterator[Running]:
    """A service with this ``hegui.toml`` (none: the demo), stopped at the end."""
    home.mkdir(parents=True, exist_ok=True)
    if config is not None:
        (home / "hegui.toml").write_text(config)
    service = start(home, free_port())
    try:
        yield service
    finally:
        service.process.send_signal(signal.SIGINT)
        try:
            service.process.wait(20)
        except subprocess.TimeoutExpired:
            service.process.kill()
            raise
