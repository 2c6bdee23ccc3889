"""Programs that tests need beside Python, and the one way to leave some out."""

import os
import shutil

import pytest

#: Debian's packages; ``make test`` installs them when it may.
PACKAGES = {
    "chromium": "chromium fonts-noto-cjk",
    "go": "golang-go golang-golang-x-mod-dev",
}


def left_out(tool: str) -> bool:
    """Whether ``HEGUI_TEST_WITHOUT`` (names with commas between) leaves a tool out by choice."""
    names = os.environ.get("HEGUI_TEST_WITHOUT", "").split(",")
    return tool in (name.strip() for name in names)


def need(tool: str) -> str:
    """The path of a tool; without it the test fails, unless it was left out by choice."""
    if left_out(tool):
        pytest.skip("left out by HEGUI_TEST_WITHOUT")
    path = shutil.which(tool)
    if path is None:
        pytest.fail(
            f"{tool} is missing: apt-get install --no-install-recommends {PACKAGES[tool]}, "
            f"or leave it out with HEGUI_TEST_WITHOUT={tool}",
            pytrace=False,
        )
    return path
