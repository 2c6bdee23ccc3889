"""``hegui mark``, ``read``, ``propagate``, ``marks`` and ``code``, as their users call them."""

import csv
import json
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from tests.cli.conftest import Hegui, Ran
from tests.marks.samples.pixel import PNG

from hegui import marks
from hegui.marks import DEMO_CODE, Label

PLATFORM = "001191110102MACQD9K64020000"


@pytest.fixture
def picture(home: object, tmp_path: Path) -> Path:
    path = tmp_path / "picture.png"
    path.write_bytes(PNG)
    return path


def lines(ran: Ran) -> list[Any]:
    return [json.loads(line) for line in ran.out.splitlines()]


def test_mark_and_read_one_file(hegui: Hegui, picture: Path) -> None:
    ran = hegui("mark", "picture.png", "-o", "out.png", "--producer", DEMO_CODE, "--id", "n-1")
    assert (ran.code, picture.read_bytes()) == (0, PNG)
    read = hegui("read", "out.png", "--json")
    assert read.code == 0
    document = read.document
    assert list(document) == [
        "file", "format", "verdict", "carriers", "label", "traces", "findings",
    ]  # fmt: skip
    assert document["file"] == "out.png"
    assert document["verdict"] == "conforming"
    assert document["label"] == {
        "Label": "1",
        "ContentProducer": DEMO_CODE,
        "ProduceID": "n-1",
        "ReservedCode1": "",
        "ContentPropagator": DEMO_CODE,
        "PropagateID": "n-1",
        "ReservedCode2": "",
    }
    told = hegui("read", "out.png").out
    assert "符合 conforming" in told
    assert "n-1" in told


def test_the_worst_verdict_is_the_exit_code(hegui: Hegui, picture: Path, tmp_path: Path) -> None:
    assert hegui("read", "picture.png").code == 1
    wrong = tmp_path / "wrong.md"
    wrong.write_text("---\nAIGC:\n  Label: AIGC\n  ContentProducer: x\n---\ntext\n")
    assert hegui("read", "picture.png", "wrong.md").code == 2
    broken = tmp_path / "broken.png"
    broken.write_bytes(PNG[:30])
    ran = hegui("read", "picture.png", "wrong.md", "broken.png", "--json")
    assert ran.code == 3
    verdicts = [document["verdict"] for document in lines(ran)]
    assert verdicts == ["unlabelled", "nonconforming", "unreadable"]
    assert hegui("read", "gone.png").code == 3


def test_a_folder_is_marked_and_goes_on_where_it_was(
    hegui: Hegui, home: object, tmp_path: Path
) -> None:
    for name in ("a.png", "sub/b.png", ".hidden.png", "sub/c.aac"):
        path = tmp_path / "in" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(
            PNG if name.endswith("png") else b"\xff\xf1\x50\x80\x01\x1f\xfc" + bytes(8)
        )
    arguments = ("mark", "in", "-o", "out", "--producer", "Example", "--json")
    first = hegui(*arguments, "--report", "report.csv")
    assert first.code == 2
    assert [row["outcome"] for row in lines(first)] == ["marked", "marked", "failed"]
    assert (tmp_path / "out" / "sub" / "b.png").exists()
    second = hegui(*arguments)
    assert [row["outcome"] for row in lines(second)] == ["already", "already", "failed"]
    assert lines(second)[0]["label"] == lines(first)[0]["label"]
    again = hegui(*arguments, "--again")
    assert lines(again)[0]["label"] != lines(first)[0]["label"]
    report = (tmp_path / "report.csv").read_text(encoding="utf-8-sig")
    rows = list(csv.DictReader(report.splitlines()))
    assert [row["outcome"] for row in rows] == ["marked", "marked", "failed"]
    assert rows[0]["ContentProducer"] == "Example"


