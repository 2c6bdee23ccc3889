"""The case pages in a real browser: every size, theme and language, the keys, and lost sessions."""

from collections.abc import Iterator
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect, sync_playwright
from tests.cases.bench import STATEMENT
from tests.console.casework import TYPED, Casework
from tests.console.desk import Desk
from tests.tools import need

from hegui.cases import Filed, decide

Theme = Literal["light", "dark"]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    path = need("chromium")
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield launched
        launched.close()


def opened(
    desk: Desk, browser: Browser, *, lang: str = "en", theme: Theme = "light", width: int = 1280
) -> Page:
    """The reviewer's page."""
    context = browser.new_context(
        base_url=desk.url, color_scheme=theme, viewport={"width": width, "height": 844}
    )
    context.set_default_timeout(15_000)
    told = {"hegui-staff": desk.token("reviewer"), "hegui-lang": lang}
    context.add_cookies(
        [{"name": name, "value": value, "url": desk.url} for name, value in told.items()]
    )
    return context.new_page()


def look(page: Page, path: str = "") -> None:
    """Axe finds nothing, and nothing is wider than the window."""
    if path:
        page.goto(path)
    found = Axe().run(page)
    assert found.violations_count == 0, f"{page.url}\n{found.generate_report()}"
    assert page.viewport_size is not None
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]


@pytest.mark.parametrize(
    ("lang", "width", "theme"),
    [("zh", 390, "light"), ("en", 390, "dark"), ("zh", 1280, "dark"), ("en", 1280, "light")],
)
def test_axe_finds_nothing_on_any_page(
    still: Desk, browser: Browser, lang: str, width: int, theme: Theme
) -> None:
    work = Casework(still)
    mine, own, done = work.opened(), work.against("reviewer"), work.taken()
    decide(work.store, work.keys, work.world, done.case_id, still.staff["reviewer"], STATEMENT)
    page = opened(still, browser, lang=lang, theme=theme, width=width)
    for query in ("", "?state=mine", "?state=decided", "?number=A-1", "?kind=appeal&with=nobody"):
        look(page, f"/casework{query}")
    for filed in (mine, own, done):
        look(page, f"/casework/{filed.number}")
        page.locator("details.drawer summary").click()
        look(page)
    page.goto(f"/casework/{mine.number}/decide")
    page.locator("details.drawer summary").click()
    look(page)
    page.locator("#decision [data-main]").click()
    expect(page.get_by_role("alert")).to_be_visible()
    look(page)
    write(page)
    page.locator("[data-main]").click()
    expect(page.locator("button[value=send]")).to_be_focused()
    look(page)
    page.context.close()


def write(page: Page) -> None:
    page.locator(f"[name=outcome][value={TYPED['outcome']}]").check()
    page.locator("#explanation").fill(TYPED["explanation"])
    page.locator("#facts").fill(TYPED["facts"])
    page.locator("#ground").select_option(TYPED["ground"])


def test_the_keys_walk_the_rows_of_the_list(desk: Desk, browser: Browser) -> None:
    work = Casework(desk)
    filed: list[Filed] = []
    for _ in range(3):
        filed.append(work.file())
        work.world.tick(1)
    page = opened(desk, browser)
    page.goto("/casework")
    for key in ("j", "j", "j", "k"):
        page.keyboard.press(key)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name=filed[1].number)).to_be_visible()
    page.context.close()


def test_what_was_typed_outlives_the_session(desk: Desk, browser: Browser) -> None:
    filed = Casework(desk).taken()
    page = opened(desk, browser)
    at = f"/casework/{filed.number}/decide"
    page.goto(at)
    write(page)
    desk.book.end_sessions(desk.staff["reviewer"].id)
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("heading", name="Sign in to the console")).to_be_visible()
    page.context.add_cookies(
        [{"name": "hegui-staff", "value": desk.token("reviewer"), "url": desk.url}]
    )
    page.goto(at)
    expect(page.locator("#explanation")).to_have_value(TYPED["explanation"])
    expect(page.locator("[name=outcome][value=upheld]")).to_be_checked()
    page.keyboard.press("Control+Enter")
    page.locator("button[value=send]").click()
    expect(page.get_by_role("status")).to_contain_text(f"{filed.number} is decided")
    assert page.evaluate("sessionStorage.length") == 0
    page.context.close()


def test_the_button_stays_in_view_while_the_answer_is_read(desk: Desk, browser: Browser) -> None:
    filed = Casework(desk).taken()
    page = opened(desk, browser, width=390)
    page.goto(f"/casework/{filed.number}/decide")
    write(page)
    page.keyboard.press("Control+Enter")
    expect(page.locator("button[value=send]")).to_be_focused()
    expect(page.locator("button[value=send]")).to_be_in_viewport(ratio=1)
    assert page.evaluate("window.scrollY") == 0
    page.context.close()
