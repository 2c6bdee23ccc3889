"""Matroska's Tags (RFC 9559, 5.1.8): ``SimpleTag`` with a name and a string.

The label is a ``SimpleTag`` named ``AIGC`` that speaks of the whole segment (TC260-PG-20257A).
"""

import zlib

import msgspec

from hegui.marks.carriers import ebml
from hegui.marks.carriers.ebml import Element
from hegui.marks.carriers.pieces import MAX_VALUE, NAME, is_label, meta, text
from hegui.marks.errors import malformed, too_complex
from hegui.marks.reading import Meta, Place
from hegui.marks.source import Source

TAGS = 0x1254C367
_TAG, _TARGETS, _LEVEL, _SIMPLE = 0x7373, 0x63C0, 0x68CA, 0x67C8
_NAME, _LANGUAGE, _STRING, _BINARY = 0x45A3, 0x447A, 0x4487, 0x4485
#: The level of an album, a film, an episode: the whole file (RFC 9559, table of TargetTypeValue).
_WHOLE = b"\x32"
_MAX_DEPTH = 8
_MAX_SIZE = 16 << 20


class Simple(msgspec.Struct, frozen=True):
    """A SimpleTag: its element, name and text, and the SimpleTags within it."""

    element: Element
    name: str
    value: str
    within: "tuple[Simple, ...]"

    @property
    def label(self) -> bool:
        """Whether it calls itself a label."""
        return is_label(self.name, self.value)

    def all(self) -> "list[Simple]":
        """Itself and those within."""
        return [self, *(each for inner in self.within for each in inner.all())]


def read(source: Source, tags: Element) -> tuple[list[Place], list[Meta]]:
    """The labels in a Tags element, and its other texts (keys ``tags:ENCODER``, …).

    Raises:
        MarksError: ``file_malformed``, ``file_too_complex``.
    """
    places, metadata = [], []
    for _, simples in _tags(source, tags):
        for simple in (each for outer in simples for each in outer.all()):
            if simple.label:
                places.append(Place("tags", simple.value))
            elif simple.value:
                metadata.append(meta(f"tags:{simple.name}", simple.value))
    return places, metadata


def data(source: Source, tags: Element | None, label: bytes | None) -> bytes:
    """The data of a Tags element, its own labels replaced; a checksum is made anew.

    Args:
        source: the file.
        tags: the element, or None for a new one.
        label: the label's JSON, or None where another Tags element holds it.

    Raises:
        MarksError: ``file_malformed``, ``file_too_complex``.
    """
    parts: list[bytes] = []
    summed = False
    if tags is not None:
        kept = {tag.start: simples for tag, simples in _tags(source, tags)}
        for child in ebml.children(source, tags.data, tags.stop):
            if child.id == ebml.CRC:
                summed = True
            elif child.start not in kept:
                parts.append(_raw(source, child))
            else:
                parts.append(_rest(source, child, kept[child.start]))
    if label is not None:
        targets = ebml.packed(_TARGETS, ebml.packed(_LEVEL, _WHOLE))
        parts.append(ebml.packed(_TAG, targets + _simple(label)))
    made = b"".join(parts)
    return checksum(made) + made if summed and made else made


def checksum(made: bytes) -> bytes:
    """The CRC-32 element that goes before an element's other data (RFC 8794, 11.3.1)."""
    return ebml.packed(ebml.CRC, zlib.crc32(made).to_bytes(4, "little"))


def _simple(label: bytes) -> bytes:
    return ebml.packed(
        _SIMPLE,
        ebml.packed(_NAME, NAME.encode())
        + ebml.packed(_LANGUAGE, b"und")
        + ebml.packed(_STRING, label),
    )


def _rest(source: Source, element: Element, simples: tuple[Simple, ...]) -> bytes:
    """A Tag or SimpleTag without the labels in it; nothing when a Tag has nothing left to say."""
    if not any(each.label for simple in simples for each in simple.all()):
        return _raw(source, element)
    parts: list[bytes] = []
    held = {simple.element.start: simple for simple in simples}
    for child in ebml.children(source, element.data, element.stop):
        simple = held.get(child.start)
        if simple is None:
            if child.id != ebml.CRC:
                parts.append(_raw(source, child))
        elif not simple.label:
            parts.append(_rest(source, child, simple.within))
    if element.id == _TAG and all(simple.label for simple in simples):
        return b""
    return ebml.packed(element.id, b"".join(parts))


def _tags(source: Source, tags: Element) -> list[tuple[Element, tuple[Simple, ...]]]:
    if tags.stop - tags.data > _MAX_SIZE:
        raise too_complex("matroska")
    return [
        (tag, _simples(source, tag, 0))
        for tag in ebml.children(source, tags.data, tags.stop)
        if tag.id == _TAG
    ]


def _simples(source: Source, around: Element, depth: int) -> tuple[Simple, ...]:
    if depth == _MAX_DEPTH:
        raise malformed("matroska", "标签嵌套过深", "its tags are nested too deep")
    found = []
    for child in ebml.children(source, around.data, around.stop):
        if child.id != _SIMPLE:
            continue
        name = value = ""
        for field in ebml.children(source, child.data, child.stop):
            if field.id in {_NAME, _STRING, _BINARY}:
                said = text(source.at(field.data, min(field.stop - field.data, MAX_VALUE)))
                if field.id == _NAME:
                    name = said
                else:
                    value = value or said
        found.append(Simple(child, name, value, _simples(source, child, depth + 1)))
    return tuple(found)


def _raw(source: Source, one: Element) -> bytes:
    return source.at(one.start, one.stop - one.start)
