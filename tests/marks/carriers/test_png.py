"""PNG: every chunk that may hold a label, chunks' check sums, and where the packet goes."""

import struct
import zlib
from pathlib import Path

import pytest
from tests.marks.carriers.image_tools import FIRST, HARD, read, sniffed, text, values, write
from tests.marks.samples.images import gradient, saved
from tests.marks.samples.pixel import PNG, chunk

from hegui.marks import MarksError, xmp
from hegui.marks.carriers import png, png_text
from hegui.marks.plan import Wanted
from hegui.marks.source import Source

HEAD, IMAGE, END = PNG[:33], PNG[33:-12], PNG[-12:]
PACKET = xmp.fresh(Wanted(HARD))
WRAPPED = b'{"AIGC":' + FIRST.to_json() + b"}"
EXIF = b"II*\0\x08\0\0\0\1\0\x86\x92\7\0" + struct.pack("<II", 8 + len(WRAPPED), 26) + b"\0" * 4
EXIF += b"ASCII\0\0\0" + WRAPPED


def built(before: bytes = b"", behind: bytes = b"") -> bytes:
    return HEAD + before + IMAGE + behind + END


def raw_profile(name: bytes, data: bytes) -> bytes:
    body = b"\n%s\n%8d\n%s\n" % (name, len(data), data.hex().encode())
    return chunk(b"zTXt", b"Raw profile type " + name + b"\0\0" + zlib.compress(body))


#: Chunks that hold a label, and the carrier's name.
LABELLED = {
    "iTXt": (chunk(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + PACKET), "xmp"),
    "iTXt compressed": (
        chunk(b"iTXt", b"XML:com.adobe.xmp\0\1\0en\0x\0" + zlib.compress(PACKET)),
        "xmp",
    ),
    "tEXt with XMP": (chunk(b"tEXt", b"XML:com.adobe.xmp\0" + PACKET), "xmp"),
    "tEXt": (chunk(b"tEXt", b"AIGC\0" + WRAPPED), "png-text"),
    "zTXt": (chunk(b"zTXt", b"AIGC\0\0" + zlib.compress(WRAPPED)), "png-text"),
    "iTXt AIGC": (chunk(b"iTXt", b"AIGC\0\0\0\0\0" + WRAPPED), "png-text"),
    "lower case": (chunk(b"tEXt", b"aigc\0" + WRAPPED), "png-text"),
    "comment": (chunk(b"tEXt", b"Comment\0AIGC=" + FIRST.to_json()), "png-text"),
    "eXIf": (chunk(b"eXIf", EXIF), "exif"),
    "profile of XMP": (raw_profile(b"xmp", PACKET), "xmp"),
    "profile of Exif": (raw_profile(b"exif", b"Exif\0\0" + EXIF), "exif"),
    "profile APP1": (raw_profile(b"APP1", b"Exif\0\0" + EXIF), "exif"),
}


def kinds(data: bytes) -> list[bytes]:
    return [each.kind for each in png.chunks(Source.of(data))]


@pytest.mark.parametrize("behind", [False, True])
@pytest.mark.parametrize("name", LABELLED)
def test_a_label_in_any_chunk_is_read_and_replaced(name: str, behind: bool) -> None:
    made, carrier = LABELLED[name]
    data = built(behind=made) if behind else built(made)
    (place,) = read(data).places
    assert place.carrier == carrier
    new = write(data)
    assert values(new) == [text()]
    assert write(new) == new
    assert read(new).places[0].carrier == "xmp"
    # Uncompressed and before the image, whatever it was.
    assert kinds(new).index(b"iTXt") < kinds(new).index(b"IDAT")


def test_all_labels_at_once_become_one() -> None:
    data = built(b"".join(made for made, _ in LABELLED.values()))
    with pytest.raises(MarksError):
        read(data)  # seven packets and profiles
    few = built(LABELLED["tEXt"][0] + LABELLED["eXIf"][0], LABELLED["iTXt"][0])
    assert len(values(few)) == 3
    assert values(write(few)) == [text()]


def test_every_written_chunk_has_its_check_sum() -> None:
    new = write(built(LABELLED["eXIf"][0] + LABELLED["profile of XMP"][0]))
    for each in png.chunks(Source.of(new)):
        whole = new[each.start + 4 : each.stop]
        assert zlib.crc32(whole[:-4]).to_bytes(4, "big") == whole[-4:]


def test_a_new_packet_stands_behind_the_header() -> None:
    new = write(PNG)
    assert kinds(new) == [b"IHDR", b"iTXt", b"IDAT", b"IEND"]
    assert new[:33] == PNG[:33]
    assert new.endswith(PNG[33:])


def test_other_chunks_and_what_follows_the_end_stay() -> None:
    other = chunk(b"tEXt", b"Comment\0hello") + chunk(b"prVt", b"\1\2")
    data = built(other) + b"behind the end"
    new = write(data)
    assert new.replace(png_text.xmp_chunk(xmp.fresh(Wanted(FIRST))), b"") == data
    assert new.endswith(b"behind the end")


