"""What each setting means, in both languages: told once, by the comments of the template.

In the template a comment of two lines, Chinese and English, stands above the settings it is of;
examples are commented out as well.
"""

import re
from functools import cache

import msgspec

from hegui.config.template import TEMPLATE

_TABLE = re.compile(r"\[{1,2}([a-z_.]+)\]{1,2}")
_SETTING = re.compile(r"([a-z_]+) = .*")


class Meaning(msgspec.Struct, frozen=True):
    """One setting, for people to read."""

    zh: str
    en: str


@cache
def meanings() -> dict[str, Meaning]:
    """The meaning of each setting by its path, e.g. ``upstream.recipient.operator``."""
    found: dict[str, Meaning] = {}
    table, comment, used = "", list[str](), False
    for line in TEMPLATE.splitlines():
        text = line.removeprefix("#").strip()
        if header := _TABLE.fullmatch(text):
            table, comment = f"{header[1]}.", []
        elif setting := _SETTING.fullmatch(text):
            # One comment may be of several settings in a row.
            if len(comment) == 2:
                found.setdefault(table + setting[1], Meaning(*comment))
            used = True
        else:
            comment = [*([] if used else comment), text] if text else []
            used = False
    return found
