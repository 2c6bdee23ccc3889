"""The law's pages: articles, duties with what shows them, attestations, two laws side by side."""

import re
from datetime import timedelta

import httpx2
import pytest
from sqlalchemy import select, update
from tests.console.desk import Desk
from tests.console.story import Story, main_of, text_of
from tests.law.packs import text

from hegui import checks
from hegui.duties import changes, packs, scope
from hegui.law import day_of, pack
from hegui.people import agreements
from hegui.store import law_packs, tables

MEASURES = "cn-genai-measures-2023"
CONTROL = "7.1-sources"
DAY = 86_400_000
SERVICE = {
    "public_prc": True,
    "provider_place": "prc",
    "model_route": "tuned",
    "trains": True,
    "personal_data": True,
    "users_register": True,
    "minors": "excluded",
    "outputs": ["text", "image"],
    "operator_kind": "ordinary",
}


def settled(desk: Desk) -> None:
    """Everything placed, folded and told, as the service's jobs do."""
    desk.house.sequence()
    checks.fold_all(desk.store)
    changes.refresh(desk.store, desk.world)


def asked(desk: Desk) -> None:
    """The questionnaire, answered."""
    scope.record(desk.store, desk.world, SERVICE, staff=desk.staff["officer"].id)


@pytest.fixture
def officer(desk: Desk) -> httpx2.Client:
    return desk.client("officer")


def form(desk: Desk, **changed: str) -> dict[str, str]:
    today = day_of(desk.world.now())
    given = {
        "statement": "The register of sources was read line by line.",
        "true_on": f"{today}",
        "expires": f"{today + timedelta(days=300)}",
    }
    return given | changed


def sign(client: httpx2.Client, data: dict[str, str], file: bytes = b"") -> httpx2.Response:
    there = {"file": ("register.csv", file, "text/csv")} if file else {"file": ("", b"", "")}
    return client.post(f"/law/attest/{MEASURES}/{CONTROL}", data=data, files=there)


def test_the_overview_asks_first_what_the_service_is(desk: Desk) -> None:
    page = desk.client("auditor").get("/")
    assert "Nobody has answered what the service is" in text_of(page)
    assert 'href="/law/scope"' in main_of(page)


def test_every_article_stands_on_the_overview_with_a_word(desk: Desk) -> None:
    asked(desk)
    settled(desk)
    page = main_of(desk.client("auditor").get("/"))
    cells = re.findall(r'<li class="(\w+)" data-row>(.*?)</li>', page, re.DOTALL)
    assert len(cells) == 24
    assert all(re.search(r'class="shape"', cell) for _, cell in cells)
    quiet = [cell for kind, cell in cells if kind == "na"]
    assert any("Art. 22" in cell and "asks nothing of a provider" in cell for cell in quiet)


def test_a_duty_without_occasion_says_so_in_a_word_and_a_quiet_shape(desk: Desk) -> None:
    asked(desk)
    settled(desk)
    page = desk.client("auditor").get(f"/law/packs/{MEASURES}/4")
    assert '<span class="status idle"><span class="shape" aria-hidden="true">◇</span>' in page.text
    assert "◇ Every generation is screened" in text_of(page)
    chinese = desk.client("auditor", lang="zh").get(f"/law/packs/{MEASURES}/14")
    assert "◇ 尚无事例" in text_of(chinese)
    page = desk.client("auditor").get("/law/packs/cn-labelling-2025")
    assert "◇ no occasion yet" in text_of(page)


def test_what_changed_since_yesterday_is_told_and_leads_to_its_article(desk: Desk) -> None:
    asked(desk)
    settled(desk)
    assert "No duty has changed its status since yesterday." in text_of(
        desk.client("auditor").get("/")
    )
    desk.world.tick(2 * DAY)
    agreements.publish(desk.store, desk.world, "协议", "agreement")
    settled(desk)
    page = desk.client("auditor").get("/")
    assert "not met → met" in text_of(page)
    told = re.search(r'href="(/law/duties/[^"]+/GM-9\.2)"', main_of(page))
    assert told
    there = desk.client("auditor").get(told[1])
    assert there.status_code == 303
    assert there.headers["location"] == f"/law/packs/{MEASURES}/9#duty-GM-9.2"


def test_an_article_tells_why_and_leads_to_the_entry(desk: Desk) -> None:
    asked(desk)
    Story(desk).delivered()
    settled(desk)
    page = desk.client("auditor").get(f"/law/packs/{MEASURES}/9")
    said = text_of(page)
    assert "▲ not met" in said
    entry = re.search(r'href="(/evidence/entries/\d+)">generation.admitted', main_of(page))
    assert entry
    assert desk.client("auditor").get(entry[1]).status_code == 200
    assert "90 days ago" in said
    assert "Imported text" in said


