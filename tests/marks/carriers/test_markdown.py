"""Markdown: real kinds read, one label written, every other byte kept."""

from pathlib import Path

import pytest
import yaml
from tests.marks.carriers.damage import damaged
from tests.marks.wild import CODE, FILES, file, lines

from hegui import marks
from hegui.marks import Label, MarksError, Verdict, read, write
from hegui.marks.carriers import markdown
from hegui.marks.plan import Span, Wanted, render
from hegui.marks.source import Source

LABEL = Label.first(CODE, "it's one")
BLOCK = (
    f"AIGC:\n  Label: '1'\n  ContentProducer: '{CODE}'\n  ProduceID: 'it''s one'\n"
    f"  ReservedCode1: ''\n  ContentPropagator: '{CODE}'\n  PropagateID: 'it''s one'\n"
    "  ReservedCode2: ''\n"
)


def written(text: str | bytes, label: Label = LABEL) -> bytes:
    data = write(text.encode() if isinstance(text, str) else text, label)
    assert data is not None
    return data


@pytest.mark.parametrize("kind", FILES)
def test_real_kinds_have_their_verdict_and_findings(kind: str) -> None:
    text, verdict, about = FILES[kind]
    reading = read(text.encode())
    assert reading.format == "markdown"
    assert reading.verdict.value == verdict
    assert {one.code for one in reading.findings} == about


@pytest.mark.parametrize("kind", FILES)
def test_writing_leaves_exactly_one_label_and_is_idempotent(kind: str) -> None:
    data = written(FILES[kind].text)
    reading = read(data)
    assert [one.label for one in reading.seen] == [LABEL]
    assert reading.carriers == ("front-matter",)
    assert written(data) == data


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Text.\n", f"---\n{BLOCK}---\n\nText.\n"),
        ("\ufeffText.\n", f"\ufeff---\n{BLOCK}---\n\nText.\n"),
        ("---\ntitle: x # one\n---\nText.", f"---\ntitle: x # one\n{BLOCK}---\nText."),
        ("---\n---\n", f"---\n{BLOCK}---\n"),
        (
            f"---\na: 1\n{lines()}\n# last\nb: 2\n---\nText.\n",
            f"---\na: 1\n{BLOCK}\n# last\nb: 2\n---\nText.\n",
        ),
        ("---\nA paragraph.\n---\n", f"---\n{BLOCK}---\n\n---\nA paragraph.\n---\n"),
        (f"# T\n\nText.\n\n{lines()}", f"---\n{BLOCK}---\n\n# T\n\nText.\n\n"),
        (f"---\na: 1\n---\n---\n{lines()}---\nText.\n", f"---\na: 1\n{BLOCK}---\nText.\n"),
    ],
)
def test_every_other_byte_stays(before: str, after: str) -> None:
    with Source.of(before.encode()) as source:
        made = render(source, markdown.write(source, "markdown", Wanted(LABEL)))
    assert made.decode() == after


@pytest.mark.parametrize("front", ["---\n---\n", "---\ntitle: x\n---\n", f"---\n{lines()}---\n"])
@pytest.mark.parametrize(
    "told",
    [
        f"```yaml\n{lines()}```\n",
        f"```\n---\n{lines()}---\n```\n",
    ],
)
def test_an_example_in_the_text_behind_a_front_matter_stays(front: str, told: str) -> None:
    body = f"\n**问**\n\n怎么写标识？\n\n**答**\n\n{told}"
    data = written(front + body)
    assert data.decode().endswith(body)
    assert [one.label for one in read(data).seen] == [LABEL]
    assert written(data) == data


@pytest.mark.parametrize("second", [f"<!--\n{lines()}-->\n", lines()])
def test_a_second_label_goes(second: str) -> None:
    before = f"---\n{lines()}---\n\nText.\n\n{second}"
    assert marks.read(before.encode()).verdict == "nonconforming"
    data = written(before)
    assert [one.label for one in read(data).seen] == [LABEL]
    assert data.decode().rstrip().endswith("Text.")


