"""The settings as read: every value, whether it is the default, what it means; no secret."""

import re
from collections.abc import Iterator
from typing import Any

import msgspec
import pytest
from tests.conftest import Databases
from tests.console.desk import Desk, open_house
from tests.world import FakeWorld

from hegui.config import Data, Limits, Recipient, Settings, Upstream
from hegui.config.meanings import meanings
from hegui.console.reading import settings as reading
from hegui.people import agreements
from hegui.store import tables

NAMED = Recipient(
    operator="Example Models Ltd",
    country="CN",
    purpose="answers",
    contract="2026-01",
    keeps=False,
    trains=False,
)


def opened(databases: Databases, **changes: Any) -> Desk:
    keys_url = databases.fresh("sqlite", tables.key_metadata)
    house = open_house(databases.fresh("sqlite"), keys_url, FakeWorld())
    house.settings = msgspec.structs.replace(house.settings, **changes)
    return Desk(house)


@pytest.fixture
def other(databases: Databases) -> Iterator[Desk]:
    """A console whose settings are not the demo's."""
    desk = opened(
        databases,
        data=Data(url="postgresql://hegui:very-secret@db.example/hegui"),
        limits=Limits(depth=7),
        upstream=[
            Upstream(
                name="real",
                base_url="https://models.example/v1",
                key_file="/etc/hegui/real.key",
                models={"chat": "served-name"},
                recipient=msgspec.structs.replace(NAMED, country=" ", keeps=None),
            )
        ],
    )
    yield desk
    desk.close()


def standings(settings: Settings) -> dict[str, bool | None]:
    return {
        value.path: value.standing for table in reading.tables(settings) for value in table.values
    }


def said(page: str, path: str) -> str:
    """What the page says of a setting, without tags."""
    (found,) = re.findall(rf'<dt class="mono">{re.escape(path)}</dt>(.*?)</dd>', page, re.DOTALL)
    return " ".join(re.sub(r"<[^>]*>", " ", found).split())


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_setting_is_there_with_its_meaning(still: Desk, lang: str) -> None:
    page = still.client("auditor", lang=lang).get("/settings").text.replace("&#39;", "'")
    for path, meaning in meanings().items():
        if not path.startswith("upstream."):
            assert getattr(meaning, lang) in said(page, path)
    assert page.count('<dt class="mono">upstream.base_url</dt>') == 2


def test_a_default_is_told_from_a_value_that_was_set(other: Desk) -> None:
    page = other.client("owner").get("/settings").text
    assert said(page, "limits.depth").startswith("7 set")
    assert said(page, "limits.requests").startswith("1000 default")
    assert said(page, "provider.contact").startswith("appeals@provider.example required")
    assert said(page, "words.shipped").startswith("yes default")
    assert said(page, "words.files").startswith("(empty) default")
    assert said(page, "upstream.models").startswith("chat = served-name set")


def test_a_setting_of_a_list_or_a_map_has_its_default_too(still: Desk) -> None:
    standing = standings(still.house.settings)
    assert standing["words.files"] is True
    assert standing["instance"] is True
    assert standing["service.name"] is None
    assert standing["mail.to.owner"] is standing["webhook.recipient.keeps"] is True
    assert "upstream.recipient" not in standing


def test_no_secret_is_shown_and_key_files_by_path_alone(other: Desk) -> None:
    page = other.client("owner").get("/settings").text
    assert "very-secret" not in page
    assert said(page, "data.url").startswith("postgresql://hegui:***@db.example/hegui set")
    assert said(page, "data.keys_url").startswith("(empty) default")
    assert said(page, "upstream.key_file").startswith("/etc/hegui/real.key set")


def test_what_a_recipient_does_not_state_is_marked(other: Desk) -> None:
    page = other.client("owner").get("/settings").text
    assert "recipients not stated in full: 1" in page
    assert page.count("not stated</span>") == 2
    for cell in ("Example Models Ltd", "2026-01", "answers"):
        assert f">{cell}</td>" in page
    (receiver,) = reading.receivers(other.house.settings)
    assert receiver.missing == {"country", "keeps"}


def test_a_server_in_this_process_has_nothing_to_state(still: Desk) -> None:
    demo, real = reading.receivers(still.house.settings)
    assert (demo.kind, demo.missing) == ("responder", frozenset())
    assert len(real.missing) == 6
    assert "in this process" in still.client("owner").get("/settings").text


def test_recipients_stated_in_full_are_met(databases: Databases) -> None:
    named = Upstream(name="real", base_url="https://a.example/v1", recipient=NAMED)
    desk = opened(databases, upstream=[named])
    try:
        page = desk.client("owner").get("/settings").text
    finally:
        desk.close()
    assert "every recipient is stated in full" in page
    assert "not stated" not in page.replace("not stated in full", "")


def test_the_agreement_in_force_is_told(desk: Desk) -> None:
    client = desk.client("officer")
    assert "none published yet" in client.get("/settings").text
    agreements.publish(desk.store, desk.world, "协议一", "agreement one")
    agreements.publish(desk.store, desk.world, "协议二", "agreement two")
    page = client.get("/settings").text
    assert "version 2 · the provider&#39;s own text" in page
    assert 'href="https://portal.example/agreement"' in page


def test_addresses_and_version_are_told(still: Desk) -> None:
    page = still.client("owner").get("/settings").text
    for address in ("http://127.0.0.1:1", "https://portal.example", "https://desk.example"):
        assert f">{address}</dd>" in page


def test_a_reviewer_does_not_read_them(still: Desk) -> None:
    assert still.client("reviewer").get("/settings").status_code == 403
