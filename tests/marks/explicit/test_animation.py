"""Animated PNG, WebP and AVIF: every frame, with its time."""

from io import BytesIO
from typing import Any

import pytest
from PIL import Image, ImageDraw
from tests.marks.explicit.pictures import encoded

from hegui.marks.explicit import animation, find, image
from hegui.marks.explicit.wish import Wish
from hegui.marks.source import Source


def moving(kind: str, mode: str, times: list[int], **settings: Any) -> bytes:
    pictures = []
    for step in range(4):
        picture = Image.new("RGBA", (200, 160), (200, 220, 255, 255))
        box = (10 + 20 * step, 20, 50 + 20 * step, 60)
        ImageDraw.Draw(picture).ellipse(box, fill=(255, 30 * step, 0, 255))
        pictures.append(picture.convert(mode))
    return encoded(
        pictures[0], kind, save_all=True, append_images=pictures[1:], duration=times, **settings
    )


def frames(data: bytes) -> list[tuple[float, bool]]:
    whole = Image.open(BytesIO(data))
    found = []
    for number in range(getattr(whole, "n_frames", 1)):
        whole.seek(number)
        whole.load()
        marked = find.search(image.light(whole)) is not None
        found.append((whole.info.get("duration", 0), marked))
    return found


@pytest.mark.parametrize(
    ("kind", "name", "mode", "settings"),
    [
        ("PNG", "apng", "RGB", {"loop": 3}),
        ("PNG", "apng", "P", {}),
        ("PNG", "apng", "RGBA", {"disposal": 2}),
        ("WEBP", "webp", "RGB", {"loop": 2, "quality": 80}),
        ("WEBP", "webp", "RGBA", {"lossless": True}),
        ("AVIF", "avif", "RGB", {}),
    ],
)
def test_every_frame_and_its_time(
    kind: str, name: str, mode: str, settings: dict[str, Any]
) -> None:
    before = moving(kind, mode, [100, 110, 120, 130], **settings)
    out = BytesIO()
    assert animation.draw(Source.of(before), name, Wish(), out)
    after = out.getvalue()
    assert frames(after) == [(time, True) for time, _ in frames(before)]
    loops = [Image.open(BytesIO(data)).info.get("loop") for data in (before, after)]
    assert loops[0] == loops[1]
    assert not animation.draw(Source.of(after), name, Wish(), BytesIO())


def test_a_default_image_beside_the_animation_is_marked_too() -> None:
    before = moving("PNG", "RGBA", [100, 110, 120], default_image=True)
    out = BytesIO()
    assert animation.draw(Source.of(before), "apng", Wish(), out)
    after = Image.open(BytesIO(out.getvalue()))
    assert after.info["default_image"]
    assert all(marked for _, marked in frames(out.getvalue()))


def test_a_single_frame_is_a_still_picture() -> None:
    out = BytesIO()
    data = encoded(Image.new("RGB", (200, 160), "red"), "WEBP", lossless=True)
    assert animation.draw(Source.of(data), "webp", Wish(), out)
    assert frames(out.getvalue()) == [(0, True)]
