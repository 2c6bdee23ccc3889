"""The length gate: what it counts, what it lets pass, what it names."""

from pathlib import Path

import pytest
from scripts.check_lengths import main


def write(root: Path, name: str, lines: int) -> None:
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("x\n" * lines, encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "most"),
    [
        ("src/hegui/a.py", 600),
        ("tests/test_a.py", 600),
        ("scripts/a.sh", 600),
        ("src/hegui/portal/templates/a.html", 200),
        ("src/hegui/portal/static/a.css", 900),
        ("src/hegui/portal/static/a.js", 400),
    ],
)
def test_a_file_past_its_bound_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, most: int
) -> None:
    write(tmp_path, name, most)
    assert main(tmp_path) == 0
    write(tmp_path, name, most + 1)
    assert main(tmp_path) == 1
    said = capsys.readouterr().out
    assert f"{most + 1} lines, at most {most}" in said


def test_own_javascript_counts_together_and_libraries_do_not(tmp_path: Path) -> None:
    write(tmp_path, "src/static/a.js", 200)
    write(tmp_path, "src/static/b.js", 200)
    write(tmp_path, "src/static/vendor/htmx.js", 5000)
    assert main(tmp_path) == 0
    write(tmp_path, "src/static/c.js", 1)
    assert main(tmp_path) == 1


def test_this_repository_holds() -> None:
    assert main() == 0
