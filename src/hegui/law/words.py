"""The same words in Chinese and in English."""

from typing import Annotated

import msgspec

Said = Annotated[str, msgspec.Meta(min_length=1, max_length=4000)]


class Words(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The same words in both languages; neither is empty."""

    zh: Said
    en: Said

    def of(self, lang: str) -> str:
        """The words in ``zh`` or ``en``."""
        return self.zh if lang == "zh" else self.en
