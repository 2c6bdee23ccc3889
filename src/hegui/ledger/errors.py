"""The one error of this room."""

from hegui.errors import HeguiError


class LedgerError(HeguiError):
    """Evidence, a proof or a signature does not hold; codes in ``docs/errors.md``."""
