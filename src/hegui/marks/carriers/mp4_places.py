"""Every place of an MP4 or QuickTime file in which a label may stand.

The guide's place is a list of metadata (``mp4_list``). Seen besides: an XMP packet (a ``uuid`` box,
or QuickTime's ``XMP_``), a box that is itself named ``AIGC``, and the texts of ``udta``.
"""

from collections.abc import Iterator

import msgspec

from hegui.marks.carriers import bmff, mp4_list
from hegui.marks.carriers.bmff import Box
from hegui.marks.errors import MarksError, too_complex
from hegui.marks.loose import is_label
from hegui.marks.source import Source

#: Boxes of text in ``udta`` by 3GPP TS 26.244: version, language, text.
_ASSETS = frozenset({b"titl", b"auth", b"dscp", b"cprt", b"perf", b"gnre", b"albm", b"kywd"})
_MAX_TEXT = 262_144
#: More boxes of text than any file has.
_MAX_NOTES = 10_000


class Packet(msgspec.Struct, frozen=True):
    """A box that holds an XMP packet, and the boxes around it."""

    path: tuple[Box, ...]
    box: Box


class Note(msgspec.Struct, frozen=True):
    """A box that holds a text.

    Attributes:
        path: the boxes around it.
        box: the box.
        text: what it holds.
        named: whether its own name calls it a label.
    """

    path: tuple[Box, ...]
    box: Box
    text: str
    named: bool

    @property
    def is_label(self) -> bool:
        """Whether it calls itself a label, by its name or by what it holds."""
        return self.named or is_label(self.text)


class Places(msgspec.Struct, frozen=True):
    """What was found in a file, each in the file's order.

    Attributes:
        lists: the lists of metadata.
        packets: the XMP packets.
        notes: the boxes of text.
        signed: the boxes that hold a C2PA manifest.
    """

    lists: tuple[mp4_list.List, ...]
    packets: tuple[Packet, ...]
    notes: tuple[Note, ...]
    signed: tuple[Box, ...]


def find(source: Source, tops: list[Box]) -> Places:
    """Looks through all places of a file.

    What can't be followed within metadata is passed over: cameras write much of their own there.

    Args:
        source: the file.
        tops: its own boxes.

    Raises:
        MarksError: ``file_malformed`` when ``moov`` itself can't be followed;
            ``file_too_complex``.
    """
    lists: list[mp4_list.List] = []
    packets: list[Packet] = []
    notes: list[Note] = []
    signed: list[Box] = []
    for path, box in _metadata(source, tops):
        if box.kind == b"meta":
            lists += _lenient(source, (*path, box))
        elif box.uuid == bmff.XMP_UUID or (box.kind == b"XMP_" and path):
            packets.append(Packet(path, box))
        elif box.uuid == bmff.C2PA_UUID:
            signed.append(box)
        elif box.stop - box.body <= _MAX_TEXT:
            note = _note(source, path, box)
            if note is not None:
                notes.append(note)
            if len(notes) > _MAX_NOTES:
                raise too_complex("MP4")
    return Places(tuple(lists), tuple(packets), tuple(notes), tuple(signed))


def _metadata(source: Source, tops: list[Box]) -> Iterator[tuple[tuple[Box, ...], Box]]:
    for top in tops:
        if top.kind != b"moov":
            yield (), top
            continue
        for box in bmff.children(source, top):
            yield (top,), box
            if box.kind == b"udta":
                yield from _within(source, (top, box))
            elif box.kind == b"trak":
                for inner in bmff.children(source, box):
                    yield (top, box), inner
                    if inner.kind == b"udta":
                        yield from _within(source, (top, box, inner))


def _within(source: Source, path: tuple[Box, ...]) -> Iterator[tuple[tuple[Box, ...], Box]]:
    try:
        for box in bmff.children(source, path[-1]):
            yield path, box
    except MarksError as error:
        _pass_over(error)


def _lenient(source: Source, path: tuple[Box, ...]) -> list[mp4_list.List]:
    try:
        return [mp4_list.read(source, path)]
    except MarksError as error:
        _pass_over(error)
        return []


def _pass_over(error: MarksError) -> None:
    if error.code != "file_malformed":
        raise error


def _note(source: Source, path: tuple[Box, ...], box: Box) -> Note | None:
    named = box.kind.upper() == b"AIGC"
    if not named and (not path or path[-1].kind != b"udta"):
        return None
    if not named and box.kind not in _ASSETS and box.kind[:1] != b"\xa9":
        return None
    data = bmff.content(source, box)
    if named:
        text = data.lstrip(b"\0")
    elif box.kind in _ASSETS:
        text = data[6:]
    else:  # QuickTime: size, language, text; often but one
        size = int.from_bytes(data[:2], "big")
        text = data[4 : 4 + size]
    encoding = "utf-16" if text[:2] in {b"\xff\xfe", b"\xfe\xff"} else "utf-8"
    return Note(path, box, text.rstrip(b"\0").decode(encoding, "replace"), named)
