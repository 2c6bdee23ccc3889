"""The one simulator of the outside world: a scripted OpenAI-compatible model server."""

from tests.simulator.play import HANG, RESET, Play, chunk, done, sse
from tests.simulator.server import Asked, ModelServer, until

__all__ = ["HANG", "RESET", "Asked", "ModelServer", "Play", "chunk", "done", "sse", "until"]
