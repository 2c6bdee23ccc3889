"""Marks on videos: from the first frame for as long as the standard asks, or throughout.

The picture is encoded anew with its own codec, size, frame times and colours; sound and subtitles
come over as they are.
"""

import os
import shutil
import tempfile
from fractions import Fraction
from pathlib import Path
from typing import BinaryIO, cast

import av
from av.codec.context import Flags
from av.container import InputContainer, OutputContainer
from av.error import FFmpegError
from av.stream import Disposition, Stream
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from hegui.marks.errors import MarksError, malformed
from hegui.marks.explicit import audio, av_files, film, find, image
from hegui.marks.explicit.plate import Plate, fit
from hegui.marks.explicit.standard import standard
from hegui.marks.explicit.wish import PICTURE_TEXT, Corner, Wish
from hegui.marks.source import Source

#: Codecs that can be encoded: the encoder, and settings at which no loss is seen.
ENCODERS: dict[str, tuple[str, dict[str, str]]] = {
    "h264": ("libx264", {"crf": "17", "preset": "medium"}),
    "hevc": ("libx265", {"crf": "19", "preset": "medium", "x265-params": "log-level=error"}),
    "vp8": ("libvpx", {"crf": "6", "deadline": "good", "cpu-used": "2"}),
    "vp9": ("libvpx-vp9", {"crf": "22", "deadline": "good", "cpu-used": "3", "row-mt": "1"}),
    "av1": ("libsvtav1", {"crf": "22", "preset": "8"}),
    "mpeg4": ("mpeg4", {}),
    "mjpeg": ("mjpeg", {}),
    "mpeg1video": ("mpeg1video", {}),
    "mpeg2video": ("mpeg2video", {}),
    "flv1": ("flv", {}),
    "h263": ("h263", {}),
    "msmpeg4v2": ("msmpeg4v2", {}),
    "msmpeg4v3": ("msmpeg4", {}),
    "wmv1": ("wmv1", {}),
    "wmv2": ("wmv2", {}),
    "prores": ("prores_ks", {}),
    "dnxhd": ("dnxhd", {}),
    "ffv1": ("ffv1", {}),
    "huffyuv": ("huffyuv", {}),
    "ffvhuff": ("ffvhuff", {}),
    "utvideo": ("utvideo", {}),
    "png": ("png", {}),
    "rawvideo": ("rawvideo", {}),
}
#: Decoders that are not called as their codec.
_DECODERS = {"libdav1d": "av1", "libvpx": "vp8", "libvpx-vp9": "vp9", "flv": "flv1"}
#: Encoders with a scale of quality of their own, asked for its best but one.
_BY_SCALE = {
    "mpeg4", "mjpeg", "mpeg1video", "mpeg2video", "flv1", "h263", "msmpeg4v2", "msmpeg4v3", "wmv1",
    "wmv2",
}  # fmt: skip
_SCALE = 2 * 118
#: Profiles that old players need, kept.
_PROFILES = {"Baseline": "baseline", "Constrained Baseline": "baseline", "Main": "main"}
#: MPEG-4's clock has 16 bits.
_COARSE_CLOCK = 65_535
_CORNERS: tuple[Corner, ...] = ("bottom-right", "bottom-left", "top-right", "top-left")


def draw(source: Source, format: str, wish: Wish, out: BinaryIO) -> bool:  # noqa: A002
    """Draws the mark and writes the new video; a file without a picture gets the audible mark.

    Args:
        source: the video.
        format: as ``formats.detect`` names it.
        wish: the mark; ``progress`` is told how much is encoded.
        out: gets the new file.

    Returns:
        False when the video shows the mark already; then nothing is written.

    Raises:
        MarksError: ``mark_codec`` for a codec that can't be encoded; ``mark_pixels``,
            ``mark_too_large``, ``mark_font``; ``file_malformed``.
    """
    with av_files.opened(source, format) as old:
        moving = films(old)
        if not moving:
            return audio.draw(source, format, wish, out)
        for stream in moving:
            encoder(stream)
        first = _first_frames(old, moving)
        if len(first) < len(moving):
            raise malformed(format, "没有可解码的画面", "no frame of it can be decoded")
    if shown(source, format, wish):
        return False
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "made"
        with av_files.opened(source, format) as old, av_files.begun(path, format, old) as new:
            _Encoding(old, new, wish, first).run()
        with path.open("rb") as made:
            shutil.copyfileobj(made, out, 1 << 20)
    return True


