"""DER (ITU-T X.690), the little of it that keys and signatures need; strict, and bounded."""

from typing import NamedTuple

INTEGER = 0x02
BIT_STRING = 0x03
OCTET_STRING = 0x04
NULL = 0x05
OBJECT = 0x06
SEQUENCE = 0x30


class Element(NamedTuple):
    """One element: its tag byte and the bytes within."""

    tag: int
    body: bytes


def elements(data: bytes) -> list[Element]:
    """The elements that stand one after another in ``data``, which they fill.

    Raises:
        ValueError: a length that is not minimal or runs out of the data, or a tag of many bytes.
    """
    found = []
    at = 0
    while at < len(data):
        tag, start, stop = _header(data, at)
        found.append(Element(tag, data[start:stop]))
        at = stop
    return found


def sequence(data: bytes) -> list[Element]:
    """The elements of one SEQUENCE, which fills ``data``.

    Raises:
        ValueError: as ``elements``, or when it is something else.
    """
    outer = elements(data)
    if len(outer) != 1 or outer[0].tag != SEQUENCE:
        raise ValueError("not one SEQUENCE")
    return elements(outer[0].body)


def unsigned(element: Element) -> int:
    """An INTEGER that is not negative.

    Raises:
        ValueError: another element, or an INTEGER that is negative or not in its shortest form.
    """
    tag, body = element
    if tag != INTEGER or not body or body[0] & 0x80:
        raise ValueError("not an INTEGER of 0 or more")
    if len(body) > 1 and body[0] == 0 and not body[1] & 0x80:
        raise ValueError("an INTEGER longer than it needs to be")
    return int.from_bytes(body, "big")


def encode(tag: int, *parts: bytes) -> bytes:
    """One element; its parts are joined."""
    body = b"".join(parts)
    size = len(body)
    if size < 0x80:
        return bytes((tag, size)) + body
    length = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes((tag, 0x80 | len(length))) + length + body


def _header(data: bytes, at: int) -> tuple[int, int, int]:
    """Tag, and where the body starts and stops."""
    if at + 2 > len(data) or data[at] & 0x1F == 0x1F:
        raise ValueError("no element")
    size, start = data[at + 1], at + 2
    if size >= 0x80:
        count = size & 0x7F
        length = data[start : start + count]
        start += count
        size = int.from_bytes(length, "big")
        if not 1 <= count <= 4 or len(length) != count or not length[0] or size < 0x80:
            raise ValueError("a length that is not minimal")
    if start + size > len(data):
        raise ValueError("a length beyond the end")
    return data[at], start, start + size
