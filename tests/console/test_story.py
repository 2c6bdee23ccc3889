"""One appeal, whole, in a real browser before a real service: stopped, appealed, decided, read.

Once by keyboard alone on the reviewer's side, and once with JavaScript switched off. Every page
passed is looked at by axe, and the receipt is judged by Go's own note and tlog besides ours.
"""

import json
import os
import re
import subprocess
import time
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect, sync_playwright
from tests.ledger.test_go import OFFLINE, SOURCE
from tests.service import Running, hegui, running
from tests.tools import need

from hegui.ledger import Checkpoint, InclusionProof, Verifier
from hegui.ledger.entry import leaf_hash

PACK = """
[pack]
name = "house-words"
author = "Trust team"
version = "1"
[[word]]
word = "把验证码告诉我"
category = "fraud"
action = "stop"
"""
SAID = "骗子常说“把验证码告诉我”，老人该怎样识破？"
STATEMENT = "我在问怎样防骗，引用了骗子的原话。"
FACTS = "读了被拦的输入：它在问怎样识破骗局，列出的词只出现在引文里。"
EXPLANATION = "您是在问怎样防骗，引用骗子的话不等于行骗，这次不该拦。您可以照原样再问一次。"
NOTE = "核对申诉所说的引文是否属实。"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    path = need("chromium")
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield launched
        launched.close()


@pytest.fixture
def service(tmp_path: Path) -> Iterator[Running]:
    """The demo, with a word pack of the house's own in force."""
    pack = tmp_path / "house.toml"
    pack.write_text(PACK, encoding="utf-8")
    with running(tmp_path / "home") as started:
        added = hegui(started.env, "words", "add", str(pack))
        assert added.returncode == 0, added.stderr
        time.sleep(1.5)  # in force within a second
        yield started


@contextmanager
def visitor(browser: Browser, url: str, *, scripted: bool) -> Iterator[Page]:
    """A page of a browser profile of their own; an error of a script or the policy fails it."""
    context = browser.new_context(
        base_url=url, locale="zh-CN", java_script_enabled=scripted, accept_downloads=True
    )
    context.set_default_timeout(15_000)
    page = context.new_page()
    problems: list[str] = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on("console", lambda said: problems.append(said.text) if "Security" in said.text else None)
    page.on("request", lambda sent: None if sent.url.startswith(url) else problems.append(sent.url))
    yield page
    context.close()
    assert not problems


def look(page: Page, *, scripted: bool) -> None:
    """Axe finds nothing; it is a script, so it can't look where there are none."""
    if scripted:
        found = Axe().run(page)
        assert found.violations_count == 0, f"{page.url}\n{found.generate_report()}"


def appeal(page: Page, *, scripted: bool) -> tuple[str, str]:
    """A reader signs up, agrees, is stopped and appeals; the receipt's number and secret."""
    page.goto("/chat")
    page.get_by_role("link", name="注册").click()
    page.get_by_label("代号").fill("青竹")
    page.get_by_label("口令").fill("correct horse battery")
    page.get_by_role("button", name="注册并继续").click()
    page.get_by_role("button", name="同意第 1 版").click()
    expect(page.locator("body.scripted" if scripted else "#say")).to_be_visible()
    page.get_by_placeholder("写下您的问题").fill(SAID)
    page.get_by_role("button", name="发送").click()
    card = page.locator("#log .card.stop")
    expect(card).to_contain_text("诈骗")
    look(page, scripted=scripted)
    with page.expect_popup() as opened:
        card.locator('a[href$="/appeal"]').click()
    form = opened.value
    look(form, scripted=scripted)
    form.get_by_label("您的理由").fill(STATEMENT)
    form.get_by_role("button", name="提交申诉").click()
    number = form.locator("#case-number").inner_text()
    secret = form.locator("#case-secret").inner_text()
    expect(form.locator("#case-due")).to_be_visible()
    look(form, scripted=scripted)
    return number, secret


def receipt(page: Page, number: str) -> str:
    """The receipt's proof file as it is downloaded from the page that is open."""
    with page.expect_download() as downloading:
        page.get_by_role("link", name="下载存证证明").click()
    assert downloading.value.suggested_filename == f"{number}.tlog-proof"
    return Path(downloading.value.path()).read_text(encoding="utf-8")


