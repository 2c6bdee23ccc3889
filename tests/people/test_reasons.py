"""Statements of reasons: stored whole, never without facts, never for an opinion."""

import json
from typing import Any

import pytest
from tests.people.statements import STATEMENT

from hegui.people import PeopleError, Reasons

WHOLE: dict[str, Any] = json.loads(STATEMENT.to_json())


def test_it_comes_back_as_it_was_stored() -> None:
    assert Reasons.from_json(STATEMENT.to_json()) == STATEMENT
    assert Reasons.from_json(STATEMENT.to_json().decode()) == STATEMENT


def test_the_stored_form_has_the_databases_fields() -> None:
    assert set(WHOLE) == {
        "ground",
        "reference",
        "category",
        "facts",
        "automated_detection",
        "automated_decision",
        "scope",
        "territory",
        "applied",
        "ends",
        "redress",
        "decision",
    }


@pytest.mark.parametrize("field", [name for name in WHOLE if name != "decision"])
def test_no_field_can_be_left_out(field: str) -> None:
    rest = {name: value for name, value in WHOLE.items() if name != field}
    with pytest.raises(PeopleError) as caught:
        Reasons.from_json(json.dumps(rest))
    assert caught.value.code == "reasons_malformed"
    assert field in caught.value.en


@pytest.mark.parametrize(
    ("field", "value"),
    [
        pytest.param("facts", "", id="no-facts"),
        pytest.param("reference", "", id="no-provision"),
        pytest.param("scope", "", id="no-scope"),
        pytest.param("redress", "", id="no-way-to-appeal"),
        pytest.param("territory", [], id="nowhere"),
        pytest.param("territory", ["China"], id="not-a-country-code"),
        pytest.param("territory", ["cn"], id="small-letters"),
        pytest.param("ends", WHOLE["applied"], id="ends-as-it-begins"),
        pytest.param("ends", "tomorrow", id="ends-in-words"),
        pytest.param("ground", "opinion", id="opinion-as-ground"),
        pytest.param("category", "opinion", id="opinion-as-category"),
        pytest.param("category", "self_harm", id="a-person-in-distress"),
        pytest.param("category", "the provider's own", id="a-provider-category"),
        pytest.param("automated_decision", "fully", id="decided-by-a-machine-alone"),
        pytest.param("severity", 5, id="an-unknown-field"),
    ],
)
def test_an_incomplete_or_forbidden_statement_is_refused(field: str, value: Any) -> None:
    with pytest.raises(PeopleError) as caught:
        Reasons.from_json(json.dumps({**WHOLE, field: value}))
    assert caught.value.code == "reasons_malformed"


@pytest.mark.parametrize("data", [b"", b"{", b"[]", b"null", b"\xff"])
def test_other_bytes_are_refused(data: bytes) -> None:
    with pytest.raises(PeopleError) as caught:
        Reasons.from_json(data)
    assert caught.value.code == "reasons_malformed"
