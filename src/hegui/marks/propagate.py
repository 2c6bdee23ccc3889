"""The propagation platform's part (Labelling Measures, Art. 6).

The platform looks at a file's metadata and decides:

==================================================== ========= ======= =====================
what it finds                                        clause    Label   what it tells readers
==================================================== ========= ======= =====================
an implicit label that says ``1``                    Art. 6(1) kept    it is generated
one that says ``2``, from an earlier platform        Art. 6(2) kept    it may be generated
one that says ``3``                                  Art. 6(3) kept    it is suspected to be
no implicit label, but the uploader declares         Art. 6(2) ``2``   it may be generated
neither, but an explicit label or other traces       Art. 6(3) ``3``   it is suspected to be
none of these                                        Art. 6(4) none    nothing
==================================================== ========= ======= =====================

In all but the last it adds to the metadata the attribute, its name or code and its own number.
"""

import os
from collections.abc import Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, BinaryIO, Literal, cast

import msgspec

from hegui.marks.errors import MarksError
from hegui.marks.label import Label
from hegui.marks.reader import contents, read
from hegui.marks.reading import Reading, Trace, Verdict
from hegui.marks.sidecar import without_target, write_beside
from hegui.marks.source import File, Source
from hegui.marks.writer import write

if TYPE_CHECKING:
    from hegui.marks.security import Pins, PrivateKey


class Outcome(StrEnum):
    """What the platform says of a file."""

    IS = "is"
    MAY_BE = "may_be"
    SUSPECTED = "suspected"
    NONE = "none"


#: The prompt near the content, in Chinese and English; both elements of GB 45438-2025 5.1 are in.
_WORDS = {
    Outcome.IS: ("此内容为人工智能生成合成", "This content is AI-generated."),
    Outcome.MAY_BE: (
        "此内容可能为人工智能生成合成",
        "This content may be AI-generated.",
    ),
    Outcome.SUSPECTED: (
        "此内容疑似人工智能生成合成",
        "This content is suspected to be AI-generated.",
    ),
    Outcome.NONE: ("", ""),
}
#: The clause whose case it is; a label that is passed on says which by its value.
_CLAUSES = {
    Outcome.IS: "Art. 6(1)",
    Outcome.MAY_BE: "Art. 6(2)",
    Outcome.SUSPECTED: "Art. 6(3)",
    Outcome.NONE: "Art. 6(4)",
}
#: Why a file that could be read and decided on takes no label; its readers are told all the same.
_NO_PLACE = frozenset({"format_no_carrier", "format_unknown", "file_protected", "file_signed"})
_BY_VALUE = {"1": Outcome.IS, "2": Outcome.MAY_BE, "3": Outcome.SUSPECTED}
#: What the uploader is asked beside the means to declare (Art. 6 (4)).
REMINDER_ZH = "如果内容由人工智能生成或合成，请主动声明。"
REMINDER_EN = "If the content was generated or altered by AI, please declare it."


class Propagated(msgspec.Struct, frozen=True):
    """What the platform decided, and what it wrote.

    Attributes:
        outcome: is, may be, suspected, or none.
        clause: the clause that decides, such as ``Art. 6(1)``.
        zh: the prompt to show prominently near the content, in Chinese; empty for ``none``.
        en: the same in English.
        label: what now stands in the file; ``None`` when nothing was written.
        reading: the file as it came in.
        traces: the traces that counted: those in the file, then the platform's own.
        data: the new file, when it was not written to a path or an open file.
        unwritten: the code of the error for which the file could not take the label, such as
            ``format_no_carrier``; empty when nothing failed. The words are to be shown even so.
        breaks_c2pa: whether the file came with a C2PA manifest, which covers every byte and so
            no longer fits the file with its label.
    """

    outcome: Outcome
    clause: str
    zh: str
    en: str
    label: Label | None
    reading: Reading
    traces: tuple[Trace, ...]
    data: bytes | None = None
    unwritten: str = ""
    breaks_c2pa: bool = False


def decide(reading: Reading, *, declared: bool, traces: Sequence[Trace] = ()) -> Outcome:
    """The decision table of Art. 6, without writing anything.

    A label that says ``2`` or ``3``, from an earlier platform, is passed on as it says: the
    metadata then marks the content as such, and no platform may change another's finding
    (Art. 10). A label whose value is none of the three says nothing clearly: it is a trace.

    Args:
        reading: the file's metadata.
        declared: whether the uploader declares it generated.
        traces: signs that the platform's own detection found, beside those in the reading.
    """
    value = _value(reading)
    if value is not None:
        return _BY_VALUE[value]
    if declared:
        return Outcome.MAY_BE
    found = reading.seen or reading.traces or traces
    return Outcome.SUSPECTED if found else Outcome.NONE


