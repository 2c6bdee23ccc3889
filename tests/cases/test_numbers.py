"""Numbers that are unique under any writers, and secrets that people can type."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.cases.bench import Bench
from tests.world import FakeWorld

from hegui.cases import APPEAL
from hegui.cases.numbers import digest, new_secret, next_number, plain_number, same
from hegui.store import Store, tables

NEW_YEAR = 1_798_732_800_000  # 2027 begins in Beijing at 2026-12-31T16:00:00Z


def take(store: Store, at: int) -> str:
    with store.begin() as conn:
        return next_number(conn, APPEAL, at)


def test_numbers_count_up_within_the_year_in_beijing(store: Store) -> None:
    assert take(store, NEW_YEAR - 1) == "A-2026-0001"
    assert take(store, NEW_YEAR - 1) == "A-2026-0002"
    assert take(store, NEW_YEAR) == "A-2027-0001"
    assert take(store, NEW_YEAR - 1) == "A-2026-0003"


def test_the_ten_thousandth_has_five_digits(store: Store, bench: Bench) -> None:
    bench.insert(tables.case_number, series="A-2026", last=9998)
    assert take(store, NEW_YEAR - 1) == "A-2026-9999"
    assert take(store, NEW_YEAR - 1) == "A-2026-10000"
    assert take(store, NEW_YEAR - 1) == "A-2026-10001"


def test_a_failed_filing_takes_no_number(store: Store) -> None:
    def fail() -> None:
        with store.begin() as conn:
            next_number(conn, APPEAL, 0)
            raise InterruptedError

    with pytest.raises(InterruptedError):
        fail()
    assert take(store, 0).endswith("-0001")


def test_writers_at_once_get_different_numbers(store: Store) -> None:
    with ThreadPoolExecutor(6) as pool:
        taken = list(pool.map(lambda _n: take(store, 0), range(30)))
    assert sorted(taken) == [f"A-1970-{number:04d}" for number in range(1, 31)]


def test_a_secret_is_128_bits_in_groups() -> None:
    secret = new_secret(FakeWorld())
    assert [len(group) for group in secret.split("-")] == [4, 4, 4, 4, 4, 4, 2]
    assert len({new_secret(FakeWorld(seed)) for seed in range(50)}) == 50


@given(st.integers(0, 10_000), st.data())
def test_however_it_is_typed_it_is_the_same(seed: int, data: st.DataObject) -> None:
    secret = new_secret(FakeWorld(seed))
    plain = secret.replace("-", "")
    typed = "".join(
        data.draw(st.sampled_from([letter, letter.lower(), chr(ord(letter) + 0xFEE0)]))
        + data.draw(st.sampled_from(["", " ", "-", "\u3000", "–", "\n", "－"]))
        for letter in plain
    )
    assert same(typed, digest(secret))


@pytest.mark.parametrize(
    "typed", ["", "-", "0189", "AAAAA-AAAAA-AAAAA-AAAAA-AAAAAA", "密码", "A" * 10_000, "\ud800"]
)
def test_what_is_not_the_secret_never_fits(typed: str) -> None:
    kept = digest(new_secret(FakeWorld()))
    assert len(kept) == 32
    assert not same(typed, kept)
    assert not same(typed, None)


def test_one_letter_off_does_not_fit() -> None:
    secret = new_secret(FakeWorld())
    for at, letter in enumerate(secret):
        if letter != "-":
            other = secret[:at] + ("A" if letter != "A" else "B") + secret[at + 1 :]
            assert at == len(secret) - 1 or not same(other, digest(secret))


def test_no_number_kept_fits_nothing() -> None:
    assert not same("", None)
    assert not same("", b"")


def test_a_number_is_found_as_typed() -> None:
    assert plain_number(" a-2026-0001\n") == "A-2026-0001"
    assert plain_number("Ａ－２０２６－０００１") == "A-2026-0001"
