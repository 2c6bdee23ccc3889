"""Words of a case, sealed under the case's own key.

As in the vault: a sealed text is ``nonce | ciphertext``, its plaintext a random 32-byte salt and
the words, and the ledger holds only HMAC-SHA-256(salt, words). The key's holder is the case's id.
"""

import msgspec
from sqlalchemy import Connection, select

from hegui.cases.errors import CasesError
from hegui.store import tables
from hegui.vault import PersonKeys
from hegui.vault.seal import NONCE, SALT, Sealer, open_
from hegui.world import World


class Texts(msgspec.Struct, frozen=True, kw_only=True):
    """What is still there of a case's words; ``None`` for what never was or is destroyed.

    Attributes:
        statement: what the filer wrote; may be empty.
        facts: what the decision rests on.
        explanation: the decision in words for the filer.
    """

    statement: str | None = None
    facts: str | None = None
    explanation: str | None = None


def checked(words: str, field: str, most: int, *, needed: bool = False) -> str:
    """Words as they are sealed: line ends as one character, no space around.

    Raises:
        CasesError: ``case_text``: too long, missing, or with characters that can't be kept.
    """
    words = words.replace("\r\n", "\n").replace("\r", "\n").strip()
    if len(words) > most:
        raise CasesError(
            "case_text",
            zh=f"文字共 {len(words)} 个字符，上限为 {most}；没有保存。请缩短后重试。",
            en=f"The text has {len(words)} characters, more than {most}; nothing was saved. "
            "Shorten it and try again.",
            field=field,
        )
    if needed and not words:
        raise CasesError(
            "case_text",
            zh="此处不能为空；没有保存。请填写后重试。",
            en="This may not be empty; nothing was saved. Fill it in and try again.",
            field=field,
        )
    # No database keeps a NUL in text, and no encoding a lone surrogate.
    if any(character == "\0" or "\ud800" <= character <= "\udfff" for character in words):
        raise CasesError(
            "case_text",
            zh="文字中有无法保存的字符；没有保存。请重新输入后重试。",
            en="The text has characters that can't be kept; nothing was saved. Type it again.",
            field=field,
        )
    return words


def seal(
    conn: Connection, world: World, key: bytes, case_id: str, salt: bytes, **parts: str
) -> None:
    """Seal parts of a case's words, each with the salt of the commitment made to them."""
    sealer = Sealer(key)
    conn.execute(
        tables.case_text.insert(),
        [
            {
                "case_id": case_id,
                "part": part,
                "data": sealer.seal(
                    salt + words.encode(),
                    generation_id=case_id,
                    part=part,
                    seq=0,
                    nonce12=world.token(NONCE),
                ),
            }
            for part, words in parts.items()
        ],
    )


def opened(conn: Connection, keys: PersonKeys, case_id: str) -> Texts:
    """Open what is there of a case's words.

    Raises:
        VaultError: ``sealed_broken``, ``key_unreadable``.
    """
    text = tables.case_text
    rows = conn.execute(select(text.c.part, text.c.data).where(text.c.case_id == case_id)).all()
    key = keys.get(case_id) if rows else None
    if key is None:
        return Texts()
    return Texts(
        **{
            part: open_(key, data, generation_id=case_id, part=part, seq=0)[SALT:].decode()
            for part, data in rows
        }
    )
