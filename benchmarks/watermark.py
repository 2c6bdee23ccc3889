"""What the invisible mark survives, in photographs: ``python -m benchmarks.watermark FOLDER``.

The folder holds photographs (JPEG or PNG); their names and digests go into the result. Each is
marked at two sizes, then changed in one way or several, then looked for. Pictures without a mark
are looked at too.

The mark's strength was chosen while looking at the photographs of ``watermark.json``, so its
figures flatter it. ``--result watermark-unseen`` holds pictures that played no part in that: plain
drawings, textures, pictures from microscopes and telescopes.
"""

import argparse
import hashlib
import io
import json
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image, ImageOps

from benchmarks import result
from hegui.marks import watermark
from hegui.marks.errors import MarksError

Change = Callable[[Image.Image], Image.Image]
SIDES = (512, 1024)


def jpeg(quality: int) -> Change:
    def change(image: Image.Image) -> Image.Image:
        data = io.BytesIO()
        image.save(data, "JPEG", quality=quality)
        return Image.open(io.BytesIO(data.getvalue()))

    return change


def resize(factor: float) -> Change:
    return lambda image: image.resize(
        (round(image.width * factor), round(image.height * factor)), Image.Resampling.BICUBIC
    )


def crop(share: float, place: float = 0.5) -> Change:
    """Cuts this share of the width and of the height; ``place`` 0.5 keeps the middle."""

    def change(image: Image.Image) -> Image.Image:
        width, height = round(image.width * (1 - share)), round(image.height * (1 - share))
        left, top = round((image.width - width) * place), round((image.height - height) * place)
        return image.crop((left, top, left + width, top + height))

    return change


def in_turn(*changes: Change) -> Change:
    def change(image: Image.Image) -> Image.Image:
        for one in changes:
            image = one(image)
        return image

    return change


CHANGES: dict[str, Change] = {
    "none": lambda image: image,
    **{f"resize to {share} %": resize(share / 100) for share in (50, 75, 110, 150)},
    **{f"JPEG {quality}": jpeg(quality) for quality in (95, 80, 60, 40)},
    **{f"crop {share} %, middle": crop(share / 100) for share in (5, 10, 20, 30)},
    "crop 30 %, corner": crop(0.3, 1.0),
    "resize to 50 %, JPEG 60": in_turn(resize(0.5), jpeg(60)),
    "crop 10 %, JPEG 80": in_turn(crop(0.1), jpeg(80)),
    "crop 20 %, resize to 75 %, JPEG 70": in_turn(crop(0.2, 1.0), resize(0.75), jpeg(70)),
    "crop 40 %, middle": crop(0.4),
    "turned by 2 degrees": lambda image: image.rotate(2, Image.Resampling.BICUBIC),
    "turned by 90 degrees": lambda image: image.transpose(Image.Transpose.ROTATE_90),
    "mirrored": ImageOps.mirror,
    "stretched by 10 %": lambda image: image.resize((round(image.width * 1.1), image.height)),
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--result", default="watermark", help="name of the result")
    options = parser.parse_args()
    folder: Path = options.folder
    paths = sorted(p for p in folder.iterdir() if p.suffix.lower() in {".jpg", ".jpeg", ".png"})
    figures: dict[str, Any] = {
        "photographs": {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in paths},
        "sides": {str(side): measure(paths, side) for side in SIDES},
    }
    print(json.dumps(figures["sides"], indent=2))
    command = ["python", "-m", "benchmarks.watermark", "FOLDER", "--result", options.result]
    print(result.write(options.result, command, figures))


def measure(paths: list[Path], side: int) -> dict[str, Any]:
    """Survival at one size: how many photographs still tell their payload after each change."""
    kept = dict.fromkeys(CHANGES, 0)
    ratios, embedding, finding, searching = [], [], [], []
    count = refused = false = 0
    for number, path in enumerate(paths):
        with Image.open(path) as opened:
            if max(opened.size) < side * 0.85:
                continue
            image = opened.convert("L" if opened.mode == "L" else "RGB")
        image.thumbnail((side, side), Image.Resampling.LANCZOS)
        if min(image.size) < 256:
            continue
        start = time.perf_counter()
        false += watermark.find(image) is not None
        searching.append(time.perf_counter() - start)
        payload = hashlib.sha256(b"%d" % number).digest()[:16]
        start = time.perf_counter()
        try:
            marked = watermark.embed(image, payload)
        except MarksError:
            refused += 1
            continue
        embedding.append(time.perf_counter() - start)
        count += 1
        change = np.asarray(marked, float) - np.asarray(image, float)
        ratios.append(10 * float(np.log10(255**2 / np.mean(change**2))))
        for name, one in CHANGES.items():
            changed = one(marked)
            start = time.perf_counter()
            kept[name] += watermark.find(changed) == payload
            finding.append(time.perf_counter() - start)
        print(side, path.name, file=sys.stderr)
    return {
        "photographs": count,
        "refused": refused,
        "psnr_db": {"least": round(min(ratios), 1), "median": round(statistics.median(ratios), 1)},
        "seconds": {
            "embed_median": round(statistics.median(embedding), 2),
            "find_median": round(statistics.median(finding), 2),
            "find_without_mark_median": round(statistics.median(searching), 2),
        },
        "false_alarms": false,
        "survived": {name: f"{number}/{count}" for name, number in kept.items()},
    }


if __name__ == "__main__":
    main()
