"""JSON: the member AIGC of the top-level object."""

import json
import subprocess
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.marks.carriers.damage import damaged
from tests.marks.wild import CODE, FIELDS
from tests.tools import need

from hegui.marks import Label, MarksError, Verdict, read, write
from hegui.marks.carriers import json_text
from hegui.marks.plan import Span, Wanted, render
from hegui.marks.source import Source

LABEL = Label.first(CODE, "a1")
JSON = LABEL.to_json().decode()
OLD = json.dumps(FIELDS)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3)
    ),
    max_leaves=8,
)


def written(text: str, label: Label = LABEL) -> str:
    data = write(text.encode(), label)
    assert data is not None
    return data.decode()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("{}", f'{{"AIGC":{JSON}}}'),
        ("{ }\n", f'{{"AIGC":{JSON} }}\n'),
        ('{"a":1}', f'{{"a":1,"AIGC":{JSON}}}'),
        ('{\n  "a": 1\n}\n', f'{{\n  "a": 1,\n  "AIGC": {JSON}\n}}\n'),
        ('{\r\n\t"a": "}"\r\n}', f'{{\r\n\t"a": "}}",\r\n\t"AIGC": {JSON}\r\n}}'),
        ('\ufeff{"中": "文"}', f'\ufeff{{"中": "文","AIGC":{JSON}}}'),
        (f'{{"中": "文", "AIGC" : {OLD} , "b": 2}}', f'{{"中": "文", "AIGC" : {JSON} , "b": 2}}'),
        (f'{{"a": 1, "aigc": {OLD}}}', f'{{"a": 1, "AIGC": {JSON}}}'),
        (f'{{"AIGC":{OLD},"a":1, "AIGC": {OLD}}}', f'{{"AIGC":{JSON},"a":1}}'),
        (f'{{"A\\u0049GC":{OLD}}}', f'{{"AIGC":{JSON}}}'),
    ],
)
def test_the_member_is_spliced_in_and_all_else_stays(before: str, after: str) -> None:
    assert written(before) == after
    assert written(after) == after
    assert json.loads(after.removeprefix("\ufeff"))["AIGC"] == json.loads(JSON)


@settings(deadline=None, max_examples=60)
@given(
    # A member of that name which is no label is refused.
    st.dictionaries(st.text(max_size=6).filter(lambda name: name != "AIGC"), VALUES, max_size=4),
    st.sampled_from([None, 2]),
    st.booleans(),
)
def test_any_object_keeps_its_members(
    value: dict[str, object], indent: int | None, ascii_only: bool
) -> None:
    text = json.dumps(value, indent=indent, ensure_ascii=ascii_only)
    try:
        text.encode()
    except UnicodeEncodeError:
        return
    made = json.loads(written(text))
    assert made.pop("AIGC") == json.loads(JSON)
    assert made == value


def test_exiftool_reads_the_label(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text('{"title": "x"}')
    write(path, LABEL)
    tool = [need("exiftool"), "-json", "-JSON:all", "-struct", "-Warning", str(path)]
    (told,) = json.loads(subprocess.run(tool, capture_output=True, check=True).stdout)
    assert "Warning" not in told
    assert {name: str(value) for name, value in told["AIGC"].items()} == json.loads(JSON)


def test_a_real_response_is_read() -> None:
    label = {
        **FIELDS,
        "Label": "AIGCLabelType.AI_GENERATED",
        "ProcessingTypes": ["ocr"],
        "Timestamp": "x",
    }
    reading = read(json.dumps({"text": "…", "aigc": label}).encode())
    assert reading.format == "json"
    assert reading.verdict is Verdict.NONCONFORMING
    assert {one.code for one in reading.findings} == {"label-value", "field-unknown"}
    assert reading.label is not None
    assert reading.label.label == "1"


@pytest.mark.parametrize(
    ("text", "verdict", "about"),
    [
        (f'{{"AIGC": {OLD}}}', "conforming", set()),
        (f'{{"AIGC": {json.dumps(OLD)}}}', "conforming", {"encoded-twice"}),
        (f'{{"AIGC": {OLD}, "aigc": {OLD}}}', "nonconforming", {"two-labels"}),
        ('{"AIGC": {"Label": 1}}', "nonconforming", {"type", "field-missing"}),
        ('{"AIGC": true}', "unlabelled", set()),
        ('{"aigc": {"enabled": true, "label": "x"}}', "unlabelled", set()),
        (f'{{"data": {{"AIGC": {OLD}}}}}', "unlabelled", set()),
        (f'[{{"AIGC": {OLD}}}]', "unlabelled", set()),
    ],
)
def test_what_is_a_label_and_what_is_not(text: str, verdict: str, about: set[str]) -> None:
    reading = read(text.encode())
    assert reading.format == "json"
    assert reading.verdict.value == verdict
    assert {one.code for one in reading.findings} == about


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("[]", "format_no_carrier"),
        ('[{"a": 1}]', "format_no_carrier"),
        ('{"AIGC": true}', "file_malformed"),
    ],
)
def test_where_a_label_can_not_go_nothing_is_written(text: str, code: str) -> None:
    with pytest.raises(MarksError) as caught:
        write(text.encode(), LABEL)
    assert caught.value.code == code


