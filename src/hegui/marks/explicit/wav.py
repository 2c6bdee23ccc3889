"""The audible mark in WAV, RF64 and BW64: new samples before or after the sound, at its own rate.

No sample of the sound changes. Places that are counted in samples move along: cue points, loops,
the number of samples, and the time reference of Broadcast WAV.
"""

import struct
from typing import Any, BinaryIO

import msgspec
import numpy as np
import numpy.typing as npt

from hegui.marks.carriers.riff import UNKNOWN, Chunk, Form, chunks, form, size_field
from hegui.marks.errors import MarksError, malformed
from hegui.marks.explicit import sounds
from hegui.marks.explicit.rhythm import Sound
from hegui.marks.explicit.wish import Wish
from hegui.marks.plan import Piece, Span, length, steps
from hegui.marks.source import Source

_PCM, _FLOAT, _ALAW, _MULAW, _EXTENSIBLE = 1, 3, 6, 7, 0xFFFE
#: Chunks of places in samples are small.
_MOST = 1 << 20


class Layout(msgspec.Struct, frozen=True):
    """How samples are stored.

    Attributes:
        coding: 1 integer, 3 floating point, 6 A-law, 7 µ-law.
        channels: samples to a frame.
        rate: frames a second.
        bits: to a sample, as it is stored.
    """

    coding: int
    channels: int
    rate: int
    bits: int

    @property
    def frame(self) -> int:
        """Bytes to a frame."""
        return self.channels * self.bits // 8


class Wave(msgspec.Struct, frozen=True):
    """A file's parts: the outermost form, its chunks, the sound's chunk and layout."""

    form: Form
    chunks: tuple[Chunk, ...]
    data: Chunk
    layout: Layout


def draw(source: Source, format: str, wish: Wish, out: BinaryIO) -> bool:  # noqa: A002, ARG001
    """Puts the mark before or after the sound.

    Args:
        source: the sound.
        format: ``wav``.
        wish: the mark.
        out: gets the new file.

    Returns:
        False when the sound has the mark there already; then nothing is written.

    Raises:
        MarksError: ``mark_codec`` for samples that aren't plain; ``mark_voice``;
            ``file_malformed``.
    """
    wave = read(source)
    mark = sounds.clip(wish, wave.layout.rate)
    ends = edges(source, wave, sounds.listened(mark, wave.layout.rate))
    if any(sounds.there(end, wave.layout.rate, mark, wish) for end in ends):
        return False
    new = encoded(mark, wave.layout)
    out.writelines(steps(source, _plan(source, wave, new, len(mark), wish.at == "start")))
    return True


def read(source: Source) -> Wave:
    """Takes a file apart.

    Raises:
        MarksError: ``file_malformed``; ``mark_codec``.
    """
    outer = form(source)
    sizes: dict[bytes, int] = {}
    first = next(chunks(source, outer.body, outer.stop), None)
    if first is not None and first.id == b"ds64" and first.size >= 16:
        whole, data = struct.unpack("<QQ", source.at(first.data, 16))
        sizes = {b"data": data}
        outer = msgspec.structs.replace(outer, stop=min(8 + whole, source.size))
    found = tuple(chunks(source, outer.body, outer.stop, sizes))
    told = next((chunk for chunk in found if chunk.id == b"fmt "), None)
    sound = next((chunk for chunk in found if chunk.id == b"data"), None)
    if told is None or sound is None or told.size < 16:
        raise malformed("wav", "缺少 fmt 或 data 块", "it has no fmt or data chunk")
    return Wave(outer, found, sound, _layout(source.at(told.data, min(told.size, 40))))


def _layout(data: bytes) -> Layout:
    coding, channels, rate, _, block, bits = struct.unpack_from("<HHIIHH", data)
    if coding == _EXTENSIBLE and len(data) >= 26:
        coding = struct.unpack_from("<H", data, 24)[0]
    stored = block * 8 // channels if channels else 0
    plain = {_PCM: (8, 16, 24, 32), _FLOAT: (32, 64), _ALAW: (8,), _MULAW: (8,)}
    if stored not in plain.get(coding, ()) or not rate:
        raise MarksError(
            "mark_codec",
            zh=f"WAV 的采样编码（{coding:#x}，{bits} 位）不能直接加标识；文件未改动。"
            "请先转为 PCM。",
            en=f"Samples coded in this way ({coding:#x}, {bits} bits) can't take the mark as they "
            "are; the file was left as it is. Convert the WAV to PCM first.",
        )
    return Layout(coding, channels, rate, stored)


def edges(source: Source, wave: Wave, frames: int) -> list[Sound]:
    """The first and the last frames of the sound, mono."""
    frame, data = wave.layout.frame, wave.data
    count = data.size // frame
    some = min(frames, count)
    last = data.data + (count - some) * frame
    return [decoded(source.at(start, some * frame), wave.layout) for start in (data.data, last)]


