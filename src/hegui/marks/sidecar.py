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
from hegui.marks.reader import contents
from hegui.marks.reading import Contents, Place
from hegui.marks.source import File, Source

SUFFIX = ".aigc.json"
_MAX_BYTES = 65_536


def beside(path: Path) -> Path:
    """Where a file's sidecar stands."""
    return path.with_name(path.name + SUFFIX)


def joined(found: Contents, path: Path) -> Contents:
    """Adds the sidecar's label, when there is one and the file itself holds none.

    Args:
        found: in the file at ``path``.
        path: the file.

    Raises:
        MarksError: ``file_unavailable``.
    """
    if found.places or not beside(path).is_file():
        return found
    with Source.of(beside(path)) as source:
        text = source.upto(0, _MAX_BYTES).decode("utf-8-sig", "replace")
    said = (finding("sidecar-only"), *_content(text, path))
    return msgspec.structs.replace(found, places=(Place("sidecar", text, said),))


def without_target(to: object) -> None:
    """Refuses a place for a sidecar, which always stands beside its file.

    Args:
        to: where the caller wants the result.

    Raises:
        MarksError: ``sidecar_target`` unless it is ``None``.
    """
    if to is not None:
        raise MarksError(
            "sidecar_target",
            zh="附属文件总是写在文件旁边，不能另行指定位置；未写入任何内容。请去掉 to，"
            "或不写附属文件。",
            en="A sidecar always stands beside its file and takes no other place; nothing was "
            "written. Leave out the place, or write the label into the file.",
        )


def write_beside(file: File, label: Label, *, durable: bool = False) -> None:
    """Writes a file's sidecar; what stood in it before is replaced.

    Args:
        file: a path; bytes and open files have no place beside them.
        label: the label.
        durable: return only when the disk holds it.

    Raises:
        MarksError: ``sidecar_needs_path``; ``sidecar_needless`` when the file itself holds a
            label, which is the one that is read; ``file_unavailable``.
    """
    if not isinstance(file, str | os.PathLike):
        raise MarksError(
            "sidecar_needs_path",
            zh="附属文件写在文件旁边，需要文件路径；未写入任何内容。请改为传入路径。",
            en="A sidecar stands beside its file, so it needs a path; nothing was written. "
            "Give the file's path.",
        )
    path = Path(file)
    if _labelled(path):
        raise MarksError(
            "sidecar_needless",
            zh="文件自身带有标识，读取时以它为准；未写入附属文件。请直接写入文件。",
            en="The file carries a label itself, which is the one that is read; no sidecar was "
            "written. Write into the file.",
        )
    # A name need be no Unicode; the digest is what counts.
    name = path.name.encode("utf-8", "replace").decode()
    text = msgspec.json.format(
        msgspec.json.encode({"AIGC": label, "File": {"Name": name, "SHA-256": _digest(path)}})
    )
    with Source.of(b"") as nothing:
        files.replace(beside(path), nothing, [text + b"\n"], None, like=None, durable=durable)


def _labelled(path: Path) -> bool:
    """Whether the file itself holds a label; what can't be read holds none that anybody sees."""
    with Source.of(path) as source:
        try:
            return bool(contents(source).places)
        except MarksError as error:
            if error.code == "file_unavailable":
                raise
            return False


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
