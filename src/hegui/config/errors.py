"""What can be wrong with the settings or the data folder."""

import re

from hegui.errors import HeguiError

_PASSWORD = re.compile(r"(://[^/@:\s]*):[^/@\s]*@")


class ConfigError(HeguiError):
    """A setting or the data folder does not serve; the service does not start."""


def shown(value: object) -> str:
    """A value as an error may show it: TOML-like, short, without a password in an address."""
    if isinstance(value, bool):
        return "true" if value else "false"
    text = f'"{value}"' if isinstance(value, str) else repr(value)
    text = _PASSWORD.sub(r"\1:***@", text)
    return text if len(text) <= 120 else text[:119] + "…"


def wrong(name: str, value: object, *, zh: str, en: str) -> ConfigError:
    """A setting whose value is not allowed.

    Args:
        name: dotted name as in the file, e.g. ``upstream[0].base_url``.
        value: what the file says.
        zh: what is allowed, in Chinese, without a full stop.
        en: the same in English.
    """
    return ConfigError(
        "setting_wrong",
        zh=f"设置项 {name} 的值 {shown(value)} 不可用。允许：{zh}。",
        en=f"The setting {name} is {shown(value)}. Allowed: {en}.",
    )


def missing(name: str, *, zh: str, en: str) -> ConfigError:
    """A setting that must be given; ``zh`` and ``en`` say what it is."""
    return ConfigError(
        "setting_missing",
        zh=f"缺少设置项 {name}。请填写：{zh}。",
        en=f"The setting {name} is missing. Give it: {en}.",
    )
