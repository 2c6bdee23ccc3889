"""The audible mark in compressed sounds, before or after the sound.

MP3, AAC and Opus are rows of packets that follow each other freely: the mark is encoded with the
sound's own settings and its packets are put beside the old ones, which stay as they are. Where
that can't be, the sound is encoded anew with its own codec: FLAC and the other lossless ones lose
nothing by it.
"""

import shutil
import tempfile
from collections import deque
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, cast

import av
import numpy as np
from av.audio.codeccontext import AudioCodecContext
from av.audio.frame import AudioFrame
from av.audio.stream import AudioStream
from av.container import InputContainer, OutputContainer
from av.error import FFmpegError
from av.stream import Stream

from hegui.marks.errors import MarksError, malformed
from hegui.marks.explicit import adts, av_files, sounds, tags
from hegui.marks.explicit.rhythm import Sound
from hegui.marks.explicit.wish import Wish
from hegui.marks.source import Source

if TYPE_CHECKING:
    from av.packet import Packet

#: Codecs whose packets may be put side by side, and the encoders that make them.
_PACKETS = {"mp3": "libmp3lame", "aac": "aac", "opus": "libopus"}
#: Codecs that can be encoded anew.
ENCODERS = {
    **_PACKETS,
    **{name: name for name in ("flac", "alac", "ac3", "eac3", "mp2", "wavpack", "tta")},
    "vorbis": "libvorbis",
}
_DECODERS = {"mp3float": "mp3", "libopus": "opus", "libvorbis": "vorbis"}
#: A second of sound when nothing better is known, bits.
_RATE = 128_000


def draw(source: Source, format: str, wish: Wish, out: BinaryIO) -> bool:  # noqa: A002
    """Puts the mark before or after the sound.

    Args:
        source: the sound.
        format: as ``formats.detect`` names it.
        wish: the mark.
        out: gets the new file.

    Returns:
        False when the sound has the mark already; then nothing is written.

    Raises:
        MarksError: ``mark_codec`` for a codec that can't be encoded; ``mark_voice``;
            ``file_malformed``.
    """
    with av_files.opened(source, format) as old:
        rate = rate_of(old, format)
        stream = old.streams.audio[0]
        encoder(stream)
        first = bytes(next(old.demux(stream)))
    mark = sounds.clip(wish, rate)
    if any(sounds.there(end, rate, mark, wish) for end in edges(source, format, mark, rate)):
        return False
    later = Fraction(len(mark), rate) if wish.at == "start" else Fraction(0)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "made"
        with (
            av_files.opened(source, format) as old,
            av_files.begun(path, format, old, later) as new,
        ):
            _Joining(old, new, wish, mark, first).run()
        if format in tags.GRAFTS:
            out.write(tags.GRAFTS[format](source.copy(0, source.size), path.read_bytes()))
            return True
        with path.open("rb") as made:
            shutil.copyfileobj(made, out, 1 << 20)
    return True


def rate_of(old: InputContainer, format: str) -> int:  # noqa: A002
    """Samples a second of a file's sound.

    Raises:
        MarksError: ``file_malformed`` when it holds none.
    """
    if not old.streams.audio:
        raise malformed(format, "没有声音", "it holds no sound")
    return old.streams.audio[0].codec_context.sample_rate


def encoder(stream: AudioStream) -> str:
    """The encoder of a stream's codec.

    Raises:
        MarksError: ``mark_codec``, naming the codec and those that can be encoded.
    """
    name = codec_name(stream)
    found = name if name.startswith("pcm_") else ENCODERS.get(name)
    if found is None or not _available(found):
        able = ", ".join(each for each, made_by in ENCODERS.items() if _available(made_by))
        raise MarksError(
            "mark_codec",
            zh=f"音频编码 {name} 在这里只能解码、不能编码，无法加上标识；文件未改动。"
            f"可编码的有：{able}、PCM。请先转码。",
            en=f"The audio codec {name} can be decoded but not encoded here, so it can't get the "
            f"mark; the file was left as it is. These can: {able}, PCM. Transcode it first.",
        )
    return found


def codec_name(stream: AudioStream) -> str:
    """A stream's codec, by the codec's name and not its decoder's."""
    name = stream.codec_context.name
    return _DECODERS.get(name, name)


def _available(name: str) -> bool:
    try:
        av.codec.Codec(name, "w")
    except (FFmpegError, ValueError):
        return False
    return True


