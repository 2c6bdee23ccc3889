import struct

import pytest
from tests.marks.carriers.media_tools import (
    FIRST,
    HARD,
    holds,
    read,
    refused,
    spans,
    text,
    values,
    write,
)
from tests.marks.samples.media import sample
from tests.marks.samples.sound import xmp

from hegui.marks import Label, MarksError
from hegui.marks.carriers import amf, flv
from hegui.marks.plan import Wanted
from hegui.marks.source import Source

HEAD = b"FLV\1\5\0\0\0\x09\0\0\0\0"
END = b"\0\0\x09"
OLD = text(HARD)


def key(name: str) -> bytes:
    return struct.pack(">H", len(name)) + name.encode()


def member(name: str, value: bytes) -> bytes:
    return key(name) + value


def string(value: str) -> bytes:
    return amf.to_string(value.encode())


def number(value: float) -> bytes:
    return b"\0" + struct.pack(">d", value)


def script(*members: bytes, name: str = "onMetaData", end: bytes = END, kind: int = 8) -> bytes:
    count = struct.pack(">I", len(members)) if kind == 8 else b""
    return block(18, string(name) + bytes([kind]) + count + b"".join(members) + end)


def block(kind: int, data: bytes) -> bytes:
    head = bytes([kind]) + len(data).to_bytes(3, "big") + bytes(7)
    return head + data + struct.pack(">I", 11 + len(data))


PICTURE = block(9, b"\x17picture")
WIDTH = member("width", number(64))
NEW = member("AIGC", string(text()))


def test_the_label_is_the_first_member() -> None:
    made = write(HEAD + script(WIDTH) + PICTURE)
    assert made == HEAD + script(NEW, WIDTH) + PICTURE
    holds(made)


def test_an_object_has_no_count() -> None:
    assert write(HEAD + script(WIDTH, kind=3)) == HEAD + script(NEW, WIDTH, kind=3)


@pytest.mark.parametrize("start", [b"", script(WIDTH, name="onCuePoint"), PICTURE])
def test_without_metadata_a_tag_is_made_at_the_start(start: bytes) -> None:
    made = write(HEAD + start + PICTURE)
    assert made == HEAD + script(NEW) + start + PICTURE
    holds(made)


@pytest.mark.parametrize("end", [END, b""])
def test_an_object_that_is_left_open_does_not_swallow_the_label(end: bytes) -> None:
    frames = member("keyframes", b"\3" + member("times", b"\x0a" + struct.pack(">I", 0)) + end)
    data = HEAD + script(WIDTH, frames, end=b"") + PICTURE
    made = write(data)
    assert made == HEAD + script(NEW, WIDTH, frames, end=b"") + PICTURE
    holds(made)


def test_old_labels_go() -> None:
    cue = script(member("aigc", string(OLD)), WIDTH, name="onCuePoint")
    data = HEAD + script(WIDTH, member("AIGC", string(OLD))) + PICTURE + cue + PICTURE
    assert values(data) == [OLD, OLD]
    made = write(data)
    assert made == HEAD + script(NEW, WIDTH) + PICTURE + script(WIDTH, name="onCuePoint") + PICTURE
    holds(made)


def test_a_label_in_xmp_is_told_and_replaced() -> None:
    packet = amf.to_string(xmp(HARD))
    data = HEAD + script(WIDTH) + script(member("liveXML", packet), name="onXMPData", kind=3)
    (place,) = read(data).places
    assert (place.carrier, [found.code for found in place.findings]) == ("xmp", ["carrier-unusual"])
    made = write(data)
    holds(made)
    assert len(made) == len(data) + len(NEW)


def test_a_long_label_is_a_long_string() -> None:
    long = Label.first("maker", "x" * 60_000)
    made = write(HEAD + script(WIDTH), long)
    holds(made, long)
    assert amf.string(amf.to_string(b"x" * 70_000), 0) == "x" * 70_000


def test_positions_are_mended() -> None:
    def file(*before: bytes, by: int) -> bytes:
        at = [1000 + by, 2000 + by]
        frames = b"".join(number(place) for place in at)
        kept = member(
            "keyframes",
            b"\3"
            + member("times", b"\x0a" + struct.pack(">I", 2) + number(0) + number(1))
            + member("filepositions", b"\x0a" + struct.pack(">I", 2) + frames)
            + END,
        )
        sizes = member("filesize", number(3000 + by)) + member("datasize", number(10 + by))
        last = member("lastkeyframelocation", number(at[1]))
        return HEAD + script(*before, kept, sizes + last, WIDTH) + PICTURE

    assert write(file(by=0)) == file(NEW, by=len(NEW))


