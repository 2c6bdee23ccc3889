"""YAML as packs use it: bounded, without aliases, and with the line of whatever is wrong."""

import re
from typing import Any, TypeVar

import msgspec
import yaml

from hegui.law import schema
from hegui.law.errors import LawError
from hegui.law.words import Words

#: Bounds of one file: bytes, and how deep it nests.
MOST_BYTES, MOST_DEPTH = 4_194_304, 24
#: The C loader is some ten times faster; a build without it has the other.
_BASE: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_PART = re.compile(r"\.([A-Za-z0-9_]+)|\[(\d+)\]")

T = TypeVar("T")


class _Loader(_BASE):  # type: ignore[misc]  # one of two classes
    """Refuses a key that stands twice, where YAML would let the last one win."""

    def construct_mapping(self, node: Any, deep: bool = False) -> Any:
        seen = set()
        for key, _ in node.value:
            if not isinstance(key, yaml.ScalarNode):
                raise yaml.constructor.ConstructorError(
                    None, None, "a key is no plain word", key.start_mark
                )
            if key.value in seen:
                raise yaml.constructor.ConstructorError(
                    None, None, f"the key {key.value!r} stands twice", key.start_mark
                )
            seen.add(key.value)
        return super().construct_mapping(node, deep)


def _in_sixties(base: Any) -> Any:
    """YAML 1.1 takes 22:30 for 1350; with many colons that takes hours, and is never meant."""

    def read(loader: Any, node: Any) -> Any:
        return node.value if ":" in node.value else base(loader, node)

    return read


def _day(loader: Any, node: Any) -> Any:
    """What looks like a day and is none stays text, which its reader refuses with its place."""
    try:
        return _BASE.construct_yaml_timestamp(loader, node)
    except ValueError:
        return node.value


_Loader.add_constructor("tag:yaml.org,2002:timestamp", _day)
_Loader.add_constructor("tag:yaml.org,2002:int", _in_sixties(_BASE.construct_yaml_int))
_Loader.add_constructor("tag:yaml.org,2002:float", _in_sixties(_BASE.construct_yaml_float))


class Document:
    """A file that was read, and where in it things stand.

    Args:
        file: its name, for errors.
        data: its bytes.
        content: what it says.
    """

    def __init__(self, file: str, data: bytes, content: Any) -> None:
        self.file = file
        self.content = content
        self._data = data

    def convert(self, shape: type[T]) -> T:
        """The content as a struct.

        Raises:
            LawError: ``pack_malformed``, naming the line and the field.
        """
        try:
            return msgspec.convert(self.content, shape)
        except msgspec.ValidationError as error:
            path, why = schema.fault(error, shape, self.content)
            raise self.wrong(why, path) from error

    def wrong(self, why: Words, path: str) -> LawError:
        """The error about one place, given as ``$.parameters[0].value``."""
        return _malformed(self.file, why, self.line(path), path)

    def line(self, path: str) -> int:
        """The line, from 1, of the deepest part of a path that is there."""
        node = yaml.compose(self._data, Loader=_Loader)
        line = 1 if node is None else node.start_mark.line + 1
        for name, index in _PART.findall(path):
            node = _child(node, name, index)
            if node is None:
                break
            line = node.start_mark.line + 1
        return line


def load(data: bytes, file: str) -> Document:
    """Read a file.

    Raises:
        LawError: ``pack_malformed``: too large, too deep, no YAML, or an alias or a tag in it.
    """
    if len(data) > MOST_BYTES:
        why = Words(
            f"有 {len(data)} 字节，最多 {MOST_BYTES}",
            f"it has {len(data)} bytes, at most {MOST_BYTES}",
        )
        raise _malformed(file, why)
    try:
        _check_bounds(data, file)
        return Document(file, data, yaml.load(data, Loader=_Loader))  # noqa: S506  a safe loader
    except (yaml.YAMLError, ValueError) as error:
        # What the parser says is English; it stands in the English sentence alone.
        why = Words("不是合格的 YAML，请检查缩进、冒号和引号", " ".join(str(error).split()))
        raise _malformed(file, why, _line(getattr(error, "problem_mark", None))) from error


def _check_bounds(data: bytes, file: str) -> None:
    """A few aliases could make a small file huge, and nesting could end the process.

    A tag says that something is what it doesn't look like, for which its reader isn't prepared.
    """
    depth = 0
    for event in yaml.parse(data, Loader=_Loader):
        if isinstance(event, yaml.AliasEvent):
            raise _malformed(file, Words("有别名", "it has an alias"), _line(event.start_mark))
        tag = getattr(event, "tag", None)
        if tag is not None:
            why = Words(f"有标签 {tag}", f"it has a tag, {tag}")
            raise _malformed(file, why, _line(event.start_mark))
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > MOST_DEPTH:
                why = Words(f"嵌套超过 {MOST_DEPTH} 层", f"it nests deeper than {MOST_DEPTH}")
                raise _malformed(file, why, _line(event.start_mark))
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1


def _line(mark: Any) -> int | None:
    """The line of a mark, from 1; none: there is no mark."""
    return None if mark is None else mark.line + 1


def _child(node: Any, name: str, index: str) -> Any:
    if name and isinstance(node, yaml.MappingNode):
        return next((value for key, value in node.value if key.value == name), None)
    if index and isinstance(node, yaml.SequenceNode) and int(index) < len(node.value):
        return node.value[int(index)]
    return None


def _malformed(file: str, why: Words, line: int | None = None, path: str = "") -> LawError:
    where_zh, where = (f" 第 {line} 行", f" at line {line}") if line else ("", "")
    if path:
        where_zh, where = f"{where_zh} {path}", f"{where}, {path}"
    return LawError(
        "pack_malformed",
        zh=f"文件 {file}{where_zh} 有错：{why.zh}。请改正后重试。",
        en=f"The file {file} is wrong{where}: {why.en}. Correct it and try again.",
    )
