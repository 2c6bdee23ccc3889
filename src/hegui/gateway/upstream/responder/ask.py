"""What is asked of the responder: a chat completion request, reduced to what the rules need."""

import re
from typing import Annotated, Any, Literal

import msgspec

from hegui.gateway.upstream.failures import failure
from hegui.gateway.upstream.message import Message

Language = Literal["zh", "en"]
_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")


class Function(msgspec.Struct):
    """A function that the application offers; ``parameters`` is a JSON Schema."""

    name: str
    parameters: dict[str, Any] = {}


class Tool(msgspec.Struct):
    """A tool; only functions exist."""

    function: Function


class StreamOptions(msgspec.Struct):
    """Options of a stream."""

    include_usage: bool = False


class Ask(msgspec.Struct):
    """A request; fields that mean nothing to rules, such as temperature, are passed over."""

    model: str
    messages: list[Message]
    n: Annotated[int, msgspec.Meta(ge=1, le=16)] | None = None
    max_tokens: Annotated[int, msgspec.Meta(ge=1)] | None = None
    max_completion_tokens: Annotated[int, msgspec.Meta(ge=1)] | None = None
    stop: str | list[str] | None = None
    stream: bool | None = None
    stream_options: StreamOptions | None = None
    tools: list[Tool] | None = None
    tool_choice: str | dict[str, Any] | None = None

    @property
    def text(self) -> str:
        """What the user said last."""
        said = [message.text for message in self.messages if message.role == "user"]
        return said[-1].strip() if said else ""

    @property
    def language(self) -> Language:
        """Chinese if what the user said last has a Chinese character."""
        return "zh" if _HAN.search(self.text) else "en"

    @property
    def limit(self) -> int | None:
        """The most tokens of one answer."""
        return self.max_completion_tokens or self.max_tokens

    @property
    def stops(self) -> list[str]:
        """Texts before which the answer ends."""
        stops = [self.stop] if isinstance(self.stop, str) else self.stop or []
        return [stop for stop in stops if stop]

    @property
    def tool_result(self) -> str | None:
        """What a tool gave, if the application has just run one."""
        last = self.messages[-1] if self.messages else None
        return last.text if last is not None and last.role == "tool" else None


_decoder = msgspec.json.Decoder(Ask)


def parse(body: bytes) -> Ask:
    """Read a request.

    Raises:
        UpstreamError: ``upstream_rejected``; ``detail`` names the field.
    """
    try:
        return _decoder.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise failure("upstream_rejected", detail=str(error)) from error
