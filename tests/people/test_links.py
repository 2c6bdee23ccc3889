"""Agreement links: for one person, for ten minutes, from us alone."""

import base64
import hmac

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hegui.people import LINK_MS, PeopleError
from hegui.people.links import open_link, sign_link

SECRET = bytes(range(32))
PERSON = "0123456789abcdef0123456789abcdef"
NOW = 1_767_585_600_000
TOKEN = sign_link(SECRET, PERSON, NOW + LINK_MS)


def refused(token: str, now: int = NOW, secret: bytes = SECRET) -> str:
    with pytest.raises(PeopleError) as caught:
        open_link(secret, token, now)
    return caught.value.code


@given(st.binary(min_size=16, max_size=16), st.integers(1, 2**60))
def test_it_opens_to_its_person(person: bytes, expires: int) -> None:
    token = sign_link(SECRET, person.hex(), expires)
    assert open_link(SECRET, token, expires - 1) == person.hex()
    assert refused(token, expires) == "link_expired"


def test_it_works_for_ten_minutes() -> None:
    assert LINK_MS == 10 * 60 * 1000
    assert open_link(SECRET, TOKEN, NOW + LINK_MS - 1) == PERSON
    assert refused(TOKEN, NOW + LINK_MS) == "link_expired"


def test_the_form_does_not_change_by_itself() -> None:
    body = bytes.fromhex(PERSON) + (NOW + LINK_MS).to_bytes(8, "big")
    mac = hmac.new(SECRET, b"hegui agreement link v1\n" + body, "sha256").digest()
    assert base64.urlsafe_b64encode(body + mac).decode() == TOKEN + "="


def test_another_secret_opens_nothing() -> None:
    assert refused(TOKEN, secret=bytes(32)) == "link_invalid"


@given(st.integers(0, 56 * 8 - 1))
def test_no_bit_can_be_changed(bit: int) -> None:
    raw = bytearray(base64.urlsafe_b64decode(TOKEN + "="))
    raw[bit // 8] ^= 1 << bit % 8
    assert refused(base64.urlsafe_b64encode(raw).decode().rstrip("=")) == "link_invalid"


@pytest.mark.parametrize(
    "token",
    [
        pytest.param("", id="empty"),
        pytest.param(TOKEN[:-1], id="cut-short"),
        pytest.param(TOKEN[:32], id="without-its-mac"),
        pytest.param(TOKEN + "AAAA", id="longer"),
        pytest.param(TOKEN + "\n", id="a-line-end"),
        pytest.param("链接", id="not-ascii"),
        pytest.param("!" * 75, id="not-base64"),
    ],
)
def test_other_tokens_are_refused(token: str) -> None:
    assert refused(token) == "link_invalid"


@given(st.text(max_size=100))
def test_no_text_raises_another_error(token: str) -> None:
    assert refused(token) == "link_invalid"
