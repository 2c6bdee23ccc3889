"""Both catalogues are complete, and no page says anything that is not in them."""

import re
import string
from html.parser import HTMLParser
from importlib.resources import files
from pathlib import Path

import pytest
from starlette.requests import Request

from hegui.marks import text
from hegui.portal.words import CATALOGUES, speaker
from hegui.web.language import asked, chosen

FOLDER = Path(str(files("hegui.portal"))) / "templates"
TEMPLATES = sorted(FOLDER.glob("*.html"))
#: Attributes that a reader sees or hears.
SPOKEN = ("alt", "title", "aria-label", "placeholder", "data-alt", "data-unnamed")


def request(query: str = "", cookie: str = "") -> Request:
    headers = [(b"cookie", cookie.encode())] if cookie else []
    scope = {"type": "http", "query_string": query.encode(), "headers": headers}
    return Request(scope)


def blanks(sentence: str) -> set[str | None]:
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name is not None}


def test_both_languages_have_the_same_keys() -> None:
    assert CATALOGUES.words["zh"].keys() == CATALOGUES.words["en"].keys()


def test_both_languages_fill_the_same_blanks() -> None:
    for key, sentence in CATALOGUES.words["zh"].items():
        assert blanks(sentence) == blanks(CATALOGUES.words["en"][key]), key


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_no_sentence_is_empty_shouts_or_claims_compliance(lang: str) -> None:
    for key, sentence in CATALOGUES.words[lang].items():  # type: ignore[index]
        assert sentence.strip() == sentence != "", key
        assert not re.search(r"[!！]|compliant|合规的", sentence), key


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_notice_and_every_answer_bear_both_elements_of_the_label(lang: str) -> None:
    say = speaker(lang)  # type: ignore[arg-type]
    for key in ("chat.notice", "chat.answer"):
        assert text.has_elements(say(key)), key


class Bare(HTMLParser):
    """Gathers what a template says by itself."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []

    def handle_data(self, data: str) -> None:
        self.said.append(data)

    def handle_starttag(self, _tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.said += [value for name, value in attrs if name in SPOKEN and value]


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda item: item.name)
def test_a_template_holds_no_bare_text(template: Path) -> None:
    source = template.read_text(encoding="utf-8")
    # Expressions and statements go first; paths shown verbatim are addresses, not text.
    plain = re.sub(r"\{%.*?%\}|\{\{.*?\}\}", "", source, flags=re.DOTALL)
    plain = re.sub(r"/ledger/(?:checkpoint|vkey|tile/…)", "", plain)
    bare = Bare()
    bare.feed(plain)
    assert not [said for said in bare.said if re.search(r"\w", said)]


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda item: item.name)
def test_a_template_names_only_keys_that_exist_and_stays_short(template: Path) -> None:
    source = template.read_text(encoding="utf-8")
    for key in re.findall(r"""\bt\(["']([\w.]+)["'][,)]""", source):
        assert key in CATALOGUES.words["zh"]
    assert len(source.splitlines()) <= 200


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
