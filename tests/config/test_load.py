"""Which file is read, what the environment adds, and how an unreadable one is refused."""

from pathlib import Path

import msgspec
import pytest

from hegui.config import DEFAULT_FILE, TEMPLATE, ConfigError, load, parse, with_model


def test_without_a_file_the_demo_is_loaded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    settings = load(None, {})
    assert settings.provider.code == "001191000000MA0000000N10000"
    assert [(u.name, u.kind, u.models) for u in settings.upstream] == [
        ("demo", "responder", {"demo": "demo"})
    ]
    assert settings.listen.port == 8400


def test_hegui_toml_in_the_current_folder_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / DEFAULT_FILE).write_text(TEMPLATE.replace("port = 8400", "port = 9000"))
    assert load(None, {}).listen.port == 9000


def test_a_named_file_wins_over_the_environment_and_that_over_the_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for name, port in (("named.toml", 1), ("env.toml", 2), (DEFAULT_FILE, 3)):
        (tmp_path / name).write_text(TEMPLATE.replace("port = 8400", f"port = {port}"))
    env = {"HEGUI_CONFIG": "env.toml"}
    assert load(Path("named.toml"), env).listen.port == 1
    assert load(None, env).listen.port == 2
    assert load(None, {}).listen.port == 3


def test_the_port_of_the_environment_wins(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert load(None, {"HEGUI_PORT": "18400"}).listen.port == 18400


@pytest.mark.parametrize("port", ["eighty", "-1", "0", "65531", "9" * 50, "8400.0", "٨٤٠٠"])
def test_a_wrong_port_in_the_environment_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, port: str
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ConfigError) as caught:
        load(None, {"HEGUI_PORT": port})
    assert caught.value.code == "setting_wrong"
    assert "65530" in caught.value.en
    for sentence in (caught.value.en, caught.value.zh):
        assert "HEGUI_PORT" in sentence
        assert port in sentence
        assert "listen.port" not in sentence


def test_relative_files_start_at_the_configs_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "etc"
    folder.mkdir()
    (folder / "pack.toml").write_text("")
    (folder / "hegui.toml").write_text(TEMPLATE.replace("files = []", 'files = ["pack.toml"]'))
    monkeypatch.chdir(tmp_path)
    assert load(Path("etc/hegui.toml"), {}).words.files == [str(folder / "pack.toml")]


def test_a_missing_file_is_unreadable(tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as caught:
        load(tmp_path / "no.toml", {})
    assert caught.value.code == "config_unreadable"
    assert "no.toml" in caught.value.en
    assert "no.toml" in caught.value.zh


def test_a_file_that_is_not_utf8_is_unreadable(tmp_path: Path) -> None:
    path = tmp_path / "gbk.toml"
    path.write_bytes("name = '合规'".encode("gbk"))
    with pytest.raises(ConfigError) as caught:
        load(path, {})
    assert caught.value.code == "config_unreadable"


def test_broken_toml_names_the_line() -> None:
    with pytest.raises(ConfigError) as caught:
        parse('instance = "main"\n[provider\n', "hegui.toml")
    assert caught.value.code == "config_unreadable"
    assert "line 2" in caught.value.en


def test_an_embedded_model_comes_first_and_once() -> None:
    demo = parse(TEMPLATE, "template")
    once = with_model(demo, "smollm")
    assert [u.kind for u in once.upstream] == ["smollm", "responder"]
    assert once.upstream[0].models == {"smollm2-135m": "smollm2-135m"}
    assert with_model(once, "smollm") == once
    assert msgspec.structs.replace(once, upstream=demo.upstream) == demo
