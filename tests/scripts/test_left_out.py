"""What was left out by choice is said at the end, before pytest's closing line."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("without", ["", "chromium,go"])
def test_the_end_says_what_did_not_run(tmp_path: Path, without: str) -> None:
    shutil.copy(ROOT / "conftest.py", tmp_path)
    (tmp_path / "test_one.py").write_text("def test_one(): pass\n")
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", str(tmp_path)],
        env={**os.environ, "HEGUI_TEST_WITHOUT": without},
        capture_output=True,
        text=True,
        check=True,
        cwd=tmp_path,
    )
    lines = done.stdout.splitlines()
    assert "1 passed" in lines[-1]
    assert any("left out by choice" in line for line in lines[-5:]) == bool(without)
