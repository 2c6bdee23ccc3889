"""What stands in a place that calls itself a label, made out as far as it can be.

Real labels are wrapped or bare, encoded twice, prefixed, in Base64, or no JSON at all. Each such
thing becomes a finding, and the fields are read all the same.
"""

import binascii
import html
import json
import re
from base64 import b64decode
from typing import Any

import msgspec

from hegui.marks import fields
from hegui.marks.errors import MarksError
from hegui.marks.field_names import meant
from hegui.marks.finding import Finding, finding
from hegui.marks.label import Label
from hegui.marks.members import MAX_MEMBERS, MAX_TEXT, Bare, Pairs, Value, pairs, strict
from hegui.marks.reading import Place, Seen

#: Where the formats' guides have the seven fields themselves, without an AIGC object around.
_BARE = frozenset(
    {"xmp", "keys", "tags", "script", "id3", "ape", "vorbis-comment", "riff", "info", "box",
     "custom-properties", "meta"}
)  # fmt: skip
_PREFIX = re.compile(
    r"(\"?AIGC\"?\s*+[:=]?+)\s*+(?=[{\"\[]|[A-Za-z0-9+/_-]{16,}+=*$)", re.IGNORECASE
)
_BASE64 = re.compile(r"[A-Za-z0-9+/_\-\s]{16,}+=*")
_FIELD = re.compile(
    r"(?:Reserved?Code|Content[ _]?Prod|Content[ _]?Prop|Produce|Label)", re.IGNORECASE
)
_DEPTH = 3


class _Opened(msgspec.Struct):
    """An object on its way out of its wrappings."""

    members: Pairs
    findings: list[Finding]


def recognise(place: Place) -> tuple[Seen, tuple[Finding, ...]]:
    """The label that stands in a place, and what is wrong with it.

    Args:
        place: from a carrier; its value may be anything.

    Returns:
        The label as seen, with the fields that could be made out (perhaps none), and findings:
        first those of the place, then of the value as a whole, then of each field.
    """
    if (label := _standard(place)) is not None:
        text = str(place.value)
        known = fields.check_label(label, text)
        return Seen(place.carrier, text, known.values, label), known.findings
    if isinstance(place.value, str):
        raw = place.value[:MAX_TEXT]
        opened = _Opened(Pairs(), [])
        members = _text(place.value, opened, _DEPTH)
    else:
        raw = json.dumps(place.value, ensure_ascii=False, default=_shown)[:MAX_TEXT]
        opened = _Opened(_from_mapping(place.value), [])
        members = opened.members
    members = _unwrap(members, opened, place.carrier)
    checked = fields.check(members)
    wrong = (*place.findings, *opened.findings)
    # Without a single field there is nothing to say of the fields.
    if checked.values or not opened.findings:
        wrong = (*wrong, *checked.findings)
    return Seen(place.carrier, raw, checked.values, checked.label), wrong


def _standard(place: Place) -> Label | None:
    """The label of a text that is byte for byte what the standard would have written there."""
    text = place.value
    if place.findings or place.carrier not in _BARE or not isinstance(text, str):
        return None
    try:
        label = Label.from_json(text)
        return label if label.to_json().decode() == text else None
    except MarksError:
        return None


def _text(text: str, opened: _Opened, depth: int) -> Pairs:
    """The object that a text is, or holds; what was odd about it goes to the findings."""
    text = text.strip("\ufeff\0 \t\r\n")
    if len(text) > MAX_TEXT:
        return _nothing(opened, f"超过 {MAX_TEXT} 个字符", f"longer than {MAX_TEXT} characters")
    if not text:
        return _nothing(opened, "是空的", "it is empty")
    value = strict(text)
    if isinstance(value, Pairs):
        return value
    if isinstance(value, list) and value and isinstance(value[0], Pairs):
        _add(opened, "value-malformed", why_zh="是数组", why_en="it is an array")
        return value[0]
    if depth and (inner := _once_more(text, value, opened)):
        return _text(inner, opened, depth - 1)
    return _loosely(text, opened)


