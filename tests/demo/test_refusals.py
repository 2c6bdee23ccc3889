"""Where no demonstration may be lived, and how that is said."""

import json
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from hegui.cli import main
from hegui.config import ConfigError, Home, Settings
from hegui.demo import DemoError, marker, run
from hegui.demo.marker import Marker

MARK = Marker(days=1, seed=1, start=1, end=2, made=2)


def refused(settings: Settings, home: Home, days: int = 1) -> str:
    with pytest.raises(DemoError) as caught:
        run(settings, home, days=days, seed=1, told=lambda _hour: None)
    return caught.value.code


def with_data(settings: Settings, **data: str) -> Settings:
    return msgspec.structs.replace(settings, data=msgspec.structs.replace(settings.data, **data))


@pytest.mark.parametrize("days", [0, -1, 367])
def test_days_have_bounds(settings: Settings, home: Home, days: int) -> None:
    assert refused(settings, home, days) == "demo_days"


def test_a_real_providers_record_stays_real(settings: Settings, home: Home) -> None:
    provider = msgspec.structs.replace(settings.provider, code="0" * 27)
    assert (
        refused(msgspec.structs.replace(settings, provider=provider), home) == "demo_provider_real"
    )


@pytest.mark.parametrize("name", ["url", "keys_url"])
def test_another_database_is_none_of_its_own(settings: Settings, home: Home, name: str) -> None:
    elsewhere = with_data(settings, **{name: "postgresql://me:secret@db/hegui"})
    assert refused(elsewhere, home) == "demo_database_elsewhere"


def test_a_real_model_is_not_asked(settings: Settings, home: Home) -> None:
    upstream = msgspec.structs.replace(settings.upstream[0], kind="openai", base_url="http://m/v1")
    assert (
        refused(msgspec.structs.replace(settings, upstream=[upstream]), home)
        == "demo_model_missing"
    )


def test_a_second_one_is_refused_until_the_first_is_cleared(settings: Settings, home: Home) -> None:
    marker.write(home, MARK)
    assert refused(settings, home) == "demo_here_already"


def test_a_services_own_record_is_left_alone(settings: Settings, home: Home) -> None:
    Path(home.database_url.removeprefix("sqlite:///")).touch()
    assert refused(settings, home) == "demo_folder_used"


def test_a_mark_that_can_not_be_read_is_told(settings: Settings, home: Home) -> None:
    (home.path / "demo.json").write_text("{")
    assert refused(settings, home) == "demo_marker_unreadable"


def test_a_running_service_must_stop_first(settings: Settings, home: Home) -> None:
    with home.lock(), pytest.raises(ConfigError) as caught:
        run(settings, home, days=1, seed=1, told=lambda _hour: None)
    assert caught.value.code == "home_in_use"
    assert marker.read(home) is None


def test_nothing_is_left_of_a_refusal(settings: Settings, home: Home) -> None:
    refused(settings, home, 0)
    assert marker.read(home) is None
    assert not Path(home.database_url.removeprefix("sqlite:///")).exists()


@pytest.fixture
def told(
    home: Home, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., str]:
    """The code of the error that a command ends with."""
    monkeypatch.setenv("HEGUI_HOME", str(home.path))
    monkeypatch.chdir(home.path)

    def run_it(*words: str) -> str:
        assert main(["demo", *words, "--json"]) == 2
        code: str = json.loads(capsys.readouterr().out)["error"]["code"]
        return code

    return run_it


def test_the_command_says_it_in_both_languages(home: Home, told: Callable[..., str]) -> None:
    marker.write(home, MARK)
    assert told("--days", "2") == "demo_here_already"


@pytest.mark.parametrize(
    "words", [[], ["--days", "2", "--clear"], ["--days", "many"]], ids=["none", "both", "word"]
)
def test_the_command_asks_for_one_thing(told: Callable[..., str], words: list[str]) -> None:
    assert told(*words) == "command_wrong"