def propagate(
    file: File,
    platform: str,
    id: str,  # noqa: A002  the label's own word
    *,
    declared: bool = False,
    traces: Sequence[Trace] = (),
    to: str | os.PathLike[str] | BinaryIO | None = None,
    producer: str = "",
    produce_id: str = "",
    key: "PrivateKey | None" = None,
    pins: "Pins | None" = None,
    sidecar: bool = False,
) -> Propagated:
    """Checks a file that a user uploads, and adds the platform's part to its metadata.

    The producer's part of a label that is there stays as it is, with ReservedCode1 and its
    signature. The platform's three fields replace those of the platform before.

    Args:
        file: a path, bytes, or a binary file that can seek.
        platform: the platform's code or name, for ContentPropagator.
        id: the platform's own number of this content, for PropagateID.
        declared: whether the uploader declares the content generated.
        traces: signs that the platform's own detection found.
        to: where the new file goes, as in ``write``.
        producer: ContentProducer when the platform is the first to write a label (``2`` or
            ``3``). **Grade [U]**: what the standard wants there is not confirmed, so it is empty
            unless given.
        produce_id: ProduceID in the same case; same grade.
        key: signs ReservedCode2 (see ``security.message``); without it the field is empty.
        pins: keys of producers known from elsewhere, for the reading's findings.
        sidecar: write ``NAME.aigc.json`` beside the path instead of into the file.

    Returns:
        The outcome and the words for readers. For ``none`` the file is left as it is, and so is
        one that has no place for a label: see ``unwritten``. A label breaks a C2PA manifest that
        the file came with: see ``breaks_c2pa``.

    Raises:
        MarksError: ``label_incomplete`` without platform or number; ``propagate_unreadable`` when
            the metadata can't be checked; what else ``write`` raises.
    """
    if not platform or not id:
        raise MarksError(
            "label_incomplete",
            zh="缺少传播平台的名称（编码）或其内容编号；请填写后再写标识。",
            en="The platform's code and its number of the content are missing; give both.",
        )
    if sidecar:
        without_target(to)
    reading = read(file, pins=pins)
    if reading.verdict is Verdict.UNREADABLE:
        why = reading.findings[0] if reading.findings else None
        raise MarksError(
            "propagate_unreadable",
            zh="无法核验文件元数据，因此没有作出判断，文件未改动。" + (why.zh if why else ""),
            en="The file's metadata can't be checked, so nothing was decided and the file was "
            "left as it is. " + (why.en if why else ""),
        )
    outcome = decide(reading, declared=declared, traces=traces)
    counted = (*reading.traces, *traces)
    said = Propagated(outcome, _CLAUSES[outcome], *_WORDS[outcome], None, reading, counted)
    if outcome is Outcome.NONE:
        return said
    label = _label(reading, outcome, (platform, id), (producer, produce_id))
    if key is not None:
        from hegui.marks.security import sign  # noqa: PLC0415  brings the arithmetic

        label = sign(label, key, 2)
    if sidecar:
        write_beside(file, label)
        return msgspec.structs.replace(said, label=label)
    try:
        breaks = _has_manifest(file)
        data = write(file, label, to=to)
    except MarksError as error:
        if error.code not in _NO_PLACE:
            raise
        return msgspec.structs.replace(said, unwritten=error.code)
    return msgspec.structs.replace(said, label=label, data=data, breaks_c2pa=breaks)


def _has_manifest(file: File) -> bool:
    with Source.of(file) as source:
        return any(meta.key == "c2pa" for meta in contents(source).metadata)


def _value(reading: Reading) -> Literal["1", "2", "3"] | None:
    """What the label in the file clearly says, if there is one and it does."""
    if reading.label is not None:
        return reading.label.label
    for seen in reading.seen:
        if seen.fields.get("Label") in _BY_VALUE:
            return cast('Literal["1", "2", "3"]', seen.fields["Label"])
    return None


def _label(
    reading: Reading, outcome: Outcome, platform: tuple[str, str], producer: tuple[str, str]
) -> Label:
    """The new label: the producer's part as found, the platform's part as given."""
    value: Literal["1", "2", "3"]
    value = _value(reading) or ("2" if outcome is Outcome.MAY_BE else "3")
    if reading.label is not None:
        old = reading.label
        kept = (old.content_producer, old.produce_id, old.reserved_code1)
    elif reading.seen:
        fields = reading.seen[0].fields
        kept = (
            fields.get("ContentProducer", ""),
            fields.get("ProduceID", ""),
            fields.get("ReservedCode1", ""),
        )
    else:
        kept = (*producer, "")
    return Label(value, *kept, *platform, "")
