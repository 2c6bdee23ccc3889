"""Cards say what happened, what is safe and what to do, in both languages."""

from typing import get_args

import pytest

from hegui.people.reasons import Category
from hegui.portal import cards
from hegui.portal.decisions import Decision
from hegui.portal.words import CATALOGUES, speaker
from hegui.web.categories import category

DECISION = Decision(
    id="d" * 32,
    at=0,
    side="output",
    place="choices[0].delta.content",
    category="fraud_malware",
    pack="scams",
    pack_version="1",
    author="somebody",
    automated=True,
)


def test_a_stop_names_list_and_category_and_leads_to_its_reasons() -> None:
    card = cards.stop(DECISION, "output", speaker("en"))
    assert card.kind == "stop"
    assert "fraud and malware" in card.lines[0]
    assert "scams" in card.lines[0]
    assert [link.href for link in card.links] == [
        "/decisions/" + "d" * 32,
        "/decisions/" + "d" * 32 + "/appeal",
    ]
    assert [link.text for link in card.links] == ["See the reasons", "Appeal"]


def test_a_stop_without_its_record_still_says_that_it_was_a_stop() -> None:
    card = cards.stop(None, "input", speaker("zh"))
    assert card.title == "这句话没有送出"
    assert card.links == ()


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("name", [*get_args(Category), "obfuscation"])
def test_the_shared_harms_have_plain_words(name: str, lang: str) -> None:
    say = speaker(lang)  # type: ignore[arg-type]
    assert category(name, say) != name or lang == "en"
    assert f"category.{name}" in CATALOGUES.words["zh"]


def test_a_providers_own_category_shows_as_it_is_named() -> None:
    assert category("house rule 7", speaker("en")) == "house rule 7"
    assert category("title", speaker("en")) == "title"


@pytest.mark.parametrize(
    ("code", "status", "title"),
    [
        ("agreement_required", 403, "The new agreement has to be accepted first"),
        ("person_suspended", 403, "Your use of the service is suspended"),
        ("busy", 503, "Too many people are using it now"),
        ("rate_limited", 429, "Too many people are using it now"),
        ("upstream_broken", 502, "The model could not answer"),
        ("body_too_large", 413, "The conversation is too long"),
        ("field_wrong", 400, "This request was not accepted"),
    ],
)
def test_the_gateways_codes_become_plain_words(code: str, status: int, title: str) -> None:
    card = cards.error(code, status, "a@b.example", speaker("en"))
    assert card.title == title
    assert card.lines[0] == "What you wrote is still in the box."
    assert len(card.lines) == 2


def test_an_unknown_refusal_names_its_code() -> None:
    assert "field_wrong" in cards.error("field_wrong", 400, "x", speaker("zh")).lines[1]
