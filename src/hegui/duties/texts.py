"""Official texts hung beside packs: the provider's own file, found article by article."""

import hashlib
from pathlib import PurePath

import msgspec
from sqlalchemy import Connection, select, update

from hegui.duties.alone import alone
from hegui.duties.errors import DutiesError
from hegui.duties.in_force import book
from hegui.law import day_of
from hegui.law.text import Fidelity, Official, Paragraph, fidelity, read
from hegui.ledger import kinds
from hegui.store import Store, record, tables
from hegui.world import World, new_id

#: The longest words on where a text was got.
_LONGEST_SOURCE = 500
_LANGUAGES = ("zh", "en")

_text = tables.law_text
_decode = msgspec.json.Decoder(Official).decode


class Hung(msgspec.Struct, frozen=True, kw_only=True):
    """An official text that hangs beside a pack.

    Attributes:
        pack: the pack's name.
        language: ``zh`` or ``en``.
        digest: SHA-256 of the file, hex.
        source: where it was got, in words.
        at: when it was brought in, milliseconds since 1970, UTC.
        official: what was found in it.
    """

    pack: str
    language: str
    digest: str
    source: str
    at: int
    official: Official


class Imported(msgspec.Struct, frozen=True, kw_only=True):
    """What an import did in one language.

    Attributes:
        text: what hangs now.
        new: whether anything changed.
        was: the digest of the file that hung before; none: nothing did.
        fidelity: how it fits the pack.
    """

    text: Hung
    new: bool
    was: str | None
    fidelity: Fidelity


class ArticleText(msgspec.Struct, frozen=True, kw_only=True):
    """An article's official words, with where they come from.

    Attributes:
        number: in Arabic digits.
        chapter: the headings it stands under; may be empty.
        paragraphs: with their items.
        source, digest, at: as of the text.
    """

    number: str
    chapter: str
    paragraphs: tuple[Paragraph, ...]
    source: str
    digest: str
    at: int


def import_text(
    store: Store,
    world: World,
    pack: str,
    data: bytes,
    filename: str,
    *,
    source: str = "",
    staff: str | None = None,
    language: str | None = None,
    replace: bool = False,
) -> tuple[Imported, ...]:
    """Hang the laws found in a file beside a pack; blocking.

    A text that is replaced stays in the table. The same file from the same source changes
    nothing and leaves no entry.

    Args:
        store: the database.
        world: clock and randomness.
        pack: the pack's name.
        data: the file, at most 4 MB.
        filename: its name.
        source: where it was got, in words; empty: the file's name.
        staff: the id of the member of staff who does; none for a command.
        language: ``zh`` or ``en`` to hang only that one; none: every one that is found.
        replace: whether it may take the place of what hangs there.

    Returns:
        One for each language, in the file's order.

    Raises:
        LawError: ``pack_unknown``, or why no law could be read (:func:`hegui.law.text.read`).
        DutiesError: ``text_language``, ``text_source``; ``text_there``: another text hangs there.
    """
    name = PurePath(filename).name
    said = "".join(char for char in source or name if char.isprintable()).strip()
    if len(said) > _LONGEST_SOURCE:
        raise DutiesError(
            "text_source",
            zh=f"来源说明有 {len(said)} 个字符，最多 {_LONGEST_SOURCE} 个，没有导入。"
            "请缩短后重试。",
            en=f"The source has {len(said)} characters, at most {_LONGEST_SOURCE} are kept; "
            "nothing was imported. Shorten it and try again.",
            field="source",
        )
    meant = book(store).pack(pack)
    found = _wanted(read(data, name), language)
    digest = hashlib.sha256(data).hexdigest()
    done: list[Imported] = []
    with store.begin() as conn:
        alone(conn, "law_text", world)
        for official in found:
            new = Hung(
                pack=pack,
                language=official.language,
                digest=digest,
                source=said,
                at=world.now(),
                official=official,
            )
            before = _hanging(conn, pack, official.language)
            changed = before is None or msgspec.structs.replace(before, at=new.at) != new
            if changed and before is not None and not replace:
                raise _there(before)
            if changed:
                _hang(conn, world, new, data, staff)
            done.append(
                Imported(
                    text=new if changed or before is None else before,
                    new=changed,
                    was=before.digest if before else None,
                    fidelity=fidelity(meant, official),
                )
            )
    return tuple(done)


def of(store: Store, pack: str, language: str | None = None) -> tuple[Hung, ...]:
    """The official texts that hang beside a pack, Chinese first; blocking.

    Args:
        store: the database.
        pack: the pack's name.
        language: ``zh`` or ``en`` for that one only.
    """
    wanted = [language] if language else _LANGUAGES
    with store.read() as conn:
        found = [_hanging(conn, pack, one) for one in wanted]
    return tuple(one for one in found if one is not None)


