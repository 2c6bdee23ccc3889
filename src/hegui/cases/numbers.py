"""What a filer gets: a number to quote and a secret to read the answer with."""

import base64
import binascii
import hashlib
import hmac
import re
import unicodedata

from sqlalchemy import Connection

from hegui.cases.kinds import Kind
from hegui.law import day_of
from hegui.store import tables
from hegui.store.upsert import insert_for
from hegui.world import World

SECRET = 16
_GROUP = 4
_NUMBER = re.compile(r"[A-Z]{1,8}-[0-9]{4}-[0-9]{4,10}")
_IGNORED = re.compile(r"[\s\-_\u2010-\u2015]+")


def next_number(conn: Connection, kind: Kind, at: int) -> str:
    """Take the next number of a kind and a year (Beijing), e.g. ``A-2026-0001``.

    It is taken in the transaction that files the case: another filer waits until that ends, so
    no number is used twice, and none is lost when the filing fails.
    """
    series = f"{kind.prefix}-{day_of(at).year}"
    table = tables.case_number
    taken = (
        insert_for(conn, table)
        .values(series=series, last=1)
        .on_conflict_do_update(index_elements=[table.c.series], set_={"last": table.c.last + 1})
        .returning(table.c.last)
    )
    return f"{series}-{conn.execute(taken).scalar_one():04d}"


def new_secret(world: World) -> str:
    """A secret of 128 bits, in groups of letters and digits that people can type."""
    text = base64.b32encode(world.token(SECRET)).decode().rstrip("=")
    return "-".join(text[at : at + _GROUP] for at in range(0, len(text), _GROUP))


def digest(secret: str) -> bytes:
    """What is kept of a secret: SHA-256. What is no secret has a digest that none has."""
    text = _plain(secret)
    try:
        return hashlib.sha256(base64.b32decode(text + "=" * (-len(text) % 8))).digest()
    except (binascii.Error, ValueError):
        return b""


def same(secret: str, kept: bytes | None) -> bool:
    """Whether this is the secret, in a time that tells nothing; never when none is kept."""
    return hmac.compare_digest(digest(secret), kept or bytes(32)) and kept is not None


def plain_number(number: str) -> str:
    """A number as it is kept, from what a person typed; empty for what can't be one."""
    text = re.sub(r"\s", "", unicodedata.normalize("NFKC", number)).upper()
    return text if _NUMBER.fullmatch(text) else ""


def _plain(typed: str) -> str:
    return _IGNORED.sub("", unicodedata.normalize("NFKC", typed)).upper()
