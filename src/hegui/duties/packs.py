"""Law packs brought in as files while the house runs.

A pack under a new name is added to the shipped ones. Under a shipped name it takes that pack's
place as long as its version is the newer one of the two, so that an update of the house that
ships a still newer version wins again, and says so at its start.
"""

from sqlalchemy import Connection, select, update

from hegui.duties import pack_refs
from hegui.duties.alone import alone
from hegui.duties.errors import DutiesError
from hegui.duties.in_force import book, book_in
from hegui.duties.pack_change import PackChange, between, lines
from hegui.duties.pack_seen import gone, lost, note, note_seen, on_record
from hegui.law import Book, Pack, Words
from hegui.law.pack import read
from hegui.law.problem import Problem
from hegui.law.yaml_file import load
from hegui.store import Store, tables
from hegui.store.law_packs import IMPORTED, newer, origin, shipped
from hegui.world import World, new_id

__all__ = [
    "PackChange",
    "book",
    "book_in",
    "import_pack",
    "lines",
    "note_seen",
    "origin",
    "preview",
    "withdraw_pack",
]

#: What the tables have room for.
_LONGEST_VERSION = 64
#: How many places that lead nowhere are told at once.
_MOST_TOLD = 3

_pack = tables.law_pack


def preview(store: Store, data: bytes, file: str) -> PackChange:
    """What a pack would change if it were brought in; blocking.

    Args:
        store: the database.
        data: the YAML file.
        file: its name, for errors.

    Raises:
        LawError: ``pack_malformed``, naming the line and the field.
        DutiesError: as :func:`import_pack`.
    """
    pack = read(data, file=file)
    with store.read() as conn:
        return _checked(conn, pack, data, file)


def import_pack(
    store: Store, world: World, data: bytes, file: str, *, staff: str | None = None
) -> PackChange:
    """Put a pack in force, in the place of one of its name; blocking.

    One that is in force already stays so, and leaves no entry.

    Args:
        store: the database.
        world: clock and randomness.
        data: the YAML file.
        file: its name, for errors.
        staff: the id of the member of staff who does; none for a command.

    Raises:
        LawError: ``pack_malformed``, naming the line and the field.
        DutiesError: ``pack_known`` when this version is known with other content;
            ``pack_older`` when the house ships one under this name that is as new;
            ``pack_leads_nowhere`` when it names what isn't there; ``pack_version_long``.
    """
    pack = read(data, file=file)  # takes seconds of a large file, in which others write
    with store.begin() as conn:
        alone(conn, "law", world)
        change = _checked(conn, pack, data, file)
        if not change.new:
            return change
        now = world.now()
        _withdraw(conn, pack.name, now)
        row = {
            "id": new_id(world),
            "name": pack.name,
            "version": pack.version,
            "fingerprint": pack.fingerprint,
            "file": data,
            "at": now,
            "staff_id": staff,
        }
        conn.execute(_pack.insert().values(row))
        note(conn, world, pack)
    return change


def withdraw_pack(store: Store, world: World, name: str) -> str:
    """Take a pack that was brought in out of force; a shipped one of its name takes its place.

    Returns:
        The version that went.

    Raises:
        DutiesError: ``pack_not_imported``; ``pack_needed`` when another pack rests on it.
    """
    with store.begin() as conn:
        alone(conn, "law", world)
        there = book_in(conn)
        taken = _withdraw(conn, name, world.now())
        if taken is None:
            raise DutiesError(
                "pack_not_imported",
                zh=f"没有名为 {name} 的已导入规则包，没有改动。请用 hegui law packs 查看；"
                "随附的规则包不能停用。",
                en=f"No imported pack named {name} is in force; nothing changed. See hegui law "
                "packs; a shipped pack can't be withdrawn.",
            )
        version, fingerprint = taken
        own = shipped(name)
        now = next((one.fingerprint for one in there.packs if one.name == name), None)
        if now == fingerprint:
            _check_needed(there, name, own)
        if now in (None, fingerprint) and on_record(conn, name, fingerprint):
            gone(conn, world, name, version)
            if own is not None:
                note(conn, world, own)
    return version


def _checked(conn: Connection, pack: Pack, data: bytes, file: str) -> PackChange:
    """What a pack changes; refused where it may not come in."""
    there = book_in(conn)
    before = next((one for one in there.packs if one.name == pack.name), None)
    if before is None or before.fingerprint != pack.fingerprint:
        _check_version(conn, pack)
        _check_refs(there, pack, data, file)
    was = before.version if before else ""
    return between(before, pack, was=was, origin=IMPORTED, lost=lost(conn, before, pack))


