"""The packs that come with the house, each read on first use."""

from datetime import date
from functools import cache
from importlib import resources

from hegui.law.book import Book
from hegui.law.errors import LawError
from hegui.law.pack import Pack, read
from hegui.law.parameter import Parameter

#: A folder of data; as a package, importing it would hide the function ``hegui.law.packs``.
_FOLDER = resources.files("hegui.law") / "packs"


@cache
def names() -> tuple[str, ...]:
    """The names of the shipped packs, in order."""
    folders = _FOLDER.iterdir()
    return tuple(sorted(each.name for each in folders if (each / "pack.yaml").is_file()))


@cache
def pack(name: str) -> Pack:
    """A shipped pack by its name.

    Raises:
        LawError: ``pack_unknown``, ``pack_malformed``.
    """
    if name not in names():
        raise LawError(
            "pack_unknown",
            zh=f"没有名为“{name}”的规则包。请用 hegui law packs 查看。",
            en=f"There is no pack {name!r}. See hegui law packs.",
        )
    return read((_FOLDER / name / "pack.yaml").read_bytes(), file=f"{name}/pack.yaml", name=name)


def packs() -> tuple[Pack, ...]:
    """Every shipped pack, by name.

    Raises:
        LawError: ``pack_malformed``.
    """
    return tuple(pack(name) for name in names())


@cache
def shipped_book() -> Book:
    """The shipped packs as a book."""
    return Book(packs())


def parameter(name: str, on: date | None = None) -> Parameter:
    """A parameter of the shipped packs; a full name reads its own pack alone.

    Args:
        name: ``PACK/ID``, or the id alone where one pack only has it.
        on: the day on which it must be in force; ``None`` for the latest.

    Raises:
        LawError: ``parameter_unknown``, ``parameter_ambiguous``, ``pack_malformed``.
    """
    prefix = name.rpartition("/")[0]
    return (Book([pack(prefix)]) if prefix in names() else shipped_book()).parameter(name, on)
