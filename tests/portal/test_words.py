"""Both catalogues are complete, and no page says anything that is not in them."""

from pathlib import Path

import pytest
from starlette.requests import Request
from tests import webwords

from hegui.marks import text
from hegui.portal.words import CATALOGUES, speaker
from hegui.web.language import asked, chosen

TEMPLATES = webwords.templates("hegui.portal")


def request(query: str = "", cookie: str = "") -> Request:
    headers = [(b"cookie", cookie.encode())] if cookie else []
    scope = {"type": "http", "query_string": query.encode(), "headers": headers}
    return Request(scope)


def test_both_languages_have_the_same_keys_and_blanks() -> None:
    webwords.assert_paired(CATALOGUES)


def test_no_sentence_is_empty_shouts_or_claims_compliance() -> None:
    webwords.assert_calm(CATALOGUES)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_notice_and_every_answer_bear_both_elements_of_the_label(lang: str) -> None:
    say = speaker(lang)  # type: ignore[arg-type]
    for key in ("chat.notice", "chat.answer"):
        assert text.has_elements(say(key)), key


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda item: item.name)
def test_a_template_holds_no_bare_text(template: Path) -> None:
    assert webwords.bare_text(template) == []


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda item: item.name)
def test_a_template_names_only_keys_that_exist_and_stays_short(template: Path) -> None:
    webwords.assert_known_and_short(template, CATALOGUES)


def test_an_unknown_key_is_an_error() -> None:
    with pytest.raises(KeyError):
        speaker("zh")("nothing.like.it")


@pytest.mark.parametrize(
    ("query", "cookie", "expected"),
    [
        ("", "", "zh"),
        ("lang=en", "", "en"),
        ("", "hegui-lang=en", "en"),
        ("lang=zh", "hegui-lang=en", "zh"),
        ("lang=fr", "hegui-lang=en", "en"),
        ("lang=fr", "hegui-lang=fr", "zh"),
    ],
)
def test_the_language_is_asked_for_else_remembered_else_chinese(
    query: str, cookie: str, expected: str
) -> None:
    assert chosen(request(query, cookie)) == expected


def test_an_unknown_language_asks_for_nothing() -> None:
    assert asked(request("lang=fr")) is None
    assert asked(request("lang=en")) == "en"
