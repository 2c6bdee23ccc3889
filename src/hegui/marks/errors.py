"""The one error of this room."""

from hegui.errors import HeguiError


class MarksError(HeguiError):
    """A label or a provider code is not as the standard has it; codes in ``docs/errors.md``."""
