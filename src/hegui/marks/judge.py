"""From what a carrier found to what is to be said of the file."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

import msgspec

from hegui.marks.finding import Finding, Severity, finding
from hegui.marks.label import Label
from hegui.marks.reading import Contents, Reading, Seen, Verdict
from hegui.marks.traces import find
from hegui.marks.values import recognise

if TYPE_CHECKING:
    from hegui.marks.security import Pins

#: Findings about the file with which nothing of it could be read.
_UNREADABLE = frozenset({"file-malformed", "file-protected", "file-too-complex", "format-unknown"})
#: A file with more labels than this is as wrong as one with this many.
_MAX_PLACES = 16
#: Checking a signature takes milliseconds; a file should have one label.
_MAX_SIGNED = 4


def judge(contents: Contents, *, pins: "Pins | None" = None, strict: bool = False) -> Reading:
    """Says what a file's contents make of it.

    Nonconforming is a file whose label has any finding that is an error; suspected is one
    without a label but with traces of generation (Labelling Measures, Art. 6 (3)).

    Args:
        contents: from a carrier, and from a sidecar when there is one.
        pins: keys of producers that are known from elsewhere.
        strict: warnings, such as of what a value "mainly" consists of, count as errors.
    """
    seen: list[Seen] = []
    findings = list(contents.findings)
    for place in contents.places[:_MAX_PLACES]:
        one, wrong = recognise(place)
        seen.append(one)
        findings += wrong
        if one.label is not None and len(seen) <= _MAX_SIGNED:
            findings += _signatures(one.label, pins)
    if len(contents.places) > 1:
        findings.append(finding("two-labels", count=len(contents.places)))
    if findings and seen and all(one.carrier == "sidecar" for one in seen):
        # What can't be read may still be told by the file beside it.
        findings = [_softened(one) for one in findings]
    found = find(contents.metadata)
    findings = [_in_strict(one) for one in findings] if strict else findings
    if seen:
        wrong_ = any(one.severity is Severity.ERROR for one in findings)
        verdict = Verdict.NONCONFORMING if wrong_ else Verdict.CONFORMING
    elif any(one.code in _UNREADABLE for one in findings):
        verdict = Verdict.UNREADABLE
    else:
        verdict = Verdict.SUSPECTED if found else Verdict.UNLABELLED
    carriers = tuple(dict.fromkeys([one.carrier for one in seen]))
    return Reading(contents.format, verdict, carriers, tuple(seen), found, _once(findings))


def _signatures(label: Label, pins: "Pins | None") -> Iterable[Finding]:
    # An opaque code says nothing that could be checked; most labels have one or none.
    if "{" not in label.reserved_code1 and "{" not in label.reserved_code2:
        return ()
    from hegui.marks.security import check  # noqa: PLC0415  brings the arithmetic

    return (*check(label, 1, pins), *check(label, 2, pins))


def _softened(one: Finding) -> Finding:
    info = one.code in _UNREADABLE
    return msgspec.structs.replace(one, severity=Severity.INFO) if info else one


def _in_strict(one: Finding) -> Finding:
    warning = one.severity is Severity.WARNING
    return msgspec.structs.replace(one, severity=Severity.ERROR) if warning else one


def _once(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Two labels with the same fault need not say it twice."""
    return tuple(dict.fromkeys(findings))
