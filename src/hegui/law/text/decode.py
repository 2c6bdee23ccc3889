"""From a file's bytes to its characters."""

import codecs

from hegui.law.errors import LawError

#: The largest file that is read.
MOST_BYTES = 4_194_304
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
#: How other kinds of document begin: PDF, packed office files, older office files, RTF.
_OTHERS = (b"%PDF", b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"{\\rtf")


def decode(data: bytes, file: str) -> str:
    """The text of a file in UTF-8, UTF-16 or GB18030 (and so GBK and GB 2312).

    Args:
        data: at most 4 MB.
        file: its name, for errors.

    Raises:
        LawError: ``text_size``, ``text_kind``.
    """
    if not 0 < len(data) <= MOST_BYTES:
        raise LawError(
            "text_size",
            zh=f"文件 {file} 有 {len(data)} 字节，没有读取。请给出 1 字节至 4 MB 的文件。",
            en=f"The file {file} has {len(data)} bytes and was not read. Give one of 1 byte to "
            "4 MB.",
        )
    if data.startswith(_OTHERS):
        raise _kind(file)
    for encoding in _encodings(data):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise _kind(file)


def _encodings(data: bytes) -> tuple[str, ...]:
    """Which encodings to try, in this order."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return (encoding,)
    if b"\0" in data:  # a blank or a line's end in UTF-16
        little = data[1::2].count(0) > data[::2].count(0)
        return ("utf-16-le",) if little else ("utf-16-be",)
    return ("utf-8", "gb18030")


def _kind(file: str) -> LawError:
    return LawError(
        "text_kind",
        zh=f"文件 {file} 不是 UTF-8、UTF-16 或 GB18030 编码的文本或网页，没有读取。"
        "请另存为纯文本或网页后重试。",
        en=f"The file {file} is no text or web page in UTF-8, UTF-16 or GB18030 and was not read. "
        "Save it as plain text or as a web page and try again.",
    )
