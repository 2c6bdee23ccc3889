import io

import pytest
from PIL import Image
from tests.marks.carriers.media_tools import read, refused, sniffed, text
from tests.marks.samples.media import made
from tests.marks.samples.mutations import mutations
from tests.marks.samples.sound import frame, tag

from hegui.marks.carriers import refused as carrier
from hegui.marks.reading import Contents
from hegui.marks.source import Source


def bmp() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (4, 4)).save(out, "BMP")
    return out.getvalue()


#: ADTS frames of 7 bytes: AAC LC, 44.1 kHz.
ADTS = b"\xff\xf1\x50\x80\x00\xff\xfc" * 20


@pytest.mark.parametrize(
    ("data", "kind"), [(bmp(), "bmp"), (ADTS, "adts"), (b"ADIF" + ADTS, "adts")]
)
def test_they_are_known_and_refused(data: bytes, kind: str) -> None:
    assert sniffed(data) == ("refused", kind)
    assert read(data) == Contents(kind)
    assert refused(data) == "format_no_carrier"


def test_what_ffmpeg_writes_is_known() -> None:
    sound = made("-f lavfi -i sine=d=1 -c:a aac -f adts")
    assert sniffed(sound) == ("refused", "adts")
    assert refused(sound) == "format_no_carrier"


def test_a_label_before_aac_is_read_all_the_same() -> None:
    data = tag(4, frame(4, "TXXX", b"\3AIGC\0" + text().encode())) + ADTS
    assert sniffed(data) == ("refused", "adts")
    (place,) = read(data).places
    assert (place.carrier, place.value) == ("id3", text())


def test_letters_alone_make_no_bmp() -> None:
    assert carrier.sniff(b"BM is a text", Source.of(b"BM is a text")) is None


def test_damaged_heads_raise_nothing() -> None:
    for data in (bmp(), tag(4, frame(4, "TIT2", b"\3x")) + ADTS):
        for damaged in mutations(data, 300):
            carrier.sniff(damaged[:4096], Source.of(damaged))
