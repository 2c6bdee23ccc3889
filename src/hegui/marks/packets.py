"""An XMP packet beside the one that carries the label: emptied where it stands."""

from hegui.marks import xmp
from hegui.marks.label import Label
from hegui.marks.plan import Wanted

# ``put_first`` writes the label into the first of a file's packets; here that one is elsewhere.
_ELSEWHERE = Wanted(Label.first("-", "-"))
#: What begins a packet of wide characters, and the space that fills it.
_SPACES = (
    ((b"\xff\xfe\0\0", b"<\0\0\0"), b" \0\0\0"),
    ((b"\0\0\xfe\xff", b"\0\0\0<"), b"\0\0\0 "),
    ((b"\xff\xfe", b"<\0"), b" \0"),
    ((b"\xfe\xff", b"\0<"), b"\0 "),
)


def emptied(packet: bytes) -> bytes:
    """The packet without its label, of the same length.

    Args:
        packet: an XMP packet of any encoding.

    Raises:
        MarksError: ``file_malformed`` when it holds a label and is no well-formed XMP.
    """
    return padded(xmp.put_first([b"", packet], _ELSEWHERE)[1], len(packet))


def padded(packet: bytes, length: int) -> bytes:
    """A packet, filled with spaces at its end up to a length.

    Args:
        packet: an XMP packet of any encoding.
        length: bytes; nothing happens when the packet is as long or longer.
    """
    space = next((space for heads, space in _SPACES if packet.startswith(heads)), b" ")
    missing = max(0, length - len(packet))
    return packet + (space * (missing // len(space))).ljust(missing, b"\0")
