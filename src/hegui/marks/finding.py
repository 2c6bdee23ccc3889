"""A finding: what a file or a label says that the standard does not, told to a person."""

from enum import StrEnum

import msgspec


class Severity(StrEnum):
    """How much a finding weighs: an error makes a label nonconforming."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


class Row(msgspec.Struct, frozen=True):
    """One row of the table of findings; the sentences have ``{placeholders}``."""

    severity: Severity
    clause: str
    zh: str
    en: str


class Finding(msgspec.Struct, frozen=True):
    """One finding.

    Attributes:
        code: stable, lower case with hyphens; documented in ``docs/marks.md``.
        clause: where the rule stands; empty when it is no rule of a standard.
        severity: error, warning or information.
        zh: one Chinese sentence: what is so, and what to do.
        en: the same in English.
    """

    code: str
    clause: str
    severity: Severity
    zh: str
    en: str


def finding(code: str, **values: object) -> Finding:
    """The finding of a code, its sentences filled in.

    Args:
        code: a code of ``finding_table.ROWS``.
        values: what its placeholders stand for; long ones are cut to 80 characters.
    """
    from hegui.marks.finding_table import ROWS  # noqa: PLC0415  # it needs Row from here

    row = ROWS[code]
    shown = {name: _short(value) for name, value in values.items()}
    return Finding(
        code, row.clause, row.severity, row.zh.format_map(shown), row.en.format_map(shown)
    )


def _short(value: object) -> str:
    text = str(value)
    return text if len(text) <= 80 else text[:79] + "…"
