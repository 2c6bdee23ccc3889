"""A source as a file that other libraries can read."""

import io
import os
from typing import Any

from hegui.marks.source import Source


class SourceFile(io.RawIOBase):
    """Reads a source without its budget: who decodes or signs a file reads every byte."""

    def __init__(self, source: Source) -> None:
        super().__init__()
        self._source = source
        self._at = 0

    def readable(self) -> bool:
        """Always."""
        return True

    def seekable(self) -> bool:
        """Always."""
        return True

    def seek(self, offset: int, whence: int = os.SEEK_SET, /) -> int:
        """Moves as any file does; before the beginning is the beginning."""
        start = {os.SEEK_SET: 0, os.SEEK_CUR: self._at, os.SEEK_END: self._source.size}[whence]
        self._at = max(0, start + offset)
        return self._at

    def readinto(self, buffer: Any, /) -> int:
        """Fills a buffer as far as the file goes; returns how many bytes that were."""
        data = self._source.copy(self._at, min(self._at + len(buffer), self._source.size))
        buffer[: len(data)] = data
        self._at += len(data)
        return len(data)
