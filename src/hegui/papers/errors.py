"""The room's one error."""

from hegui.errors import HeguiError


class PapersError(HeguiError):
    """A paper can't be made."""
