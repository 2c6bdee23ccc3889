"""Where the three apps of one service are."""

import pytest
from msgspec.structs import replace

from hegui.config import TEMPLATE, Listen, Settings, parse
from hegui.config.addresses import api_url, console_url, portal_url


def listening(**listen: object) -> Settings:
    return replace(parse(TEMPLATE, "template"), listen=Listen(**listen))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("host", "seen"),
    [
        ("127.0.0.1", "127.0.0.1"),
        ("localhost", "localhost"),
        ("0.0.0.0", "127.0.0.1"),  # noqa: S104  compared, not listened on
        ("::", "127.0.0.1"),
        ("::1", "[::1]"),
    ],
)
def test_ports_follow_one_another(host: str, seen: str) -> None:
    settings = listening(host=host, port=9000)
    assert api_url(settings) == f"http://{seen}:9000"
    assert portal_url(settings) == f"http://{seen}:9001"
    assert console_url(settings) == f"http://{seen}:9002"


def test_public_addresses_take_their_place() -> None:
    settings = listening(public_url="https://ai.example/", console_url="https://desk.example")
    assert api_url(settings) == "http://127.0.0.1:8400"
    assert portal_url(settings) == "https://ai.example"
    assert console_url(settings) == "https://desk.example"
