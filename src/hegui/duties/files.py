"""Files that attestations and licences rest on, kept once by their digest."""

import hashlib
import re
from urllib.parse import quote

import msgspec
from sqlalchemy import Connection, select

from hegui.duties.errors import DutiesError
from hegui.store import Store, tables
from hegui.store.upsert import insert_for

#: The largest file that is kept.
MOST_BYTES = 16 << 20
#: The longest name; more is cut, the ending stays.
_NAME = 200
_MEDIA_TYPE = re.compile(r"[a-z]+/[a-z0-9][a-z0-9.+-]{0,99}")
_UNKNOWN = "application/octet-stream"
_DIGEST = re.compile(r"[0-9a-f]{64}")

_file = tables.evidence_file


class File(msgspec.Struct, frozen=True):
    """A file that shows something.

    Attributes:
        name: as its owner called it, without folders.
        media_type: as it was given; never trusted when it is shown.
        data: its content.
    """

    name: str
    media_type: str
    data: bytes


def put(conn: Connection, data: bytes, name: str, media_type: str, *, at: int) -> str:
    """Keep a file in the transaction of what rests on it.

    The same content is kept once, under the name it first came with.

    Args:
        conn: that transaction.
        data: 1 byte to 16 MB.
        name: as its owner calls it; folders before it are dropped.
        media_type: what the browser says it is.
        at: milliseconds since 1970, UTC.

    Returns:
        Its SHA-256, hex.

    Raises:
        DutiesError: ``file_size``, ``file_name``.
    """
    if not 0 < len(data) <= MOST_BYTES:
        raise DutiesError(
            "file_size",
            zh=f"文件有 {len(data)} 字节，没有保存。请给出 1 字节至 16 MB 的文件。",
            en=f"The file has {len(data)} bytes and was not kept. Give one of 1 byte to 16 MB.",
            field="file",
        )
    bare = _bare(name)
    if not bare:
        raise DutiesError(
            "file_name",
            zh="文件没有名称，没有保存。请给文件起名后重试。",
            en="The file has no name and was not kept. Name it and try again.",
            field="file",
        )
    found = hashlib.sha256(data).hexdigest()
    row = {
        "digest": found,
        "name": bare,
        "media_type": media_type if _MEDIA_TYPE.fullmatch(media_type) else _UNKNOWN,
        "data": data,
        "at": at,
    }
    conn.execute(insert_for(conn, _file).values(row).on_conflict_do_nothing())
    return found


def get(store: Store, digest: str) -> File | None:
    """A file by its SHA-256, hex, or None; blocking."""
    if not _DIGEST.fullmatch(digest):
        return None
    query = select(_file.c.name, _file.c.media_type, _file.c.data).where(_file.c.digest == digest)
    with store.read() as conn:
        row = conn.execute(query).first()
    return None if row is None else File(row.name, row.media_type, row.data)


def disposition(name: str) -> str:
    """The ``Content-Disposition`` under which a browser saves a file (RFC 6266)."""
    return f"attachment; filename*=UTF-8''{quote(name, safe='')}"


def _bare(name: str) -> str:
    """The last part of a path of either kind, without what can't be printed."""
    last = re.split(r"[/\\]", name)[-1]
    shown = "".join(char for char in last if char.isprintable()).strip()
    if len(shown) <= _NAME:
        return shown
    head, dot, ending = shown.rpartition(".")
    kept = dot + ending if head and len(ending) <= 16 else ""
    return shown[: _NAME - len(kept)] + kept
