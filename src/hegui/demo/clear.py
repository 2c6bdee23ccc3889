"""Removes a demonstration from its data folder: the databases, and the keys that made them.

A new ledger must not go on under the old key: its checkpoints would contradict those that the
demonstration published.
"""

from pathlib import Path

from hegui.config import Home
from hegui.demo import marker
from hegui.demo.errors import DemoError
from hegui.demo.marker import Marker

#: SQLite's own files beside a database.
_BESIDE = ("", "-wal", "-shm", "-journal")
_KEYS = ("vault.key", "ledger.key", "links.key")


def marked(home: Home) -> Marker:
    """The demonstration of a data folder.

    Raises:
        DemoError: ``demo_not_here`` when it holds none.
    """
    found = marker.read(home)
    if found is None:
        raise DemoError(
            "demo_not_here",
            zh=f"数据文件夹 {home.path} 中没有演示（缺 demo.json），未删除任何内容。"
            "若演示在别处，请用 HEGUI_HOME 指定。",
            en=f"The data folder {home.path} holds no demonstration (there is no demo.json); "
            "nothing was removed. Name the right folder in HEGUI_HOME.",
        )
    return found


def clear(home: Home) -> list[Path]:
    """Remove the demonstration of a data folder; its settings stay.

    The mark goes last, so that a removal which was cut short can be run again.

    Args:
        home: the data folder, whose lock the caller holds.

    Returns:
        The files removed.

    Raises:
        DemoError: ``demo_not_here``; ``demo_clear_failed`` when a file can't be removed.
    """
    marked(home)
    removed = []
    for path in _files(home):
        try:
            path.unlink()
        except FileNotFoundError:
            continue
        except OSError as error:
            raise DemoError(
                "demo_clear_failed",
                zh=f"无法删除 {path}（{error.strerror}）。请检查权限后再运行一次。",
                en=f"{path} can't be removed ({error.strerror}). Check its permissions and run "
                "this again.",
            ) from error
        removed.append(path)
    marker.remove(home)
    return removed


def _files(home: Home) -> list[Path]:
    databases = [Path(url.removeprefix("sqlite:///")) for url in (home.database_url, home.keys_url)]
    files = [base.with_name(base.name + end) for base in databases for end in _BESIDE]
    keys = databases[1].parent
    return [*files, *(keys / name for name in _KEYS), home.run_json]
