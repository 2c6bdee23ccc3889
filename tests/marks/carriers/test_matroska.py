import struct
import subprocess
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
    sniffed,
    text,
    values,
    write,
)
from tests.marks.samples.matroska import (
    EBML,
    INFORMATION,
    TAGS,
    cluster,
    crc,
    cues,
    seek_head,
    segment,
    simple,
    tag,
    tags,
)
from tests.marks.samples.media import muxed, sample
from tests.tools import need

from hegui.marks import MarksError
from hegui.marks.carriers import ebml, matroska, matroska_index, matroska_segment
from hegui.marks.carriers.matroska_index import CLUSTER, CUES, SEEK_HEAD
from hegui.marks.plan import Wanted
from hegui.marks.source import MAX_BYTES, Source

OLD = text(HARD)
LABEL = tag(
    ebml.packed(
        0x67C8,
        ebml.packed(0x45A3, b"AIGC")
        + ebml.packed(0x447A, b"und")
        + ebml.packed(0x4487, text().encode()),
    )
)
TITLE = tag(simple("TITLE", "Sinus"))
CLUSTERS = (cluster(0), cluster(1), cluster(2))


def places(data: bytes) -> dict[int, list[int]]:
    """Where the elements of each kind stand, counted from the segment's data."""
    whole = matroska_segment.segment(Source.of(data))
    found: dict[int, list[int]] = {}
    for one in whole.elements:
        found.setdefault(one.id, []).append(one.start - whole.element.data)
    return found


def sound(data: bytes) -> None:
    """Asserts that every position leads to an element of its kind, and every checksum is right."""
    source = Source.of(data)
    at = places(data)
    for one in matroska_segment.segment(source).elements:
        if one.id == SEEK_HEAD:
            for name, position in matroska_index.targets(source, one):
                assert position in at[name]
        if one.id == CUES:
            assert positions(data, one) == at[CLUSTER]
        if one.id in {SEEK_HEAD, CUES, TAGS} and data[one.data] == 0xBF:
            assert data[one.data : one.stop] == crc(data[one.data + 6 : one.stop])
        if one.id == CLUSTER:
            fields = {child.id: child for child in ebml.children(source, one.data, one.stop)}
            if 0xA7 in fields:
                start = one.start - matroska_segment.segment(source).element.data
                assert ebml.unsigned(source, fields[0xA7]) == start


def positions(data: bytes, one: ebml.Element) -> list[int]:
    source = Source.of(data)
    found = []
    for point in ebml.children(source, one.data, one.stop):
        if point.id == 0xBB:
            *_, track = ebml.children(source, point.data, point.stop)
            *_, position = ebml.children(source, track.data, track.stop)
            found.append(ebml.unsigned(source, position))
    return found


def test_tags_at_the_end_grow_there() -> None:
    made = write(segment(INFORMATION, *CLUSTERS, tags(TITLE)))
    assert made == segment(INFORMATION, *CLUSTERS, tags(TITLE, LABEL))
    holds(made)


def test_tags_take_the_void_behind_them() -> None:
    room = ebml.void(1000)
    data = segment(INFORMATION, tags(TITLE, summed=True), room, *CLUSTERS)
    made = write(data)
    left = 1000 - len(tags(TITLE, LABEL, summed=True)) + len(tags(TITLE, summed=True))
    assert made == segment(INFORMATION, tags(TITLE, LABEL, summed=True), ebml.void(left), *CLUSTERS)
    holds(made)
    assert len(write(made, HARD)) == len(data)


def test_a_void_before_the_clusters_takes_new_tags() -> None:
    made = write(segment(ebml.void(1000), INFORMATION, *CLUSTERS))
    left = ebml.void(1000 - len(tags(LABEL)))
    assert made == segment(tags(LABEL), left, INFORMATION, *CLUSTERS)
    holds(made)


@pytest.mark.parametrize("spare", [0, 1, 2, 3, 128, 129, 130, 16_383, 16_384, 16_385])
def test_a_place_is_filled_to_the_last_byte(spare: int) -> None:
    data = segment(ebml.void(len(tags(LABEL)) + spare), *CLUSTERS)
    made = write(data)
    assert len(made) == len(data)
    assert made.endswith(b"".join(CLUSTERS))
    holds(made)


def test_tags_move_to_the_end_and_the_seek_head_tells() -> None:
    def made(old: bytes, place: int, tail: bytes, room: int) -> bytes:
        head = seek_head({TAGS: place}, room=room, summed=True)
        return segment(head, old, INFORMATION, *CLUSTERS, tail)

    size = len(seek_head({TAGS: 0}, room=40, summed=True))
    data = made(tags(TITLE), size, b"", 40)
    done = write(data)
    end = len(data) - len(segment())
    assert done == made(ebml.void(len(tags(TITLE))), end, tags(TITLE, LABEL), 40)
    sound(done)
    holds(done)
    assert places(write(done, HARD))[CLUSTER] == places(data)[CLUSTER]