@pytest.mark.parametrize(
    "text",
    ['{"a": 1', '{"a": 1}\n{"b": 2}', "{a: 1}", '"text"', "[TOC]", "[a](b)", '{"a": [1,,2]}'],
)
def test_what_is_no_sound_json_is_other_text(text: str) -> None:
    assert read(text.encode()).format == "text"


def test_the_kept_pieces_are_the_whole_original() -> None:
    before = b'{"a": [1, 2.50, "x"]}'
    with Source.of(before) as source:
        plan = json_text.write(source, "json", Wanted(LABEL))
    assert b"".join(before[one.start : one.stop] for one in plan if isinstance(one, Span)) == before


@pytest.mark.parametrize(
    "data",
    [
        b'{"AIGC":' + b"[" * 100_000 + b"]" * 100_000 + b"}",
        b'{"AIGC":1,"b":[' + b"[]," * 200_000 + b"1]}",
        b'{"AIGC":' + b"9" * 1_000_000 + b"}",
        b"{" + b",".join([b'"AIGC":1'] * 200_000) + b"}",
        b'{"AIGC":1,"b":"' + b"x" * 5_000_000 + b'"}',
    ],
    ids=["nesting", "lists", "digits", "members", "size"],
)
def test_hostile_files_end(data: bytes) -> None:
    assert read(data).verdict in {Verdict.UNLABELLED, Verdict.UNREADABLE}


def test_damage_raises_nothing_else() -> None:
    samples = [
        f'{{"a": [1, {{"b": "c"}}], "AIGC": {OLD}, "z": null}}'.encode(),
        f'{{\n "aigc": {OLD}\n}}'.encode(),
    ]
    for data in damaged(samples, 3000, seed=45438):
        with Source.of(data) as source:
            try:
                json_text.sniff(data[:4096], source)
                json_text.read(source, "json")
                made = render(source, json_text.write(source, "json", Wanted(LABEL)))
            except MarksError:
                continue
        assert json.loads(made)["AIGC"] == json.loads(JSON)


def test_more_members_of_the_name_than_any_file_has_are_refused() -> None:
    names = [f"{a}{i}{g}{c}" for a in "aA" for i in "iI" for g in "gG" for c in "cC"]
    sixteen = ", ".join(f'"{name}": {OLD}' for name in names)
    data = f"{{{sixteen}}}".encode()
    assert len(json_text.read(Source.of(data), "json").places) == 16
    assert written(data.decode()).count("ProduceID") == 1
    with pytest.raises(MarksError) as caught:
        written(f'{{{sixteen}, "aigc": 1}}')
    assert caught.value.code == "file_too_complex"


def test_a_member_is_looked_at_only_so_far() -> None:
    many = ", ".join(f'"k{at}": 1' for at in range(64))
    data = f'{{"aigc": {{{many}, {OLD[1:]}}}'.encode()
    assert json_text.read(Source.of(data), "json").places == ()
