import struct
from pathlib import Path

import pytest
from tests.marks.carriers.media_tools import (
    FIRST,
    HARD,
    hashed,
    holds,
    probed,
    read,
    refused,
    spans,
    text,
    write,
)
from tests.marks.samples.media import sample
from tests.marks.samples.sound import info, xmp

from hegui.marks import Label
from hegui.marks.carriers.riff import packed

FRAME = packed(b"00dc", b"picture ")
MOVI = packed(b"LIST", b"movi" + FRAME * 3)
OLD = text(HARD)


def listed(name: bytes, *chunks: bytes) -> bytes:
    return packed(b"LIST", name + b"".join(chunks))


def header(*chunks: bytes) -> bytes:
    return listed(b"hdrl", packed(b"avih", bytes(56)), listed(b"strl", *chunks))


def junk(size: int) -> bytes:
    return packed(b"JUNK", b"a note".ljust(size, b"\0"))


def index(base: int) -> bytes:
    """Offsets of the frames, the first being ``base``."""
    return packed(
        b"idx1",
        b"".join(b"00dc" + struct.pack("<III", 16, base + 16 * turn, 8) for turn in range(3)),
    )


def avi(*chunks: bytes, more: bytes = b"") -> bytes:
    body = b"AVI " + b"".join(chunks)
    return b"RIFF" + struct.pack("<I", len(body)) + body + more


def frames(data: bytes) -> int:
    return data.index(b"movi")


def test_the_label_takes_its_room_from_junk_and_nothing_moves() -> None:
    data = avi(header(), info(ISFT="maker"), junk(1000), MOVI, index(4))
    made = write(data)
    holds(made)
    assert len(made) == len(data)
    assert made[frames(data) :] == data[frames(data) :]
    assert info(ISFT="maker", AIGC=text()) in made
    assert b"a note" in made


def test_a_list_is_made_behind_the_header() -> None:
    made = write(avi(header(), junk(1000), MOVI))
    assert made.startswith(avi(header(), info(AIGC=text()))[12:], 12)
    assert len(made) == len(avi(header(), junk(1000), MOVI))


def test_junk_that_is_used_up_goes() -> None:
    room = len(info(AIGC=text()))
    data = avi(header(), junk(room - 8), MOVI)
    assert write(data) == avi(header(), info(AIGC=text()), MOVI)


def test_a_shorter_label_leaves_junk() -> None:
    long = write(avi(header(), MOVI, index(4)), HARD)
    made = write(long)
    holds(made)
    assert len(made) == len(long)
    assert write(made, HARD) == long


def test_offsets_from_the_pictures_stay_when_these_move() -> None:
    assert write(avi(header(), MOVI, index(4))) == avi(header(), info(AIGC=text()), MOVI, index(4))


def test_offsets_from_the_start_of_the_file_are_mended() -> None:
    plain = avi(header(), MOVI)
    moved = avi(header(), info(AIGC=text()), MOVI)
    data = avi(header(), MOVI, index(frames(plain) + 4))
    assert write(data) == avi(header(), info(AIGC=text()), MOVI, index(frames(moved) + 4))


def test_the_indexes_of_opendml_are_mended() -> None:
    def opendml(*head: bytes) -> bytes:
        def base(at: int) -> bytes:
            return struct.pack("<HBBI4sQI", 2, 0, 1, 1, b"00dc", at, 0) + struct.pack("<II", 8, 8)

        def made(first: int, second: int) -> bytes:
            table = struct.pack("<HBBI4s12x", 4, 0, 0, 2, b"00dc")
            table += struct.pack("<QII", first, 40, 3) + struct.pack("<QII", second, 40, 3)
            one = packed(b"LIST", b"movi" + FRAME + packed(b"ix00", base(first - 16)))
            two = packed(b"LIST", b"movi" + FRAME + packed(b"ix00", base(second - 16)))
            later = packed(b"RIFF", b"AVIX" + two)
            return avi(header(packed(b"indx", table)), *head, one, more=later)

        rough = made(16, 16)
        first = rough.index(b"ix00")
        return made(first, rough.index(b"ix00", first + 4))

    assert write(opendml()) == opendml(info(AIGC=text()))


def test_an_index_that_leads_nowhere_is_refused() -> None:
    table = struct.pack("<HBBI4s12xQII", 4, 0, 0, 1, b"00dc", 4, 40, 3)
    assert refused(avi(header(packed(b"indx", table)), MOVI)) == "file_malformed"
    holds(write(avi(header(packed(b"indx", table)), junk(1000), MOVI)))


@pytest.mark.parametrize("behind", [False, True])
@pytest.mark.parametrize("old", [info(ISFT="maker", AIGC=OLD), packed(b"AIGC", OLD.encode()),
                                 packed(b"_PMX", xmp(HARD))])  # fmt: skip
def test_a_label_in_any_place_is_read_and_replaced(old: bytes, behind: bool) -> None:
    data = avi(header(), MOVI, old) if behind else avi(header(), old, MOVI)
    (place,) = read(data).places
    assert place.value == OLD
    assert bool(place.findings) is (place.carrier != "info")
    made = write(data)
    holds(made)
    assert OLD.encode() not in made
    assert (b"maker" in made) is (b"maker" in old)
    if behind:
        assert len(made) == len(data) + len(info(AIGC=text()))


def test_a_label_in_a_later_form_is_replaced() -> None:
    later = packed(b"RIFF", b"AVIX" + MOVI + info(AIGC=OLD))
    data = avi(header(), junk(1000), MOVI, more=later)
    assert [place.value for place in read(data).places] == [OLD]
    made = write(data)
    holds(made)
    assert len(made) == len(data)


@pytest.mark.parametrize("data", [avi(header()), avi()], ids=["no pictures", "nothing"])
def test_without_pictures_it_is_refused(data: bytes) -> None:
    assert refused(data) == "file_malformed"


@pytest.mark.parametrize("label", [FIRST, HARD])
def test_ffmpeg_plays_it_when_the_pictures_moved(label: Label, tmp_path: Path) -> None:
    data = sample("avi")
    at = data.index(b"JUNK", data.index(b"INFO"))
    size = 8 + int.from_bytes(data[at + 4 : at + 8], "little")
    declared = int.from_bytes(data[4:8], "little") - size
    bare = data[:4] + declared.to_bytes(4, "little") + data[8:at] + data[at + size :]
    path = tmp_path / "it.avi"
    path.write_bytes(bare)
    before = hashed(path)
    path.write_bytes(write(bare, label))
    assert path.stat().st_size > len(bare)
    assert hashed(path) == before
    assert probed(path) == [text(label)]


def test_the_pictures_are_one_piece() -> None:
    data = avi(header(), junk(1000), MOVI, index(4))
    assert spans(data)[-1] == (data.index(MOVI), len(data))
