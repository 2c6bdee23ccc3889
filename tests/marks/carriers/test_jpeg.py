"""JPEG: several packets, the extended one, other places of a label, and what follows the image."""

import hashlib
import io
import json
import struct
from pathlib import Path

import pytest
from PIL import Image
from tests.marks.carriers.image_tools import FIRST, HARD, read, text, values, write
from tests.marks.samples import exiftool
from tests.marks.samples.images import decoded, gradient, saved

from hegui.marks import Label, MarksError, xmp
from hegui.marks.carriers import jpeg, jpeg_xmp
from hegui.marks.plan import Wanted
from hegui.marks.source import Source

PLAIN = saved(gradient(), "JPEG")
STANDARD = b"http://ns.adobe.com/xap/1.0/\0"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
LARGE = Label("1", "x", "y", "r" * 9000, "x", "y", "")


def segment(marker: int, payload: bytes) -> bytes:
    return bytes([0xFF, marker]) + struct.pack(">H", len(payload) + 2) + payload


def inserted(*segments: bytes, into: bytes = PLAIN) -> bytes:
    """With segments behind JFIF's."""
    return into[:20] + b"".join(segments) + into[20:]


def packet(inner: str, pad: int = 0) -> bytes:
    return (
        f'<?xpacket begin="" id="x"?><rdf:RDF xmlns:rdf="{RDF}"><rdf:Description rdf:about="" '
        f'xmlns:a="a:">{inner}</rdf:Description></rdf:RDF>{" " * pad}<?xpacket end="w"?>'
    ).encode()


def extended(far: bytes, near: str = "", size: int = 700) -> bytes:
    """A standard packet that names an extended one, and its pieces."""
    guid = hashlib.md5(far, usedforsecurity=False).hexdigest().upper()
    note = "http://ns.adobe.com/xmp/note/"
    first = packet(f'{near}<n:HasExtendedXMP xmlns:n="{note}">{guid}</n:HasExtendedXMP>')
    pieces = [
        segment(
            0xE1,
            b"http://ns.adobe.com/xmp/extension/\0"
            + guid.encode()
            + struct.pack(">II", len(far), at)
            + far[at : at + size],
        )
        for at in range(0, len(far), size)
    ]
    # Readers are to put them in order.
    return segment(0xE1, STANDARD + first) + b"".join(reversed(pieces))


def labelled(label: Label = HARD) -> str:
    held = xmp.label_text(Wanted(label))
    return f'<TC260:AIGC xmlns:TC260="http://www.tc260.org.cn/ns/AIGC/1.0/">{held}</TC260:AIGC>'


def test_the_segment_stands_behind_jfif_and_exif() -> None:
    exif = Image.Exif()
    exif[0x131] = "a camera"
    data = saved(gradient(), "JPEG", exif=exif)
    new = write(data)
    markers = [each.marker for each in jpeg.segments(Source.of(new))][:3]
    assert markers == [0xE0, 0xE1, 0xE1]
    assert new.replace(jpeg_xmp.segment(xmp.fresh(Wanted(FIRST))), b"") == data
    assert [meta.key for meta in read(new).metadata] == ["xmp", "exif:Software"]


def test_of_several_packets_the_first_holds_the_label() -> None:
    data = inserted(
        segment(0xE1, STANDARD + packet("<a:one/>")),
        segment(0xE1, STANDARD + packet(labelled() + "<a:two/>")),
    )
    assert values(data) == [text(HARD)]
    new = write(data)
    assert values(new) == [text()]
    assert new.count(STANDARD) == 2
    assert packet("<a:two/>") in new
    assert write(new) == new


def test_a_label_in_the_extended_packet_moves_to_the_standard_one(tmp_path: Path) -> None:
    far = packet(f"<a:long>{'z' * 3000}</a:long>{labelled()}")
    data = inserted(extended(far))
    assert values(data) == [text(HARD)]
    new = write(data)
    assert values(new) == [text()]
    assert write(new) == new
    assert decoded(new) == decoded(data)
    path = tmp_path / "it.jpg"
    path.write_bytes(new)
    tags = exiftool.tags(path)
    # ExifTool reads the extended packet only under the name that fits it.
    assert "z" * 3000 in tags.values()
    assert exiftool.labels(path) == [text()]


def test_a_label_that_does_not_fit_moves_the_rest_to_an_extended_packet(tmp_path: Path) -> None:
    full = packet(f"<a:long>{'z' * 60_000}</a:long>")
    data = inserted(segment(0xE1, STANDARD + full))
    new = write(data, LARGE)
    assert json.loads(str(values(new)[0])) == json.loads(LARGE.to_json())
    assert write(new, LARGE) == new
    path = tmp_path / "it.jpg"
    path.write_bytes(new)
    assert "z" * 60_000 in exiftool.tags(path).values()
    assert len(exiftool.labels(path)) == 1
    assert exiftool.faults(path) == []
    assert decoded(new) == decoded(data)


def test_padding_gives_way_before_anything_moves() -> None:
    full = packet(f"<a:long>{'z' * 55_000}</a:long>", pad=8000)
    new = write(inserted(segment(0xE1, STANDARD + full)), LARGE)
    assert b"xmp/extension" not in new
    assert len(values(new)) == 1


def test_two_full_packets_are_refused() -> None:
    far = packet("<a:more/>")
    full = extended(far, near=f"<a:long>{'z' * 60_000}</a:long>")
    with pytest.raises(MarksError) as caught:
        write(inserted(full), LARGE)
    assert caught.value.code == "file_malformed"


