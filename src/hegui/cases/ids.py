"""What an id looks like: whatever else comes in an address is nothing's id."""

import re

_ID = re.compile(r"[0-9a-f]{32}")


def is_id(text: str) -> bool:
    """Whether this has the form of an act's id; anything else need not be looked for."""
    return _ID.fullmatch(text) is not None
