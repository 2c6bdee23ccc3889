"""Days of simulated people, lived through the real service.

Nothing here writes a table or knows a page but by reading it: people come over HTTP to the real
gateway, portal and console, and the house's own jobs do the rest. Each later room adds its trade
as one module in ``trades``.
"""

from hegui.demo.clear import marked
from hegui.demo.errors import DemoError
from hegui.demo.live import Lived, clear, run

__all__ = ["DemoError", "Lived", "clear", "marked", "run"]