def test_an_article_of_a_second_instrument_has_an_address_of_its_own(still: Desk) -> None:
    it = pack("cn-labelling-2025")
    second = next(one for one in it.provisions if one.instrument and one.duties)
    client = still.client("auditor")
    link = client.get(f"/law/provisions/{it.name}/{second.id}").headers["location"]
    assert f"/{second.instrument}:{second.article}#" in link
    assert second.text.en in " ".join(text_of(client.get(link)).split())


def test_a_pack_shows_its_numbers_with_clause_and_grade(still: Desk) -> None:
    said = text_of(still.client("auditor").get("/law/packs/cn-basic-security-2025"))
    assert "unconfirmed: a setting" in said
    assert "secondary source" in said
    page = main_of(still.client("auditor").get("/law/packs/cn-basic-security-2025"))
    assert 'id="p-kw.total"' in page


def test_an_attestation_is_signed_shown_and_withdrawn(desk: Desk, officer: httpx2.Client) -> None:
    asked(desk)
    settled(desk)
    shown = officer.get(f"/law/packs/{MEASURES}/7")
    assert f'href="/law/attest/{MEASURES}/{CONTROL}"' in main_of(shown)
    answer = sign(officer, form(desk), b"source,licence\n")
    assert answer.status_code == 303
    settled(desk)
    page = officer.get(f"/law/packs/{MEASURES}/7?done=attested")
    said = text_of(page)
    assert "Signed. The status follows within seconds." in said
    assert "the officer attests: true on" in said
    assert "The register of sources was read line by line." in said
    file = re.search(r'href="(/law/files/[0-9a-f]{64})"', main_of(page))
    assert file
    kept = officer.get(file[1])
    assert kept.content == b"source,licence\n"
    assert kept.headers["content-disposition"].startswith("attachment")
    where = re.search(r'action="(/law/attestations/[0-9a-f]{32}/withdraw)"', main_of(page))
    assert where
    gone = officer.post(where[1], data={"reason": "The register was an old one."})
    assert gone.headers["location"].endswith(f"?done=withdrawn#duty-{_duty()}")
    assert "the officer attests" not in text_of(officer.get(f"/law/packs/{MEASURES}/7"))


def test_the_form_says_what_to_attach_and_why_none_is_taken(still: Desk) -> None:
    client = still.client("officer")
    said = text_of(client.get(f"/law/attest/{MEASURES}/{CONTROL}"))
    assert "Attach the list of data sets and base models" in said
    address = f"/law/attest/{MEASURES}/9.2-accept"
    page = client.get(address)
    assert "Records in the ledger show this" in text_of(page)
    assert "<textarea" not in main_of(page)
    there = {"file": ("", b"", "")}
    refused = client.post(address, data=form(still), files=there)
    assert refused.status_code == 400
    assert "takes no attestation" in refused.text


@pytest.mark.parametrize(
    ("query", "in_it", "not_in_it"),
    [
        ("", "needs a person", "no duty at all"),
        (f"?pack={MEASURES}&words=GM-9.2", "Users accept the agreement", "Hold proof of origin"),
        ("?words=accept+AGREEMENT&status=needs_person", "Users accept", "Hold proof of origin"),
        ("?status=overdue", "No such duty", "<tr data-row"),
        ("?status=x&pack=x&start=x", "needs a person", "No such duty"),
        ("?start=99999", "needs a person", "No such duty"),
    ],
)
def test_duties_are_listed_and_found(still: Desk, query: str, in_it: str, not_in_it: str) -> None:
    page = main_of(still.client("auditor").get(f"/law/duties{query}"))
    assert in_it in page
    assert not_in_it not in page


def test_a_long_list_of_duties_goes_on(still: Desk) -> None:
    client = still.client("auditor")
    first = client.get("/law/duties")
    onward = re.search(r'href="(/law/duties\?start=50)" rel="next"', main_of(first))
    assert onward
    rest = client.get(onward[1])
    assert text_of(rest).count("51 to 100") == 1
    rows = re.compile(r"#duty-([^\"]+)")
    assert not set(rows.findall(main_of(first))) & set(rows.findall(main_of(rest)))


