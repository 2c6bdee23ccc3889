"""What a file says about itself: what a carrier found, and what is made of it."""

from enum import StrEnum

import msgspec

from hegui.marks.finding import Finding
from hegui.marks.label import Label


class Place(msgspec.Struct, frozen=True):
    """One place in a file that holds something that calls itself a label.

    Attributes:
        carrier: ``xmp``, ``exif``, ``png-text``, ``keys``, ``tags``, ``id3``, …
        value: the text as it stands, or the mapping that YAML or JSON gave.
        findings: about the place itself, such as ``placement``.
    """

    carrier: str
    value: str | dict[str, object]
    findings: tuple[Finding, ...] = ()


class Meta(msgspec.Struct, frozen=True):
    """Other metadata, which may be a trace of generation.

    Attributes:
        key: where it stands: ``png:parameters``, ``exif:Software``, ``xmp``, ``c2pa``, ``text``, …
        text: at most 65,536 characters of it.
    """

    key: str
    text: str


class Contents(msgspec.Struct, frozen=True):
    """What a carrier found in one file; nothing is judged yet.

    Attributes:
        format: the format's name.
        places: where labels stand, in the file's order.
        metadata: what else may tell of generation.
        findings: about the file itself.
    """

    format: str
    places: tuple[Place, ...] = ()
    metadata: tuple[Meta, ...] = ()
    findings: tuple[Finding, ...] = ()


class Verdict(StrEnum):
    """What is to be said of a file's label."""

    CONFORMING = "conforming"
    NONCONFORMING = "nonconforming"
    UNLABELLED = "unlabelled"
    SUSPECTED = "suspected"
    UNREADABLE = "unreadable"


class Seen(msgspec.Struct, frozen=True):
    """One label as it was found.

    Attributes:
        carrier: where it stands.
        raw: the text as it stands, at most 65,536 characters.
        fields: those of the seven fields that were recognised, in Annex E's order.
        label: the same as a label, when its fields make one.
    """

    carrier: str
    raw: str
    fields: dict[str, str]
    label: Label | None


class Trace(msgspec.Struct, frozen=True):
    """A sign of generation other than the label (Labelling Measures, Art. 6 (3)).

    Attributes:
        code: stable, such as ``c2pa`` or ``stable-diffusion``.
        generator: the generator's name, as people know it; empty when it is not told.
        where: the metadata that says so.
        zh: one Chinese sentence.
        en: the same in English.
    """

    code: str
    generator: str
    where: str
    zh: str
    en: str


class Reading(msgspec.Struct, frozen=True):
    """What a file says about itself.

    Attributes:
        format: the format's name, ``unknown`` when it is none of ours.
        verdict: see ``Verdict``.
        carriers: the places that hold a label.
        seen: the labels found there.
        traces: other signs of generation.
        findings: what is not as the standard has it, with clauses.
    """

    format: str
    verdict: Verdict
    carriers: tuple[str, ...] = ()
    seen: tuple[Seen, ...] = ()
    traces: tuple[Trace, ...] = ()
    findings: tuple[Finding, ...] = ()

    @property
    def label(self) -> Label | None:
        """The first label that could be made out whole."""
        return next((seen.label for seen in self.seen if seen.label is not None), None)

    def to_dict(self, file: str) -> dict[str, object]:
        """The reading as ``hegui read --json`` prints it, one object a file.

        Args:
            file: the file's name as the caller knows it.
        """
        told = next(
            (one for one in self.seen if one.label is not None), next(iter(self.seen), None)
        )
        return {
            "file": file,
            "format": self.format,
            "verdict": self.verdict.value,
            "carriers": list(self.carriers),
            "label": None if told is None else dict(told.fields),
            "traces": [msgspec.to_builtins(trace) for trace in self.traces],
            "findings": [msgspec.to_builtins(found) for found in self.findings],
        }
