"""Verify now in a real browser: progress without a reload, and without JavaScript too."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, expect, sync_playwright
from tests.console.desk import Desk
from tests.store.log import entry
from tests.tools import need

from hegui.store import Report, record, verifications


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    path = need("chromium")
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield launched
        launched.close()


def opened(desk: Desk, browser: Browser, *, scripted: bool) -> BrowserContext:
    context = browser.new_context(base_url=desk.url, java_script_enabled=scripted)
    context.set_default_timeout(15_000)
    cookies = {"hegui-lang": "en", "hegui-staff": desk.token("officer")}
    context.add_cookies(
        [{"name": name, "value": value, "url": desk.url} for name, value in cookies.items()]
    )
    return context


@pytest.mark.parametrize("scripted", [True, False])
def test_progress_and_result_appear_by_themselves(
    desk: Desk, browser: Browser, scripted: bool
) -> None:
    with desk.store.begin() as conn:
        record(conn, entry(desk.world))
    desk.house.sequence()
    running = verifications.begin(desk.store, desk.staff["owner"].id)
    assert running
    assert verifications.advance(desk.store, running, 2, 9)
    context = opened(desk, browser, scripted=scripted)
    page = context.new_page()
    page.goto("/evidence")
    expect(page.get_by_text("2 of 9 entries verified")).to_be_visible()
    assert verifications.advance(desk.store, running, 7, 9)
    expect(page.get_by_text("7 of 9 entries verified")).to_be_visible()
    verifications.finish(desk.store, running, Report(True, 9, 0, None, [], 0))
    expect(page.get_by_text("All 9 entries agree.")).to_be_visible()
    desk.world.tick(1000)
    page.get_by_role("button", name="Verify now").click()
    size = desk.house.ledger.size()
    expect(page.get_by_text(f"All {size} entries agree.")).to_be_visible()
    assert verifications.latest(desk.store)[0].name == "the officer"
    context.close()
