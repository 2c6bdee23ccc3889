"""A member of staff's way through the console, as its owner sees it."""

from playwright.sync_api import Browser, Page, StorageState, expect
from scripts.tour import Look, Shot

#: Pages by the picture's name, in the order of the way.
PAGES = (
    "staff-sign-in",
    "overview",
    "law",
    "law-duties",
    "law-pack",
    "law-article",
    "law-article-met",
    "law-attest",
    "law-compare",
    "law-crosswalk",
    "law-scope",
    "law-scope-answer",
    "law-licences",
    "law-export",
    "generations",
    "generations-stopped",
    "generation",
    "generation-text",
    "casework",
    "casework-decided",
    "case-decided",
    "case",
    "case-decide",
    "applications",
    "application",
    "application-new",
    "word-packs",
    "word-pack",
    "evidence",
    "entry",
    "settings",
    "staff",
    "staff-new",
    "staff-one",
    "me",
    "staff-not-found",
)
_MEASURES = "cn-genai-measures-2023"
#: What the addresses of the plain pages are.
_PLAIN = {
    "overview": "/",
    "law": "/law",
    "law-duties": "/law/duties",
    "law-pack": f"/law/packs/{_MEASURES}",
    "law-article": f"/law/packs/{_MEASURES}/12",
    "law-article-met": f"/law/packs/{_MEASURES}/14",
    "law-attest": f"/law/attest/{_MEASURES}/7.1-sources",
    "law-compare": f"/law/compare/cn-genai-draft-2023/{_MEASURES}?change=removed",
    "law-crosswalk": "/law/crosswalk/eu-ai-act-50",
    "law-scope": "/law/scope",
    "law-scope-answer": "/law/scope/answer/reach",
    "law-licences": "/law/licences",
    "law-export": "/law/export",
    "generations": "/generations",
    "applications": "/applications",
    "application-new": "/applications/new",
    "word-packs": "/word-packs",
    "settings": "/settings",
    "staff": "/staff",
    "staff-new": "/staff/new",
    "me": "/me",
    "staff-not-found": "/no-such-page",
}
#: Pages behind the first row of a list.
_FIRST = {
    "application": "/applications",
    "word-pack": "/word-packs",
    "staff-one": "/staff",
}


def sign_in(browser: Browser, link: str) -> StorageState:
    """Uses the printed link up; gives the session's cookie."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(link)
    page.locator("main form button").click()
    expect(page.locator("nav").first).to_be_visible()
    known = context.storage_state()
    context.close()
    return known


def tour(page: Page, look: Look, shot: Shot) -> None:
    """Goes the whole way and takes each picture."""
    page.goto(f"/?lang={look.lang}")
    for what, path in _PLAIN.items():
        page.goto(path)
        shot(page, what)
    for what, path in _FIRST.items():
        page.goto(path)
        _first(page)
        shot(page, what)
    _generations(page, shot)
    _cases(page, shot)
    page.goto("/evidence")
    shot(page, "evidence")
    page.goto("/evidence/entries/0")
    shot(page, "entry")
    stranger = page.context.browser
    assert stranger is not None
    context = stranger.new_context(viewport=page.viewport_size, color_scheme=look.theme)
    outside = context.new_page()
    outside.goto(f"{page.url.partition('/evidence')[0]}/sign-in?lang={look.lang}")
    shot(outside, "staff-sign-in")
    context.close()


def _first(page: Page) -> None:
    """Opens the first row of a list."""
    link = page.locator("[data-row] a").first
    page.goto(link.get_attribute("href") or "/")


def _generations(page: Page, shot: Shot) -> None:
    page.goto("/generations?outcome=stopped")
    shot(page, "generations-stopped")
    _first(page)
    shot(page, "generation")
    page.locator("details:has(select[name=reason]) > summary").click()
    page.locator("select[name=reason]").select_option(index=1)
    page.locator("[name=note]").fill("An appeal says that the stop was wrong.")
    page.locator("form[action$='/text'] button").click()
    shot(page, "generation-text")


def _cases(page: Page, shot: Shot) -> None:
    page.goto("/casework")
    shot(page, "casework")
    page.goto("/casework?state=decided")
    shot(page, "casework-decided")
    _first(page)
    shot(page, "case-decided")
    page.goto("/casework?state=open")
    _first(page)
    mine = page.locator("form[action$='/assign'] button")
    if mine.count():
        mine.click()
    shot(page, "case")
    page.goto(f"{page.url.partition('?')[0]}/decide")
    shot(page, "case-decide")
