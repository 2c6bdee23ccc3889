"""Forms read from pages and filled in: what is not on the page can't be sent."""

import pytest

from hegui.demo.errors import DemoError
from hegui.demo.form import Form
from hegui.demo.page import Page

HTML = """
<a href="/cases/A-1">A case <b>here</b></a><a href="/cases/A-1">again</a><a href="/x">x</a>
<dd id="number"> A-1 </dd>
<form id="f" method="POST" action="/decide?x=1" enctype="multipart/form-data">
<input type="hidden" name="version" value="3"><input name="say" required>
<textarea name="why">
first line
second</textarea>
<select name="ground"><option value="none">n</option><option value="illegal" selected>i</option>
</select>
<input type="radio" name="outcome" value="upheld" required>
<input type="radio" name="outcome" value="rejected">
<input type="checkbox" name="agree" value="yes"><input type="checkbox" name="told" checked>
<input name="off" value="1" disabled><input type="file" name="pack">
<button name="act" value="decide">Decide</button>
<button type="button" name="no" value="1">x</button>
</form>
<input name="beside" value="b" form="f">
<form action="/search"><input name="q"><input type="submit" name="go" value="1"></form>
<template><form action="/hidden"><input name="say"></form><a href="/cases/A-9">t</a></template>
"""


@pytest.fixture
def page() -> Page:
    return Page("http://here/page?x=1", HTML)


@pytest.fixture
def form(page: Page) -> Form:
    return page.form("outcome")


def test_it_sends_what_the_page_holds_and_what_is_typed(form: Form) -> None:
    sent = form.filled({"say": "hello", "outcome": "upheld"})
    assert sent == {
        "version": "3",
        "say": "hello",
        "why": "first line\nsecond",
        "ground": "illegal",
        "outcome": "upheld",
        "told": "on",
        "pack": "",
        "beside": "b",
    }


def test_a_button_that_is_pressed_is_sent(form: Form) -> None:
    sent = form.filled({"say": "x", "outcome": "upheld", "act": "decide"})
    assert sent["act"] == "decide"
    assert (form.method, form.encoding) == ("post", "multipart/form-data")


@pytest.mark.parametrize(
    "given",
    [
        {"say": "x", "outcome": "upheld", "lost": "1"},
        {"say": "x", "outcome": "perhaps"},
        {"say": "x", "outcome": "upheld", "ground": "other"},
        {"say": "x", "outcome": "upheld", "act": "other"},
        {"say": "x", "outcome": "upheld", "off": "2"},
        {"say": "x", "outcome": "upheld", "no": "1"},
        {"say": "x"},
        {"outcome": "upheld"},
    ],
    ids=["field", "choice", "option", "button", "disabled", "no button", "radio", "required"],
)
def test_what_the_page_does_not_have_can_not_be_sent(form: Form, given: dict[str, str]) -> None:
    with pytest.raises(DemoError) as caught:
        form.filled(given)
    assert caught.value.code == "demo_broken"


def test_a_form_is_found_by_its_address_or_its_fields(page: Page) -> None:
    assert page.form(action="/decide") is page.form("say", "why")
    assert page.form("q").method == "get"
    assert page.form("q").buttons == [("go", "1")]
    assert page.has_form("/search")
    assert not page.has_form("/hidden")


def test_a_form_that_is_not_there_is_told(page: Page) -> None:
    with pytest.raises(DemoError) as caught:
        page.form("passphrase", action="/sign-in")
    assert "passphrase" in caught.value.en


def test_what_has_an_id_is_found_by_it(page: Page) -> None:
    assert page.seen.ids["number"] == "A-1"
    assert page.path == "/page"


def test_links_are_found_by_what_they_hold(page: Page) -> None:
    assert page.link("/cases/") == "/cases/A-1"
    assert page.all_links("/cases/") == ["/cases/A-1"]
    assert page.seen.links[0] == ("/cases/A-1", "A case")
    with pytest.raises(DemoError):
        page.link("/nowhere")
