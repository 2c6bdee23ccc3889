"""Real files that Debian and PyPI ship, labelled and held against tools that are not ours.

    python -m benchmarks.marks.real [FORMAT…]

``real.toml`` names the files by format: package, path and maker. Each is read, labelled, read
back; then other tools say whether its content is as it was, whether their own checks say more
against it than before, and which label they read. Packages are fetched once, into
``build/prove/real``; writes ``benchmarks/results/marks-real.json``.
"""

import hashlib
import json
import sys
import tempfile
import tomllib
from collections import Counter
from pathlib import Path
from typing import Any

from benchmarks import result
from benchmarks.marks import foreign, packages
from benchmarks.marks.proof import worse
from hegui import marks
from hegui.marks.formats import FORMATS

LIST = Path(__file__).with_suffix(".toml")
#: A quotation mark and letters outside of ASCII: what carriers must escape.
LABEL = marks.Label.first(marks.DEMO_CODE, 'real-"1"-真')
#: Refusals that are right, if the file is whole: no place for a label, or encrypted.
_NO_CARRIER = "format_no_carrier"
_RIGHT = frozenset({_NO_CARRIER, "file_protected"})
#: What a checker says because the guides want it so, and why.
_KNOWN = {
    "Non-standard format (undef) for IFD0 0x02bc ApplicationNotes": "the guide has field type 7",
    "Duplicate tag": "the guide's list of keys stands beside an iTunes list, both in moov.udta",
}


def listed() -> dict[str, list[tuple[str, str, str]]]:
    """By format: package, path inside it, maker."""
    told: dict[str, list[list[str]]] = tomllib.loads(LIST.read_text(encoding="utf-8"))
    return {name: [(one[0], one[1], one[2]) for one in files] for name, files in told.items()}


def check(path: Path, name: str, folder: Path) -> dict[str, Any]:
    """One file: what is read in it, whether it was labelled, and what speaks against the result.

    Args:
        path: the real file; it is not changed.
        name: the format that it is listed under.
        folder: for its labelled copy.
    """
    reading = marks.read(path)
    told: dict[str, Any] = {
        "read": str(reading.verdict),
        "software": foreign.software(path),
        "faults": [],
        "known": [],
    }
    if reading.format != name:
        told["faults"].append(f"read as {reading.format}")
    copy = folder / path.name
    copy.write_bytes(path.read_bytes())
    try:
        marks.write(copy, LABEL)
    except marks.MarksError as error:
        told["refused"] = error.code
        told["faults"] += _refused(copy, path, error)
    else:
        for fault in _labelled(copy, path, name):
            why = next((why for said, why in _KNOWN.items() if fault.startswith(said)), None)
            told["faults" if why is None else "known"].append(fault if why is None else why)
    told["known"] = sorted(set(told["known"]))
    return told


def _labelled(copy: Path, path: Path, name: str) -> list[str]:
    back = marks.read(copy)
    faults = [] if [one.label for one in back.seen] == [LABEL] else ["read back otherwise"]
    proof = foreign.PROOFS[name]
    try:
        found = [json.loads(text) for text in proof.labels(copy)]
        faults += proof.changed(path, copy)
        faults += worse(proof, path, copy)
    except Exception as error:  # noqa: BLE001  whatever a tool says of a file is the finding
        return [*faults, f"{type(error).__name__}: {error}"[:300]]
    if [list(one.items()) for one in found] != [list(json.loads(LABEL.to_json()).items())]:
        faults.append(f"{proof.reader} reads {found}"[:300])
    return faults


def _refused(copy: Path, path: Path, error: marks.MarksError) -> list[str]:
    """Without a carrier there is a sidecar; the file stays as it was either way."""
    faults = [] if copy.read_bytes() == path.read_bytes() else ["changed although refused"]
    if error.code not in _RIGHT:
        faults.append(f"{error.code}: {error.en}")
    marks.write(copy, LABEL, sidecar=True)
    told = json.loads(copy.with_name(copy.name + ".aigc.json").read_bytes())
    if told["AIGC"] != json.loads(LABEL.to_json()):
        faults.append("the sidecar has another label")
    if told["File"]["SHA-256"].lower() != hashlib.sha256(path.read_bytes()).hexdigest():
        faults.append("the sidecar has another SHA-256")
    if marks.read(copy).label != LABEL:
        faults.append("the sidecar is not read back")
    return faults


def run(only: list[str]) -> dict[str, Any]:
    """All files, or those of some formats; returns the figures."""
    each: list[dict[str, Any]] = []
    formats: dict[str, Any] = {}
    files = listed()
    for name in only or FORMATS:
        done = []
        for package, inside, maker in files.get(name, []):
            told: dict[str, Any] = {"format": name, "package": package, "path": inside}
            path = packages.unpacked(package) / inside
            with tempfile.TemporaryDirectory() as folder:
                told |= {"maker": maker, "version": packages.version(package)}
                told |= check(path, name, Path(folder))
            done.append(told)
            said = "; ".join(told["faults"]) or told.get("refused", "holds")
            print(f"{name:>9} {package} {inside}: {said}", file=sys.stderr, flush=True)
        each += done
        formats[name] = _summary(name, done)
    faults = [f"{one['path']}: {fault}" for one in each for fault in one["faults"]]
    return {
        "files": len(each),
        "packages": len({one["package"] for one in each}),
        "formats": formats,
        "under_three_makers": [n for n, told in formats.items() if len(told["makers"]) < 3],
        "faults": faults,
        "each": each,
        "holds": not faults,
    }


def _summary(name: str, done: list[dict[str, Any]]) -> dict[str, Any]:
    proof = foreign.PROOFS.get(name)
    tools = (
        {"content": proof.content, "checker": proof.checker, "reader": proof.reader}
        if proof
        else {"content": "", "checker": "", "reader": "json (sidecar)"}
    )
    return {
        "files": len(done),
        "makers": list(dict.fromkeys(one["maker"] for one in done)),
        "read": dict(Counter(one["read"] for one in done)),
        "labelled": sum("refused" not in one for one in done),
        "refused": dict(Counter(one["refused"] for one in done if "refused" in one)),
        "faults": sum(bool(one["faults"]) for one in done),
        "known": sorted({why for one in done for why in one["known"]}),
        **tools,
    }


def main() -> int:
    """The command line; ends with 1 when something is found."""
    only = sys.argv[1:]
    figures = run(only)
    if not only:
        result.write("marks-real", ["python", "-m", "benchmarks.marks.real"], figures)
    print(f"{figures['files']} files, {len(figures['faults'])} faults")
    print(*figures["faults"], sep="\n")
    return 0 if figures["holds"] else 1


if __name__ == "__main__":
    sys.exit(main())
