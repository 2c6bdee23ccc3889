"""``NAME.aigc.json`` beside a file whose format has no place for the label.

No guide of the TC260 knows such a file: it is a convention of this library. It holds the label
as Annex E has it, and the SHA-256 of the content, so that it can't be put beside another.
"""

import hashlib
import os
from pathlib import Path

import msgspec

from hegui.marks import files
from hegui.marks.errors import MarksError
from hegui.marks.finding import Finding, finding
from hegui.marks.label import Label
from hegui.marks.members import Pairs, strict
from hegui.marks.plan import STEP
from hegui.marks.reading import Contents, Place
from hegui.marks.source import File, Source

SUFFIX = ".aigc.json"
_MAX_BYTES = 65_536


def beside(path: Path) -> Path:
    """Where a file's sidecar stands."""
    return path.with_name(path.name + SUFFIX)


def joined(contents: Contents, path: Path) -> Contents:
    """Adds the sidecar's label, when there is one and the file itself holds none.

    Args:
        contents: of the file at ``path``.
        path: the file.

    Raises:
        MarksError: ``file_unavailable``.
    """
    if contents.places or not beside(path).is_file():
        return contents
    with Source.of(beside(path)) as source:
        text = source.upto(0, _MAX_BYTES).decode("utf-8-sig", "replace")
    found = (finding("sidecar-only"), *_content(text, path))
    return msgspec.structs.replace(contents, places=(Place("sidecar", text, found),))


def write_beside(file: File, label: Label, *, durable: bool = False) -> None:
    """Writes a file's sidecar; what stood in it before is replaced.

    Args:
        file: a path; bytes and open files have no place beside them.
        label: the label.
        durable: return only when the disk holds it.

    Raises:
        MarksError: ``sidecar_needs_path``; ``file_unavailable``.
    """
    if not isinstance(file, str | os.PathLike):
        raise MarksError(
            "sidecar_needs_path",
            zh="附属文件写在文件旁边，需要文件路径；未写入任何内容。请改为传入路径。",
            en="A sidecar stands beside its file, so it needs a path; nothing was written. "
            "Give the file's path.",
        )
    path = Path(file)
    # A name need be no Unicode; the digest is what counts.
    name = path.name.encode("utf-8", "replace").decode()
    text = msgspec.json.format(
        msgspec.json.encode({"AIGC": label, "File": {"Name": name, "SHA-256": _digest(path)}})
    )
    with Source.of(b"") as nothing:
        files.replace(beside(path), nothing, [text + b"\n"], None, like=None, durable=durable)


def _content(text: str, path: Path) -> tuple[Finding, ...]:
    """Whether the sidecar is this content's; nothing when it does not say."""
    members = strict(text)
    said = dict(members).get("File") if isinstance(members, Pairs) else None
    digest = dict(said).get("SHA-256") if isinstance(said, Pairs) else None
    if not isinstance(digest, str) or digest.lower() == _digest(path):
        return ()
    return (finding("sidecar-content"),)


def _digest(path: Path) -> str:
    digest = hashlib.sha256()
    with Source.of(path) as source:
        for start in range(0, source.size, STEP):
            digest.update(source.copy(start, min(start + STEP, source.size)))
    return digest.hexdigest()
