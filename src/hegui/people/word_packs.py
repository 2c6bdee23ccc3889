"""Word packs put in force and taken out of it: the shipped example, files of the settings, added.

A pack added under a name already in force takes its place. Changes reach every running gateway
within a second, and no request in progress is disturbed: it ends under the packs it began with.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Literal

import msgspec
from sqlalchemy import Connection, select, update

from hegui.config import Settings
from hegui.ledger import kinds
from hegui.people.errors import PeopleError
from hegui.screen import Pack, load_pack, shipped_packs
from hegui.store import Store, changed, record, tables
from hegui.world import World, new_id

Format = Literal["toml", "csv"]
Source = Literal["shipped", "file", "added"]

#: What the database, decisions and evidence have room for.
_LONGEST_NAME = 64
_LONGEST_VERSION = 32

_TABLE = tables.word_pack
_decode = msgspec.msgpack.Decoder(Pack).decode


def format_of(name: str) -> Format:
    """The format a file's name tells.

    Raises:
        PeopleError: ``pack_name`` for another name.
    """
    suffix = Path(name).suffix.lower()
    if suffix == ".toml":
        return "toml"
    if suffix == ".csv":
        return "csv"
    raise PeopleError(
        "pack_name",
        zh=f"词表文件名须以 .toml 或 .csv 结尾：{Path(name).name}。",
        en=f"A word pack's file name must end in .toml or .csv: {Path(name).name}.",
    )


def read(data: bytes, form: Format) -> Pack:
    """A pack that may be added.

    Raises:
        ScreenError: what is wrong with the file.
        PeopleError: ``pack_head_long``.
    """
    pack = load_pack(data, form)
    for field, text, most in (
        ("name", pack.name, _LONGEST_NAME),
        ("version", pack.version, _LONGEST_VERSION),
    ):
        if len(text) > most:
            raise PeopleError(
                "pack_head_long",
                zh=f"词表的 {field} 有 {len(text)} 个字符，最多 {most} 个；请缩短。",
                en=f"The pack's {field} has {len(text)} characters, at most {most} are kept; "
                "shorten it.",
            )
    return pack


def add(store: Store, world: World, data: bytes, form: Format, *, by: str | None = None) -> Pack:
    """Put a pack in force; an earlier one of the same name goes out of force.

    One that is in force already stays so, and leaves no entry.

    Args:
        store: the database.
        world: clock and randomness.
        data: the file.
        form: its format.
        by: the id of the member of staff who does; none for a command.

    Raises:
        ScreenError: what is wrong with the file.
        PeopleError: ``pack_head_long``; ``pack_known`` when this very version is stored with
            other content.
    """
    pack = read(data, form)
    with store.begin() as conn:
        check_new(conn, pack)
        row = {
            "author": pack.author,
            "digest": pack.digest,
            "body": data,
            "format": form,
            "words": msgspec.msgpack.encode(pack),
        }
        _put(conn, world, pack, by, row)
    return pack


def restore(store: Store, world: World, digest: str, *, by: str | None = None) -> Pack:
    """Put a stored version in force again.

    Args:
        store: the database.
        world: clock and randomness.
        digest: of the version.
        by: the id of the member of staff who does.

    Raises:
        PeopleError: ``pack_missing``.
    """
    with store.begin() as conn:
        words = conn.scalar(select(_TABLE.c.words).where(_TABLE.c.digest == digest))
        if words is None:
            raise missing()
        pack = _decode(words)
        _put(conn, world, pack, by, {})
    return pack


def stored(store: Store, digest: str) -> Pack | None:
    """A version that was added, in force or not, or None; blocking."""
    with store.read() as conn:
        words = conn.scalar(select(_TABLE.c.words).where(_TABLE.c.digest == digest))
    return None if words is None else _decode(words)


def standing(store: Store, name: str) -> Pack | None:
    """The added pack in force under a name, or None; blocking."""
    c = _TABLE.c
    with store.read() as conn:
        words = conn.scalar(select(c.words).where(c.name == name, c.withdrawn.is_(None)))
    return None if words is None else _decode(words)


def withdraw(store: Store, world: World, name: str) -> str:
    """Take an added pack out of force; returns its version.

    Raises:
        PeopleError: ``pack_unknown`` when no added pack of that name is in force.
    """
    c = _TABLE.c
    now = world.now()
    with store.begin() as conn:
        version = conn.scalar(select(c.version).where(c.name == name, c.withdrawn.is_(None)))
        if version is None:
            raise PeopleError(
                "pack_unknown",
                zh=f"没有名为 {name} 的已加入词表在用；用 hegui words list 查看。",
                en=f"No added pack named {name} is in force; see hegui words list.",
            )
        conn.execute(
            update(_TABLE).where(c.name == name, c.version == version).values(withdrawn=now)
        )
        entry = kinds.WordsWithdrawn(
            act=new_id(world),
            at=now,
            nonce=world.token(16).hex(),
            pack=name,
            version=version,
        )
        record(conn, entry)
        changed(conn, "words", name, now)
    return str(version)


def in_force(store: Store, settings: Settings) -> list[tuple[Source, Pack]]:
    """Every pack in force, with its source; blocking.

    Raises:
        ScreenError: a file named in the settings is wrong.
        PeopleError: ``pack_unreadable``.
    """
    packs = of_settings(settings)
    c = _TABLE.c
    with store.read() as conn:
        added = conn.scalars(select(c.words).where(c.withdrawn.is_(None)).order_by(c.name))
        return packs + [("added", _decode(words)) for words in added]


def of_settings(settings: Settings) -> list[tuple[Source, Pack]]:
    """The packs that the settings put in force: the shipped ones, and files.

    Raises:
        ScreenError: a file named in the settings is wrong.
        PeopleError: ``pack_unreadable``.
    """
    packs: list[tuple[Source, Pack]] = []
    if settings.words.shipped:
        packs += [("shipped", pack) for pack in shipped_packs()]
    for name in settings.words.files:
        packs.append(("file", load_pack(_content(Path(name)), format_of(name))))
    return packs


def check_new(conn: Connection, pack: Pack) -> None:
    """Refuses other content under a name and version that are stored.

    Raises:
        PeopleError: ``pack_known``.
    """
    c = _TABLE.c
    known = conn.scalar(select(c.digest).where(c.name == pack.name, c.version == pack.version))
    if known is not None and known != pack.digest:
        raise PeopleError(
            "pack_known",
            zh=f"词表 {pack.name} 的版本 {pack.version} 已存在且内容不同；请改用新的版本号。",
            en=f"Version {pack.version} of the pack {pack.name} exists with other content; "
            "give the new content a new version.",
        )


def missing() -> PeopleError:
    """The error for a pack that is not there."""
    return PeopleError(
        "pack_missing",
        zh="没有这个词表或这个版本；请从词表列表重新选择。",
        en="There is no such word pack or version; choose again from the list of packs.",
    )


def _put(
    conn: Connection, world: World, pack: Pack, by: str | None, row: Mapping[str, object]
) -> None:
    """One version in force under its name, in place of another; ``row`` is what is new of it."""
    c = _TABLE.c
    now = world.now()
    this = (c.name == pack.name) & (c.version == pack.version)
    stands = conn.execute(select(c.withdrawn).where(this)).first()
    if stands is not None and stands.withdrawn is None:
        return
    conn.execute(
        update(_TABLE).where(c.name == pack.name, c.withdrawn.is_(None)).values(withdrawn=now)
    )
    put = {"added": now, "added_by": by, "withdrawn": None}
    if stands is None:
        key = {"name": pack.name, "version": pack.version}
        conn.execute(_TABLE.insert().values(**key, **row, **put))
    else:
        conn.execute(update(_TABLE).where(this).values(**put))
    entry = kinds.WordsAdded(
        act=new_id(world),
        at=now,
        nonce=world.token(16).hex(),
        pack=pack.name,
        version=pack.version,
        digest=pack.digest,
        words=len(pack.words),
    )
    record(conn, entry)
    changed(conn, "words", pack.name, now)


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise PeopleError(
            "pack_unreadable",
            zh=f"无法读取词表文件 {path}（{error.strerror}）；仍按此前的词表筛查。"
            "请检查 words.files。",
            en=f"The word pack {path} can't be read ({error.strerror}); screening goes on with the "
            "packs before. Check words.files.",
        ) from error
