"""The service whole: every room of one process, started and stopped together."""

from hegui.service.house import House, open_house
from hegui.service.run import run

__all__ = ["House", "open_house", "run"]
