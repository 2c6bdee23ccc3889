"""The lines below a key: PyYAML is the other opinion wherever they are sound."""

import re

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st
from tests.marks.wild import FIELDS

from hegui.marks.label import Label
from hegui.marks.members import Bare, Pairs
from hegui.marks.yaml_block import Parsed, below, written

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)


def parsed(text: str) -> Parsed:
    """What stands below ``AIGC:`` in a text that begins with it."""
    first, *lines = text.removeprefix("AIGC:").split("\n")
    return below(first, lines, 0)


@settings(deadline=None)
@given(st.lists(TEXT, min_size=6, max_size=6), st.booleans(), st.sampled_from(["\n", "\r\n"]))
@example(["&0 ", "!x ", "a &b c", "!", "& ", "*0 "], False, "\n")
def test_what_is_written_is_read_by_two_parsers(
    values: list[str], ascii_only: bool, newline: str
) -> None:
    label = Label("1", *values)
    text = written(label, newline, ascii_only=ascii_only)
    names = label.__struct_encode_fields__
    expected = dict(zip(names, ["1", *values], strict=True))
    assert yaml.safe_load(text) == {"AIGC": expected}
    found = parsed(text.replace("\r\n", "\n") if newline == "\r\n" else text)
    assert found.value == Pairs(expected.items())
    assert found.clean
    assert found.lines == 7
    assert text.isascii() or not ascii_only


SOUND = {
    "quotes of both kinds": "AIGC:\n  A: 'it''s'\n  B: \"a\\tb\"\n",
    "comments": "AIGC:  # ours\n  # more\n  A: 'x'  # last\n\n  B: y # z\n",
    "a block scalar": "AIGC:\n  A: |-\n    line one\n    line two\n  B: x\n",
    "a folded scalar": "AIGC:\n  A: >-\n    one\n    two\n  B: x\n",
    "a plain scalar over lines": "AIGC:\n  A: one\n    two\n  B: x\n",
    "a quoted scalar over lines": "AIGC:\n  A: 'one\n    two'\n  B: \"three\n    four\"\n",
    "flow on one line": "AIGC: {A: 'x', \"B\": y}\n",
    "flow over lines": 'AIGC: {\n  "A": "x",\n  "B": "y"\n  }\n',
    "tags and anchors": "AIGC:\n  A: !!str 1x\n  B: &b y\n",
    "quoted keys": "AIGC:\n  'A': x\n  \"B\": y\n",
    "a next key": "AIGC:\n  A: x\ntitle: 'no: label'\n",
}


@pytest.mark.parametrize("text", SOUND.values(), ids=list(SOUND))
def test_sound_yaml_reads_as_pyyaml_reads_it(text: str) -> None:
    found = parsed(text)
    assert found.clean
    assert isinstance(found.value, Pairs)
    assert dict(found.value) == yaml.safe_load(text)["AIGC"]


def test_unquoted_scalars_are_what_yaml_1_2_makes_of_them() -> None:
    found = parsed("AIGC:\n  A: 1\n  B:\n  C: true\n  D: 0011\n  E: *a\n  F: [a]\n  G: {a: b}\n")
    assert found.value == Pairs(
        [
            ("A", Bare("1", "integer")),
            ("B", Bare("", "null")),
            ("C", Bare("true", "boolean")),
            ("D", Bare("0011", "integer")),
            ("E", Bare("*a", "alias")),
            ("F", Bare("[a]", "list")),
            ("G", Bare("{a: b}", "object")),
        ]
    )


UNSOUND = {
    "commas": ('AIGC:\n  Label: "1",\n  ProduceID: x,\n', {"Label": "1", "ProduceID": "x"}),
    "no indent": ("AIGC:\nLabel: '1'\nProduceID: x\ntitle: y\n", {"Label": "1", "ProduceID": "x"}),
    "a list": ("AIGC:\n  - Label: '1'\n  - ProduceID: x\n", {"Label": "1", "ProduceID": "x"}),
    "a line that is no member": ("AIGC:\n  Label: '1'\n  what\n  A: x\n", {"Label": "1", "A": "x"}),
    "a quote that never ends": ("AIGC:\n  A: 'x\n  B: y\n", {"A": "x", "B": "y"}),
    "words after a quote": ("AIGC:\n  A: 'x' y\n", {"A": "x"}),
    "flow that never ends": ("AIGC: {A: x, B: y\n", {"A": "x", "B": "y"}),
}


@pytest.mark.parametrize("kind", UNSOUND)
def test_unsound_yaml_is_read_and_told(kind: str) -> None:
    text, expected = UNSOUND[kind]
    found = parsed(text)
    assert not found.clean
    assert isinstance(found.value, Pairs)
    assert dict(found.value) == expected


def test_the_lines_that_belong_to_it_end_with_its_last_field() -> None:
    text = "AIGC:\n  A: x\n\n  # remark\n  B: y\n\n# other\ntitle: z\n"
    assert parsed(text).lines == 4
    assert parsed("AIGC:\ntitle: z\n").lines == 0


def test_text_is_a_value_too() -> None:
    assert parsed("AIGC: some words # remark").value == "some words"
    assert parsed('AIGC: \'{"Label": "1"}\'').value == '{"Label": "1"}'


@pytest.mark.parametrize(
    "text",
    [
        "AIGC:\n" + "".join(f"  k{n}: x\n" for n in range(10_000)),
        "AIGC:\n" + '  k: "a\\"\n' * 7_000,
        "AIGC:\n" + "  k: {\n" * 8_000,
        "AIGC: " + "{" * 60_000,
        "AIGC:\n  A: " + '[\\"' * 20_000,
        "AIGC:\n  - &a x\n" + "  - *a\n" * 8_000,
    ],
    ids=["members", "quotes", "braces", "nesting", "brackets", "aliases"],
)
def test_hostile_blocks_end(text: str) -> None:
    found = parsed(text)
    assert len(found.value) <= len(text)


@settings(deadline=None, max_examples=300)
@given(st.text(" \n:'\"{}[],#-|>&*!Labe1", max_size=80))
def test_no_text_raises(text: str) -> None:
    assert parsed("AIGC:" + text).lines <= text.count("\n")


def test_the_fields_are_quoted_in_order() -> None:
    text = written(Label(*FIELDS.values()), "\n", ascii_only=False)  # type: ignore[arg-type]
    assert re.findall(r"^  (\w+): '", text, re.MULTILINE) == list(FIELDS)
