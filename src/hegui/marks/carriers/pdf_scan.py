"""A PDF whose cross-reference is damaged, made out by a scan: for reading only.

Like every reader does, the last object of a number counts, and the last trailer that names a
catalogue.
"""

import re

import msgspec

from hegui.marks.carriers.pdf_object import Object, View, members, object_at
from hegui.marks.carriers.pdf_syntax import Dict, Name, Parser, Ref, ShortBufferError
from hegui.marks.carriers.pdf_xref import Where
from hegui.marks.errors import MarksError, malformed, too_complex

#: A larger file is not scanned: it would take longer than anyone waits.
MAX_SCAN = 64 * 1024 * 1024
MAX_OBJECTS = 100_000
#: All object streams together.
MAX_UNPACKED = 32 * 1024 * 1024
#: Object streams that may be broken before the file counts as such.
MAX_BROKEN = 20
_NUMBERS = re.compile(rb"([0-9]{1,10})[\0\t\n\f\r ]{1,8}([0-9]{1,5})[\0\t\n\f\r ]{1,8}$")
_STEP = 1024 * 1024
_OVERLAP = 64


class Scan(msgspec.Struct):
    """What a scan found.

    Attributes:
        trailer: the last trailer that names a catalogue.
        offsets: of objects, by number.
        within: object streams' numbers by the numbers of the objects in them.
    """

    trailer: Object
    offsets: dict[int, int]
    within: dict[int, int]

    def locate(self, number: int) -> Where | None:
        """Where an object stands; None when none has that number."""
        if number in self.offsets:
            return Where(self.offsets[number], 0, False)
        if number in self.within:
            return Where(0, self.within[number], False)
        return None


def scan(view: View) -> Scan:
    """Scans the whole file.

    Raises:
        MarksError: ``file_malformed`` when no trailer is found, or past 64 MB;
            ``file_too_complex`` past 100,000 objects.
    """
    if view.stop > MAX_SCAN:
        raise malformed("pdf", "交叉引用已损坏", "its cross-reference is damaged")
    offsets: dict[int, int] = {}
    containers: list[int] = []
    trailers: list[int] = []
    references: list[int] = []
    count = 0
    for start in range(0, view.stop, _STEP):
        data = view.upto(max(0, start - _OVERLAP), _STEP + _OVERLAP)
        first = max(0, start - _OVERLAP)
        at = data.find(b"obj")
        while at >= 0:
            count += 1
            if count > MAX_OBJECTS:
                raise too_complex("pdf")
            match = _NUMBERS.search(data, max(0, at - 32), at)
            if match is not None:
                number, place = int(match[1]), first + match.start()
                offsets[number] = place
                dictionary = data[at + 3 : at + 259]
                if b"/ObjStm" in dictionary:
                    containers.append(place)
                elif b"/XRef" in dictionary:
                    references.append(place)
            at = data.find(b"obj", at + 3)
        at = data.find(b"trailer")
        while at >= 0:
            trailers.append(first + at + 7)
            at = data.find(b"trailer", at + 7)
    trailer = _trailer(view, trailers, references)
    return Scan(trailer, offsets, _contained(view, containers))


def _trailer(view: View, trailers: list[int], references: list[int]) -> Object:
    for at in reversed(trailers[-1000:]):
        data = view.upto(at, 65_536)
        try:
            value = view.value(Parser(data, whole=at + len(data) >= view.stop))
        except (MarksError, ShortBufferError):
            continue
        if isinstance(value, Dict) and isinstance(value.get("Root"), Ref):
            return Object(0, 0, value, data, at)
    for at in reversed(references[-1000:]):
        try:
            found = object_at(view, at)
        except MarksError:
            continue
        if isinstance(found.value, Dict) and isinstance(found.value.get("Root"), Ref):
            return found
    raise malformed("pdf", "找不到文件尾", "it has no trailer")


def _contained(view: View, containers: list[int]) -> dict[int, int]:
    """Which object streams hold which objects."""
    within: dict[int, int] = {}
    room, broken = MAX_UNPACKED, 0
    for at in containers:
        try:
            found = object_at(view, at)
            if found.entries.get("Type") == Name("ObjStm"):
                held = members(view, found, room)
                room -= len(held.data)
                within.update(dict.fromkeys(held.places, found.number))
        except MarksError as error:
            broken += 1
            if error.code != "file_malformed" or broken > MAX_BROKEN:
                raise
    return within
