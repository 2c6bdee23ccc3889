"""Clearing: the demonstration goes with its keys, and nothing else does."""

import io
import json
from pathlib import Path

import pytest

from hegui.cli import main
from hegui.config import ConfigError, Home
from hegui.demo import DemoError, clear, marker
from hegui.demo.marker import Marker
from hegui.service.house import open_signer

MARK = Marker(days=1, seed=1, start=1, end=2, made=2)
MADE = (
    "hegui.db",
    "hegui.db-wal",
    "hegui.db-shm",
    "keys/persons.db",
    "keys/vault.key",
    "keys/ledger.key",
    "keys/links.key",
    "run.json",
)


@pytest.fixture
def marked(home: Home, monkeypatch: pytest.MonkeyPatch) -> Home:
    """A folder as a demonstration leaves it, with files that are not its own."""
    marker.write(home, MARK)
    open_signer(home)  # makes the ledger's key
    for name in MADE:
        if not (home.path / name).exists():
            (home.path / name).write_bytes(b"x" * 32)
    (home.path / "hegui.toml").write_text("# mine")
    (home.path / "notes.txt").write_text("mine")
    monkeypatch.setenv("HEGUI_HOME", str(home.path))
    return home


def left(home: Home) -> set[str]:
    found = (path.relative_to(home.path) for path in home.path.rglob("*") if path.is_file())
    return {str(path) for path in found}


def test_databases_and_keys_go_and_settings_stay(marked: Home) -> None:
    assert clear(marked) == len(MADE)
    assert left(marked) == {"hegui.toml", "notes.txt", "lock"}


def test_a_new_ledger_has_a_new_key(marked: Home) -> None:
    before = open_signer(marked).vkey
    clear(marked)
    assert open_signer(marked).vkey != before


def test_what_is_no_demonstration_stays(marked: Home) -> None:
    marker.remove(marked)
    before = left(marked)
    with pytest.raises(DemoError) as caught:
        clear(marked)
    assert caught.value.code == "demo_not_here"
    assert left(marked) - {"lock"} == before


def test_a_running_service_keeps_it(marked: Home) -> None:
    with marked.lock(), pytest.raises(ConfigError) as caught:
        clear(marked)
    assert caught.value.code == "home_in_use"
    assert set(MADE) <= left(marked)


def test_a_removal_cut_short_can_be_run_again(
    marked: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = Path.unlink

    def fails(path: Path, missing_ok: bool = False) -> None:
        if path.name == "ledger.key":
            raise PermissionError(13, "Permission denied")
        real(path, missing_ok)

    with monkeypatch.context() as patched:
        patched.setattr(Path, "unlink", fails)
        with pytest.raises(DemoError) as caught:
            clear(marked)
    assert caught.value.code == "demo_clear_failed"
    assert marker.read(marked) == MARK
    clear(marked)
    assert left(marked) == {"hegui.toml", "notes.txt", "lock"}


def test_the_command_clears_with_yes(marked: Home, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["demo", "--clear", "--yes", "--json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert document == {"cleared": str(marked.path), "files": len(MADE)}
    assert marker.read(marked) is None


class Terminal(io.StringIO):
    """A terminal at which somebody types."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(("typed", "gone"), [("yes\n", True), ("no\n", False), ("\n", False)])
def test_a_terminal_is_asked(
    marked: Home, monkeypatch: pytest.MonkeyPatch, typed: str, gone: bool
) -> None:
    monkeypatch.setattr("sys.stdin", Terminal(typed))
    assert main(["demo", "--clear"]) == (0 if gone else 2)
    assert (marker.read(marked) is None) is gone


def test_without_a_terminal_it_asks_for_yes(
    marked: Home, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("yes\n"))
    assert main(["demo", "--clear"]) == 2
    assert "--yes" in capsys.readouterr().err
    assert marker.read(marked) == MARK


def test_where_none_is_it_does_not_ask(
    marked: Home, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    marker.remove(marked)
    monkeypatch.setattr("sys.stdin", Terminal("yes\n"))
    assert main(["demo", "--clear"]) == 2
    assert "demo_not_here" in capsys.readouterr().err