def key_to(page: Page, name: str, press: str = "Enter") -> None:
    """Tabs to what has that name, each stop on the way in view and outlined, and presses."""
    named = "(e => (e.labels?.[0] ?? e).textContent.trim())(document.activeElement)"
    shown = "getComputedStyle(document.activeElement).outlineStyle !== 'none'"
    # A choice's card is outlined in its place; past the page's end Tab begins anew.
    card = "document.activeElement.matches('.choices input, body')"
    for _ in range(80):
        page.keyboard.press("Tab")
        assert page.evaluate(f"{shown} || {card}"), page.evaluate(named)
        if str(page.evaluate(named)).startswith(name):
            break
    assert str(page.evaluate(named)).startswith(name)
    if press:
        page.keyboard.press(press)


def decide_by_keyboard(page: Page, sign_in: str, number: str) -> None:
    """From the printed link to the sent decision without a mouse."""
    page.goto(sign_in)
    look(page, scripted=True)
    page.keyboard.press("Enter")  # the button has the focus
    expect(page.get_by_role("link", name="案件").first).to_be_visible()
    look(page, scripted=True)
    key_to(page, "案件")
    expect(page.get_by_role("heading", name="案件", level=1)).to_be_visible()
    look(page, scripted=True)
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name=number)).to_be_visible()
    look(page, scripted=True)
    key_to(page, "由我接手")
    expect(page.get_by_text("由您办理")).to_be_visible()
    key_to(page, "说明理由后打开")
    expect(page.get_by_label("理由", exact=True)).to_have_value("appeal")
    look(page, scripted=True)
    key_to(page, "为什么必须看", press="")
    page.keyboard.type(NOTE)
    key_to(page, "记录理由并打开")
    expect(page.get_by_text(SAID)).to_be_visible()
    look(page, scripted=True)
    page.go_back()
    page.go_back()
    key_to(page, "打开申诉人写的话")
    expect(page.get_by_text(STATEMENT)).to_be_visible()
    key_to(page, "作出决定")
    expect(page.get_by_role("heading", name=f"裁定 {number}")).to_be_visible()
    expect(page.get_by_text(STATEMENT)).to_be_visible()
    look(page, scripted=True)
    write_by_keyboard(page)
    expect(page.get_by_role("heading", name=f"{number} 的答复，发出之前")).to_be_visible()
    expect(page.get_by_text(EXPLANATION)).to_be_visible()
    look(page, scripted=True)
    expect(page.get_by_role("button", name="作出决定并发出")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text(f"对 {number} 的决定已作出")
    look(page, scripted=True)


def write_by_keyboard(page: Page) -> None:
    """The form, first with an explanation too short, which costs nothing of what is typed."""
    key_to(page, "申诉成立", "Space")
    key_to(page, "给申诉人的说明", press="")
    page.keyboard.type("太短")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("alert")).to_contain_text("只有 2 个字符")
    look(page, scripted=True)
    expect(page.get_by_role("radio", name="申诉成立")).to_be_checked()
    key_to(page, "给申诉人的说明")  # the link in the alert, to the field
    expect(page.get_by_label("给申诉人的说明")).to_be_focused()
    page.keyboard.press("Control+a")
    page.keyboard.type(EXPLANATION)
    key_to(page, "事实和情形", press="")
    page.keyboard.type(FACTS)
    key_to(page, "依据的性质", press="")
    page.keyboard.press("End")
    page.keyboard.press("Control+Enter")


def decide_by_forms(page: Page, sign_in: str, number: str) -> None:
    """The same with plain links and forms alone."""
    page.goto(sign_in)
    page.locator("main form button").click()
    page.get_by_role("link", name="案件").first.click()
    page.get_by_role("link", name=number).click()
    page.get_by_role("button", name="由我接手").click()
    page.get_by_role("link", name="说明理由后打开").click()
    page.get_by_label("为什么必须看").fill(NOTE)
    page.get_by_role("button", name="记录理由并打开").click()
    expect(page.get_by_text(SAID)).to_be_visible()
    page.goto(f"/casework/{number}")
    page.get_by_role("link", name="作出决定").click()
    page.get_by_label("事实和情形").fill(FACTS)
    page.get_by_role("button", name="打开申诉人写的话").click()
    expect(page.get_by_text(STATEMENT)).to_be_visible()
    expect(page.get_by_label("事实和情形")).to_have_value(FACTS)
    page.get_by_role("radio", name="申诉成立").check()
    page.get_by_label("给申诉人的说明").fill(EXPLANATION)
    page.get_by_label("依据的性质").select_option("none")
    page.get_by_role("button", name="先看看").click()
    page.get_by_role("button", name="回去修改").click()
    expect(page.get_by_label("给申诉人的说明")).to_have_value(EXPLANATION)
    page.get_by_role("button", name="先看看").click()
    page.get_by_role("button", name="作出决定并发出").click()
    expect(page.get_by_role("status")).to_contain_text(f"对 {number} 的决定已作出")


