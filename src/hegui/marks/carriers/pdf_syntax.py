"""PDF objects from bytes, with the places of a dictionary's entries (ISO 32000-1, 7.2 and 7.3).

An entry that is not the label is copied as the bytes it stands in, so the parser keeps where each
begins and ends. A buffer that ends within an object is told apart from a broken object.
"""

import re
from typing import NamedTuple, TypeAlias

from hegui.marks.errors import malformed, too_complex

#: Tokens of all objects read of a file; the largest catalogues of real files have ten thousand.
MAX_TOKENS = 100_000
MAX_DEPTH = 64
_SPACE = re.compile(rb"(?:[\0\t\n\f\r ]++|%[^\r\n]*+)*+")
_REGULAR = re.compile(rb"[^\0\t\n\f\r ()<>\[\]{}/%]*+")
_NUMBER = re.compile(rb"[+-]{0,2}([0-9]{1,20}(?:\.[0-9]*+)?|\.[0-9]++)")
_REFERENCE = re.compile(rb"([0-9]{1,10})[\0\t\n\f\r ]++([0-9]{1,5})[\0\t\n\f\r ]++R")
_PARENTHESIS = re.compile(rb"[()\\]")
_ESCAPE = re.compile(rb"\\(?:([0-7]{1,3})|(\r\n|\r|\n)|(.))|\r\n?", re.DOTALL)
_ESCAPED = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}
_HASH = re.compile(rb"#([0-9A-Fa-f]{2})")
_DELIMITERS = frozenset(b"\0\t\n\f\r ()<>[]{}/%")


class ShortBufferError(Exception):
    """The buffer ends before the object does; never leaves the PDF carrier."""


class Name(str):
    """A name object, without its slash; bytes beyond ASCII as Latin-1."""

    __slots__ = ()


class Ref(NamedTuple):
    """A reference to an indirect object."""

    number: int
    generation: int


class Entry(NamedTuple):
    """Where an entry of a dictionary stands: its key, and offsets from the slash to the end."""

    key: str
    start: int
    stop: int


class Dict(dict[str, "Value"]):
    """A dictionary, with its entries' places in the buffer.

    Attributes:
        entries: in the order written; a key that is there twice has two.
        stop: offset after ``>>``.
    """

    __slots__ = ("entries", "stop")

    def __init__(self) -> None:
        super().__init__()
        self.entries: list[Entry] = []
        self.stop = 0


Value: TypeAlias = "bool | int | float | bytes | Name | Ref | list[Value] | Dict | None"


