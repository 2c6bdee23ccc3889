"""The pictures' own format: small PNGs that a browser reads back pixel by pixel."""

import base64
import itertools
from urllib.parse import quote

from playwright.sync_api import sync_playwright
from scripts.shots import INDEX, PAGES, index, picture_name, png
from tests.tools import need

RED, GREEN, BLUE = b"\xb1\x27\x1b", b"\x2f\x6b\x4f", b"\x01\x02\x03"


def test_a_browser_reads_back_what_was_written() -> None:
    indices = bytes([0, 1, 2, 2, 1, 0])
    picture = png(3, 2, RED + GREEN + BLUE, indices)
    source = "data:image/png;base64," + quote(base64.b64encode(picture).decode())
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=need("chromium"), args=["--no-sandbox"]
        )
        told = browser.new_page().evaluate(INDEX, source)
        browser.close()
    palette = bytes(told["palette"])
    colours = [palette[3 * i : 3 * i + 3] for i in base64.b64decode(told["indices"])]
    assert (told["width"], told["height"]) == (3, 2)
    assert colours == [RED, GREEN, BLUE, BLUE, GREEN, RED]


def test_the_index_shows_every_picture_once() -> None:
    page = index()
    for parts in itertools.product(PAGES, ("zh", "en"), ("390", "1280"), ("light", "dark")):
        assert page.count(f'src="{picture_name(*parts)}"') == 1
