"""The room's one error."""

from hegui.errors import HeguiError


class OutboxError(HeguiError):
    """A deadline can't be changed as asked, or a channel did not take what it was told."""
