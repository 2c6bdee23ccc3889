"""Videos: from the first frame for two seconds or throughout; times, sound and colours stay."""

import subprocess
from fractions import Fraction
from io import BytesIO
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest
from PIL import Image
from tests.marks.explicit.films import film, packets, pictures, sound
from tests.marks.explicit.pictures import measured
from tests.tools import need

from hegui.marks import MarksError
from hegui.marks.explicit import film as planes
from hegui.marks.explicit import find, image, video
from hegui.marks.explicit.plate import fit
from hegui.marks.explicit.wish import Wish
from hegui.marks.source import Source


def drawn(data: bytes, name: str, wish: Wish | None = None) -> bytes:
    out = BytesIO()
    assert video.draw(Source.of(data), name, wish or Wish(), out)
    assert not video.draw(Source.of(out.getvalue()), name, wish or Wish(), BytesIO())
    return out.getvalue()


def told(data: bytes) -> tuple[Any, ...]:
    with av.open(BytesIO(data), "r") as file:
        stream = file.streams.video[0]
        context = stream.codec_context
        return (
            context.name, context.pix_fmt, context.width, context.height, stream.average_rate,
            stream.sample_aspect_ratio, context.color_range, context.colorspace,
        )  # fmt: skip


@pytest.mark.parametrize(
    ("name", "kind", "codec", "pixels", "tone"),
    [
        ("mp4", "mp4", "libx264", "yuv420p", "aac"),
        ("mp4", "mp4", "libx264", "yuv444p", None),
        ("mp4", "mp4", "libx265", "yuv420p10le", "aac"),
        ("mov", "mov", "mjpeg", "yuvj422p", "pcm_s16le"),
        ("mov", "mov", "prores_ks", "yuv422p10le", None),
        ("webm", "webm", "libvpx", "yuv420p", "libopus"),
        ("webm", "webm", "libvpx-vp9", "yuv420p", "libopus"),
        ("matroska", "matroska", "ffv1", "yuv420p", "flac"),
        ("matroska", "matroska", "ffv1", "bgr0", None),
        ("matroska", "matroska", "libx264rgb", "rgb24", None),
        ("flv", "flv", "flv1", "yuv420p", None),
        ("avi", "avi", "mpeg4", "yuv420p", "libmp3lame"),
    ],
)
def test_every_codec(name: str, kind: str, codec: str, pixels: str, tone: str | None) -> None:
    if codec == "libx264rgb" and "libx264rgb" not in av.codecs_available:
        codec, pixels = "ffv1", "gray"
    before = film(kind, codec, pixels=pixels, sound=tone)
    after = drawn(before, name)
    old, new = pictures(before), pictures(after)
    assert [frame.time for frame in new] == [frame.time for frame in old]
    assert told(after)[:5] == told(before)[:5]
    if tone:
        assert packets(after, "audio") == packets(before, "audio")
    marked = [find.search(planes.light(frame)) is not None for frame in new]
    shown = [frame.time - new[0].time < 2 for frame in new]
    assert marked == shown


def test_a_strict_measure_of_the_first_frame() -> None:
    before = film(size=(320, 240), seconds=0.5)
    first = [pictures(data)[0].to_image() for data in (before, drawn(before, "mp4"))]
    found = measured(*first)
    assert found.lowest >= 0.05
    assert found.to_side < 0.08
    assert found.contrast > 6


def test_throughout_and_an_earlier_mark_is_not_drawn_over() -> None:
    start = drawn(film(), "mp4")
    told_parts: list[float] = []
    whole = drawn(start, "mp4", Wish(throughout=True, progress=told_parts.append))
    marked = [find.search(planes.light(frame)) is not None for frame in pictures(whole)]
    assert all(marked)
    assert told_parts == sorted(told_parts)
    assert told_parts[-1] == 1
    ground = [float(planes.light(pictures(data)[0])[-8:, -40:].min()) for data in (start, whole)]
    assert ground[1] == pytest.approx(ground[0], abs=12)


def test_a_turned_video_is_marked_as_it_is_shown() -> None:
    for turn in (90, 180, 270):
        after = pictures(drawn(film(turn=turn, seconds=0.4, sound=None), "mp4"))[0]
        how = planes.turned(after)
        assert how != 1
        assert find.search(image.upright(planes.light(after), how)) is not None
        assert planes.matrix(after) is not None