def decoded(data: bytes, layout: Layout) -> Sound:
    """Stored frames as mono samples."""
    raw = np.frombuffer(data, dtype=np.uint8).reshape(-1, layout.bits // 8)
    wide: npt.NDArray[Any]
    if layout.coding == _FLOAT:
        wide = np.nan_to_num(raw.copy().view(f"<f{layout.bits // 8}")[:, 0])
    elif layout.coding in {_ALAW, _MULAW}:
        wide = _expanded(layout.coding)[raw[:, 0]]
    elif layout.bits == 8:
        wide = (raw[:, 0].astype(np.float32) - 128) / 128
    else:
        full = np.zeros((len(raw), 4), dtype=np.uint8)
        full[:, 4 - raw.shape[1] :] = raw
        wide = full.view("<i4")[:, 0] / 2.0**31
    return np.asarray(wide.reshape(-1, layout.channels).mean(axis=1), dtype=np.float32)


def encoded(sound: Sound, layout: Layout) -> bytes:
    """Mono samples as stored frames, the same in every channel."""
    wide = np.repeat(sound.astype(np.float64), layout.channels)
    if layout.coding == _FLOAT:
        return wide.astype(f"<f{layout.bits // 8}").tobytes()
    if layout.coding in {_ALAW, _MULAW}:
        table = _expanded(layout.coding)
        order = np.argsort(table)
        steps_ = (table[order][1:] + table[order][:-1]) / 2
        return order[np.searchsorted(steps_, wide)].astype(np.uint8).tobytes()
    if layout.bits == 8:
        return np.rint(wide * 127 + 128).astype(np.uint8).tobytes()
    full = np.rint(wide * (2.0 ** (layout.bits - 1) - 1)).astype("<i4")
    return full.view(np.uint8).reshape(-1, 4)[:, : layout.bits // 8].tobytes()


def _expanded(coding: int) -> npt.NDArray[np.float64]:
    """The 256 values of A-law or µ-law (ITU-T G.711), -1 to 1."""
    code = np.arange(256)
    if coding == _MULAW:
        code = ~code & 0xFF
        size = (((code & 0x0F) << 3) + 0x84 << ((code & 0x70) >> 4)) - 0x84
        return np.where(code & 0x80, -size, size) / 32768
    code = code ^ 0x55
    part, power = (code & 0x0F) << 4, (code & 0x70) >> 4
    size = np.where(power > 0, (part + 0x108) << np.maximum(power - 1, 0), part + 8)
    return np.where(code & 0x80, size, -size) / 32768


def _plan(source: Source, wave: Wave, new: bytes, frames: int, first: bool) -> list[Piece]:
    data, outer = wave.data, wave.form
    body: list[Piece] = []
    for chunk in wave.chunks:
        whole = Span(chunk.start, chunk.stop)
        if chunk == data:
            sound: list[Piece] = [Span(data.data, data.data + data.size)]
            sound.insert(0 if first else 1, new)
            size = data.size + len(new)
            field = source.at(data.start + 4, 4)
            if int.from_bytes(field, "little") not in {0, UNKNOWN}:
                field = size_field(size, "wav")
            body += [data.id, field, *sound]
            if data.whole:
                body.append(b"\0" * (size % 2))
        else:
            body.append(_moved(source, chunk, len(new), frames, first) or whole)
    body.append(Span(wave.chunks[-1].stop, outer.stop))
    head = source.at(0, 12)
    grown = length(body) - (outer.stop - outer.body)
    if outer.declared not in {0, UNKNOWN}:
        head = head[:4] + size_field(outer.declared + grown, "wav") + head[8:]
    return [head, *_large(source, body, grown), Span(outer.stop, source.size)]


def _large(source: Source, body: list[Piece], grown: int) -> list[Piece]:
    """The sizes in 64 bits, where the file has them, moved along with the padding."""
    first = body[0]
    if isinstance(first, bytes) and first[:4] == b"ds64":
        whole = struct.unpack("<Q", source.at(20, 8))[0]
        body[0] = first[:8] + struct.pack("<Q", whole + grown) + first[16:]
    return body


def _moved(source: Source, chunk: Chunk, size: int, frames: int, first: bool) -> bytes | None:
    """A chunk that counts samples, brought up to date; ``None`` for one that stays."""
    if chunk.id not in {b"ds64", b"fact", b"cue ", b"smpl", b"bext"} or chunk.size > _MOST:
        return None
    data = bytearray(source.at(chunk.data, chunk.stop - chunk.data))
    on = frames if first else 0
    if chunk.id == b"ds64" and chunk.size >= 24:
        _add(data, "<Q", 8, size)
        _add(data, "<Q", 16, frames)
    elif chunk.id == b"fact" and chunk.size >= 4:
        _add(data, "<I", 0, frames)
    elif chunk.id == b"cue ":
        for at in range(4, chunk.size - 23, 24):
            _add(data, "<I", at + 4, on)
            _add(data, "<I", at + 20, on)
    elif chunk.id == b"smpl":
        for at in range(36, chunk.size - 23, 24):
            _add(data, "<I", at + 8, on)
            _add(data, "<I", at + 12, on)
    elif chunk.id == b"bext" and chunk.size >= 346:
        _add(data, "<Q", 338, -on)
    return source.at(chunk.start, 8) + bytes(data)


def _add(data: bytearray, kind: str, at: int, more: int) -> None:
    """Counts on; a number that would leave its range stays, since it meant something else."""
    value = struct.unpack_from(kind, data, at)[0] + more
    if 0 <= value < 1 << 8 * struct.calcsize(kind):
        struct.pack_into(kind, data, at, value)
