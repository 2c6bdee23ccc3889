"""Packs: instruments as data, read from YAML and checked against one schema."""

from datetime import date
from itertools import pairwise
from typing import Annotated, Literal

import msgspec
import yaml

from hegui.law.errors import LawError
from hegui.law.parameter import Grade, Modality, Parameter

_Id = Annotated[str, msgspec.Meta(pattern=r"^[a-z0-9]+([._-][a-z0-9]+)*$", max_length=48)]
_Said = Annotated[str, msgspec.Meta(min_length=1)]


class Words(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The same words in Chinese and in English."""

    zh: _Said
    en: _Said


class Instrument(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A law, regulation or standard.

    Attributes:
        id: as in evidence and addresses.
        title: its official title, and that in English.
        number: the issuer's number; empty when it has none.
        issued: the day it was issued.
    """

    id: _Id
    title: Words
    number: str = ""
    issued: date


class Pack(msgspec.Struct, frozen=True, kw_only=True):
    """One pack.

    Attributes:
        name: as its folder is called.
        version: of the pack, not of the instrument.
        instrument: what it puts into data.
        parameters: the instrument's numbers.
    """

    name: str
    version: str
    instrument: Instrument
    parameters: tuple[Parameter, ...]


class _Parameter(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A parameter as the file states it."""

    id: _Id
    clause: _Said
    modality: Modality
    value: _Said
    valid_from: date
    valid_to: date | None = None
    grade: Grade
    source: _Said


class _File(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A pack as the file states it."""

    schema: Literal[1]
    pack: _Id
    version: _Said
    instrument: Instrument
    parameters: list[_Parameter] = []


def read(data: bytes, *, name: str, file: str) -> Pack:
    """Read a pack and check it.

    Args:
        data: the YAML file.
        name: what the pack must call itself.
        file: the file's name, for errors.

    Raises:
        LawError: ``pack_malformed``, naming the file and the line or the field.
    """
    try:
        stated = msgspec.convert(yaml.safe_load(data), _File)
    except yaml.YAMLError as error:
        raise _malformed(file, " ".join(str(error).split())) from error
    except msgspec.ValidationError as error:
        raise _malformed(file, str(error)) from error
    if stated.pack != name:
        raise _malformed(file, f"it calls itself {stated.pack!r}, not {name!r} - at `$.pack`")
    pack = Pack(
        name=name,
        version=stated.version,
        instrument=stated.instrument,
        parameters=tuple(
            Parameter(
                pack=name, instrument=stated.instrument.id, **msgspec.structs.asdict(parameter)
            )
            for parameter in stated.parameters
        ),
    )
    _check_dates(pack, file)
    return pack


def _check_dates(pack: Pack, file: str) -> None:
    """One parameter may have several values, each in its own time."""
    for index, parameter in enumerate(pack.parameters):
        if parameter.valid_to is not None and parameter.valid_to < parameter.valid_from:
            raise _malformed(file, f"ends before it begins - at `$.parameters[{index}].valid_to`")
    ordered = sorted(pack.parameters, key=lambda each: (each.id, each.valid_from))
    for before, then in pairwise(ordered):
        if before.id == then.id and (before.valid_to is None or before.valid_to >= then.valid_from):
            raise _malformed(
                file,
                f"{then.id} has two values on {then.valid_from} - at `$.parameters`",
            )


def _malformed(file: str, why: str) -> LawError:
    return LawError(
        "pack_malformed",
        zh=f"规则包文件 {file} 有错（{why}）。请按所指位置改正后重试。",
        en=f"The pack file {file} is wrong ({why}). Correct it there and try again.",
    )
