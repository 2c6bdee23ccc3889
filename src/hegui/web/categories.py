"""The names of harms, in plain words."""

from hegui.web.language import Say


def category(name: str, say: Say) -> str:
    """A category in plain words; a provider's own category is shown as the provider wrote it."""
    try:
        return say(f"category.{name}")
    except KeyError:
        return name
