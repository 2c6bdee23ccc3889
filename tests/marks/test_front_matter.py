"""Where labels stand in a Markdown file, and what is none."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.marks.wild import FIELDS, FILES, file, lines

from hegui.marks.front_matter import blocks, fronts

SPOTS = {
    "standard order": ["front-matter"],
    "before another front matter": ["front-matter"],
    "two labels": ["front-matter", "body"],
    "two labels, one after the other": ["front-matter", "second"],
    "two labels, one at the bottom": ["front-matter", "body"],
    "a label, and an example of one": ["front-matter"],
    "in a second front matter": ["second"],
    "under another key": ["nested"],
    "at the bottom": ["body"],
    "in a fenced block": ["fence"],
    "in a fenced front matter": ["fence"],
    "in a comment": ["comment"],
    "in a comment as JSON": ["comment"],
    "in a folded section": ["fence"],
    "a sentence": [],
    "a setting": [],
    "an instruction": [],
    "an example in the midst": [],
}


@pytest.mark.parametrize("kind", SPOTS)
def test_where_each_kind_stands(kind: str) -> None:
    assert [block.spot for block in blocks(FILES[kind].text.encode())] == SPOTS[kind]


def test_the_range_is_the_label_and_what_is_there_only_for_it() -> None:
    kinds = ("in a fenced block", "in a fenced front matter", "in a comment",
             "in a comment as JSON", "at the bottom", "at the top without fences",
             "a whole object at the top", "one line at the top")  # fmt: skip
    for kind in kinds:
        data = FILES[kind].text.encode()
        (block,) = blocks(data)
        rest = data[: block.start] + data[block.stop :]
        assert b"AIGC" not in rest
        assert b"{" not in rest
        assert b"```" not in rest
        assert b"<!--" not in rest
        assert b"-->" not in rest
        assert b"# Title" in rest


def test_only_the_labels_lines_go_from_a_front_matter() -> None:
    data = file("title: x  # AIGC: no\n" + lines() + "\n# last\nend: y\n").encode()
    (block,) = blocks(data)
    assert (
        data[: block.start] + data[block.stop :]
        == file("title: x  # AIGC: no\n\n# last\nend: y\n").encode()
    )


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("---\na: b\n---\n", 1),
        ("\ufeff---\na: b\n...\n", 1),
        ("\n\n---\na: b\n---\n", 1),
        ("---\n标题: x\n---\n", 1),
        ("---\n---\n", 1),
        ("---\n# only a remark\n---\n", 1),
        ("---\na: b\n---\n\n---\nc: d\n---\n", 2),
        ("---\na: b\n---\nText.\n---\nc: d\n---\n", 1),
        ("---\nA paragraph between two rules.\n---\n", 0),
        ("---\na: b\n", 0),
        ("Text.\n---\na: b\n---\n", 0),
        ("----\na: b\n----\n", 0),
        ("", 0),
    ],
)
def test_what_a_front_matter_is(text: str, count: int) -> None:
    assert len(fronts(text.encode())) == count


@pytest.mark.parametrize("front", ["---\n---\n", "---\ntitle: x\n---\n"])
def test_a_label_in_a_text_counts_only_while_the_front_matter_has_none(front: str) -> None:
    body = f"\nSo it looks:\n\n```yaml\n{lines()}```\n"
    assert [block.spot for block in blocks((front + body).encode())] == ["fence"]
    labelled = front.replace("\n---\n", "\n" + lines() + "---\n")
    assert [block.spot for block in blocks((labelled + body).encode())] == ["front-matter"]


def test_an_object_with_members_without_end_is_looked_at_only_so_far() -> None:
    many = ", ".join(f'"k{at}": 1' for at in range(64))
    late = ", ".join(f'"{name}": "{value}"' for name, value in FIELDS.items())
    assert blocks(f"# T\n\nAIGC: {{{many}, {late}}}\n".encode()) == []
    assert len(blocks(f"# T\n\nAIGC: {{{late}, {many}}}\n".encode())) == 1


@pytest.mark.parametrize(
    "key", ["aigc: true", "aigc:\n  enabled: true\n  producer: x", "AIGCs: 1", "is_AIGC: 1"]
)
def test_a_house_may_have_keys_of_its_own(key: str) -> None:
    assert blocks(file(key + "\n").encode()) == []


def test_a_label_of_another_case_is_one() -> None:
    (block,) = blocks(file(lines().replace("AIGC", "aigc")).encode())
    assert block.value == FIELDS


@pytest.mark.parametrize(
    "data",
    [
        b"AIGC:\n" * 500_000,
        b"---\n" + b"AIGC:\n" * 40_000 + b"---\n",
        b"---\n" + b"AIGC: {\n" * 30_000 + b"---\n",
        b"---\n" + (b"AIGC:\n" + b' Label: "x\n' * 300) * 70 + b"---\n",
        b"---\n" + b" " * 4_000_000,
        b"\n" * 4_000_000,
        (b" " * 100_000 + b"\n") * 40,
        b"AIGC" + b" " * 4_000_000,
        (b"---\na: b\n---\n") * 100_000,
    ],
    ids=["keys", "keys in front", "braces", "quotes", "spaces", "lines", "wide lines", "a wide key",
         "fronts"],
)  # fmt: skip
def test_hostile_files_end(data: bytes) -> None:
    assert len(blocks(data)) <= 24


@settings(deadline=None, max_examples=300)
@given(st.text("-\nAIGC: {}'\"`<!>Label1 ", max_size=120))
def test_no_text_raises_and_ranges_lie_within(text: str) -> None:
    data = text.encode()
    at = 0
    for block in blocks(data):
        assert at <= block.start < block.stop <= len(data)
        at = block.stop
