"""``hegui read``: its own exit codes, and nothing that a terminal would take for orders."""

from pathlib import Path

import pytest
from tests.cli.conftest import Hegui
from tests.marks.samples.pixel import PNG

from hegui import marks
from hegui.cli import read_marks
from hegui.marks import Finding, Label, Reading, Severity, Trace, Verdict


@pytest.fixture
def picture(home: object, tmp_path: Path) -> Path:
    path = tmp_path / "picture.png"
    marks.write(PNG, Label.first("Example", "n-1"), to=path)
    return path


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["gone.png"], "file_missing"),
        (["picture.png", "--pins", "none.toml"], "file_unavailable"),
        (["picture.png", "--pins", "pins.toml"], "pins_malformed"),
        (["picture.png", "--report", "report.txt"], "report_unwritable"),
        (["picture.png", "--report", "none/report.csv"], "report_unwritable"),
        (["picture.png", "--jobs", "some"], "command_wrong"),
        (["empty"], "files_none"),
        ([], "command_wrong"),
    ],
)
def test_an_error_is_not_taken_for_a_label_that_does_not_conform(
    hegui: Hegui, picture: Path, tmp_path: Path, arguments: list[str], code: str
) -> None:
    (tmp_path / "pins.toml").write_text("[locks]\n")
    (tmp_path / "empty").mkdir()
    ran = hegui("read", *arguments)
    assert (ran.code, ran.err.split(":")[0]) == (3, code)


def test_an_empty_folder_is_a_document_too(hegui: Hegui, picture: Path, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    ran = hegui("read", "empty", "--json")
    assert (ran.code, ran.document["error"]["code"]) == (3, "files_none")
    assert "No file was found" in ran.err
    assert hegui("read", "empty", "picture.png").code == 0


@pytest.mark.parametrize("fault", [KeyboardInterrupt, ZeroDivisionError])
def test_what_breaks_a_reading_off(
    hegui: Hegui, picture: Path, monkeypatch: pytest.MonkeyPatch, fault: type[BaseException]
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise fault

    monkeypatch.setattr(marks, "read", broken)
    assert hegui("read", "picture.png").code == 3


def test_no_jobs_are_one(hegui: Hegui, home: object, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    for number in range(33):
        (tmp_path / "in" / f"{number}.png").write_bytes(PNG)
    for jobs in ("0", "-2"):
        ran = hegui("read", "in", "--jobs", jobs, "--json")
        assert (ran.code, len(ran.out.splitlines())) == (1, 33)


ORDERS = "\x1b]0;title\x07\x1b[2J\x9b31m\u202e\r\x08"


def test_orders_to_a_terminal_in_a_label_are_not_passed_on(
    hegui: Hegui, home: object, tmp_path: Path
) -> None:
    path = tmp_path / "note.md"
    fields = "".join(f'  {name}: "{{}}"\n' for name in ("ContentProducer", "ProduceID"))
    escaped = "".join(f"\\u{ord(one):04x}" for one in ORDERS)
    path.write_text(f'---\nAIGC:\n  Label: "1"\n{fields.format(escaped, escaped)}---\ntext\n')
    (seen,) = marks.read(path).seen
    assert "\x1b" in seen.fields["ProduceID"]
    told = hegui("read", "note.md").out
    assert "\ufffd]0;title\ufffd" in told
    assert all(one.isprintable() for one in told.replace("\n", ""))


def test_nor_those_in_a_name_a_trace_or_a_finding() -> None:
    reading = Reading(
        ORDERS,
        Verdict.SUSPECTED,
        traces=(Trace("c2pa", ORDERS, ORDERS, ORDERS, ORDERS),),
        findings=(Finding(ORDERS, ORDERS, Severity.INFO, ORDERS, ORDERS),),
    )
    told = read_marks.told(ORDERS, reading)
    assert all(one.isprintable() for one in told.replace("\n", ""))
    assert len(told.splitlines()) == 7
