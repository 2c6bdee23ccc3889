"""Provider codes as seen on real labels, and the ways in which they go wrong."""

import json
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hegui.marks import DEMO_CODE, MarksError, ProviderCode, is_demo, uscc_check_digit
from hegui.marks.provider import explain, looks_like_code

VECTORS = json.loads((Path(__file__).parent / "vectors" / "provider-codes.json").read_bytes())
ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def naive_check_digit(first17: str) -> str:
    """GB 32100: the character that makes the weighted sum a multiple of 31."""
    total = sum(ALPHABET.index(character) * 3**place for place, character in enumerate(first17))
    return next(last for last in ALPHABET if (total + ALPHABET.index(last)) % 31 == 0)


@pytest.mark.parametrize("good", VECTORS["good"], ids=lambda good: good["code"])
def test_real_codes_are_read(good: dict[str, str]) -> None:
    code = ProviderCode.parse(good["code"])
    assert code == ProviderCode(good["code"], good["uscc"], good["type"], good["own"])


@pytest.mark.parametrize("bad", VECTORS["bad"], ids=lambda bad: bad["why"])
def test_what_is_wrong_is_named(bad: dict[str, str]) -> None:
    with pytest.raises(MarksError) as caught:
        ProviderCode.parse(bad["code"])
    assert caught.value.code == bad["error"]


def test_the_error_says_what_the_check_digit_should_be() -> None:
    with pytest.raises(MarksError) as caught:
        ProviderCode.parse("001191110102MAD55U9H0G10002")
    assert "91110102MAD55U9H0G" in caught.value.en
    assert "应为 F" in caught.value.zh


@pytest.mark.parametrize("uscc", VECTORS["uscc"])
def test_check_digits_of_real_organisations(uscc: str) -> None:
    assert uscc_check_digit(uscc[:17]) == uscc[17]


@settings(deadline=None)
@given(st.text(ALPHABET, min_size=17, max_size=17))
def test_check_digit_equals_the_definition(first17: str) -> None:
    assert uscc_check_digit(first17) == naive_check_digit(first17)


@settings(deadline=None)
@given(st.text(ALPHABET, min_size=17, max_size=17), st.integers(0, 16), st.sampled_from(ALPHABET))
def test_any_one_changed_character_is_noticed(first17: str, place: int, other: str) -> None:
    changed = first17[:place] + other + first17[place + 1 :]
    assert (uscc_check_digit(changed) == uscc_check_digit(first17)) == (changed == first17)


@pytest.mark.parametrize(
    "first17",
    [
        "",
        "9111010",
        "91110102MAD55U9H0F",
        "9111010 MAD55U9H0",
        *(f"9111010{c}MAD55U9H0" for c in "IOSVZa２"),
    ],
)
def test_no_check_digit_for_what_is_no_credit_code(first17: str) -> None:
    with pytest.raises(MarksError) as caught:
        uscc_check_digit(first17)
    assert caught.value.code == "uscc_malformed"


@settings(deadline=None)
@given(st.text(max_size=40) | st.text("0123456789ABCXYZ", min_size=27, max_size=27))
def test_no_text_raises_anything_else(text: str) -> None:
    with suppress(MarksError):
        assert ProviderCode.parse(text).text == text


@pytest.mark.parametrize(
    ("code", "demo"),
    [
        (DEMO_CODE, True),
        (DEMO_CODE[:22] + "00000", True),
        (DEMO_CODE[:22] + "2AB12", True),
        (DEMO_CODE[:26], False),
        (DEMO_CODE + "0", False),
        ("001191110102MAD55U9H0F10002", False),
        ("某公司", False),
        ("", False),
    ],
)
def test_the_demo_is_known_by_its_subject(code: str, demo: bool) -> None:
    assert is_demo(code) is demo


@pytest.mark.parametrize("good", VECTORS["good"], ids=lambda good: good["code"])
def test_real_codes_are_built_of_their_parts(good: dict[str, str]) -> None:
    code = ProviderCode.parse(good["code"])
    assert ProviderCode.build(code.uscc, code.service_type, code.service_code) == code
    assert explain(good["code"]) == ()


def test_an_extension_that_is_not_used_is_zeros() -> None:
    assert ProviderCode.build("91110102MAD55U9H0F").text == "001191110102MAD55U9H0F00000"


@pytest.mark.parametrize(
    ("parts", "error"),
    [
        (("91110102MAD55U9H0G", "1", "0002"), "provider_code_check_digit"),
        (("91110102MAD55U9H0", "1", "0002"), "provider_code_length"),
        (("91110102MAD55U9H0F", "3", "0002"), "provider_code_service"),
        (("91110102MAD55U9H0F", "0", "0002"), "provider_code_service"),
        (("91110102MAD55U9H0F", "1", "ab12"), "provider_code_characters"),
    ],
)
def test_nothing_is_built_of_wrong_parts(parts: tuple[str, str, str], error: str) -> None:
    with pytest.raises(MarksError) as caught:
        ProviderCode.build(*parts)
    assert caught.value.code == error


@pytest.mark.parametrize("bad", VECTORS["bad"], ids=lambda bad: bad["why"])
def test_every_wrong_code_is_explained(bad: dict[str, str]) -> None:
    first = (
        bad["error"]
        .removeprefix("provider_")
        .replace("_", "-")
        .replace("uscc-malformed", "code-uscc")
    )
    assert first in {found.code for found in explain(bad["code"])}


@pytest.mark.parametrize(
    ("code", "reasons"),
    [
        ("001191330101MA27WPYJ18xliu", ["code-length"]),
        (
            "012291110102MAD55U9H0F30002",
            ["code-format", "code-subject", "code-binding", "code-service"],
        ),
        ("001191110102MAD55U9H0G3abcd", ["code-characters", "code-check-digit", "code-service"]),
        ("0011911101O2MAD55U9H0F00002", ["code-uscc", "code-service"]),
    ],
)
def test_all_reasons_come_at_once(code: str, reasons: list[str]) -> None:
    found = explain(code, "ContentProducer")
    assert [one.code for one in found] == reasons
    assert all(one.clause.startswith("TC260-PG-20252A") for one in found)
    assert all("ContentProducer" in one.en and "ContentProducer" in one.zh for one in found)


@settings(deadline=None)
@given(st.text(max_size=40) | st.text("0123456789ABCXYZ", min_size=27, max_size=27))
def test_a_code_is_right_exactly_when_nothing_is_to_be_explained(text: str) -> None:
    try:
        ProviderCode.parse(text)
    except MarksError:
        assert explain(text)
    else:
        assert not explain(text)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("001191110102MAD55U9H0F10002", True),
        ("001191330101MA27WPYJ18xliu", True),
        ("1191110102MACQD9K640", True),
        ("91110102MAD55U9H0F", True),
        ("1565201000000016BDWXYY0400000000", True),
        ("000123", True),
        ("007", False),
        ("360", False),
        ("house", False),
        ("某公司", False),
        ("House Agent AI", False),
        ("5c8b84e774480e55f2ff127de8f8d526", False),
    ],
)
def test_what_is_meant_as_a_code(text: str, code: bool) -> None:
    assert looks_like_code(text) is code