def test_an_extended_packet_with_a_piece_missing_is_left_alone() -> None:
    whole = extended(packet(labelled() + "z" * 3000))
    cut = whole[: whole.rindex(b"\xff\xe1")]
    data = inserted(cut)
    assert values(data) == []
    assert values(write(data)) == [text()]


def test_a_user_comment_is_overwritten_in_place() -> None:
    exif = Image.Exif()
    exif.get_ifd(0x8769)[0x9286] = b"ASCII\0\0\0" + b'{"AIGC":' + HARD.to_json() + b"}"
    exif[0x131] = "GIMP"
    data = saved(gradient(), "JPEG", exif=exif)
    assert [place.carrier for place in read(data).places] == ["exif"]
    new = write(data)
    assert values(new) == [text()]
    assert write(new) == new
    with Image.open(io.BytesIO(new)) as image:
        assert image.getexif()[0x131] == "GIMP"
        assert bytes(image.getexif().get_ifd(0x8769)[0x9286]).strip() == b"ASCII\0\0\0"


def test_a_comment_that_is_a_label_goes_and_what_else_it_holds_stays() -> None:
    whole = inserted(segment(0xFE, b"AIGC=" + HARD.to_json()), segment(0xFE, b"by hand"))
    assert [place.carrier for place in read(whole).places] == ["comment"]
    new = write(whole)
    assert values(new) == [text()]
    assert b"by hand" in new
    assert b"AIGC=" not in new
    mixed = inserted(segment(0xFE, b'{"a": 1, "AIGC": ' + HARD.to_json() + b"}"))
    assert segment(0xFE, b'{"a": 1}') in write(mixed)


def test_other_segments_tell_of_generation() -> None:
    records = b"".join(
        b"\x1c\x02" + bytes([number]) + struct.pack(">H", len(value)) + value
        for number, value in ((110, b"Made with Google AI"), (120, "画".encode()))
    )
    photoshop = b"Photoshop 3.0\0" + b"8BIM\x04\x04\0\0" + struct.pack(">I", len(records)) + records
    box = b"JP\0\1\0\0\0\1" + struct.pack(">I", 40) + b"jumb....c2pa trainedAlgorithmicMedia"
    found = read(inserted(segment(0xED, photoshop), segment(0xEB, box))).metadata
    assert [(meta.key, meta.text) for meta in found][:2] == [
        ("iptc:110", "Made with Google AI"),
        ("iptc:120", "画"),
    ]
    assert found[2].key == "c2pa"


def test_the_video_behind_a_motion_photo_stays() -> None:
    video = b"\0\0\0\x18ftypmp42" + bytes(range(256)) * 10
    new = write(PLAIN + video)
    assert new.endswith(PLAIN[-100:] + video)


@pytest.mark.parametrize("behind", [False, True])
def test_a_second_image_is_found_where_the_index_says(behind: bool) -> None:
    frames = [gradient(), gradient(shift=90)]
    data = saved(frames[0], "MPO", save_all=True, append_images=frames[1:])
    if behind:  # a packet that stands behind the index, and grows
        at = data.index(b"MPF\0") - 4
        size = struct.unpack(">H", data[at + 2 : at + 4])[0]
        old = segment(0xE1, STANDARD + packet("<a:b/>"))
        index = bytearray(data[at : at + 2 + size])
        _moved(index, len(old))
        data = data[:at] + bytes(index) + old + data[at + 2 + size :]
        assert decoded(data) == decoded(
            saved(frames[0], "MPO", save_all=True, append_images=frames[1:])
        )
    new = write(data)
    assert decoded(new) == decoded(data)
    assert write(new) == new
    assert values(new) == [text()]
    with Image.open(io.BytesIO(new)) as image:
        assert getattr(image, "n_frames", 1) == 2


def _moved(index: bytearray, growth: int) -> None:
    """The first image's size and the second one's place, as Pillow writes them."""
    order = "<" if index[8:10] == b"II" else ">"
    first = 8 + struct.unpack_from(order + "I", index, 12)[0]
    count = struct.unpack_from(order + "H", index, first)[0]
    fields = [struct.unpack_from(order + "HHII", index, first + 2 + at * 12) for at in range(count)]
    entries = 8 + next(place for tag, _, _, place in fields if tag == 0xB002)
    for at in (entries + 4, entries + 16 + 8):
        value = struct.unpack_from(order + "I", index, at)[0]
        struct.pack_into(order + "I", index, at, value + growth)


def test_fill_bytes_and_unknown_segments_stay() -> None:
    odd = b"\xff" * 70_000 + segment(0xEF, b"unknown")[1:]
    data = inserted(odd)
    assert write(data).replace(jpeg_xmp.segment(xmp.fresh(Wanted(FIRST))), b"") == data


@pytest.mark.parametrize(
    "data",
    [
        PLAIN[:100],
        PLAIN[:20] + b"\xff\xe1\0\1" + PLAIN[20:],
        PLAIN[:20] + b"junk" + PLAIN[20:],
        b"\xff\xd8\xff",
        b"\xff\xd8\xff\xff\xff\xff",
        PLAIN[:20] + b"\xff\xd0" + PLAIN[20:],
    ],
)
def test_what_is_not_whole_is_refused(data: bytes) -> None:
    for does in (read, write):
        with pytest.raises(MarksError) as caught:
            does(data)
        assert caught.value.code == "file_malformed"


@pytest.mark.parametrize(
    "data",
    [
        inserted(segment(0xE1, STANDARD + packet("")) * 9),
        inserted(segment(0xEF, b"") * 25_000),
        inserted(segment(0xFE, b"") * 1000),
    ],
)
def test_more_segments_than_any_picture_has_are_refused(data: bytes) -> None:
    with pytest.raises(MarksError) as caught:
        read(data)
    assert caught.value.code == "file_too_complex"
