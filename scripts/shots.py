"""Writes a picture of every page to ``docs/shots``, and holds each page against axe.

A real service, after a few days of the demonstration, answers a real Chromium: phone and desktop,
light and dark, Chinese and English. Exits 1 when axe finds something on a page.
"""

import itertools
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, StorageState, sync_playwright
from scripts.pictures import small
from scripts.tour import SIZES, THEMES, Look

from scripts import reader_tour, staff_tour

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "docs" / "shots"
LANGUAGES = ("zh", "en")
#: Days that the demonstration lives before the pictures are taken.
DAYS = "10"
_MAIN = "from hegui.cli import main; import sys; sys.exit(main(sys.argv[1:]))"


class Camera:
    """Takes the pictures of one look, and gathers what axe finds."""

    def __init__(self, browser: Browser, look: Look, found: list[str]) -> None:
        self._workshop = browser.new_page()
        self._look = look
        self._found = found

    def shot(self, page: Page, what: str, *, whole: bool = True) -> None:
        """One picture; ``whole`` pages are taken from top to bottom, others as in the window."""
        page.mouse.move(0, 0)
        raw = page.screenshot(full_page=whole, animations="disabled")
        (FOLDER / picture_name(what, self._look)).write_bytes(small(raw, self._workshop))
        axe = Axe().run(page)
        if axe.violations_count:
            self._found.append(f"{what} {self._look}: {axe.generate_report()}")
        width = page.viewport_size["width"] if page.viewport_size else 0
        if page.evaluate("document.documentElement.scrollWidth") > width:
            self._found.append(f"{what} {self._look}: wider than the window")

    def close(self) -> None:
        """Take no more."""
        self._workshop.close()


@contextmanager
def service() -> Iterator[dict[str, Any]]:
    """A service that lived some days, with a data folder of its own; gives its addresses."""
    with tempfile.TemporaryDirectory() as home:
        environment = {**os.environ, "HEGUI_HOME": home, "HEGUI_PORT": "8470"}
        command = [sys.executable, "-c", _MAIN]
        demo = [*command, "demo", "--days", DAYS, "--seed", "1"]
        subprocess.run(demo, cwd=home, env=environment, check=True)
        with subprocess.Popen(
            [*command, "run", "--json"],
            cwd=home,
            env=environment,
            stdout=subprocess.PIPE,
            text=True,
        ) as process:
            try:
                assert process.stdout is not None
                yield json.loads(process.stdout.readline())
            finally:
                process.send_signal(signal.SIGINT)


def picture_name(what: str, look: Look) -> str:
    """The file of one picture."""
    return f"{what}-{look.lang}-{look.size}-{look.theme}.png"


def index() -> str:
    """The page that shows them all, as Markdown."""
    parts = ["# Every page\n\nMade by `make shots`; a real service in a real browser.\n"]
    for what in (*reader_tour.PAGES, *staff_tour.PAGES):
        parts.append(f"\n## {what}\n")
        for lang, size in itertools.product(LANGUAGES, SIZES):
            files = (picture_name(what, Look(lang, size, theme)) for theme in THEMES)
            width = 300 if size == "390" else 480
            parts.append(
                "\n" + " ".join(f'<img src="{f}" alt="{f[:-4]}" width="{width}">' for f in files)
            )
        parts.append("\n")
    return "".join(parts)


def take(browser: Browser, facts: dict[str, Any], look: Look, staff: StorageState) -> list[str]:
    """All pages in one look; returns what axe found."""
    found: list[str] = []
    camera = Camera(browser, look, found)
    for tour, address, known in (
        (reader_tour.tour, facts["portal"], None),
        (staff_tour.tour, facts["console"], staff),
    ):
        context = browser.new_context(
            base_url=address,
            viewport=SIZES[look.size],
            color_scheme=look.theme,
            storage_state=known,
        )
        context.set_default_timeout(30_000)
        tour(context.new_page(), look, camera.shot)
        context.close()
    camera.close()
    return found


def main() -> int:
    """Takes all pictures."""
    found: list[str] = []
    with service() as facts, sync_playwright() as playwright:
        shutil.rmtree(FOLDER, ignore_errors=True)
        FOLDER.mkdir(parents=True)
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox"]
        )
        staff = staff_tour.sign_in(browser, facts["sign_in"])
        for lang, size, theme in itertools.product(LANGUAGES, SIZES, THEMES):
            found += take(browser, facts, Look(lang, size, theme), staff)
        browser.close()
    (FOLDER / "README.md").write_text(index(), encoding="utf-8")
    pictures = list(FOLDER.glob("*.png"))
    total = sum(picture.stat().st_size for picture in pictures) / 1_000_000
    print(f"{len(pictures)} pictures, {total:.1f} MB, in {FOLDER.relative_to(ROOT)}")
    print("\n".join(found) or "axe found nothing on any of these pages")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
