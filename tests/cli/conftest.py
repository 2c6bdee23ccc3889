"""A house of its own for each test, and the command run in this process."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from hegui.cli import main
from hegui.config import Home
from hegui.store import Store
from hegui.world import RealWorld


class Ran(NamedTuple):
    """What a command did: exit code, standard output, standard error."""

    code: int
    out: str
    err: str

    @property
    def document(self) -> Any:
        """Standard output, which ``--json`` makes one JSON document."""
        return json.loads(self.out)


Hegui = Callable[..., Ran]


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder whose database is migrated already, to be copied."""
    home = Home(tmp_path_factory.mktemp("home"))
    Store.open(home.database_url, world=RealWorld()).close()
    return home.path


@pytest.fixture
def home(migrated: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    shutil.copytree(migrated, tmp_path / "var")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HEGUI_HOME", str(tmp_path / "var"))
    monkeypatch.delenv("HEGUI_CONFIG", raising=False)
    monkeypatch.delenv("HEGUI_PORT", raising=False)
    return Home(tmp_path / "var")


@pytest.fixture
def hegui(home: Home, capsys: pytest.CaptureFixture[str]) -> Hegui:
    def run(*arguments: str) -> Ran:
        capsys.readouterr()
        code = main(arguments)
        return Ran(code, *capsys.readouterr())

    return run
