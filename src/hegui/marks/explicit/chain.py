"""The audible mark of Ogg Vorbis as a link of its own: Ogg files may follow each other in one.

Packets of Vorbis need the very code books they were made with, so that the mark's can't stand among
the old ones; but a chain of streams is an Ogg file too (RFC 3533, 4). The old link stays byte for
byte. The encoder at hand makes stereo only, and players expect no change of channels in a chain,
so a mono file can't get the mark in this way.
"""

from fractions import Fraction
from io import BytesIO

import av
import numpy as np
from av.audio.frame import AudioFrame
from av.audio.stream import AudioStream

from hegui.marks.explicit.rhythm import Sound

_ENCODER = "vorbis"
_CHANNELS = 2
#: The encoder's own size of blocks, and a rate at which a tone stays clear.
_BLOCK, _BIT_RATE = 64, 128_000


def fits(stream: AudioStream, name: str) -> bool:
    """Whether a sound can get its mark as a link.

    Args:
        stream: the sound.
        name: its file's format.
    """
    vorbis = stream.codec_context.name in {"vorbis", "libvorbis"}
    return vorbis and name == "ogg" and stream.codec_context.channels == _CHANNELS


def link(mark: Sound, rate: int, metadata: dict[str, str]) -> bytes:
    """The mark as an Ogg Vorbis file.

    Args:
        mark: mono samples.
        rate: samples a second.
        metadata: comments of the file that it goes with; readers look at the first link's.
    """
    made = BytesIO()
    with av.open(made, "w", "ogg", metadata_errors="surrogateescape") as out:
        stream = out.add_stream("vorbis", rate=rate)
        context = stream.codec_context
        context.options = {"strict": "experimental"}  # what the library calls this encoder
        context.layout, context.format, context.bit_rate = "stereo", "fltp", _BIT_RATE
        stream.metadata.update(metadata)
        out.start_encoding()
        size = context.frame_size or _BLOCK
        for start in range(0, len(mark), size):
            part = np.stack([mark[start : start + size]] * _CHANNELS)
            frame = AudioFrame.from_ndarray(part, "fltp", "stereo")
            frame.sample_rate, frame.pts, frame.time_base = rate, start, Fraction(1, rate)
            out.mux(stream.encode(frame))
        out.mux(stream.encode(None))
    return made.getvalue()