def test_an_attestation_of_a_pack_that_went_is_withdrawn(
    desk: Desk, officer: httpx2.Client
) -> None:
    packs.import_pack(desk.store, desk.world, text("acme"), "acme.yaml")
    there = {"file": ("", b"", "")}
    assert officer.post("/law/attest/acme/second", data=form(desk), files=there).status_code == 303
    with desk.store.read() as conn:
        (signed,) = conn.scalars(select(tables.attestation.c.id)).all()
    packs.withdraw_pack(desk.store, desk.world, "acme")
    gone = officer.post(f"/law/attestations/{signed}/withdraw", data={"reason": "It is gone."})
    assert (gone.status_code, gone.headers["location"]) == (303, "/law")


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"true_on": "soon"}, "Give the day on which it was true"),
        ({"expires": ""}, "Give the day until which it holds"),
        ({"statement": "short"}, "10"),
        ({"true_on": "2099-01-01"}, "2099-01-01"),
        ({"expires": "2020-01-01"}, "2020-01-01"),
    ],
)
def test_what_is_wrong_is_told_and_what_was_written_stays(
    still: Desk, wrong: dict[str, str], told: str
) -> None:
    given = form(still, **wrong)
    page = sign(still.client("officer"), given)
    assert page.status_code == 400
    assert told in main_of(page, 400)
    assert given["statement"] in main_of(page, 400)


def test_withdrawing_asks_for_a_reason(desk: Desk, officer: httpx2.Client) -> None:
    sign(officer, form(desk))
    page = main_of(officer.get(f"/law/packs/{MEASURES}/7"))
    where = re.search(r'action="(/law/attestations/[0-9a-f]{32}/withdraw)"', page)
    assert where
    assert officer.post(where[1], data={"reason": ""}).status_code == 400


def test_an_auditor_reads_and_signs_nothing(desk: Desk) -> None:
    auditor = desk.client("auditor")
    assert "/law/attest/" not in main_of(auditor.get(f"/law/packs/{MEASURES}/7"))
    assert sign(auditor, form(desk)).status_code == 403


def test_draft_and_final_stand_side_by_side(still: Desk) -> None:
    client = still.client("auditor")
    address = f"/law/compare/cn-genai-draft-2023/{MEASURES}"
    every, removed = client.get(address), client.get(f"{address}?change=removed")
    assert len(main_of(removed)) < len(main_of(every)) / 3
    assert "Real identity" in text_of(removed) or "identity" in text_of(removed).lower()
    assert main_of(client.get(f"{address}?change=nonsense")).count("<tr") == main_of(every).count(
        "<tr"
    )


def test_the_crosswalk_shows_how_the_other_side_stands(desk: Desk) -> None:
    asked(desk)
    settled(desk)
    page = desk.client("auditor").get("/law/crosswalk/eu-ai-act-50")
    assert "/law/provisions/cn-labelling-2025/" in main_of(page)
    assert "status" in main_of(page)


@pytest.mark.parametrize(
    "address",
    [
        "/law/packs/no-such-pack",
        f"/law/packs/{MEASURES}/99",
        f"/law/packs/{MEASURES}/x%00",
        f"/law/duties/{MEASURES}/nothing",
        f"/law/controls/{MEASURES}/nothing",
        f"/law/provisions/{MEASURES}/nothing",
        f"/law/attest/{MEASURES}/nothing",
        f"/law/compare/{MEASURES}/cn-minors",
        "/law/crosswalk/nothing",
        "/law/files/" + "0" * 64,
    ],
)
def test_what_is_not_there(still: Desk, address: str) -> None:
    assert still.client("owner").get(address).status_code == 404


def test_the_room_speaks_chinese(still: Desk) -> None:
    said = text_of(still.client("auditor", lang="zh").get(f"/law/packs/{MEASURES}/12"))
    assert "第十二条" in said
    assert "需要人办理" in said


def _duty() -> str:
    return next(
        duty.id
        for _, duty in pack(MEASURES).duties()
        if any(control.id == CONTROL for control in duty.controls)
    )


def test_a_pack_that_can_not_be_used_is_told_of(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    packs.import_pack(desk.store, desk.world, text("acme"), "acme.yaml")
    with desk.store.begin() as conn:
        conn.execute(update(tables.law_pack).values(file=b"schema: 1"))
    monkeypatch.setattr(law_packs, "_books", {})
    page = desk.client("auditor").get("/law")
    assert page.status_code == 200
    assert "acme 1 can't be used by this version (pack_malformed)" in text_of(page)
    assert "hegui law withdraw acme" in text_of(page)


def test_the_reason_of_a_withdrawal_is_asked_for_as_long_as_it_may_be(
    desk: Desk, officer: httpx2.Client
) -> None:
    asked(desk)
    sign(officer, form(desk))
    page = main_of(officer.get(f"/law/packs/{MEASURES}/7"))
    assert 'name="reason" required minlength="2" maxlength="2000"' in page
