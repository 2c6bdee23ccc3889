"""What the frames of an ID3v2 tag say: texts, comments, XMP, C2PA, and the label among them."""

import zlib
from collections.abc import Iterator

import msgspec

from hegui.marks import xmp
from hegui.marks.carriers.id3 import Frame, Tag, synchronised, to_syncsafe
from hegui.marks.carriers.pieces import (
    MAX_META,
    MAX_PACKET,
    MAX_VALUE,
    NAME,
    from_xmp,
    is_label,
    meta,
    unusual,
)
from hegui.marks.reading import Meta, Place

#: Compressed frames, encrypted ones, and those with a group or a length before the content.
_FLAGS = {3: (0x80, 0x40, 0x20, 0, 0), 4: (0x08, 0x04, 0x40, 0x02, 0x01)}
_CODECS = ("latin-1", "utf-16", "utf-16-be", "utf-8")
_OWN = {b"TXXX", b"TXX"}
_RIGHT = "ID3v2 TXXX AIGC"
_C2PA = b"application/x-c2pa-manifest-store"
#: A text costs more than the reads it takes, so that a tag of nothing but texts is soon refused.
_COST = 10
#: Comments and lyrics: a language stands before the description.
_SPOKEN = {b"COMM", b"COM", b"USLT", b"ULT"}


class Text(msgspec.Struct, frozen=True):
    """A frame's text.

    Attributes:
        frame: the frame.
        name: its description, or its name where it has none.
        value: its characters, without the zeros at their end.
    """

    frame: Frame
    name: str
    value: str

    @property
    def label(self) -> bool:
        """Whether it calls itself a label."""
        return is_label(self.name, self.value)


def read(tag: Tag, right: str = "") -> tuple[list[Place], list[Meta]]:
    """The labels of a tag and its other texts (keys ``id3:TSSE``, ``id3:COMM``, …).

    Args:
        tag: the tag.
        right: the name of the place that the guide of the file's format has instead of ID3;
            empty where the tag is the right place.
    """
    places: list[Place] = []
    metadata: list[Meta] = []
    for text in texts(tag):
        if text.label:
            place = Place("id3", text.value)
            ours = not right and text.frame.id in _OWN
            where = f"ID3 {text.frame.id.decode()}"
            places.append(place if ours else unusual(place, where, right or _RIGHT))
        else:
            name = text.frame.id.decode()
            described = f":{text.name}" if text.name != name and text.name else ""
            metadata.append(meta(f"id3:{name}{described}", text.value))
    for frame in tag.frames:
        packet = xmp_packet(tag, frame)
        if packet is not None:
            found, said = from_xmp(packet, right or _RIGHT)
            places += found
            metadata += said
        elif frame.id == b"GEOB":
            data = content(tag, frame, MAX_META)
            if data is not None and data[1:].startswith(_C2PA):
                metadata.append(meta("c2pa", data.decode("latin-1")))
    return places, metadata


def texts(tag: Tag) -> Iterator[Text]:
    """The frames that hold text; those that are encrypted or broken are passed over."""
    for frame in tag.frames:
        described = frame.id in _OWN or frame.id in _SPOKEN
        if not described and not frame.id.startswith(b"T"):
            continue
        data = content(tag, frame, MAX_VALUE)
        if not data or data[0] >= len(_CODECS):
            continue
        encoding, rest = data[0], data[1:]
        name = frame.id.decode()
        if frame.id in _SPOKEN:
            rest = rest[3:]
        if described:
            first, rest = _parted(rest, encoding)
            name = _decoded(first, encoding)
        tag.body.reads -= _COST
        yield Text(frame, name, _decoded(rest, encoding))


def xmp_packet(tag: Tag, frame: Frame) -> bytes | None:
    """The XMP packet that a frame holds, if it does."""
    if frame.id != b"PRIV" or frame.stop - frame.data > MAX_PACKET:
        return None
    data = content(tag, frame, MAX_PACKET)
    return data[4:] if data is not None and data.startswith(b"XMP\0") else None


def content(tag: Tag, frame: Frame, limit: int) -> bytes | None:
    """A frame's content as it was before compression; None when it can't be had.

    Args:
        tag: its tag.
        frame: the frame.
        limit: at most so many bytes of it.
    """
    data = tag.body.at(frame.data, min(frame.stop - frame.data, limit))
    if tag.version == 2:
        return data
    compressed, encrypted, grouped, mixed, measured = (
        bool(frame.flags & flag) for flag in _FLAGS[tag.version]
    )
    if encrypted:
        return None
    before = int(grouped)
    if tag.version == 3:
        before += 4 * compressed
    else:
        before += 4 * measured
        if mixed or tag.head[5] & 0x80:
            data = synchronised(data)
    data = data[before:]
    if compressed:
        try:
            data = zlib.decompressobj().decompress(data, limit)
        except zlib.error:
            return None
        tag.body.budget -= len(data)
    return data


def frame(tag: Tag | None, label: bytes) -> bytes:
    """The label's frame, as the tag's version has it.

    Version 2.4 has it in UTF-8. The others know only Latin-1 and UTF-16: ASCII stays as it is.

    Args:
        tag: where it goes; None for a new tag, of version 2.4.
        label: its JSON.
    """
    version = 4 if tag is None else tag.version
    if version == 4 or label.isascii():
        encoding = b"\3" if version == 4 else b"\0"
        data = encoding + NAME.encode() + b"\0" + label
    else:
        data = b"\1" + NAME.encode("utf-16") + b"\0\0" + label.decode().encode("utf-16")
    return framed(version, b"TXX" if version == 2 else b"TXXX", data, tag)


def framed(version: int, name: bytes, data: bytes, tag: Tag | None) -> bytes:
    """A frame without flags.

    Args:
        version: 2, 3 or 4.
        name: three bytes in version 2, else four.
        data: its content.
        tag: where it goes, for the way sizes are written there.
    """
    if version == 2:
        return name + len(data).to_bytes(3, "big") + data
    plain = version == 3 or (tag is not None and tag.plain)
    size = len(data).to_bytes(4, "big") if plain else to_syncsafe(len(data))
    return name + size + b"\0\0" + data


def has_label(tag: Tag) -> bool:
    """Whether a tag holds a label anywhere."""
    return any(text.label for text in texts(tag)) or any(
        packet is not None and xmp.find(packet)
        for packet in (xmp_packet(tag, frame) for frame in tag.frames)
    )


def _parted(data: bytes, encoding: int) -> tuple[bytes, bytes]:
    """What stands before the first terminator, and what after it."""
    if encoding in {0, 3}:
        first, _, rest = data.partition(b"\0")
        return first, rest
    at = 0
    while (at := data.find(b"\0\0", at)) >= 0:
        if at % 2 == 0:
            return data[:at], data[at + 2 :]
        at += 1
    return data, b""


def _decoded(data: bytes, encoding: int) -> str:
    if encoding == 0:
        try:  # many programs call UTF-8 Latin-1
            return data.decode().rstrip("\0")
        except UnicodeDecodeError:
            pass
    codec = _CODECS[encoding]
    if encoding == 1 and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        codec = "utf-16-le"
    if codec.startswith("utf-16"):
        data = data[: len(data) // 2 * 2]
    return data.decode(codec, "replace").rstrip("\0")
