"""Word packs from files: what is read, and named bad inputs with the place of the fault."""

import hashlib
from contextlib import suppress
from typing import Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hegui.screen import Pack, ScreenError, Word, load_pack
from hegui.screen.pack import MOST_BYTES, MOST_WORDS

Format = Literal["toml", "csv"]

TOML = """\
[pack]
name = "fraud"
author = "Ann, 安"
version = "3"

[[word]]
word = "安全账户"
category = "scam"
action = "stop"
note = "why"

[[word]]
word = "Free Money"
category = "scam"
action = "review"
"""
CSV = """\
# name: fraud
# author: Ann, 安
# version: 3
word,category,action,note
安全账户,scam,stop,why
Free Money,scam,review,
"""
WORDS = (Word("安全账户", "scam", "stop", "why"), Word("Free Money", "scam", "review"))
HEAD = CSV.partition("word,")[0]


def refused(text: str | bytes, form: Format) -> ScreenError:
    data = text.encode() if isinstance(text, str) else text
    with pytest.raises(ScreenError) as caught:
        load_pack(data, form)
    return caught.value


@pytest.mark.parametrize("lead", ["", "\ufeff"])
@pytest.mark.parametrize(("text", "form"), [(TOML, "toml"), (CSV, "csv")])
def test_both_formats_read_the_same(text: str, form: Format, lead: str) -> None:
    data = (lead + text).encode()
    digest = hashlib.sha256(data).hexdigest()
    assert load_pack(data, form) == Pack("fraud", "Ann, 安", "3", WORDS, digest)
    assert load_pack((lead + text).replace("\n", "\r\n").encode(), form).words == WORDS


def test_csv_columns_may_come_in_any_order_quoted_and_without_notes() -> None:
    body = 'action, category, word\nstop ,scam,"a, ""b"""\n\nreview, scam,  c d  \n'
    words = load_pack((HEAD + body).encode(), "csv").words
    assert words == (Word('a, "b"', "scam", "stop"), Word("c d", "scam", "review"))


def test_toml_entries_may_stand_in_one_list() -> None:
    head, _, _ = TOML.partition("[[word]]")
    entry = '{word = "abc", category = "c", action = "stop"}'
    assert load_pack(f"word = [{entry}]\n{head}".encode(), "toml").words[0].word == "abc"
    error = refused(f"word = [{entry}, {entry}]\n{head}", "toml")
    assert "at entry 2" in error.en
    assert "第 1 条" in error.zh


@pytest.mark.parametrize(
    ("name", "change", "code", "place"),
    [
        ("empty word", ('"Free Money"', '""'), "pack_word_empty", "line 12"),
        ("no word", ('word = "Free Money"', ""), "pack_word_empty", "line 12"),
        ("all invisible", ('"Free Money"', '"\\u200b\\u00ad"'), "pack_word_empty", "line 12"),
        ("all spaces", ('"Free Money"', '" \u3000 "'), "pack_word_empty", "line 12"),
        ("word is a number", ('"Free Money"', "7"), "pack_value", "line 12"),
        ("65 characters", ("Free Money", "x" * 65), "pack_word_long", "line 12"),
        ("22 that expand", ("Free Money", "…" * 22), "pack_word_long", "line 12"),
        ("long spelling", ("Free Money", "x" + "\u200b" * 256), "pack_value", "line 12"),
        ("unknown action", ('"review"', '"block"'), "pack_action", "line 12"),
        ("action in capitals", ('"review"', '"STOP"'), "pack_action", "line 12"),
        ("no action", ('action = "review"', ""), "pack_action", "line 12"),
        ("action is a list", ('"review"', '["stop"]'), "pack_action", "line 12"),
        ("no category", ('category = "scam"\naction = "review"', 'action = "review"'),
         "pack_value", "line 12"),
        ("long category", ('"scam"\naction = "r', f'"{"c" * 65}"\naction = "r'),
         "pack_value", "line 12"),
        ("category with a control", ('"scam"\naction = "r', '"\\u0000"\naction = "r'),
         "pack_value", "line 12"),
        ("long note", ('"why"', f'"{"n" * 1001}"'), "pack_value", "line 6"),
        ("unknown field", ("note =", "notes ="), "pack_field", "line 6"),
        ("same word", ("Free Money", "安全账户"), "pack_word_twice", "line 12"),
        ("same in normal form", ("Free Money", "安\u200b全賬戶"), "pack_word_twice", "line 12"),
        ("no head", ('[pack]\nname = "fraud"\nauthor = "Ann, 安"\nversion = "3"', ""),
         "pack_head", "name"),
        ("no name", ('name = "fraud"', ""), "pack_head", "name"),
        ("no author", ('author = "Ann, 安"', ""), "pack_head", "author"),
        ("empty author", ('"Ann, 安"', '"  "'), "pack_head", "author"),
        ("version is a number", ('"3"', "3"), "pack_head", "version"),
        ("long name", ('"fraud"', f'"{"n" * 129}"'), "pack_head", "name"),
        ("unknown head field", ("version =", 'licence = "x"\nversion ='), "pack_field", "licence"),
        ("unknown table", ("[pack]", "[extra]\nx = 1\n[pack]"), "pack_field", "extra"),
        ("head is no table", ("[pack]", "pack = 1\n[[word]]\n[x]"), "pack_field", "x"),
        ("broken TOML", ("[pack]", "[pack"), "pack_syntax", "line 1"),
        ("number past reason", ("[pack]", f"x = {'9' * 5000}\n[pack]"), "pack_syntax", ""),
        ("nested without end", ("[pack]", f"x = {'[' * 20000}\n[pack]"), "pack_syntax", ""),
    ],
)  # fmt: skip
def test_bad_toml(name: str, change: tuple[str, str], code: str, place: str) -> None:
    assert change[0] in TOML
    error = refused(TOML.replace(*change, 1), "toml")
    assert (error.code, place in error.en) == (code, True), error.en