@pytest.mark.parametrize("summed", [False, True])
@pytest.mark.parametrize("room", [0, 14, 15, 16, 17, 18, 19, 20, 400])
def test_a_seek_head_gets_an_entry(room: int, summed: bool) -> None:
    size = len(seek_head({CLUSTER: 0}, room=room, summed=summed)) + len(INFORMATION)
    head = seek_head({CLUSTER: size}, room=room, summed=summed)
    index = cues([size + at * len(CLUSTERS[0]) for at in range(3)], summed=summed)
    data = segment(head, INFORMATION, *CLUSTERS, index)
    sound(data)
    done = write(data, HARD)
    sound(done)
    holds(done, HARD)
    moved = places(done)[CLUSTER] != places(data)[CLUSTER]
    assert moved == (room < 15)
    assert (TAGS, places(done)[TAGS][0]) in matroska_index.targets(
        Source.of(done), matroska_segment.segment(Source.of(done)).elements[0]
    )


@pytest.mark.parametrize("front", [False, True])
@pytest.mark.parametrize(("unknown", "summed"), [(False, False), (True, True)])
def test_without_a_seek_head_the_clusters_move_and_all_positions_follow(
    front: bool, unknown: bool, summed: bool
) -> None:
    start = len(INFORMATION) + (len(cues([0, 0, 0], summed=summed)) if front else 0)
    step = len(cluster(0, position=1))
    at = [start, start + step, start + 2 * step]
    clusters = [cluster(time, position=place) for time, place in enumerate(at)]
    index = cues(at, summed=summed)
    parts = [INFORMATION, index, *clusters] if front else [INFORMATION, *clusters, index]
    data = segment(*parts, unknown=unknown)
    sound(data)
    done = write(data, HARD)
    sound(done)
    holds(done, HARD)
    assert places(done)[TAGS][0] < places(done)[CLUSTER][0]
    sound(write(done))


def test_cues_that_outgrow_their_width_are_mended() -> None:
    base = len(INFORMATION) + len(cues([0] * 2, width=1))
    filler = ebml.packed(0x1941A469, bytes(200 - base))  # attachments
    at = base + len(filler)
    # The label pushes the clusters past 255, so each position takes a second byte.
    short = ebml.packed(CLUSTER, ebml.packed(0xE7, b"\0"))
    data = segment(INFORMATION, cues([at, at + len(short)], width=1), filler, short, short)
    sound(data)
    done = write(data)
    sound(done)
    holds(done)
    assert len(done) == len(data) + len(tags(LABEL)) + 2


def test_a_segment_of_unknown_size_is_walked_and_stays_so() -> None:
    live = [cluster(time, unknown=True) for time in range(3)]
    data = segment(INFORMATION, *live, unknown=True)
    made = write(data)
    assert made == segment(INFORMATION, tags(LABEL), *live, unknown=True)
    holds(made)
    longer = write(made, HARD)
    holds(longer, HARD)
    assert values(segment(INFORMATION, *live, tags(LABEL), unknown=True)) == [text()]


def test_a_recording_that_was_cut_off_keeps_its_end() -> None:
    data = segment(seek_head({}, room=30), INFORMATION, *CLUSTERS)[:-100]
    made = write(data)
    holds(made)
    assert made.endswith(data[data.index(CLUSTERS[0]) :])


@pytest.mark.parametrize(
    "old",
    [
        tag(simple("AIGC", OLD)),
        tag(simple("aigc", OLD), track=1),
        tag(simple("TITLE", "Sinus"), simple("AIGC", OLD)),
        tag(simple("TITLE", "Sinus", simple("AIGC", OLD))),
        tag(simple("COMMENT", f"AIGC={OLD}")),
    ],
    ids=["plain", "track", "beside", "within", "comment"],
)
def test_old_labels_go_and_the_rest_of_their_tag_stays(old: bytes) -> None:
    data = segment(INFORMATION, *CLUSTERS, tags(old, TITLE))
    assert len(values(data)) == 1
    made = write(data)
    holds(made)
    kept = [meta.text for meta in read(made).metadata if meta.key == "tags:TITLE"]
    assert kept == ["Sinus"] * (2 if b"Sinus" in old else 1)


def test_labels_in_several_tags_give_way_to_one() -> None:
    other = tags(tag(simple("AIGC", OLD)))
    data = segment(
        other, INFORMATION, *CLUSTERS, tags(TITLE), other, tags(tag(simple("AIGC", OLD)), TITLE)
    )
    assert values(data) == [OLD] * 3
    made = write(data)
    holds(made)
    assert OLD.encode() not in made
    assert places(made)[CLUSTER] == places(data)[CLUSTER]
    assert made.count(TITLE) == 2


def test_a_sum_over_the_whole_segment_becomes_void() -> None:
    data = segment(ebml.packed(ebml.CRC, b"1234"), INFORMATION, *CLUSTERS)
    made = write(data)
    assert ebml.packed(ebml.CRC, b"1234") not in made
    assert places(made)[ebml.VOID] == [0]


