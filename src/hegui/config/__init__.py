"""Settings of one service: ``hegui.toml``, the environment, and the data folder."""

from hegui.config.check import is_loopback
from hegui.config.errors import ConfigError
from hegui.config.home import Home, write_private
from hegui.config.load import DEFAULT_FILE, load, parse, with_model
from hegui.config.model import (
    Data,
    Labels,
    Limits,
    Listen,
    Mail,
    MailTo,
    Provider,
    Recipient,
    Retention,
    Service,
    Settings,
    Upstream,
    Webhook,
    Words,
)
from hegui.config.template import TEMPLATE

__all__ = [
    "DEFAULT_FILE",
    "TEMPLATE",
    "ConfigError",
    "Data",
    "Home",
    "Labels",
    "Limits",
    "Listen",
    "Mail",
    "MailTo",
    "Provider",
    "Recipient",
    "Retention",
    "Service",
    "Settings",
    "Upstream",
    "Webhook",
    "Words",
    "is_loopback",
    "load",
    "parse",
    "with_model",
    "write_private",
]