def article(store: Store, pack: str, language: str, number: str) -> ArticleText | None:
    """An article of the text that hangs beside a pack, or None; blocking."""
    for hung in of(store, pack, language):
        one = hung.official.article(number)
        if one is not None:
            return ArticleText(
                number=one.number,
                chapter=one.chapter,
                paragraphs=one.paragraphs,
                source=hung.source,
                digest=hung.digest,
                at=hung.at,
            )
    return None


def fits(store: Store, pack: str) -> tuple[tuple[Hung, Fidelity], ...]:
    """How a pack fits each text that hangs beside it; blocking.

    Raises:
        LawError: ``pack_unknown``.
        DutiesError: ``text_missing`` when none hangs there.
    """
    meant = book(store).pack(pack)
    hung = of(store, pack)
    if not hung:
        raise missing(pack)
    return tuple((one, fidelity(meant, one.official)) for one in hung)


def missing(pack: str) -> DutiesError:
    """The error for a pack without an official text."""
    return DutiesError(
        "text_missing",
        zh=f"规则包 {pack} 还没有官方文本。请用 hegui law text import {pack} 文件 导入。",
        en=f"No official text hangs beside the pack {pack} yet. Bring it in with hegui law text "
        f"import {pack} FILE.",
    )


def _there(before: Hung) -> DutiesError:
    on = day_of(before.at)
    return DutiesError(
        "text_there",
        zh=f"规则包 {before.pack} 已有语言为 {before.language} 的官方文本，没有导入：来源 "
        f"{before.source}，{on} 导入，SHA-256 {before.digest}。要用新的替换它，请加 --replace；"
        "原来的文本仍留在记录里。",
        en=f"A text in {before.language} hangs beside the pack {before.pack} already, so nothing "
        f"was imported: from {before.source}, imported on {on}, SHA-256 {before.digest}. Give "
        "--replace to put the new one in its place; the earlier text stays on record.",
    )


def _wanted(found: tuple[Official, ...], language: str | None) -> tuple[Official, ...]:
    wanted = tuple(one for one in found if language in (None, one.language))
    if not wanted:
        there = ", ".join(one.language for one in found)
        raise DutiesError(
            "text_language",
            zh=f"文件中没有语言为 {language} 的法律正文，没有导入；有的是 {there}。"
            "请去掉 --language 或改为有的语言。",
            en=f"The file has no law in {language}, so nothing was imported; it has one in "
            f"{there}. Leave --language out, or name a language that is there.",
            field="language",
        )
    return wanted


def _hanging(conn: Connection, pack: str, language: str) -> Hung | None:
    c = _text.c
    there = (c.pack == pack) & (c.language == language) & c.replaced.is_(None)
    query = select(c.id, c.pack, c.language, c.digest, c.source, c.at, c.articles).where(there)
    row = conn.execute(query).first()
    if row is None:
        return None
    try:
        official = _decode(row.articles)
    except msgspec.ValidationError:  # another version of the house wrote it in another form
        official = _anew(conn, row.id, language)
    return Hung(
        pack=row.pack,
        language=row.language,
        digest=row.digest,
        source=row.source,
        at=row.at,
        official=official,
    )


def _anew(conn: Connection, row_id: str, language: str) -> Official:
    """A text read again from the file that it came in.

    Raises:
        LawError: the file no longer reads as a law (:func:`hegui.law.text.read`).
        DutiesError: ``text_language``: not as one in that language.
    """
    row = conn.execute(select(_text.c.file, _text.c.source).where(_text.c.id == row_id)).one()
    return _wanted(read(row.file, row.source), language)[0]


def _hang(conn: Connection, world: World, new: Hung, data: bytes, staff: str | None) -> None:
    """A text in the place of the one before, with its entry."""
    c = _text.c
    before = (c.pack == new.pack) & (c.language == new.language) & c.replaced.is_(None)
    conn.execute(update(_text).where(before).values(replaced=new.at))
    act = new_id(world)
    row = {
        "id": act,
        "pack": new.pack,
        "language": new.language,
        "digest": new.digest,
        "source": new.source,
        "file": data,
        "articles": msgspec.json.encode(new.official),
        "at": new.at,
        "staff_id": staff,
    }
    conn.execute(_text.insert().values(row))
    entry = kinds.LawTextImported(
        act=act,
        at=new.at,
        nonce=world.token(16).hex(),
        pack=new.pack,
        language=new.language,
        digest=new.digest,
        articles=len(new.official.articles),
    )
    record(conn, entry)
