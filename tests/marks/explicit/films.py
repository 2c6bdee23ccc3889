"""Short videos and sounds for tests, made with PyAV."""

from fractions import Fraction
from io import BytesIO
from typing import Any

import av
import numpy as np


def film(
    kind: str = "mp4",
    codec: str = "libx264",
    *,
    pixels: str = "yuv420p",
    seconds: float = 2.6,
    rate: int = 10,
    size: tuple[int, int] = (192, 144),
    sound: str | None = "aac",
    turn: int = 0,
    metadata: dict[str, str] | None = None,
    settings: dict[str, str] | None = None,
) -> bytes:
    """A moving picture of bars, with a tone."""
    made = BytesIO()
    with av.open(made, "w", kind, options=settings or {}) as out:
        out.metadata.update(metadata or {})
        quality = {"crf": "20"} if "x26" in codec else {}
        picture: Any = out.add_stream(codec, rate=rate, options=quality)
        picture.width, picture.height, picture.pix_fmt = *size, pixels
        if turn:
            picture.set_display_rotation(turn)
        tone: Any = out.add_stream(sound, rate=48000) if sound else None
        if tone is not None:
            tone.codec_context.layout = "stereo"
            tone.codec_context.format = tone.codec_context.codec.audio_formats[0]
        y, x = np.indices((size[1], size[0]))
        for number in range(round(seconds * rate)):
            array = np.stack([(x * 3 + number * 5) % 256, (y * 4) % 256, (x + y) % 256], axis=-1)
            frame = av.VideoFrame.from_ndarray(array.astype(np.uint8), "rgb24")
            frame.pts, frame.time_base = number, Fraction(1, rate)
            out.mux(picture.encode(frame.reformat(format=pixels)))
        out.mux(picture.encode(None))
        if tone is not None:
            for packet in _tone(tone, seconds):
                out.mux(packet)
    return made.getvalue()


def sound(
    kind: str, codec: str, *, rate: int = 48000, layout: str = "stereo", seconds: float = 1.5,
    metadata: dict[str, str] | None = None, settings: dict[str, str] | None = None,
) -> bytes:  # fmt: skip
    """A tone with some noise."""
    made = BytesIO()
    with av.open(made, "w", kind, options=settings or {}) as out:
        out.metadata.update(metadata or {})
        tone: Any = out.add_stream(codec, rate=rate)
        tone.codec_context.layout = layout
        tone.codec_context.format = tone.codec_context.codec.audio_formats[0]
        for packet in _tone(tone, seconds):
            out.mux(packet)
    return made.getvalue()


def _tone(stream: Any, seconds: float) -> Any:
    context = stream.codec_context
    rate, size = context.sample_rate, 1024
    rng = np.random.default_rng(1)
    count = round(seconds * rate)
    wave = 0.2 * np.sin(2 * np.pi * 330 * np.arange(count) / rate) + rng.normal(0, 0.02, count)
    resampler = av.AudioResampler(context.format, context.layout, rate)
    fifo = av.AudioFifo()
    for start in range(0, count, size):
        part = wave[None, start : start + size].astype(np.float32)
        frame = av.AudioFrame.from_ndarray(part, "fltp", "mono")
        frame.sample_rate, frame.pts, frame.time_base = rate, start, Fraction(1, rate)
        for one in resampler.resample(frame):
            fifo.write(one)
        while (whole := fifo.read(context.frame_size or size)) is not None:
            yield from stream.encode(whole)
    last = fifo.read()
    if last is not None:
        yield from stream.encode(last)
    yield from stream.encode(None)


def heard(data: bytes) -> Any:
    """A sound's first channel as decoded."""
    pieces = []
    with av.open(BytesIO(data), "r") as file:
        for frame in file.decode(audio=0):
            array = frame.to_ndarray()
            planar = frame.format.is_planar
            pieces.append(array[0] if planar else array[0][:: frame.layout.nb_channels])
    return np.concatenate(pieces)


def packets(data: bytes, kind: str) -> list[bytes]:
    """A file's packets of one kind of stream, as they are."""
    with av.open(BytesIO(data), "r") as file:
        stream = getattr(file.streams, kind)[0]
        return [bytes(packet) for packet in file.demux(stream) if packet.size]


def pictures(data: bytes) -> list[Any]:
    """A video's frames."""
    with av.open(BytesIO(data), "r") as file:
        return list(file.decode(video=0))