def _check_version(conn: Connection, pack: Pack) -> None:
    """One version has one content, and a shipped name takes only what is newer."""
    if len(pack.version) > _LONGEST_VERSION:
        raise DutiesError(
            "pack_version_long",
            zh=f"规则包的 version 有 {len(pack.version)} 个字符，最多 {_LONGEST_VERSION} 个。"
            "请缩短后重新导入。",
            en=f"The pack's version has {len(pack.version)} characters, at most "
            f"{_LONGEST_VERSION} are kept. Shorten it and import it again.",
        )
    this = (_pack.c.name == pack.name) & (_pack.c.version == pack.version)
    prints = set(conn.scalars(select(_pack.c.fingerprint).where(this)))
    own = shipped(pack.name)
    if own is not None and own.version == pack.version:
        prints.add(own.fingerprint)
    if prints - {pack.fingerprint}:
        raise DutiesError(
            "pack_known",
            zh=f"规则包 {pack.name} 的版本 {pack.version} 已存在且内容不同，没有导入。"
            "请改用新的版本号。",
            en=f"Version {pack.version} of the pack {pack.name} is known with other content; "
            "nothing was imported. Give the new content a new version.",
        )
    if own is not None and not newer(pack, own):
        raise DutiesError(
            "pack_older",
            zh=f"随附的规则包 {pack.name} 是版本 {own.version}，不早于 {pack.version}，"
            "没有导入。请改用更高的版本号。",
            en=f"The house ships version {own.version} of the pack {pack.name}, which is no "
            f"older than {pack.version}; nothing was imported. Give it a higher version.",
        )


def _check_refs(there: Book, pack: Pack, data: bytes, file: str) -> None:
    """Nothing in it, and nothing elsewhere because of it, may lead nowhere."""
    then = Book([*(one for one in there.packs if one.name != pack.name), pack])
    new = pack_refs.broken(there, then)
    if new:
        found = [_placed(one, pack.name, data, file) for one in new[:_MOST_TOLD]]
        zh, en = "；".join(one.zh for one in found), "; ".join(one.en for one in found)
        if len(new) > len(found):
            zh, en = f"{zh}；共 {len(new)} 处", f"{en}; {len(new)} in all"
        raise DutiesError(
            "pack_leads_nowhere",
            zh=f"规则包 {pack.name} 指向不存在的内容，没有导入（{zh}）。请改正后重试。",
            en=f"The pack {pack.name} leads nowhere and was not imported ({en}). Correct it and "
            "try again.",
        )


def _placed(one: Problem, pack: str, data: bytes, file: str) -> Words:
    """What leads nowhere, with its line where it stands in the file."""
    ref = f"{one.pack}/{one.name}"
    if one.pack != pack or not one.path:
        return Words(f"{ref}：{one.text.zh}", f"{ref}: {one.text.en}")
    line = load(data, file).line(one.path)
    return Words(
        f"{file} 第 {line} 行 {one.path}，{ref}：{one.text.zh}",
        f"{file} line {line}, {one.path}, {ref}: {one.text.en}",
    )


def _check_needed(there: Book, name: str, own: Pack | None) -> None:
    """Nothing elsewhere may rest on a pack that goes, for which the shipped one comes, if any."""
    then = Book([*(one for one in there.packs if one.name != name), *([own] if own else [])])
    new = pack_refs.broken(there, then)
    if new:
        raise DutiesError(
            "pack_needed",
            zh=f"其他规则包要用到 {name}，没有停用（{new[0].pack}/{new[0].name}："
            f"{new[0].text.zh}）。请先停用那个规则包，或导入它的新版本。",
            en=f"Other packs rest on {name}, so it stays in force ({new[0]}). Withdraw that pack "
            "first, or import a new version of it.",
        )


def _withdraw(conn: Connection, name: str, now: int) -> tuple[str, str] | None:
    """Take an imported pack out of force; its version and fingerprint, or none: there was none."""
    there = (_pack.c.name == name) & _pack.c.withdrawn.is_(None)
    taken = update(_pack).where(there).values(withdrawn=now)
    row = conn.execute(taken.returning(_pack.c.version, _pack.c.fingerprint)).first()
    return None if row is None else (row.version, row.fingerprint)
