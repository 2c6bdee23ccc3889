"""The law's pages in a real browser: axe, nothing wider than the window, and the keys."""

from collections.abc import Iterator
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect, sync_playwright
from tests.console.desk import Desk
from tests.console.story import Story
from tests.tools import need

from hegui import checks
from hegui.duties import changes, licences, scope

Theme = Literal["light", "dark"]
MEASURES = "cn-genai-measures-2023"
SERVICE = {"public_prc": True, "provider_place": "prc", "opinion": True, "model_route": "own"}
PAGES = (
    "/",
    "/law/duties",
    "/law/packs/cn-app-method-2019",
    f"/law/packs/{MEASURES}/9",
    f"/law/attest/{MEASURES}/7.1-sources",
    f"/law/attest/{MEASURES}/9.2-accept",
    f"/law/compare/cn-genai-draft-2023/{MEASURES}?change=removed",
    "/law/export",
    "/law/scope",
    "/law/scope/answer/reach",
    "/law/licences/new",
)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    path = need("chromium")
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield launched
        launched.close()


@pytest.fixture(scope="module")
def house(still: Desk) -> Desk:
    """A house with evidence, answers and a licence."""
    Story(still).delivered()
    scope.record(still.store, still.world, SERVICE)
    given = licences.Given(kind="registration", number="R-7", scope="chat", holder="Example Ltd")
    licences.add(still.store, still.world, given)
    still.house.sequence()
    checks.fold_all(still.store)
    changes.refresh(still.store, still.world)
    return still


def opened(house: Desk, browser: Browser, lang: str, width: int, theme: Theme) -> Page:
    context = browser.new_context(
        base_url=house.url, color_scheme=theme, viewport={"width": width, "height": 900}
    )
    context.set_default_timeout(15_000)
    told = {"hegui-staff": house.token("officer"), "hegui-lang": lang}
    context.add_cookies(
        [{"name": name, "value": value, "url": house.url} for name, value in told.items()]
    )
    return context.new_page()


@pytest.mark.parametrize(("lang", "width", "theme"), [("en", 390, "dark"), ("zh", 1280, "light")])
def test_axe_finds_nothing_and_no_page_is_too_wide(
    house: Desk, browser: Browser, lang: str, width: int, theme: Theme
) -> None:
    page = opened(house, browser, lang, width, theme)
    for path in PAGES:
        page.goto(path)
        found = Axe().run(page)
        assert found.violations_count == 0, f"{path}\n{found.generate_report()}"
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
    page.context.close()


def test_keys_find_duties_walk_them_and_open_one(house: Desk, browser: Browser) -> None:
    page = opened(house, browser, "en", 1280, "light")
    page.goto("/law")
    page.keyboard.press("/")
    page.keyboard.type("appeal")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("All duties")
    rows = page.locator("tr[data-row] a").all_inner_texts()
    assert rows
    page.locator("h1").click()
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.textContent") == rows[0]
    page.keyboard.press("Enter")
    expect(page.locator(":target h3")).to_have_text(rows[0])
    page.goto(f"/law/compare/cn-genai-draft-2023/{MEASURES}")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.textContent").startswith("all")
    page.context.close()
