"""ExifTool as the foreign reader and writer; it needs the namespace told to write the property."""

import json
import subprocess
from pathlib import Path
from typing import Any

from tests.tools import need

_CONFIG = """%Image::ExifTool::UserDefined = (
  'Image::ExifTool::XMP::Main' => {
    TC260 => { SubDirectory => { TagTable => 'Image::ExifTool::UserDefined::TC260' } },
  },
);
%Image::ExifTool::UserDefined::TC260 = (
  GROUPS => { 0 => 'XMP', 1 => 'XMP-TC260', 2 => 'Image' },
  NAMESPACE => { 'TC260' => 'http://www.tc260.org.cn/ns/AIGC/1.0/' },
  WRITABLE => 'string',
  AIGC => { },
);
1;
"""


def tags(path: Path) -> dict[str, Any]:
    """All tags with their groups, duplicates too."""
    run = subprocess.run(
        [need("exiftool"), "-j", "-a", "-G1:4", str(path)], capture_output=True, check=True
    )
    found: list[dict[str, Any]] = json.loads(run.stdout)
    return found[0]


def labels(path: Path) -> list[str]:
    """The values of every tag named AIGC, in any group."""
    return [
        value for name, value in tags(path).items() if name.rpartition(":")[2].upper() == "AIGC"
    ]


def faults(path: Path) -> list[str]:
    """What its own check says against a file."""
    run = subprocess.run(
        [need("exiftool"), "-validate", "-warning", "-error", "-a", "-s3", str(path)],
        capture_output=True,
        check=False,
        text=True,
    )
    return [line for line in run.stdout.splitlines() if line.strip() != "OK"]


def write(path: Path, label: str) -> None:
    """Writes the property into a file, in place."""
    config = path.parent / "tc260.config"
    config.write_text(_CONFIG)
    subprocess.run(
        [need("exiftool"), "-config", config, "-overwrite_original", f"-XMP-TC260:AIGC={label}",
         str(path)],
        capture_output=True,
        check=True,
    )  # fmt: skip
