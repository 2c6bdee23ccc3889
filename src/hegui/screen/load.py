"""Word packs from bytes, and the packs that ship."""

import hashlib
from functools import cache
from importlib.resources import files
from typing import Literal

from hegui.screen import packcsv, packtoml
from hegui.screen.errors import refuse
from hegui.screen.pack import MOST_BYTES, Pack, build

_READERS = {"toml": packtoml.read, "csv": packcsv.read}


def load_pack(data: bytes, file_format: Literal["toml", "csv"]) -> Pack:
    """A word pack from a file's bytes.

    Args:
        data: the file, UTF-8 with or without byte order mark, at most 32 MB and 200,000 words.
        file_format: ``toml`` or ``csv``.

    Raises:
        ScreenError: with the line and the field that is wrong.
    """
    reader = _READERS.get(file_format)
    if reader is None:
        raise refuse("pack_format", format=file_format)
    if len(data) > MOST_BYTES:
        raise refuse("pack_too_large", size=len(data), most=MOST_BYTES)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise refuse("pack_not_utf8", byte=error.start) from error
    head, rows = reader(text)
    return build(head, rows, hashlib.sha256(data).hexdigest())


@cache
def shipped_packs() -> tuple[Pack, ...]:
    """The packs that come with the software: fraud and malware phrases, as an example."""
    data = files("hegui.screen").joinpath("packs/scams-malware.toml").read_bytes()
    return (load_pack(data, "toml"),)