def test_what_else_a_text_holds_is_kept() -> None:
    mixed = b'Comment\0{"title": "x", "AIGC": ' + FIRST.to_json() + b"}"
    new = write(built(chunk(b"tEXt", mixed)))
    assert chunk(b"tEXt", b'Comment\0{"title": "x"}') in new
    assert values(new) == [text()]


@pytest.mark.parametrize(
    "data",
    [
        b"Comment\0AIGC: my holiday notes, written by hand",
        b'AIGC-workflow\0{"nodes": [{"title": "Label"}]}',
        b"AIGC\0plain words about a series of pictures",
    ],
)
def test_a_text_about_aigc_is_kept(data: bytes) -> None:
    made = chunk(b"tEXt", data)
    found = read(built(made))
    assert found.places == ()
    assert found.metadata[0].text == data.split(b"\0")[1].decode()
    assert made in write(built(made))


@pytest.mark.parametrize(
    "made",
    [
        chunk(b"eXIf", EXIF + bytes(9 << 20)),
        chunk(b"tEXt", b"XML:com.adobe.xmp\0" + PACKET + b" " * (9 << 20)),
        chunk(b"zTXt", b"XML:com.adobe.xmp\0\0" + zlib.compress(PACKET + b" " * (9 << 20))),
        chunk(b"tEXt", b"AIGC\0" + WRAPPED + b" " * (9 << 20)),
        chunk(b"iTXt", b"AIGC\0\1\0\0\0" + zlib.compress(WRAPPED + b" " * (9 << 20))),
        raw_profile(b"exif", b"Exif\0\0" + EXIF + bytes(5 << 20)),
    ],
    ids=["eXIf", "XMP", "XMP deflated", "text", "text deflated", "profile"],
)
def test_a_chunk_longer_than_is_looked_at_is_not_cut(made: bytes) -> None:
    with pytest.raises(MarksError) as caught:
        write(built(made))
    assert caught.value.code == "file_too_complex"


@pytest.mark.parametrize(
    "made",
    [
        chunk(b"eXIf", b"II*\0\x08\0\0\0\0\0" + bytes(9 << 20)),
        chunk(b"zTXt", b"Notes\0\0" + zlib.compress(bytes(9 << 20))),
    ],
    ids=["eXIf", "text"],
)
def test_a_long_chunk_without_a_label_stays(made: bytes) -> None:
    assert made in write(built(made))


def test_texts_become_metadata() -> None:
    data = built(
        chunk(b"tEXt", b"parameters\0Steps: 20, caf\xe9")
        + chunk(b"zTXt", b"Software\0\0" + zlib.compress("NovelAI 画".encode()))
        + chunk(b"caBX", b"jumb c2pa")
    )
    found = {meta.key: meta.text for meta in read(data).metadata}
    assert found == {
        "png:parameters": "Steps: 20, café",
        "png:Software": "NovelAI 画",
        "c2pa": "jumb c2pa",
    }


def test_what_was_deflated_to_burst_is_refused() -> None:
    bomb = chunk(b"zTXt", b"a\0\0" + zlib.compress(b"\0" * (9 << 20)))
    with pytest.raises(MarksError) as caught:
        read(built(bomb * 5))
    assert caught.value.code == "file_too_complex"


def test_a_text_that_does_not_inflate_is_passed_over() -> None:
    data = built(chunk(b"zTXt", b"AIGC\0\0nothing deflated") + chunk(b"iTXt", b"AIGC\0"))
    assert values(data) == ["", ""]
    assert values(write(data)) == [text()]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (PNG[:40], "file_malformed"),
        (HEAD + b"\0\0\0\1ID\0T", "file_malformed"),
        (PNG[:8] + IMAGE + END, None),
        (PNG[:8], None),
        (built(chunk(b"tEXt", b"a\0b") * 300), "file_too_complex"),
    ],
)
def test_what_is_not_sound_is_not_written(data: bytes, code: str | None) -> None:
    if code is not None:
        with pytest.raises(MarksError) as caught:
            read(data)
        assert caught.value.code == code
    with pytest.raises(MarksError) as caught:
        write(data)
    assert caught.value.code == (code or "file_malformed")


def test_an_animation_is_told_apart_wherever_its_chunk_stands() -> None:
    control = chunk(b"acTL", b"\0\0\0\1\0\0\0\0")
    assert sniffed(built(control)) == "apng"
    assert sniffed(built(chunk(b"prVt", bytes(9000)) + control)) == "apng"
    assert sniffed(built(behind=control)) == sniffed(built(chunk(b"tEXt", b"a\0acTL"))) == "png"


def test_a_large_image_is_not_read_whole(tmp_path: Path) -> None:
    data = saved(gradient(size=(500, 500)).effect_spread(200), "PNG")
    image = b"".join(chunk(b"IDAT", bytes(8192)) for _ in range(2000))
    path = tmp_path / "large.png"
    path.write_bytes(data[:33] + image + LABELLED["tEXt"][0] + END)
    with Source.of(path) as source:
        before = source.budget
        found = png.read(source, "png")
        assert [place.carrier for place in found.places] == ["png-text"]
        assert before - source.budget < 2_000_000
