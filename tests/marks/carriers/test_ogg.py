import io
import struct
from pathlib import Path

import pytest
from mutagen.oggopus import OggOpus
from mutagen.oggvorbis import OggVorbis
from tests.marks.carriers.media_tools import (
    FIRST,
    HARD,
    hashed,
    holds,
    opened,
    probed,
    read,
    refused,
    saved,
    sniffed,
    spans,
    text,
    values,
    write,
)
from tests.marks.samples.media import made, sample
from tests.marks.samples.sound import comments, crc, opus, page, pages

from hegui.marks import MarksError
from hegui.marks.carriers import ogg, ogg_page
from hegui.marks.plan import Wanted, render
from hegui.marks.source import Source

OLD = text(HARD)
ONE, TWO = 0x01020304, 0x7A7B7C7D


def walked(data: bytes) -> list[ogg_page.Page]:
    """All pages, which fill the file, each with a right checksum and the next number."""
    source = Source.of(data)
    found: list[ogg_page.Page] = []
    numbers: dict[bytes, int] = {}
    at = 0
    while (one := ogg_page.page(source, at)) is not None:
        whole = data[one.start : one.stop]
        assert crc(whole[:22] + bytes(4) + whole[26:]).to_bytes(4, "little") == whole[22:26]
        if one.bos:
            numbers[one.serial] = 0
        assert one.number == numbers[one.serial]
        numbers[one.serial] += 1
        found.append(one)
        at = one.stop
    assert at == len(data)
    return found


def joined(*links: list[bytes]) -> bytes:
    return b"".join(page for link in links for page in link)


def test_the_checksum_is_that_of_long_division() -> None:
    for size in (0, 1, 27, 300):
        data = bytes(place * 7 % 256 for place in range(size))
        assert ogg_page.checksum(data) == crc(data)


def test_the_label_goes_into_the_second_packet_and_later_pages_stay() -> None:
    old, new = opus(ONE, "TITLE=Sinus"), opus(ONE, "TITLE=Sinus", f"AIGC={text()}")
    assert write(joined(old)) == joined(new)
    assert spans(joined(old))[-1] == (len(joined(old[:2])), len(joined(old)))
    holds(joined(new))


def test_padding_takes_up_the_label() -> None:
    data = joined(opus(ONE, padding=bytes(1000)))
    done = write(data)
    assert len(done) == len(data)
    holds(done)
    assert len(write(done, HARD)) == len(data)


@pytest.mark.parametrize("rest", [b"\1binary", b"\0\0not zero"])
def test_what_follows_the_comments_and_is_no_padding_stays(rest: bytes) -> None:
    assert write(joined(opus(ONE, padding=rest))) == joined(
        opus(ONE, f"AIGC={text()}", padding=rest)
    )


@pytest.mark.parametrize("size", [64_900, 65_100, 130_000])
def test_long_comments_keep_their_pages(size: int) -> None:
    data = joined(opus(ONE, "COVER=" + "x" * size))
    count = len(walked(data))
    done = write(data, HARD)
    assert len(walked(done)) in {count, count + 1}
    holds(done, HARD)


def test_later_pages_are_renumbered_when_the_comments_outgrow_theirs() -> None:
    old, new = "COVER=" + "x" * 64_900, f"AIGC={OLD}"
    data = joined(opus(ONE, old), opus(TWO, "TITLE=next"))
    done = write(data, HARD)
    assert len(walked(done)) == len(walked(data)) + 1
    later = [page.number for page in walked(done) if page.serial == struct.pack("<I", ONE)]
    assert later == list(range(8))
    # Laid out otherwise, but the same packets.
    source = Source.of(done)
    assert list(ogg_page.packets(source, walked(done)[1:3])) == [b"OpusTags" + comments(old, new)]
    assert done.endswith(joined(opus(TWO, "TITLE=next")))
    holds(done, HARD)


def test_a_damaged_page_is_not_made_whole_by_its_number() -> None:
    data = bytearray(joined(opus(ONE, "COVER=" + "x" * 64_900)))
    data[-1] ^= 1
    done = write(bytes(data), HARD)
    with pytest.raises(AssertionError):
        walked(done)
    last = walked_to(done)[-1]
    whole = done[last.start : last.stop - 1] + bytes([done[-1] ^ 1])
    assert crc(whole[:22] + bytes(4) + whole[26:]).to_bytes(4, "little") == whole[22:26]


def walked_to(data: bytes) -> list[ogg_page.Page]:
    source, at, found = Source.of(data), 0, []
    while (one := ogg_page.page(source, at)) is not None:
        found.append(one)
        at = one.stop
    return found


def test_every_link_of_a_chain_is_read_and_one_label_is_left() -> None:
    data = joined(opus(ONE, f"AIGC={OLD}"), opus(TWO, "TITLE=x", f"aigc={OLD}"), opus(ONE))
    assert values(data) == [OLD, OLD]
    done = write(data)
    assert done == joined(opus(ONE, f"AIGC={text()}"), opus(TWO, "TITLE=x"), opus(ONE))
    holds(done)


