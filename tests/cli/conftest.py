"""A house of its own for each test, and the command run in this process."""

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from hegui.cli import main
from hegui.cli.opened import home_of, opened
from hegui.config import Home, load
from hegui.service.house import open_signer
from hegui.store import Store
from hegui.store.sequence import Sequencer
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


@pytest.fixture
def sequenced(home: Home) -> Iterator[Callable[[], int]]:
    """Gives pending entries their place, as a running service does."""
    with opened(load(None, {}), home_of()) as store:
        signer = open_signer(home)
        yield Sequencer(store, signer, signer.name, store.world).run_once


@pytest.fixture
def act(hegui: Hegui, sequenced: Callable[[], int]) -> str:
    """A log of some entries; the act's id of one of them."""
    for name in ("one", "two", "three"):
        hegui("apps", "add", name, "--operator", "me", "--public", "all")
    made: str = hegui("keys", "create", "two", "--json").document["id"]
    sequenced()
    return made
