"""A chat request read, bounded and checked, before anything is done with it.

Shapes follow OpenAI's chat completions API. Unknown fields pass on to the model; their names
and every string in them are screened like any other.
"""

from typing import Any

import msgspec

from hegui.gateway.errors import GatewayError
from hegui.gateway.places import named
from hegui.gateway.texts import Texts, too_deep
from hegui.gateway.usual import MOST_CHOICES, ROLES, UsualRequest

_decode = msgspec.json.Decoder().decode
_encode = msgspec.json.Encoder().encode
#: Fields whose strings are names or switches of the API, never text a model reads.
_NOT_TEXT = frozenset({"model", "user", "safety_identifier", "prompt_cache_key", "service_tier"})
#: Values that may hold text.
_WITHIN = (str, list, dict)
#: What nearly every message consists of.
_PLAIN = {"role", "content"}
_TYPES: dict[str, tuple[tuple[type, ...], str]] = {
    "stream": ((bool,), "true or false"),
    "n": ((int,), "a whole number"),
    "temperature": ((int, float), "a number"),
    "top_p": ((int, float), "a number"),
    "max_tokens": ((int,), "a whole number"),
    "max_completion_tokens": ((int,), "a whole number"),
    "stop": ((str, list), "a string or a list of strings"),
    "tools": ((list,), "a list"),
    "tool_choice": ((str, dict), "a string or an object"),
    "response_format": ((dict,), "an object"),
    "stream_options": ((dict,), "an object"),
    "logprobs": ((bool,), "true or false"),
    "user": ((str,), "a string"),
    "safety_identifier": ((str,), "a string"),
}
#: Ways of asking vLLM, llama.cpp and SGLang for output of a given grammar.
_GRAMMARS = ("guided_json", "guided_regex", "guided_choice", "guided_grammar", "grammar")


class ChatRequest(msgspec.Struct, frozen=True):
    """A request that may go on.

    Attributes:
        doc: the decoded body.
        model: the public model name asked for.
        stream: whether the answer streams.
        choices: how many answers were asked for.
        structured: the answer is data for a machine (a schema, a grammar): no text label in it.
        person: ``safety_identifier`` or ``user`` of the body, else empty.
        usual: it holds no text but its messages' contents, each a string.
    """

    doc: dict[str, Any]
    model: str
    stream: bool
    choices: int
    structured: bool
    person: str
    usual: bool

    def upstream_body(self, model: str) -> bytes:
        """The body for the model's server: its own model name, and no word on the person."""
        doc = self.doc.copy()
        doc["model"] = model
        doc.pop("user", None)
        doc.pop("safety_identifier", None)
        return _encode(doc)

    def texts(self, depth: int) -> list[tuple[str, str]]:
        """Every text a model could read, with its place, e.g. ``messages[2].content``.

        The text parts of one message are joined, since the model reads them joined; other texts
        of one place come together, apart from each other. At most ``MOST_TEXTS`` come.

        Raises:
            GatewayError: ``too_deep`` when values nest deeper than ``depth``;
                ``too_many_texts``.
        """
        if self.usual:
            said = enumerate(self.doc["messages"])
            return [(f"messages[{i}].content", message["content"]) for i, message in said]
        found = Texts()
        for i, message in enumerate(self.doc["messages"]):
            place = f"messages[{i}]"
            content = message.get("content")
            if isinstance(content, str):
                found.add(f"{place}.content", [content])
                if message.keys() == _PLAIN:
                    continue
            elif content:
                within = f"{place}.content[]"
                parts = [found.part(part, within, depth - 4) for part in content]
                found.add(f"{place}.content", ["".join(parts)])
            found.keys(message, place)
            for name, value in message.items():
                if name not in ("content", "role") and isinstance(value, _WITHIN):
                    found.walk(value, f"{place}.{named(name)}", depth - 2)
        found.keys(self.doc, "")
        for name, value in self.doc.items():
            if name == "messages" or not isinstance(value, _WITHIN):
                continue
            if not (name in _NOT_TEXT and isinstance(value, str)):
                found.walk(value, named(name), depth - 1)
        return found.all()


