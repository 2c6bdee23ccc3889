"""Calling a tool: when the user asks for one, with arguments that fit its schema's types."""

import re
from typing import Any, NamedTuple

import msgspec

from hegui.gateway.upstream.responder.ask import Ask, Function

_WANTED = re.compile(r"\btools?\b|\bfunctions?\b|\bcall\b|工具|函数|调用", re.IGNORECASE)
_NUMBER = re.compile(r"-?\d{1,15}(?:\.\d{1,15})?")


class Call(NamedTuple):
    """A call of a function; ``arguments`` is JSON text."""

    name: str
    arguments: str


def call(ask: Ask) -> Call | None:
    """The call that answers a request, or none.

    A function is called when ``tool_choice`` says so, or when the user names it or asks for a
    tool; never right after a tool has given its result.
    """
    functions = [tool.function for tool in ask.tools or []]
    if not functions or ask.tool_choice == "none" or ask.tool_result is not None:
        return None
    forced = ask.tool_choice == "required"
    if isinstance(ask.tool_choice, dict):
        name = ask.tool_choice.get("function", {}).get("name")
        functions = [function for function in functions if function.name == name] or functions
        forced = True
    named = [function for function in functions if function.name in ask.text]
    if not (forced or named or _WANTED.search(ask.text)):
        return None
    function = (named or functions)[0]
    return Call(function.name, msgspec.json.encode(_arguments(function, ask.text)).decode())


def _arguments(function: Function, text: str) -> dict[str, Any]:
    """A value for each required parameter, or for each one when none is required."""
    properties = function.parameters.get("properties", {})
    names = function.parameters.get("required") or list(properties)
    return {name: _value(properties.get(name, {}), text) for name in names}


def _value(schema: dict[str, Any], text: str) -> Any:
    if schema.get("enum"):
        allowed: list[Any] = schema["enum"]
        return next((value for value in allowed if str(value) in text), allowed[0])
    number = _NUMBER.search(text)
    match schema.get("type"):
        case "integer":
            return int(float(number[0])) if number else 0
        case "number":
            return float(number[0]) if number else 0
        case "boolean":
            return True
        case "array":
            return []
        case "object":
            return {}
        case _:
            return text
