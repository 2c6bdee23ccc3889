"""A reader's way through the public pages: to a chat, to a stop, to an appeal and its answer."""

from playwright.sync_api import FilePayload, Page, expect
from scripts.tour import Look, Shot

from hegui import marks
from hegui.screen import shipped_packs

#: What is asked first, what draws a picture, and a pseudonym.
SAID = {
    "zh": ("标识是什么？", "画一座山", "青竹", "这句话是我在反诈课上抄的例子，请再看一看。"),
    "en": ("What is a label?", "Draw a hill", "bamboo", "I copied it from a lesson on scams."),
}
#: A page of text without a label, and one whose label is wrong in several ways.
_PAGE = b"# A page\n\nSome text.\n"
_WRONG = (
    b"---\nAIGC:\n  Label: AIGC\n  ContentProducer: 001191110102MACQD9K64010001\n"
    b"  ProduceID: 7\n---\n\n# A page\n"
)
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
    "check",
    "check-ours",
    "check-forged",
    "check-wrong",
    "check-none",
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
    with page.expect_download() as download:
        page.locator("#save button[value=docx]").click()
    kept = download.value.path().read_bytes()
    _ask(page, _listed(lang))
    shot(page, "chat-stop", whole=False)
    page.goto(page.locator(".card.stop a").first.get_attribute("href") or "/")
    shot(page, "decision")
    _appeal(page, statement, shot)
    for path, what in (("/mine", "mine"), ("/words", "words"), ("/ledger", "ledger")):
        page.goto(path)
        shot(page, what)
    _check(page, kept, shot)
    page.goto("/agreement?token=expired")
    shot(page, "link-expired")
    page.goto("/no-such-page")
    shot(page, "not-found")
    page.goto("/")
    page.locator("form[action='/sign-out'] button").click()
    shot(page, "sign-in")


def _appeal(page: Page, statement: str, shot: Shot) -> None:
    address = page.url.partition("?")[0] + "/appeal"
    page.goto(address)
    page.locator("#statement").fill(statement)
    shot(page, "appeal")
    page.locator("main form .button").click()
    expect(page.locator("#case-number")).to_be_visible()
    shot(page, "appeal-receipt")
    case = page.url
    page.goto(address)
    shot(page, "appeal-again")
    page.goto("/cases")
    shot(page, "case-look-up")
    page.goto(f"{case}/withdraw")
    shot(page, "case-withdraw")
    page.locator("main form .button").click()
    shot(page, "case-withdrawn")
    # The staff's tour opens a case that nobody has decided: this one, filed again.
    page.goto(address)
    page.locator("#statement").fill(statement)
    page.locator("main form .button").click()
    expect(page.locator("#case-number")).to_be_visible()


def _check(page: Page, kept: bytes, shot: Shot) -> None:
    forged = marks.write(_PAGE, marks.Label.first(marks.DEMO_CODE, "2026-0001"))
    page.goto("/check")
    shot(page, "check")
    for what, name, data in (
        ("check-ours", "conversation.docx", kept),
        ("check-forged", "page.md", forged),
        ("check-wrong", "wrong.md", _WRONG),
        ("check-none", "page.md", _PAGE),
    ):
        page.goto("/check")
        file: FilePayload = {"name": name, "mimeType": "application/octet-stream", "buffer": data}
        page.locator("#file").set_input_files(file)
        page.locator("main form .button").click()
        expect(page.locator("section.verdict")).to_be_visible()
        shot(page, what)


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
