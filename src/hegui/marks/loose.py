"""A label in a free text: a comment, a caption, a text chunk under any name.

Some writers put the object of Annex E b) there. What else such a text holds is kept on writing.
"""

import json

from hegui.marks import exif

#: A longer text is content, not a label.
_MAX_TEXT = 65_536


def is_label(text: str) -> bool:
    """Whether a free text calls itself a label: by the name AIGC, or by Annex E's fields."""
    return len(text) <= _MAX_TEXT and exif.is_label(text)


def remainder(text: str) -> str:
    """What a text that is a label holds beside it, as JSON; empty when it holds nothing else.

    Args:
        text: one that ``is_label`` accepts.
    """
    try:
        whole = json.loads(text)
    except (ValueError, RecursionError):
        return ""
    if not isinstance(whole, dict):
        return ""
    named = {name for name in whole if "AIGC" in name.upper()}
    rest = {name: value for name, value in whole.items() if name not in named}
    return json.dumps(rest) if named and rest else ""
