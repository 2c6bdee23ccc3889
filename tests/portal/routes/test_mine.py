"""Who opened the reader's text, told to that reader alone."""

import httpx2
import pytest
from tests.portal import casework
from tests.portal.site import PASSPHRASE, Site

from hegui.portal.openings import PAGE


def ident(n: int) -> str:
    return f"{n:032x}"


def test_nobody_in_particular_signs_in_first(client: httpx2.Client) -> None:
    assert client.get("/mine").headers["location"] == "/sign-in?next=/mine"


def test_signing_in_leads_back_to_it(site: Site, client: httpx2.Client) -> None:
    site.house.world.tick(1)
    fields = {"pseudonym": "青竹", "passphrase": PASSPHRASE, "next": "/mine"}
    assert client.post("/sign-up", data=fields).headers["location"] == "/mine"


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_an_empty_page_says_what_will_appear(reader: httpx2.Client, lang: str) -> None:
    page = reader.get("/mine", params={"lang": lang}).text
    said = {"zh": ["没有人打开过", "时间、原因和那人的职责"], "en": ["Nobody has", "the reason"]}
    for words in [*said[lang], "青竹"]:
        assert words in page


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_an_opening_tells_when_why_and_in_which_role(
    site: Site, reader: httpx2.Client, lang: str
) -> None:
    casework.generated(site.house)
    at = site.house.world.tick(7_200_000)
    casework.opened(site.house, ident(1), at=at - 3_600_000, note="核对 <原文>")
    page = reader.get("/mine", params={"lang": lang}).text
    said = {
        "zh": ["2026-01-05 13:00 北京时间", "1 小时前", "复核申诉", "复核人员", "12:00 北京时间"],
        "en": ["2026-01-05 13:00 Beijing", "1 h ago", "to review an appeal", "reviewer"],
    }
    for words in [*said[lang], "核对 &lt;原文&gt;"]:
        assert words in page


def test_nobody_else_is_told(site: Site, reader: httpx2.Client) -> None:
    casework.generated(site.house, "红梅")
    casework.opened(site.house, ident(1), at=site.house.world.now())
    assert "没有人打开过" in reader.get("/mine").text
    with site.reader("红梅") as other:
        assert "复核申诉" in other.get("/mine").text


def test_many_openings_come_page_by_page_newest_first(site: Site, reader: httpx2.Client) -> None:
    casework.generated(site.house)
    start = site.house.world.now()
    for n in range(1, PAGE + 4):
        casework.opened(site.house, ident(n), at=start + n, note=f"第 {n} 次")
    first = reader.get("/mine").text
    assert first.count("第 ") == PAGE
    assert f"第 {PAGE + 3} 次" in first
    assert first.index(f"第 {PAGE + 3} 次") < first.index("第 4 次")
    assert f'href="/mine?before={ident(4)}"' in first
    second = reader.get("/mine", params={"before": ident(4)}).text
    assert [f"第 {n} 次" in second for n in range(1, 5)] == [True, True, True, False]
    assert "更早的" not in second
    assert "没有人打开过" not in second


@pytest.mark.parametrize("before", ["", "x", "' OR 1=1", "0" * 31])
def test_what_is_no_place_shows_the_newest(site: Site, reader: httpx2.Client, before: str) -> None:
    casework.generated(site.house)
    casework.opened(site.house, ident(1), at=site.house.world.now())
    assert "复核申诉" in reader.get("/mine", params={"before": before}).text
