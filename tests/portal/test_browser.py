"""The portal in a real browser: the way to a chat, streaming, stops, keyboard, axe, no script."""

import re
from collections.abc import Iterator
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, ViewportSize, expect, sync_playwright
from tests.portal import casework
from tests.portal.gateway import DECISION, PNG
from tests.portal.site import PASSPHRASE, Site
from tests.tools import need

from hegui.people import agreements

Theme = Literal["light", "dark"]
PHONE: ViewportSize = {"width": 390, "height": 844}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    path = need("chromium")
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield launched
        launched.close()


@pytest.fixture
def page(site: Site, browser: Browser) -> Iterator[Page]:
    """A page of a fresh browser profile; any script error or blocked request fails the test."""
    context = browser.new_context(base_url=site.url, locale="zh-CN")
    context.set_default_timeout(15_000)
    opened = context.new_page()
    problems: list[str] = []
    opened.on("pageerror", lambda error: problems.append(str(error)))
    opened.on(
        "console",
        lambda message: problems.append(message.text) if "Security" in message.text else None,
    )
    opened.on("request", lambda request: _inside(request.url, site.url, problems))
    yield opened
    context.close()
    assert not problems


def _inside(url: str, own: str, problems: list[str]) -> None:
    if not url.startswith((own, "data:")):
        problems.append(f"outside request: {url}")


def sign_up(page: Page, name: str = "青竹", *, scripted: bool = True) -> None:
    page.goto("/chat")
    page.get_by_role("link", name="注册").click()
    page.get_by_label("代号").fill(name)
    page.get_by_label("口令").fill(PASSPHRASE)
    page.get_by_role("button", name="注册并继续").click()
    page.get_by_role("button", name="同意第 1 版").click()
    expect(page.locator("body.scripted" if scripted else "#say")).to_be_visible()


def ask(page: Page, text: str) -> None:
    page.get_by_placeholder("写下您的问题").fill(text)
    page.keyboard.press("Enter")


def done(page: Page) -> None:
    expect(page.locator("#send")).to_be_visible()


def test_sign_up_accept_chat_and_the_next_turn_knows_the_last(site: Site, page: Page) -> None:
    sign_up(page)
    ask(page, "你好")
    expect(page.locator(".answer .piece")).to_contain_text("您说的是：“你好”")
    done(page)
    ask(page, "再来")
    expect(page.locator(".answer")).to_have_count(2)
    done(page)
    roles = [message["role"] for message in site.gateway.asked[-1]["messages"]]
    assert roles == ["user", "assistant", "user"]
    expect(page.get_by_role("status")).to_have_text("回答完毕")


def test_the_notice_stays_in_view_however_long_the_talk(page: Page) -> None:
    page.set_viewport_size(PHONE)
    sign_up(page)
    ask(page, "很长的一段话。" * 300)
    done(page)
    notice = page.locator("#notice")
    expect(notice).to_be_in_viewport(ratio=1)
    assert "AI生成" in notice.inner_text()
    page.locator("#stream").evaluate("element => element.scrollTop = 0")
    expect(notice).to_be_in_viewport(ratio=1)
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]


def test_a_stop_in_the_stream_shows_its_reason_and_leads_to_its_page(page: Page) -> None:
    sign_up(page)
    ask(page, "stop-output")
    card = page.locator("#log .card.stop")
    expect(card).to_contain_text("回答在这里停下了")
    expect(card).to_contain_text("诈骗与恶意软件")
    expect(card).to_contain_text("示例词包 <b>x</b>")
    with page.expect_popup() as opened:
        card.get_by_role("link", name="查看理由").click()
    expect(opened.value.get_by_text(DECISION)).to_be_visible()
    with page.expect_popup() as opened:
        card.get_by_role("link", name="申诉").click()
    expect(opened.value.get_by_label("您的理由")).to_be_visible()


