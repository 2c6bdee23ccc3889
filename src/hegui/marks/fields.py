"""The seven fields, each held against its item of GB 45438-2025, Annex E."""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Literal, cast

import msgspec

from hegui.marks.field_names import NAMES, meant
from hegui.marks.finding import Finding, Severity, finding
from hegui.marks.label import Label
from hegui.marks.members import Bare, Pairs, Value, text_of
from hegui.marks.provider import explain, looks_like_code

_KINDS = {
    "integer": ("整数", "an integer"),
    "number": ("数字", "a number"),
    "boolean": ("布尔值", "true or false"),
    "null": ("空值（null）", "null"),
    "list": ("列表", "a list"),
    "object": ("对象", "an object"),
    "alias": ("YAML 别名", "a YAML alias"),
}
#: Words that programs have written for the three values of Label; they count as what they mean.
_WORDS = {
    "1": ("1", "aigc", "ai", "true", "yes", "是", "属于", "generated", "aigenerated"),
    "2": ("2", "maybe", "possible", "possibly", "可能", "可能是", "可能为"),
    "3": ("3", "suspected", "suspect", "疑似"),
}
_MEANING = {word: kind for kind, words in _WORDS.items() for word in words}
#: Annex E j): visible ASCII without the backslash; a quotation mark stands escaped in JSON.
_OUTSIDE = re.compile(r"[^\x21-\x5b\x5d-\x7e]")
#: What programs print when a value was never set, or an object was printed instead of its number.
_LEAKED = re.compile(
    r"(?i:null|none|nil|undefined|nan|n/a|todo)"
    r"|\[object \w+\]|%!\w\(.*|\$\{.*|\{\{.*|<.*>|(?i:value|your)[ _-]?\w{0,40}"
    r"|(?:\w++\.)++[A-Z][\w$]*+@[0-9a-f]{4,8}"
    r"|[A-Z]\w*+\(\w++=.*"
    r"|[A-Z]\w*+\.[A-Z][A-Z_]*+",
    re.DOTALL,
)
_PROVIDERS = ("ContentProducer", "ContentPropagator")
_NEVER_EMPTY = ("ContentProducer", "ProduceID", "ContentPropagator", "PropagateID")


class Checked(msgspec.Struct, frozen=True):
    """The fields of one label.

    Attributes:
        values: those that were recognised, in Annex E's order, as text.
        label: the label they make, with empty strings for fields that are missing; ``None`` when
            Label says none of its three values, not even in words.
        findings: what is wrong, field by field.
    """

    values: dict[str, str]
    label: Label | None
    findings: tuple[Finding, ...]


def check(members: Pairs) -> Checked:
    """Holds an object's members against the seven fields.

    Args:
        members: keys as they stand, spelt in whatever way.
    """
    found: list[Finding] = []
    values = _sorted_out(members, found)
    kind = _meaning(values.get("Label"))
    for name in NAMES:
        if name not in values:
            found.append(finding("field-missing", field=name))
        else:
            _field(name, values[name], found)
    _emptiness(values, kind, found)
    texts = {name: text_of(values[name]) for name in NAMES if name in values}
    label = None
    if kind:
        rest = (texts.get(name, "") for name in NAMES[1:])
        label = Label(cast('Literal["1", "2", "3"]', kind), *rest)
    return Checked(texts, label, tuple(found))


def check_label(label: Label, text: str) -> Checked:
    """The same for a label whose members stand exactly as Annex E has them.

    Args:
        label: all seven fields, each a string.
        text: its JSON, as ``Label.to_json`` writes it.
    """
    found: list[Finding] = []
    values: dict[str, str] = msgspec.to_builtins(label)
    # Mostly two: on the first write the propagator's elements equal the producer's.
    names = {values[name] for name in _NEVER_EMPTY}
    if _is_visible(text) and not any(map(_LEAKED.fullmatch, names)):
        for name in _PROVIDERS:
            found.extend(_code(values[name], name))
    else:
        for name, value in values.items():
            _field(name, value, found)
    if "" in names:
        _emptiness(values, label.label, found)
    return Checked(values, label, tuple(found))


def _is_visible(text: str) -> bool:
    """Whether no value of a label in JSON has a character that ``_OUTSIDE`` would find.

    JSON's own characters are not outside, and what is not visible stands escaped.
    """
    return text.isascii() and text.isprintable() and " " not in text and "\\" not in text


def _sorted_out(members: Pairs, found: list[Finding]) -> dict[str, Value]:
    """Each field's value: the standard's own name counts before any other spelling."""
    values: dict[str, Value] = {}
    for name, value in members:
        if name in NAMES:
            if name in values:
                found.append(finding("field-twice", field=name))
            values.setdefault(name, value)
    for name, value in members:
        if name in NAMES:
            continue
        field = meant(name)
        if field in values:
            field = None
        hint_zh, hint_en = (f"（似为 {field}）", f" ({field}, it seems)") if field else ("", "")
        found.append(finding("field-unknown", name=name, hint_zh=hint_zh, hint_en=hint_en))
        if field:
            values[field] = value
    return values


def _field(name: str, value: Value, found: list[Finding]) -> None:
    if not isinstance(value, str):
        kind = value.kind if isinstance(value, Bare) else _nested(value)
        kind_zh, kind_en = _KINDS[kind]
        found.append(finding("type", field=name, kind_zh=kind_zh, kind_en=kind_en))
    text = text_of(value)
    if name == "Label":
        if text not in {"1", "2", "3"}:
            found.append(finding("label-value", value=text))
        return
    if isinstance(value, str) and (outside := _OUTSIDE.search(text)):
        found.append(finding("charset", field=name, character=_visible(outside[0])))
    if name.startswith("Reserved"):
        return
    if _LEAKED.fullmatch(text):
        found.append(finding("value-leaked", field=name, value=text))
    if name in _PROVIDERS:
        found.extend(_code(text, name))


@lru_cache(maxsize=256)
def _code(text: str, name: str) -> tuple[Finding, ...]:
    """A folder's files are mostly of one provider, whose code is held against the rule once."""
    return explain(text, name) if looks_like_code(text) else ()


def _emptiness(values: Mapping[str, Value], kind: str | None, found: list[Finding]) -> None:
    empty = {name for name, value in values.items() if not text_of(value).strip()}
    for name, code in (("ContentProducer", "producer-empty"), ("ProduceID", "produce-id-empty")):
        if name in empty:
            one = finding(code)
            # A platform that labels what users declare, or it suspects, need not know the producer.
            if kind in {"2", "3"}:
                one = msgspec.structs.replace(one, severity=Severity.WARNING)
            found.append(one)
    unsaid = [name for name in ("ContentPropagator", "PropagateID") if name in empty]
    if unsaid:
        found.append(finding("propagator-empty", field=" / ".join(unsaid)))


def _meaning(value: Value | None) -> str | None:
    if value is None:
        return None
    words = re.split(r"[^0-9a-z\u4e00-\u9fff]+", text_of(value)[:80].strip().lower())
    return _MEANING.get("".join(words)) or _MEANING.get("".join(words[1:]))


def _nested(value: Value) -> str:
    return "object" if isinstance(value, Pairs) else "list"


def _visible(character: str) -> str:
    visible = character.isprintable() and not character.isspace()
    return character if visible else f"U+{ord(character):04X}"
