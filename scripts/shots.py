"""Writes a picture of every public page to ``docs/shots``, with a page that shows them all.

A real service answers a real Chromium: phone and desktop, light and dark, Chinese and English.
The pictures are PNG with a palette, so that the whole set stays small.
"""

import base64
import itertools
import json
import os
import shutil
import signal
import socket
import struct
import subprocess
import sys
import tempfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, Page, ViewportSize, expect, sync_playwright

from hegui.screen import shipped_packs

Theme = Literal["light", "dark"]
ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "docs" / "shots"
SIZES: dict[str, ViewportSize] = {
    "390": {"width": 390, "height": 844},
    "1280": {"width": 1280, "height": 860},
}
THEMES: tuple[Theme, ...] = ("light", "dark")
#: What is asked first, what draws a picture, and a pseudonym.
SAID = {
    "zh": ("标识是什么？", "画一座山", "青竹"),
    "en": ("What is a label?", "Draw a hill", "bamboo"),
}
#: Pages by the picture's name, in the order of a reader's way.
PAGES = (
    "home",
    "sign-up",
    "sign-up-wrong",
    "agreement",
    "accepted",
    "chat-empty",
    "chat",
    "chat-stop",
    "decision",
    "words",
    "ledger",
    "link-expired",
    "not-found",
    "sign-in",
)
#: These are looked at as they stand in the window; the others whole.
WINDOWED = frozenset({"agreement", "chat-empty", "chat", "chat-stop"})
#: Counts an image's colours in the browser and maps each to one of the 256 most frequent.
INDEX = """
async (source) => {
  const bitmap = await createImageBitmap(await (await fetch(source)).blob());
  const { width, height } = bitmap;
  const context = new OffscreenCanvas(width, height).getContext("2d");
  context.drawImage(bitmap, 0, 0);
  const pixels = new Uint32Array(context.getImageData(0, 0, width, height).data.buffer);
  const counts = new Map();
  for (const pixel of pixels) counts.set(pixel, (counts.get(pixel) ?? 0) + 1);
  const colours = [...counts].sort((a, b) => b[1] - a[1]).map(([pixel]) => pixel);
  const palette = colours.slice(0, 256);
  const part = (pixel, shift) => (pixel >>> shift) & 255;
  const far = (a, b) => [0, 8, 16].reduce((sum, s) => sum + (part(a, s) - part(b, s)) ** 2, 0);
  const place = new Map(colours.map((colour) => {
    let best = 0;
    for (let i = 1; i < palette.length; i++)
      if (far(colour, palette[i]) < far(colour, palette[best])) best = i;
    return [colour, best];
  }));
  const indices = Uint8Array.from(pixels, (pixel) => place.get(pixel));
  let text = "";
  for (let i = 0; i < indices.length; i += 32768)
    text += String.fromCharCode(...indices.subarray(i, i + 32768));
  const rgb = palette.flatMap((colour) => [0, 8, 16].map((shift) => part(colour, shift)));
  return { width, height, palette: rgb, indices: btoa(text) };
}
"""


@contextmanager
def service() -> Iterator[str]:
    """A demo service with a data folder of its own; gives the portal's address."""
    with tempfile.TemporaryDirectory() as home, socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
        free.close()
        environment = {**os.environ, "HEGUI_HOME": home, "HEGUI_PORT": port}
        command = [sys.executable, "-c", "from hegui.cli import main; main(['run', '--json'])"]
        with subprocess.Popen(
            command, cwd=home, env=environment, stdout=subprocess.PIPE, text=True
        ) as process:
            try:
                assert process.stdout is not None
                yield json.loads(process.stdout.readline())["portal"]
            finally:
                process.send_signal(signal.SIGINT)


def take(browser: Browser, portal: str, lang: str, size: str, theme: Theme) -> None:
    """All pages in one language, size and theme."""
    context = browser.new_context(base_url=portal, viewport=SIZES[size], color_scheme=theme)
    # Pictures are made small on a page of their own, which no policy of the portal binds.
    context.set_default_timeout(30_000)
    page, workshop = context.new_page(), browser.new_page()

    def shot(what: str) -> None:
        page.mouse.move(0, 0)
        raw = page.screenshot(full_page=what not in WINDOWED, animations="disabled")
        source = "data:image/png;base64," + base64.b64encode(raw).decode()
        told = workshop.evaluate(INDEX, source)
        indices = base64.b64decode(told["indices"])
        picture = png(told["width"], told["height"], bytes(told["palette"]), indices)
        (FOLDER / picture_name(what, lang, size, theme)).write_bytes(picture)

    tour(page, lang, f"{size}-{theme}", shot)
    context.close()
    workshop.close()


