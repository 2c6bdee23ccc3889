"""The settings in force as a page shows them: value, default, meaning. No secret is among them."""

from collections.abc import Iterator

import msgspec
from sqlalchemy import make_url

from hegui.config import Recipient, Settings, Upstream
from hegui.config.meanings import Meaning, meanings
from hegui.config.recipients import unsaid

#: Settings that may hold a password.
_ADDRESSES = frozenset({"data.url", "data.keys_url"})
#: Told in a table of their own.
_APART = frozenset({"upstream.recipient"})
_NO_WORDS = Meaning("", "")


class Value(msgspec.Struct, frozen=True):
    """One setting.

    Attributes:
        name: in its table of the file.
        path: e.g. ``listen.port``.
        value: text, a number, a flag, or lines of a list; empty text for one that is empty.
        standing: whether the default holds; none for a setting that has none.
        meaning: what it is for.
    """

    name: str
    path: str
    value: str | bool | list[str]
    standing: bool | None
    meaning: Meaning


class Table(msgspec.Struct, frozen=True):
    """A table of the file with its settings; ``title`` tells tables of one name apart."""

    name: str
    title: str
    values: list[Value]


class Receiver(msgspec.Struct, frozen=True):
    """Who receives people's text.

    Attributes:
        upstream: the model server's name.
        kind: of server; all but ``openai`` run in this process.
        recipient: what is said of it.
        missing: what is not said and has to be (design rule 9); nothing of a server in process.
    """

    upstream: str
    kind: str
    recipient: Recipient
    missing: frozenset[str]


def tables(settings: Settings) -> list[Table]:
    """Every setting, by table in the order of the file's template."""
    single: list[Value] = []
    found: list[Table] = []
    for field in msgspec.structs.fields(settings):
        value = getattr(settings, field.name)
        if isinstance(value, list):
            found += [
                Table(field.name, str(one.name), list(_values(f"{field.name}.", one)))
                for one in value
            ]
        elif isinstance(value, msgspec.Struct):
            found.append(Table(field.name, "", list(_values(f"{field.name}.", value))))
        else:
            single.append(_value("", field, value))
    return [Table("", "", single), *found]


def receivers(settings: Settings) -> list[Receiver]:
    """Who receives people's text, and what of it is not stated."""
    return [_receiver(upstream) for upstream in settings.upstream]


def _values(path: str, struct: msgspec.Struct) -> Iterator[Value]:
    for field in msgspec.structs.fields(struct):
        value = getattr(struct, field.name)
        if path + field.name in _APART:
            continue
        if isinstance(value, msgspec.Struct):
            yield from _values(f"{path}{field.name}.", value)
        else:
            yield _value(path, field, value)


def _value(path: str, field: msgspec.structs.FieldInfo, value: object) -> Value:
    standing = None if field.required else value == _default(field)
    path += field.name
    return Value(field.name, path, _shown(path, value), standing, meanings().get(path, _NO_WORDS))


def _default(field: msgspec.structs.FieldInfo) -> object:
    factory = field.default_factory
    return field.default if factory is msgspec.NODEFAULT else factory()


def _shown(path: str, value: object) -> str | bool | list[str]:
    if isinstance(value, bool):
        return value
    if isinstance(value, dict):
        return [f"{ours} = {theirs}" for ours, theirs in value.items()]
    if isinstance(value, list):
        return [str(one) for one in value]
    if path in _ADDRESSES and value:
        return make_url(str(value)).render_as_string(hide_password=True)
    return "" if value is None else str(value)


def _receiver(upstream: Upstream) -> Receiver:
    own = upstream.kind != "openai"
    missing = frozenset[str]() if own else frozenset(unsaid(upstream.recipient))
    return Receiver(upstream.name, upstream.kind, upstream.recipient, missing)