class Parser:
    """Reads objects one after the other.

    Attributes:
        data: the buffer.
        at: the offset of what comes next.
        tokens: how many may still be read.
    """

    __slots__ = ("at", "data", "tokens", "whole")

    def __init__(self, data: bytes, at: int = 0, *, whole: bool, tokens: int = MAX_TOKENS) -> None:
        """Takes a buffer.

        Args:
            data: the bytes.
            at: where to begin.
            whole: nothing follows the buffer; else running out of it is ``ShortBufferError``.
            tokens: how many may be read.
        """
        self.data = data
        self.at = at
        self.whole = whole
        self.tokens = tokens

    def space(self) -> None:
        """Passes over white space and comments."""
        match = _SPACE.match(self.data, self.at)
        if match is not None:
            self.at = match.end()

    def keyword(self) -> bytes:
        """The run of regular characters after white space; empty before a delimiter."""
        self.space()
        match = _REGULAR.match(self.data, self.at)
        word = match[0] if match else b""
        self.at += len(word)
        if self.at >= len(self.data) and not self.whole:
            raise ShortBufferError
        return word

    def number(self) -> int:
        """A keyword that is a whole number without a sign.

        Raises:
            MarksError: ``file_malformed`` when it is none.
        """
        word = self.keyword()
        if not word.isdigit() or len(word) > 20:
            raise _broken()
        return int(word)

    def value(self, depth: int = 0) -> Value:
        """The object that comes next.

        Raises:
            ShortBufferError: when the buffer ends first and more may follow.
            MarksError: ``file_malformed`` when none stands there; ``file_too_complex`` past
                100,000 tokens or 64 levels.
        """
        self.tokens -= 1
        if self.tokens < 0 or depth > MAX_DEPTH:
            raise too_complex("pdf")
        self.space()
        head = self.data[self.at : self.at + 2]
        if len(head) < 2 and not self.whole:
            raise ShortBufferError
        if head == b"<<":
            return self._dictionary(depth)
        first = head[:1]
        if first == b"/":
            return self._name()
        if first == b"(":
            return self._literal()
        if first == b"<":
            return self._hexadecimal()
        if first == b"[":
            return self._array(depth)
        return self._plain()

    def _plain(self) -> Value:
        start = self.at
        word = self.keyword()
        if word.isdigit():
            match = _REFERENCE.match(self.data, start)
            stop = match.end() if match else start + 64
            if stop >= len(self.data) and not self.whole:
                raise ShortBufferError
            if match and (stop >= len(self.data) or self.data[stop] in _DELIMITERS):
                self.at = stop
                return Ref(int(match[1]), int(match[2]))
        if word in _WORDS:
            return _WORDS[word]
        number = _NUMBER.fullmatch(word)
        if number is None:
            raise _broken()
        sign = -1 if word.startswith(b"-") else 1
        return sign * (float(number[1]) if b"." in word else int(number[1]))

    def _name(self) -> Name:
        self.at += 1
        match = _REGULAR.match(self.data, self.at)
        raw = match[0] if match else b""
        self.at += len(raw)
        if self.at >= len(self.data) and not self.whole:
            raise ShortBufferError
        if b"#" in raw:
            raw = _HASH.sub(lambda found: bytes([int(found[1], 16)]), raw)
        return Name(raw.decode("latin-1"))

    def _array(self, depth: int) -> "list[Value]":
        self.at += 1
        items: list[Value] = []
        while True:
            self.space()
            if self.data.startswith(b"]", self.at):
                self.at += 1
                return items
            items.append(self.value(depth + 1))

    def _dictionary(self, depth: int) -> Dict:
        self.at += 2
        found = Dict()
        while True:
            self.space()
            if self.data.startswith(b">>", self.at):
                self.at += 2
                found.stop = self.at
                return found
            start = self.at
            if not self.data.startswith(b"/", start):
                if start + 2 > len(self.data) and not self.whole:
                    raise ShortBufferError
                raise _broken()
            key = self._name()
            found[key] = self.value(depth + 1)
            found.entries.append(Entry(key, start, self.at))

    def _literal(self) -> bytes:
        start = self.at = self.at + 1
        depth = 1
        while match := _PARENTHESIS.search(self.data, self.at):
            self.tokens -= 1
            if self.tokens < 0:
                raise too_complex("pdf")
            self.at = match.end()
            if match[0] == b"\\":
                self.at += 1
            else:
                depth += 1 if match[0] == b"(" else -1
                if depth == 0:
                    return _unescaped(self.data[start : self.at - 1])
        raise self._ended()

    def _hexadecimal(self) -> bytes:
        stop = self.data.find(b">", self.at)
        if stop < 0:
            raise self._ended()
        digits = self.data[self.at + 1 : stop].translate(None, b"\0\t\n\f\r ")
        self.at = stop + 1
        try:
            return bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode("ascii"))
        except ValueError as error:
            raise _broken() from error

    def _ended(self) -> Exception:
        return _broken() if self.whole else ShortBufferError()


def encoded(text: str) -> bytes:
    """A text string object (7.9.2.2): literal in ASCII, else UTF-16 with its mark, in hexadecimal.

    Args:
        text: at most some thousand characters.
    """
    if text.isascii() and text.isprintable():
        for special in ("\\", "(", ")"):
            text = text.replace(special, "\\" + special)
        return b"(" + text.encode() + b")"
    return b"<FEFF" + text.encode("utf-16-be", "surrogatepass").hex().upper().encode() + b">"


def decoded(data: bytes) -> str:
    """A string object's characters.

    By its mark UTF-16 or UTF-8; without one what is sound UTF-8 counts as such, since many writers
    forget the mark, and all else as PDFDocEncoding (Annex D).
    """
    if data.startswith(b"\xfe\xff"):
        return data[2:].decode("utf-16-be", "replace")
    if data.startswith(b"\xff\xfe"):
        return data[2:].decode("utf-16-le", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("latin-1").translate(_PDF_DOC)


def _unescaped(raw: bytes) -> bytes:
    if b"\\" not in raw and b"\r" not in raw:
        return raw
    return _ESCAPE.sub(_character, raw)


def _character(match: re.Match[bytes]) -> bytes:
    octal, line, other = match.groups()
    if octal:
        return bytes([int(octal, 8) & 0xFF])
    if line:
        return b""
    if other:
        return _ESCAPED.get(other, other)
    return b"\n"  # any end of line within a string reads as one line feed


def _broken() -> Exception:
    return malformed("pdf", "对象有误", "an object is wrong")


_WORDS: dict[bytes, bool | None] = {b"true": True, b"false": False, b"null": None}
#: Where PDFDocEncoding differs from Latin-1.
_PDF_DOC = str.maketrans(
    "".join(map(chr, (*range(0x18, 0x20), *range(0x80, 0x9F), 0xA0))),
    "˘ˇˆ˙˝˛˚˜•†‡…—–ƒ⁄‹›−‰„“”‘’‚™ﬁﬂŁŒŠŸŽıłœšž€",
)
