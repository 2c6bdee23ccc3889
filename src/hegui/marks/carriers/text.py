"""Plain text: it has no metadata, so only its explicit mark is read, and a sidecar beside it.

What begins as Markdown, or holds a label in the way of Markdown, is read as such before.
"""

from hegui.marks.errors import no_carrier
from hegui.marks.plain_text import EDGE, is_text, of_edges
from hegui.marks.plan import Plan, Wanted
from hegui.marks.reading import Contents
from hegui.marks.source import Source


def sniff(head: bytes, source: Source) -> str | None:
    """``text`` for anything in a known encoding without control characters."""
    return "text" if is_text(head, source) else None


def read(source: Source, format: str) -> Contents:  # noqa: A002  the word that users know
    """The text's beginning and end, as metadata: a mark of its own may stand there."""
    head = source.upto(0, EDGE)
    start = max(len(head), source.size - EDGE)
    tail = source.upto(start + start % 2, EDGE)  # UTF-16 has two bytes to a unit
    return Contents(format, metadata=(of_edges(head, tail),))


def write(source: Source, format: str, wanted: Wanted) -> Plan:  # noqa: A002, ARG001  as all carriers
    """Plain text has no place for a label.

    Raises:
        MarksError: ``format_no_carrier``, always.
    """
    raise no_carrier(format)
