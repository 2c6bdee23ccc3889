"""LiteLLM's proxy, to be measured beside Hegui: its own environment, one key, no database.

It is installed from ``litellm.lock`` (pins with hashes, wheels only) into ``.venv-litellm`` and
gets an empty environment and home, so that it sees nothing of the machine it is measured on.
The lock is made from the one line ``litellm[proxy]==1.106.0`` by ``uv pip compile
--generate-hashes --no-header --no-annotate --only-binary :all: -p 3.11``.
"""

import json
import secrets
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

from benchmarks import proc
from benchmarks.house import free_ports
from benchmarks.mock_model import MODELS

FOLDER = proc.ROOT / ".venv-litellm"
LOCK = Path(__file__).with_name("litellm.lock")
READY_SECONDS = 120.0


class ProxyMissingError(Exception):
    """The proxy can't be measured here; the message says why."""


def version() -> str:
    """The version that the lock names."""
    for line in LOCK.read_text().splitlines():
        if line.startswith("litellm=="):
            return line.removeprefix("litellm==").split()[0]
    raise ProxyMissingError("litellm.lock names no litellm")


def install() -> None:
    """Makes ``.venv-litellm`` unless it is there.

    Raises:
        ProxyMissingError: it can't be installed.
    """
    done = FOLDER / "installed"
    if done.exists() and done.read_bytes() == LOCK.read_bytes():
        return
    pip = [str(FOLDER / "bin/python"), "-m", "pip", "install", "--quiet", "--no-input"]
    for command in (
        [sys.executable, "-m", "venv", "--clear", str(FOLDER)],
        [*pip, "--require-hashes", "--only-binary", ":all:", "-r", str(LOCK)],
    ):
        ran = subprocess.run(command, capture_output=True, text=True, check=False)
        if ran.returncode != 0:
            raise ProxyMissingError(f"can't be installed: {_last_line(ran.stderr)}")
    (FOLDER / ".gitignore").write_text("*\n")
    done.write_bytes(LOCK.read_bytes())


class LiteLLM:
    """A running LiteLLM proxy before the mock model, one worker.

    Args:
        folder: where its config, home and log go.
        mock: the mock model's address, up to and with ``/v1``.
        core: the one core it may use.

    Raises:
        ProxyMissingError: it did not get ready.
    """

    def __init__(self, folder: Path, mock: str, core: int) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        config = folder / "litellm.json"  # JSON is YAML
        config.write_text(json.dumps(_config(mock)))
        port = free_ports(1)
        address = f"http://127.0.0.1:{port}"
        self.base = f"{address}/v1"
        key = f"sk-{secrets.token_hex(16)}"  # it refuses to start without one
        self.headers = {"Authorization": f"Bearer {key}"}
        command = [str(FOLDER / "bin/litellm"), "--config", str(config), "--host", "127.0.0.1"]
        command += ["--port", str(port), "--num_workers", "1", "--telemetry", "False"]
        env = {
            "PATH": f"{FOLDER / 'bin'}:/usr/bin:/bin",
            "HOME": str(folder),
            "LANG": "C.UTF-8",
            "LITELLM_MASTER_KEY": key,
            "LITELLM_LOG": "ERROR",
            "LITELLM_MODE": "PRODUCTION",
            "LITELLM_LOCAL_MODEL_COST_MAP": "True",
        }
        log = folder / "litellm.log"
        with log.open("wb") as file:
            self._process = proc.start(command, core=core, env=env, output=file, errors=file)
        self.pid = self._process.pid
        deadline = time.perf_counter() + READY_SECONDS
        while not _answers(f"{address}/health/liveliness"):
            if self._process.poll() is not None or time.perf_counter() > deadline:
                self.stop()
                raise ProxyMissingError(
                    f"did not start: {_last_line(log.read_text(errors='replace'))}"
                )
            time.sleep(0.2)

    def stop(self) -> None:
        """Ends it."""
        proc.stop(self._process)


def _config(mock: str) -> dict[str, object]:
    params = {"api_base": mock, "api_key": "none"}
    return {
        "model_list": [
            {"model_name": name, "litellm_params": {"model": f"openai/{name}", **params}}
            for name in MODELS
        ],
        "litellm_settings": {"num_retries": 0, "telemetry": False},
    }


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=2) as reply:
            return bool(reply.status == 200)
    except OSError:
        return False


def _last_line(text: str) -> str:
    lines = text.strip().splitlines() or ["no reason given"]
    return lines[-1][:200]
