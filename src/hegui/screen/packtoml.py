"""Word packs as TOML: ``[pack]`` with name, author and version, then ``[[word]]`` tables."""

import re
import tomllib
from collections.abc import Iterator, Mapping

from hegui.screen.errors import Place, refuse
from hegui.screen.pack import Row

_ENTRY = re.compile(r"^[ \t]*\[\[[ \t]*word[ \t]*\]\]", re.MULTILINE)


def read(text: str) -> tuple[Mapping[str, object], Iterator[Row]]:
    """The head and the entries of a pack, not yet checked.

    Raises:
        ScreenError: when it is no TOML, or not of this shape.
    """
    try:
        document = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        # Not only TOMLDecodeError: an integer of 5,000 digits is a plain ValueError.
        raise refuse("pack_syntax", reason=str(error)) from error
    unknown = document.keys() - {"pack", "word"}
    if unknown:
        raise refuse("pack_field", field=min(unknown)[:40], allowed="pack, word")
    head = document.get("pack", {})
    entries = document.get("word", [])
    if not isinstance(head, dict):
        raise refuse("pack_syntax", reason="pack is not a table [pack]")
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise refuse("pack_syntax", reason="word is not a list of tables [[word]]")
    return head, _rows(text, entries)


def _rows(text: str, entries: list[dict[str, object]]) -> Iterator[Row]:
    """Each entry with the line of its ``[[word]]``; with its number when written another way."""
    starts = [at.start() for at in _ENTRY.finditer(text)]
    if len(starts) != len(entries):
        for number, entry in enumerate(entries, 1):
            yield Row(Place("entry", number), entry)
        return
    line, done = 1, 0
    for start, entry in zip(starts, entries, strict=True):
        line += text.count("\n", done, start)
        done = start
        yield Row(Place("line", line), entry)
