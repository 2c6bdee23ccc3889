"""``/check`` in a real browser: a file chosen, a file dropped, and without JavaScript."""

import base64
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect, sync_playwright
from tests.marks.samples.pixel import PNG
from tests.portal.site import Site
from tests.tools import need

from hegui import marks
from hegui.marks import Label

_DROP = """(text) => {
  const bytes = Uint8Array.from(atob(text), (one) => one.charCodeAt(0));
  const data = new DataTransfer();
  data.items.add(new File([bytes], "dropped.png"));
  document.body.dispatchEvent(
    new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }),
  );
}"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    path = need("chromium")
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield launched
        launched.close()


@pytest.fixture(params=[True, False], ids=["script", "no-script"])
def page(site: Site, browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    context = browser.new_context(
        base_url=site.url, locale="zh-CN", java_script_enabled=request.param
    )
    context.set_default_timeout(15_000)
    yield context.new_page()
    context.close()


def test_a_chosen_file_is_told(page: Page, tmp_path: Path) -> None:
    path = tmp_path / "图片.png"
    marks.write(PNG, Label.first("001191110102MACQD9K64010000", "n-1"), to=path)
    page.goto("/")
    page.get_by_role("link", name="查验文件").click()
    page.get_by_label("文件", exact=True).set_input_files(path)
    page.get_by_role("button", name="读取标识").click()
    expect(page.get_by_role("heading", name="写法符合标准")).to_be_visible()
    expect(page.get_by_text("图片.png")).to_be_visible()
    expect(page.get_by_text("n-1").first).to_be_visible()


def test_a_dropped_file_is_read_at_once(site: Site, browser: Browser) -> None:
    context = browser.new_context(base_url=site.url, locale="zh-CN")
    page = context.new_page()
    page.goto("/check")
    expect(page.get_by_text("也可以把文件拖到这里")).to_be_visible()
    page.evaluate(_DROP, base64.b64encode(PNG).decode())
    expect(page.get_by_role("heading", name="没有找到 AI 生成标识")).to_be_visible()
    expect(page.get_by_text("dropped.png")).to_be_visible()
    assert Axe().run(page).violations_count == 0
    context.close()