def test_of_several_labels_in_a_text_none_is_taken_for_the_files_own() -> None:
    with pytest.raises(MarksError) as caught:
        written(f"# T\n\n```\n{lines()}```\n\nText.\n\n```\n{lines()}```\n")
    assert caught.value.code == "file_malformed"


def test_line_ends_stay_those_of_the_file() -> None:
    data = written("---\r\ntitle: x\r\n---\r\nText.\r\n")
    assert data.count(b"\n") == data.count(b"\r\n") == 12
    assert read(data).label == LABEL


def test_another_encoding_is_kept() -> None:
    before = "---\ntitle: 标题\n---\n正文，内容。\n".encode("gb18030")
    data = written(before, Label.first("某公司", "一"))
    assert data.startswith("---\ntitle: 标题\n".encode("gb18030"))
    assert read(data).label == Label.first("某公司", "一")
    assert yaml.safe_load(data.decode("gb18030").split("---")[1])["AIGC"]["ProduceID"] == "一"


def test_the_kept_pieces_are_the_whole_original() -> None:
    before = b"---\ntitle: x\n---\n\n# T\n"
    with Source.of(before) as source:
        plan = markdown.write(source, "markdown", Wanted(LABEL))
    kept = b"".join(before[one.start : one.stop] for one in plan if isinstance(one, Span))
    assert kept == before


def test_another_parser_reads_what_is_written() -> None:
    front = yaml.safe_load(written("---\ntitle: 'x'\n---\nText.\n").decode().split("---")[1])
    assert front["title"] == "x"
    assert front["AIGC"]["ProduceID"] == "it's one"
    assert list(front["AIGC"]) == list(LABEL.__struct_encode_fields__)


@pytest.mark.parametrize(
    ("name", "text", "format_"),
    [
        ("a.md", "Plain prose.\n", "markdown"),
        ("a.MD", "", "markdown"),
        ("note", "# Title\n\nText.\n", "markdown"),
        ("note", "Plain prose.\n", "text"),
        ("a.txt", "# Title\n\nText.\n", "text"),
        ("a.py", "# A remark\n\nimport os\n", "text"),
        ("a.yaml", "---\na: 1\n---\nb: 2\n", "text"),
        ("a.txt", file(lines()), "markdown"),
        ("a.md", '{"a": 1}', "json"),
    ],
)
def test_content_decides_and_the_name_only_where_it_does_not(
    tmp_path: Path, name: str, text: str, format_: str
) -> None:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    assert read(path).format == format_


def test_a_file_is_changed_in_place(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text("Plain prose.\n")
    write(path, LABEL)
    assert path.read_text() == f"---\n{BLOCK}---\n\nPlain prose.\n"
    assert read(path).verdict is Verdict.CONFORMING


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b'{\n"title": "x"\n}\n\n# T\n', "format_no_carrier"),
        (b"+++\ntitle = 'x'\n+++\n\n# T\n", "format_no_carrier"),
        ("# T\n\nText.\n".encode("utf-16"), "file_malformed"),
    ],
)
def test_what_another_front_matter_would_break_is_refused(
    tmp_path: Path, data: bytes, code: str
) -> None:
    path = tmp_path / "a.md"
    path.write_bytes(data)
    with pytest.raises(MarksError) as caught:
        write(path, LABEL)
    assert caught.value.code == code
    assert path.read_bytes() == data


def test_damage_raises_nothing_else() -> None:
    samples = [kind.text.encode() for kind in FILES.values()]
    for data in damaged(samples, 3000, seed=45438):
        with Source.of(data) as source:
            try:
                markdown.sniff(data[:4096], source)
                markdown.read(source, "markdown")
                made = render(source, markdown.write(source, "markdown", Wanted(LABEL)))
            except MarksError:
                continue
        assert BLOCK.encode() in made.replace(b"\r\n", b"\n")
