"""What the carriers of sound and video share: pieces of a plan, and texts that are labels."""

from collections.abc import Iterable

import msgspec

from hegui.marks import loose, xmp
from hegui.marks.finding import finding
from hegui.marks.plan import Piece, Span
from hegui.marks.reading import Meta, Place
from hegui.marks.source import Source

#: A label's text, or another text to look at, is read up to here.
MAX_VALUE = 1 << 18
#: A larger XMP packet is not looked at.
MAX_PACKET = 4 << 20
#: Other metadata is kept up to so many characters.
MAX_META = 65_536
NAME = "AIGC"


def joined(pieces: Iterable[Piece]) -> list[Piece]:
    """The same plan with neighbours put together and empty pieces left out."""
    plan: list[Piece] = []
    for piece in pieces:
        last = plan[-1] if plan else None
        if isinstance(piece, bytes):
            if isinstance(last, bytes):
                plan[-1] = last + piece
            elif piece:
                plan.append(piece)
        elif isinstance(last, Span) and last.stop == piece.start:
            plan[-1] = Span(last.start, piece.stop)
        elif piece.stop > piece.start:
            plan.append(piece)
    return plan


def patched(pieces: Iterable[Piece], changes: Iterable[tuple[int, bytes]]) -> list[Piece]:
    """A plan in which some bytes of the kept pieces are others.

    Args:
        pieces: the plan; its spans in the order of the source.
        changes: offset in the source and the new bytes there, each within one span.
    """
    waiting = sorted(changes, reverse=True)
    plan: list[Piece] = []
    for piece in pieces:
        if isinstance(piece, bytes):
            plan.append(piece)
            continue
        at = piece.start
        while waiting and waiting[-1][0] < piece.stop:
            start, data = waiting.pop()
            if start >= at:
                plan += (Span(at, start), data)
                at = start + len(data)
        plan.append(Span(at, piece.stop))
    return joined(plan)


def is_label(name: str, value: str) -> bool:
    """Whether a named text calls itself a label: by its name (Annex E a)) or by what it says.

    Args:
        name: key, description or title of the field.
        value: its text.
    """
    upper = name.strip().upper()
    if upper == NAME or (NAME in upper and ("Label" in value or "ContentProducer" in value)):
        return True
    return loose.is_label(value[:MAX_VALUE])


def text(data: bytes) -> str:
    """Bytes as text, without the NULs at its end."""
    return data.rstrip(b"\0").decode("utf-8", "replace")


def meta(key: str, value: str) -> Meta:
    """Other metadata, cut to what is kept of it."""
    return Meta(key, value[:MAX_META])


def unusual(place: Place, where: str, right: str) -> Place:
    """A label that stands where the format's guide has none.

    Args:
        place: the label.
        where: the place's name, for people.
        right: the name of the place that the guide has.
    """
    found = finding("carrier-unusual", where=where, right=right)
    return msgspec.structs.replace(place, findings=(*place.findings, found))


def from_xmp(packet: bytes, right: str) -> tuple[list[Place], list[Meta]]:
    """What an XMP packet says: labels, and the packet's text.

    Args:
        packet: the packet.
        right: the name of the place that the format's guide has instead.
    """
    found = [unusual(Place("xmp", value), "XMP", right) for value in xmp.find(packet)]
    return found, [meta("xmp", packet[: MAX_META * 2].decode("utf-8", "replace"))]


def zeros(source: Source, start: int, stop: int) -> bool:
    """Whether all bytes between two offsets are zero."""
    for at in range(start, stop, MAX_VALUE):
        if source.at(at, min(MAX_VALUE, stop - at)).strip(b"\0"):
            return False
    return True
