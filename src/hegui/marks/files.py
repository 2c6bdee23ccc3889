"""Files written whole or not at all: made beside their place, read back, then renamed.

A small picture is written in less time than ``pathlib`` takes to name it, so paths are texts here.
"""

import errno
import mmap
import os
from collections.abc import Callable
from contextlib import suppress
from io import FileIO
from pathlib import Path
from secrets import token_hex
from typing import BinaryIO

from hegui.marks.errors import malformed
from hegui.marks.plan import STEP, Plan, Span, length, render, steps
from hegui.marks.source import File, Source, unavailable

#: The kernel is asked to copy so much at a time.
_CHUNK = 1 << 30
#: Pieces below this size go with the bytes around them.
_SMALL = 1 << 20


def deliver(
    place: str | os.PathLike[str] | BinaryIO | None,
    source: Source,
    plan: Plan,
    check: Callable[[File], None] | None,
    *,
    origin: File,
    durable: bool,
) -> bytes | None:
    """Puts a new file where it was asked for.

    Args:
        place: a path, a binary file, or ``None`` for bytes.
        source: the file that the plan keeps pieces of.
        plan: the new file.
        check: called with the new file, before it takes its place where the place is a path or
            ``origin`` itself; may refuse by an error.
        origin: what the new file was made from. A path lends its mode, owner and times; an open
            file that is the place as well is overwritten only with what has been made whole.
        durable: at a path, wait until the disk holds it.

    Returns:
        The new file's bytes when there is no place, else ``None``.

    Raises:
        MarksError: as ``replace``.
    """
    if place is None:
        return render(source, plan)
    if isinstance(place, str | os.PathLike):
        like = origin if isinstance(origin, str | os.PathLike) else None
        replace(place, source, plan, check, like=like, durable=durable)
    elif _same(place, origin):
        _onto(place, source, plan, check)
    else:
        pour(source, plan, place)
        place.flush()
        if check is not None and place.readable() and place.seekable():
            check(place)
    return None


def _same(place: BinaryIO, origin: File) -> bool:
    """Whether an open file to write to is the very file that was read."""
    if place is origin or isinstance(origin, bytes):
        return place is origin
    try:
        here = os.stat(origin if isinstance(origin, str | os.PathLike) else origin.fileno())
        return os.path.samestat(here, os.fstat(place.fileno()))
    except OSError:  # a BytesIO has no descriptor
        return False


def _onto(
    place: BinaryIO, source: Source, plan: Plan, check: Callable[[File], None] | None
) -> None:
    """Writes over the open file itself, whose pieces must be had before they are overwritten."""
    import tempfile  # noqa: PLC0415  import stays light

    with tempfile.TemporaryFile(buffering=0) as made:
        pour(source, plan, made)
        if check is not None:
            check(made)
        with Source.of(made) as new:
            place.seek(0)
            pour(new, [Span(0, new.size)], place)
        place.truncate()
        place.flush()


def replace(
    target: str | os.PathLike[str],
    source: Source,
    plan: Plan,
    check: Callable[[Path], None] | None,
    *,
    like: str | os.PathLike[str] | None,
    durable: bool,
) -> None:
    """Writes a plan to a path; on any error the path is what it was.

    Args:
        target: where the new file comes to stand.
        source: the file that the plan keeps pieces of.
        plan: the new file.
        check: called with the new file before it takes its place; may refuse by an error.
        like: an existing file whose mode, owner and times the new one gets, or ``None``.
        durable: wait until the disk holds the file and its name.

    Raises:
        MarksError: ``file_unavailable`` when the system refuses; ``file_malformed`` when the
            source has shrunk meanwhile; whatever ``check`` raises.
    """
    beside = ""
    try:
        if os.path.islink(target):
            target = os.path.realpath(target)  # a link stays a link
        descriptor, beside = _beside(target)
        with open(descriptor, "wb", buffering=0) as out:
            pour(source, plan, out)
            if os.fstat(descriptor).st_size != length(plan):
                raise malformed(source.name, "文件在读取时变短了", "it shrank while it was read")
            _dress(descriptor, like)
            if durable:
                os.fsync(descriptor)
        if check is not None:
            check(Path(beside))
        os.replace(beside, target)
        beside = ""
        if durable:
            _sync_folder(os.path.dirname(target) or ".")
    except OSError as error:
        raise unavailable(target, error) from error
    finally:
        if beside:
            with suppress(FileNotFoundError):
                os.unlink(beside)


def _beside(target: str | os.PathLike[str]) -> tuple[int, str]:
    """A new file in the folder of ``target``, that nobody else can open yet."""
    folder, name = os.path.split(target)
    while True:
        path = os.path.join(folder, f".{name[:48]}.{token_hex(6)}")
        with suppress(FileExistsError):
            return os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY | os.O_CLOEXEC, 0o600), path


def pour(source: Source, plan: Plan, out: BinaryIO) -> None:
    """Writes a plan into an open file, large kept pieces by the kernel where it can."""
    here = source.fileno()
    gathered: list[bytes] = []
    for piece in plan:
        if isinstance(piece, Span) and piece.stop - piece.start >= _SMALL:
            _flush(out, gathered)
            start = piece.start
            # Only an unbuffered file's position is the kernel's own.
            if here is not None and isinstance(out, FileIO):
                start = _copied(here, out, piece)
            piece = Span(start, piece.stop)  # noqa: PLW2901  what the kernel left
        for step in steps(source, (piece,)):
            gathered.append(step)
            if len(step) >= _SMALL or len(gathered) >= 1024:
                _flush(out, gathered)
    _flush(out, gathered)


def _copied(here: int, out: FileIO, span: Span) -> int:
    """Copies by descriptors as far as it goes; returns where to go on by hand."""
    if (out.tell() - span.start) % mmap.PAGESIZE == 0:
        return _in_kernel(here, out, span)
    # Where the pages of the two files lie apart, a buffer of our own is faster than the kernel's.
    start, buffer = span.start, memoryview(bytearray(STEP))
    while start < span.stop:
        done = os.preadv(here, [buffer[: span.stop - start]], start)
        if done == 0:
            break
        piece = buffer[:done]
        while piece:
            piece = piece[out.write(piece) :]
        start += done
    return start


def _in_kernel(here: int, out: FileIO, span: Span) -> int:
    """Copies within the kernel as far as it goes; returns where to go on by hand."""
    start = span.start
    try:
        there = out.fileno()
        while start < span.stop:
            done = os.copy_file_range(here, there, min(_CHUNK, span.stop - start), start)
            if done == 0:
                break
            start += done
    except OSError as error:
        # Other file systems, pipes and in-memory files can't; a full disk is told as such.
        if error.errno in {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO}:
            raise
    return start


def _flush(out: BinaryIO, gathered: list[bytes]) -> None:
    data = memoryview(b"".join(gathered))
    gathered.clear()
    while data:
        data = data[out.write(data) :]


def _dress(descriptor: int, like: str | os.PathLike[str] | None) -> None:
    if like is None:
        mask = os.umask(0)
        os.umask(mask)
        os.fchmod(descriptor, 0o666 & ~mask)
        return
    old = os.stat(like)
    os.fchmod(descriptor, old.st_mode & 0o7777)
    if (old.st_uid, old.st_gid) != (os.geteuid(), os.getegid()) and os.geteuid() == 0:
        os.fchown(descriptor, old.st_uid, old.st_gid)
    os.utime(descriptor, ns=(old.st_atime_ns, old.st_mtime_ns))


def _sync_folder(folder: str) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
