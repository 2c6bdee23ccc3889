"""A real service before a simulated server of pictures, sounds and clips, on both databases."""

import json
import time
from collections.abc import Iterator

import pytest
from openai import OpenAI
from tests.conftest import BACKENDS, Databases
from tests.gateway.client import Client
from tests.gateway.conftest import PACK
from tests.gateway.media.server import MediaServer
from tests.service import Running, hegui, running

from hegui.store import Store
from hegui.world import RealWorld

MODELS = (
    *("good", "url", "elsewhere", "gone", "revised", "stopped", "talks", "none"),
    *("not-a-picture", "not-base64", "adts", "text", "waits", "picture"),
)
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
[labels]
unlabelled = true
sampled = 1
[limits]
body_bytes = 20000
upload_bytes = 40000
media_bytes = 600000
[[upstream]]
name = "demo"
kind = "responder"
models = {{ "demo" = "demo" }}
[[upstream]]
name = "media"
base_url = {server}
models = {models}
"""


@pytest.fixture(scope="package")
def server() -> Iterator[MediaServer]:
    with MediaServer() as made:
        yield made


@pytest.fixture(scope="package", params=BACKENDS)
def service(
    request: pytest.FixtureRequest,
    databases: Databases,
    server: MediaServer,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Running]:
    home = tmp_path_factory.mktemp("media") / "home"
    models = ", ".join(f'"{name}" = "{name}"' for name in MODELS)
    config = CONFIG.format(
        url=json.dumps(databases.fresh(request.param)),
        server=json.dumps(server.url),
        models=f"{{ {models} }}",
    )
    with running(home, config) as started:
        pack = home / "pack.toml"
        pack.write_text(PACK)
        added = hegui(started.env, "words", "add", str(pack), "--json")
        assert added.returncode == 0, added.stderr
        first = Client(started, "reader-0").accepted()
        while first.chat("禁止的词语", model="demo").status != 400:  # in force within a second
            time.sleep(0.05)
        yield started


@pytest.fixture
def client(service: Running) -> Client:
    """A client whose person has accepted the agreement."""
    return Client(service, "reader-1").accepted()


@pytest.fixture
def sdk(client: Client) -> Iterator[OpenAI]:
    with OpenAI(
        base_url=client.service.api + "/v1",
        api_key=client.service.key,
        default_headers={"Hegui-Person": client.person},
        max_retries=0,
    ) as made:
        yield made


@pytest.fixture
def opened(service: Running) -> Iterator[Store]:
    """The service's database."""
    config = (service.home / "hegui.toml").read_text()
    url = json.loads(config.split("[data]\nurl = ")[1].split("\n")[0])
    store = Store.open(url, world=RealWorld())
    yield store
    store.close()
