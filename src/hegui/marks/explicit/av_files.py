"""Opening sounds and videos from a source, and beginning a new file like the old one."""

from collections.abc import Iterator
from contextlib import contextmanager
from fractions import Fraction
from pathlib import Path

import av
from av.container import InputContainer, OutputContainer
from av.error import FFmpegError
from av.stream import AttachmentStream, Stream

from hegui.marks.errors import malformed
from hegui.marks.source import Source
from hegui.marks.stream import SourceFile

#: What the library calls our formats when it writes them.
_MUXERS = {
    "mp4": "mp4", "m4v": "mp4", "mov": "mov", "3gp": "3gp", "m4a": "mp4", "matroska": "matroska",
    "webm": "webm", "flv": "flv", "avi": "avi", "mp3": "mp3", "flac": "flac", "ogg": "ogg",
    "opus": "opus", "adts": "adts",
}  # fmt: skip
_ISO = {"mp4", "m4v", "mov", "3gp", "m4a"}
#: What ISO files hold in iTunes' way; other names need QuickTime's keys.
_PLAIN_KEYS = {
    "major_brand", "minor_version", "compatible_brands", "encoder", "creation_time", "title",
    "artist", "album_artist", "album", "composer", "comment", "genre", "date", "copyright",
    "description", "synopsis", "grouping", "lyrics", "show", "episode_id", "network", "track",
    "disc", "keywords", "media_type", "hd_video", "gapless_playback", "compilation",
}  # fmt: skip


@contextmanager
def opened(source: Source, format: str) -> Iterator[InputContainer]:  # noqa: A002  as in carriers
    """A sound or video, the library's errors told as ours.

    Raises:
        MarksError: ``file_malformed``.
    """
    try:
        with av.open(SourceFile(source), "r", metadata_errors="surrogateescape") as container:
            yield container
    except (FFmpegError, UnicodeError, IndexError) as error:
        raise malformed(
            format, f"音视频解码失败：{error}", f"it can't be decoded: {error}"
        ) from error


@contextmanager
def begun(
    path: Path,
    format: str,  # noqa: A002
    old: InputContainer,
    later: Fraction = Fraction(0),
) -> Iterator[OutputContainer]:
    """A new file of the same format, with the metadata and chapters of the old one.

    Args:
        path: where it is written.
        format: as ``formats.detect`` names it.
        old: the old file.
        later: how much later its chapters come, seconds.
    """
    metadata = {key: value for key, value in old.metadata.items() if key.lower() != "encoder"}
    options = {}
    brand = metadata.get("major_brand", "")
    if _MUXERS[format] == "mp4" and len(brand) == 4:
        options["brand"] = brand
    if format in _ISO:
        flags = ["faststart"]
        if any(key not in _PLAIN_KEYS and key != "AIGC" for key in metadata):
            flags.append("use_metadata_tags")
        else:
            metadata.pop("AIGC", None)
        options["movflags"] = "+" + "+".join(flags)
    with av.open(
        str(path), "w", _MUXERS[format], options=options, metadata_errors="surrogateescape"
    ) as new:
        new.metadata.update(metadata)
        chapters = old.chapters()
        for chapter in chapters:
            move = round(later / (chapter["time_base"] or 1))
            chapter["start"] += move
            chapter["end"] += move
        if chapters:
            new.set_chapters(chapters)
        yield new


def copied(new: OutputContainer, stream: Stream) -> Stream | None:
    """A stream of the new file for packets of the old one's as they are.

    Returns:
        ``None`` for a stream without packets, and for data that the format's writer doesn't know.
    """
    if isinstance(stream, AttachmentStream):
        name = stream.name or "attachment"
        new.add_attachment(name, stream.mimetype or "application/octet-stream", stream.data)
        return None
    if stream.type not in {"audio", "video", "subtitle"}:
        return None
    made = new.add_stream_from_template(stream)
    made.metadata.update(stream.metadata)
    made.disposition = stream.disposition
    return made
