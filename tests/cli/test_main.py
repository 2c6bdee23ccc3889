"""The command as a process: help is quick, codes and streams are as documented."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from tests.cli.conftest import Hegui

from hegui.cli import main

COMMANDS = (
    *("init", "run", "keys", "apps", "words", "people", "ledger", "agreement"),
    *("mark", "read", "explicit", "propagate", "marks", "code"),
)


def test_help_names_every_command_and_imports_no_room() -> None:
    program = (
        "import sys; from hegui.cli import main\n"
        "try: main(['--help'])\n"
        "except SystemExit as done: assert done.code == 0\n"
        "rooms = {'marks', 'screen', 'ledger', 'config', 'store', 'people', 'gateway', 'service'}\n"
        "loaded = {name.split('.')[1] for name in sys.modules if name.startswith('hegui.')}\n"
        "assert not loaded & rooms, loaded\n"
        "assert not {'sqlalchemy', 'aiohttp', 'rich', 'uvicorn'} & set(sys.modules)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    for name in COMMANDS:
        assert f"    {name}" in done.stdout


@pytest.mark.parametrize(
    "arguments",
    [[], ["nonsense"], ["keys"], ["keys", "revoke"], ["people", "show"], ["run", "--model", "gpt"]],
)
def test_a_wrong_command_line_is_an_error_with_a_code(hegui: Hegui, arguments: list[str]) -> None:
    ran = hegui(*arguments)
    assert ran.code == 2
    assert ran.out == ""
    assert ran.err.startswith("command_wrong: ")
    assert "--help" in ran.err
    chinese = ran.err.split(" / The command is wrong: ")[0]
    assert not re.search("argument|required|invalid|choose", chinese)


def test_errors_are_documents_too(hegui: Hegui) -> None:
    ran = hegui("agreement", "show", "--json")
    assert ran.code == 2
    error = ran.document["error"]
    assert error["code"] == "agreement_missing"
    assert ran.err == f"agreement_missing: {error['zh']} / {error['en']}\n"


def test_a_wrong_config_is_named(hegui: Hegui, tmp_path: Path) -> None:
    (tmp_path / "hegui.toml").write_text("[listen]\nport = 0\n")
    ran = hegui("keys", "list")
    assert (ran.code, ran.err.split(":")[0]) == (2, "setting_missing")
    ran = hegui("keys", "list", "--config", "none.toml")
    assert (ran.code, ran.err.split(":")[0]) == (2, "config_unreadable")


def test_a_fault_of_ours_is_no_finding(hegui: Hegui, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("hegui.people.api_keys.list_keys", broken)
    ran = hegui("keys", "list")
    assert ran.code == 2
    assert "ZeroDivisionError" in ran.err


def test_without_the_server_its_commands_say_what_to_install(
    hegui: Hegui, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "hegui.console.reading.overview", None)
    monkeypatch.setitem(sys.modules, "sqlalchemy", None)
    for name in [name for name in sys.modules if name.startswith("hegui.console")]:
        monkeypatch.delitem(sys.modules, name)
    ran = hegui("overview")
    assert (ran.code, ran.err.split(":")[0]) == (2, "server_missing")
    assert "hegui[server]" in ran.err


def test_an_interrupted_command_ends_with_an_error(
    hegui: Hegui, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("hegui.people.api_keys.list_keys", interrupted)
    assert hegui("keys", "list").code == 2


def test_the_version_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as done:
        main(["--version"])
    assert done.value.code == 0
    assert capsys.readouterr().out.startswith("hegui 0.")
