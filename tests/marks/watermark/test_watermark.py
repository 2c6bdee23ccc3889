import sys
import uuid

import numpy as np
import pytest
from PIL import Image
from tests.marks.watermark.pictures import PAYLOAD, cropped, jpeg, resized, scene

from hegui.marks import Label, MarksError, watermark


@pytest.fixture(scope="module")
def marked() -> Image.Image:
    return watermark.embed(scene(), PAYLOAD)


def test_the_mark_is_found(marked: Image.Image) -> None:
    assert watermark.find(marked) == PAYLOAD


def test_the_mark_is_hard_to_see(marked: Image.Image) -> None:
    change = np.asarray(marked, float) - np.asarray(scene(), float)
    assert 10 * np.log10(255**2 / np.mean(change**2)) > 36
    assert np.abs(change).max() < 40


@pytest.mark.parametrize("factor", [0.5, 0.75, 1.5])
def test_it_survives_resizing(marked: Image.Image, factor: float) -> None:
    assert watermark.find(resized(marked, factor)) == PAYLOAD


@pytest.mark.parametrize("quality", [95, 70, 40])
def test_it_survives_jpeg(marked: Image.Image, quality: int) -> None:
    assert watermark.find(jpeg(marked, quality)) == PAYLOAD


@pytest.mark.parametrize(("share", "place"), [(0.05, 0.5), (0.15, 1.0), (0.3, 0.5)])
def test_it_survives_cropping(marked: Image.Image, share: float, place: float) -> None:
    assert watermark.find(cropped(marked, share, place)) == PAYLOAD


def test_it_survives_several_at_once(marked: Image.Image) -> None:
    assert watermark.find(jpeg(resized(cropped(marked, 0.1, 1.0), 0.9), 80)) == PAYLOAD


def test_no_mark_is_found_where_there_is_none() -> None:
    assert watermark.find(scene()) is None
    assert watermark.find(Image.new("P", (50, 3))) is None
    assert watermark.find(Image.new("1", (1, 1))) is None


def test_a_mirrored_picture_has_lost_it(marked: Image.Image) -> None:
    assert watermark.find(marked.transpose(Image.Transpose.FLIP_LEFT_RIGHT)) is None


def test_the_newer_mark_counts() -> None:
    twice = watermark.embed(watermark.embed(scene(), PAYLOAD), bytes(16))
    assert watermark.find(twice) == bytes(16)


@pytest.mark.parametrize("mode", ["L", "LA", "RGBA"])
def test_other_modes_keep_their_mode_and_transparency(mode: str) -> None:
    image = scene(400, 300).convert(mode)
    if mode != "L":
        image.putalpha(Image.linear_gradient("L").resize(image.size))
    marked = watermark.embed(image, PAYLOAD)
    assert (marked.mode, marked.size) == (image.mode, image.size)
    assert watermark.find(marked) == PAYLOAD
    if mode != "L":
        assert marked.getchannel("A").tobytes() == image.getchannel("A").tobytes()


def test_a_plain_picture_takes_it_too() -> None:
    plain = Image.new("RGB", (512, 384), (90, 120, 150))
    assert watermark.find(watermark.embed(plain, PAYLOAD)) == PAYLOAD


@pytest.mark.parametrize(
    "image",
    [Image.new("RGB", (255, 900)), Image.new("P", (400, 400)), Image.new("CMYK", (400, 400))],
)
def test_pictures_that_cannot_take_it(image: Image.Image) -> None:
    with pytest.raises(MarksError, match="watermark_picture"):
        watermark.embed(image, PAYLOAD)


def test_a_mark_that_cannot_be_read_back_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hegui.marks.watermark.embedding.find", lambda _: None)
    with pytest.raises(MarksError, match="watermark_picture"):
        watermark.embed(scene(300, 300), PAYLOAD)


@pytest.mark.parametrize("data", [b"", bytes(15), bytes(17)])
def test_the_payload_has_sixteen_bytes(data: bytes) -> None:
    with pytest.raises(MarksError, match="watermark_payload"):
        watermark.embed(scene(300, 300), data)


@pytest.mark.parametrize("module", ["numpy", "PIL.Image"])
def test_without_the_libraries_the_extra_is_named(
    monkeypatch: pytest.MonkeyPatch, module: str
) -> None:
    image = scene(300, 300)
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(MarksError, match="extra_missing") as caught:
        watermark.embed(image, PAYLOAD)
    assert "hegui[watermark]" in caught.value.en


def test_a_uuid_is_carried_as_it_is() -> None:
    number = uuid.UUID(int=5)
    assert watermark.payload(Label.first("P", str(number))) == number.bytes
    assert watermark.payload(Label.first("P", number.hex)) == number.bytes


def test_another_number_is_carried_by_its_digest() -> None:
    one, other = Label.first("P", "142569260085903360"), Label.first("Q", "142569260085903360")
    assert len(watermark.payload(one)) == 16
    assert watermark.payload(one) != watermark.payload(other)
    assert watermark.payload(one) == watermark.payload(Label("3", *one_fields(one)))


def one_fields(label: Label) -> tuple[str, str, str, str, str, str]:
    return (label.content_producer, label.produce_id, "x", "another", "5", "y")