def test_the_keyboard_alone_gets_from_a_stop_to_its_answer(site: Site, page: Page) -> None:
    casework.generated(site.house)
    sign_up(page)
    ask(page, "stop-input")
    done(page)
    with page.expect_popup() as opened:
        _tab_to(page, "查看理由", back=True)
    reasons = opened.value
    expect(reasons.get_by_role("heading", name="不同意？请人来看")).to_be_visible()
    _tab_to(reasons, "申诉")
    expect(reasons.locator("#count")).to_have_text("已写 0 / 4,000 字")
    _tab_to(reasons, "您的理由（可以不写）", press="")
    reasons.keyboard.type("只是在问怎样识别诈骗")
    expect(reasons.locator("#count")).to_have_text("已写 10 / 4,000 字")
    _axe(reasons)
    _tab_to(reasons, "提交申诉")
    expect(reasons.get_by_text("申诉已提交")).to_be_visible()
    _axe(reasons)
    number = reasons.locator("#case-number").inner_text()
    secret = reasons.locator("#case-secret").inner_text()
    casework.sequence(site.house)
    with reasons.expect_download() as file:
        _tab_to(reasons, "下载存证证明")
    assert file.value.suggested_filename == f"{number}.tlog-proof"
    casework.decided(site.house, number, secret, words="您问的是识别，停错了。")
    reasons.context.clear_cookies(name="hegui-case")
    reasons.goto("/")
    _tab_to(reasons, "申诉，或查看答复")
    expect(reasons.get_by_label("编号")).to_be_visible()
    _tab_to(reasons, "编号", press="")
    reasons.keyboard.type(number)
    reasons.keyboard.press("Tab")
    reasons.keyboard.type(secret)
    reasons.keyboard.press("Enter")
    expect(reasons.get_by_role("heading", name="申诉成立：停错了")).to_be_visible()
    expect(reasons.get_by_text("您问的是识别，停错了。")).to_be_visible()
    _axe(reasons)


def test_the_counter_says_by_how_much_a_text_is_too_long_and_nothing_is_lost(
    site: Site, page: Page
) -> None:
    site.gateway.stop("output")
    page.goto(f"/decisions/{DECISION}/appeal")
    box = page.get_by_label("您的理由")
    box.fill("𠀀" * 4002)
    expect(page.locator("#count")).to_have_text("超出 2 字，请缩短")
    page.get_by_role("button", name="提交申诉").click()
    expect(page.get_by_role("alert")).to_contain_text("上限为 4000")
    expect(box).to_have_value("𠀀" * 4002)
    box.fill("𠀀" * 4000)
    page.get_by_role("button", name="提交申诉").click()
    expect(page.get_by_text("申诉已提交")).to_be_visible()


def test_a_stop_of_what_was_written_is_not_sent_again(site: Site, page: Page) -> None:
    sign_up(page)
    ask(page, "stop-input")
    expect(page.locator("#log .card.stop")).to_contain_text("这句话没有送出")
    done(page)
    ask(page, "你好")
    done(page)
    assert [m["content"] for m in site.gateway.asked[-1]["messages"]] == ["你好"]


def test_an_error_gives_the_words_back(page: Page) -> None:
    sign_up(page)
    ask(page, "down")
    expect(page.locator("#log .card.error")).to_contain_text("模型没有答上来")
    expect(page.get_by_placeholder("写下您的问题")).to_have_value("down")


def test_an_answer_that_breaks_off_stays_and_is_told(page: Page) -> None:
    sign_up(page)
    ask(page, "break")
    expect(page.locator("#log .card.error")).to_contain_text("回答中途断了")
    expect(page.locator(".answer .piece")).to_contain_text("您说的是")


def test_an_answer_that_breaks_off_before_its_first_word_gives_the_words_back(
    page: Page,
) -> None:
    sign_up(page)
    ask(page, "break at once")
    expect(page.locator("#log .card.error")).to_contain_text("暂时连不上服务")
    expect(page.get_by_placeholder("写下您的问题")).to_have_value("break at once")
    expect(page.locator(".answer")).to_have_count(0)


