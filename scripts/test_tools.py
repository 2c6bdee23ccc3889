"""Makes sure that the tests' foreign tools are there: Chromium, Go, and those that read marks.

As root on Debian it installs what is missing; else it names each with how to get it and exits 2.
``HEGUI_TEST_WITHOUT=chromium,go`` leaves tools out by choice; the tests then say so at their end.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

#: Read by ``tests/tools.py`` and the root's ``conftest.py`` as well.
WITHOUT = "HEGUI_TEST_WITHOUT"


@dataclass(frozen=True)
class Tool:
    """A tool: its name in ``HEGUI_TEST_WITHOUT``, Debian's packages, and how to see it."""

    name: str
    packages: tuple[str, ...]
    present: Callable[[], bool]


def _chromium() -> bool:
    font = Path("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc")
    return shutil.which("chromium") is not None and font.exists()


def _go() -> bool:
    module = Path("/usr/share/gocode/src/golang.org/x/mod/sumdb/note")
    return shutil.which("go") is not None and module.is_dir()


def _programs(*names: str) -> Callable[[], bool]:
    return lambda: all(shutil.which(name) is not None for name in names)


TOOLS = (
    Tool("chromium", ("chromium", "fonts-noto-cjk"), _chromium),
    Tool("go", ("golang-go", "golang-golang-x-mod-dev"), _go),
    Tool("exiftool", ("libimage-exiftool-perl",), _programs("exiftool")),
    Tool("ffmpeg", ("ffmpeg",), _programs("ffmpeg", "ffprobe")),
    Tool("qpdf", ("qpdf",), _programs("qpdf")),
    Tool("mkvtoolnix", ("mkvtoolnix",), _programs("mkvmerge", "mkvinfo", "mkvpropedit")),
    Tool("openssl", ("openssl",), _programs("openssl")),
    Tool("poppler", ("poppler-utils",), _programs("pdftotext", "pdffonts")),
    Tool("espeak-ng", ("espeak-ng",), _programs("espeak-ng")),
)


def left_out(value: str) -> list[str]:
    """The tools that ``HEGUI_TEST_WITHOUT`` names.

    Raises:
        SystemExit: with code 2 for a name that no tool has.
    """
    names = [name.strip() for name in value.split(",") if name.strip()]
    known = [tool.name for tool in TOOLS]
    for name in names:
        if name not in known:
            print(f"{WITHOUT}={value}: no tool is called {name}; known: {', '.join(known)}")
            raise SystemExit(2)
    return names


def main() -> int:
    """Installs or names what is missing; returns the exit code."""
    without = left_out(os.environ.get(WITHOUT, ""))
    wanted = [tool for tool in TOOLS if tool.name not in without]
    missing = [tool for tool in wanted if not tool.present()]
    if missing and os.geteuid() == 0 and shutil.which("apt-get"):
        install([package for tool in missing for package in tool.packages])
        missing = [tool for tool in missing if not tool.present()]
    for tool in missing:
        print(
            f"test tool missing: {tool.name}. Debian: apt-get install --no-install-recommends "
            f"{' '.join(tool.packages)}; or leave its tests out: {WITHOUT}={tool.name}"
        )
    return 2 if missing else 0


def install(packages: list[str]) -> None:
    """Asks Debian for packages; what fails shows as a tool still missing."""
    print("installing test tools:", *packages, flush=True)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (
        ["apt-get", "-qq", "update"],
        ["apt-get", "-qq", "install", "-y", "--no-install-recommends", *packages],
    ):
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
        if done.returncode:
            print(done.stdout[-2000:], done.stderr[-2000:], sep="\n")


if __name__ == "__main__":
    sys.exit(main())
