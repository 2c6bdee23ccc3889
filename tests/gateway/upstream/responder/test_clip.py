"""The clip is H.264 in MP4 that others play, and says in letters what it is."""

import base64
import json
import subprocess
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright
from tests.tools import need

from hegui.gateway.upstream.responder import clip, scene

PLAY = """
source => new Promise((resolve, reject) => {
  const video = document.createElement("video");
  video.muted = true;
  video.onerror = () => reject(new Error(video.error.message));
  video.onended = () => resolve([video.videoWidth, video.videoHeight, video.duration]);
  document.body.append(video);
  video.src = source;
  video.playbackRate = 4;
  video.play();
})
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "clip.mp4"
    path.write_bytes(clip.mp4("a boat"))
    return path


def test_ffmpeg_decodes_it_without_a_word(file: Path) -> None:
    decode = [need("ffmpeg"), "-v", "error", "-i", str(file), "-f", "null", "-"]
    done = subprocess.run(decode, capture_output=True, text=True, check=True)
    assert done.stderr == ""
    show = "stream=codec_name,profile,width,height,nb_frames,duration"
    probe = [need("ffprobe"), "-v", "error", "-show_entries", show, "-of", "json", str(file)]
    told = json.loads(subprocess.run(probe, capture_output=True, check=True).stdout)
    assert told["streams"] == [
        {
            "codec_name": "h264",
            "profile": "Constrained Baseline",
            "width": 160,
            "height": 96,
            "nb_frames": "10",
            "duration": "2.000000",
        }
    ]


def test_its_pixels_are_those_of_the_scene(file: Path) -> None:
    command = [need("ffmpeg"), "-v", "error", "-i", str(file)]
    command += ["-frames:v", "1", "-pix_fmt", "gray", "-f", "rawvideo", "-"]
    light = subprocess.run(command, capture_output=True, check=True).stdout
    canvas = scene.rows("a boat", 80, 48)
    ink = min(light)
    for y, row in enumerate(canvas):
        for x, index in enumerate(row):
            assert (light[y * 2 * 160 + x * 2] == ink) == (index == 4)


def test_a_browser_plays_it_to_its_end() -> None:
    source = "data:video/mp4;base64," + base64.b64encode(clip.mp4("a boat")).decode()
    with sync_playwright() as playing:
        browser = playing.chromium.launch(executable_path=need("chromium"))
        page = browser.new_page()
        width, height, seconds = page.evaluate(PLAY, source)
        browser.close()
    assert (width, height) == (160, 96)
    assert seconds == pytest.approx(2.0, abs=0.05)


def test_equal_words_give_equal_clips() -> None:
    assert clip.mp4("a boat") == clip.mp4("a boat")
    assert len({clip.mp4(f"{number}") for number in range(6)}) > 1


def test_it_moves() -> None:
    first, last = scene.rows("a boat", 80, 48, 0.0), scene.rows("a boat", 80, 48, 0.9)
    assert first != last
    letters = [[index == 4 for index in row] for row in first]
    assert letters == [[index == 4 for index in row] for row in last]
