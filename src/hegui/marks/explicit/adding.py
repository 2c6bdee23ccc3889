"""Putting an explicit mark into a file: whole or not at all, with the implicit label kept."""

import os
import tempfile
from importlib import import_module
from pathlib import Path
from typing import BinaryIO, Protocol, cast

import msgspec

from hegui.marks import extras, files
from hegui.marks.errors import MarksError
from hegui.marks.explicit.wish import Corner, End, Progress, Wish, checked
from hegui.marks.formats import detect
from hegui.marks.plan import Plan, Span, Wanted
from hegui.marks.reader import contents
from hegui.marks.source import File, Source


class Drawer(Protocol):
    """What each kind of file's module offers."""

    def draw(self, source: Source, format: str, wish: Wish, out: BinaryIO) -> bool:  # noqa: A002
        """Writes the marked file to ``out``; False when the mark is there and nothing is written.

        Raises:
            MarksError: the file is not sound, or can't take the mark.
        """
        ...


class Kind(msgspec.Struct, frozen=True):
    """Who draws on a format.

    Attributes:
        module: in this package.
        extra: of this distribution, that brings the libraries.
        needs: the libraries.
    """

    module: str
    extra: str = ""
    needs: tuple[str, ...] = ()


_PICTURE = Kind("stills", "explicit", ("numpy", "PIL.Image"))
_VIDEO = Kind("video", "video", ("av", "numpy", "PIL.Image"))
_SOUND = Kind("audio", "video", ("av", "numpy"))
KINDS: dict[str, Kind] = {
    **dict.fromkeys(("jpeg", "png", "tiff", "bmp"), _PICTURE),
    **dict.fromkeys(
        ("apng", "webp", "avif", "heic", "heif"), Kind("animation", _PICTURE.extra, _PICTURE.needs)
    ),
    "gif": Kind("gif", _PICTURE.extra, _PICTURE.needs),
    "svg": Kind("svg"),
    **dict.fromkeys(("mp4", "mov", "m4v", "3gp", "matroska", "webm", "flv", "avi"), _VIDEO),
    **dict.fromkeys(("m4a", "mp3", "flac", "ogg", "opus", "adts"), _SOUND),
    "wav": Kind("wav", "explicit", ("numpy",)),
    "pdf": Kind("pdf", "explicit", ("pikepdf",)),
    "docx": Kind("docx"),
    "pptx": Kind("pptx"),
    "xlsx": Kind("xlsx"),
    **dict.fromkeys(("markdown", "html", "text"), Kind("text")),
}


def module_for(format: str) -> Drawer:  # noqa: A002  the word that users know
    """The module that draws on a format, with what it needs loaded.

    Raises:
        MarksError: ``mark_no_place`` for a format that can't show a mark; ``extra_missing``.
    """
    kind = KINDS.get(format)
    if kind is None:
        raise MarksError(
            "mark_no_place",
            zh=f"这里不能给 {format} 文件加显式标识；文件未改动。请在界面中提示，或先转换格式。",
            en=f"No explicit mark can be put into {format} here; the file was left as it is. "
            "Show it in the interface, or convert the file first.",
        )
    for name in kind.needs:
        extras.need(name, kind.extra)
    return cast("Drawer", import_module(f"hegui.marks.explicit.{kind.module}"))


def add(
    file: File,
    *,
    to: str | os.PathLike[str] | BinaryIO | None = None,
    text: str | None = None,
    corner: Corner = "bottom-right",
    throughout: bool = False,
    voice: bool = False,
    at: End = "start",
    progress: Progress | None = None,
) -> bytes | None:
    """Puts the mark that people see or hear into a file (GB 45438-2025, 5.1 to 5.4).

    Pictures and videos get characters in a corner, at least as high as the standard asks, on a
    plate that makes them legible on any ground; sounds get the rhythm 短长 短短 or a voice;
    documents and texts a line. A file that has the mark already stays as it is. The implicit label
    and all other metadata come over. Only what must be drawn on is encoded again, and as it was.

    Args:
        file: a path, bytes, or a binary file that can seek.
        to: a path or a binary file for the result. Without it a path is changed in place, and
            bytes or an open file come back as bytes.
        text: what the mark says, when not the usual words; with both elements of the standard.
        corner: of a picture or a video.
        throughout: on every frame of a video instead of its first two seconds, on every page of a
            PDF and every slide instead of the first.
        voice: a spoken mark in place of the rhythm; needs espeak-ng, or say.
        at: the end of a text or a sound that gets the mark.
        progress: called with a number from 0 to 1 while a video is encoded.

    Returns:
        The new file's bytes when there is no path to write to, else ``None``.

    Raises:
        MarksError: ``mark_text``, ``mark_elements``, ``mark_font``; ``mark_no_place``,
            ``mark_too_large``, ``mark_pixels``, ``mark_codec``, ``mark_signed``, ``mark_voice``,
            ``mark_empty`` when the file can't take it; ``extra_missing``; ``format_unknown``,
            ``file_malformed``, ``file_protected``, ``file_too_complex``, ``file_unavailable``.
            On any error the original is whole.
    """
    wish = Wish(checked(text), corner, throughout, voice, at, progress)
    place = file if to is None and isinstance(file, str | os.PathLike) else to
    folder = Path(place).parent if isinstance(place, str | os.PathLike) else None
    with Source.of(file) as source:
        _, format_ = detect(source)
        drawer = module_for(format_)
        with tempfile.TemporaryFile(dir=folder) as scratch:
            made = cast("BinaryIO", scratch)
            if drawer.draw(source, format_, wish, made):
                with Source.of(made) as new:
                    plan = _labelled(source, new)
                    return files.deliver(place, new, plan, _readable, origin=file, durable=False)
        if place is file:
            return None
        whole = (Span(0, source.size),)
        return files.deliver(place, source, whole, _readable, origin=file, durable=False)


def _labelled(old: Source, new: Source) -> Plan:
    """The new file with the old one's implicit label, written again where encoding lost it."""
    whole = (Span(0, new.size),)
    before = _labels(old)
    if _labels(new) == before:
        return whole
    from hegui.marks.judge import judge  # noqa: PLC0415  read on use: import stays light

    label = judge(contents(old), pins=None, strict=False).label
    if label is None:
        raise MarksError(
            "mark_label_lost",
            zh="文件中的隐式标识不规范，加显式标识时无法原样保留；文件未改动。请先改正隐式标识。",
            en="The file's implicit label is not as the standard has it and would be lost with the "
            "explicit mark; the file was left as it is. Correct the label first.",
        )
    module, format_ = detect(new)
    return module.write(new, format_, Wanted(label))


def _labels(source: Source) -> list[str | dict[str, object]]:
    return [place.value for place in contents(source).places]


def _readable(made: File) -> None:
    """Refuses a result that can't be read back, before it takes its place."""
    with Source.of(made) as source:
        contents(source)
