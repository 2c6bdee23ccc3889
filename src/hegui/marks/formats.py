"""The formats and the carrier of each, found by content and never by a file's name."""

from collections.abc import Mapping
from functools import cache
from importlib import import_module
from types import MappingProxyType
from typing import Protocol, cast

import msgspec

from hegui.marks.errors import unknown_format
from hegui.marks.plan import Plan, Wanted
from hegui.marks.reading import Contents
from hegui.marks.source import File, Source

#: What ``sniff`` is given of a file's beginning.
HEAD = 4096


class Carrier(Protocol):
    """What each module of ``carriers`` offers."""

    def sniff(self, head: bytes, source: Source) -> str | None:
        """The format's name, or ``None`` when the file is none of this carrier's."""
        ...

    def read(self, source: Source, format: str) -> Contents:  # noqa: A002  the word that users know
        """What stands in the file; ``MarksError`` when it is not sound."""
        ...

    def write(self, source: Source, format: str, wanted: Wanted) -> Plan:  # noqa: A002
        """The new file: the wanted label once, every other label gone, all else kept."""
        ...


class Format(msgspec.Struct, frozen=True):
    """One format.

    Attributes:
        carrier: the module in ``carriers``.
        media_type: for HTTP.
        suffixes: usual endings of names, the first for new files.
    """

    carrier: str
    media_type: str
    suffixes: tuple[str, ...]


def _formats() -> dict[str, Format]:
    ooxml = "application/vnd.openxmlformats-officedocument."
    odf = "application/vnd.oasis.opendocument."
    table = {
        "jpeg": ("jpeg", "image/jpeg", ".jpg .jpeg"),
        "png": ("png", "image/png", ".png"),
        "apng": ("png", "image/apng", ".png .apng"),
        "webp": ("webp", "image/webp", ".webp"),
        "gif": ("gif", "image/gif", ".gif"),
        "tiff": ("tiff", "image/tiff", ".tif .tiff"),
        "heic": ("heif", "image/heic", ".heic .heif"),
        "heif": ("heif", "image/heif", ".heif"),
        "avif": ("heif", "image/avif", ".avif"),
        "svg": ("svg", "image/svg+xml", ".svg"),
        "bmp": ("refused", "image/bmp", ".bmp"),
        "mp4": ("mp4", "video/mp4", ".mp4"),
        "mov": ("mp4", "video/quicktime", ".mov"),
        "m4v": ("mp4", "video/x-m4v", ".m4v"),
        "m4a": ("mp4", "audio/mp4", ".m4a"),
        "3gp": ("mp4", "video/3gpp", ".3gp"),
        "matroska": ("matroska", "video/x-matroska", ".mkv .mka"),
        "webm": ("matroska", "video/webm", ".webm"),
        "flv": ("flv", "video/x-flv", ".flv"),
        "avi": ("avi", "video/x-msvideo", ".avi"),
        "wav": ("wav", "audio/wav", ".wav"),
        "mp3": ("mp3", "audio/mpeg", ".mp3"),
        "flac": ("flac", "audio/flac", ".flac"),
        "ogg": ("ogg", "audio/ogg", ".ogg .oga"),
        "opus": ("ogg", "audio/opus", ".opus"),
        "adts": ("refused", "audio/aac", ".aac"),
        "pdf": ("pdf", "application/pdf", ".pdf"),
        "docx": ("ooxml", ooxml + "wordprocessingml.document", ".docx .dotx .docm .dotm"),
        "xlsx": ("ooxml", ooxml + "spreadsheetml.sheet", ".xlsx .xltx .xlsm .xltm"),
        "pptx": ("ooxml", ooxml + "presentationml.presentation", ".pptx .potx .pptm .potm .ppsx"),
        "odt": ("odf", odf + "text", ".odt .ott"),
        "ods": ("odf", odf + "spreadsheet", ".ods .ots"),
        "odp": ("odf", odf + "presentation", ".odp .otp"),
        "odg": ("odf", odf + "graphics", ".odg .otg"),
        "epub": ("epub", "application/epub+zip", ".epub"),
        "html": ("html", "text/html", ".html .htm .xhtml"),
        "json": ("json_text", "application/json", ".json"),
        "markdown": ("markdown", "text/markdown", ".md .markdown"),
        "text": ("text", "text/plain", ".txt"),
    }
    return {
        name: Format(carrier, media_type, tuple(suffixes.split()))
        for name, (carrier, media_type, suffixes) in table.items()
    }


#: Every format that is known here, by its name.
FORMATS: Mapping[str, Format] = MappingProxyType(_formats())

#: What a file begins with, and the carrier to ask first; the rest are asked in ``_ORDER``.
_MAGIC: tuple[tuple[int, bytes, str], ...] = (
    (0, b"\x89PNG\r\n\x1a\n", "png"),
    (0, b"\xff\xd8\xff", "jpeg"),
    (8, b"WEBP", "webp"),
    (0, b"GIF8", "gif"),
    (8, b"WAVE", "wav"),
    (8, b"AVI ", "avi"),
    (0, b"%PDF-", "pdf"),
    (0, b"fLaC", "flac"),
    (0, b"ID3", "flac"),
    (0, b"ID3", "mp3"),
    (4, b"ftyp", "heif"),
    (0, b"PK\x03\x04", "ooxml"),
    (0, b"BM", "refused"),
    (0, b"OggS", "ogg"),
    (0, b"\x1aE\xdf\xa3", "matroska"),
    (0, b"FLV", "flv"),
    (0, b"II", "tiff"),
    (0, b"MM", "tiff"),
)
#: The strict ones first; texts last, since nearly everything could be one.
_ORDER = (
    "heif", "mp4", "ooxml", "odf", "epub", "flac", "mp3", "wav", "refused", "pdf", "tiff",
    "svg", "html", "json_text", "markdown", "text",
)  # fmt: skip


@cache
def carrier(name: str) -> Carrier:
    """A carrier's module, imported when it is first needed."""
    return cast("Carrier", import_module(f"hegui.marks.carriers.{name}"))


def format_of(file: File) -> str:
    """The name of a file's format.

    Args:
        file: a path, bytes, or a binary file that can seek.

    Raises:
        MarksError: ``format_unknown`` or ``file_unavailable``.
    """
    with Source.of(file) as source:
        return detect(source)[1]


def detect(source: Source) -> tuple[Carrier, str]:
    """The carrier that knows a file, and the format's name.

    Raises:
        MarksError: ``format_unknown``.
    """
    head = source.upto(0, HEAD)
    first = [name for at, magic, name in _MAGIC if head.startswith(magic, at)]
    for name in (*first, *_ORDER):
        module = carrier(name)
        found = module.sniff(head, source)
        if found is not None:
            return module, found
    raise unknown_format(source.name)