def encoder(stream: VideoStream) -> tuple[str, dict[str, str]]:
    """The encoder of a stream's codec, and its settings.

    Raises:
        MarksError: ``mark_codec``, naming the codec and those that can be encoded.
    """
    name = stream.codec_context.name if stream.codec_context is not None else "unknown"
    name = _DECODERS.get(name, name)
    found = ENCODERS.get(name)
    if found is None or not _available(found[0]):
        able = ", ".join(each for each, (made_by, _) in ENCODERS.items() if _available(made_by))
        raise MarksError(
            "mark_codec",
            zh=f"视频编码 {name} 在这里只能解码、不能编码，无法加上标识；文件未改动。"
            f"可编码的有：{able}。请先转码。",
            en=f"The video codec {name} can be decoded but not encoded here, so it can't get the "
            f"mark; the file was left as it is. These can: {able}. Transcode it first.",
        )
    return found


def _available(name: str) -> bool:
    try:
        av.codec.Codec(name, "w")
    except (FFmpegError, ValueError):
        return False
    return True


def films(old: InputContainer) -> list[VideoStream]:
    """A file's moving pictures; the cover of a sound is none."""
    covers = Disposition.attached_pic
    return [stream for stream in old.streams.video if not stream.disposition & covers]


def plates(frame: VideoFrame, wish: Wish) -> list[Plate]:
    """The mark as it would lie in a frame: where it is wished first, then in the other corners."""
    turn = film.turned(frame)
    size = (frame.width, frame.height)
    corners = dict.fromkeys((wish.corner, *_CORNERS))
    text, ratio = wish.words(PICTURE_TEXT), standard().video_height.value
    upright = [fit(*image.shown(size, turn), text, corner, ratio) for corner in corners]
    return [film.laid(plate, size, turn) for plate in upright]


def seconds_shown(source: Source, format: str, wish: Wish) -> tuple[float, float]:  # noqa: A002
    """How long a mark is shown without a break from the first frame on.

    Returns:
        Seconds with the mark, and seconds that were looked at: as many as the standard asks for,
        or fewer in a shorter video.
    """
    needed = standard().video_seconds.value
    with av_files.opened(source, format) as old:
        stream = films(old)[0]
        start: float | None = None
        marks: list[Plate] = []
        end = 0.0
        for frame in old.decode(stream):
            time = frame.time or 0.0
            if start is None:
                start, marks = time, plates(frame, wish)
                light = image.upright(film.light(frame), film.turned(frame))
                if not film.shows(frame, marks) and find.search(light) is None:
                    return 0.0, needed
            if time - start >= needed:
                return needed, needed
            if not film.shows(frame, marks):
                light = image.upright(film.light(frame), film.turned(frame))
                if find.search(light) is None:
                    return time - start, needed
            end = time - start + _length(frame, stream)
        return end, end


def _length(frame: VideoFrame, stream: VideoStream) -> float:
    if frame.duration and frame.time_base:
        return float(frame.duration * frame.time_base)
    return float(1 / (stream.average_rate or 25))


def shown(source: Source, format: str, wish: Wish) -> bool:  # noqa: A002
    """Whether the video has the mark already, as long as it is wished."""
    there, looked = seconds_shown(source, format, wish)
    if there < looked or there == 0:
        return False
    return not wish.throughout or _last_shows(source, format, wish)


def _last_shows(source: Source, format: str, wish: Wish) -> bool:  # noqa: A002
    with av_files.opened(source, format) as old:
        stream = films(old)[0]
        if old.duration:
            old.seek(max(0, old.duration + (old.start_time or 0) - av.time_base))
        last: VideoFrame | None = None
        for frame in old.decode(stream):
            last = frame
        return last is not None and film.shows(last, plates(last, wish))


