"""Packages: one part changes, every other byte stays where and as it was."""

import io
import struct
import zipfile
import zlib
from itertools import pairwise
from pathlib import Path

import pytest
from tests.marks.samples.documents import package, parts

from hegui.marks import MarksError
from hegui.marks.carriers import zip_parts
from hegui.marks.carriers.zip_parts import open_archive
from hegui.marks.plan import Span, render
from hegui.marks.source import Source

PARTS = {"mimetype": b"m", "a/b.xml": b"<old/>" * 50, "big.bin": bytes(range(256)) * 40}


def changed(data: bytes, changes: dict[str, bytes]) -> bytes:
    source = Source.of(data)
    return render(source, open_archive(source, "zip").with_parts(changes))


def code(data: bytes, changes: dict[str, bytes]) -> str:
    with pytest.raises(MarksError) as caught:
        changed(data, changes)
    return caught.value.code


def streamed(held: dict[str, bytes]) -> bytes:
    """A package written to a pipe: sizes follow the data."""

    class Pipe(io.BytesIO):
        def seek(self, *_args: int) -> int:
            raise OSError

    out = Pipe()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in held.items():
            archive.writestr(name, data)
    return out.getvalue()


@pytest.mark.parametrize("data", [package(PARTS), package(PARTS, zipfile.ZIP_STORED)])
def test_a_part_is_replaced_in_place_and_one_added_last(data: bytes) -> None:
    new = changed(data, {"A\\B.xml": b"<new/>", "c.xml": b"<c/>"})
    assert parts(new) == {**PARTS, "a/b.xml": b"<new/>", "c.xml": b"<c/>"}
    assert list(parts(new)) == [*PARTS, "c.xml"]
    assert new[: data.index(b"PK\3\4", 4)] == data[: data.index(b"PK\3\4", 4)]


def test_the_other_entries_are_kept_as_raw_bytes() -> None:
    source = Source.of(package(PARTS))
    plan = open_archive(source, "zip").with_parts({"a/b.xml": b"<new/>"})
    kept = sum(piece.stop - piece.start for piece in plan if isinstance(piece, Span))
    assert kept > len(zlib.compress(PARTS["big.bin"])) + 60


def test_twice_the_same_is_the_same() -> None:
    once = changed(package(PARTS), {"a/b.xml": b"<new/>", "c.xml": b"<c/>"})
    assert changed(once, {"a/b.xml": b"<new/>", "c.xml": b"<c/>"}) == once
    other = changed(once, {"a/b.xml": b"<other/>" * 9, "c.xml": b"<cc/>"})
    assert changed(other, {"a/b.xml": b"<new/>", "c.xml": b"<c/>"}) == once


def test_dates_methods_and_comments_stay() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.comment = b"for all"
        info = zipfile.ZipInfo("a", (2001, 2, 3, 4, 5, 6))
        info.comment, info.external_attr, info.extra = b"mine", 0o640 << 16, b"\xfe\xca\2\0ab"
        archive.writestr(info, b"one")
        archive.writestr("b", b"two")
    with zipfile.ZipFile(io.BytesIO(changed(out.getvalue(), {"a": b"three"}))) as archive:
        info = archive.getinfo("a")
        assert info.date_time == (2001, 2, 3, 4, 5, 6)
        assert (info.comment, info.external_attr) == (b"mine", 0o640 << 16)
        assert info.extra == b"\xfe\xca\2\0ab"
        assert archive.comment == b"for all"
        assert archive.read("b") == b"two"


def test_data_descriptors_are_followed() -> None:
    data = streamed(PARTS)
    assert b"PK\7\x08" in data
    new = changed(data, {"a/b.xml": b"<new/>"})
    assert parts(new) == {**PARTS, "a/b.xml": b"<new/>"}
    assert new.count(b"PK\7\x08") == data.count(b"PK\7\x08") - 1


def wide(held: dict[str, bytes]) -> bytes:
    """A package with ZIP64 records, as large files have them."""
    data = package(held)
    end = data.rindex(b"PK\5\6")
    count, size, offset = struct.unpack_from("<HLL", data, end + 10)
    record = struct.pack("<4sQ2H2L4Q", b"PK\6\6", 44, 45, 45, 0, 0, count, count, size, offset)
    locator = struct.pack("<4sLQL", b"PK\6\7", 0, end, 1)
    last = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, 0xFFFF, 0xFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0)
    return data[:end] + record + locator + last


def test_zip64_stays_zip64() -> None:
    new = changed(wide(PARTS), {"a/b.xml": b"<new/>", "c": b"c"})
    assert parts(new) == {**PARTS, "a/b.xml": b"<new/>", "c": b"c"}
    assert new.count(b"PK\6\6") == new.count(b"PK\6\7") == 1


