"""Large files of real structure: an MP4 with its index before or after, and a PDF of images."""

import os
import shutil
import struct
import subprocess
from pathlib import Path
from typing import BinaryIO

_STEP = 8 * 1024 * 1024


def mp4(path: Path, size: int, *, first: bool) -> None:
    """An MP4 of about ``size`` bytes; ``first`` puts its index before the media data.

    A second of video by ffmpeg, whose media box is filled up behind its last sample.
    """
    small = path.with_suffix(".small.mp4")
    command = ["ffmpeg", "-v", "error", "-y", "-f", "lavfi", "-i", "testsrc=duration=1"]
    command += ["-pix_fmt", "yuv420p", "-movflags", "+faststart" if first else "0"]
    subprocess.run([*command, str(small)], check=True)
    data = small.read_bytes()
    small.unlink()
    boxes = _boxes(data)
    with path.open("wb") as out:
        for kind, start, stop in boxes:
            if kind != b"mdat":
                out.write(data[start:stop])
                continue
            more = size - len(data)
            # The length stays 32 bits wide so that no sample moves.
            out.write(struct.pack(">I4s", stop - start + more, b"mdat") + data[start + 8 : stop])
            _fill(out, more)


def pdf(path: Path, size: int) -> None:
    """A PDF of about ``size`` bytes: pages, and streams that do not compress."""
    import pikepdf

    with pikepdf.new() as made:
        for _ in range(max(1, size // _STEP)):
            page = made.add_blank_page()
            page.obj["/Blob"] = made.make_stream(os.urandom(_STEP))
        made.save(path, compress_streams=False)


def copy(path: Path, to: Path) -> None:
    """The plain copy that writing is measured against."""
    shutil.copyfile(path, to)


def _boxes(data: bytes) -> list[tuple[bytes, int, int]]:
    found, at = [], 0
    while at < len(data):
        (size,) = struct.unpack_from(">I", data, at)
        found.append((data[at + 4 : at + 8], at, at + size))
        at += size
    return found


def _fill(out: BinaryIO, size: int) -> None:
    block = os.urandom(_STEP)
    while size > 0:
        out.write(block[: min(size, _STEP)])
        size -= _STEP
