"""What the pages say of notices and deadlines is so."""

import re
import time
import tomllib
from pathlib import Path

from msgspec.structs import replace

from hegui.config import TEMPLATE, parse
from hegui.law.years import library, with_years
from hegui.outbox.channels.webhook import signature
from hegui.outbox.letters import SAYS

DOCS = Path(__file__).resolve().parents[2] / "docs"
NOTICES = (DOCS / "notices.md").read_text(encoding="utf-8")
CLOCKS = (DOCS / "clocks.md").read_text(encoding="utf-8")


def block(page: str, language: str) -> str:
    """The first block of a page in a language."""
    found = re.search(rf"```{language}\n(.*?)```", page, re.DOTALL)
    assert found
    return found[1]


def test_a_receiver_can_check_a_signature_as_the_page_says() -> None:
    names: dict[str, object] = {}
    exec(block(NOTICES, "python"), names)  # noqa: S102  our own page
    genuine = names["genuine"]
    assert callable(genuine)
    now = int(time.time())
    key, body = b"k" * 32, b'{"id": 1}'
    assert genuine(key, signature(key, now, body), body)
    assert not genuine(key, signature(key, now, body), body + b" ")
    assert not genuine(b"x" * 32, signature(key, now, body), body)
    assert not genuine(key, signature(key, now - 900, body), body), "an old one was replayed"


def test_the_settings_of_the_page_are_settings() -> None:
    told = tomllib.loads(block(NOTICES, "toml"))["mail"]
    mail = parse(TEMPLATE + "\n" + block(NOTICES, "toml"), "page").mail
    assert mail.host == told["host"]
    assert mail.to.officer == told["to"]["officer"]


def test_every_topic_is_named() -> None:
    assert all(f"`{topic}`" in NOTICES for topic in SAYS)


def test_the_year_of_the_page_could_be_added() -> None:
    calendar = replace(library(), last=2026, version="library to 2026")
    grown = with_years(calendar, block(CLOCKS, "yaml").encode(), file="calendar.yaml")
    assert grown.last == 2027
