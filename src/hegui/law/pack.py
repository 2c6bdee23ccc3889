"""Packs: instruments as data, read from YAML and checked against one schema."""

import hashlib
from collections.abc import Iterator
from datetime import date
from functools import cached_property
from itertools import pairwise
from typing import Annotated, Literal

import msgspec

from hegui.law import yaml_file
from hegui.law.condition import Condition
from hegui.law.errors import LawError
from hegui.law.parameter import Grade, Modality, Parameter
from hegui.law.problem import unknown
from hegui.law.provision import Control, Duty, Force, Name, Provision, Text
from hegui.law.schema import WORDS
from hegui.law.span import Span
from hegui.law.words import Said, Words

_Id = Annotated[
    str,
    msgspec.Meta(
        pattern=r"^[a-z0-9]+([._-][a-z0-9]+)*$",
        max_length=48,
        extra={
            WORDS: Words(
                "由小写字母和数字组成的名称，中间可用单个的点、横线、下划线，最多 48 个字符，"
                "如 acme-rules-2026",
                "a name of lower-case letters and digits with single dots, hyphens or "
                "underscores between, up to 48 characters, such as acme-rules-2026",
            )
        },
    ),
]
_BINDING = frozenset({Modality.MUST, Modality.MUST_NOT, Modality.SHOULD})


class Instrument(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True
):
    """A law, regulation or standard.

    Attributes:
        id: as in evidence and addresses.
        title: its official title, and that in English.
        short: what people call it.
        number: the issuer's number; empty when it has none.
        issuers: who issued it.
        issued: the day it was issued.
        in_force: its first day; none of a draft.
        ends: its last day; none: open.
        force: what kind it is.
        text: how far its text was read.
        articles: how many articles it has; 0 where that isn't known or not meant.
        applies: to which services it applies; none: to every one.
    """

    id: _Id
    title: Words
    short: Words
    number: str = ""
    issuers: Words | None = None
    issued: date
    in_force: date | None = None
    ends: date | None = None
    force: Force
    text: Text
    articles: int = 0
    applies: Condition | None = None