def edges(source: Source, format: str, mark: Sound, rate: int) -> list[Sound]:  # noqa: A002
    """The first and the last stretch of the sound, mono."""
    wanted = sounds.listened(mark, rate)
    with av_files.opened(source, format) as old:
        first, count = _mono(old.decode(old.streams.audio[0]), rate, 2 * wanted)
        length, start = old.duration or 0, old.start_time or 0
    if count < 2 * wanted:
        return [first[:wanted], first[-wanted:]]
    with av_files.opened(source, format) as old:
        # Half as much again, since a place to begin at is found only roughly.
        old.seek(max(0, start + length - round(1.5 * wanted / rate * av.time_base)))
        last, _ = _mono(old.decode(old.streams.audio[0]), rate, None, keep=wanted)
    return [first[:wanted], last]


def _mono(
    frames: Iterator[AudioFrame], rate: int, most: int | None, *, keep: int | None = None
) -> tuple[Sound, int]:
    """Decoded sound as mono, at most so many samples, of which the last ``keep`` are kept."""
    resampler = av.AudioResampler(format="flt", layout="mono", rate=rate)
    pieces: deque[Any] = deque()
    count = held = 0
    for frame in frames:
        for part in resampler.resample(frame):
            pieces.append(part.to_ndarray().ravel())
            count += part.samples
            held += part.samples
        while keep is not None and held - len(pieces[0]) >= keep:
            held -= len(pieces.popleft())
        if most is not None and count >= most:
            break
    whole = np.concatenate(pieces).astype(np.float32) if pieces else np.zeros(0, np.float32)
    return (whole if keep is None else whole[-keep:]), count


