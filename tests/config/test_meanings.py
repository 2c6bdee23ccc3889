"""Every setting has a meaning in both languages, told by the template alone."""

import re
from collections.abc import Iterator
from typing import Any, get_args, get_origin

import msgspec
import pytest

from hegui.config import Settings
from hegui.config.meanings import meanings


def paths(struct: type[msgspec.Struct], before: str = "") -> Iterator[str]:
    """Every setting of a struct, by its path in the file."""
    for field in msgspec.structs.fields(struct):
        inner: Any = get_args(field.type)[0] if get_origin(field.type) is list else field.type
        if isinstance(inner, type) and issubclass(inner, msgspec.Struct):
            yield from paths(inner, f"{before}{field.name}.")
        else:
            yield before + field.name


SETTINGS = sorted(paths(Settings))


@pytest.mark.parametrize("path", SETTINGS)
def test_every_setting_has_a_meaning_in_both_languages(path: str) -> None:
    meaning = meanings()[path]
    assert re.search(r"[一-鿿]", meaning.zh)
    assert re.search(r"[a-z]{2}", meaning.en)
    assert not meaning.zh.startswith("#")


def test_no_meaning_is_of_a_setting_that_is_not_there() -> None:
    assert sorted(meanings()) == SETTINGS


def test_a_meaning_is_the_comment_right_above() -> None:
    assert meanings()["service.public"].en == "For which public it is."
    assert meanings()["upstream.recipient.country"].zh == "所在国家或地区。"


def test_settings_in_a_row_share_a_comment() -> None:
    waits = [meanings()[f"upstream.{name}_seconds"] for name in ("connect", "first_byte", "idle")]
    assert waits[0] == waits[1] == waits[2]
