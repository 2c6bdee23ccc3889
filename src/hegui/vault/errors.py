"""The vault's one error."""

from hegui.errors import HeguiError


class VaultError(HeguiError):
    """A sealed text or a key can't be used."""
