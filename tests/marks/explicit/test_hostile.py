"""Damaged files: an error of ours, or a result; never another exception."""

import random
import zipfile
from collections.abc import Iterator
from io import BytesIO

import pytest
from tests.marks.explicit.pictures import encoded, ground
from tests.marks.explicit.test_adding import FILES

from hegui.marks import MarksError, explicit

#: Fewer where each takes long.
ROUNDS = {
    "a.webm": 8,
    "a.mp4": 10,
    "a.avi": 10,
    "a.wav": 20,
    "a.opus": 20,
    "a.mp3": 20,
    "a.m4a": 20,
}


def mutations(data: bytes, count: int, seed: int) -> Iterator[bytes]:
    """Flips, cuts, doubled and dropped slices, and numbers at their ends."""
    chance = random.Random(seed)
    for _ in range(count):
        made = bytearray(data)
        for _ in range(chance.randint(1, 4)):
            at = chance.randrange(len(made))
            kind = chance.randrange(5)
            if kind == 0:
                made[at] ^= 1 << chance.randrange(8)
            elif kind == 1:
                del made[at:]
            elif kind == 2:
                made[at:at] = made[at : at + chance.randint(1, 64)]
            elif kind == 3:
                del made[at : at + chance.randint(1, 64)]
            else:
                made[at : at + 4] = chance.choice((bytes(4), b"\xff" * 4, b"\x7f\xff\xff\xff"))
            if not made:
                made = bytearray(data[:1])
        yield bytes(made)


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("name", FILES)
def test_no_other_exception(name: str) -> None:
    data = FILES[name]
    for broken in mutations(data, ROUNDS.get(name, 40), len(data)):
        for act in (explicit.add, explicit.check):
            try:
                act(broken)
            except MarksError as error:
                assert error.zh  # noqa: PT017  any of ours will do


@pytest.mark.parametrize(
    "name", ["word/document.xml", "[Content_Types].xml", "word/_rels/document.xml.rels"]
)
def test_no_other_exception_in_parts(name: str) -> None:
    with zipfile.ZipFile(BytesIO(FILES["a.docx"])) as old:
        parts = {each: old.read(each) for each in old.namelist()}
    for broken in mutations(parts[name], 80, 3):
        made = BytesIO()
        with zipfile.ZipFile(made, "w") as out:
            for each, data in parts.items():
                out.writestr(each, broken if each == name else data)
        try:
            explicit.add(made.getvalue())
        except MarksError as error:
            assert error.zh  # noqa: PT017


def test_a_picture_with_more_pixels_than_memory() -> None:
    data = bytearray(encoded(ground("busy", 64, 64), "PNG"))
    data[16:24] = b"\x00\x01\x00\x00\x00\x01\x00\x00"
    with pytest.raises(MarksError) as caught:
        explicit.add(bytes(data))
    assert caught.value.code in {"file_too_complex", "file_malformed"}
