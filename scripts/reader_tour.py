"""A reader's way through the public pages: to a chat, to a stop, to an appeal and its answer."""

from playwright.sync_api import Page, expect
from scripts.tour import Look, Shot

from hegui.screen import shipped_packs

#: What is asked first, what draws a picture, and a pseudonym.
SAID = {
    "zh": ("标识是什么？", "画一座山", "青竹", "这句话是我在反诈课上抄的例子，请再看一看。"),
    "en": ("What is a label?", "Draw a hill", "bamboo", "I copied it from a lesson on scams."),
}
#: Pages by the picture's name, in the order of the way.
PAGES = (
    "home",
    "sign-up",
    "sign-up-wrong",
    "agreement",
    "accepted",
    "chat-empty",
    "chat",
    "chat-stop",
    "decision",
    "appeal",
    "appeal-receipt",
    "appeal-again",
    "case-look-up",
    "case-withdraw",
    "case-withdrawn",
    "mine",
    "words",
    "ledger",
    "link-expired",
    "not-found",
    "sign-in",
)


def tour(page: Page, look: Look, shot: Shot) -> None:
    """Goes the whole way and takes each picture."""
    lang = look.lang
    question, drawing, name, statement = SAID[lang]
    page.goto(f"/?lang={lang}")
    shot(page, "home")
    page.goto("/sign-up")
    shot(page, "sign-up")
    _fill(page, "13800138000")
    expect(page.get_by_role("alert")).to_be_visible()
    shot(page, "sign-up-wrong")
    _fill(page, f"{name}-{look.size}-{look.theme}")
    page.goto("/agreement")
    shot(page, "agreement", whole=False)
    page.locator(".decide .button").click()
    shot(page, "accepted")
    page.goto("/chat")
    expect(page.locator("body.scripted")).to_be_visible()
    shot(page, "chat-empty", whole=False)
    _ask(page, question)
    _ask(page, drawing)
    page.wait_for_function("() => document.querySelector('#log img').complete")
    shot(page, "chat", whole=False)
    _ask(page, _listed(lang))
    shot(page, "chat-stop", whole=False)
    page.goto(page.locator(".card.stop a").first.get_attribute("href") or "/")
    shot(page, "decision")
    _appeal(page, statement, shot)
    for path, what in (("/mine", "mine"), ("/words", "words"), ("/ledger", "ledger")):
        page.goto(path)
        shot(page, what)
    page.goto("/agreement?token=expired")
    shot(page, "link-expired")
    page.goto("/no-such-page")
    shot(page, "not-found")
    page.goto("/")
    page.locator("form[action='/sign-out'] button").click()
    shot(page, "sign-in")


def _appeal(page: Page, statement: str, shot: Shot) -> None:
    decision = page.url
    page.goto(decision.partition("?")[0] + "/appeal")
    page.locator("#statement").fill(statement)
    shot(page, "appeal")
    page.locator("main form .button").click()
    expect(page.locator("#case-number")).to_be_visible()
    shot(page, "appeal-receipt")
    case = page.url
    page.goto(decision.partition("?")[0] + "/appeal")
    shot(page, "appeal-again")
    page.goto("/cases")
    shot(page, "case-look-up")
    page.goto(f"{case}/withdraw")
    shot(page, "case-withdraw")
    page.locator("main form .button").click()
    shot(page, "case-withdrawn")


def _fill(page: Page, pseudonym: str) -> None:
    page.locator("#pseudonym").fill(pseudonym)
    page.locator("#passphrase").fill("eight or more words")
    page.locator("main form .button").click()


def _ask(page: Page, text: str) -> None:
    page.locator("#say").fill(text)
    page.keyboard.press("Enter")
    expect(page.locator("#send")).to_be_visible()


def _listed(lang: str) -> str:
    """A phrase of the example pack in that language."""
    words = (word.word for pack in shipped_packs() for word in pack.words if word.action == "stop")
    return next(word for word in words if word.isascii() is (lang == "en"))
