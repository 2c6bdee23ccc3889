"""Vorbis comments, the texts of FLAC, Vorbis, Opus and other Xiph formats.

Numbers have four bytes, little endian: the length of the vendor's name and the name, how many
comments there are, and for each its length and ``NAME=value`` in UTF-8. The label is the comment
``AIGC`` (TC260-PG-202510A), a bare object.
"""

from typing import Self

import msgspec

from hegui.marks.carriers.pieces import NAME, is_label, meta
from hegui.marks.errors import malformed, too_complex
from hegui.marks.reading import Meta, Place

_MAX_COMMENTS = 10_000
#: What a comment costs of the file's reads, since it takes none.
COST = 5


class Comments(msgspec.Struct, frozen=True):
    """A comment header.

    Attributes:
        vendor: the encoder's name, with the length before it.
        comments: each as ``NAME=value``.
        rest: what follows the last comment.
    """

    vendor: bytes
    comments: tuple[bytes, ...]
    rest: bytes

    @classmethod
    def parse(cls, data: bytes) -> Self:
        """Reads a comment header.

        Raises:
            MarksError: ``file_malformed`` when a length runs out of it, ``file_too_complex``
                past 10,000 comments.
        """
        at = 4 + _number(data, 0)
        vendor = data[:at]
        count = _number(data, at)
        at += 4
        if count > _MAX_COMMENTS:
            raise too_complex("vorbis comment")
        comments = []
        for _ in range(count):
            size = _number(data, at)
            comments.append(data[at + 4 : at + 4 + size])
            at += 4 + size
            if at > len(data):
                raise _broken()
        return cls(vendor, tuple(comments), data[at:])

    @property
    def size(self) -> int:
        """Its bytes, without ``rest``."""
        return len(self.vendor) + 4 + sum(4 + len(each) for each in self.comments)

    @property
    def labelled(self) -> bool:
        """Whether a comment calls itself a label."""
        return any(is_label(*_parts(comment)) for comment in self.comments)

    def read(self) -> tuple[list[Place], list[Meta]]:
        """The labels, and the other comments (keys ``vorbis:ENCODER``, …, ``vorbis:vendor``)."""
        places = []
        metadata = [meta("vorbis:vendor", self.vendor[4:].decode("utf-8", "replace"))]
        for comment in self.comments:
            name, value = _parts(comment)
            if is_label(name, value):
                places.append(Place("vorbis-comment", value))
            elif name.upper() != "METADATA_BLOCK_PICTURE":
                metadata.append(meta(f"vorbis:{name.upper()}", value))
        return places, metadata

    def build(self, label: bytes | None) -> bytes:
        """The header again, its own labels replaced; ``rest`` is left to the caller.

        Args:
            label: the label's JSON, or None where another stream of the file holds it.
        """
        kept = [each for each in self.comments if not is_label(*_parts(each))]
        if label is not None:
            kept.append(NAME.encode() + b"=" + label)
        parts = [self.vendor, len(kept).to_bytes(4, "little")]
        for each in kept:
            parts += (len(each).to_bytes(4, "little"), each)
        return b"".join(parts)


def empty(vendor: bytes) -> Comments:
    """A header without comments, for a stream that has none."""
    return Comments(len(vendor).to_bytes(4, "little") + vendor, (), b"")


def _parts(comment: bytes) -> tuple[str, str]:
    name, _, value = comment.partition(b"=")
    if len(name) > 256 or not name.isascii():  # no name has other characters
        return "", comment.decode("utf-8", "replace")
    return name.decode(), value.decode("utf-8", "replace").rstrip("\0")


def _number(data: bytes, at: int) -> int:
    if at + 4 > len(data):
        raise _broken()
    return int.from_bytes(data[at : at + 4], "little")


def _broken() -> Exception:
    return malformed("vorbis comment", "长度越界", "a length runs out of the comments")