def _once_more(text: str, value: Value | None, opened: _Opened) -> str | None:
    """What is within a text that isn't an object itself: one layer is taken off."""
    if isinstance(value, str):
        _add(opened, "encoded-twice")
        return value
    if match := _PREFIX.match(text):
        _add(opened, "prefix", prefix=match[1])
        return text[match.end() :]
    if text.startswith('{\\"'):
        _add(opened, "encoded-twice")
        return text.replace('\\"', '"')
    if "&quot;" in text and '"' not in text:
        _add(opened, "encoded-twice")
        return html.unescape(text)
    if decoded := from_base64(text):
        _add(opened, "base64")
        return decoded
    return None


def from_base64(text: str) -> str | None:
    """The JSON that a text is in Base64, of either alphabet; ``None`` when it is something else.

    Args:
        text: without marks around it.
    """
    if not _BASE64.fullmatch(text):
        return None
    compact = "".join(text.split()).rstrip("=").translate(str.maketrans("-_", "+/"))
    try:
        decoded = b64decode(compact + "=" * (-len(compact) % 4), validate=True).decode()
    except (binascii.Error, UnicodeDecodeError):
        return None
    return decoded if decoded.lstrip()[:1] in {"{", '"'} else None


def _loosely(text: str, opened: _Opened) -> Pairs:
    """The fields of something that is no JSON: from the brace before the first of them."""
    first = _FIELD.search(text)
    brace = text.rfind("{", 0, first.start()) if first else -1
    found = Pairs()
    if first and brace >= 0:
        found, _ = pairs(text[brace:])
    elif first:
        found, _ = pairs("{" + text[max(0, first.start() - 1) :])
    if _knows(found):
        _add(opened, "value-malformed", why_zh="JSON 语法有误", why_en="its syntax is not JSON")
        return found
    return _nothing(opened, "认不出任何字段", "no field can be made out")


def _unwrap(members: Pairs, opened: _Opened, carrier: str) -> Pairs:
    """The seven fields out of ``{"AIGC": {…}}``, as often as someone wrapped them."""
    for _ in range(_DEPTH):
        members = Pairs(members[:MAX_MEMBERS])
        if _knows(members):
            return members
        inside = next(((name, value) for name, value in members if _wraps(name, value)), None)
        if inside is None:
            break
        name, value = inside
        if "aigc" not in name.lower():
            _add(opened, "field-unknown", name=name, hint_zh="", hint_en="")
        elif carrier in _BARE:
            _add(opened, "wrapped")
        if isinstance(value, str):
            _add(opened, "encoded-twice")
            members = _text(value, opened, 1)
        elif isinstance(value, Pairs):
            members = value
    if not _knows(members):
        return _nothing(opened, "认不出任何字段", "no field can be made out")
    return Pairs(members[:MAX_MEMBERS])


def _knows(value: Value) -> bool:
    return isinstance(value, Pairs) and any(meant(name) for name, _ in value[:MAX_MEMBERS])


def _wraps(name: str, value: Value) -> bool:
    if "aigc" in name.lower():
        return isinstance(value, str | Pairs)
    return _knows(value)


def _from_mapping(mapping: dict[str, Any]) -> Pairs:
    return Pairs((str(name), _value(value)) for name, value in mapping.items())


def _value(value: Any) -> Value:
    """A value of a mapping that a carrier parsed with whatever it had."""
    match value:
        case str() | Bare() | Pairs():
            return value
        case None:
            return Bare("", "null")
        case bool():
            return Bare(str(value).lower(), "boolean")
        case int() | float():
            return Bare(str(value), "integer" if isinstance(value, int) else "number")
        case dict():
            return _from_mapping(value)
        case list():
            return Bare(json.dumps(value, default=_shown), "list")
        case _:
            return str(value)


def _shown(value: Any) -> str:
    return value.text if isinstance(value, Bare) else str(value)


def _nothing(opened: _Opened, why_zh: str, why_en: str) -> Pairs:
    _add(opened, "value-malformed", why_zh=why_zh, why_en=why_en)
    return Pairs()


def _add(opened: _Opened, code: str, **values: object) -> None:
    if all(found.code != code for found in opened.findings):
        opened.findings.append(finding(code, **values))
