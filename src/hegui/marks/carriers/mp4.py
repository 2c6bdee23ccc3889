"""MP4, MOV, M4V, M4A and 3GP: the label under the key ``AIGC`` of ``moov.udta.meta``.

TC260-PG-20257A, 6.1.1 (video) and TC260-PG-202510A (M4A). Only boxes of metadata are read, so that
a file of any size costs little; ``mdat`` is never looked at. When ``moov`` stands first and grows,
what follows moves: a ``free`` box behind it gives way when it can, else the offsets are mended.
A file that already has a list of keys, in ``moov.meta`` as phones write it, gets the label there.
"""

from hegui.marks import packets, xmp
from hegui.marks.carriers import bmff, bmff_offsets, mp4_list, mp4_places
from hegui.marks.carriers.bmff import Box, broken
from hegui.marks.carriers.bmff_edit import Edits
from hegui.marks.carriers.mp4_places import Places
from hegui.marks.finding import Finding, finding
from hegui.marks.plan import Plan, Wanted
from hegui.marks.reading import Contents, Meta, Place
from hegui.marks.source import Source

#: Brands, the first characters of them, and what they make of a file; all others are MP4.
_BRANDS = ((b"qt  ", "mov"), (b"M4A", "m4a"), (b"M4B", "m4a"), (b"M4P", "m4a"), (b"M4V", "m4v"),
           (b"3g", "3gp"))  # fmt: skip
#: Formats of other kinds that use the same boxes.
_FOREIGN = (b"crx ", b"jp2 ", b"jpx ", b"jpm ", b"jxl ")
#: What a QuickTime file without ``ftyp`` may begin with.
_OLD = frozenset({b"moov", b"mdat", b"wide", b"free", b"skip", b"pnot"})
_SPARE = frozenset({b"free", b"skip"})
_MAX_TEXT = 65_536


def sniff(head: bytes, source: Source) -> str | None:
    """The format by its brand: ``mp4``, ``mov``, ``m4v``, ``m4a`` or ``3gp``.

    Args:
        head: the file's beginning.
        source: the file.
    """
    kind, brand = head[4:8], head[8:12]
    if kind == b"ftyp":
        if brand in _FOREIGN:
            return None
        return next((name for start, name in _BRANDS if brand.startswith(start)), "mp4")
    if kind not in _OLD:
        return None
    return "mov" if any(box.kind == b"moov" for box in bmff.top_level(source)) else None


def read(source: Source, format: str) -> Contents:  # noqa: A002  the word that users know
    """What the file's metadata hold.

    Args:
        source: the file.
        format: its name, as ``sniff`` gave it.

    Raises:
        MarksError: ``file_malformed`` when there is no ``moov``; ``file_too_complex``.
    """
    tops = bmff.top_level(source)
    _moov(tops)
    places, metadata = contents(source, mp4_places.find(source, tops))
    return Contents(format, tuple(places), tuple(metadata))


def contents(source: Source, found: Places) -> tuple[list[Place], list[Meta]]:
    """The labels and the other texts of the places that were found.

    Raises:
        MarksError: ``file_malformed`` when a packet is too large; ``file_too_complex``.
    """
    places: list[Place] = []
    metadata: list[Meta] = []
    for one in found.lists:
        for item in one.items:
            if item.is_label:
                carrier = "keys" if one.keyed else "ilst"
                told = () if one.keyed else _unusual(carrier)
                places += [Place(carrier, text, told) for text in item.texts or ("",)]
            else:
                metadata += [Meta(f"mp4:{item.name}", text[:_MAX_TEXT]) for text in item.texts]
    for packet in found.packets:
        data = bmff.content(source, packet.box)
        labels = xmp.places(data)
        places += labels
        metadata.append(Meta("xmp", xmp.as_text(data)))
    for note in found.notes:
        if note.is_label:
            places.append(Place("box", note.text, _unusual("box")))
        else:
            name = note.box.kind.decode("latin-1")
            metadata.append(Meta(f"mp4:{name}", note.text[:_MAX_TEXT]))
    for box in found.signed:
        size = min(box.stop - box.body, _MAX_TEXT)
        metadata.append(Meta("c2pa", source.at(box.body, size).decode("latin-1")))
    return places, metadata


