"""What reading and writing a label costs, beside exiftool's batch mode, ffmpeg and a plain copy.

    python -m benchmarks.marks.speed [--times 60] [--mp4 1073741824] [--pdf 209715200]

Small files: milliseconds a file, by turns in one run, from a path to a path. Large files: times
a plain copy. Writes ``benchmarks/results/marks.json``; ends with 1 when a mark is missed.
"""

import argparse
import subprocess
import sys
import tempfile
import time
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from benchmarks import result
from benchmarks.marks import large, samples
from benchmarks.marks.exiftool import ExifTool
from benchmarks.stats import median
from hegui import marks

#: Times faster than exiftool's batch mode for a small picture; times a plain copy for large files.
LEAST_FASTER, MOST_COPIES = 20.0, 1.5
_PICTURES = ("jpg", "png", "webp", "gif", "tiff", "heic", "avif", "svg")
_SOUND_AND_VIDEO = (
    "mp4", "mov", "mkv", "webm", "flv", "avi", "m4a", "mp3", "wav", "flac", "ogg", "opus",
)  # fmt: skip
_FEW, _IN_A_ROW = 5, 10


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.marks.speed")
    parser.add_argument("--times", type=int, default=20, help="turns with small files")
    parser.add_argument("--mp4", type=int, default=1 << 30, help="bytes of the large MP4")
    parser.add_argument("--pdf", type=int, default=200 << 20, help="bytes of the large PDF")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="hegui-marks-", dir=".") as name:
        folder = Path(name)
        small = _small(folder, options.times)
        big = _big(folder, options.mp4, options.pdf)
    missed = _missed(small, big)
    figures = {"small": small, "large": big, "missed": missed, "holds": not missed}
    path = result.write("marks", ["python", "-m", "benchmarks.marks.speed", *sys.argv[1:]], figures)
    _print(small, big)
    print(*(f"MISSED {one}" for one in missed), f"Written to {path.name}.", sep="\n")
    return 1 if missed else 0


def _small(folder: Path, times: int) -> dict[str, dict[str, float]]:
    """Milliseconds a file of each format, by turns."""
    label = marks.Label.first(marks.DEMO_CODE, "bench")
    value = label.to_json().decode()
    to, theirs = folder / "to", folder / "theirs"
    rows: dict[str, dict[str, float]] = {}
    with ExifTool(folder) as exiftool:
        for ending, path in samples.all_of_them(folder / "samples").items():
            if ending == "txt":
                continue
            out, peer = to.with_suffix(f".{ending}"), theirs.with_suffix(f".{ending}")
            marks.write(path, label, to=out)
            turns: dict[str, Callable[[], object]] = {
                "read": lambda out=out: marks.read(out),  # type: ignore[misc]
                "write": lambda path=path, out=out: _written(path, label, out),  # type: ignore[misc]
                "exiftool_read": lambda out=out: exiftool.read(out),  # type: ignore[misc]
            }
            if ending in _PICTURES and "1 image files created" in exiftool.write(path, peer, value):
                turns["exiftool_write"] = lambda path=path, peer=peer: exiftool.write(  # type: ignore[misc]
                    path, peer, value
                )
            row = _by_turns(turns, times, _IN_A_ROW)
            if ending in _SOUND_AND_VIDEO:
                row |= _by_turns({"ffmpeg_copy": lambda p=path, o=peer: _ffmpeg(p, o)}, _FEW)  # type: ignore[misc]
            rows[ending] = row | _ratios(row)
    return rows


def _written(path: Path, label: marks.Label, out: Path) -> None:
    out.unlink(missing_ok=True)  # the peer writes to a new file as well
    marks.write(path, label, to=out)


def _by_turns(
    turns: dict[str, Callable[[], object]], times: int, in_a_row: int = 1
) -> dict[str, float]:
    """Median milliseconds of one run; each turn has some in a row, as a batch does."""
    spent: dict[str, list[float]] = {name: [] for name in turns}
    for _ in range(times):
        for name, run in turns.items():
            began = time.perf_counter()
            for _ in range(in_a_row):
                run()
            spent[name].append(1000 * (time.perf_counter() - began) / in_a_row)
    return {f"{name}_ms": round(median(values), 4) for name, values in spent.items()}


