"""``hegui run``: what it starts with, and a real start and stop."""

import json
import os
import signal
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest
from tests.cli.conftest import Hegui
from tests.service import free_port

import hegui as hegui_package
from hegui.config import Home, Settings

COMMAND = "import sys; from hegui.cli import main; sys.exit(main(['run', '--json']))"


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Settings, Path, bool]]:
    """What the service was started with, instead of starting it."""
    calls: list[tuple[Settings, Path, bool]] = []

    def run(settings: Settings, home: Home, *, as_json: bool) -> None:
        calls.append((settings, home.path, as_json))

    monkeypatch.setattr("hegui.service.run.run", run)
    return calls


def test_the_demo_starts_without_a_config(
    hegui: Hegui, home: Home, started: list[tuple[Settings, Path, bool]]
) -> None:
    assert hegui("run").code == 0
    ((settings, path, as_json),) = started
    assert [upstream.kind for upstream in settings.upstream] == ["responder"]
    assert (path, as_json) == (home.path, False)


def test_an_embedded_model_is_added(
    hegui: Hegui, started: list[tuple[Settings, Path, bool]]
) -> None:
    assert hegui("run", "--model", "smollm", "--json").code == 0
    ((settings, _, as_json),) = started
    assert [upstream.kind for upstream in settings.upstream] == ["smollm", "responder"]
    assert as_json


def test_a_service_starts_answers_and_stops(home: Home) -> None:
    source = str(Path(hegui_package.__file__).parents[1])
    environment = {**os.environ, "HEGUI_PORT": str(free_port()), "PYTHONPATH": source}
    command = [sys.executable, "-c", COMMAND]
    with subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as service:
        assert service.stdout is not None
        facts = json.loads(service.stdout.readline())
        assert json.loads(home.run_json.read_text()) == facts
        assert home.run_json.stat().st_mode & 0o777 == 0o600
        assert facts["pid"] == service.pid
        with urllib.request.urlopen(f"{facts['api']}/healthz") as answer:
            assert answer.status == 200
        for address in (facts["portal"], facts["console"]):
            with urllib.request.urlopen(f"{address}/sign-in") as answer:
                assert answer.status == 200
        with urllib.request.urlopen(facts["sign_in"]) as answer:
            assert "owner" in answer.read().decode()
        second = subprocess.run(
            command, env=environment, capture_output=True, text=True, check=False
        )
        assert second.returncode == 2
        assert json.loads(second.stdout)["error"]["code"] == "home_in_use"
        service.send_signal(signal.SIGINT)
        out, _ = service.communicate()
    assert service.returncode == 0
    assert out == ""
    assert not home.run_json.exists()
