"""Why something was stopped, in plain words."""

import httpx2
import pytest
from tests.portal.gateway import DECISION
from tests.portal.site import Site

PATH = f"/decisions/{DECISION}"


@pytest.mark.parametrize("side", ["input", "output"])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_it_says_what_why_who_when_and_how_to_appeal(
    site: Site, client: httpx2.Client, side: str, lang: str
) -> None:
    site.gateway.stop(side)
    page = client.get(PATH, params={"lang": lang}).text
    expected = {
        "zh": ["诈骗与恶意软件", "第 1.2 版", "由程序自动作出", "不影响您的账号", "会由人复核"],
        "en": [
            "fraud and malware",
            "version 1.2",
            "Automatically",
            "no effect on your account",
            "A person will review",
        ],
    }[lang]
    for said in [*expected, DECISION, "The Hegui authors", "appeals@provider.example"]:
        assert said in page
    assert "2026-01-05 12:00" in page


def test_it_leads_to_the_appeal(site: Site, client: httpx2.Client) -> None:
    site.gateway.stop("input")
    page = client.get(PATH).text
    assert f'class="button" href="{PATH}/appeal"' in page
    assert "最迟 15 个工作日内答复" in page


def test_a_pack_s_name_is_shown_as_text(site: Site, client: httpx2.Client) -> None:
    site.gateway.stop("input")
    assert "示例词包 &lt;b&gt;x&lt;/b&gt;" in client.get(PATH).text


def test_a_category_of_the_providers_own_is_shown_by_its_name(
    site: Site, client: httpx2.Client
) -> None:
    site.gateway.stop("input", category="本店规则")
    assert "“本店规则”" in client.get(PATH).text


def test_the_card_says_the_same_in_short(site: Site, client: httpx2.Client) -> None:
    site.gateway.stop("output")
    card = client.get(PATH + "/card", params={"lang": "en"}).json()
    assert card["kind"] == "stop"
    assert card["title"] == "The answer stops here"
    assert [link["href"] for link in card["links"]] == [PATH, PATH + "/appeal"]
    assert "fraud and malware" in card["lines"][0]


@pytest.mark.parametrize("ident", ["0" * 32, "x", "%00", "a" * 5000, "D" * 32])
def test_an_unknown_number_is_a_missing_page(onlooker: httpx2.Client, ident: str) -> None:
    assert onlooker.get(f"/decisions/{ident}").status_code == 404
    assert onlooker.get(f"/decisions/{ident}/card").status_code == 404
