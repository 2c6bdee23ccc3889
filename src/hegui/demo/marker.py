"""``demo.json``: says that a data folder holds a demonstration, and which."""

import msgspec

from hegui.config import Home, write_private
from hegui.demo.errors import DemoError

_NAME = "demo.json"


class Marker(msgspec.Struct, frozen=True, kw_only=True):
    """What a demonstration was.

    Attributes:
        days: how many it lived.
        seed: of its script.
        start: its first moment, milliseconds since 1970.
        end: its last, likewise; 0 while it is not finished.
        made: when it was made, likewise.
    """

    days: int
    seed: int
    start: int
    end: int
    made: int


def read(home: Home) -> Marker | None:
    """The marker of a data folder, or none.

    Raises:
        DemoError: ``demo_marker_unreadable``.
    """
    path = home.path / _NAME
    try:
        return msgspec.json.decode(path.read_bytes(), type=Marker)
    except FileNotFoundError:
        return None
    except (msgspec.DecodeError, UnicodeDecodeError, OSError) as error:
        raise DemoError(
            "demo_marker_unreadable",
            zh=f"无法读取 {path}，不能确定该文件夹是否只有演示数据，未做任何改动。请检查该文件。",
            en=f"{path} can't be read, so it is not certain that the folder holds a demonstration "
            "alone; nothing was changed. Look at that file.",
        ) from error


def write(home: Home, marker: Marker) -> None:
    """Mark a data folder; durable."""
    write_private(home.path / _NAME, msgspec.json.format(msgspec.json.encode(marker)) + b"\n")


def remove(home: Home) -> None:
    """Take the mark off."""
    (home.path / _NAME).unlink(missing_ok=True)