def test_a_short_video_is_marked_to_its_end() -> None:
    after = drawn(film(seconds=0.7), "mp4")
    assert all(find.search(planes.light(frame)) for frame in pictures(after))
    assert video.seconds_shown(Source.of(after), "mp4", Wish())[0] == pytest.approx(0.7, abs=0.15)


def test_metadata_and_times_of_an_uneven_video() -> None:
    made = BytesIO()
    with av.open(made, "w", "matroska") as out:
        out.metadata.update({"title": "name", "comment": "内容"})
        out.set_chapters(
            [
                {
                    "id": 1,
                    "start": 0,
                    "end": 900,
                    "time_base": Fraction(1, 1000),
                    "metadata": {"title": "一"},
                }
            ]
        )
        stream: Any = out.add_stream("libx264", rate=25)
        stream.width, stream.height, stream.pix_fmt = 160, 120, "yuv420p"
        stream.codec_context.time_base = Fraction(1, 1000)
        stream.metadata["language"] = "chi"
        for time in (0, 40, 300, 310, 900, 2500, 2600):
            frame = av.VideoFrame.from_ndarray(
                np.full((120, 160, 3), time % 256, np.uint8), "rgb24"
            )
            frame.pts, frame.time_base = time, Fraction(1, 1000)
            out.mux(stream.encode(frame))
        out.mux(stream.encode(None))
    before = made.getvalue()
    after = drawn(before, "matroska")
    assert [round(frame.time, 3) for frame in pictures(after)] == [
        round(frame.time, 3) for frame in pictures(before)
    ]
    with av.open(BytesIO(after), "r") as file:
        metadata = {key.lower(): value for key, value in file.metadata.items()}
        assert (metadata["title"], metadata["comment"]) == ("name", "内容")
        assert file.chapters()[0]["metadata"]["title"] == "一"
        assert file.streams.video[0].metadata["language"] == "chi"


def test_a_codec_that_can_not_be_encoded_is_named(tmp_path: Path) -> None:
    path = tmp_path / "a.mkv"
    source = "testsrc2=size=160x120:rate=5:duration=1"
    subprocess.run(
        [need("ffmpeg"), "-v", "error", "-f", "lavfi", "-i", source, "-c:v", "libtheora", path],
        check=True,
    )
    with pytest.raises(MarksError) as caught:
        video.draw(Source.of(path), "matroska", Wish(), BytesIO())
    assert caught.value.code == "mark_codec"
    assert "theora" in caught.value.en
    assert "h264" in caught.value.en


def test_ffmpeg_decodes_the_result_without_complaint(tmp_path: Path) -> None:
    path = tmp_path / "a.mp4"
    path.write_bytes(drawn(film(), "mp4"))
    done = subprocess.run(
        [need("ffmpeg"), "-v", "error", "-i", path, "-f", "null", "-"],
        capture_output=True, check=True,
    )  # fmt: skip
    assert done.stderr == b""


def test_a_file_without_a_picture_gets_the_audible_mark() -> None:
    data = sound("matroska", "libopus")
    out = BytesIO()
    assert video.draw(Source.of(data), "matroska", Wish(), out)
    assert len(packets(out.getvalue(), "audio")) > len(packets(data, "audio"))


def test_a_broken_video_is_told() -> None:
    with pytest.raises(MarksError) as caught:
        video.draw(Source.of(film()[:900]), "mp4", Wish(), BytesIO())
    assert caught.value.code == "file_malformed"


@pytest.mark.parametrize("turn", range(1, 9))
def test_laid_marks_are_upright_when_shown(turn: int) -> None:
    size = (90, 160)
    plate = fit(*image.shown(size, turn), "AI生成", "top-right", 0.05)
    stored = np.zeros((size[1], size[0]))
    laid = planes.laid(plate, size, turn)
    stored[laid.box] = laid.ink
    assert (image.upright(stored, turn)[plate.box] == plate.ink).all()
    assert isinstance(Image.fromarray(stored), Image.Image)
