"""TOML data to the structs of ``model.py``: every error names the setting by its dotted name."""

import difflib
import types
import typing
from typing import Any, Literal, TypeVar

import msgspec

from hegui.config.errors import ConfigError, missing, wrong

T = TypeVar("T", bound=msgspec.Struct)

_KINDS: dict[type, tuple[str, str]] = {
    bool: ("true 或 false", "true or false"),
    int: ("整数", "a whole number"),
    float: ("数字", "a number"),
    str: ("加引号的文字", "a text in quotes"),
    list: ("列表", "a list"),
    dict: ("“名称 = 值”组成的表", "a table of name = value"),
}


def read(kind: type[T], data: object, name: str = "") -> T:
    """Reads one table of the file into its struct.

    Args:
        kind: the struct.
        data: what the TOML reader returned for the table.
        name: the table's dotted name; empty for the whole file.

    Raises:
        ConfigError: ``setting_unknown``, ``setting_missing`` or ``setting_wrong``.
    """
    if not isinstance(data, dict):
        raise wrong(name, data, zh="一个表", en="a table")
    fields = {field.name: field for field in msgspec.structs.fields(kind)}
    for key in data:
        if key not in fields:
            raise _unknown(_join(name, key), key, list(fields))
    values: dict[str, Any] = {}
    for field in fields.values():
        path = _join(name, field.name)
        if field.name in data:
            values[field.name] = _value(field.type, data[field.name], path)
        elif field.required:
            zh, en = _described(field.type)
            raise missing(path, zh=zh, en=en)
    return kind(**values)


def _value(kind: Any, value: object, path: str) -> Any:
    """One value of the file as the type that the struct wants."""
    if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
        return read(kind, value, path)
    inner = typing.get_args(kind)
    if typing.get_origin(kind) is list and issubclass(inner[0], msgspec.Struct):
        if not isinstance(value, list):
            raise wrong(path, value, zh="一个或多个表", en=f"one or more tables [[{path}]]")
        return [read(inner[0], item, f"{path}[{i}]") for i, item in enumerate(value)]
    try:
        return msgspec.convert(value, kind)
    except msgspec.ValidationError as error:
        zh, en = _described(kind)
        raise wrong(path, value, zh=zh, en=en) from error


def _described(kind: Any) -> tuple[str, str]:
    """What a type allows, in Chinese and English."""
    origin, inner = typing.get_origin(kind), typing.get_args(kind)
    if origin is Literal:
        names = ", ".join(f'"{value}"' for value in inner)
        return f"{names} 之一", f"one of {names}"
    if origin is list and isinstance(inner[0], type) and inner[0] is str:
        return "由加引号的文字组成的列表", "a list of texts in quotes"
    if origin in (types.UnionType, typing.Union):
        return _described(inner[0])
    return _KINDS.get(origin or kind, ("一个表", "a table"))


def _unknown(path: str, key: str, known: list[str]) -> ConfigError:
    """A name that no setting has, with the nearest one that exists."""
    near = difflib.get_close_matches(key, known, n=1)
    hint_zh = f"是否想写 {near[0]}？" if near else ""
    hint_en = f" Did you mean {near[0]}?" if near else ""
    return ConfigError(
        "setting_unknown",
        zh=f"没有名为 {path} 的设置项。{hint_zh}此处允许：{', '.join(known)}。",
        en=f"There is no setting {path}.{hint_en} Allowed here: {', '.join(known)}.",
    )


def _join(name: str, key: str) -> str:
    return f"{name}.{key}" if name else key
