"""Missing test tools are installed, or named with how to get them; leaving out is a choice."""

import dataclasses

import pytest

from scripts import test_tools as tools


@pytest.fixture(autouse=True)
def bare_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    """No tool is there and none can be installed."""
    absent = tuple(dataclasses.replace(t, present=lambda: False) for t in tools.TOOLS)
    monkeypatch.setattr(tools, "TOOLS", absent)
    monkeypatch.setattr("os.geteuid", lambda: 1000)
    monkeypatch.delenv(tools.WITHOUT, raising=False)


def test_missing_tools_are_named_with_the_way_to_get_them(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert tools.main() == 2
    said = capsys.readouterr().out
    assert "apt-get install --no-install-recommends chromium fonts-noto-cjk" in said
    assert "golang-go golang-golang-x-mod-dev" in said
    assert "HEGUI_TEST_WITHOUT=go" in said


def test_a_tool_left_out_by_choice_is_not_asked_for(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv(tools.WITHOUT, "chromium")
    assert tools.main() == 2
    assert "chromium" not in capsys.readouterr().out
    monkeypatch.setenv(tools.WITHOUT, " , ".join(tool.name for tool in tools.TOOLS))
    assert tools.main() == 0


def test_an_unknown_tool_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(tools.WITHOUT, "chromium,gcc")
    with pytest.raises(SystemExit) as caught:
        tools.main()
    assert caught.value.code == 2


def test_root_on_debian_installs_only_what_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    installed: list[str] = []
    present = {"go": lambda: bool(installed)}
    monkeypatch.setattr(
        tools,
        "TOOLS",
        tuple(
            dataclasses.replace(tool, present=present.get(tool.name, lambda: True))
            for tool in tools.TOOLS
        ),
    )
    monkeypatch.setattr("os.geteuid", lambda: 0)
    monkeypatch.setattr("shutil.which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr(tools, "install", installed.extend)
    assert tools.main() == 0
    assert installed == ["golang-go", "golang-golang-x-mod-dev"]