def test_stop_ends_the_model_at_once(site: Site, page: Page) -> None:
    sign_up(page)
    ask(page, "slow")
    expect(page.locator(".answer .piece")).to_contain_text("您说的是")
    page.get_by_role("button", name="停止").click()
    expect(page.locator(".halted")).to_have_text("您已停止，模型已停下。")
    site.call(_left(site))


def test_escape_stops_before_the_first_word_too(site: Site, page: Page) -> None:
    sign_up(page)
    ask(page, "hang")
    expect(page.get_by_role("button", name="停止")).to_be_visible()
    while not site.gateway.asked:
        page.wait_for_timeout(10)
    page.keyboard.press("Escape")
    done(page)
    site.call(_left(site))


async def _left(site: Site) -> None:
    await site.gateway.left.wait()


def test_a_picture_is_drawn_and_markup_is_not(page: Page) -> None:
    sign_up(page)
    ask(page, "画一座山")
    picture = page.get_by_role("img", name="AI生成的图：一座山")
    expect(picture).to_have_attribute("src", f"data:image/png;base64,{PNG}")
    done(page)
    ask(page, "html")
    expect(page.locator(".answer").nth(1)).to_contain_text("<img src=x onerror=alert(1)>")
    expect(page.locator("#log img")).to_have_count(1)


def test_a_composing_enter_does_not_send(site: Site, page: Page) -> None:
    sign_up(page)
    box = page.get_by_placeholder("写下您的问题")
    box.fill("ni hao")
    composing = "{bubbles: true, cancelable: true, key: 'Enter', isComposing: true}"
    box.evaluate(f"e => e.dispatchEvent(new KeyboardEvent('keydown', {composing}))")
    page.keyboard.press("Shift+Enter")
    expect(box).to_have_value("ni hao\n")
    assert site.gateway.asked == []


def test_the_language_changes_without_losing_a_word(page: Page) -> None:
    sign_up(page)
    ask(page, "你好")
    done(page)
    page.get_by_placeholder("写下您的问题").fill("half a sentence")
    page.get_by_role("button", name="English").click()
    expect(page.get_by_placeholder("Write your question")).to_have_value("half a sentence")
    expect(page.locator(".answer .piece")).to_contain_text("您说的是：“你好”")


def test_the_notice_follows_the_model(page: Page) -> None:
    sign_up(page)
    demo = page.get_by_text("演示应答器，不是人工智能模型")
    expect(demo).to_be_visible()
    page.get_by_label("模型").select_option("chat")
    expect(demo).to_be_hidden()


def test_a_new_agreement_meanwhile_is_a_card_that_leads_to_it(site: Site, page: Page) -> None:
    sign_up(page)
    agreements.publish(site.house.store, site.house.world, "新版", "New")
    ask(page, "你好")
    expect(page.get_by_role("link", name="打开服务协议")).to_be_visible()
    expect(page.get_by_placeholder("写下您的问题")).to_have_value("你好")


