"""Word packs to test with."""

from collections.abc import Sequence

import msgspec
from tests.portal.site import SETTINGS

from hegui.config import Settings, Words


def csv(
    name: str,
    version: str,
    words: Sequence[str] = ("a listed phrase",),
    *,
    category: str = "fraud",
    action: str = "stop",
) -> bytes:
    """A pack's file, all of one category and action."""
    rows = "".join(f"{word},{category},{action}\n" for word in words)
    head = f"# name: {name}\n# author: Trust team\n# version: {version}\n"
    return f"{head}word,category,action\n{rows}".encode()


def settings(*, shipped: bool = True, files: Sequence[str] = ()) -> Settings:
    """Settings that put these packs in force."""
    return msgspec.structs.replace(SETTINGS, words=Words(shipped=shipped, files=list(files)))
