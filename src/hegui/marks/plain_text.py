"""What the carriers of text formats share: is it text, in which encoding, and its edges."""

import codecs

from hegui.marks.reading import Meta
from hegui.marks.source import Source

#: No label is looked for in larger ones, nor written into them.
MAX_BYTES = 16 * 1024 * 1024
#: Of the head and of the tail, in bytes; together not more than one piece of metadata may hold.
EDGE = 32_768
_CONTROLS = bytes({*range(32)} - {*b"\t\n\r\f\x1b"})
#: The other half of Latin-1: a text of it has no C1 controls, and mostly ASCII.
_C1 = bytes(range(128, 160))
_HIGH = bytes(range(160, 256))
_WIDE = {codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}


def is_text(head: bytes, source: Source) -> bool:
    """Whether a file is text by its first bytes: UTF-8, UTF-16 with its mark, GB 18030, or Latin-1.

    Args:
        head: the file's beginning.
        source: the file; its size tells whether the head is all.
    """
    if is_wide(head):
        return True
    if len(head.translate(None, _CONTROLS)) != len(head):
        return False
    encoding = encoding_of(head, cut=source.size > len(head))
    return encoding != "latin-1" or _is_latin(head)


def _is_latin(head: bytes) -> bool:
    low = len(head.translate(None, _HIGH))
    return len(head.translate(None, _C1)) == len(head) and low > 2 * len(head) // 3


def is_wide(data: bytes) -> bool:
    """Whether a text is UTF-16, where ASCII can't be put between its bytes."""
    return data[:2] in _WIDE


def encoding_of(data: bytes, *, cut: bool = False) -> str:
    """The encoding of a text by its mark, or by what it decodes as.

    Args:
        data: the text, or its beginning.
        cut: whether it may end within a character.
    """
    if is_wide(data):
        return _WIDE[data[:2]]
    known = (name for name in ("utf-8", "gb18030") if _decodes(data, name, cut=cut))
    return next(known, "latin-1")


def _decodes(data: bytes, encoding: str, *, cut: bool) -> bool:
    try:
        codecs.getincrementaldecoder(encoding)().decode(data, final=not cut)
    except UnicodeDecodeError:
        return False
    return True


def edges(data: bytes) -> Meta:
    """The beginning and the end of a text, where an explicit mark would stand.

    Args:
        data: the text.
    """
    return of_edges(data[:EDGE], data[EDGE:][-EDGE:])


def of_edges(head: bytes, tail: bytes) -> Meta:
    """The same, of a text that is not in memory.

    Args:
        head: its first bytes, at most ``EDGE``.
        tail: its last bytes, at most ``EDGE``; empty when ``head`` is all.
    """
    if not is_wide(head):
        tail = tail[tail.find(b"\n") + 1 :]  # it may begin within a character
    encoding = encoding_of(head, cut=bool(tail))
    if encoding == "utf-8":
        encoding = encoding_of(tail)
    parts = (part.decode(encoding, "replace") for part in (head, tail) if part)
    return Meta("text", "\n".join(parts).removeprefix("\ufeff"))


def newline(data: bytes) -> str:
    """How a text's lines end, after its first one."""
    end = data.find(b"\n")
    return "\r\n" if end > 0 and data[end - 1 : end] == b"\r" else "\n"