def test_the_keyboard_alone_gets_from_the_door_to_an_answer(page: Page) -> None:
    page.goto("/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="跳到正文")).to_be_focused()
    page.keyboard.press("Enter")
    _tab_to(page, "开始对话")
    page.wait_for_url(re.compile("/sign-in"))
    _tab_to(page, "还没有账号？注册")
    page.wait_for_url(re.compile("/sign-up"))
    _tab_to(page, "代号", press="")
    page.keyboard.type("青竹")
    page.keyboard.press("Tab")
    page.keyboard.type(PASSPHRASE)
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/agreement"))
    _tab_to(page, "我已读完，同意第 1 版")
    expect(page.locator("body.scripted")).to_be_visible()
    _tab_to(page, "您想说的话", press="", at_once=True)
    page.keyboard.type("你好")
    page.keyboard.press("Enter")
    expect(page.locator(".answer .piece")).to_contain_text("您说的是：“你好”")


def _tab_to(
    page: Page, name: str, *, press: str = "Enter", at_once: bool = False, back: bool = False
) -> None:
    """Tabs until the element of that name has the focus; every stop on the way is visible."""
    named = (
        "() => { const e = document.activeElement;return (e.labels?.[0] ?? e).textContent.trim() }"
    )
    for _ in range(0 if at_once else 40):
        page.keyboard.press("Shift+Tab" if back else "Tab")
        if page.evaluate(named) == name:
            break
        outline = "getComputedStyle(document.activeElement).outlineStyle"
        assert page.evaluate(outline) != "none"
    page.wait_for_function(f"({named})() === {name!r}")
    if press:
        page.keyboard.press(press)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_axe_finds_nothing_on_any_page(
    site: Site, browser: Browser, theme: Theme, width: int
) -> None:
    site.gateway.stop("output")
    context = browser.new_context(
        base_url=site.url, color_scheme=theme, viewport={"width": width, "height": 844}
    )
    page = context.new_page()
    for path in ("/", "/words", "/sign-in", "/sign-up", "/agreement?token=x", "/nowhere"):
        page.goto(path)
        _axe(page)
    page.goto("/sign-up")
    page.get_by_label("代号").fill("13800138000")
    page.get_by_label("口令").fill(PASSPHRASE)
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_be_visible()
    _axe(page)
    sign_up(page)
    _axe(page)
    for text in ("你好", "画一座山", "stop-output", "down"):
        ask(page, text)
        done(page)
    _axe(page)
    case = _appealed(page)
    shown = ("/ledger", "/words?lang=en", "/agreement", f"/decisions/{DECISION}", "/chat")
    for path in (*shown, *case, "/cases", "/decisions?number=x", "/mine"):
        page.goto(path)
        _axe(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    context.close()


def _appealed(page: Page) -> tuple[str, ...]:
    """Appeals, looking at the form and at the error; the pages of the case."""
    page.goto(f"/decisions/{DECISION}/appeal")
    _axe(page)
    page.locator("#statement").fill("x" * 4001)
    page.locator("main form .button").click()
    expect(page.get_by_role("alert")).to_be_visible()
    _axe(page)
    page.locator("#statement").fill("x")
    page.locator("main form .button").click()
    for details in page.locator("details").all():
        details.locator("summary").click()
    _axe(page)
    return ("/cases/A-2026-0001", "/cases/A-2026-0001/withdraw")


def _axe(page: Page) -> None:
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


def test_without_javascript_everything_still_works(site: Site, browser: Browser) -> None:
    context = browser.new_context(base_url=site.url, java_script_enabled=False)
    page = context.new_page()
    sign_up(page, scripted=False)
    page.get_by_placeholder("写下您的问题").fill("你好")
    page.get_by_role("button", name="发送").click()
    expect(page.locator(".answer .piece")).to_contain_text("您说的是：“你好”")
    page.get_by_placeholder("写下您的问题").fill("stop-input")
    page.get_by_role("button", name="发送").click()
    expect(page.locator("#log .card.stop")).to_contain_text("诈骗与恶意软件")
    with page.expect_popup() as opened:
        page.locator("#log .card.stop").get_by_role("link", name="申诉").click()
    appeal = opened.value
    appeal.get_by_label("您的理由").fill("不用脚本也能申诉")
    expect(appeal.locator("#count")).to_be_hidden()
    appeal.get_by_role("button", name="提交申诉").click()
    appeal.get_by_role("link", name="撤回申诉").click()
    appeal.get_by_role("button", name="撤回").click()
    expect(appeal.get_by_role("heading", name="您已撤回申诉")).to_be_visible()
    appeal.close()
    page.get_by_role("button", name="English").click()
    expect(page.get_by_text("Answers here are generated by AI")).to_be_visible()
    expect(page.locator(".answer")).to_have_count(1)
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_text("You have signed out.")).to_be_visible()
    context.close()


def test_an_example_sends_itself(page: Page) -> None:
    sign_up(page)
    page.get_by_role("button", name="画一张小图").click()
    expect(page.get_by_role("img", name="AI生成的图：一座山")).to_be_visible()
    expect(page.locator("#welcome")).to_have_count(0)
