"""What the tests of the image carriers share."""

from hegui.marks import Label
from hegui.marks.formats import Carrier, carrier
from hegui.marks.plan import Span, Wanted, render
from hegui.marks.reading import Contents
from hegui.marks.source import Source

FIRST = Label.first("001191000000MA0000000N10000", "0123456789abcdef")
#: Characters that XML, JSON or a byte a character could break.
HARD = Label("2", '某公司 "甲" & <乙>', "a'b\\c", '{"x":"]]>"}', "", "\U0001f600\ufffe", "")
URI = "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia"
CARRIERS = ("png", "jpeg", "webp", "gif", "svg")


def text(label: Label = FIRST) -> str:
    # No XML holds this character; the JSON's own escape stands for it.
    return label.to_json().decode().replace("\ufffe", "\\ufffe")


def module_of(kind: str) -> Carrier:
    return carrier("png" if kind == "apng" else kind)


def sniffed(data: bytes) -> str | None:
    source = Source.of(data)
    found = [module_of(name).sniff(source.upto(0, 4096), source) for name in CARRIERS]
    kinds = [kind for kind in found if kind is not None]
    assert len(kinds) < 2
    return kinds[0] if kinds else None


def read(data: bytes) -> Contents:
    kind = sniffed(data)
    assert kind is not None
    return module_of(kind).read(Source.of(data), kind)


def values(data: bytes) -> list[object]:
    return [place.value for place in read(data).places]


def write(data: bytes, label: Label = FIRST, source_type: str | None = None) -> bytes:
    kind = sniffed(data)
    assert kind is not None
    source = Source.of(data)
    return render(source, module_of(kind).write(source, kind, Wanted(label, source_type)))


def kept(data: bytes, label: Label = FIRST) -> bytes:
    """The bytes of the original that a plan keeps."""
    kind = sniffed(data)
    assert kind is not None
    plan = module_of(kind).write(Source.of(data), kind, Wanted(label))
    return b"".join(data[piece.start : piece.stop] for piece in plan if isinstance(piece, Span))