def test_the_keyframes_of_ffmpeg_are_where_the_file_says() -> None:
    for data in (sample("flv-keyframes"), write(sample("flv-keyframes"), HARD)):
        (found,) = flv._scripts(Source.of(data))[1][:1]
        (frames,) = [each for each in found.members if each.name == "keyframes"]
        body = amf.body(found.data, frames.value)
        assert body is not None
        (where,) = [
            each for each in amf.members(found.data, body)[0] if each.name == "filepositions"
        ]
        places = [
            int(struct.unpack_from(">d", found.data, at + 1)[0])
            for at in range(where.value + 5, where.stop, 9)
        ]
        assert len(places) > 2
        # A keyframe's tag begins there: video, and the frame's type is 1.
        assert all(data[at] == 9 and data[at + 11] >> 4 == 1 for at in places[1:])
        sizes = [each for each in found.members if each.name == "filesize"]
        assert struct.unpack_from(">d", found.data, sizes[0].value + 1)[0] == len(data)


@pytest.mark.parametrize("value", [-1.0, 0.0, float("nan"), float("inf"), 1e300])
def test_numbers_that_are_no_positions_stay(value: float) -> None:
    size = member("filesize", number(value))
    assert write(HEAD + script(size)) == HEAD + script(NEW, size)


def test_a_cut_file_keeps_its_end() -> None:
    data = (HEAD + script(WIDTH) + PICTURE)[:-6]
    assert write(data) == (HEAD + script(NEW, WIDTH) + PICTURE)[:-6]
    assert spans(data)[-1][1] == len(data)


@pytest.mark.parametrize(
    "data",
    [
        HEAD[:8],
        HEAD[:5] + b"\0\0\0\1" + HEAD[9:],
        HEAD[:5] + b"\xff\0\0\0" + HEAD[9:],
        HEAD + block(18, string("onMetaData") + b"\x08\0\0\0\1" + member("a", b"\x63")),
        HEAD + block(18, string("onMetaData") + b"\x08\0\0\0\1" + member("a", b"\2\xff\xff")),
        HEAD + block(18, string("onMetaData")[:-2]),
        HEAD + script(member("a", b"\x0a\0\0\0\1" * 100)),
    ],
    ids=["cut", "short header", "long header", "type", "string", "name", "deep"],
)
def test_what_is_not_understood_is_refused(data: bytes) -> None:
    with pytest.raises(MarksError) as caught:
        flv.write(Source.of(data), "flv", Wanted(FIRST))
    assert caught.value.code == "file_malformed"


def test_every_kind_of_value_is_passed_over() -> None:
    each = [
        member("number", number(1)),
        member("boolean", b"\1\1"),
        member("null", b"\5"),
        member("undefined", b"\6"),
        member("reference", b"\7\0\1"),
        member("date", b"\x0b" + bytes(10)),
        member("unsupported", b"\x0d"),
        member("xml", b"\x0f\0\0\0\4<a/>"),
        member("typed", b"\x10" + key("Class") + member("x", number(1)) + END),
        member("array", b"\x0a\0\0\0\2" + string("a") + b"\3" + member("x", b"\5") + END),
        member("empty", b"\x0a\0\0\0\0"),
        member("map", b"\x08\0\0\0\1" + member("x", string("y")) + END),
    ]
    data = HEAD + script(*each)
    assert write(data) == HEAD + script(NEW, *each)
    assert [meta.key for meta in read(data).metadata] == []


def test_a_file_is_not_walked_to_its_end() -> None:
    data = HEAD + script(WIDTH) + PICTURE * 200_000
    source = Source.of(data)
    flv.read(source, "flv")
    assert source.reads > 150_000


@pytest.mark.parametrize(
    "value",
    [
        b"\x0a" + struct.pack(">I", 200_000) + b"\5" * 200_000,
        b"\3" + member("filepositions", b"\x0a\0\2\0\0" + number(5) * 0x20000) + END,
        b"\3" + member("x", b"\5") * 150_000 + END,
    ],
    ids=["values", "positions", "members"],
)
def test_too_much_to_look_at_is_refused(value: bytes) -> None:
    assert refused(HEAD + script(member("keyframes", value))) == "file_too_complex"


def test_metadata_have_an_end() -> None:
    assert refused(HEAD + script(member("a", string("x" * ((1 << 24) - 100))))) == "file_malformed"
