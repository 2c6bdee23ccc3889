"""Holds files to their length: one concern each, and a reader's patience.

Exits 1 and names every file that is too long.
"""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
#: Suffix to the most lines of one file.
MOST = {".py": 600, ".html": 200, ".css": 900, ".sh": 600}
#: All of the project's own JavaScript together; libraries lie in folders named ``vendor``.
MOST_JAVASCRIPT = 400
FOLDERS = ("src", "tests", "scripts", "benchmarks")


def main(root: Path = ROOT) -> int:
    """Prints what is too long; returns the exit code."""
    found: list[str] = []
    javascript = 0
    for path in sorted(file for folder in FOLDERS for file in (root / folder).rglob("*")):
        if not path.is_file() or "vendor" in path.parts:
            continue
        if path.suffix == ".js":
            javascript += lines(path)
        elif path.suffix in MOST and lines(path) > MOST[path.suffix]:
            found.append(
                f"{path.relative_to(root)}: {lines(path)} lines, at most {MOST[path.suffix]}"
            )
    if javascript > MOST_JAVASCRIPT:
        found.append(f"own JavaScript: {javascript} lines, at most {MOST_JAVASCRIPT}")
    print("\n".join(found) or "lengths: all files within their bounds")
    return 1 if found else 0


def lines(path: Path) -> int:
    """How many lines a text file has."""
    return len(path.read_text(encoding="utf-8").splitlines())


if __name__ == "__main__":
    sys.exit(main())
