"""Random ids are never refused; phone numbers, e-mails and identity numbers always are."""

import uuid
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hegui.people import PeopleError
from hegui.people.pseudonym import check


def code(text: str) -> str | None:
    """The error's code, ``None`` when the text is taken."""
    try:
        check(text)
    except PeopleError as error:
        return error.code
    return None


digits = st.characters(min_codepoint=ord("0"), max_codepoint=ord("9"))
gaps = st.sampled_from(["", " ", "-", ".", "  ", " - ", "–", "\u2011"])


@st.composite
def spaced(draw: st.DrawFn, number: str) -> str:
    """The digits of a number with gaps as people write them."""
    return number[0] + "".join(draw(gaps) + digit for digit in number[1:])


@st.composite
def mobiles(draw: st.DrawFn) -> str:
    number = "1" + draw(st.sampled_from("3456789")) + draw(st.text(digits, min_size=9, max_size=9))
    country = draw(st.sampled_from(["", "+86", "+86 ", "0086", "0086-", "86", "86 ", "(+86)"]))
    return country + draw(spaced(number))


@st.composite
def residents(draw: st.DrawFn) -> str:
    born = draw(st.dates(date(1900, 1, 1), date(2099, 12, 31)))
    region = draw(st.integers(100_000, 999_999))
    serial = draw(st.text(digits, min_size=3, max_size=3))
    number = f"{region}{born:%Y%m%d}{serial}{draw(st.sampled_from('0123456789Xx'))}"
    return draw(st.sampled_from([number, f"{number[:6]} {number[6:14]} {number[14:]}"]))


around = st.sampled_from(["", "用户", "u:", "id_", "（"])


# All lengths that ids have in practice; sixteen digits and up hold no phone number.
@settings(max_examples=1000)
@given(st.sampled_from([8, 12, 16, 20, 32]).flatmap(lambda n: st.binary(min_size=n, max_size=n)))
def test_a_random_hexadecimal_id_is_never_refused(raw: bytes) -> None:
    assert check(raw.hex()) == raw.hex()
    assert check(raw.hex().upper()) == raw.hex().upper()


@settings(max_examples=1000)
@given(st.uuids())
def test_a_uuid_is_never_refused(value: uuid.UUID) -> None:
    for text in (str(value), value.hex, value.urn, f"{{{value}}}", f"user-{value}"):
        assert check(text) == text


@given(st.text(digits, min_size=32, max_size=32))
def test_a_uuid_that_happens_to_have_digits_alone_is_never_refused(number: str) -> None:
    text = str(uuid.UUID(number))
    assert check(text) == text


@settings(max_examples=300)
@given(mobiles(), around)
def test_a_mobile_number_is_always_refused(number: str, before: str) -> None:
    assert code(before + number) == "person_not_pseudonym"


@given(st.text(digits, min_size=8, max_size=15).flatmap(spaced), around)
def test_an_international_number_is_always_refused(number: str, before: str) -> None:
    assert code(before + "+" + number) == "person_not_pseudonym"


@given(st.emails().filter(lambda text: len(text) <= 120), around)
def test_an_e_mail_address_is_always_refused(address: str, before: str) -> None:
    assert code(before + address) == "person_not_pseudonym"


@given(residents(), around)
def test_an_identity_number_is_always_refused(number: str, before: str) -> None:
    assert code(before + number) == "person_not_pseudonym"


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("１３８１２３４５６７８", id="full-width-digits"),
        pytest.param("١٣٨١٢٣٤٥٦٧٨", id="arabic-indic-digits"),
        pytest.param("13812345678@qq", id="number-before-a-sign"),
        pytest.param("(138) 1234-5678", id="brackets"),
        pytest.param("fern＠example.com", id="full-width-at"),
        pytest.param("mailto:fern@example.com", id="with-a-scheme"),
        pytest.param("邮箱@例子.公司", id="address-in-chinese"),
        pytest.param("tel:+44-20-7946-0958", id="telephone-address"),
        pytest.param("11010519491231002x", id="identity-number-small-x"),
        pytest.param("110105-19491231-002X", id="identity-number-with-hyphens"),
    ],
)
def test_other_ways_to_write_them_are_refused(text: str) -> None:
    assert code(text) == "person_not_pseudonym"


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("fern", id="a-word"),
        pytest.param("小青", id="chinese"),
        pytest.param("a b", id="a-space-inside"),
        pytest.param("@fern:example.org", id="matrix-id"),
        pytest.param("fern@laptop", id="no-domain"),
        pytest.param("1767585600000", id="time-in-milliseconds"),
        pytest.param("1767585600", id="time-in-seconds"),
        pytest.param("12012345678", id="eleven-digits-that-are-no-mobile"),
        pytest.param("110105194912310", id="fifteen-digits"),
        pytest.param("110105194902310028", id="a-31st-of-february"),
        pytest.param("110105184912310028", id="a-birth-in-1849"),
        pytest.param("u13812345678", id="digits-after-a-letter"),
        pytest.param("+1234567", id="plus-and-seven-digits"),
        pytest.param("x" * 128, id="128-characters"),
        pytest.param("😀", id="an-emoji"),
    ],
)
def test_other_names_are_taken(text: str) -> None:
    assert check(text) == text


@pytest.mark.parametrize("text", ["13812345678", "fern@example.com", "a\u202eb"])
def test_the_error_does_not_repeat_what_was_sent(text: str) -> None:
    with pytest.raises(PeopleError) as caught:
        check(text)
    assert text not in str(caught.value) + caught.value.zh + caught.value.en


def test_spaces_around_do_not_count() -> None:
    assert check("  fern\t") == "fern"


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="empty"),
        pytest.param(" \t\n", id="only-white-space"),
        pytest.param("x" * 129, id="129-characters"),
        pytest.param("a\nb", id="two-lines"),
        pytest.param("a\0b", id="a-nul"),
        pytest.param("a\u200bb", id="zero-width"),
        pytest.param("a\u202eb", id="direction-turned"),
        pytest.param("\ud800", id="lone-surrogate"),
    ],
)
def test_what_is_no_name_is_refused(text: str) -> None:
    assert code(text) == "person_malformed"
