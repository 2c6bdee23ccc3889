"""The packs that come with the house, read on first use."""

from datetime import date
from functools import cache
from importlib import resources

from hegui.law.errors import LawError
from hegui.law.pack import Pack, read
from hegui.law.parameter import Parameter


@cache
def packs() -> tuple[Pack, ...]:
    """Every shipped pack, by name.

    Raises:
        LawError: ``pack_malformed``.
    """
    folders = (each for each in resources.files("hegui.law.packs").iterdir() if each.is_dir())
    files = ((each.name, each / "pack.yaml") for each in folders)
    return tuple(
        read(file.read_bytes(), name=name, file=f"{name}/pack.yaml")
        for name, file in sorted(files, key=lambda pair: pair[0])
        if file.is_file()
    )


def parameter(name: str, on: date | None = None) -> Parameter:
    """A parameter of the shipped packs.

    Args:
        name: ``PACK/ID``, or the id alone where one pack only has it.
        on: the day on which it must be in force; ``None`` for the latest.

    Raises:
        LawError: ``parameter_unknown``, ``parameter_ambiguous``, ``pack_malformed``.
    """
    pack, _, short = name.rpartition("/")
    named = [
        found
        for each in packs()
        for found in each.parameters
        if found.id == short and pack in ("", each.name)
    ]
    if len({found.pack for found in named}) > 1:
        raise LawError(
            "parameter_ambiguous",
            zh=f"不止一个规则包有参数“{short}”。请写明规则包，例如 {named[0].rule}。",
            en=f"More than one pack has a parameter {short!r}. Name the pack, as in "
            f"{named[0].rule}.",
        )
    fitting = [found for found in named if on is None or found.valid(on)]
    if not fitting:
        when_zh, when = (f"{on} 有效的", f" in force on {on}") if on else ("", "")
        raise LawError(
            "parameter_unknown",
            zh=f"没有{when_zh}参数“{name}”。请核对名称和日期。",
            en=f"There is no parameter {name!r}{when}. Check the name and the day.",
        )
    return max(fitting, key=lambda found: found.valid_from)
