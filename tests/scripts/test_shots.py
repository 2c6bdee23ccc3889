"""The pictures' own format: small PNGs that a browser reads back pixel by pixel."""

import base64
import itertools
from urllib.parse import quote

from playwright.sync_api import sync_playwright
from scripts.pictures import INDEX, png
from scripts.reader_tour import PAGES as READER
from scripts.shots import LANGUAGES, index, picture_name
from scripts.staff_tour import PAGES as STAFF
from scripts.tour import SIZES, THEMES, Look
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
    for what in (*READER, *STAFF):
        for lang, size, theme in itertools.product(LANGUAGES, SIZES, THEMES):
            assert page.count(f'src="{picture_name(what, Look(lang, size, theme))}"') == 1