def read_answer(page: Page, number: str, secret: str, *, scripted: bool) -> None:
    """Anybody with number and secret reads the answer; the signed-in reader sees who opened."""
    page.goto("/cases")
    look(page, scripted=scripted)
    page.get_by_label("编号").fill(number)
    page.get_by_label("查询码").fill(secret.lower().replace("-", " "))
    page.get_by_role("button", name="查看").click()
    expect(page.get_by_role("heading", name="申诉成立")).to_be_visible()
    expect(page.get_by_text(EXPLANATION)).to_be_visible()
    expect(page.get_by_text(FACTS)).to_be_visible()
    expect(page.get_by_text("一位工作人员在")).to_be_visible()
    look(page, scripted=scripted)


def judged_by_us(service: Running, proof: str, vkey: str, folder: Path) -> None:
    """``hegui ledger verify --proof`` holds it, and lets go when a byte is changed."""
    file = folder / "receipt.tlog-proof"
    for text, code in ((proof, 0), (proof.replace("index ", "index 1"), 1)):
        file.write_text(text, encoding="utf-8")
        judged = hegui(
            service.env, "ledger", "verify", "--proof", str(file), "--vkey", vkey, "--json"
        )
        assert judged.returncode == code, judged.stdout + judged.stderr
        if code == 0:
            assert json.loads(judged.stdout)["kind"] == "case.filed"


def judged_by_go(proof: str, vkey: str, folder: Path) -> None:
    """Go opens the checkpoint with ``note`` and finds the entry under it with ``tlog``."""
    witness = folder / "witness"
    built = subprocess.run(
        [need("go"), "build", "-trimpath", "-o", str(witness), SOURCE.name],
        cwd=SOURCE.parent,
        env=os.environ | OFFLINE,
        capture_output=True,
        text=True,
        check=False,
    )
    assert built.returncode == 0, built.stderr
    read = InclusionProof.parse(proof)
    checkpoint = Checkpoint.open(read.checkpoint_note, Verifier(vkey))
    leaf = leaf_hash(read.extra)
    record = {
        "Proof": [_plain(one) for one in read.hashes],
        "Size": checkpoint.size,
        "Root": _plain(checkpoint.root),
        "Index": read.index,
        "Leaf": _plain(leaf),
    }
    other = record | {"Leaf": _plain(bytes([leaf[0] ^ 1]) + leaf[1:])}
    question = {"Vkey": vkey, "Notes": [read.checkpoint_note], "Records": [record, other]}
    asked = subprocess.run(
        [witness], input=json.dumps(question).encode(), capture_output=True, check=False
    )
    assert asked.returncode == 0, asked.stderr.decode()
    verdicts: dict[str, Any] = json.loads(asked.stdout)
    assert verdicts["Notes"][0]["Error"] == ""
    assert verdicts["Records"][0] == ""
    assert verdicts["Records"][1] != ""


def _plain(value: bytes) -> str:
    return b64encode(value).decode()


@pytest.mark.parametrize("scripted", [True, False], ids=["by keyboard", "without script"])
def test_one_appeal_from_the_stop_to_the_answer(
    browser: Browser, service: Running, tmp_path: Path, scripted: bool
) -> None:
    portal, console = str(service.facts["portal"]), str(service.facts["console"])
    with visitor(browser, portal, scripted=scripted) as reader:
        number, secret = appeal(reader, scripted=scripted)
        page = reader.context.pages[-1]
        assert re.fullmatch(r"A-\d{4}-0001", number)
        proof = receipt(page, number)
        with visitor(browser, console, scripted=scripted) as staff:
            decide = decide_by_keyboard if scripted else decide_by_forms
            decide(staff, str(service.facts["sign_in"]), number)
        reader.goto("/mine")
        expect(reader.get_by_text(NOTE)).to_be_visible()
        look(reader, scripted=scripted)
    with visitor(browser, portal, scripted=scripted) as anybody:
        read_answer(anybody, number, secret, scripted=scripted)
        vkey = anybody.request.get("/ledger/vkey").text().strip()
    judged_by_us(service, proof, vkey, tmp_path)
    judged_by_go(proof, vkey, tmp_path)
