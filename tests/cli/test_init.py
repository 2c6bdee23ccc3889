"""``hegui init`` writes the config once, and never over another."""

from pathlib import Path

from tests.cli.conftest import Hegui

from hegui.config import TEMPLATE, load


def test_the_config_is_written_and_loads(hegui: Hegui, tmp_path: Path) -> None:
    ran = hegui("init", "--json")
    path = tmp_path / "hegui.toml"
    assert (ran.code, ran.document) == (0, {"file": str(path)})
    assert path.read_text(encoding="utf-8") == TEMPLATE
    assert load(path, {}) == load(None, {})


def test_a_config_is_never_overwritten(hegui: Hegui, tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text("mine")
    ran = hegui("init", "mine.toml")
    assert ran.code == 2
    assert ran.err.startswith("config_exists: ")
    assert (tmp_path / "mine.toml").read_text() == "mine"


def test_a_place_that_cannot_be_written_is_named(hegui: Hegui) -> None:
    ran = hegui("init", "no/such/folder/hegui.toml")
    assert (ran.code, ran.err.split(":")[0]) == (2, "config_unwritable")
