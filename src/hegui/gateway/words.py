"""Word packs in force: the shipped example, files named in the settings, and packs added.

A pack added under a name already in force takes its place. Changes reach every running gateway
within a second, and no request in progress is disturbed: it ends under the packs it began with.
"""

from pathlib import Path
from typing import Literal

import msgspec
from sqlalchemy import select, update

from hegui.config import Settings
from hegui.gateway.errors import GatewayError
from hegui.gateway.memory import give_back
from hegui.ledger import kinds
from hegui.screen import Pack, Screen, load_pack, shipped_packs
from hegui.store import Store, changed, record, tables
from hegui.world import World, new_id

Format = Literal["toml", "csv"]


class PackInForce(msgspec.Struct, frozen=True):
    """A pack as a list shows it; ``source`` is ``shipped``, ``file`` or ``added``."""

    name: str
    version: str
    author: str
    digest: str
    words: int
    source: str


def format_of(path: Path) -> Format:
    """The format a file's name tells.

    Raises:
        GatewayError: ``pack_name`` for another name.
    """
    suffix = path.suffix.lower()
    if suffix == ".toml":
        return "toml"
    if suffix == ".csv":
        return "csv"
    raise GatewayError(
        "pack_name",
        status=400,
        zh=f"词表文件名须以 .toml 或 .csv 结尾：{path.name}。",
        en=f"A word pack's file name must end in .toml or .csv: {path.name}.",
    )


def add(store: Store, world: World, data: bytes, form: Format) -> Pack:
    """Put a pack in force; an earlier one of the same name goes out of force.

    Raises:
        ScreenError: what is wrong with the file.
        GatewayError: ``pack_known`` when this very version is stored with other content.
    """
    pack = load_pack(data, form)
    t = tables.word_pack
    now = world.now()
    with store.begin() as conn:
        known = conn.execute(
            select(t.c.digest).where(t.c.name == pack.name, t.c.version == pack.version)
        ).scalar_one_or_none()
        if known is not None and known != pack.digest:
            raise GatewayError(
                "pack_known",
                status=400,
                zh=f"词表 {pack.name} 的版本 {pack.version} 已存在且内容不同；请改用新的版本号。",
                en=f"Version {pack.version} of the pack {pack.name} exists with other content; "
                "give the new content a new version.",
            )
        conn.execute(
            update(t).where(t.c.name == pack.name, t.c.withdrawn.is_(None)).values(withdrawn=now)
        )
        if known is None:
            conn.execute(
                t.insert().values(
                    name=pack.name,
                    version=pack.version,
                    author=pack.author,
                    digest=pack.digest,
                    body=data,
                    format=form,
                    words=msgspec.msgpack.encode(pack),
                    added=now,
                )
            )
        else:
            conn.execute(
                update(t)
                .where(t.c.name == pack.name, t.c.version == pack.version)
                .values(withdrawn=None, added=now)
            )
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
    return pack


def withdraw(store: Store, world: World, name: str) -> str:
    """Take an added pack out of force; returns its version.

    Raises:
        GatewayError: ``pack_unknown`` when no added pack of that name is in force.
    """
    t = tables.word_pack
    now = world.now()
    with store.begin() as conn:
        version = conn.execute(
            select(t.c.version).where(t.c.name == name, t.c.withdrawn.is_(None))
        ).scalar_one_or_none()
        if version is None:
            raise GatewayError(
                "pack_unknown",
                status=404,
                zh=f"没有名为 {name} 的已加入词表在用；用 hegui words list 查看。",
                en=f"No added pack named {name} is in force; see hegui words list.",
            )
        conn.execute(
            update(t).where(t.c.name == name, t.c.version == version).values(withdrawn=now)
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


def in_force(store: Store, settings: Settings) -> list[tuple[str, Pack]]:
    """Every pack in force, with its source; blocking.

    Raises:
        ScreenError: a file named in the settings is wrong.
        GatewayError: ``pack_unreadable``.
    """
    packs = [("shipped", pack) for pack in shipped_packs()] if settings.words.shipped else []
    for name in settings.words.files:
        path = Path(name)
        packs.append(("file", load_pack(_read(path), format_of(path))))
    t = tables.word_pack
    with store.read() as conn:
        added = conn.scalars(select(t.c.words).where(t.c.withdrawn.is_(None)).order_by(t.c.name))
        return packs + [("added", _decode(words)) for words in added]


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise GatewayError(
            "pack_unreadable",
            status=500,
            zh=f"无法读取词表文件 {path}（{error.strerror}）；仍按此前的词表筛查。"
            "请检查 words.files。",
            en=f"The word pack {path} can't be read ({error.strerror}); screening goes on with the "
            "packs before. Check words.files.",
        ) from error


_decode = msgspec.msgpack.Decoder(Pack).decode


def listing(store: Store, settings: Settings) -> list[PackInForce]:
    """The packs in force, for people to read."""
    return [
        PackInForce(p.name, p.version, p.author, p.digest, len(p.words), source)
        for source, p in in_force(store, settings)
    ]


class LiveScreen:
    """The compiled screen in force; ``current`` is replaced whole, never changed."""

    def __init__(self, store: Store, settings: Settings) -> None:
        self._store = store
        self._settings = settings
        self._added = self._digests()
        self.current = self._compile()

    def reload(self) -> None:
        """Compile anew if other packs are in force now; blocking, for a thread."""
        added = self._digests()
        if added != self._added:
            self.current = self._compile()
            self._added = added

    def _digests(self) -> list[str]:
        t = tables.word_pack
        with self._store.read() as conn:
            in_force = select(t.c.digest).where(t.c.withdrawn.is_(None)).order_by(t.c.name)
            return list(conn.scalars(in_force))

    def _compile(self) -> Screen:
        screen = Screen([pack for _, pack in in_force(self._store, self._settings)])
        give_back()
        return screen
