"""Lists of metadata in MP4 and QuickTime: ``keys`` and ``ilst`` of a ``meta`` box.

The video guide (TC260-PG-20257A, 6.1.1) puts the label under the key ``AIGC`` of a list whose
handler is ``mdta``, in ``moov.udta.meta``: ``keys`` names the keys, and the items of ``ilst`` have
a key's number where a box has its kind. Lists of the handler ``mdir`` (iTunes) have no keys: there
the kind itself says what an item is, and ``----`` items carry a name of their own.
"""

from bisect import bisect_left
from collections.abc import Iterator

import msgspec

from hegui.marks.carriers import bmff
from hegui.marks.carriers.bmff import Box, broken
from hegui.marks.carriers.bmff_edit import Edits
from hegui.marks.carriers.pieces import is_label
from hegui.marks.errors import MarksError, too_complex
from hegui.marks.source import Source

KEY = b"AIGC"
_NAMESPACE = b"mdta"
#: Longest value that is read, and most keys and items that a list may have.
_MAX_TEXT = 262_144
_MAX_KEYS = 4096
_MAX_ITEMS = 10_000
#: Types of ``data`` that are text: none given, UTF-8, UTF-16.
_TEXTS = {0: "utf-8", 1: "utf-8", 2: "utf-16-be"}


class Key(msgspec.Struct, frozen=True):
    """One entry of ``keys``: where it stands, its namespace and its name."""

    start: int
    stop: int
    namespace: bytes
    name: bytes


class Item(msgspec.Struct, frozen=True):
    """One item of ``ilst``.

    Attributes:
        within: the box of items that it stands in.
        box: the item; its kind is a key's number, or says what it is.
        key: the number of its key, 0 when it has none.
        name: the key's name, the item's own, or its kind.
        texts: its values that are text.
    """

    within: Box
    box: Box
    key: int
    name: str
    texts: tuple[str, ...]

    @property
    def is_label(self) -> bool:
        """Whether it calls itself a label, by its name or by what it holds."""
        return any(is_label(self.name, text) for text in self.texts or ("",))


class List(msgspec.Struct, frozen=True):
    """One list.

    Attributes:
        path: the boxes around the ``meta`` box, from outside, and that box.
        keyed: whether its handler is ``mdta``.
        keys: its box of keys, or ``None``.
        names: the keys in order; an item's number counts from 1.
        ilst: its last box of items, or ``None``; a new item goes there.
        items: the items of all boxes of items, in order.
        end: where the ``meta`` box's last box ends.
    """

    path: tuple[Box, ...]
    keyed: bool
    keys: Box | None
    names: tuple[Key, ...]
    ilst: Box | None
    items: tuple[Item, ...]
    end: int


def read(source: Source, path: tuple[Box, ...]) -> List:
    """Reads the list in a ``meta`` box.

    Args:
        source: the file.
        path: the boxes around it, and last the ``meta`` box itself.

    Raises:
        MarksError: ``file_malformed``; ``file_too_complex`` when it has more than one box of keys,
            since programs differ in which one they heed.
    """
    boxes = list(bmff.children(source, path[-1]))
    if sum(box.kind == b"keys" for box in boxes) > 1:
        raise too_complex("MP4")
    inner = {box.kind: box for box in boxes}
    handler, keys, ilst = (inner.get(kind) for kind in (b"hdlr", b"keys", b"ilst"))
    keyed = keys is not None
    if handler is not None:
        keyed = source.upto(handler.body + 8, 4) == _NAMESPACE
    names = () if keys is None else tuple(_names(source, keys))
    lists = [box for box in boxes if box.kind == b"ilst"]
    items = tuple(_items(source, lists, names if keyed else ()))
    end = boxes[-1].stop if boxes else path[-1].stop
    return List(path, keyed, keys, names, ilst, items, end)


def put(edits: Edits, found: List, value: bytes | None) -> None:
    """Takes the labels out of a list, and writes the wanted one.

    Args:
        edits: where the changes go.
        found: the list.
        value: the label's JSON; ``None`` when it stands elsewhere. Only a keyed list takes it.

    Raises:
        MarksError: ``file_malformed`` when an item has the number of a key that is not there.
    """
    target = next((item for item in found.items if value and _is_ours(found, item)), None)
    used = {item.key for item in found.items if item is target or not item.is_label}
    gone = [
        number
        for number, key in enumerate(found.names, 1)
        if b"AIGC" in key.name.upper() and number not in used
    ]
    for item in found.items:
        _put_item(edits, found, item, gone, value if item is target else None)
    added = value if target is None else None
    _put_keys(edits, found, gone, added=added is not None)
    if added is not None:
        number = len(found.names) - len(gone) + 1
        _add_item(edits, found, bmff.packed(number.to_bytes(4, "big"), _data(added)))


