"""What every page has: language, headers, one frame, bounded size, no outside address."""

import re

import httpx2
import msgspec
import pytest
from tests.portal.site import Site, TestHouse

SCRIPTS = ("chat", "turns", "pieces", "sse", "count")
PAGES = [
    "/",
    "/sign-in",
    "/sign-up",
    "/agreement",
    "/ledger",
    "/words",
    "/cases",
    "/cases?number=A-2026-0001",
    "/decisions",
    "/decisions?number=x",
    "/agreement?token=x",
    "/nowhere",
]


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_page_is_whole_in_both_languages(onlooker: httpx2.Client, path: str, lang: str) -> None:
    page = onlooker.get(path, params={**dict(httpx2.URL(path).params), "lang": lang})
    assert f'<html lang="{"zh-CN" if lang == "zh" else "en"}">' in page.text
    assert len(re.findall(r"<h1", page.text)) == 1
    assert "{" not in re.sub(r"<[^>]*>", "", page.text)
    if lang == "en" and "agreement" not in path:
        own = page.text.replace("中文", "")
        for name in ("合规演示", "试用者", "演示提供者"):
            own = own.replace(name, "")
        assert not re.search(r"[\u4e00-\u9fff]", own)


@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_small_and_asks_nothing_of_others(onlooker: httpx2.Client, path: str) -> None:
    page = onlooker.get(path)
    size = len(page.content)
    for address in re.findall(r'(?:src|href)="([^"]+)"', page.text):
        assert address.startswith(("/", "#")), address
        if address.startswith("/static/"):
            size += len(onlooker.get(address).content)
    assert size <= 100_000
    assert "<script>" not in page.text
    assert " style=" not in page.text
    assert not re.search(r"\son\w+=", page.text)


@pytest.mark.parametrize("path", [*PAGES, "/ledger/vkey", "/chat"])
def test_every_answer_carries_the_headers(onlooker: httpx2.Client, path: str) -> None:
    headers = onlooker.get(path).headers
    policy = headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self'")
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["cache-control"] in ("no-store", "no-cache")


def test_the_language_is_kept_and_its_switch_keeps_the_rest(onlooker: httpx2.Client) -> None:
    page = onlooker.get("/sign-up?next=/agreement&lang=en")
    assert "/sign-up?next=%2Fagreement&amp;lang=zh" in page.text
    assert "Pick a pseudonym" in onlooker.get("/sign-up").text
    assert "HttpOnly" in page.headers["set-cookie"]


def test_static_files_are_kept_for_ever_under_their_digest(onlooker: httpx2.Client) -> None:
    address = re.search(r'href="(/static/[0-9a-f]{12}/style\.css)"', onlooker.get("/").text)
    assert address is not None
    style = onlooker.get(address[1])
    assert style.headers["content-type"] == "text/css; charset=utf-8"
    assert "immutable" in style.headers["cache-control"]
    assert style.text.count("\n") <= 900
    stale = re.sub(r"[0-9a-f]{12}", "0" * 12, address[1])
    assert onlooker.get(stale).status_code == 404
    assert onlooker.get(address[1].replace("style.css", "app.py")).status_code == 404
    assert onlooker.get(address[1].replace("style.css", "..%2Fapp.py")).status_code == 404


def test_own_javascript_stays_small(onlooker: httpx2.Client) -> None:
    base = re.search(r"/static/[0-9a-f]{12}", onlooker.get("/").text)
    assert base is not None
    scripts = [onlooker.get(f"{base[0]}/{name}.js").text for name in SCRIPTS]
    assert sum(script.count("\n") for script in scripts) <= 400
    assert not any(word in script for script in scripts for word in ("innerHTML", "eval(", "http:"))


def test_a_missing_page_says_so_in_the_same_frame(onlooker: httpx2.Client) -> None:
    page = onlooker.get("/nowhere")
    assert page.status_code == 404
    assert "没有这一页" in page.text
    assert 'class="brand"' in page.text


def test_a_wrong_method_says_so(onlooker: httpx2.Client) -> None:
    page = onlooker.post("/ledger")
    assert page.status_code == 405
    assert "请从首页重新进入" in page.text


def test_no_staff_page_is_here(onlooker: httpx2.Client) -> None:
    for path in ("/console", "/api/people/x/link", "/v1/models", "/metrics"):
        assert onlooker.get(path).status_code == 404


def test_a_fault_of_ours_is_a_page_of_ours(site: Site, client: httpx2.Client) -> None:
    site.house.store.engine.dispose()
    broken = site.house.store.read
    try:
        site.house.store.read = None  # type: ignore[method-assign,assignment]
        page = client.get("/?lang=en")
    finally:
        site.house.store.read = broken  # type: ignore[method-assign]
    assert page.status_code == 500
    assert "The fault is ours" in page.text
    assert "content-security-policy" in page.headers


def test_home_tells_how_it_stands(onlooker: httpx2.Client) -> None:
    page = onlooker.get("/?lang=en").text
    assert "Service agreement version 1, published 2026-01-05 12:00 Beijing" in page
    assert "Nothing on record yet" in page
    assert "This is a demo" in page
    assert "appeals@provider.example" in page


def test_home_says_for_whom_on_which_occasions_and_what_for(
    onlooker: httpx2.Client, house: TestHouse
) -> None:
    unsaid = onlooker.get("/?lang=en").text
    assert house.settings.service.public in unsaid
    assert "first drafts" in unsaid  # in general words, while the provider says nothing
    assert "On which occasions" not in unsaid
    said = msgspec.structs.replace(
        house.settings.service, occasions="study & work", uses="drafts of letters"
    )
    house.settings = msgspec.structs.replace(house.settings, service=said)
    running = Site(house)
    with running.client() as client:
        page = client.get("/?lang=en").text
    running.close()
    assert "On which occasions:</strong> study &amp; work" in page
    assert "What for:</strong> drafts of letters" in page
    assert "first drafts" not in page
