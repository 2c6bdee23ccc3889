"""The label in a PDF's document information dictionary, and its other entries (14.3.3)."""

from hegui.marks.carriers import document_common as common
from hegui.marks.carriers.pdf_file import Pdf
from hegui.marks.carriers.pdf_object import Object
from hegui.marks.carriers.pdf_syntax import Dict, Entry, Name, Ref, Value, decoded

_MAX_ENTRIES = 256


def labels(pdf: Pdf, info: Object | None) -> list[Entry]:
    """The entries that call themselves AIGC, in order; a key written twice counts twice."""
    if info is None:
        return []
    return [
        entry
        for entry in info.entries.entries[:_MAX_ENTRIES]
        if "AIGC" in entry.key.upper()
        and common.is_label(entry.key, str(text_of(pdf, info, entry)))
    ]


def text_of(pdf: Pdf, info: Object | None, entry: Entry) -> str | dict[str, object]:
    """What an entry says: its text, or a mapping where a writer made it a dictionary."""
    home, value = _followed(pdf, info, entry.key)
    if isinstance(value, Dict):
        items = list(value.items())[:64]
        return {key: plain(pdf, *_resolved(pdf, home, inner)) for key, inner in items}
    return str(plain(pdf, home, value))


def others(pdf: Pdf, info: Object | None) -> list[tuple[str, str]]:
    """Keys and texts of the other entries."""
    if info is None:
        return []
    held = {entry.key for entry in labels(pdf, info)}
    told = []
    for key in list(info.entries)[:_MAX_ENTRIES]:
        home, value = _followed(pdf, info, key)
        if key not in held and isinstance(value, bytes):
            told.append((key, decoded(pdf.clear(home, value))))
    return told


def plain(pdf: Pdf, home: Object, value: Value) -> object:
    """A value as JSON would have it: texts decoded, numbers as they are.

    Args:
        pdf: the file.
        home: the object that the value stands in.
        value: followed to what it is.
    """
    if isinstance(value, bytes):
        return decoded(pdf.clear(home, value))
    if isinstance(value, Name):
        return str(value)
    if isinstance(value, bool | int | float):
        return value
    return ""


def _followed(pdf: Pdf, info: Object | None, key: str) -> tuple[Object, Value]:
    """The object that an entry's value stands in, and the value."""
    home = info or Object(0, 0, None, b"")
    return _resolved(pdf, home, info.entries.get(key) if info else None)


def _resolved(pdf: Pdf, home: Object, value: Value) -> tuple[Object, Value]:
    found = pdf.followed(value) if isinstance(value, Ref) else home
    return found, found.value if isinstance(value, Ref) else value
