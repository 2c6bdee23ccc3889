"""What tools that are not ours say of pictures, sound and video, before and after."""

import hashlib
import json
import re
import subprocess
import tempfile
from importlib import import_module
from pathlib import Path
from typing import Any

from benchmarks.marks import foreign_documents, foreign_texts
from benchmarks.marks.exiftool import CONFIG
from benchmarks.marks.proof import Proof


def software(path: Path) -> str:
    """The programs that a file names itself, as exiftool finds them."""
    names = (
        "Software", "Producer", "CreatorTool", "Encoder", "EncodedBy", "WritingApp", "Generator",
        "Application", "Make", "Model", "Encoding", "EncoderSettings", "Vendor", "CompressorName",
        "MuxingApp", "HandlerVendorID", "Comment",
    )  # fmt: skip
    said = _run(["exiftool", "-s3", "-fast", *(f"-{name}" for name in names), str(path)])
    return "; ".join(dict.fromkeys(line.strip()[:60] for line in said.stdout.splitlines()))[:160]


def _run(command: list[str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command, capture_output=True, text=True, errors="replace", check=False, timeout=300
    )


def _pixels(path: Path) -> str:
    import pillow_heif
    from PIL import Image, ImageSequence

    pillow_heif.register_heif_opener()
    Image.MAX_IMAGE_PIXELS = None
    found = hashlib.sha256()
    with Image.open(path) as image:
        for frame in ImageSequence.Iterator(image):
            kept = (frame.mode, frame.size, frame.info.get("duration"))
            found.update(repr(kept).encode() + frame.tobytes())
            found.update(frame.info.get("icc_profile") or b"")
    return found.hexdigest()


def _pictures_differ(before: Path, after: Path) -> list[str]:
    return [] if _pixels(before) == _pixels(after) else ["the pixels differ"]


def _exiftool_faults(path: Path) -> list[str]:
    said = _run(["exiftool", "-validate", "-warning", "-error", "-a", "-s3", str(path)])
    # The summary counts what follows it line by line.
    return [
        line
        for line in said.stdout.splitlines()
        if line != "OK" and not re.fullmatch(r"\d+ (Warnings?|Errors?).*", line)
    ]


def _exiftool_labels(path: Path) -> list[str]:
    with tempfile.NamedTemporaryFile("w", suffix=".config") as config:
        config.write(CONFIG)
        config.flush()
        said = _run(["exiftool", "-config", config.name, "-j", "-a", "-G1:4", str(path)])
    tags: dict[str, Any] = json.loads(said.stdout, parse_int=str)[0]
    return [str(v) for name, v in tags.items() if name.rpartition(":")[2].upper() == "AIGC"]


def _streams(path: Path) -> tuple[str, str]:
    """Every packet with its times, and every stream decoded."""
    kinds = ["-map", "0:v?", "-map", "0:a?"]
    packets = _run(
        ["ffmpeg", "-v", "error", "-i", str(path), *kinds, "-map", "0:s?", "-c", "copy",
         "-f", "framehash", "-hash", "sha256", "-"]
    )  # fmt: skip
    decoded = _run(
        ["ffmpeg", "-v", "error", "-i", str(path), *kinds, "-f", "framehash", "-hash", "sha256",
         "-"]
    )  # fmt: skip
    # Ogg's comments, and so the label, are part of the decoder's settings and go along with a
    # stream's first packet as side data (S=).
    kept = [
        line.partition(", S=")[0]
        for line in packets.stdout.splitlines()
        if not line.startswith("#extradata")
    ]
    return "\n".join(kept), decoded.stdout


def _media_differ(before: Path, after: Path) -> list[str]:
    old, new = _streams(before), _streams(after)
    both = zip(("packets", "frames"), old, new, strict=True)
    found = [f"the {name} differ" for name, a, b in both if a != b]
    if not any(line and not line.startswith("#") for line in old[1].splitlines()):
        found.append("ffmpeg decodes nothing of it")
    return found


def _media_faults(path: Path) -> list[str]:
    said = _run(
        ["ffmpeg", "-v", "error", "-i", str(path), "-map", "0:v?", "-map", "0:a?", "-f", "null",
         "-"]
    )  # fmt: skip
    lines = [re.sub(r" @ 0x[0-9a-f]+", "", line) for line in said.stderr.splitlines()]
    return [line.replace(str(path), "FILE") for line in lines] + _exiftool_faults(path)


def _matroska_faults(path: Path) -> list[str]:
    told = json.loads(_run(["mkvmerge", "-J", str(path)]).stdout)
    info = _run(["mkvinfo", str(path)])
    broken = [line for line in info.stdout.splitlines() if "rror" in line or "(bad" in line]
    return [*_media_faults(path), *told["errors"], *told["warnings"], *broken]


def _flac_faults(path: Path) -> list[str]:
    said = _run(["flac", "-t", "-s", str(path)])
    return [*_media_faults(path), *said.stderr.replace(path.name, "FILE").splitlines()]


def _ffprobe_labels(path: Path) -> list[str]:
    said = _run(
        ["ffprobe", "-v", "quiet", "-of", "json", "-show_entries", "format_tags:stream_tags",
         str(path)]
    )  # fmt: skip
    told = json.loads(said.stdout)
    groups = [told.get("format", {}), *told.get("streams", [])]
    return [
        value
        for group in groups
        for name, value in group.get("tags", {}).items()
        if name.upper() == "AIGC"
    ]


def _mutagen_labels(path: Path) -> list[str]:
    id3: Any = import_module("mutagen.id3")
    frames = [one for one in id3.ID3(path).getall("TXXX") if one.desc.upper() == "AIGC"]
    return [text for frame in frames for text in frame.text]


def _chunk_labels(path: Path) -> list[str]:
    riff: Any = import_module("mutagen._riff")
    with path.open("rb") as file:
        chunks = riff.RiffFile(file).root.subchunks()
        return [chunk.read().rstrip(b"\0").decode() for chunk in chunks if chunk.id == "AIGC"]


def _vorbis_labels(path: Path) -> list[str]:
    mutagen: Any = import_module("mutagen")
    opened = mutagen.File(path)
    return list(opened.get("aigc", [])) if opened is not None else []


def _proofs() -> dict[str, Proof]:
    picture = Proof("Pillow: pixels of every frame", "exiftool -validate", "exiftool",
                    _pictures_differ, _exiftool_faults, _exiftool_labels)  # fmt: skip
    media = Proof("ffmpeg: packets with times, and frames", "ffmpeg; exiftool -validate",
                  "ffprobe", _media_differ, _media_faults, _ffprobe_labels)  # fmt: skip
    vorbis = media._replace(reader="mutagen", labels=_vorbis_labels)
    matroska = media._replace(checker="mkvmerge -J, mkvinfo; ffmpeg", faults=_matroska_faults)
    return {
        **dict.fromkeys(("jpeg", "png", "apng", "webp", "gif", "tiff", "avif"), picture),
        **dict.fromkeys(
            ("heic", "heif"), picture._replace(content="pillow-heif: pixels of every picture")
        ),
        **dict.fromkeys(("mp4", "mov", "m4v", "m4a", "3gp", "flv", "avi"), media),
        **dict.fromkeys(("matroska", "webm"), matroska),
        "wav": media._replace(reader="mutagen", labels=_chunk_labels),
        "mp3": media._replace(reader="mutagen", labels=_mutagen_labels),
        "flac": vorbis._replace(checker="flac -t; ffmpeg", faults=_flac_faults),
        **dict.fromkeys(("ogg", "opus"), vorbis),
        **foreign_documents.proofs(),
        **foreign_texts.proofs(),
    }


#: By format; those that refuse a label have none.
PROOFS = _proofs()
