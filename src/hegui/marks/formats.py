"""The formats and the carrier of each, found by content and never by a file's name."""

from collections.abc import Iterable, Mapping
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

#: The carriers to ask first, by a file's first four, three, two or one bytes, or by a form's name
#: at the ninth; the rest are asked in ``_ORDER``.
_STARTS: Mapping[bytes, tuple[str, ...]] = {
    b"\x89PNG": ("png",),
    b"\xff\xd8\xff": ("jpeg",),
    b"GIF8": ("gif",),
    b"%PDF": ("pdf",),
    b"fLaC": ("flac",),
    b"ID3": ("flac", "mp3"),
    b"PK\x03\x04": ("ooxml",),
    b"BM": ("refused",),
    b"OggS": ("ogg",),
    b"\x1aE\xdf\xa3": ("matroska",),
    b"FLV": ("flv",),
    b"II": ("tiff",),
    b"MM": ("tiff",),
    b"<": ("pdf", "svg", "html"),  # a PDF may have other bytes before it
}
_FORMS: Mapping[bytes, tuple[str, ...]] = {
    b"WEBP": ("webp",),
    b"WAVE": ("wav",),
    b"AVI ": ("avi",),
}
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
    first = _first(head)
    found = _asked(first, head, source)
    if found is None:
        found = _asked([name for name in _ORDER if name not in first], head, source)
    if found is None:
        raise unknown_format(source.name)
    return found


def _asked(names: Iterable[str], head: bytes, source: Source) -> tuple[Carrier, str] | None:
    for name in names:
        module = carrier(name)
        found = module.sniff(head, source)
        if found is not None:
            return module, found
    return None


def _first(head: bytes) -> tuple[str, ...]:
    if head[4:8] == b"ftyp":  # what stands before it is a size
        return ("heif",)
    return (
        _STARTS.get(head[:4])
        or _STARTS.get(head[:3])
        or _STARTS.get(head[:2])
        or _STARTS.get(head[:1])
        or _FORMS.get(head[8:12], ())
    )