def test_streams_side_by_side_are_read_and_one_label_is_left() -> None:
    one, two = opus(ONE, "TITLE=x"), opus(TWO, f"AIGC={OLD}")
    data = joined(one[:1], two[:1], one[1:2], two[1:2], one[2:4], two[2:], one[4:])
    assert values(data) == [OLD]
    new, bare = opus(ONE, "TITLE=x", f"AIGC={text()}"), opus(TWO)
    assert write(data) == joined(
        new[:1], bare[:1], new[1:2], bare[1:2], new[2:4], bare[2:], new[4:]
    )


def test_the_setup_of_vorbis_shares_its_pages() -> None:
    data = sample("ogg")
    done = write(data, HARD)
    assert [page.number for page in walked(done)] == [page.number for page in walked(data)]
    assert opened(OggVorbis, io.BytesIO(done))["AIGC"] == [OLD]


def test_what_mutagen_wrote_is_read_and_replaced() -> None:
    for name, kind in (("ogg", OggVorbis), ("opus", OggOpus)):
        file = io.BytesIO(sample(name))
        found = opened(kind, file)
        found["AIGC"] = [OLD]
        data = saved(found, file)
        assert values(data) == [OLD]
        holds(write(data))


def test_vorbis_with_comments_of_several_pages_plays(tmp_path: Path) -> None:
    file = io.BytesIO(sample("ogg"))
    found = opened(OggVorbis, file)
    found["LYRICS"] = ["x" * 200_000]
    data = saved(found, file)
    path = tmp_path / "it.ogg"
    path.write_bytes(data)
    before = hashed(path)
    path.write_bytes(write(data, HARD))
    walked(path.read_bytes())
    assert hashed(path) == before
    assert probed(path) == [OLD]


def test_theora_and_vorbis_hold_one_label(tmp_path: Path) -> None:
    data = made(
        "-f lavfi -i testsrc=d=1:s=64x48:r=10 -f lavfi -i sine=d=1 -c:v libtheora -c:a libvorbis "
        "-metadata:s:v AIGC={} -metadata:s:a AIGC={}",
        "ogv",
    )
    assert values(data) == ["{}", "{}"]
    done = write(data)
    holds(done)
    walked(done)


def test_a_long_file_is_walked_up_to_a_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ogg, "MAX_WALK", 50)
    one = joined(opus(ONE, sound=100))
    assert values(one) == []
    holds(write(one))
    assert refused(one + joined(opus(TWO, f"AIGC={OLD}"))) == "file_too_complex"


def skeleton(version: int) -> bytes:
    head = b"fishead\0" + struct.pack("<HH", version, 0) + bytes(52)
    return page(9, 0, 2, 0, [head])


def test_an_index_of_skeleton_is_not_made_wrong() -> None:
    stream = opus(ONE, padding=bytes(1000))
    assert refused(skeleton(4) + joined(opus(ONE))) == "file_malformed"
    for data in (skeleton(3) + joined(opus(ONE)), skeleton(4) + joined(stream)):
        assert sniffed(data) == ("ogg", "opus")
        holds(write(data))


@pytest.mark.parametrize(
    "data",
    [
        joined(opus(ONE))[:20],
        joined(opus(ONE)[:1]),
        joined(pages(ONE, [(0, b"\1vorbis"), (0, b"\5else")])),
        joined(pages(ONE, [(0, b"\x7fFLAC"), (0, b"\5else")])),
        joined(pages(ONE, [(0, b"unknown"), (0, b"OpusTags" + comments())])),
        joined(pages(ONE, [(0, b"OpusHead"), (7, b"OpusTags" + comments())])),
    ],
    ids=["cut", "no comments", "no comment packet", "no FLAC comment", "unknown", "with sound"],
)
def test_what_is_not_understood_is_refused(data: bytes) -> None:
    with pytest.raises(MarksError) as caught:
        ogg.write(Source.of(data), "ogg", Wanted(FIRST))
    assert caught.value.code == "file_malformed"


def test_an_unknown_codec_is_read_as_unlabelled() -> None:
    assert read(joined(pages(ONE, [(0, b"unknown"), (0, b"else")]))).places == ()


def test_a_stream_of_many_pages_of_comments_is_too_much() -> None:
    parts = [page(ONE, 0, 2, 0, [b"OpusHead"])]
    parts += [page(ONE, number, 1, -1, [b"x" * 255]) for number in range(1, 2000)]
    with pytest.raises(MarksError) as caught:
        ogg.read(Source.of(b"".join(parts)), "opus")
    assert caught.value.code == "file_too_complex"


def test_what_is_cut_off_at_the_end_stays() -> None:
    data = joined(opus(ONE))[:-20]
    source = Source.of(data)
    done = render(source, ogg.write(source, "opus", Wanted(FIRST)))
    assert done[-100:] == data[-100:]