def write(source: Source, format: str, wanted: Wanted) -> Plan:  # noqa: A002, ARG001
    """The file with the wanted label as its only one.

    Args:
        source: the file.
        format: its name.
        wanted: the label; a source type is left out, since the label is in no XMP packet here.

    Raises:
        MarksError: ``file_malformed`` when its boxes don't allow it; ``file_too_complex``.
    """
    tops = bmff.top_level(source)
    moov = _moov(tops)
    if sum(top.kind == b"moov" for top in tops) > 1:
        raise broken("有多个 moov", "it has more than one moov box")
    edits = Edits()
    found = mp4_places.find(source, tops)
    value = wanted.label.to_json()
    target = _target(found)
    for one in found.lists:
        mp4_list.put(edits, one, value if one is target else None)
    clear(source, found, edits)
    if target is None:
        _add_list(source, edits, moov, mp4_list.fresh(value))
    _use_spare(tops, moov, edits)
    bmff_offsets.mend(source, tops, edits)
    return edits.plan(source.size)


def clear(source: Source, found: Places, edits: Edits) -> None:
    """Takes the labels out of XMP packets and boxes of text.

    Packets and the file's own boxes keep their length, so that nothing moves for them.

    Raises:
        MarksError: ``file_malformed`` when a packet with a label is no well-formed XMP.
    """
    for packet in found.packets:
        data = bmff.content(source, packet.box)
        new = packets.emptied(data)
        if new != data:
            edits.put((), packet.box.body, packet.box.stop, new)
    for note in found.notes:
        box = note.box
        if note.is_label and note.path:
            edits.put(note.path, box.start, box.stop, b"")
        elif note.is_label:
            edits.put((), box.start + 4, box.start + 8, b"free")
            edits.put((), box.body, box.stop, bytes(box.stop - box.body))


def _unusual(where: str) -> tuple[Finding, ...]:
    return (finding("carrier-unusual", where=where, right="moov.udta.meta keys/ilst"),)


def _moov(tops: list[Box]) -> Box:
    moov = next((top for top in tops if top.kind == b"moov"), None)
    if moov is None:
        raise broken("没有 moov", "it has no moov box")
    return moov


def _target(found: Places) -> mp4_list.List | None:
    """The list that takes keys, of ``moov.udta`` or, as phones write it, of ``moov`` itself.

    ffmpeg takes the keys of the first such list for those of all, so that a second one would hide
    the label from it.
    """
    around = ([b"moov"], [b"moov", b"udta"])
    return next(
        (one for one in found.lists if one.keyed and [box.kind for box in one.path[:-1]] in around),
        None,
    )


def _add_list(source: Source, edits: Edits, moov: Box, meta: bytes) -> None:
    """A second ``meta`` goes behind an iTunes list: its readers take the first."""
    udta, end = None, moov.body
    for box in bmff.children(source, moov):
        end = box.stop
        if box.kind == b"udta" and udta is None:
            udta = box
    if udta is None:
        edits.put((moov,), end, end, bmff.packed(b"udta", meta))
        return
    end = udta.body
    for box in bmff.children(source, udta):
        end = box.stop
    edits.put((moov, udta), end, end, meta)


def _use_spare(tops: list[Box], moov: Box, edits: Edits) -> None:
    """Takes the growth of ``moov`` from the free space right behind it, or gives to it."""
    growth = edits.growth(moov)
    spare = next((top for top in tops if top.start == moov.stop), None)
    if not growth or spare is None or spare.kind not in _SPARE or spare.wide or spare.open:
        return
    left = spare.stop - spare.start - growth
    if left == 0:
        edits.put((), spare.start, spare.stop, b"")
    elif growth < 0:
        edits.put((spare,), spare.stop, spare.stop, bytes(-growth))
    elif left >= 8:
        edits.put((spare,), spare.stop - growth, spare.stop, b"")
