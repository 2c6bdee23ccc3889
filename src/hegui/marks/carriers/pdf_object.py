"""Indirect objects of a PDF and the bytes of their streams (ISO 32000-1, 7.3.8 and 7.3.10)."""

import sys
import zlib
from array import array
from itertools import accumulate

import msgspec

from hegui.marks.carriers.pdf_crypt import Cipher
from hegui.marks.carriers.pdf_syntax import MAX_TOKENS, Dict, Parser, ShortBufferError, Value
from hegui.marks.errors import malformed, too_complex
from hegui.marks.source import Source

#: An object is read in a window that grows from the first size to the last.
_FIRST_WINDOW = 2048
_LAST_WINDOW = 8 * 1024 * 1024
_CHUNK = 64 * 1024


class Object(msgspec.Struct):
    """One object.

    Attributes:
        number: its number, 0 for the trailer.
        generation: its generation.
        value: what it is.
        data: the buffer that it was parsed from; entries of a dictionary have offsets in it.
        start: where that buffer begins in the file; -1 for an object within an object stream.
        stream: where its stream's bytes begin in the file; -1 without a stream.
    """

    number: int
    generation: int
    value: Value
    data: bytes
    start: int = -1
    stream: int = -1

    @property
    def entries(self) -> Dict:
        """The dictionary.

        Raises:
            MarksError: ``file_malformed`` when the object is something else.
        """
        if not isinstance(self.value, Dict):
            raise malformed("pdf", "字典有误", "an object should be a dictionary")
        return self.value


class View(msgspec.Struct):
    """A file up to some offset: a PDF as it was before its last update.

    Attributes:
        source: the file.
        stop: where it ends.
        tokens: how many tokens may still be read of its objects.
    """

    source: Source
    stop: int
    tokens: int = MAX_TOKENS

    def value(self, parser: Parser) -> Value:
        """The object that comes next in a buffer of this file, at the file's expense."""
        parser.tokens = self.tokens
        try:
            return parser.value()
        finally:
            self.tokens = parser.tokens

    def upto(self, offset: int, length: int) -> bytes:
        """As ``Source.upto``, within the view."""
        if not 0 <= offset < self.stop:
            return b""
        return self.source.upto(offset, min(length, self.stop - offset))


def object_at(view: View, offset: int) -> Object:
    """Reads ``N G obj`` and the object that follows.

    Args:
        view: the file.
        offset: where the object's number stands, or the white space before it.

    Raises:
        MarksError: ``file_malformed`` when none stands there; ``file_too_complex`` past 8 MB.
    """
    length = _FIRST_WINDOW
    while True:
        data = view.upto(offset, length)
        try:
            return _object(view, data, offset, whole=offset + len(data) >= view.stop)
        except ShortBufferError:
            if length >= _LAST_WINDOW:
                raise too_complex("pdf") from None
            length *= 8


def _object(view: View, data: bytes, offset: int, *, whole: bool) -> Object:
    parser = Parser(data, whole=whole)
    number, generation = parser.number(), parser.number()
    if parser.keyword() != b"obj":
        raise malformed("pdf", "对象不在应在的位置", "an object is not where it should be")
    value = view.value(parser)
    stream = -1
    if isinstance(value, Dict):
        end = parser.at
        if parser.keyword() == b"stream":
            if parser.at + 2 > len(data) and not whole:
                raise ShortBufferError
            line = data[parser.at : parser.at + 2]
            skipped = 2 if line == b"\r\n" else 1 if line[:1] in {b"\n", b"\r"} else 0
            stream = offset + parser.at + skipped
        parser.at = end
    return Object(number, generation, value, data, offset, stream)


def stream_bytes(
    view: View, found: Object, length: int | None, limit: int, cipher: Cipher | None = None
) -> bytes:
    """A stream's bytes, decoded.

    Args:
        view: the file.
        found: the object.
        length: its Length, resolved; None when that could not be.
        limit: the most bytes to decode.
        cipher: opens the bytes first.

    Raises:
        MarksError: ``file_malformed`` when damaged or encoded in another way than by
            FlateDecode; ``file_too_complex`` past the limit.
    """
    entries = found.entries
    filters = _listed(entries.get("Filter", entries.get("F")))
    if found.stream < 0 or len(filters) > 1 or filters not in ([], ["FlateDecode"], ["Fl"]):
        raise malformed("pdf", "流的编码不支持", "a stream is encoded in an unusual way")
    start = found.stream
    if cipher is not None:
        raw = _plain(view, start, length, limit)
        clear = cipher.stream(found.number, found.generation, raw)
        if not filters:
            return clear
        view, start = View(Source.of(clear), len(clear)), 0
    if not filters:
        return _plain(view, start, length, limit)
    data = _inflated(view, start, limit)
    parameters = _listed(entries.get("DecodeParms", entries.get("DP")))
    if parameters and isinstance(parameters[0], Dict):
        return _unpredicted(data, parameters[0])
    return data


class Members(msgspec.Struct, frozen=True):
    """What an object stream holds.

    Attributes:
        places: offsets in its bytes, by the objects' numbers.
        data: its bytes, unpacked.
    """

    places: dict[int, int]
    data: bytes


