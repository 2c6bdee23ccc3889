"""Checking: what is missing is told, and what can't be known is not guessed."""

import struct
from fractions import Fraction
from io import BytesIO

import av
import docx
import numpy as np
import openpyxl
import pytest
from PIL import Image
from tests.marks.explicit.films import film, pictures
from tests.marks.explicit.pictures import encoded, ground, opened

from hegui.marks import explicit
from hegui.marks.finding import Severity


def codes(data: bytes) -> list[str]:
    return [each.code for each in explicit.check(data)]


def marked(picture: Image.Image) -> Image.Image:
    made = explicit.add(encoded(picture, "PNG"))
    assert made is not None
    return opened(made)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        ("AI生成\n\n正文\n".encode(), None),
        ("正文\n\n以上内容由人工智能生成，仅供参考。\n".encode(), None),
        ("正文\n".encode(), "explicit-missing"),
        ("AI\n\n正文\n".encode(), "explicit-elements"),
        ("# 标题\n\n如何用AI生成图片\n".encode(), "explicit-missing"),
        ("<!doctype html><html><body><p>AI生成</p>正文</body></html>".encode(), None),
        (b"<!doctype html><html><body>AI</body></html>", "explicit-elements"),
        (b"<!doctype html><html><body>text</body></html>", "explicit-missing"),
        (b'{"a": 1}', "explicit-not-checked"),
        (b'<svg xmlns="http://www.w3.org/2000/svg"/>', "explicit-not-checked"),
    ],
)
def test_texts(data: bytes, code: str | None) -> None:
    assert codes(data) == ([code] if code else [])


def test_office_documents() -> None:
    report, sheet = BytesIO(), BytesIO()
    docx.Document().save(report)
    book = openpyxl.Workbook()
    book.save(sheet)
    for data in (report.getvalue(), sheet.getvalue()):
        assert codes(data) == ["explicit-missing"]
        made = explicit.add(data)
        assert made is not None
        assert codes(made) == []


def test_pictures_without_a_mark_of_ours_are_not_guessed_about() -> None:
    (found,) = explicit.check(encoded(ground("busy", 300, 200), "PNG"))
    assert (found.code, found.severity) == ("explicit-not-checked", Severity.INFO)


def test_a_picture_that_was_padded_or_cut() -> None:
    picture = marked(ground("busy", 600, 600))
    assert codes(encoded(picture, "JPEG", quality=60)) == []
    assert codes(encoded(picture.resize((300, 300)), "JPEG", quality=60)) == []
    wide = Image.new("RGB", (900, 900), "white")
    wide.paste(picture, (150, 300))
    assert codes(encoded(wide, "PNG")) == ["explicit-small"]
    high = Image.new("RGB", (600, 680), "white")
    high.paste(picture, (0, 0))
    assert codes(encoded(high, "PNG")) == ["explicit-place"]


def test_an_animation_with_a_frame_that_lacks_it() -> None:
    plain = ground("busy", 300, 200)
    data = encoded(marked(plain), "GIF", save_all=True, append_images=[plain], duration=100)
    (found,) = explicit.check(data)
    assert found.code == "explicit-frame"
    assert "2" in found.en


def test_a_video_that_shows_it_for_too_short_a_time() -> None:
    plain, short = film(seconds=2.5, sound=None), explicit.add(film(seconds=0.5, sound=None))
    assert codes(plain) == ["explicit-not-checked"]
    assert short is not None
    assert codes(short) == []
    # Ours, for half a second; then the picture goes on without it.

    made = BytesIO()
    with av.open(made, "w", "mp4") as out:
        stream = out.add_stream("libx264", rate=10)
        stream.width, stream.height, stream.pix_fmt = 192, 144, "yuv420p"
        frames = [*pictures(short), *pictures(plain)]
        for number, frame in enumerate(frames):
            frame.pts, frame.time_base, frame.pict_type = number, Fraction(1, 10), 0
            out.mux(stream.encode(frame))
        out.mux(stream.encode(None))
    (found,) = explicit.check(made.getvalue())
    assert found.code == "explicit-short"
    assert "0.50" in found.en


def test_a_rhythm_of_another_maker_without_the_longer_pause() -> None:
    rate = 8000
    tone = (8000 * np.sin(2 * np.pi * 800 * np.arange(rate) / rate)).astype("<i2")
    gap, short, long = np.zeros(rate // 10, "<i2"), tone[: rate // 10], tone[: 3 * rate // 10]
    for pause, code in ((1, ["explicit-rhythm"]), (3, [])):
        parts = [gap, short, gap, long, *[gap] * pause, short, gap, short, *[gap] * 9]
        data = np.concatenate(parts).tobytes()
        told = struct.pack("<HHIIHH", 1, 1, rate, 2 * rate, 2, 16)
        body = b"WAVEfmt " + struct.pack("<I", 16) + told + b"data" + struct.pack("<I", len(data))
        assert codes(b"RIFF" + struct.pack("<I", len(body) + len(data)) + body + data) == code


def test_silence_is_not_checked() -> None:
    told = struct.pack("<HHIIHH", 1, 1, 8000, 16000, 2, 16)
    body = b"WAVEfmt " + struct.pack("<I", 16) + told + b"data" + struct.pack("<I", 16000)
    data = b"RIFF" + struct.pack("<I", len(body) + 16000) + body + bytes(16000)
    assert codes(data) == ["explicit-not-checked"]
