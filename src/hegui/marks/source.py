"""A file's bytes by position: from a path, from bytes or from an open file, within a budget.

This and ``files`` are the only modules of the room that touch a file.
"""

import os
from types import TracebackType
from typing import BinaryIO, Self, TypeAlias

from hegui.marks.errors import MarksError, malformed, too_complex

#: What ``read`` and ``write`` take.
File: TypeAlias = str | os.PathLike[str] | bytes | BinaryIO

#: One file costs at most so many reads and so many bytes; a sound file needs far fewer of both.
MAX_READS = 200_000
MAX_BYTES = 128 * 1024 * 1024
#: A file at a path up to this size is read at once: many small reads cost more.
_WHOLE = 256 * 1024


class Source:
    """Bytes at any position, read only.

    Attributes:
        size: bytes in the file.
        name: for messages: the file's name, or ``<bytes>``.
        reads: how many reads are left before the file counts as too complex.
        budget: how many bytes are left before it does.
    """

    __slots__ = ("_close", "_data", "_file", "budget", "name", "reads", "size")

    def __init__(
        self, data: bytes | None, file: BinaryIO | None, name: str, *, close: bool
    ) -> None:
        self._data = data
        self._file = file
        self._close = close
        self.name = name
        self.reads = MAX_READS
        self.budget = MAX_BYTES
        if data is not None:
            self.size = len(data)
        elif file is not None:
            self.size = file.seek(0, os.SEEK_END)

    @classmethod
    def of(cls, file: File) -> Self:
        """Opens a file; bytes and an open file are taken as they are.

        Args:
            file: a path, bytes, or a binary file that can seek; the latter stays open.

        Raises:
            MarksError: ``file_unavailable`` when the path can't be read.
        """
        if isinstance(file, bytes):
            return cls(file, None, "<bytes>", close=False)
        if isinstance(file, str | os.PathLike):
            try:
                return cls._at_path(file, os.path.basename(file))
            except OSError as error:
                raise unavailable(file, error) from error
        return cls(None, file, str(getattr(file, "name", "<file>")), close=False)

    @classmethod
    def _at_path(cls, path: str | os.PathLike[str], name: str) -> Self:
        # By the system's own calls: an object of Python's around a small file costs more than it.
        descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
        try:
            size = os.fstat(descriptor).st_size
            if size <= _WHOLE:  # a device has size 0, and no end
                return cls(os.read(descriptor, size), None, name, close=False)
            opened = open(descriptor, "rb", buffering=0)
            descriptor = -1  # from here on the opened file closes it
            return cls(None, opened, name, close=True)
        finally:
            if descriptor >= 0:
                os.close(descriptor)

    def upto(self, offset: int, length: int) -> bytes:
        """The bytes from ``offset``, at most ``length``: fewer at the end of the file.

        Raises:
            MarksError: ``file_too_complex`` beyond the budget; ``file_unavailable``.
        """
        self.reads -= 1
        data = self._data
        if data is not None:
            found = data[offset : offset + length]
        else:
            found = self._from_file(offset, min(length, max(0, self.size - offset)))
        self.budget -= len(found)
        if self.reads < 0 or self.budget < 0:
            raise too_complex(self.name)
        return found

    def at(self, offset: int, length: int) -> bytes:
        """Exactly ``length`` bytes from ``offset``.

        Raises:
            MarksError: ``file_malformed`` when the file ends before; as ``upto``.
        """
        if offset < 0 or length < 0 or offset + length > self.size:
            raise malformed(self.name, "文件不完整", "it ends too early")
        return self.upto(offset, length)

    def copy(self, start: int, stop: int) -> bytes:
        """Bytes to copy elsewhere, outside the budget; the caller goes in steps of its own size."""
        if self._data is not None:
            return self._data[start:stop]
        return self._from_file(start, stop - start)

    def fileno(self) -> int | None:
        """The descriptor, where there is one, for copies within the kernel."""
        if self._file is None:
            return None
        try:
            return self._file.fileno()
        except OSError:  # a BytesIO has none
            return None

    def _from_file(self, offset: int, length: int) -> bytes:
        if self._file is None or length <= 0:
            return b""
        if length > self.budget and length > MAX_BYTES:
            raise too_complex(self.name)
        try:
            self._file.seek(offset)
            pieces = []
            while length > 0 and (piece := self._file.read(length)):
                pieces.append(piece)
                length -= len(piece)
        except OSError as error:
            raise unavailable(self.name, error) from error
        return b"".join(pieces)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._close and self._file is not None:
            self._file.close()


def unavailable(name: object, error: OSError) -> MarksError:
    """The error for a file that the system refuses.

    Args:
        name: path or name of the file.
        error: what the system said.
    """
    return MarksError(
        "file_unavailable",
        zh=f"{name}：读写不了（{error.strerror}）。请检查路径、权限和磁盘空间。",
        en=f"{name}: can't be read or written ({error.strerror}). "
        "Check the path, the permissions and the space on the disk.",
    )
