"""Server-sent events, as far as chat completions use them (WHATWG HTML, section 9.2)."""

import re

from hegui.gateway.errors import UpstreamError

#: One event is never larger; a server that sends more is broken or hostile.
MAX_EVENT = 1 << 20
DONE = b"data: [DONE]\n\n"
_END = re.compile(rb"\r\n\r\n|\n\n|\r\r")
_LINE = re.compile(rb"\r\n|\n|\r")


class Splitter:
    """Bytes as they come, to the frames of whole events: what stands between blank lines.

    Attributes:
        rest: the frame whose end has not come.
    """

    __slots__ = ("rest",)

    def __init__(self) -> None:
        self.rest = b""

    def feed(self, data: bytes) -> list[bytes]:
        """The frames that ``data`` completes."""
        if self.rest:
            data = self.rest + data
        frames = _END.split(data) if b"\r" in data else data.split(b"\n\n")
        self.rest = frames.pop()
        return frames


def data_of(frame: bytes) -> bytes:
    """The data of a frame; empty when it has none.

    Comments, and the fields ``event``, ``id`` and ``retry``, are dropped: no reader of chat
    completions needs them, and nothing passes unscreened.
    """
    if frame.startswith(b"data:") and b"\n" not in frame and b"\r" not in frame:
        return frame[5:].strip(b" ")
    lines = [line[5:].strip(b" ") for line in _LINE.split(frame) if line.startswith(b"data:")]
    return b"\n".join(lines)


def event(payload: bytes) -> bytes:
    """One event on the wire; a line's end, which in JSON stands between tokens, is a space."""
    return b"data: " + payload.replace(b"\n", b" ") + b"\n\n"


def broken(detail: str) -> UpstreamError:
    """The error for an answer that broke off or can't be read."""
    return UpstreamError(
        "upstream_broken",
        status=502,
        zh="模型服务的应答中途中断或无法读取；已收到的部分有效并已记录，请重试。",
        en="The model's answer broke off or can't be read; what arrived is valid and recorded. "
        "Try again.",
        retryable=False,
        detail=detail,
    )
