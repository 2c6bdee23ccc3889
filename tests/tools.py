"""Programs that tests need beside Python, and the one way to leave some out."""

import os
import shutil

import pytest

#: Debian's packages; ``make test`` installs them when it may.
PACKAGES = {
    "chromium": "chromium fonts-noto-cjk",
    "go": "golang-go golang-golang-x-mod-dev",
    "exiftool": "libimage-exiftool-perl",
    "ffmpeg": "ffmpeg",
    "qpdf": "qpdf",
    "mkvtoolnix": "mkvtoolnix",
    "openssl": "openssl",
    "poppler": "poppler-utils",
    "espeak-ng": "espeak-ng",
}
#: Programs of a package that has another name.
TOOL_OF = {
    "ffprobe": "ffmpeg",
    "mkvextract": "mkvtoolnix",
    "mkvinfo": "mkvtoolnix",
    "mkvmerge": "mkvtoolnix",
    "mkvpropedit": "mkvtoolnix",
    "pdffonts": "poppler",
    "pdftotext": "poppler",
}


def left_out(tool: str) -> bool:
    """Whether ``HEGUI_TEST_WITHOUT`` (names with commas between) leaves a tool out by choice."""
    names = os.environ.get("HEGUI_TEST_WITHOUT", "").split(",")
    return tool in (name.strip() for name in names)


def need(tool: str) -> str:
    """The path of a program; without it the test fails, unless its tool was left out by choice."""
    owner = TOOL_OF.get(tool, tool)
    if left_out(owner):
        pytest.skip("left out by HEGUI_TEST_WITHOUT")
    path = shutil.which(tool)
    if path is None:
        pytest.fail(
            f"{tool} is missing: apt-get install --no-install-recommends {PACKAGES[owner]}, "
            f"or leave it out with HEGUI_TEST_WITHOUT={owner}",
            pytrace=False,
        )
    return path
