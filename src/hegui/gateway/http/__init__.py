"""HTTP/1.1 of the API address: a transport of our own under the generations' way.

A general server costs a generation as much as screening and sealing it; see
``docs/decisions/0020-a-transport-of-our-own.md``.
"""

from hegui.gateway.http.exchange import Exchange, ReaderLeft
from hegui.gateway.http.server import Server

__all__ = ["Exchange", "ReaderLeft", "Server"]
