"""A real service before the simulated models, once on SQLite and once on PostgreSQL."""

import json
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.conftest import BACKENDS, Databases
from tests.gateway.client import Client
from tests.service import Running, hegui, running
from tests.simulator import ModelServer
from tests.simulator.scripts import SCRIPTS

CONFIG = """
[provider]
name = "Test provider"
code = "001191000000MA0000000N10000"
contact = "test@provider.example"
[service]
name = "Test service"
public = "testers"
[data]
url = {url}
[limits]
body_bytes = 200000
body_seconds = 1.0
generation_seconds = 5.0
[[upstream]]
name = "dead"
base_url = "http://127.0.0.1:9/v1"
models = {{ "rescued" = "normal", "dead" = "normal" }}
connect_seconds = 0.5
[[upstream]]
name = "demo"
kind = "responder"
models = {{ "demo" = "demo" }}
"""
#: One upstream a script, so that one that fails opens no breaker before the others.
SERVED = """
[[upstream]]
name = "sim-{name}"
base_url = {url}
models = {{ "{name}" = "{name}" }}
connect_seconds = 1.0
first_byte_seconds = 1.0
idle_seconds = 1.0
"""
PACK = """
[pack]
name = "test-words"
author = "Testers"
version = "1"
[[word]]
word = "禁止的词语"
category = "fraud"
action = "stop"
[[word]]
word = "look at this"
category = "look"
action = "review"
"""


@pytest.fixture(scope="package")
def models() -> Iterator[ModelServer]:
    with ModelServer() as server:
        yield server


@pytest.fixture(scope="package", params=BACKENDS)
def service(
    request: pytest.FixtureRequest,
    databases: Databases,
    models: ModelServer,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Running]:
    home = tmp_path_factory.mktemp("service") / "home"
    url = json.dumps(models.url)
    config = CONFIG.format(url=json.dumps(databases.fresh(request.param)))
    config += "".join(SERVED.format(name=name, url=url) for name in [*SCRIPTS, "played"])
    config += SERVED.format(name="rescued", url=url).replace('= "rescued" }', '= "normal" }')
    with running(home, config) as started:
        pack = _write(home / "pack.toml", PACK)
        added = hegui(started.env, "words", "add", str(pack), "--json")
        assert added.returncode == 0, added.stderr
        first = Client(started, "reader-0").accepted()
        while first.chat("禁止的词语").status != 400:  # in force within a second
            time.sleep(0.05)
        yield started


@pytest.fixture
def client(service: Running) -> Client:
    """A client whose person has accepted the agreement."""
    return Client(service, "reader-1").accepted()


def _write(path: Path, text: str) -> Path:
    path.write_text(text)
    return path