class _Joining:
    """One pass over the old file into the new one."""

    def __init__(
        self, old: InputContainer, new: OutputContainer, wish: Wish, mark: Sound, first: bytes
    ) -> None:
        self._first_bytes = first
        self._old = old
        self._new = new
        self._first = wish.at == "start"
        self._mark = mark
        self._name = encoder(old.streams.audio[0])

    def run(self) -> None:
        """Joins mark and sound."""
        sound = self._old.streams.audio[0]
        own = self._own_packets(sound) if codec_name(sound) in _PACKETS else None
        targets: dict[int, Stream] = {}
        for stream in self._old.streams:
            if stream is sound and own is None:
                continue
            made = av_files.copied(self._new, stream)
            if made is not None:
                targets[stream.index] = made
        if own is None:
            self._anew(sound, targets)
        else:
            self._beside(sound, targets, own)

    def _own_packets(self, sound: AudioStream) -> "list[Packet[Any]] | None":
        """The mark in the sound's own coding; ``None`` when the two would not go together."""
        old = sound.codec_context
        context = cast("AudioCodecContext", av.CodecContext.create(self._name, "w"))
        context.sample_rate = old.sample_rate
        context.layout = old.layout
        context.format = (context.codec.audio_formats or [old.format])[0]
        context.bit_rate = sound.bit_rate or old.bit_rate or _RATE
        context.time_base = Fraction(1, old.sample_rate)
        context.open()
        head = adts.head(self._first_bytes) if not old.extradata else None
        settings = old.extradata or (adts.settings(head) if head else b"")
        if not _alike(codec_name(sound), context.extradata or b"", settings):
            return None
        packets: list[Packet[Any]] = []
        # Players leave out as much of the beginning as the old sound's encoder asked for.
        skipped = _skipped(old.extradata or b"") if codec_name(sound) == "opus" else 0
        before = round(skipped * old.sample_rate / 48_000) if self._first else 0
        after = -(len(self._mark) + before) % (context.frame_size or 1)
        whole = np.pad(self._mark, (before, after))
        for frame in _frames(whole, context):
            packets += context.encode(frame)
        packets += context.encode(None)
        return [adts.wrapped(packet, head) for packet in packets] if head else packets

    def _beside(
        self, sound: AudioStream, targets: dict[int, Stream], own: "list[Packet[Any]]"
    ) -> None:
        tick = Fraction(1, sound.codec_context.sample_rate)
        length = sum((packet.duration or 0) * packet.time_base for packet in own)
        at: Fraction = -((-own[0].pts if own[0].pts else 0) * tick)
        if self._first:
            for packet in own:
                self._put(packet, targets[sound.index], at)
                at += (packet.duration or 0) * packet.time_base
        start: Fraction | None = None
        end = Fraction(0)
        for packet in self._old.demux(*[self._old.streams[index] for index in targets]):
            if packet.dts is None:
                continue
            target = targets[packet.stream.index]
            clock = packet.time_base
            if packet.stream is sound:
                if start is None:
                    start = packet.dts * clock
                end = (packet.dts + (packet.duration or 0)) * clock
            move = 0
            if self._first and start is not None:
                move = round((at - start) / clock)
            elif self._first:
                move = round(length / clock)
            packet.pts = packet.pts + move if packet.pts is not None else None
            packet.dts += move
            packet.stream = target
            self._new.mux(packet)
        if not self._first:
            for packet in own:
                self._put(packet, targets[sound.index], end)
                end += (packet.duration or 0) * packet.time_base

    def _put(self, packet: "Packet[Any]", target: Stream, at: Fraction) -> None:
        packet.pts = packet.dts = round(at / packet.time_base)
        packet.stream = target
        self._new.mux(packet)

    def _anew(self, sound: AudioStream, targets: dict[int, Stream]) -> None:
        old = sound.codec_context
        made = cast("AudioStream", self._new.add_stream(self._name, rate=old.sample_rate))
        context = made.codec_context
        context.layout = old.layout
        context.format = old.format
        if sound.bit_rate or old.bit_rate:
            context.bit_rate = sound.bit_rate or old.bit_rate
        made.metadata.update(
            {key: text for key, text in sound.metadata.items() if key.lower() != "encoder"}
        )
        self._new.start_encoding()
        count = 0
        pieces = [self._sound(sound, targets, len(self._mark))]
        pieces.insert(0 if self._first else 1, _frames(self._mark, context))
        fifo = av.AudioFifo()
        for piece in pieces:
            for frame in piece:
                frame.pts, frame.time_base = None, Fraction(1, old.sample_rate)
                fifo.write(frame)
                while (part := fifo.read(context.frame_size or 4096)) is not None:
                    count = self._encode(made, part, count)
        last = fifo.read()
        if last is not None:
            self._encode(made, last, count)
        self._new.mux(made.encode(None))

    def _sound(
        self, sound: AudioStream, targets: dict[int, Stream], frames: int
    ) -> Iterator[AudioFrame]:
        """The old sound; what else the file holds is copied on the way."""
        move = Fraction(frames, sound.codec_context.sample_rate) if self._first else Fraction(0)
        wanted = [sound, *(self._old.streams[index] for index in targets)]
        for packet in self._old.demux(*wanted):
            if packet.stream is sound:
                yield from cast("list[AudioFrame]", packet.decode())
            elif packet.dts is not None:
                on = round(move / packet.time_base)
                packet.pts = packet.pts + on if packet.pts is not None else None
                packet.dts += on
                packet.stream = targets[packet.stream.index]
                self._new.mux(packet)

    def _encode(self, made: AudioStream, part: AudioFrame, count: int) -> int:
        part.pts, part.time_base = count, Fraction(1, made.codec_context.sample_rate)
        self._new.mux(made.encode(part))
        return count + part.samples


def _skipped(head: bytes) -> int:
    """Samples at 48 kHz that are no sound of the file yet (RFC 7845, 5.1)."""
    return int.from_bytes(head[10:12], "little")


def _alike(codec: str, new: bytes, old: bytes) -> bool:
    """Whether packets of one setting can be decoded with the other's."""
    if codec == "aac":
        # Object type, rate and channels; what follows are hints for extensions that are off.
        return len(old) >= 2 and new[:2] == old[:2]
    if codec == "opus":
        return not old or new[9:10] + new[18:] == old[9:10] + old[18:]
    return True


def _frames(mark: Sound, context: AudioCodecContext) -> Iterator[AudioFrame]:
    """A mark as frames in a codec's format and channels; the last may be short."""
    form, layout, rate = context.format, context.layout, context.sample_rate
    size = context.frame_size or 4096
    resampler = av.AudioResampler(format=form, layout=layout, rate=rate)
    for start in range(0, len(mark), size):
        one = AudioFrame.from_ndarray(mark[None, start : start + size], "fltp", "mono")
        one.sample_rate = rate
        one.pts, one.time_base = start, Fraction(1, rate)
        yield from resampler.resample(one)