def parse(body: bytes) -> ChatRequest:
    """Read a request body.

    Raises:
        GatewayError: ``json_invalid``, ``field_missing``, ``field_wrong``, ``too_deep``; 400 each.
    """
    doc = decode(body)
    try:
        usual = msgspec.convert(doc, UsualRequest)
    except msgspec.ValidationError:
        usual = None
    if usual is None:
        return _any(doc)
    return ChatRequest(
        doc=doc,
        model=usual.model,
        stream=usual.stream or False,
        choices=usual.n or 1,
        structured=False,
        person=usual.safety_identifier or usual.user or "",
        usual=True,
    )


def decode(body: bytes) -> Any:
    """A body's JSON.

    Raises:
        GatewayError: ``json_invalid``, ``too_deep``; 400 each.
    """
    try:
        return _decode(body)
    except RecursionError:
        raise too_deep() from None
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        where = str(error).splitlines()[0][:120]
        raise GatewayError(
            "json_invalid",
            status=400,
            zh=f"请求体不是有效的 UTF-8 JSON（{where}）。请求未送给模型，请改正后重发。",
            en=f"The body is not valid UTF-8 JSON ({where}). Nothing reached the model; "
            "correct it and send it again.",
        ) from None


def _any(doc: Any) -> ChatRequest:
    """Check a request, whatever stands in it."""
    if not isinstance(doc, dict):
        raise wrong("body", "a JSON object")
    model = doc.get("model")
    if model is None:
        raise missing("model")
    if not isinstance(model, str) or not model:
        raise wrong("model", "a non-empty string")
    for name, value in doc.items():
        if value is not None and name in _TYPES:
            types, allowed = _TYPES[name]
            of_type = isinstance(value, types)
            if not of_type or (isinstance(value, bool) and bool not in types):
                raise wrong(name, allowed)
    _check_messages(doc)
    choices = doc.get("n") or 1
    if not 1 <= choices <= MOST_CHOICES:
        raise wrong("n", f"1 to {MOST_CHOICES}")
    return ChatRequest(
        doc=doc,
        model=model,
        stream=doc.get("stream") or False,
        choices=choices,
        structured=_is_structured(doc),
        person=doc.get("safety_identifier") or doc.get("user") or "",
        usual=False,
    )


def _check_messages(doc: dict[str, Any]) -> None:
    messages = doc.get("messages")
    if messages is None:
        raise missing("messages")
    if not isinstance(messages, list) or not messages:
        raise wrong("messages", "a non-empty list of message objects")
    for i, message in enumerate(messages):
        if not isinstance(message, dict):
            raise wrong(f"messages[{i}]", "an object with role and content")
        if message.get("role") not in ROLES:
            raise wrong(f"messages[{i}].role", f"one of {', '.join(ROLES)}")
        content = message.get("content")
        if isinstance(content, str) or content is None:
            continue
        if not isinstance(content, list) or not all(isinstance(part, dict) for part in content):
            raise wrong(f"messages[{i}].content", "a string, or a list of part objects")


def _is_structured(doc: dict[str, Any]) -> bool:
    asked = doc.get("response_format") or {}
    return asked.get("type", "text") != "text" or any(map(doc.get, _GRAMMARS))


def missing(name: str) -> GatewayError:
    """A field that must be there."""
    return GatewayError(
        "field_missing",
        status=400,
        zh=f"缺少字段 {name}，请补上后重发。",
        en=f"The field {name} is missing; add it and send the request again.",
        param=name,
    )


def wrong(name: str, allowed: str) -> GatewayError:
    """A field of another type or value than is allowed."""
    return GatewayError(
        "field_wrong",
        status=400,
        zh=f"字段 {name} 的类型或取值不对，应为：{allowed}。",
        en=f"The field {name} must be {allowed}.",
        param=name,
    )
