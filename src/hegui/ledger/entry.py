"""Evidence to bytes and back: canonical JSON (RFC 8785), one encoder for the hot path.

The kinds hold only text, integers and booleans under ASCII names. For such objects sorted
names and msgspec's escapes are the canonical form, as long as integers stay in the range
that RFC 8785 (section 3.2.2.3, by I-JSON) can carry exactly.
"""

from collections.abc import Iterable
from operator import attrgetter
from typing import get_args

import msgspec

from hegui.ledger import kinds
from hegui.ledger.errors import LedgerError
from hegui.ledger.merkle.hashing import leaf_hash

#: What an entry bundle's two-byte length can carry (C2SP tlog-tiles, "Log entries").
MAX_ENTRY_BYTES = 65_535
_MAX_INTEGER = 2**53 - 1

_encoder = msgspec.json.Encoder(order="sorted")
_decoder: msgspec.json.Decoder[kinds.AnyEntry] = msgspec.json.Decoder(kinds.AnyEntry)

__all__ = ["MAX_ENTRY_BYTES", "decode", "encode", "leaf_hash", "read", "read_all"]


def _integers(kind: type[kinds.Entry]) -> "attrgetter[tuple[int, ...]]":
    names = [field.name for field in msgspec.structs.fields(kind) if field.type is int]
    # "at" comes twice, so that a kind with no other integer gives a tuple too.
    return attrgetter("at", *names)


#: For each kind, what reads all its integers at once.
_INTEGERS = {kind: _integers(kind) for kind in get_args(kinds.AnyEntry)}


def encode(entry: kinds.Entry) -> bytes:
    """The canonical bytes of an entry: what is stored, hashed and proved.

    Args:
        entry: any of the kinds.

    Returns:
        RFC 8785 JSON in UTF-8, at most 65,535 bytes.

    Raises:
        LedgerError: ``entry_unencodable`` for an integer beyond 2^53 - 1 either way or text
            that is not Unicode; ``entry_too_long``.
    """
    numbers = _INTEGERS[type(entry)](entry)
    if max(numbers) > _MAX_INTEGER or min(numbers) < -_MAX_INTEGER:
        raise _unencodable("an integer beyond 2^53 - 1", "整数超出 2^53 - 1")
    try:
        body = _encoder.encode(entry)
    except UnicodeEncodeError as error:
        raise _unencodable("text with a lone surrogate", "文本含孤立代理项") from error
    if len(body) > MAX_ENTRY_BYTES:
        raise _too_long(len(body))
    return body


def read(body: bytes) -> kinds.AnyEntry:
    """Reads an entry that the log has already; that it is canonical, a verification tells.

    Raises:
        LedgerError: ``entry_malformed``: no JSON, unknown kind, wrong field.
    """
    return read_all((body,))[0]


def read_all(bodies: Iterable[bytes]) -> list[kinds.AnyEntry]:
    """Reads many such entries.

    Raises:
        LedgerError: ``entry_malformed``, as :func:`read`.
    """
    try:
        return list(map(_decoder.decode, bodies))
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise LedgerError(
            "entry_malformed",
            zh=f"这不是可识别的留痕记录（{error}）；请核对来源，或升级到写入它的版本。",
            en=f"This is no entry known here ({error}); check where it came from, "
            "or use the version that wrote it.",
        ) from error


def decode(body: bytes) -> kinds.AnyEntry:
    """Reads an entry and insists on its canonical form, so that bytes and meaning are one.

    Args:
        body: at most 65,535 bytes.

    Returns:
        The entry; ``encode`` of it gives ``body`` again.

    Raises:
        LedgerError: ``entry_too_long``, ``entry_malformed`` (no JSON, unknown kind, wrong
            field), ``entry_not_canonical`` (other order, spaces, escapes, extra fields).
    """
    if len(body) > MAX_ENTRY_BYTES:
        raise _too_long(len(body))
    entry = read(body)
    if encode(entry) != body:
        raise LedgerError(
            "entry_not_canonical",
            zh="记录不是 RFC 8785 规范形式，可能被改写；请取原始字节再核验。",
            en="The entry is not in RFC 8785 form, so it may have been rewritten; "
            "fetch the original bytes and check again.",
        )
    return entry


def _too_long(size: int) -> LedgerError:
    return LedgerError(
        "entry_too_long",
        zh=f"记录长 {size} 字节，上限为 {MAX_ENTRY_BYTES}；请缩短其中的文本字段。",
        en=f"The entry has {size} bytes, more than {MAX_ENTRY_BYTES}; shorten its text fields.",
    )


def _unencodable(what: str, what_zh: str) -> LedgerError:
    return LedgerError(
        "entry_unencodable",
        zh=f"记录无法写成 RFC 8785 JSON（{what_zh}）；请更正该值后重试。",
        en=f"The entry has no RFC 8785 form ({what}); correct the value and try again.",
    )
