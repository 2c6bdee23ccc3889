"""What is wrong with a pack, and where in it."""

from collections.abc import Collection
from difflib import get_close_matches

import msgspec

from hegui.law.words import Words

#: How many names a sentence lists before it says where the others are.
_MOST = 10


class Problem(msgspec.Struct, frozen=True):
    """Something in a pack that leads nowhere.

    Attributes:
        pack: the pack's name.
        name: the id of what it stands in: an instrument, a provision, a control, a parameter.
        text: what is wrong.
        path: where in its file, such as ``$.provisions[0].applies``; empty where nowhere.
    """

    pack: str
    name: str
    text: Words
    path: str = ""

    def __str__(self) -> str:
        return f"{self.pack}/{self.name}: {self.text.en}"


def listed(names: Collection[str], more: str = "") -> Words:
    """Names one after the other; of many the first ones, and the command that prints all.

    Args:
        names: what is allowed.
        more: the command.
    """
    shown = list(names)[:_MOST] if more else list(names)
    zh, en = "、".join(shown), ", ".join(shown)
    if len(shown) < len(names):
        zh += f"……共 {len(names)} 个，见 {more}"
        en += f", … {len(names)} in all; see {more}"
    return Words(zh or "无", en or "none")


def nearest(name: str, names: Collection[str]) -> Words | None:
    """The question whether the nearest of some names was meant; none where none is near."""
    found = get_close_matches(name, names, 1)
    return Words(f"是不是 {found[0]}？", f" Is it {found[0]}?") if found else None


def unknown(zh: str, en: str, name: str, names: Collection[str], more: str = "") -> Words:
    """That there is nothing of a name, what may have been meant, and what there is.

    Args:
        zh: what kind of thing it is, such as ``检查``.
        en: the same, such as ``check``.
        name: as it was given.
        names: what there is.
        more: the command that prints all of them; empty: they are few.
    """
    near, all_of = nearest(name, names), listed(names, more)
    meant_zh, meant = (near.zh, near.en) if near else ("", "")
    return Words(
        f"没有名为“{name}”的{zh}。{meant_zh}可用的有：{all_of.zh}",
        f"there is no {en} {name!r}.{meant} There are: {all_of.en}",
    )
