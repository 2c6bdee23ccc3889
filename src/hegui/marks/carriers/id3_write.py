"""An ID3v2 tag with the label in it, or with a second label gone; all other frames as they were."""

import zlib

from hegui.marks import packets, xmp
from hegui.marks.carriers import id3, id3_texts
from hegui.marks.carriers.id3 import Tag
from hegui.marks.plan import Piece, Span, length, render

#: Padding behind the last frame: exiftool takes a frame that ends the tag for a broken one.
_LEAST = 10


def fresh(label: bytes) -> bytes:
    """A new tag of version 2.4 with nothing but the label.

    Args:
        label: its JSON.
    """
    frame = id3_texts.frame(None, label) + bytes(_LEAST)
    return b"ID3\4\0\0" + id3.to_syncsafe(len(frame)) + frame


def rewritten(tag: Tag, label: bytes | None) -> list[Piece]:
    """The tag's new bytes; its size stays when the label fits into its padding.

    Args:
        tag: the tag; spans are of the file it was found in.
        label: the label's JSON, or None where another place of the file holds it.

    Raises:
        MarksError: ``file_malformed`` when the tag grows past 256 MiB, or must be held whole and
            is too large for that.
    """
    frames = _frames(tag, label)
    padded = id3.has_padding(tag)
    kept: list[Piece] = [] if padded else [Span(tag.tail, tag.end)]
    if tag.footer:
        kept, padded = [Span(tag.tail, tag.end)], False
    room = tag.end - tag.begin
    if not tag.held and not tag.extended:
        body = [*frames, *kept]
        if padded:
            body.append(bytes(max(_LEAST, room - length(body))))
        return _closed(tag, body)
    return _closed(tag, [_whole(tag, [*frames], [*kept], padded=padded)])


def _frames(tag: Tag, label: bytes | None) -> list[Piece]:
    labels = {text.frame.start for text in id3_texts.texts(tag) if text.label}
    pieces: list[Piece] = []
    for frame in tag.frames:
        if frame.start in labels:
            continue
        packet = id3_texts.xmp_packet(tag, frame)
        if packet is not None and xmp.find(packet):
            data = b"XMP\0" + packets.emptied(packet)
            pieces.append(id3_texts.framed(tag.version, frame.id, data, tag))
        else:
            pieces.append(Span(frame.start, frame.stop))
    if label is not None:
        pieces.append(id3_texts.frame(tag, label))
    return pieces


def _whole(tag: Tag, frames: list[Piece], kept: list[Piece], *, padded: bool) -> bytes:
    """The body of a tag that is unsynchronised as a whole, or has an extended header."""
    id3.check_held(tag.begin, tag.end)
    made, rest = render(tag.body, frames), render(tag.body, kept)
    room = tag.stop - tag.start - 10 - 10 * tag.footer
    padding = 0
    if padded:
        bare = _summed(tag, made, rest, 0)
        padding = max(0, room - len(_synchronised(tag, bare)))
    # The sum may change the unsynchronised length by a byte or two; then padding gives way.
    for _ in range(8):
        body = _synchronised(tag, _summed(tag, made, rest, padding))
        over = len(body) - room
        if not padding or over == 0:
            break
        padding = max(0, padding - over)
    return body


def _synchronised(tag: Tag, body: bytes) -> bytes:
    return id3.unsynchronised(body) if tag.held else body


def _summed(tag: Tag, frames: bytes, rest: bytes, padding: int) -> bytes:
    """Extended header, frames and padding; the header's sum and size of padding made right."""
    extended = bytearray(tag.extended)
    tail = rest + bytes(padding)
    if tag.version == 3 and len(extended) >= 10:
        extended[6:10] = len(tail).to_bytes(4, "big")
        if extended[4] & 0x80 and len(extended) >= 14:
            extended[10:14] = zlib.crc32(frames).to_bytes(4, "big")
    elif tag.version == 4 and len(extended) >= 6 and extended[5] & 0x20:
        at = 6 + bool(extended[5] & 0x40)
        if extended[at : at + 1] == b"\5" and len(extended) >= at + 6:
            extended[at + 1 : at + 6] = id3.to_syncsafe(zlib.crc32(frames + tail), 5)
    return bytes(extended) + frames + tail


def _closed(tag: Tag, body: list[Piece]) -> list[Piece]:
    head = tag.head[:6] + id3.to_syncsafe(length(body))
    return [head, *body, *([b"3DI" + head[3:]] if tag.footer else [])]
