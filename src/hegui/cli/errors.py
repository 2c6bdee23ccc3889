"""What can be wrong with a command itself."""

from hegui.errors import HeguiError


class CliError(HeguiError):
    """A command that can't be carried out as it was given."""
