"""AMF0, the values in FLV's script tags (Action Message Format 0, 2007): found, never re-made.

A value is a byte of type and what belongs to it; objects and ECMA arrays are names and values up
to an empty name and the type 9.
"""

import msgspec

from hegui.marks.errors import malformed, too_complex

NUMBER, STRING, OBJECT, ECMA_ARRAY, STRICT_ARRAY, LONG_STRING = 0, 2, 3, 8, 10, 12
#: Bytes of the types that have always as many.
_FIXED = {0: 8, 1: 1, 5: 0, 6: 0, 7: 2, 11: 10, 13: 0}
_XML, _TYPED = 15, 16
#: What closes an object.
END = b"\0\0\x09"
_MAX_DEPTH = 32
_MAX_STEPS = 100_000


class Member(msgspec.Struct, frozen=True):
    """A named value: where its name and its value begin, and where it ends; offsets in the data."""

    name: str
    start: int
    value: int
    stop: int


def members(data: bytes, at: int) -> tuple[list[Member], int]:
    """The members of an object or ECMA array; some programs leave out its end.

    Args:
        data: a script tag's data.
        at: where the first member begins.

    Returns:
        The members, and how many values there are in all.

    Raises:
        MarksError: ``file_malformed`` when a value is of no known type or runs out of the data,
            ``file_too_complex`` past 100,000 values.
    """
    found: list[Member] = []
    steps = 0
    while at < len(data) and data[at : at + 3] != END:
        value = at + 2 + _number(data, at, 2)
        stop, taken = _skip(data, value)
        steps += taken
        if steps > _MAX_STEPS:
            raise too_complex("flv")
        found.append(Member(data[at + 2 : value].decode("utf-8", "replace"), at, value, stop))
        at = stop
    return found, steps


def body(data: bytes, at: int) -> int | None:
    """Where the members of the object or ECMA array at an offset begin; None when it is neither."""
    kind = data[at : at + 1]
    if kind == bytes([OBJECT]):
        return at + 1
    return at + 5 if kind == bytes([ECMA_ARRAY]) else None


def string(data: bytes, at: int) -> str | None:
    """The string at an offset; None when the value is another.

    Raises:
        MarksError: ``file_malformed`` when it runs out of the data.
    """
    kind = data[at : at + 1]
    if kind not in {bytes([STRING]), bytes([LONG_STRING])}:
        return None
    head = 3 if kind[0] == STRING else 5
    return data[at + head : skip(data, at)].rstrip(b"\0").decode("utf-8", "replace")


def to_string(text: bytes) -> bytes:
    """A string value, long when it must be."""
    if len(text) < 1 << 16:
        return bytes([STRING]) + len(text).to_bytes(2, "big") + text
    return bytes([LONG_STRING]) + len(text).to_bytes(4, "big") + text


def skip(data: bytes, at: int) -> int:
    """Where the value at an offset ends.

    Raises:
        MarksError: ``file_malformed`` when it is of no known type, runs out of the data, or is
            nested deeper than 32; ``file_too_complex`` past 100,000 values.
    """
    return _skip(data, at)[0]


def _skip(data: bytes, at: int) -> tuple[int, int]:
    waiting: list[int] = []  # for each open array: how many values are left; -1 in an object
    for steps in range(1, _MAX_STEPS):
        at, opened = _step(data, at)
        if opened is not None:
            waiting.append(opened)
        if len(waiting) > _MAX_DEPTH or at > len(data):
            raise _broken()
        while waiting:
            if waiting[-1] > 0:
                waiting[-1] -= 1
                break
            if waiting[-1] < 0 and at < len(data) and data[at : at + 3] != END:
                at += 2 + _number(data, at, 2)
                break
            # An object that ends with the data has no end of its own.
            at += 3 if waiting.pop() < 0 and at < len(data) else 0
        else:
            return at, steps
    raise too_complex("flv")


def _step(data: bytes, at: int) -> tuple[int, int | None]:
    """Past one value, or past the head of one that holds others, and how many it holds."""
    if at >= len(data):
        raise _broken()
    kind, at = data[at], at + 1
    if kind in _FIXED:
        return at + _FIXED[kind], None
    if kind == STRING:
        return at + 2 + _number(data, at, 2), None
    if kind in {LONG_STRING, _XML}:
        return at + 4 + _number(data, at, 4), None
    if kind == OBJECT:
        return at, -1
    if kind == ECMA_ARRAY:
        return at + 4, -1
    if kind == STRICT_ARRAY:
        count = _number(data, at, 4)
        at += 4
        numbers = at + 9 * count
        if numbers <= len(data) and data[at:numbers:9] == bytes(count):  # as keyframes are
            return numbers, None
        return at, count
    if kind == _TYPED:
        return at + 2 + _number(data, at, 2), -1
    raise _broken()


def _number(data: bytes, at: int, size: int) -> int:
    if at + size > len(data):
        raise _broken()
    return int.from_bytes(data[at : at + size], "big")


def _broken() -> Exception:
    return malformed("flv", "脚本数据越界", "its script data are broken")
