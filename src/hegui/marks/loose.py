"""A label in a free text: a comment, a caption, a text chunk under any name.

Some writers put the object of Annex E b) there. People write about AIGC there too, so the name
alone makes no label: what follows it must be an object. What else such a text holds is kept on
writing.
"""

import json
import re

from hegui.marks.members import strict
from hegui.marks.values import from_base64

#: A longer text is content, not a label.
_MAX_TEXT = 262_144
_NAMED = re.compile(r"(?:TC260:)?AIGC[\"'\\ ]*(?:[:=]|(?=\{))", re.IGNORECASE)
_NAMES = frozenset({"AIGC", "TC260:AIGC"})
_MEMBERS = ("ContentProducer", "ContentPropagator", "ProduceID", "PropagateID")
_AROUND = " \t\r\n\"'\\\ufeff"
#: Opens an object whose first key is quoted, or which has none.
_OBJECT = re.compile(r"\[?\s*\{\s*(?:\\*[\"'}]|&quot;)")
_BRACKET = re.compile(r"\[?\s*\{")


def is_label(text: str) -> bool:
    """Whether a free text calls itself a label: by the name AIGC, or by Annex E's fields.

    Args:
        text: a whole comment or field.
    """
    if len(text) > _MAX_TEXT:
        return False
    named = _NAMED.match(text[:1024].lstrip(_AROUND + "{"))
    if named and is_object(text[text.index(named[0]) + len(named[0]) :]):
        return True
    if not text.lstrip(" \t\r\n\ufeff").startswith("{"):
        return False
    return any(f'"{name}"' in text[:4096] for name in _MEMBERS) or _divided(text) is not None


def is_object(value: str) -> bool:
    """Whether what stands under the name AIGC is an object, encoded or damaged as it may be.

    Args:
        value: what follows the name.
    """
    inside = value[:4096].strip(_AROUND)
    if _OBJECT.match(inside):
        return True
    if _BRACKET.match(inside):
        return any(name in inside for name in _MEMBERS)
    decoded = from_base64(value[:_MAX_TEXT].strip(_AROUND + "}"))
    return decoded is not None and strict(decoded) is not None


def remainder(text: str) -> str:
    """What a text that is a label holds beside it, as JSON; empty when it holds nothing else.

    Args:
        text: one that ``is_label`` accepts.
    """
    rest = _divided(text)
    return json.dumps(rest) if rest else ""


def _divided(text: str) -> dict[str, object] | None:
    """The members of an object that are no label; ``None`` when none of them is one."""
    if "AIGC" not in text.upper():
        return None
    try:
        whole = json.loads(text)
    except (ValueError, RecursionError):
        return None
    if not isinstance(whole, dict):
        return None
    rest = {name: value for name, value in whole.items() if not _is_member(name, value)}
    return rest if len(rest) < len(whole) else None


def _is_member(name: str, value: object) -> bool:
    """A house's own member, such as ``AIGC-workflow``, is a label only with a label's fields."""
    upper = name.strip().upper()
    known = isinstance(value, dict) and any(field in value for field in _MEMBERS)
    return upper in _NAMES or ("AIGC" in upper and known)
