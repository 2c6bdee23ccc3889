"""The data folder: who may read it, keys made once, one service at a time."""

import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from hegui.config import ConfigError, Home, write_private


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_the_folder_is_its_owners(tmp_path: Path) -> None:
    home = Home(tmp_path / "a" / "var")
    assert mode(home.path) == 0o700


def test_the_environment_names_the_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert Home.of({}).path == tmp_path / "var"
    assert Home.of({"HEGUI_HOME": ""}).path == tmp_path / "var"
    assert Home.of({"HEGUI_HOME": str(tmp_path / "x")}).path == tmp_path / "x"


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(ConfigError) as caught:
        Home(tmp_path / "file" / "var")
    assert caught.value.code == "home_unwritable"
    assert "HEGUI_HOME" in caught.value.en


def test_the_databases_lie_in_the_folder_apart(tmp_path: Path) -> None:
    home = Home(tmp_path)
    assert home.database_url == f"sqlite:///{tmp_path}/hegui.db"
    assert home.keys_url.startswith(f"sqlite:///{tmp_path}/keys/")
    assert home.run_json == tmp_path / "run.json"


def test_a_key_is_made_once_for_its_owner_alone(tmp_path: Path) -> None:
    home = Home(tmp_path)
    path = home.key_file("vault.key")
    key = path.read_bytes()
    assert (len(key), mode(path)) == (32, 0o600)
    assert Home(tmp_path).key_file("vault.key").read_bytes() == key
    assert home.key_file("ledger.key").read_bytes() != key
    assert sorted(p.name for p in (tmp_path / "keys").iterdir()) == ["ledger.key", "vault.key"]


def test_many_at_once_get_one_key(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        keys = pool.map(lambda _: Home(tmp_path).key_file("links.key").read_bytes(), range(32))
    assert len(set(keys)) == 1
    assert [p.name for p in (tmp_path / "keys").iterdir()] == ["links.key"]


@pytest.mark.parametrize("data", [b"", b"short", b"x" * 33])
def test_a_damaged_key_is_refused_and_kept(tmp_path: Path, data: bytes) -> None:
    home = Home(tmp_path)
    path = tmp_path / "keys" / "vault.key"
    path.write_bytes(data)
    with pytest.raises(ConfigError) as caught:
        home.key_file("vault.key")
    assert caught.value.code == "key_file_wrong"
    assert path.read_bytes() == data


def test_two_services_cannot_share_a_folder(tmp_path: Path) -> None:
    with Home(tmp_path).lock():
        with pytest.raises(ConfigError) as caught, Home(tmp_path).lock():
            pass
        assert caught.value.code == "home_in_use"
        assert str(tmp_path) in caught.value.zh
    with Home(tmp_path).lock():
        pass


def test_a_killed_service_leaves_no_lock(tmp_path: Path) -> None:
    program = (
        "import sys, time; from pathlib import Path; from hegui.config import Home\n"
        "with Home(Path(sys.argv[1])).lock(): print('held', flush=True); time.sleep(60)"
    )
    with subprocess.Popen(
        [sys.executable, "-c", program, str(tmp_path)], stdout=subprocess.PIPE
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"held\n"
        with pytest.raises(ConfigError), Home(tmp_path).lock():
            pass
        holder.kill()
        holder.wait()
    with Home(tmp_path).lock():
        pass


def test_a_private_file_replaces_the_old_one_whole(tmp_path: Path) -> None:
    path = tmp_path / "run.json"
    path.write_text("old, and readable by all")
    write_private(path, b"{}")
    assert (path.read_bytes(), mode(path)) == (b"{}", 0o600)
    assert list(tmp_path.iterdir()) == [path]
