"""The data folder: where state lives, its keys, and the lock that keeps two services apart."""

import contextlib
import fcntl
import os
from collections.abc import Iterator, Mapping
from pathlib import Path

from hegui.config.errors import ConfigError
from hegui.world import RealWorld, World

_KEY_BYTES = 32


class Home:
    """One service's data folder (mode 0700, made on first use)."""

    def __init__(self, path: Path, world: World | None = None) -> None:
        self.path = path.absolute()
        self._world = world or RealWorld()
        self._keys = self.path / "keys"
        try:
            self._keys.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            raise ConfigError(
                "home_unwritable",
                zh=f"无法建立数据文件夹 {path}（{error.strerror}）。"
                "请用 HEGUI_HOME 指定可写的文件夹。",
                en=f"The data folder {path} can't be made ({error.strerror}). "
                "Name one that can be written in HEGUI_HOME.",
            ) from error
        self.path.chmod(0o700)

    @classmethod
    def of(cls, env: Mapping[str, str]) -> "Home":
        """The folder that ``HEGUI_HOME`` names, else ``var`` in the current folder."""
        return cls(Path(env.get("HEGUI_HOME") or "var"))

    @property
    def database_url(self) -> str:
        """The database used when ``data.url`` is empty."""
        return f"sqlite:///{self.path / 'hegui.db'}"

    @property
    def keys_url(self) -> str:
        """The store of person keys used when ``data.keys_url`` is empty."""
        return f"sqlite:///{self._keys / 'persons.db'}"

    @property
    def run_json(self) -> Path:
        """Where a running service tells its addresses (see ``write_private``)."""
        return self.path / "run.json"

    def key_file(self, name: str) -> Path:
        """A file of 32 random bytes, mode 0600, made on first use.

        Args:
            name: ``vault.key`` (wraps person keys), ``ledger.key`` (Ed25519 seed of the
                checkpoints) or ``links.key`` (signs the portal's links).

        Raises:
            ConfigError: ``key_file_wrong`` if the file exists and is not 32 bytes.
        """
        path = self._keys / name
        if not path.exists():
            # A key must never be seen half written, nor be replaced by one made a moment later.
            fresh = self._keys / f".{name}.{os.getpid()}.{self._world.token(4).hex()}"
            write_private(fresh, self._world.token(_KEY_BYTES))
            with contextlib.suppress(FileExistsError):
                path.hardlink_to(fresh)
            fresh.unlink()
            _sync_folder(self._keys)
        if path.stat().st_size != _KEY_BYTES:
            raise ConfigError(
                "key_file_wrong",
                zh=f"密钥文件 {path} 不是 32 字节。请从备份恢复；换新密钥会使旧数据无法读取。",
                en=f"The key file {path} is not 32 bytes. Restore it from a backup; "
                "a new key could not read the old data.",
            )
        return path

    @contextlib.contextmanager
    def lock(self) -> Iterator[None]:
        """Holds the folder for one running service.

        The operating system frees the lock when the process ends, however it ends.

        Raises:
            ConfigError: ``home_in_use`` while another service holds it.
        """
        with (self.path / "lock").open("a+b") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                raise ConfigError(
                    "home_in_use",
                    zh=f"另一个服务正在使用数据文件夹 {self.path}。"
                    "请先停止它，或用 HEGUI_HOME 指定另一个文件夹。",
                    en=f"Another service uses the data folder {self.path}. "
                    "Stop it first, or name another folder in HEGUI_HOME.",
                ) from error
            yield


def write_private(path: Path, data: bytes) -> None:
    """Writes a file that only its owner can read (mode 0600), whole or not at all, durably."""
    fresh = path.with_name(f"{path.name}.new")
    fresh.unlink(missing_ok=True)
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)
    _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    """Makes names in a folder durable; without it a power cut may lose a new file."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