@pytest.mark.parametrize("width", [1, 2, 3])
def test_the_size_of_the_segment_may_take_more_bytes(width: int) -> None:
    short = ebml.packed(CLUSTER, ebml.packed(0xE7, b"\0"))
    data = segment(INFORMATION, short, width=width)
    holds(write(data))
    assert len(write(data, HARD)) > len(data)


def test_what_stands_behind_the_segment_stays() -> None:
    made = write(segment(INFORMATION, *CLUSTERS) + b"\0trailing")
    holds(made)
    assert made.endswith(b"\0trailing")


def test_mkvpropedit_and_mkvextract_agree(tmp_path: Path) -> None:
    path = tmp_path / "it.mkv"
    for data in (muxed("matroska"), sample("matroska"), sample("webm")):
        path.write_bytes(write(data, HARD))
        run = subprocess.run(
            [need("mkvextract"), str(path), "tags", "-"], capture_output=True, check=True, text=True
        )
        assert "<Name>AIGC</Name>" in run.stdout
        subprocess.run(
            [need("mkvpropedit"), str(path), "--set", "title=changed"],
            capture_output=True,
            check=True,
        )
        assert values(path.read_bytes()) == [OLD]
        holds(write(path.read_bytes()))


def test_what_mkvpropedit_wrote_is_read_and_replaced(tmp_path: Path) -> None:
    path, told = tmp_path / "it.mkv", tmp_path / "tags.xml"
    told.write_text(
        "<Tags><Tag><Targets/><Simple><Name>AIGC</Name><String>"
        + OLD.replace("&", "&amp;").replace("<", "&lt;")
        + "</String></Simple></Tag></Tags>",
        encoding="utf-8",
    )
    for data in (muxed("matroska"), muxed("webm")):
        path.write_bytes(data)
        before = hashed(path)
        subprocess.run(
            [need("mkvpropedit"), str(path), "--tags", f"global:{told}"],
            capture_output=True,
            check=True,
        )
        assert values(path.read_bytes()) == [OLD]
        path.write_bytes(write(path.read_bytes()))
        assert probed(path) == [text()]
        assert hashed(path) == before


def test_the_clusters_are_never_read(tmp_path: Path) -> None:
    size = 1 << 30
    path = tmp_path / "large.mkv"
    block = CLUSTERS[0][:4] + b"\x08" + struct.pack(">I", size)
    with path.open("wb") as file:
        data = segment(INFORMATION, tags(TITLE), block)
        whole = data.replace(
            data[len(EBML) + 4 : len(EBML) + 12],
            (0x01 << 56 | len(data) - len(EBML) - 12 + size).to_bytes(8, "big"),
        )
        file.write(whole)
        file.truncate(file.tell() + size)
    with Source.of(path) as source:
        assert len(matroska.write(source, "matroska", Wanted(FIRST))) < 9
        assert MAX_BYTES - source.budget < 2000


def test_webm_is_told_from_matroska_and_from_others() -> None:
    webm = segment(*CLUSTERS).replace(b"matroska", b"webm\0\0\0\0")
    assert sniffed(webm) == ("matroska", "webm")
    assert matroska.sniff(EBML.replace(b"matroska", b"other123"), Source.of(EBML)) is not None
    other = EBML.replace(b"matroska", b"other123")
    assert matroska.sniff(other, Source.of(other)) is None


@pytest.mark.parametrize(
    "data",
    [
        EBML,
        EBML + ebml.packed(0xEC, b"void"),
        segment(),
        segment(tags(TITLE)[:-4]),
        segment(INFORMATION, tags(TITLE[:-1]), *CLUSTERS),
        segment(tags(LABEL)[:-60]),
    ],
    ids=["head", "no segment", "empty", "cut tags", "cut tag", "cut label"],
)
def test_what_is_not_understood_is_refused(data: bytes) -> None:
    assert refused(data) == "file_malformed"


def test_tags_within_tags_have_an_end() -> None:
    nested = b""
    for _ in range(40):
        nested = simple("A", "x", nested)
    assert refused(segment(*CLUSTERS, tags(tag(nested)))) == "file_malformed"


def test_a_position_without_room_is_refused() -> None:
    start = len(INFORMATION)
    narrow = ebml.packed(CLUSTER, ebml.packed(0xE7, b"\0") + ebml.packed(0xA7, bytes([start])))
    assert refused(segment(INFORMATION, narrow)) == "file_malformed"
    summed = ebml.packed(CLUSTER, crc(ebml.packed(0xA7, start.to_bytes(4, "big"))))
    assert refused(segment(INFORMATION, summed)) == "file_malformed"


def test_many_elements_are_too_many() -> None:
    with pytest.raises(MarksError) as caught:
        matroska.read(Source.of(segment(ebml.void(2) * 300_000)), "matroska")
    assert caught.value.code == "file_too_complex"
