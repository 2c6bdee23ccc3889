"""The frame in a real browser: the printed link, keys, the folded rail, no script, axe."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, ViewportSize, expect, sync_playwright
from tests.console.desk import Desk
from tests.tools import need

PHONE: ViewportSize = {"width": 390, "height": 844}
PASS = "correct horse battery"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    path = need("chromium")
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield launched
        launched.close()


@pytest.fixture
def page(desk: Desk, browser: Browser) -> Iterator[Page]:
    """A fresh browser profile; a script error or a request to another site fails the test."""
    context = browser.new_context(base_url=desk.url, locale="en")
    context.set_default_timeout(15_000)
    context.add_cookies([{"name": "hegui-lang", "value": "en", "url": desk.url}])
    opened = context.new_page()
    problems: list[str] = []
    opened.on("pageerror", lambda error: problems.append(str(error)))
    opened.on(
        "console",
        lambda message: problems.append(message.text) if "Security" in message.text else None,
    )
    opened.on(
        "request",
        lambda request: None if request.url.startswith(desk.url) else problems.append(request.url),
    )
    yield opened
    context.close()
    assert not problems


def sign_in(desk: Desk, page: Page, role: str = "owner") -> None:
    page.context.add_cookies([{"name": "hegui-staff", "value": desk.token(role), "url": desk.url}])


def focused_row(page: Page) -> str:
    """The text of the link that has the focus."""
    return str(page.evaluate("document.activeElement.textContent"))


def test_the_printed_link_lets_in_by_one_key_and_a_passphrase_is_chosen(
    desk: Desk, page: Page
) -> None:
    page.goto(f"/enter/{desk.book.link(desk.staff['owner'].id)}")
    expect(page.get_by_role("button", name="Sign in")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{desk.url}/me")
    page.get_by_label("New passphrase").fill(PASS)
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("The passphrase is saved")
    page.get_by_role("button", name="Sign out").click()
    page.get_by_label("Name").fill("the owner")
    page.get_by_label("Passphrase").fill(PASS)
    page.keyboard.press("Enter")
    expect(page.get_by_role("navigation", name="Menu")).to_be_visible()


def test_rows_are_walked_and_opened_by_keys(desk: Desk, page: Page) -> None:
    sign_in(desk, page)
    page.goto("/staff")
    names = page.locator("tr[data-row] a").all_inner_texts()
    page.keyboard.press("j")
    page.keyboard.press("j")
    assert focused_row(page) == names[1]
    page.keyboard.press("k")
    page.keyboard.press("k")
    assert focused_row(page) == names[0]
    page.keyboard.press("k")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(names[1])


def test_keys_are_shown_and_leave_typing_alone(desk: Desk, page: Page) -> None:
    sign_in(desk, page)
    page.goto("/staff/new")
    page.get_by_label("Name").fill("")
    page.keyboard.type("jk/?")
    expect(page.get_by_label("Name")).to_have_value("jk/?")
    expect(page.get_by_role("dialog")).to_be_hidden()
    page.locator("h1").click()
    page.keyboard.press("?")
    dialog = page.get_by_role("dialog", name="Keys")
    expect(dialog).to_be_visible()
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    page.get_by_role("button", name="Keys").click()
    dialog.get_by_role("button", name="Close").click()
    expect(dialog).to_be_hidden()


def test_the_slash_goes_to_the_filter(desk: Desk, page: Page) -> None:
    sign_in(desk, page)
    page.goto("/generations")
    page.keyboard.press("/")
    assert page.evaluate("Boolean(document.activeElement.closest('.filters'))")


def test_on_a_phone_the_rail_folds(desk: Desk, page: Page) -> None:
    page.set_viewport_size(PHONE)
    sign_in(desk, page)
    page.goto("/me")
    link = page.get_by_role("link", name="Staff")
    expect(link).to_be_hidden()
    page.get_by_text("Menu", exact=True).click()
    link.click()
    expect(page.get_by_role("heading", level=1, name="Staff")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]


def test_everything_is_there_without_javascript(desk: Desk, browser: Browser) -> None:
    context = browser.new_context(
        base_url=desk.url, java_script_enabled=False, viewport=PHONE, locale="en"
    )
    context.add_cookies([{"name": "hegui-lang", "value": "en", "url": desk.url}])
    page = context.new_page()
    page.goto(f"/enter/{desk.book.link(desk.staff['owner'].id)}")
    page.get_by_role("button", name="Sign in").click()
    page.get_by_text("Menu", exact=True).click()
    page.get_by_role("link", name="Staff").click()
    page.get_by_role("link", name="Add a member").click()
    page.get_by_label("Name").fill("Mei")
    page.get_by_label("Role").select_option("auditor")
    page.get_by_role("button", name="Add and get the link").click()
    expect(page.locator(".once")).to_contain_text("/enter/")
    expect(page.get_by_role("button", name="Keys")).to_be_hidden()
    context.close()


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_axe_finds_nothing(desk: Desk, page: Page, theme: str, width: int) -> None:
    page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
    page.set_viewport_size({"width": width, "height": 900})
    link = desk.book.link(desk.staff["auditor"].id)
    gone = desk.book.add("gone", "auditor")
    desk.book.disable(gone.id)
    member = desk.staff["reviewer"].id
    for path in ("/sign-in", f"/enter/{link}", "/enter/used"):
        page.goto(path)
        found = Axe().run(page)
        assert found.violations_count == 0, found.generate_report()
    sign_in(desk, page)
    for path in (
        "/staff",
        "/staff/new",
        f"/staff/{member}",
        f"/staff/{gone.id}",
        "/me",
        "/nowhere",
    ):
        page.goto(path)
        found = Axe().run(page)
        assert found.violations_count == 0, f"{path}: {found.generate_report()}"