def tour(page: Page, lang: str, whose: str, shot: Callable[[str], None]) -> None:
    """A reader's way through every page."""
    question, drawing, name = SAID[lang]
    page.goto(f"/?lang={lang}")
    shot("home")
    page.goto("/sign-up")
    shot("sign-up")
    _fill(page, "13800138000")
    expect(page.get_by_role("alert")).to_be_visible()
    shot("sign-up-wrong")
    _fill(page, f"{name}-{whose}")
    page.goto("/agreement")
    shot("agreement")
    page.locator(".decide .button").click()
    shot("accepted")
    page.goto("/chat")
    expect(page.locator("body.scripted")).to_be_visible()
    shot("chat-empty")
    _ask(page, question)
    _ask(page, drawing)
    page.wait_for_function("() => document.querySelector('#log img').complete")
    shot("chat")
    _ask(page, _listed(lang))
    shot("chat-stop")
    page.goto(page.locator(".card.stop a").get_attribute("href") or "/")
    shot("decision")
    page.goto("/words")
    shot("words")
    page.goto("/ledger")
    page.wait_for_function("() => document.querySelector('.figures') || location.reload()")
    shot("ledger")
    page.goto("/agreement?token=expired")
    shot("link-expired")
    page.goto("/no-such-page")
    shot("not-found")
    page.goto("/")
    page.locator("form[action='/sign-out'] button").click()
    shot("sign-in")


def _fill(page: Page, pseudonym: str) -> None:
    page.locator("#pseudonym").fill(pseudonym)
    page.locator("#passphrase").fill("eight or more words")
    page.locator("main form .button").click()


def _ask(page: Page, text: str) -> None:
    page.locator("#say").fill(text)
    page.keyboard.press("Enter")
    expect(page.locator("#send")).to_be_visible()


def _listed(lang: str) -> str:
    """A phrase of the example pack in that language."""
    words = (word.word for pack in shipped_packs() for word in pack.words if word.action == "stop")
    return next(word for word in words if word.isascii() is (lang == "en"))


def png(width: int, height: int, palette: bytes, indices: bytes) -> bytes:
    """A PNG with a palette (RFC 2083, colour type 3).

    Args:
        width: in pixels.
        height: in pixels.
        palette: up to 256 colours of three bytes each.
        indices: one byte a pixel, row by row.
    """
    rows = b"".join(b"\0" + indices[y * width : (y + 1) * width] for y in range(height))
    parts = (
        (b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)),
        (b"PLTE", palette),
        (b"IDAT", zlib.compress(rows, 9)),
        (b"IEND", b""),
    )
    chunks = (
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in parts
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


def picture_name(what: str, lang: str, size: str, theme: str) -> str:
    """The file of one picture."""
    return f"{what}-{lang}-{size}-{theme}.png"


def index() -> str:
    """The page that shows them all, as Markdown."""
    parts = ["# Every public page\n\nMade by `make shots`; a real service in a real browser.\n"]
    for what in PAGES:
        parts.append(f"\n## {what}\n")
        for lang, size in itertools.product(SAID, SIZES):
            files = (picture_name(what, lang, size, theme) for theme in THEMES)
            width = 300 if size == "390" else 480
            parts.append(
                "\n" + " ".join(f'<img src="{f}" alt="{f[:-4]}" width="{width}">' for f in files)
            )
        parts.append("\n")
    return "".join(parts)


def main() -> int:
    """Takes all pictures."""
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir(parents=True)
    with service() as portal, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox"]
        )
        for lang, size, theme in itertools.product(SAID, SIZES, THEMES):
            take(browser, portal, lang, size, theme)
        browser.close()
    (FOLDER / "README.md").write_text(index(), encoding="utf-8")
    pictures = list(FOLDER.glob("*.png"))
    total = sum(picture.stat().st_size for picture in pictures) / 1_000_000
    print(f"{len(pictures)} pictures, {total:.1f} MB, in {FOLDER.relative_to(ROOT)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