def test_offsets_beyond_four_gigabytes_are_mended(tmp_path: Path) -> None:
    path, made = tmp_path / "large.zip", tmp_path / "new.zip"
    with zipfile.ZipFile(path, "w", allowZip64=True) as archive:
        archive.writestr("first", b"old")
        archive.writestr("last", b"end")
    small = path.read_bytes()
    gap = (1 << 32) + 4096
    # A hole before the last entry, as a large picture would make.
    last, directory = small.index(b"PK\3\4", 4), small.index(b"PK\1\2")
    second = small.index(b"PK\1\2", directory + 4)
    end = small.index(b"PK\5\6")
    record = bytearray(small[second:end])
    struct.pack_into("<L", record, 42, 0xFFFFFFFF)
    struct.pack_into("<H", record, 30, 12)
    record += struct.pack("<2HQ", 1, 8, gap)
    start = gap + directory - last
    size = second - directory + len(record)
    at = start + size
    with path.open("wb") as out:
        out.write(small[:last])
        out.seek(gap)
        out.write(small[last:directory] + small[directory:second] + record)
        out.write(struct.pack("<4sQ2H2L4Q", b"PK\6\6", 44, 45, 45, 0, 0, 2, 2, size, start))
        out.write(struct.pack("<4sLQL", b"PK\6\7", 0, at, 1))
        out.write(struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, 2, 2, size, 0xFFFFFFFF, 0))
    with Source.of(path) as source:
        plan = open_archive(source, "zip").with_parts({"first": b"longer", "new": b"n"})
        with made.open("wb") as out:
            for piece in plan:
                if isinstance(piece, Span) and piece.stop - piece.start > 1 << 20:
                    out.write(source.copy(piece.start, piece.start + 4096))
                    out.seek(piece.stop - piece.start - 8192, 1)
                    out.write(source.copy(piece.stop - 4096, piece.stop))
                else:
                    out.write(render(source, [piece]))
    with zipfile.ZipFile(made) as archive:
        names = archive.namelist()
        assert {name: archive.read(name) for name in names} == {
            "first": b"longer",
            "last": b"end",
            "new": b"n",
        }


def test_bytes_before_and_after_stay() -> None:
    data = b"#!shebang\n" + package(PARTS) + b"trailing"
    new = changed(data, {"a/b.xml": b"<new/>", "c": b"c"})
    assert new.startswith(b"#!shebang\nPK\3\4")
    assert new.endswith(b"trailing")
    assert parts(new[: -len(b"trailing")]) == {**PARTS, "a/b.xml": b"<new/>", "c": b"c"}


@pytest.mark.parametrize(
    "data",
    [
        b"PK\3\4 no directory",
        package(PARTS)[:-30],
        package(PARTS).replace(b"PK\1\2", b"PK\1\3", 1),
        package(PARTS).replace(b"PK\3\4", b"PK\3\5"),
        package(PARTS, zipfile.ZIP_STORED).replace(b"<old/>", b"<odd/>"),
        package(PARTS, zipfile.ZIP_BZIP2),
        package({**PARTS, "A/B.xml": b"twice"}),
    ],
    ids=["no end", "cut", "directory", "offset", "checksum", "method", "twice"],
)
def test_what_is_not_sound_is_refused(data: bytes) -> None:
    assert code(data, {"a/b.xml": b"<new/>"}) == "file_malformed"


def test_an_encrypted_part_is_protected() -> None:
    data = bytearray(package({"a": b"x"}))
    data[data.index(b"PK\1\2") + 8] |= 1
    assert code(bytes(data), {"a": b"new"}) == "file_protected"


def test_overlapping_entries_are_refused() -> None:
    data = bytearray(package({"a": b"x" * 100, "b": b"y" * 100}, zipfile.ZIP_STORED))
    second = data.index(b"PK\1\2", data.index(b"PK\1\2") + 4)
    struct.pack_into("<L", data, second + 42, 5)
    assert code(bytes(data), {"a": b"new"}) == "file_malformed"


def test_a_bomb_is_not_unpacked() -> None:
    data = package({"a": bytes(zip_parts.MAX_PART + 1)})
    assert len(data) < 20_000
    assert code(data, {"a": b"new"}) == "file_too_complex"
    lying = data.replace(struct.pack("<L", zip_parts.MAX_PART + 1), struct.pack("<L", 10))
    assert code(lying, {"a": b"new"}) == "file_too_complex"


def test_the_beginning_of_a_part_needs_no_whole_part() -> None:
    archive = open_archive(Source.of(package(PARTS)), "zip")
    assert archive.opening("A/b.XML", 6) == b"<old/>"
    assert archive.opening("mimetype", 6) == b"m"
    assert archive.opening("none", 6) == b""


def test_entries_stand_one_after_the_other() -> None:
    new = changed(package(PARTS), {"a/b.xml": b"<new/>", "c": b"c"})
    offsets = [entry.offset for entry in open_archive(Source.of(new), "zip").entries]
    assert all(one < two for one, two in pairwise(offsets))
