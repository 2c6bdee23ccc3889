"""How a tour through the pages looks and what it does at each."""

from collections.abc import Callable
from typing import Literal, NamedTuple

from playwright.sync_api import ViewportSize

Theme = Literal["light", "dark"]
#: Takes a picture of a page under a name, whole unless told ``whole=False``.
Shot = Callable[..., None]
SIZES: dict[str, ViewportSize] = {
    "390": {"width": 390, "height": 844},
    "1280": {"width": 1280, "height": 860},
}
THEMES: tuple[Theme, ...] = ("light", "dark")


class Look(NamedTuple):
    """One way of looking at every page: language, width in pixels, theme."""

    lang: str
    size: str
    theme: Theme
