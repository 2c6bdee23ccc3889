"""What a pipeline did to the marks of a file, and putting a label back after it.

Proxies, optimisers and converters drop metadata without a word. ``diff`` compares a file before
and after each step; ``transplant`` writes the label of the file before into the file after.
"""

import os
from enum import StrEnum
from itertools import pairwise
from typing import BinaryIO

import msgspec

from hegui.marks.errors import MarksError
from hegui.marks.judge import judge
from hegui.marks.reader import contents
from hegui.marks.reading import Contents, Reading
from hegui.marks.source import File, Source
from hegui.marks.writer import write

#: The traces that are a text mark for people, as ``traces`` names them.
EXPLICIT = "explicit-text"


class State(StrEnum):
    """What became of a mark in a step."""

    KEPT = "kept"
    CHANGED = "changed"
    LOST = "lost"
    GAINED = "gained"
    ABSENT = "absent"


class Change(msgspec.Struct, frozen=True):
    """One mark across one step.

    Attributes:
        mark: ``label`` (the implicit labels, all there are), ``explicit`` (a text mark in a text
            or document), ``c2pa`` (Content Credentials) or ``xmp`` (the packet as a whole).
        state: what became of it.
        zh: one Chinese sentence.
        en: the same in English.
    """

    mark: str
    state: State
    zh: str
    en: str


class Step(msgspec.Struct, frozen=True):
    """One step of a pipeline.

    Attributes:
        before: the file's name, and after it in ``after``.
        after: as told.
        changes: for each kind of mark, in the order of ``Change.mark``.
    """

    before: str
    after: str
    changes: tuple[Change, ...]

    @property
    def lost(self) -> tuple[str, ...]:
        """The marks that this step lost or changed; empty when it kept all."""
        bad = {State.LOST, State.CHANGED}
        return tuple(change.mark for change in self.changes if change.state in bad)


class _Marks(msgspec.Struct, frozen=True):
    """The marks of one file, each as a text to compare; ``None`` when it is not there."""

    name: str
    label: str | None
    explicit: str | None
    c2pa: str | None
    xmp: str | None


def diff(*files: File) -> tuple[Step, ...]:
    """Compares the marks of a file after each step of a pipeline.

    A mark drawn into a picture's or a film's pixels is not looked for: only texts and documents
    tell of an explicit mark here. An XMP packet that only has its label written anew counts as
    changed, since other tools read it byte for byte.

    Args:
        files: the file as it was, then after each step, at least two; a sidecar is not looked at.

    Returns:
        One step for each neighbouring pair.

    Raises:
        MarksError: ``pipeline_short`` with fewer than two; ``file_unavailable``; for a file that
            can't be read, why.
    """
    if len(files) < 2:
        raise MarksError(
            "pipeline_short",
            zh="比较需要至少两个文件：处理前的和处理后的；没有作出比较。",
            en="A comparison needs at least two files, before and after; nothing was compared.",
        )
    marks = [_marks(file) for file in files]
    return tuple(_step(before, after) for before, after in pairwise(marks))


def transplant(
    source: File,
    target: File,
    *,
    to: str | os.PathLike[str] | BinaryIO | None = None,
) -> bytes | None:
    """Writes the label of one file into another: into what a pipeline made of it.

    Only a label that can be read is taken, and no other label is written over. Whether the target
    shows the same content nobody checks: putting a label on other content is forging (Labelling
    Measures, Art. 10). C2PA has to be signed anew after this, since it covers the bytes.

    Args:
        source: the file before the pipeline, which carries exactly one label.
        target: the file after it.
        to: where the result goes, as in ``write``.

    Returns:
        As ``write``.

    Raises:
        MarksError: ``transplant_unlabelled`` when the source has no readable label, or more than
            one; ``transplant_labelled`` when the target has a label that differs; what ``write``
            raises.
    """
    found = _reading(source)
    if len(found.seen) != 1 or found.label is None:
        raise MarksError(
            "transplant_unlabelled",
            zh=f"来源文件应带有恰好一个可读的标识，现有 {len(found.seen)} 个；目标文件未改动。"
            "请用处理前的原始文件。",
            en=f"The source must carry exactly one readable label, and has {len(found.seen)}; "
            "the target was left as it is. Use the file from before the pipeline.",
        )
    there = _reading(target)
    if there.seen and any(seen.label != found.label for seen in there.seen):
        raise MarksError(
            "transplant_labelled",
            zh="目标文件已带有另一个标识，没有覆盖；请核对两个文件是否为同一内容。",
            en="The target carries another label, which was not overwritten; "
            "check that both files show the same content.",
        )
    return write(target, found.label, to=to)


def _reading(file: File) -> Reading:
    with Source.of(file) as source:
        return judge(contents(source))


def _marks(file: File) -> _Marks:
    with Source.of(file) as source:
        found = contents(source)
        name = source.name
    reading = judge(found)
    labels = sorted(msgspec.json.encode(seen.fields).decode() for seen in reading.seen)
    explicit = [trace.where for trace in reading.traces if trace.code == EXPLICIT]
    return _Marks(
        name,
        "\n".join(labels) if labels else None,
        explicit[0] if explicit else None,
        _meta(found, "c2pa"),
        _meta(found, "xmp"),
    )


def _meta(found: Contents, key: str) -> str | None:
    texts = [meta.text for meta in found.metadata if meta.key == key]
    return "\n".join(texts) if texts else None


def _step(before: _Marks, after: _Marks) -> Step:
    pairs = (
        ("label", before.label, after.label),
        ("explicit", before.explicit, after.explicit),
        ("c2pa", before.c2pa, after.c2pa),
        ("xmp", before.xmp, after.xmp),
    )
    changes = tuple(_change(mark, _state(old, new)) for mark, old, new in pairs)
    return Step(before.name, after.name, changes)


def _state(old: str | None, new: str | None) -> State:
    if old is None:
        return State.ABSENT if new is None else State.GAINED
    if new is None:
        return State.LOST
    return State.KEPT if old == new else State.CHANGED


_MARKS = {
    "label": ("隐式标识", "The implicit label"),
    "explicit": ("显式文字标识", "The explicit text mark"),
    "c2pa": ("C2PA 内容凭证", "The C2PA manifest"),
    "xmp": ("XMP 数据包", "The XMP packet"),
}
_STATES = {
    State.KEPT: ("保留", "was kept"),
    State.CHANGED: ("被改动", "was changed"),
    State.LOST: ("丢失", "was lost"),
    State.GAINED: ("为新增", "is new"),
    State.ABSENT: ("前后都没有", "is in neither file"),
}


def _change(mark: str, state: State) -> Change:
    (mark_zh, mark_en), (state_zh, state_en) = _MARKS[mark], _STATES[state]
    return Change(mark, state, f"{mark_zh}{state_zh}。", f"{mark_en} {state_en}.")
