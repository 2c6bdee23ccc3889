"""The room's one error."""

from hegui.errors import HeguiError


class ChecksError(HeguiError):
    """A check can't be asked as it was."""


def check_unknown(name: str) -> ChecksError:
    """The error for a check that there isn't."""
    return ChecksError(
        "check_unknown",
        zh=f"没有编号为“{name}”的检查。请核对规则包中的检查编号。",
        en=f"There is no check {name!r}. Look at the ids of checks in the law pack.",
    )