class _Encoding:
    """One pass over the old file into the new one."""

    def __init__(
        self, old: InputContainer, new: OutputContainer, wish: Wish, first: dict[int, VideoFrame]
    ) -> None:
        self._first = first
        self._old = old
        self._new = new
        self._wish = wish
        self._streams: dict[int, Stream] = {}
        self._marks: dict[int, list[Plate]] = {}
        self._starts: dict[int, float] = {}
        self._last: dict[int, int] = {}

    def run(self) -> None:
        """Encodes pictures, copies the rest."""
        first = self._first
        for stream in self._old.streams:
            made: Stream | None
            if stream.index in first:
                made = self._film(cast("VideoStream", stream), first[stream.index])
            else:
                made = av_files.copied(self._new, stream)
            if made is not None:
                self._streams[stream.index] = made
        for packet in self._old.demux(*[self._old.streams[i] for i in self._streams]):
            target = self._streams[packet.stream.index]
            if packet.stream.index in first:
                for frame in cast("list[VideoFrame]", packet.decode()):
                    self._frame(packet.stream.index, frame)
            elif packet.dts is not None:
                packet.stream = target
                self._new.mux(packet)
        for index in first:
            self._new.mux(cast("VideoStream", self._streams[index]).encode(None))
        self._wish.done(1)

    def _film(self, stream: VideoStream, frame: VideoFrame) -> VideoStream:
        name, settings = encoder(stream)
        codec = stream.codec_context
        settings = dict(settings)
        pixels = frame.format.name
        if name == "libsvtav1":
            os.environ.setdefault("SVT_LOG", "1")  # or it tells its settings on standard error
        if name == "libx264" and frame.format.is_rgb:
            name, pixels = "libx264rgb", "rgb24"
        if pixels not in {each.name for each in av.codec.Codec(name, "w").video_formats or ()}:
            raise image.unfit(pixels)
        profile = _PROFILES.get(codec.profile or "")
        if name == "libx264" and profile:
            settings["profile"] = profile
        if frame.interlaced_frame:
            settings["flags"] = "+ildct+ilme"
        made = cast(
            "VideoStream",
            self._new.add_stream(name, rate=stream.average_rate or 25, options=settings),
        )
        own = made.codec_context
        made.width, made.height = frame.width, frame.height
        made.pix_fmt = pixels
        if stream.sample_aspect_ratio:
            own.sample_aspect_ratio = stream.sample_aspect_ratio
        own.time_base = _clock(stream, name)
        made.time_base = stream.time_base
        own.color_range, own.colorspace = frame.color_range, frame.colorspace
        own.color_primaries, own.color_trc = frame.color_primaries, frame.color_trc
        own.flags |= Flags.frame_duration
        if codec.name == "hevc":
            own.codec_tag = "hvc1" if codec.codec_tag == "hvc1" else own.codec_tag
        self._rate(made, stream)
        made.metadata.update(
            {key: text for key, text in stream.metadata.items() if key.lower() != "encoder"}
        )
        made.disposition = stream.disposition
        made.set_display_matrix(film.matrix(frame))
        return made

    def _rate(self, made: VideoStream, stream: VideoStream) -> None:
        """Bounds the new picture's size where the old one's is known."""
        own, old = made.codec_context, stream.codec_context
        codec = _DECODERS.get(old.name, old.name)
        if codec in _BY_SCALE:
            own.qscale = True
            own.global_quality = _SCALE
        elif codec == "vp8":
            # Its quality holds only below a rate.
            own.bit_rate = max(4 * (old.bit_rate or 0), 8_000_000)
        elif codec == "vp9":
            own.bit_rate = 0

    def _put_in_order(self, index: int, frame: VideoFrame) -> None:
        """Gives a frame a time after the last one's; some files tell times out of order."""
        told = frame.dts if self._old.format.name == "avi" else frame.pts
        last = self._last.get(index)
        if told is None or (last is not None and told <= last):
            told = 0 if last is None else last + 1
        self._last[index] = frame.pts = told

    def _frame(self, index: int, frame: VideoFrame) -> None:
        self._put_in_order(index, frame)
        time = frame.time or 0.0
        start = self._starts.setdefault(index, time)
        if index not in self._marks:
            self._marks[index] = plates(frame, self._wish)
        long_enough = time - start >= standard().video_seconds.value
        if (self._wish.throughout or not long_enough) and not film.shows(frame, self._marks[index]):
            frame.make_writable()
            film.draw(frame, self._marks[index][0])
        frame.pict_type = 0
        self._new.mux(cast("VideoStream", self._streams[index]).encode(frame))
        if self._old.duration:
            self._wish.done(time / (self._old.duration / av.time_base))


def _first_frames(old: InputContainer, moving: list[VideoStream]) -> dict[int, VideoFrame]:
    """The first frame of each picture: it tells how pixels lie and how they are turned."""
    found: dict[int, VideoFrame] = {}
    for packet in old.demux(*moving):
        for frame in packet.decode():
            found.setdefault(packet.stream.index, cast("VideoFrame", frame))
        if len(found) == len(moving):
            break
    return found


def _clock(stream: VideoStream, encoder_name: str) -> Fraction:
    """The unit of frame times; some codecs can't have a fine one."""
    clock = stream.time_base or Fraction(1, 25)
    if encoder_name in _BY_SCALE | {"flv", "msmpeg4"} and clock.denominator > _COARSE_CLOCK:
        return 1 / (stream.average_rate or Fraction(25))
    return clock