def test_many_files_go_over_all_processors(hegui: Hegui, home: object, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    for number in range(40):
        (tmp_path / "in" / f"{number:02}.png").write_bytes(PNG)
    ran = hegui("mark", "in", "--in-place", "--producer", "Example", "--json")
    assert ran.code == 0
    read = hegui("read", "in", "--json", "--report", "read.json")
    assert read.code == 0
    names = [Path(row["file"]).name for row in json.loads((tmp_path / "read.json").read_text())]
    assert names == [f"{number:02}.png" for number in range(40)]


def test_two_files_for_one_place_are_refused(hegui: Hegui, picture: Path, tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "picture.png").write_bytes(PNG)
    (tmp_path / "out").mkdir()
    ran = hegui("mark", "picture.png", "sub/picture.png", "-o", "out", "--producer", "Example")
    assert (ran.code, ran.err.split(":")[0]) == (2, "output_twice")


def test_a_wrong_code_is_refused_before_anything_is_written(hegui: Hegui, picture: Path) -> None:
    code = "001191330101MA27WPYJ18xliu1"
    ran = hegui("mark", "picture.png", "--in-place", "--producer", code)
    assert (ran.code, ran.err.split(":")[0]) == (2, "provider_code_characters")
    assert picture.read_bytes() == PNG


def test_a_sidecar_for_what_has_no_place(hegui: Hegui, home: object, tmp_path: Path) -> None:
    (tmp_path / "note.txt").write_text("Some plain text.\n")
    assert hegui("mark", "note.txt", "--sidecar", "--producer", "Example").code == 0
    assert (tmp_path / "note.txt.aigc.json").exists()
    read = hegui("read", "note.txt", "--json")
    assert read.code == 0
    assert read.document["carriers"] == ["sidecar"]


def test_a_platform_adds_its_part(hegui: Hegui, picture: Path) -> None:
    marks.write(picture, Label.first(DEMO_CODE, "n-1"))
    ran = hegui(
        *("propagate", "picture.png", "--in-place", "--platform", PLATFORM, "--id", "p-1"), "--json"
    )
    assert ran.code == 0
    assert ran.document["outcome"] == "is"
    label = marks.read(picture).label
    assert label is not None
    assert (label.produce_id, label.content_propagator, label.propagate_id) == (
        "n-1",
        PLATFORM,
        "p-1",
    )


def test_what_a_pipeline_lost_is_told_and_put_back(
    hegui: Hegui, picture: Path, tmp_path: Path
) -> None:
    (tmp_path / "after.png").write_bytes(PNG)
    marks.write(picture, Label.first(DEMO_CODE, "n-1"))
    ran = hegui("marks", "diff", "picture.png", "after.png")
    assert ran.code == 1
    assert "was lost" in ran.out
    assert hegui("marks", "transplant", "picture.png", "after.png").code == 0
    assert hegui("marks", "diff", "picture.png", "after.png").code == 0
    ran = hegui("marks", "transplant", "after.png", "gone.png")
    assert (ran.code, ran.err.split(":")[0]) == (2, "file_unavailable")


def test_codes_are_built_and_explained(hegui: Hegui) -> None:
    built = hegui(
        *("code", "build", "--uscc", "91440300708461136T", "--service", "generation"),
        *("--app", "XGW3"),
    )
    assert built.out.strip() == "001191440300708461136T1XGW3"
    assert hegui("code", "check", "001191440300708461136T1XGW3").code == 0
    wrong = hegui("code", "check", "001191330101MA27WPYJ18xliu", "--json")
    assert wrong.code == 1
    assert "code-length" in [found["code"] for found in wrong.document["findings"]]


def test_the_formats_are_listed(hegui: Hegui) -> None:
    names = [one["format"] for one in hegui("marks", "formats", "--json").document["formats"]]
    assert {"png", "mp4", "pdf", "docx", "markdown"} <= set(names)


def test_an_explicit_mark_is_put_in_and_found(hegui: Hegui, home: object, tmp_path: Path) -> None:
    Image.new("RGB", (320, 240), "grey").save(tmp_path / "grey.png")
    assert hegui("explicit", "check", "grey.png", "--json").document["findings"][0]["code"] == (
        "explicit-not-checked"
    )
    assert hegui("explicit", "add", "grey.png", "-o", "drawn.png").code == 0
    ran = hegui("explicit", "check", "drawn.png", "--json")
    assert (ran.code, ran.document["findings"]) == (0, [])
    (tmp_path / "note.txt").write_text("Some plain text.\n")
    ran = hegui("explicit", "check", "note.txt", "--json")
    assert (ran.code, ran.document["findings"][0]["code"]) == (1, "explicit-missing")
    ran = hegui("explicit", "add", "note.txt", "-o", "marked.txt", "--text", "robot")
    assert (ran.code, ran.err.split(":")[0]) == (2, "mark_elements")


def test_both_marks_in_one_go(hegui: Hegui, home: object, tmp_path: Path) -> None:
    Image.new("RGB", (320, 240), "grey").save(tmp_path / "grey.png")
    ran = hegui("mark", "grey.png", "-o", "out.png", "--producer", "Example", "--explicit")
    assert ran.code == 0
    assert hegui("read", "out.png").code == 0
    assert hegui("explicit", "check", "out.png").code == 0
    assert sorted(path.name for path in tmp_path.glob("*.png")) == ["grey.png", "out.png"]
    assert not list(tmp_path.glob(".*"))
