"""A case read by number and secret: receipt, state, clock, answer, withdrawal."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx2
import msgspec
import pytest
from tests.portal import casework
from tests.portal.gateway import DECISION
from tests.portal.site import Site, TestHouse

from hegui.cli.main import main
from hegui.ledger import InclusionProof, Verifier
from hegui.ledger.entry import decode
from hegui.ledger.kinds import CaseFiled
from hegui.portal import receipt

PATH = "/cases/A-2026-0001"
DAY = 86_400_000


@pytest.fixture
def filer(site: Site) -> Iterator[httpx2.Client]:
    """Somebody who has just appealed."""
    site.gateway.stop("input")
    with site.client() as client:
        client.post(f"/decisions/{DECISION}/appeal", data={"statement": "为防诈骗而问"})
        yield client


@pytest.fixture
def secret(filer: httpx2.Client) -> str:
    return casework.secret_on(filer.get(PATH).text)


def look_up(client: httpx2.Client, number: str, secret: str) -> httpx2.Response:
    return client.post("/cases", data={"number": number, "secret": secret})


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_receipt_says_all_there_is_to_keep(filer: httpx2.Client, lang: str) -> None:
    page = filer.get(PATH, params={"lang": lang}).text
    said = {
        "zh": [
            "已收到，等人复核",
            "2026-01-26 23:59 北京时间",
            "《App违法违规收集使用个人信息行为认定方法》第六项：自收到起 15 个工作日",
            "还有 21 天",
            "怎样用它核验",
        ],
        "en": [
            "Received, waiting for a person",
            "2026-01-26 23:59 Beijing",
            "item 6: 15 working days from receipt",
            "21 days left",
            "How to verify with it",
        ],
    }
    for words in [*said[lang], "A-2026-0001", "https://portal.example/cases", "为防诈骗而问"]:
        assert words in page
    assert casework.secret_on(page)
    assert "hegui ledger verify --proof A-2026-0001.tlog-proof" in page


def test_the_clock_is_a_picture_with_a_table_behind_it(
    site: Site, filer: httpx2.Client, secret: str
) -> None:
    site.house.world.tick(5 * DAY)
    look_up(filer, "A-2026-0001", secret)
    page = filer.get(PATH).text
    told = re.search(r'<svg class="clock running" role="img" aria-label="([^"]+)"', page)
    assert told is not None
    assert told[1] == "01-05 收到，最迟 01-26 答复；今天 01-10。"
    cells = r"<td>([^<]+)</td><td>([^<]+)</td><td>([^<]+)</td>"
    rows = re.findall(cells, page)
    assert rows[0] == ("2026-01-06", "工作日", "1")
    assert ("2026-01-10", "周末，不计", "–") in rows
    assert rows[-1] == ("2026-01-26", "工作日", "15")


def test_a_day_worked_for_a_holiday_counts_and_the_holiday_does_not(site: Site) -> None:
    site.house.world.at = 1_770_696_000_000  # 2026-02-10 12:00 Beijing
    site.gateway.stop("input")
    with site.client() as client:
        client.post(f"/decisions/{DECISION}/appeal", data={"statement": ""})
        page = client.get(PATH, params={"lang": "en"}).text
    assert "2026-03-09 23:59 Beijing" in page
    assert "<td>2026-02-14</td><td>Make-up working day" in page
    assert "<td>2026-02-17</td><td>Public holiday, not counted" in page


def test_past_the_published_calendar_the_date_is_called_provisional(site: Site) -> None:
    site.house.world.at = 1_797_220_800_000  # 2026-12-14
    site.gateway.stop("input")
    with site.client() as client:
        client.post(f"/decisions/{DECISION}/appeal", data={"statement": ""})
        assert "暂定：2027 年的放假安排还没有公布" in client.get(PATH).text


def test_without_the_cookie_a_case_asks_for_its_secret(filer: httpx2.Client) -> None:
    filer.cookies.clear()
    for path in (PATH, PATH + "/receipt", PATH + "/withdraw"):
        answer = filer.get(path)
        assert answer.status_code == 303
        assert answer.headers["location"] == "/cases?number=A-2026-0001"
    assert filer.post(PATH + "/withdraw").headers["location"] == "/cases?number=A-2026-0001"
    page = filer.get("/cases?number=A-2026-0001").text
    assert 'value="A-2026-0001"' in page
    assert "请输入回执上的查询码" in page


def test_the_cookie_opens_its_own_case_alone_and_for_an_hour(
    site: Site, filer: httpx2.Client
) -> None:
    assert filer.get("/cases/A-2026-0002").status_code == 303
    site.house.world.tick(3_599_999)
    assert filer.get(PATH).status_code == 200
    site.house.world.tick(1)
    assert filer.get(PATH).status_code == 303


@pytest.mark.parametrize(
    "change",
    [
        lambda ours: ours[:-1] + ("1" if ours[-1] == "0" else "0"),
        lambda ours: "00" + ours[2:],
        lambda ours: ours.partition(".")[0],
        lambda _: "",
        lambda _: ".",
        lambda _: "é.é",
    ],
)
def test_a_cookie_that_is_not_ours_opens_nothing(
    filer: httpx2.Client, change: Callable[[str], str]
) -> None:
    changed = change(filer.cookies["hegui-case"])
    filer.cookies.clear()
    cookie = f"hegui-case={changed}".encode("latin-1")
    assert filer.get(PATH, headers={b"Cookie": cookie}).status_code == 303


def test_over_https_the_cookie_is_bound_to_it(house: TestHouse) -> None:
    listen = msgspec.structs.replace(house.settings.listen, public_url="https://ai.example")
    house.settings = msgspec.structs.replace(house.settings, listen=listen)
    site = Site(house)
    site.gateway.stop("input")
    with site.client() as client:
        answer = client.post(f"/decisions/{DECISION}/appeal", data={"statement": ""})
    site.close()
    assert answer.headers["set-cookie"].startswith("__Secure-hegui-case=")
    assert "; Secure" in answer.headers["set-cookie"]


def test_number_and_secret_read_the_case_however_they_are_typed(
    site: Site, filer: httpx2.Client, secret: str
) -> None:
    with site.client() as elsewhere:
        answer = look_up(elsewhere, " a-2026-0001 ", secret.lower().replace("-", " "))
        assert answer.headers["location"] == PATH
        page = elsewhere.get(PATH).text
    assert "请留好下面两项" not in page
    assert "A-2026-0001" in page


def test_a_wrong_number_and_a_wrong_secret_look_the_same(filer: httpx2.Client, secret: str) -> None:
    wrong = look_up(filer, "A-2026-0001", "AAAA-BBBB")
    unknown = look_up(filer, "A-2026-0009", "AAAA-BBBB")
    other = look_up(filer, "A-2026-0009", secret)
    assert {answer.status_code for answer in (wrong, unknown, other)} == {404}
    assert wrong.text == unknown.text.replace("0009", "0001")
    assert unknown.text == other.text.replace(secret, "AAAA-BBBB")
    assert 'value="AAAA-BBBB"' in wrong.text  # one letter can be mended


def test_five_wrong_secrets_close_the_number_for_a_while_but_not_for_who_has_it_open(
    site: Site, filer: httpx2.Client, secret: str
) -> None:
    with site.client() as guesser:
        for number in ("A-2026-0001", "a-2026-0001", "Ａ-2026-0001", "A-2026-0001", "A-2026-0001"):
            assert look_up(guesser, number, "WRONG").status_code == 404
        refused = look_up(guesser, "A-2026-0001", secret)
        assert refused.status_code == 429
        assert "约 15 分钟后再试" in refused.text
        assert filer.get(PATH).status_code == 200
        site.house.world.tick(15 * 60_000)
        assert look_up(guesser, "A-2026-0001", secret).status_code == 303


def test_the_right_secret_forgets_the_wrong_ones(filer: httpx2.Client, secret: str) -> None:
    for _ in range(3):
        for _ in range(4):
            look_up(filer, "A-2026-0001", "WRONG")
        assert look_up(filer, "A-2026-0001", secret).status_code == 303


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"number": "", "secret": "x"}, "请填写编号"),
        ({"number": "A-2026-0001", "secret": " "}, "请填写查询码"),
        ({"number": "x" * 5_000, "secret": "\x00"}, "没有与这个编号和查询码都相符"),
        ({"number": "A-2026-0001", "secret": "é0189!"}, "没有与这个编号和查询码都相符"),
    ],
)
def test_what_is_missing_or_nonsense_is_told(
    filer: httpx2.Client, fields: dict[str, str], said: str
) -> None:
    answer = look_up(filer, **fields)
    assert answer.status_code in (400, 404)
    assert said in answer.text


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("outcome", ["upheld", "rejected"])
def test_the_answer_is_there_with_all_its_reasons(
    site: Site, filer: httpx2.Client, secret: str, lang: str, outcome: str
) -> None:
    site.house.world.tick(7 * DAY)
    casework.decided(site.house, "A-2026-0001", secret, outcome, "您问的是<识别>。\n第二段。")
    look_up(filer, "A-2026-0001", secret)
    page = filer.get(PATH, params={"lang": lang}).text
    said = {
        ("zh", "upheld"): ["申诉成立", "没有理由停止", "再发一次", "由程序发现，由人决定"],
        ("zh", "rejected"): ["维持原来的停止", "违反法律", "示例规定第一条", "请另一个人再看"],
        ("en", "upheld"): ["You were right", "no ground to stop it", "once more", "in time"],
        ("en", "rejected"): ["The stop stands", "Against the law", "somebody else", "in time"],
    }
    for words in [
        *said[lang, outcome],
        "您问的是&lt;识别&gt;。\n第二段。",
        "原文在问怎样识别诈骗",
        "这一次停止",
        "2026-01-12 12:00",
        'class="clock stopped"',
    ]:
        assert words in page
    assert "reviewer" not in page  # who decided is a person, not a name
    assert "/withdraw" not in page


def test_a_late_answer_and_a_late_case_say_so(
    site: Site, filer: httpx2.Client, secret: str
) -> None:
    site.house.world.tick(22 * DAY)
    look_up(filer, "A-2026-0001", secret)
    late = filer.get(PATH).text
    assert "本应在 2026-01-26 23:59 北京时间 答复，已经过期" in late
    assert 'class="clock late"' in late
    assert '<span class="person" aria-hidden="true">■</span> 本应' in late
    assert "什么也不用做" not in late
    casework.decided(site.house, "A-2026-0001", secret)
    answered = filer.get(PATH).text
    assert "晚于 2026-01-26 23:59 北京时间 的期限" in answered
    assert '<span class="due" aria-hidden="true">▲</span>' in answered


def test_on_its_last_day_an_answer_is_due_today(
    site: Site, filer: httpx2.Client, secret: str
) -> None:
    site.house.world.tick(21 * DAY)
    look_up(filer, "A-2026-0001", secret)
    page = filer.get(PATH).text
    assert "（就在今天）" in page
    assert '<span class="due" aria-hidden="true">◐</span> 最迟' in page


def test_who_works_on_it_is_told_as_a_step(site: Site, filer: httpx2.Client, secret: str) -> None:
    casework.taken_up(site.house, "A-2026-0001", secret)
    page = filer.get(PATH).text
    assert "正在由人复核" in page
    assert re.search(r'<li class="done">(?:(?!</li>).)*有人复核', page, re.DOTALL)
    assert re.search(r'<li class="now" aria-current="step">(?:(?!</li>).)*答复', page, re.DOTALL)


def test_a_withdrawal_is_confirmed_first_and_then_stands(filer: httpx2.Client, secret: str) -> None:
    assert f'href="{PATH}/withdraw"' in filer.get(PATH).text
    asked = filer.get(PATH + "/withdraw").text
    assert "撤回申诉 A-2026-0001？" in asked
    assert "可以对同一次停止重新申诉" in asked
    assert filer.post(PATH + "/withdraw").headers["location"] == PATH
    page = filer.get(PATH).text
    assert "您已撤回申诉" in page
    assert "撤回 01-05" in page
    assert "/withdraw" not in page
    assert f'href="/decisions/{DECISION}"' in page
    assert filer.get(PATH + "/withdraw").headers["location"] == PATH


def test_what_is_decided_can_t_be_withdrawn(site: Site, filer: httpx2.Client, secret: str) -> None:
    casework.decided(site.house, "A-2026-0001", secret)
    answer = filer.post(PATH + "/withdraw")
    assert answer.status_code == 409
    assert "已经不能撤回" in answer.text
    assert "申诉成立" in filer.get(PATH).text


def test_a_downloaded_receipt_verifies_by_itself(
    site: Site, filer: httpx2.Client, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    casework.sequence(site.house)
    answer = filer.get(PATH + "/receipt")
    named = 'attachment; filename="A-2026-0001.tlog-proof"'
    assert answer.headers["content-disposition"] == named
    proof = InclusionProof.parse(answer.content)
    proof.verify(proof.extra, Verifier(site.house.ledger_vkey))
    entry = decode(proof.extra)
    assert isinstance(entry, CaseFiled)
    assert (entry.number, entry.subject, entry.case) == ("A-2026-0001", DECISION, "appeal")
    assert "为防诈骗而问" not in proof.extra.decode()
    file = tmp_path / "p"
    file.write_bytes(answer.content)
    vkey = site.house.ledger_vkey
    assert main(["ledger", "verify", "--proof", str(file), "--vkey", vkey]) == 0
    assert "case.filed" in capsys.readouterr().out


def test_a_receipt_waits_for_its_place(
    site: Site, filer: httpx2.Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = receipt._proof
    seen: list[str | None] = []

    def placed_after_the_first_look(*given: Any) -> str | None:
        seen.append(real(*given))
        casework.sequence(site.house)
        return seen[-1]

    monkeypatch.setattr(receipt, "_proof", placed_after_the_first_look)
    assert filer.get(PATH + "/receipt").text == seen[-1]
    assert seen[0] is None
    assert len(seen) == 2


def test_a_receipt_that_takes_too_long_says_what_to_do(
    filer: httpx2.Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(receipt, "TRIES", 2)
    answer = filer.get(PATH + "/receipt", params={"lang": "en"})
    assert answer.status_code == 503
    assert "The proof is not ready yet" in answer.text
    assert f'href="{PATH}/receipt"' in answer.text


def test_a_case_that_is_gone_asks_again(
    site: Site, filer: httpx2.Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    casework.forget_secret(site.house)
    assert filer.get(PATH).headers["location"] == "/cases?number=A-2026-0001"


def test_a_destroyed_text_is_said_to_be(site: Site, filer: httpx2.Client, secret: str) -> None:
    casework.decided(site.house, "A-2026-0001", secret)
    casework.forget_words(site.house)
    page = filer.get(PATH).text
    assert "您写的理由已按保存期限删除" in page
    assert page.count("这段文字已按保存期限删除") == 2