def _ratios(row: dict[str, float]) -> dict[str, float]:
    found = {"exiftool_read_to_read": row["exiftool_read_ms"] / row["read_ms"]}
    if "exiftool_write_ms" in row:
        found["exiftool_write_to_write"] = row["exiftool_write_ms"] / row["write_ms"]
    if "ffmpeg_copy_ms" in row:
        found["ffmpeg_copy_to_write"] = row["ffmpeg_copy_ms"] / row["write_ms"]
    return {name: round(value, 1) for name, value in found.items()}


def _ffmpeg(path: Path, to: Path) -> None:
    command = ["ffmpeg", "-v", "error", "-y", "-i", str(path), "-map", "0", "-c", "copy"]
    subprocess.run([*command, "-metadata", "AIGC=x", str(to)], check=True)


def _big(folder: Path, mp4: int, pdf: int) -> dict[str, dict[str, float]]:
    """Large files: seconds of a plain copy, of writing, and of writing durably."""
    rows: dict[str, dict[str, float]] = {}
    makers: dict[str, Callable[[Path], None]] = {
        "mp4, index last": lambda path: large.mp4(path, mp4, first=False),
        "mp4, index first": lambda path: large.mp4(path, mp4, first=True),
        "pdf": lambda path: large.pdf(path, pdf),
    }
    label = marks.Label.first(marks.DEMO_CODE, "bench")
    for name, make in makers.items():
        path, out, copied = folder / "large", folder / "large.out", folder / "large.copy"
        make(path)
        turns: dict[str, Callable[[], object]] = {
            "copy": lambda: large.copy(path, copied),  # noqa: B023  used in this turn alone
            "write": lambda: marks.write(path, label, to=out),  # noqa: B023
            "durable": lambda: marks.write(path, label, to=out, durable=True),  # noqa: B023
        }
        row = _by_turns(turns, _FEW)
        tracemalloc.start()
        marks.write(path, label, to=out)
        row["peak_mb"] = round(tracemalloc.get_traced_memory()[1] / 1e6, 1)
        tracemalloc.stop()
        row["write_to_copy"] = round(row["write_ms"] / row["copy_ms"], 2)
        row["durable_to_copy"] = round(row["durable_ms"] / row["copy_ms"], 2)
        rows[name] = row | {"bytes": path.stat().st_size}
        for one in (path, out, copied):
            one.unlink()
    return rows


def _missed(small: dict[str, dict[str, float]], big: dict[str, dict[str, float]]) -> list[str]:
    missed = [
        f"{ending} {name}: {row[name]} times faster, at least {LEAST_FASTER}"
        for ending, row in small.items()
        if ending in _PICTURES
        for name in ("exiftool_read_to_read", "exiftool_write_to_write")
        if name in row and row[name] < LEAST_FASTER
    ]
    return missed + [
        f"{name}: {row['write_to_copy']} times a copy, at most {MOST_COPIES}"
        for name, row in big.items()
        if row["write_to_copy"] > MOST_COPIES
    ]


def _print(small: dict[str, dict[str, Any]], big: dict[str, dict[str, Any]]) -> None:
    console = Console(width=130)
    heads = ("read ms", "write ms", "exiftool read", "exiftool write", "ffmpeg -c copy")
    table = Table("", *heads, title="A small file; of the peers, times ours")
    for ending, row in small.items():
        ratios = ("exiftool_read_to_read", "exiftool_write_to_write", "ffmpeg_copy_to_write")
        told = [f"{row[name]:g} x" if name in row else "" for name in ratios]
        table.add_row(ending, f"{row['read_ms']:.3f}", f"{row['write_ms']:.3f}", *told)
    console.print(table)
    table = Table("", "bytes", "copy ms", "write / copy", "durable / copy", "peak MB")
    for name, row in big.items():
        figures = (f"{row['bytes']:,}", f"{row['copy_ms']:.0f}", f"{row['write_to_copy']:g}")
        table.add_row(name, *figures, f"{row['durable_to_copy']:g}", f"{row['peak_mb']:g}")
    console.print(table)


if __name__ == "__main__":
    sys.exit(main())
