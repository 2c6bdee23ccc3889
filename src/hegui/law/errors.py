"""The room's one error."""

from hegui.errors import HeguiError


class LawError(HeguiError):
    """A pack, a parameter or a span can't be used."""
