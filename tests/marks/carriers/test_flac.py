import io

import pytest
from mutagen.flac import FLAC
from tests.marks.carriers.media_tools import (
    FIRST,
    HARD,
    holds,
    opened,
    read,
    refused,
    saved,
    sniffed,
    text,
    values,
    write,
)
from tests.marks.samples.media import sample
from tests.marks.samples.sound import comments, flac, frame, tag

from hegui.marks import MarksError
from hegui.marks.carriers import flac as carrier
from hegui.marks.plan import Wanted
from hegui.marks.source import Source

OLD = text(HARD)
NEW = comments("TITLE=Sinus", f"AIGC={text()}")
HERE = (4, comments("TITLE=Sinus"))


def test_the_comments_grow_into_the_padding() -> None:
    data = flac(HERE, (1, bytes(1000)))
    made = write(data)
    assert made == flac((4, NEW), (1, bytes(1000 - len(NEW) + len(HERE[1]))))
    assert len(made) == len(data)
    holds(made)


def test_padding_that_is_used_up_goes() -> None:
    assert write(flac(HERE, (1, bytes(len(NEW) - len(HERE[1]) - 4)))) == flac((4, NEW))


def test_padding_that_does_not_suffice_stays() -> None:
    assert write(flac(HERE, (1, bytes(8)))) == flac((4, NEW), (1, bytes(8)))


def test_a_shorter_label_gives_its_room_to_the_padding() -> None:
    data = flac((4, comments("TITLE=Sinus", f"AIGC={OLD}")), (1, bytes(8)))
    made = write(data)
    assert len(made) == len(data)
    holds(made)


def test_without_comments_a_block_is_made_behind_streaminfo() -> None:
    made = write(flac((2, b"appl" + b"data")))
    assert made == flac((4, comments(f"AIGC={text()}", vendor="hegui")), (2, b"appl" + b"data"))
    holds(made)
    assert write(flac()).count(b"AIGC") == 1


def test_names_are_read_in_any_case_and_comments_that_say_it() -> None:
    data = flac((4, comments(f"aigc={OLD}", f"COMMENT=AIGC={OLD}", "AIGC_TOOL=none")))
    assert values(data) == [OLD, f"AIGC={OLD}"]
    made = write(data)
    holds(made)
    assert b"AIGC_TOOL=none" in made


def test_a_second_block_of_comments_loses_its_label() -> None:
    data = flac(HERE, (4, comments("ARTIST=x", f"AIGC={OLD}")))
    assert write(data) == flac((4, NEW), (4, comments("ARTIST=x")))


def test_a_tag_before_it_is_kept_and_its_label_goes() -> None:
    title = frame(4, "TIT2", b"\3Sinus")
    plain = tag(4, title) + flac(HERE)
    assert sniffed(plain) == ("flac", "flac")
    assert write(plain) == tag(4, title) + flac((4, NEW))
    data = tag(4, title + frame(4, "TXXX", b"\3AIGC\0" + OLD.encode())) + flac(HERE)
    (place,) = read(data).places
    assert (place.carrier, [found.code for found in place.findings]) == ("id3", ["carrier-unusual"])
    holds(write(data))


def test_mutagen_reads_it_and_its_label_is_read() -> None:
    file = io.BytesIO(write(sample("flac"), HARD))
    found = opened(FLAC, file)
    assert found["AIGC"] == [text(HARD)]
    found["AIGC"] = [text()]
    holds(write(saved(found, file), HARD), HARD)


def test_other_texts_are_told() -> None:
    picture = bytes(4) + b"\0\0\0\3png" + b"\0\0\0\4" + b"told" + bytes(20)
    found = read(flac((4, comments("ENCODER=Lavf", "METADATA_BLOCK_PICTURE=xyz")), (6, picture)))
    assert [(meta.key, meta.text) for meta in found.metadata] == [
        ("vorbis:vendor", "maker"),
        ("vorbis:ENCODER", "Lavf"),
        ("flac:picture", "told"),
    ]


@pytest.mark.parametrize(
    "data",
    [
        flac(HERE)[:50],
        flac((4, comments("TITLE=Sinus")[:-3])),
        flac((4, b"\0\0\0")),
        b"fLaC" + b"\x84\0\0" + bytes([len(NEW)]) + NEW[: len(NEW) % 256],
        tag(4, b"")[:5] + flac(HERE),
    ],
    ids=["cut", "cut comment", "no count", "no streaminfo", "cut tag"],
)
def test_what_is_not_understood_is_refused(data: bytes) -> None:
    with pytest.raises(MarksError) as caught:
        carrier.write(Source.of(data), "flac", Wanted(FIRST))
    assert caught.value.code == "file_malformed"


def test_many_comments_are_too_many() -> None:
    assert refused(flac((4, comments(*["x=y"] * 20_000)))) == "file_too_complex"


def test_comments_have_an_end() -> None:
    assert refused(flac((4, comments("x=" + "y" * ((1 << 24) - 100))))) == "file_malformed"
