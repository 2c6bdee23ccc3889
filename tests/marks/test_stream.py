"""A source read as a file, from anywhere in it."""

import io

from hegui.marks.source import Source
from hegui.marks.stream import SourceFile

DATA = bytes(range(256))


def test_it_reads_as_any_file_does() -> None:
    with Source.of(DATA) as source:
        file, other = SourceFile(source), io.BytesIO(DATA)
        for offset, whence, size in [(0, 0, 5), (3, 1, 4), (-10, 2, 20), (0, 0, -1), (300, 0, 5)]:
            assert file.seek(offset, whence) == other.seek(offset, whence)
            assert file.read(size) == other.read(size)
            assert file.tell() == other.tell()


def test_before_the_beginning_is_the_beginning() -> None:
    with Source.of(DATA) as source:
        assert SourceFile(source).seek(-5, io.SEEK_CUR) == 0
