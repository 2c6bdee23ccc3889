"""Files are marked or held back, and read back by sample."""

import asyncio
import io
from collections.abc import Callable, Coroutine
from typing import Any

import msgspec
import pytest
from PIL import Image
from tests.gateway.media.server import MP4, PNG, WAV
from tests.world import FakeWorld

from hegui import marks
from hegui.config.model import Labels
from hegui.gateway.errors import GatewayError
from hegui.gateway.media.marker import Held, Marked, Marker, Sign
from hegui.marks import Finding, Label, Reading, Severity, Verdict

CODE = "001191000000MA0000000N10000"
DAY = 86_400_000


def run(
    work: Callable[[Marker], Coroutine[Any, Any, list[Marked]]],
    *,
    sampled: float = 0.0,
    sign: Sign | None = None,
    world: FakeWorld | None = None,
) -> list[Marked]:
    async def go() -> list[Marked]:
        labels = Labels(sampled=sampled)
        marker = Marker(CODE, labels, sign, world or FakeWorld())
        try:
            return await work(marker)
        finally:
            await marker.aclose()

    return asyncio.run(go())


async def picture(marker: Marker, *, explicit: bool = False) -> list[Marked]:
    return [await marker.mark(PNG, "image", "a1", explicit=explicit)]


def test_the_label_is_in_the_file() -> None:
    (file,) = run(picture)
    label = marks.read(file.data).label
    assert label == Label.first(CODE, "a1")
    assert (file.format, file.media_type, file.explicit) == ("png", "image/png", False)
    pixels = [Image.open(io.BytesIO(data)).convert("RGB").tobytes() for data in (PNG, file.data)]
    assert pixels[0] == pixels[1]


def test_people_see_it_where_they_shall() -> None:
    (file,) = run(lambda marker: picture(marker, explicit=True))
    assert file.explicit
    pixels = [Image.open(io.BytesIO(data)).convert("RGB").tobytes() for data in (PNG, file.data)]
    assert pixels[0] != pixels[1]


def test_a_key_signs() -> None:
    def sign(label: Label) -> Label:
        return msgspec.structs.replace(label, reserved_code1="signed")

    (file,) = run(picture, sign=sign)
    label = marks.read(file.data).label
    assert label is not None
    assert label.reserved_code1 == "signed"


def test_the_first_of_a_kind_each_day_is_in_the_sample() -> None:
    world = FakeWorld()

    async def work(marker: Marker) -> list[Marked]:
        files = [one for _ in range(3) for one in await picture(marker)]
        files.append(await marker.mark(WAV, "audio", "a2", explicit=False))
        world.tick(DAY)
        return files + await picture(marker)

    read = [file.read for file in run(work, world=world)]
    assert read == ["conforming", "", "", "conforming", "conforming"]


@pytest.mark.parametrize(("share", "least", "most"), [(1.0, 60, 60), (0.5, 15, 45), (0.0, 1, 1)])
def test_of_the_others_a_share_is(share: float, least: int, most: int) -> None:
    async def work(marker: Marker) -> list[Marked]:
        return [one for _ in range(60) for one in await picture(marker)]

    files = run(work, sampled=share)
    assert least <= sum(bool(file.read) for file in files) <= most


def test_what_does_not_read_back_is_held(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(marks, "read", lambda _: Reading("png", Verdict.UNLABELLED))
    with pytest.raises(Held) as caught:
        run(picture)
    assert (caught.value.code, caught.value.read) == ("mark_wrong", "unlabelled")
    assert (caught.value.media, caught.value.format) == ("image", "png")


def test_a_label_that_people_can_not_see_is_held(monkeypatch: pytest.MonkeyPatch) -> None:
    lacking = Finding("explicit-missing", "GB 45438-2025, 5.2", Severity.ERROR, "缺", "missing")
    monkeypatch.setattr(marks.explicit, "check", lambda _: (lacking,))
    with pytest.raises(Held) as caught:
        run(lambda marker: picture(marker, explicit=True))
    assert (caught.value.read, caught.value.findings) == ("explicit", "explicit-missing")
    (file,) = run(picture)
    assert file.read == "conforming", "where none was asked for none is missed"


def test_another_label_is_held(monkeypatch: pytest.MonkeyPatch) -> None:
    other = marks.write(PNG, Label.first(CODE, "another"))
    assert other is not None
    monkeypatch.setattr(marks, "write", lambda *_: other)
    with pytest.raises(Held) as caught:
        run(picture)
    assert caught.value.read == "another"


@pytest.mark.parametrize("data", [WAV, MP4], ids=["sound", "clip"])
def test_another_kind_of_file_is_refused(data: bytes) -> None:
    async def work(marker: Marker) -> list[Marked]:
        return [await marker.mark(data, "image", "a1", explicit=False)]

    with pytest.raises(GatewayError) as caught:
        run(work)
    assert caught.value.code == "upstream_broken"


@pytest.mark.parametrize(
    "data", [b"", b"\0" * 50, PNG[:60], b"\xff\xd8\xff\xe0\0\x10JFIF"], ids=len
)
def test_a_broken_file_can_not_be_marked(data: bytes) -> None:
    async def work(marker: Marker) -> list[Marked]:
        return [await marker.mark(data, "image", "a1", explicit=True)]

    with pytest.raises(GatewayError) as caught:
        run(work)
    assert caught.value.code in ("mark_failed", "upstream_broken")


def test_a_decoders_fault_is_an_error_of_the_house(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object) -> bytes:
        raise ZeroDivisionError

    monkeypatch.setattr(marks, "write", fails)
    with pytest.raises(GatewayError) as caught:
        run(picture)
    assert caught.value.code == "mark_failed"
