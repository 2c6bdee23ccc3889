"""exiftool in its batch mode, the peer: one process, a command a time."""

import subprocess
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

#: exiftool has no table of the label's namespace; this is how its users add one.
CONFIG = """%Image::ExifTool::UserDefined = (
  'Image::ExifTool::XMP::Main' => { TC260 => { SubDirectory => {
    TagTable => 'Image::ExifTool::UserDefined::TC260' } } } );
%Image::ExifTool::UserDefined::TC260 = (
  GROUPS => { 0 => 'XMP', 1 => 'XMP-TC260', 2 => 'Other' },
  NAMESPACE => { 'TC260' => 'http://www.tc260.org.cn/ns/AIGC/1.0/' },
  WRITABLE => 'string', AIGC => { } );
1;
"""


class ExifTool:
    """A running exiftool; ``with`` ends it."""

    def __init__(self, folder: Path) -> None:
        config = folder / "tc260.config"
        config.write_text(CONFIG)
        self._process = subprocess.Popen(
            ["exiftool", "-config", str(config), "-stay_open", "True", "-@", "-"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        if self._process.stdin is None or self._process.stdout is None:
            raise RuntimeError("exiftool has no pipes")
        self._to, self._from = self._process.stdin, self._process.stdout

    def run(self, arguments: Sequence[str]) -> str:
        """One command; returns what it printed."""
        self._to.write(("\n".join([*arguments, "-execute"]) + "\n").encode())
        self._to.flush()
        said = b""
        while not said.endswith(b"{ready}\n"):
            line = self._from.readline()
            if not line:
                raise RuntimeError(f"exiftool ended: {said!r}")
            said += line
        return said[: -len(b"{ready}\n")].decode(errors="replace")

    def read(self, path: Path) -> str:
        """The label of a file, as exiftool prints it."""
        return self.run(["-XMP-TC260:AIGC", "-j", str(path)])

    def write(self, path: Path, to: Path, value: str) -> str:
        """The file with the label, at a new path."""
        to.unlink(missing_ok=True)
        return self.run([f"-XMP-TC260:AIGC={value}", "-o", str(to), str(path)])

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._process.communicate(b"-stay_open\nFalse\n", timeout=10)
