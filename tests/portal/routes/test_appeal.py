"""The form of an appeal: one question, nothing lost, one case for a stop."""

import httpx2
import pytest
from sqlalchemy import select
from tests.portal import casework
from tests.portal.gateway import DECISION
from tests.portal.site import Site

from hegui.cases import by_number, withdraw
from hegui.store import tables
from hegui.store.errors import unavailable

PATH = f"/decisions/{DECISION}/appeal"


@pytest.fixture
def stopped(site: Site) -> Site:
    site.gateway.stop("input")
    return site


def filed(client: httpx2.Client, **fields: str) -> httpx2.Response:
    return client.post(PATH, data={"statement": "", **fields})


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_form_says_what_it_is_about_who_looks_and_by_when(
    stopped: Site, client: httpx2.Client, lang: str
) -> None:
    page = client.get(PATH, params={"lang": lang}).text
    said = {
        "zh": ["为什么您认为停错了", "您写的文字因“诈骗与恶意软件”被停止", "15 个工作日内有人答复"],
        "en": ["Why do you think", "under “fraud and malware”", "within 15 working days"],
    }
    for words in said[lang]:
        assert words in page
    assert "4,000" in page
    assert "maxlength" not in page  # a browser would cut a pasted text without a word


def test_an_output_that_was_stopped_is_called_the_models(site: Site, client: httpx2.Client) -> None:
    site.gateway.stop("output")
    assert "模型写的文字因" in client.get(PATH).text


def test_filing_leads_to_the_receipt_which_the_cookie_opens(
    stopped: Site, client: httpx2.Client
) -> None:
    answer = filed(client, statement="只是在问\r\n怎样识别诈骗")
    assert answer.status_code == 303
    assert answer.headers["location"] == "/cases/A-2026-0001"
    cookie = answer.headers["set-cookie"]
    assert cookie.startswith("hegui-case=")
    for part in ("HttpOnly", "Max-Age=3600", "Path=/cases", "SameSite=lax"):
        assert part in cookie
    page = client.get("/cases/A-2026-0001").text
    assert "请留好下面两项" in page
    assert "只是在问\n怎样识别诈骗" in page


def test_an_appeal_may_give_no_reasons(stopped: Site, client: httpx2.Client) -> None:
    filed(client)
    assert "您没有写理由" in client.get("/cases/A-2026-0001").text


def test_the_case_belongs_to_whose_text_was_stopped(stopped: Site, client: httpx2.Client) -> None:
    person = casework.generated(stopped.house)
    filed(client)
    with stopped.house.store.read() as conn:
        assert conn.execute(select(tables.case_person.c.person_id)).scalars().all() == [person]


def test_a_stop_of_somebody_erased_can_still_be_appealed(
    stopped: Site, client: httpx2.Client
) -> None:
    assert filed(client).status_code == 303
    with stopped.house.store.read() as conn:
        assert conn.execute(select(tables.case_person)).all() == []


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_text_that_is_too_long_comes_back_whole(
    stopped: Site, client: httpx2.Client, lang: str
) -> None:
    words = "字" * 4001 + "末尾 <b>"
    answer = client.post(PATH, params={"lang": lang}, data={"statement": words})
    assert answer.status_code == 400
    assert "字" * 4001 + "末尾 &lt;b&gt;" in answer.text
    assert {"zh": "上限为 4000", "en": "more than 4000"}[lang] in answer.text
    assert 'aria-invalid="true"' in answer.text
    assert "set-cookie" not in answer.headers or "hegui-case" not in answer.headers["set-cookie"]


def test_the_longest_text_is_taken(stopped: Site, client: httpx2.Client) -> None:
    assert filed(client, statement="𠀀" * 4000).status_code == 303


def test_a_text_keeps_its_first_empty_line_through_an_error(
    stopped: Site, client: httpx2.Client
) -> None:
    answer = filed(client, statement="\n" + "x" * 4001)
    assert "\n\n" + "x" * 4001 + "</textarea>" in answer.text


def test_a_database_that_is_not_there_loses_nothing(
    stopped: Site, client: httpx2.Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(*_: object) -> None:
        raise unavailable()

    monkeypatch.setattr(stopped.house.store, "read", gone)
    monkeypatch.setattr(stopped.house.store, "begin", gone)
    answer = filed(client, statement="我的理由")
    assert answer.status_code == 503
    assert "我的理由</textarea>" in answer.text
    assert "请过一会儿再点“提交申诉”" in answer.text
    monkeypatch.undo()
    assert filed(client, statement="我的理由").status_code == 303


def test_a_second_appeal_is_told_of_the_first_and_how_to_read_it(
    stopped: Site, client: httpx2.Client
) -> None:
    filed(client)
    for answer, status in ((filed(client, statement="再来"), 409), (client.get(PATH), 200)):
        assert answer.status_code == status
        assert "已经有一件申诉" in answer.text
        assert "A-2026-0001" in answer.text
        assert 'href="/cases?number=A-2026-0001"' in answer.text
        assert "<textarea" not in answer.text
    page = client.get(f"/decisions/{DECISION}").text
    assert "已经有一件申诉" in page
    assert f'href="{PATH}"' not in page


def test_after_a_withdrawal_the_same_stop_can_be_appealed_again(
    stopped: Site, client: httpx2.Client
) -> None:
    filed(client)
    secret = casework.secret_on(client.get("/cases/A-2026-0001").text)
    withdraw(stopped.house.store, stopped.house.world, "A-2026-0001", secret)
    assert f'href="{PATH}"' in client.get(f"/decisions/{DECISION}").text
    assert filed(client).headers["location"] == "/cases/A-2026-0002"


@pytest.mark.parametrize("ident", ["0" * 32, "x", "%00", "D" * 32])
def test_an_unknown_decision_can_t_be_appealed(client: httpx2.Client, ident: str) -> None:
    path = f"/decisions/{ident}/appeal"
    assert client.get(path).status_code == 404
    assert client.post(path, data={"statement": "x"}).status_code == 404


def test_another_site_can_t_file(stopped: Site, client: httpx2.Client) -> None:
    answer = client.post(PATH, data={"statement": "x"}, headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 403
    with stopped.house.store.read() as conn:
        assert conn.execute(select(tables.case_file.c.id)).all() == []


def test_the_number_and_secret_of_the_receipt_read_the_case(
    stopped: Site, client: httpx2.Client
) -> None:
    filed(client, statement="理由")
    secret = casework.secret_on(client.get("/cases/A-2026-0001").text)
    house = stopped.house
    assert by_number(house.store, house.person_keys, "A-2026-0001", secret).subject == DECISION


def test_the_way_begins_at_a_decision_s_number_too(stopped: Site, client: httpx2.Client) -> None:
    assert "要申诉哪一次停止" in client.get("/decisions").text
    typed = f" {DECISION[:8].upper()} {DECISION[8:]}\n"
    answer = client.get("/decisions", params={"number": typed})
    assert answer.status_code == 303
    assert answer.headers["location"] == f"/decisions/{DECISION}"
    unknown = client.get("/decisions", params={"number": "<abc>"})
    assert unknown.status_code == 404
    assert "没有找到这个决定编号" in unknown.text
    assert 'value="&lt;abc&gt;"' in unknown.text
