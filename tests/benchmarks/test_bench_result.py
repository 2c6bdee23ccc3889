import json
import re
from pathlib import Path

import pytest

from benchmarks import result


def test_a_result_says_what_was_measured_where_and_how(tmp_path: Path) -> None:
    path = result.write("sample", ["python", "-m", "x", "--n", "3"], {"µs": 1.5}, tmp_path)
    document = json.loads(path.read_text())
    assert path == tmp_path / "sample.json"
    assert document["name"] == "sample"
    assert document["command"] == "python -m x --n 3"
    assert document["figures"] == {"µs": 1.5}
    assert re.fullmatch(r"unknown|[0-9a-f]{40}(-dirty)?", document["commit"])
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00", document["measured"])
    assert set(document["machine"]) == {"cpu", "cores", "memory_gb", "kernel", "python"}


def test_a_result_replaces_the_last_one_and_leaves_nothing_beside_it(tmp_path: Path) -> None:
    result.write("sample", ["a"], {"n": 1}, tmp_path / "results")
    result.write("sample", ["a"], {"n": 2}, tmp_path / "results")
    assert [path.name for path in (tmp_path / "results").iterdir()] == ["sample.json"]
    assert json.loads((tmp_path / "results/sample.json").read_text())["figures"] == {"n": 2}


def test_figures_that_are_no_json_leave_the_last_result_alone(tmp_path: Path) -> None:
    path = result.write("sample", ["a"], {"n": 1}, tmp_path)
    with pytest.raises(TypeError):
        result.write("sample", ["a"], {"n": object()}, tmp_path)
    assert json.loads(path.read_text())["figures"] == {"n": 1}


def test_the_machine_is_told_without_its_name() -> None:
    machine = result.machine()
    assert int(machine["cores"]) >= 1
    assert str(machine["python"]).startswith("CPython 3.")
    assert machine["cpu"]
