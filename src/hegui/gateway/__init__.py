"""The OpenAI-compatible data plane."""

from hegui.gateway.bounded import BoundedProtocol
from hegui.gateway.gateway import Gateway
from hegui.gateway.words import LiveScreen, PackInForce, add, format_of, listing, withdraw

__all__ = [
    "BoundedProtocol",
    "Gateway",
    "LiveScreen",
    "PackInForce",
    "add",
    "format_of",
    "listing",
    "withdraw",
]