def members(
    view: View,
    found: Object,
    limit: int,
    length: int | None = None,
    cipher: Cipher | None = None,
) -> Members:
    """Unpacks an object stream (7.5.7).

    Args:
        view: the file.
        found: the stream's object.
        limit: the most bytes to unpack.
        length: its Length, which only an encrypted one needs.
        cipher: opens it first.

    Raises:
        MarksError: ``file_malformed``, ``file_too_complex``.
    """
    count, first = found.entries.get("N"), found.entries.get("First")
    if not isinstance(count, int) or not isinstance(first, int) or count < 0 or first < 0:
        raise malformed("pdf", "对象流有误", "an object stream is wrong")
    data = stream_bytes(view, found, length, limit, cipher)
    head = data[:first].split(None, 2 * count)[: 2 * count]
    if len(head) < 2 * count or not all(each.isdigit() and len(each) < 12 for each in head):
        raise malformed("pdf", "对象流有误", "an object stream is wrong")
    numbers = [int(each) for each in head]
    places = [first + offset for offset in numbers[1::2]]
    return Members(dict(zip(numbers[::2], places, strict=True)), data)


def _listed(value: Value) -> list[Value]:
    if isinstance(value, list):
        return value
    return [] if value is None else [value]


def _plain(view: View, start: int, length: int | None, limit: int) -> bytes:
    if length is not None and 0 <= length <= limit:
        data = view.upto(start, length + 32)
        if data[length:].lstrip(b"\0\t\n\f\r ").startswith(b"endstream"):
            return data[:length]
    # A wrong length is common; the end is marked.
    data = view.upto(start, limit)
    stop = data.find(b"endstream")
    if stop < 0:
        raise malformed("pdf", "流没有结束标记", "a stream does not end")
    return data[:stop]


def _inflated(view: View, start: int, limit: int) -> bytes:
    """Inflates as far as the data goes, whatever Length says."""
    unpacker = zlib.decompressobj()
    pieces, total, at = [], 0, start
    try:
        while not unpacker.eof:
            chunk = view.upto(at, _CHUNK)
            if not chunk:
                break
            at += len(chunk)
            while chunk and not unpacker.eof:
                piece = unpacker.decompress(chunk, limit + 1 - total)
                pieces.append(piece)
                total += len(piece)
                if total > limit or at - start > limit:
                    raise too_complex("pdf")
                chunk = unpacker.unconsumed_tail
    except zlib.error as error:
        raise malformed("pdf", "压缩数据损坏", "packed data is damaged") from error
    return b"".join(pieces)


def _unpredicted(data: bytes, parameters: Dict) -> bytes:
    """Undoes PNG's prediction as cross-reference and object streams use it (7.4.4.4)."""
    predictor = parameters.get("Predictor", 1)
    columns = parameters.get("Columns", 1)
    if predictor == 1:
        return data
    plain = all(parameters.get(name, usual) == usual for name, usual in _ONE_BYTE)
    if not isinstance(predictor, int) or predictor < 10 or not plain:
        raise malformed("pdf", "流的编码不支持", "a stream is encoded in an unusual way")
    if not isinstance(columns, int) or not 0 < columns <= 64:
        raise malformed("pdf", "流的列数有误", "a stream has an unusual number of columns")
    stride = columns + 1
    rows = len(data) // stride
    kinds = data[: rows * stride : stride]
    if kinds.count(2) == rows:
        out = bytearray(rows * columns)
        for column in range(columns):
            # Sums of a column modulo 256: the lowest byte of each 64-bit sum.
            sums = array("Q", accumulate(data[column + 1 : rows * stride : stride]))
            if sys.byteorder == "big":
                sums.byteswap()
            out[column::columns] = sums.tobytes()[::8]
        return bytes(out)
    return _row_by_row(data, rows, columns)


_ONE_BYTE = (("Colors", 1), ("BitsPerComponent", 8))


def _row_by_row(data: bytes, rows: int, columns: int) -> bytes:
    if rows * (columns + 2) > 1_000_000:
        raise too_complex("pdf")
    out = bytearray()
    above = bytes(columns)
    for row in range(rows):
        at = row * (columns + 1)
        kind, raw = data[at], data[at + 1 : at + 1 + columns]
        line = bytearray(columns)
        for column, byte in enumerate(raw):
            left = line[column - 1] if column else 0
            corner = above[column - 1] if column else 0
            line[column] = (byte + _predicted(kind, left, above[column], corner)) & 0xFF
        out += line
        above = bytes(line)
    return bytes(out)


def _predicted(kind: int, left: int, above: int, corner: int) -> int:
    """PNG's five predictors (ISO/IEC 15948, 9.2)."""
    if kind == 4:
        guess = left + above - corner
        return min((left, above, corner), key=lambda each: abs(guess - each))
    predictions = (0, left, above, (left + above) // 2)
    if kind >= len(predictions):
        raise malformed("pdf", "流的预测方式有误", "a stream has an unknown predictor")
    return predictions[kind]