def fresh(value: bytes) -> bytes:
    """A new ``meta`` box with a list of the one label."""
    handler = bmff.packed(b"hdlr", bytes(8), _NAMESPACE, bytes(13))
    keys = bmff.packed(b"keys", bytes(4), (1).to_bytes(4, "big"), _key())
    ilst = bmff.packed(b"ilst", bmff.packed((1).to_bytes(4, "big"), _data(value)))
    return bmff.packed(b"meta", bytes(4), handler, keys, ilst)


def _put_item(edits: Edits, found: List, item: Item, gone: list[int], value: bytes | None) -> None:
    path = (*found.path, item.within)
    if value is not None:
        edits.put((*path, item.box), item.box.body, item.box.stop, _data(value))
    elif item.is_label:
        edits.put(path, item.box.start, item.box.stop, b"")
        return
    elif found.keyed and not item.key:
        raise broken("元数据条目没有对应的键", "an item of its metadata has no key")
    number = item.key - bisect_left(gone, item.key)
    if number != item.key:
        edits.put((), item.box.start + 4, item.box.start + 8, number.to_bytes(4, "big"))


def _add_item(edits: Edits, found: List, item: bytes) -> None:
    if found.ilst is None:
        edits.put(found.path, found.end, found.end, bmff.packed(b"ilst", item))
        return
    last = found.items[-1] if found.items else None
    end = last.box.stop if last and last.within == found.ilst else found.ilst.body
    edits.put((*found.path, found.ilst), end, end, item)


def _put_keys(edits: Edits, found: List, gone: list[int], *, added: bool) -> None:
    count = (len(found.names) - len(gone) + added).to_bytes(4, "big")
    if found.keys is None:
        if added:
            keys = bmff.packed(b"keys", bytes(4), count, _key())
            edits.put(found.path, found.end, found.end, keys)
        return
    path = (*found.path, found.keys)
    for number in gone:
        key = found.names[number - 1]
        edits.put(path, key.start, key.stop, b"")
    at = found.keys.body + 4
    edits.put((), at, at + 4, count)
    if added:
        end = found.names[-1].stop if found.names else at + 4
        edits.put(path, end, end, _key())


def _is_ours(found: List, item: Item) -> bool:
    if not found.keyed or not item.key:
        return False
    key = found.names[item.key - 1]
    return key.namespace == _NAMESPACE and key.name == KEY


def _key() -> bytes:
    return bmff.packed(_NAMESPACE, KEY)


def _data(value: bytes) -> bytes:
    return bmff.packed(b"data", (1).to_bytes(4, "big"), bytes(4), value)


def _names(source: Source, keys: Box) -> Iterator[Key]:
    count = int.from_bytes(source.at(keys.body + 4, 4), "big")
    if count > _MAX_KEYS:
        raise broken("元数据键过多", "it has too many keys of metadata")
    at = keys.body + 8
    for _ in range(count):
        head = source.at(at, 8)
        stop = at + int.from_bytes(head[:4], "big")
        if stop < at + 8 or stop > keys.stop:
            raise broken("元数据键有误", "its keys of metadata are wrong")
        yield Key(at, stop, head[4:], source.at(at + 8, min(stop - at - 8, 1024)))
        at = stop


def _items(source: Source, lists: list[Box], names: tuple[Key, ...]) -> Iterator[Item]:
    every = ((ilst, box) for ilst in lists for box in bmff.boxes(source, ilst.body, ilst.stop))
    for found, (ilst, box) in enumerate(every):
        if found == _MAX_ITEMS:
            raise too_complex("MP4")
        number = int.from_bytes(box.kind, "big")
        key = number if 1 <= number <= len(names) else 0
        name = names[key - 1].name.decode("utf-8", "replace") if key else box.kind.decode("latin-1")
        texts: list[str] = []
        try:
            for part in bmff.boxes(source, box.body, box.stop):
                if part.kind == b"name" and box.kind == b"----":
                    name = source.upto(part.body + 4, min(part.stop - part.body - 4, 1024)).decode(
                        "utf-8", "replace"
                    )
                elif part.kind == b"data":
                    texts += _text(source, part)
        except MarksError as error:
            if error.code != "file_malformed":
                raise  # an item that holds something else than data has no text
        yield Item(ilst, box, key, name, tuple(texts))


def _text(source: Source, data: Box) -> list[str]:
    size = data.stop - data.body - 8
    if not 0 <= size <= _MAX_TEXT:
        return []
    head = source.at(data.body, 8 + size)
    encoding = _TEXTS.get(int.from_bytes(head[:4], "big"))
    return [] if encoding is None else [head[8:].decode(encoding, "replace")]
