"""What an application posts to the machine API, read field by field so that an error names one."""

from typing import Any, TypeVar

import msgspec
from starlette.requests import Request

from hegui.web import bounded
from hegui.web.errors import WebError

#: No request of this API is larger.
MAX_BODY = 16_384
_ALLOWED = {
    "version": ("整数或 null", "a whole number or null"),
    "evidence": ("JSON 对象或 null", "a JSON object or null"),
}

T = TypeVar("T", bound=msgspec.Struct)


class Acceptance(msgspec.Struct, frozen=True):
    """That a person accepted; empty means the version in force, without evidence."""

    version: int | None = None
    evidence: dict[str, Any] | None = None


class Nothing(msgspec.Struct, frozen=True):
    """A body that says nothing."""


async def posted(request: Request, shape: type[T], seconds: float) -> T:
    """The body as ``shape``; an empty one leaves every field at its default.

    Raises:
        WebError: ``body_unreadable``, ``field_wrong`` or ``field_unknown``; what
            :func:`hegui.web.bounded.read` raises.
    """
    body = await bounded.read(request, MAX_BODY, seconds)
    try:
        document = msgspec.json.decode(body or b"{}")
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise _unreadable() from None
    if not isinstance(document, dict):
        raise _unreadable()
    fields = {field.name: field.type for field in msgspec.structs.fields(shape)}
    return shape(**{name: _value(name, value, fields) for name, value in document.items()})


def _value(name: str, value: object, fields: dict[str, Any]) -> Any:
    if name not in fields:
        shown = name if len(name) <= 40 else name[:40] + "…"
        known = ", ".join(fields) or "-"
        raise WebError(
            "field_unknown",
            status=400,
            zh=f"请求体中的字段 {shown} 不认识，没有执行任何操作。可用的字段：{known}。",
            en=f"The body's field {shown} is unknown; nothing was done. Known fields: {known}.",
            param=shown,
        )
    try:
        return msgspec.convert(value, fields[name])
    except msgspec.ValidationError:
        zh, en = _ALLOWED[name]
        raise WebError(
            "field_wrong",
            status=400,
            zh=f"请求体中的字段 {name} 应为{zh}，没有执行任何操作。请改正后重发。",
            en=f"The body's field {name} must be {en}; nothing was done. Correct it and send "
            "it again.",
            param=name,
        ) from None


def _unreadable() -> WebError:
    return WebError(
        "body_unreadable",
        status=400,
        zh="请求体不是 JSON 对象，没有执行任何操作。请改正后重发；也可以不带请求体。",
        en="The body is not a JSON object; nothing was done. Correct it and send it again, or "
        "send no body.",
    )
