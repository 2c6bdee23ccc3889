"""Keys of producers that are known from elsewhere.

A key that travels in the file it signs shows that nothing was changed, not who signed. A pin is a
key that was had from the producer by another way::

    [keys]
    001191310104MACE0YX63918020 = "3059301306072A8648CE3D0201…"
    "Example Studio" = ["04A1B2…", "04C3D4…"]   # the present key and the next
"""

import tomllib
from collections.abc import Mapping, Sequence
from typing import Self

from hegui.marks.errors import MarksError
from hegui.marks.security.keys import PublicKey
from hegui.marks.source import File, Source

MAX_PINS_BYTES = 1 << 20


class Pins:
    """Pinned keys by the provider's code or name, exactly as the label has it."""

    def __init__(self, keys: Mapping[str, Sequence[PublicKey]]) -> None:
        self._keys = {provider: tuple(found) for provider, found in keys.items()}

    def keys(self, provider: str) -> tuple[PublicKey, ...]:
        """The keys pinned for a provider; none when it is not pinned.

        Args:
            provider: the code or name in the label.
        """
        return self._keys.get(provider, ())

    @classmethod
    def load(cls, file: File) -> Self:
        """Reads a file of pins: TOML, a table ``keys`` from code to a key or a list of keys.

        Args:
            file: path, bytes or open file, at most 1 MB. Keys stand as hexadecimal text or PEM,
                in any form of ``keys.PublicKey``.

        Raises:
            MarksError: ``pins_malformed`` with the reason; ``file_unavailable``.
        """
        with Source.of(file) as source:
            if source.size > MAX_PINS_BYTES:
                raise _malformed("超过 1 MB", "longer than 1 MB")
            data = source.upto(0, MAX_PINS_BYTES)
        try:
            table = tomllib.loads(data.decode("utf-8"))
        except (ValueError, RecursionError) as error:
            raise _malformed("不是 TOML", f"no TOML: {error}") from error
        keys = table.get("keys")
        if not isinstance(keys, dict) or set(table) != {"keys"}:
            raise _malformed("应只有 [keys] 表", "a table [keys] and nothing else is expected")
        return cls({provider: _read(provider, value) for provider, value in keys.items()})


def _read(provider: str, value: object) -> tuple[PublicKey, ...]:
    values = value if isinstance(value, list) else [value]
    texts = [one for one in values if isinstance(one, str)]
    if not texts or len(texts) != len(values):
        raise _malformed(f"{provider} 的密钥应为文本", f"the key of {provider} must be text")
    try:
        return tuple(PublicKey.parse(one) for one in texts)
    except MarksError as error:
        raise _malformed(
            f"{provider} 的密钥不可用：{error.zh}", f"the key of {provider}: {error.en}"
        ) from error


def _malformed(why_zh: str, why_en: str) -> MarksError:
    return MarksError(
        "pins_malformed",
        zh=f"固定公钥文件有误（{why_zh}），没有使用任何公钥；请改正后重试。",
        en=f"The file of pinned keys is wrong ({why_en}), so none was used; correct it.",
    )
