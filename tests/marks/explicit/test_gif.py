"""GIF: the mark on every frame; tables, timing, loops, extensions and all other pixels stay."""

from io import BytesIO
from typing import Any

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageSequence
from tests.marks.explicit.pictures import encoded, ground

from hegui.marks import MarksError
from hegui.marks.explicit import find, gif, gif_blocks, image, plate
from hegui.marks.explicit.wish import Wish
from hegui.marks.source import Source


def drawn(data: bytes) -> bytes:
    out = BytesIO()
    assert gif.draw(Source.of(data), "gif", Wish(), out)
    assert not gif.draw(Source.of(out.getvalue()), "gif", Wish(), BytesIO())
    return out.getvalue()


def frames(data: bytes) -> list[tuple[Image.Image, dict[Any, Any]]]:
    whole = Image.open(BytesIO(data))
    return [(one.convert("RGBA"), dict(one.info)) for one in ImageSequence.Iterator(whole)]


def moving(background: tuple[int, ...], **settings: Any) -> bytes:
    pictures = []
    for step in range(5):
        picture = Image.new("RGBA", (200, 160), background)
        box = (10 + 20 * step, 20, 50 + 20 * step, 60)
        ImageDraw.Draw(picture).ellipse(box, fill=(255, 30 * step, 0, 255))
        pictures.append(picture)
    return encoded(
        pictures[0], "GIF", save_all=True, append_images=pictures[1:],
        duration=[100, 110, 120, 130, 140], loop=3, comment=b"about", **settings,
    )  # fmt: skip


def many_colours(count: int) -> bytes:
    rng = np.random.default_rng(2)
    arrays = [rng.integers(60, 200, (120, 160, 3), dtype=np.uint8) for _ in range(count)]
    pictures = [Image.fromarray(array).quantize(256) for array in arrays]
    return encoded(pictures[0], "GIF", save_all=True, append_images=pictures[1:], duration=70)


@pytest.mark.parametrize("background", [(200, 220, 255, 255), (255, 255, 255, 0)])
@pytest.mark.parametrize("disposal", [0, 1, 2, 3])
def test_every_frame_as_a_player_shows_it(background: tuple[int, ...], disposal: int) -> None:
    before = moving(background, disposal=disposal)
    old, new = frames(before), frames(drawn(before))
    assert len(old) == len(new)
    box = plate.fit(200, 160, "AI生成", "bottom-right", 0.05, opaque=True).box
    for (was, told), (became, tells) in zip(old, new, strict=True):
        assert find.search(image.light(became)) is not None
        assert (told["duration"], told.get("loop")) == (tells["duration"], tells.get("loop"))
        first, second = np.array(was), np.array(became)
        second[box] = first[box]
        assert (first == second).all()


def test_extensions_and_tables_stay_byte_for_byte() -> None:
    before = moving((200, 220, 255, 255))
    packet = b"!\xff\x0bXMP DataXMP" + b"<x/>" + b"\x01" + bytes(range(255, -1, -1)) + b"\0"
    before = before[:-1] + packet + b";tail"
    after = drawn(before)
    assert packet in after
    assert after.endswith(b";tail")
    old, new = gif_blocks.read(before), gif_blocks.read(after)
    assert [part for part in new.parts if isinstance(part, bytes)] == [
        part for part in old.parts if isinstance(part, bytes)
    ]
    assert new.colours is not None
    assert old.colours is not None
    assert new.colours[: len(old.colours)] == old.colours
    assert [each.control for each in new.frames] == [each.control for each in old.frames]


def test_a_full_table_without_black_and_white() -> None:
    before = many_colours(3)
    after = drawn(before)
    for (was, _), (became, _) in zip(frames(before), frames(after), strict=True):
        assert find.search(image.light(became)) is not None
        box = plate.fit(160, 120, "AI生成", "bottom-right", 0.05, opaque=True).box
        first, second = np.array(was), np.array(became)
        second[box] = first[box]
        # At most the pixels of the two entries that fewest used.
        assert (first != second).any(axis=2).mean() < 0.02


def test_a_frame_beside_the_mark_stays_as_it_is() -> None:
    whole = gif_blocks.read(moving((200, 220, 255, 255)))
    frame = whole.frames[1]
    assert frame.top + frame.height < 100  # it leaves out the lower edge
    after = gif_blocks.read(drawn(b"".join(whole.encoded())))
    assert after.frames[1].data == frame.data


def test_what_would_be_lost_is_refused() -> None:
    picture = Image.new("RGB", (200, 160), "green")
    data = encoded(picture, "GIF")
    whole = gif_blocks.read(data)
    first, second = whole.frames[0], gif_blocks.read(data).frames[0]
    first.set_pixels(first.pixels()[:60, :60])
    first.control = (1 << 2, 10, 0)
    second.set_pixels(second.pixels()[:80, :30])
    second.control = (2 << 2, 10, 0)
    # The second, small and cleared afterwards, would have to grow over what the first shows;
    # the mark that the first has grown for is there, so nothing is lost.
    whole.parts.append(second)
    assert len(frames(drawn(b"".join(whole.encoded())))) == 2
    cleared = gif_blocks.read(data)
    corner = cleared.frames[0]
    corner.set_pixels(corner.pixels()[100:, 100:])
    corner.left, corner.top, corner.control = 100, 100, (2 << 2, 10, 0)
    cleared.parts.insert(0, first)
    cleared.parts.append(second)
    with pytest.raises(MarksError) as caught:
        gif.draw(Source.of(b"".join(cleared.encoded())), "gif", Wish(), BytesIO())
    assert caught.value.code == "mark_animation"


def test_blocks_go_apart_and_together_again() -> None:
    for data in (moving((1, 2, 3, 255)), many_colours(2), encoded(ground("busy", 90, 70), "GIF")):
        again = b"".join(gif_blocks.read(data).encoded())
        assert frames(again)[0][0].tobytes() == frames(data)[0][0].tobytes()
        for frame in gif_blocks.read(data).frames:
            pixels = frame.pixels()
            frame.set_pixels(pixels)
            assert (frame.pixels() == pixels).all()


@pytest.mark.parametrize("cut", [5, 12, 40, 300, -2])
def test_a_file_cut_short(cut: int) -> None:
    with pytest.raises(MarksError) as caught:
        gif_blocks.read(many_colours(1)[:cut])
    assert caught.value.code == "file_malformed"