class Pack(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """One pack.

    Attributes:
        name: as its folder is called.
        version: of the pack, not of the instrument.
        title: what people call the pack.
        instruments: what it puts into data; the first is what it is named after.
        provisions: in the instrument's order.
        parameters: the instrument's numbers.
    """

    name: str
    version: str
    title: Words
    instruments: tuple[Instrument, ...]
    provisions: tuple[Provision, ...]
    parameters: tuple[Parameter, ...]

    @property
    def instrument(self) -> Instrument:
        """What the pack is named after."""
        return self.instruments[0]

    def instrument_of(self, one: Provision | Parameter) -> Instrument:
        """Where a provision or a parameter stands."""
        return next(each for each in self.instruments if each.id == (one.instrument or each.id))

    @cached_property
    def fingerprint(self) -> str:
        """SHA-256 of the pack's content, hex; the same however the file is laid out."""
        return digest(self)

    def duties(self) -> Iterator[tuple[Provision, Duty]]:
        """Every duty with its provision."""
        for provision in self.provisions:
            for duty in provision.duties:
                yield provision, duty

    def provision(self, name: str) -> Provision:
        """A provision by its id.

        Raises:
            LawError: ``provision_unknown``.
        """
        for one in self.provisions:
            if one.id == name:
                return one
        raise LawError(
            "provision_unknown",
            zh=f"规则包 {self.name} 没有条目“{name}”。请用 hegui law show {self.name} 查看。",
            en=f"The pack {self.name} has no provision {name!r}. See hegui law show {self.name}.",
        )


def digest(value: Pack | Provision) -> str:
    """SHA-256 of a pack's or a provision's content, hex.

    What isn't stated doesn't count, so that a later field changes no digest of today.
    """
    content = msgspec.json.encode(msgspec.to_builtins(value), order="sorted")
    return hashlib.sha256(content).hexdigest()


class _Parameter(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A parameter as the file states it."""

    id: Name
    instrument: _Id | None = None
    clause: Words
    text: Words
    modality: Modality
    value: Said
    valid_from: date
    valid_to: date | None = None
    grade: Grade
    source: Words


class _File(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A pack as the file states it."""

    schema: Literal[2]
    pack: _Id
    version: Said
    title: Words
    instruments: Annotated[tuple[Instrument, ...], msgspec.Meta(min_length=1)]
    provisions: tuple[Provision, ...] = ()
    parameters: tuple[_Parameter, ...] = ()


def read(data: bytes, *, file: str, name: str | None = None) -> Pack:
    """Read a pack and check it.

    Args:
        data: the YAML file; at most 4 MB.
        file: the file's name, for errors.
        name: what the pack must call itself; none: whatever it does.

    Raises:
        LawError: ``pack_malformed``, naming the file, the line and the field.
    """
    document = yaml_file.load(data, file)
    stated = document.convert(_File)
    if name is not None and stated.pack != name:
        why = Words(
            f"它自称 {stated.pack}，应为 {name}", f"it calls itself {stated.pack!r}, not {name!r}"
        )
        raise document.wrong(why, "$.pack")
    pack = Pack(
        name=stated.pack,
        version=stated.version,
        title=stated.title,
        instruments=stated.instruments,
        provisions=stated.provisions,
        parameters=tuple(
            Parameter(
                pack=stated.pack,
                **{
                    **{field: getattr(one, field) for field in one.__struct_fields__},
                    "instrument": one.instrument or stated.instruments[0].id,
                },
            )
            for one in stated.parameters
        ),
    )
    _check_names(pack, document)
    _check_provisions(pack, document)
    _check_dates(pack, document)
    return pack


def _check_names(pack: Pack, document: yaml_file.Document) -> None:
    """Provisions, duties and controls are named once each; a duty may bear its provision's id."""
    seen: set[tuple[str, str]] = set()
    for zh, en, name, path in _named(pack):
        if (en, name) in seen:
            why = Words(f"{zh}编号 {name} 重复", f"the {en} id {name!r} stands twice")
            raise document.wrong(why, f"{path}.id")
        seen.add((en, name))
    known = {None, *(one.id for one in pack.instruments)}
    for index, provision in enumerate(pack.provisions):
        _check_instrument(provision.instrument, known, f"$.provisions[{index}]", document)
    for index, parameter in enumerate(pack.parameters):
        _check_instrument(parameter.instrument, known, f"$.parameters[{index}]", document)


def _named(pack: Pack) -> Iterator[tuple[str, str, str, str]]:
    """What is called so in both languages, its id, and where it stands."""
    for index, instrument in enumerate(pack.instruments):
        yield "文件", "instrument", instrument.id, f"$.instruments[{index}]"
    for index, one in enumerate(pack.provisions):
        path = f"$.provisions[{index}]"
        yield "条目", "provision", one.id, path
        for number, duty in enumerate(one.duties):
            at = f"{path}.duties[{number}]"
            yield "义务", "duty", duty.id, at
            for which, control in enumerate(duty.controls):
                yield "控制措施", "control", control.id, f"{at}.controls[{which}]"


def _check_instrument(
    name: str | None, known: set[str | None], place: str, document: yaml_file.Document
) -> None:
    if name is not None and name not in known:
        those = [one for one in known if one]
        raise document.wrong(unknown("文件", "instrument", name, those), f"{place}.instrument")


def _check_provisions(pack: Pack, document: yaml_file.Document) -> None:
    """Only what binds has duties; only a draft's provisions became something."""
    for index, one in enumerate(pack.provisions):
        draft = pack.instrument_of(one).force is Force.DRAFT
        place = f"$.provisions[{index}]"
        if one.duties and (one.modality not in _BINDING or draft):
            why = Words(
                "只有 modality 为 must、must_not、should 且不是草案的条目才有 duties",
                "only a provision in force that binds (must, must_not, should) has duties",
            )
            raise document.wrong(why, f"{place}.duties")
        if one.became and not draft:
            why = Words("只有草案的条目才有 became", "only a draft's provision became something")
            raise document.wrong(why, f"{place}.became")
        if one.item is not None and one.paragraph is None:
            why = Words("有 item 须有 paragraph", "an item belongs to a paragraph")
            raise document.wrong(why, f"{place}.item")
        if one.wider and one.applies is None:
            why = Words("有 wider 须有 applies", "what is wider says by applies whom it binds")
            raise document.wrong(why, f"{place}.wider")
        for number, duty in enumerate(one.duties):
            for which, control in enumerate(duty.controls):
                _check_renew(control, f"{place}.duties[{number}].controls[{which}].renew", document)


def _check_renew(control: Control, place: str, document: yaml_file.Document) -> None:
    try:
        Span.parse(control.renew)
    except LawError as error:
        why = Words(error.zh.rstrip("。"), error.en.rstrip("."))
        raise document.wrong(why, place) from error


def _check_dates(pack: Pack, document: yaml_file.Document) -> None:
    """One parameter may have several values, each in its own time."""
    for index, parameter in enumerate(pack.parameters):
        if parameter.modality not in _BINDING:
            why = Words(
                f"这里是“{parameter.modality}”，参数的应为：must、must_not、should",
                f"it is “{parameter.modality}”; a number binds: must, must_not or should",
            )
            raise document.wrong(why, f"$.parameters[{index}].modality")
        if parameter.valid_to is not None and parameter.valid_to < parameter.valid_from:
            why = Words(
                f"末日 {parameter.valid_to} 早于首日 {parameter.valid_from}",
                f"it ends on {parameter.valid_to}, before it begins on {parameter.valid_from}",
            )
            raise document.wrong(why, f"$.parameters[{index}].valid_to")
    placed = sorted(enumerate(pack.parameters), key=lambda each: (each[1].id, each[1].valid_from))
    for (_, before), (index, then) in pairwise(placed):
        if before.id == then.id and (before.valid_to is None or before.valid_to >= then.valid_from):
            why = Words(
                f"参数 {then.id} 在 {then.valid_from} 有两个值，前一个须写明更早的 valid_to",
                f"{then.id} has two values on {then.valid_from}; the first has to end before",
            )
            raise document.wrong(why, f"$.parameters[{index}].valid_from")