@pytest.mark.parametrize(
    ("name", "change", "code", "place"),
    [
        ("empty word", ("Free Money,", ","), "pack_word_empty", "line 6"),
        ("empty cells", ("Free Money,scam,review,", ",,,"), "pack_word_empty", "line 6"),
        ("unknown action", ("review", "block"), "pack_action", "line 6"),
        ("no category", ("Money,scam", "Money,"), "pack_value", "line 6"),
        ("same word", ("Free Money", "安全賬戶"), "pack_word_twice", "line 6"),
        ("too many columns", ("review,", "review,,x"), "pack_syntax", "line 6"),
        ("quote left open", ("Free", '"Free'), "pack_syntax", "line 6"),
        ("unknown column", ("note", "remark"), "pack_field", "line 5"),
        ("column named twice", ("note", "word"), "pack_syntax", "line 4"),
        ("no header row", ("word,category,action,note\n", ""), "pack_field", "line 5"),
        ("no head", ("# name: fraud\n# author: Ann, 安\n# version: 3\n", ""), "pack_head", "name"),
        ("no author", ("# author: Ann, 安\n", ""), "pack_head", "author"),
        ("head without colon", ("# version: 3", "# version 3"), "pack_syntax", "line 3"),
        ("unknown head field", ("# name", "# licence: x\n# name"), "pack_field", "licence"),
    ],
)
def test_bad_csv(name: str, change: tuple[str, str], code: str, place: str) -> None:
    assert change[0] in CSV
    error = refused(CSV.replace(*change, 1), "csv")
    assert (error.code, place in error.en) == (code, True), error.en


def test_the_line_of_a_row_is_told_after_fields_of_several_lines() -> None:
    body = 'word,category,action,note\na,c,stop,"two\nlines"\nb,c,block,\n'
    assert "at line 7" in refused(HEAD + body, "csv").en


def test_both_places_of_a_word_listed_twice_are_told() -> None:
    error = refused(CSV.replace("Free Money", "安全賬戶"), "csv")
    assert "at line 6" in error.en
    assert "at line 5" in error.en
    assert "第 6 行" in error.zh
    assert "第 5 行" in error.zh


@pytest.mark.parametrize("form", ["toml", "csv"])
def test_what_is_not_utf8(form: Format) -> None:
    error = refused("名".encode("gbk"), form)
    assert error.code == "pack_not_utf8"
    assert "byte 0" in error.en


@pytest.mark.parametrize("form", ["toml", "csv"])
def test_bounds_of_size(form: Format) -> None:
    assert refused(b"#" * (MOST_BYTES + 1), form).code == "pack_too_large"


def test_bounds_of_words() -> None:
    header = HEAD + "word,category,action\n"
    full = header + "".join(f"w{n},c,stop\n" for n in range(MOST_WORDS))
    assert len(load_pack(full.encode(), "csv").words) == MOST_WORDS
    assert refused(full + "one more,c,stop\n", "csv").code == "pack_too_many"


@pytest.mark.parametrize("form", ["toml", "csv"])
def test_a_pack_without_words(form: Format) -> None:
    text = {"toml": TOML.partition("[[word]]")[0], "csv": HEAD + "word,category,action\n"}[form]
    assert refused(text, form).code == "pack_no_words"


def test_an_unknown_format() -> None:
    assert refused(TOML, "xlsx").code == "pack_format"  # type: ignore[arg-type]


@settings(derandomize=True, deadline=None)
@given(st.binary() | st.text().map(str.encode), st.sampled_from(["toml", "csv"]), st.booleans())
def test_no_other_error_leaves(data: bytes, form: Format, headed: bool) -> None:
    head = {"toml": TOML, "csv": CSV}[form].encode() if headed else b""
    with suppress(ScreenError):
        assert load_pack(head + data, form).words[: len(WORDS)] == WORDS


def test_categories_and_notes_are_kept_once() -> None:
    words = load_pack(CSV.replace("review,", "review,why").encode(), "csv").words
    assert words[0].category is words[1].category
    assert words[0].note is words[1].note
