"""Deadlines of anything, and what must be told: clocks, the outbox, and its channels.

Every function here blocks; async callers go through ``asyncio.to_thread``.
"""

from hegui.outbox import clocks, outbox
from hegui.outbox.clocks import Clock
from hegui.outbox.errors import OutboxError
from hegui.outbox.outbox import Message
from hegui.outbox.poller import poll
from hegui.outbox.stages import soon

__all__ = ["Clock", "Message", "OutboxError", "clocks", "outbox", "poll", "soon"]
