"""The text chunks of PNG (PNG specification, third edition, 11.3.3): tEXt, zTXt and iTXt.

Also the "raw profiles" by which ImageMagick and others carry Exif, XMP and IPTC in them: a name,
the length in decimal, and the bytes in hexadecimal, on lines of their own.
"""

import zlib
from binascii import Error, unhexlify

import msgspec

XMP_KEYWORD = b"XML:com.adobe.xmp"
RAW_PROFILE = b"Raw profile type "
#: Inflated at most from one chunk, and from all chunks of a file.
MAX_TEXT, MAX_TOTAL = 8 << 20, 32 << 20


class TextChunk(msgspec.Struct, frozen=True):
    """One text chunk.

    Attributes:
        kind: ``tEXt``, ``zTXt`` or ``iTXt``.
        keyword: its name, Latin-1.
        inflated: whether the body was compressed.
        body: the text's bytes, inflated.
        whole: whether that is all of them, and not only as many as are looked at.
    """

    kind: bytes
    keyword: bytes
    inflated: bool
    body: bytes
    whole: bool

    @property
    def is_exif(self) -> bool:
        """Whether a raw profile is of Exif: by its name, or ``APP1``, which may be either."""
        name = self.keyword[len(RAW_PROFILE) :].lower()
        return name == b"exif" or (name == b"app1" and profile(self.body).startswith(b"Exif"))

    @property
    def text(self) -> str:
        """The characters: UTF-8, or Latin-1 as tEXt and zTXt should have, where many don't."""
        try:
            return self.body.decode()
        except UnicodeDecodeError:
            return self.body.decode("utf-8" if self.kind == b"iTXt" else "latin-1", "replace")


def parse(kind: bytes, data: bytes, room: int, *, whole: bool) -> TextChunk:
    """Reads a text chunk; what is not built as it should be reads as far as it goes.

    Args:
        kind: the chunk's type.
        data: its data.
        room: bytes that may still be inflated in this file.
        whole: whether that is all of its data.
    """
    keyword, _, rest = data.partition(b"\0")
    if kind == b"tEXt":
        return TextChunk(kind, keyword, False, rest, whole)
    if kind == b"zTXt":
        return _inflated(kind, keyword, rest[1:], room, whole=whole)
    # Two bytes of compression, then language and translated keyword, each to a NUL.
    inflated, parts = rest[:1] == b"\1", rest[2:].split(b"\0", 2)
    body = parts[2] if len(parts) == 3 else b""
    if inflated:
        return _inflated(kind, keyword, body, room, whole=whole)
    return TextChunk(kind, keyword, False, body, whole)


def packed(kind: bytes, data: bytes) -> bytes:
    """A chunk: length, type, data and the CRC of the last two.

    Args:
        kind: four letters.
        data: fewer than 2**31 bytes.
    """
    checked = kind + data
    return len(data).to_bytes(4, "big") + checked + zlib.crc32(checked).to_bytes(4, "big")


def xmp_chunk(packet: bytes) -> bytes:
    """The chunk of an XMP packet: iTXt, not compressed (XMP specification, part 3)."""
    return packed(b"iTXt", XMP_KEYWORD + b"\0\0\0\0\0" + packet)


def profile(body: bytes) -> bytes:
    """The bytes of a raw profile, as far as they go; empty when it is none."""
    parts = body.split(None, 2)
    if len(parts) < 3 or not parts[1].isdigit():
        return b""
    try:
        digits = b"".join(parts[2].split())
        return unhexlify(digits[: len(digits) // 2 * 2])
    except (Error, ValueError):
        return b""


def profile_chunk(old: TextChunk, data: bytes) -> bytes:
    """A raw profile under the same name with other bytes, lines as ImageMagick has them.

    Args:
        old: the chunk that it stands for.
        data: the new profile.
    """
    name = old.body.split(None, 1)[0]
    digits = data.hex().encode()
    lines = b"\n".join(digits[at : at + 72] for at in range(0, len(digits), 72))
    body = b"\n%s\n%8d\n%s\n" % (name, len(data), lines)
    return packed(b"zTXt", old.keyword + b"\0\0" + zlib.compress(body))


def _inflated(kind: bytes, keyword: bytes, data: bytes, room: int, *, whole: bool) -> TextChunk:
    most = max(1, min(room, MAX_TEXT))
    stream = zlib.decompressobj()
    try:
        body = stream.decompress(data, most)
    except zlib.error:
        body = b""
    return TextChunk(kind, keyword, True, body, whole and (len(body) < most or stream.eof))
