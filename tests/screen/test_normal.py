"""The normal form, character by character and as a whole."""

import sys
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hegui.screen import normal
from hegui.screen.fold import fold
from hegui.screen.normal import marked, origins

STEADY = settings(derandomize=True, deadline=None)
ANY = st.characters(exclude_categories=())


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("ＡＢＣ１２３", "abc123"),
        ("Straße", "strasse"),
        ("ﬁnd", "find"),
        ("café", "cafe"),
        ("cafe\u0301", "cafe"),
        ("Z\u0351\u036b\u0343algo", "zalgo"),
        ("臺灣詐騙", "台湾诈骗"),
        ("薴", "苎"),
        ("рауpаl", "paypal"),
        ("ΡΑΥΡΑL", "paypal"),
        ("Øłđ", "old"),
        ("𝓼𝓬𝓪𝓶", "scam"),
        ("ⓢⓒⓐⓜ", "scam"),
        ("⼈", "人"),
        ("a\u200bb\u200d\u2060c\ufeff", "abc"),
        ("s\u00adc\u034fa\u180em", "scam"),
        ("❤\ufe0f", "❤"),
        ("葛\U000e0100", "葛"),
        ("s\U000e0063am", "sam"),
        ("\u202emacs", "macs"),
        ("a\x00b\x08c", "abc"),
        ("a\tb\nc\u3000d\u00a0e\u2028f", "a b c d e f"),
        ("…", "..."),
        ("㎡", "m2"),
        ("か\u3099", "か\u3099"),
        ("が", "が"),
        ("ﾊﾟ", "ハ\u309a"),
        ("हिन्दी", "हिन्दी"),
        ("각", "각"),
        ("й", "и"),
        ("😀", "😀"),
        ("\ud800", "\ufffd"),
        ("\U0010ffff", "\U0010ffff"),
        ("", ""),
    ],
)
def test_golden(written: str, expected: str) -> None:
    assert normal(written) == expected


def test_table_follows_the_rules_for_every_character() -> None:
    unassigned = range(0x33480, 0xE0000)
    points = (point for point in range(sys.maxunicode + 1) if point not in unassigned)
    wrong = [f"U+{point:04X}" for point in points if normal(chr(point)) != fold(chr(point))]
    assert wrong == []
    assert {normal(chr(point)) for point in unassigned} == {"\ufffd"}


def test_folding_twice_is_folding_once_for_every_character() -> None:
    every = "".join(map(chr, range(sys.maxunicode + 1)))
    assert normal(normal(every)) == normal(every)


def test_composed_and_decomposed_are_one_where_marks_go() -> None:
    differ = {
        unicodedata.name(char).split()[0]
        for char in map(chr, range(0x80, 0x2000))
        if unicodedata.name(char, "").startswith(("LATIN", "GREEK", "CYRILLIC"))
        and normal(unicodedata.normalize("NFD", char)) != normal(char)
    }
    assert differ == set()


def test_no_character_folds_to_a_mark_of_the_marked_form() -> None:
    every = normal("".join(map(chr, range(sys.maxunicode + 1))))
    assert "\0" not in every
    assert "\1" not in every


@STEADY
@given(st.text(ANY), st.text(ANY))
def test_chunks_fold_to_the_whole(left: str, right: str) -> None:
    assert normal(left + right) == normal(left) + normal(right)


@STEADY
@given(st.text(st.sampled_from("aé…ß\u200b\u0301臺㎡\ufdfa")))
def test_origins_lead_each_folded_character_back(text: str) -> None:
    origin = origins(text, marked(text))
    expected = [at for at, char in enumerate(text) for _ in normal(char)]
    assert list(origin) == expected
