"""What msgspec found wrong with a file, told in both languages, with what is allowed there."""

import re
from collections.abc import Iterator
from datetime import date
from enum import Enum
from typing import Any

import msgspec
from msgspec import inspect

from hegui.law.problem import listed, unknown
from hegui.law.words import Words

_AT = re.compile(r" - at `([^`]*)`$")
_PART = re.compile(r"\.([A-Za-z0-9_]+)|\[(\d+)\]")
_EXTRA = re.compile(r"Object contains unknown field `(.*)`")
_MISSING = re.compile(r"Object missing required field `(.*)`")
#: How much of a value is repeated.
_MOST = 60
#: Under this name a pattern carries its words, see :data:`hegui.law.provision.Name`.
WORDS = "words"


class MisstatedError(ValueError):
    """What a struct finds wrong with itself, in both languages; msgspec passes it on as a cause."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.words = Words(zh, en)


def fault(error: msgspec.ValidationError, shape: type, content: object) -> tuple[str, Words]:
    """Where a file is wrong, and how.

    Args:
        error: what msgspec said.
        shape: what the file was to be.
        content: what it says.

    Returns:
        The place, such as ``$.parameters[0].value``, and the sentence.
    """
    said = str(error)
    place = _AT.search(said)
    path, why = (place[1], said[: place.start()]) if place else ("$", said)
    if isinstance(error.__cause__, MisstatedError):
        return path, error.__cause__.words
    if extra := _EXTRA.fullmatch(why):
        names = _fields(_type_at(shape, path))
        return f"{path}.{extra[1]}", unknown("字段", "field", extra[1], names)
    if missing := _MISSING.fullmatch(why):
        wanted = _allowed(_fields(_type_at(shape, path))[missing[1]])
        return path, Words(
            f"缺少字段 {missing[1]}，应为：{wanted.zh}",
            f"the field {missing[1]} is missing; it has to be: {wanted.en}",
        )
    if " - at `key`" in said:
        return path, Words("字段名不是文字", "the name of a field is no text")
    wanted, there = _allowed(_type_at(shape, path)), _shown(_value_at(content, path))
    return path, Words(
        f"这里是{there.zh}，应为：{wanted.zh}", f"it is {there.en}; it has to be: {wanted.en}"
    )


def _type_at(shape: type, path: str) -> inspect.Type:
    """The type that the schema has at a path, as far as the path leads into it."""
    found = inspect.type_info(shape)
    for name, index in _PART.findall(path):
        for one in _choices(found):
            if index and isinstance(one, inspect.VarTupleType):
                found = one.item_type
            elif name and isinstance(one, inspect.StructType):
                found = _fields(one)[name]
    return found


def _value_at(content: Any, path: str) -> object:
    for name, index in _PART.findall(path):
        content = content[name] if name else content[int(index)]
    return content


def _choices(one: inspect.Type) -> Iterator[inspect.Type]:
    """A type, or each that a union allows besides nothing."""
    if isinstance(one, inspect.UnionType):
        for each in one.types:
            if not isinstance(each, inspect.NoneType):
                yield from _choices(each)
    else:
        yield one


def _fields(one: inspect.Type) -> dict[str, inspect.Type]:
    """The fields of a struct with their types."""
    return {
        field.encode_name: field.type
        for each in _choices(one)
        if isinstance(each, inspect.StructType)
        for field in each.fields
    }


def _allowed(one: inspect.Type) -> Words:
    """What may stand where the schema has a type."""
    found = [_form(each) for each in _choices(one)]
    return Words("，或者".join(each.zh for each in found), ", or ".join(each.en for each in found))


def _form(one: inspect.Type) -> Words:
    if isinstance(one, inspect.Metadata) and one.extra and WORDS in one.extra:
        words: Words = one.extra[WORDS]
        return words
    if isinstance(one, inspect.EnumType):
        return listed([str(each.value) for each in one.cls])
    if isinstance(one, inspect.LiteralType):
        return listed([str(each) for each in one.values])
    if isinstance(one, inspect.VarTupleType):
        each = _allowed(one.item_type)
        zh, en = ("至少一项的", " of at least one") if one.min_length else ("", "")
        return Words(f"{zh}列表，每项为：{each.zh}", f"a list{en}, each of which is: {each.en}")
    if isinstance(one, inspect.StructType):
        names = listed(list(_fields(one)))
        return Words(f"一组字段：{names.zh}", f"fields: {names.en}")
    if isinstance(one, inspect.StrType) and one.max_length:
        return Words(
            f"{one.min_length or 0} 至 {one.max_length} 个字的文字，数字要加引号",
            f"a text of {one.min_length or 0} to {one.max_length} characters, a number in quotes",
        )
    return _PLAIN[type(one)]


_PLAIN: dict[type[inspect.Type], Words] = {
    inspect.StrType: Words("文字，数字要加引号", "a text, a number in quotes"),
    inspect.IntType: Words("整数", "a whole number"),
    inspect.BoolType: Words("true 或 false", "true or false"),
    inspect.DateType: Words("日期，如 2026-01-31", "a day, such as 2026-01-31"),
}


def _shown(value: object) -> Words:
    """What stands there, not too long."""
    if isinstance(value, dict):
        return Words("一组字段", "a group of fields")
    if isinstance(value, list):
        return Words("列表", "a list") if value else Words("空的列表", "an empty list")
    if value is None or value == "":
        return Words("空的", "empty")
    if isinstance(value, bool):
        text = str(value).lower()
    else:
        text = str(value.value if isinstance(value, Enum) else value)
    text = text if len(text) <= _MOST else f"{text[: _MOST - 1]}…"
    kind = {
        bool: Words("真假值", "the truth value"),
        int: Words("数字", "the number"),
        date: Words("日期", "the day"),
    }
    named = kind.get(type(value), Words("", "the text"))
    return Words(f"{named.zh}“{text}”", f"{named.en} “{text}”")
