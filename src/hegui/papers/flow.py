"""What of a paper stays on one page with what follows it."""

from collections.abc import Sequence

from hegui.papers.model import Block, Table, Text


def leads(body: Sequence[Block]) -> list[bool]:
    """Of each block, whether it leads to a table, with which it then stays; headings always do.

    Words right before a table say what it shows: nobody looks for them a page earlier.
    """
    found, leading = [], False
    for block in reversed(body):
        found.append(leading and isinstance(block, Text))
        leading = isinstance(block, Table) or (leading and isinstance(block, Text))
    return found[::-1]
