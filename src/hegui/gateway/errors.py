"""The gateway's errors, and their shape on the wire: OpenAI's error object."""

from collections.abc import Mapping
from typing import Any

import msgspec

from hegui.errors import HeguiError


class GatewayError(HeguiError):
    """An answer that is an error.

    Args:
        code: stable code.
        status: HTTP status.
        zh: what happened, what is safe, what to do, in Chinese.
        en: the same in English.
        param: the field at fault, if one is.
        retry_after: seconds after which to try again, if that helps.
        extra: what else the application needs, under ``hegui`` in the error object.
    """

    def __init__(
        self,
        code: str,
        *,
        status: int,
        zh: str,
        en: str,
        param: str | None = None,
        retry_after: int | None = None,
        extra: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(code, zh=zh, en=en)
        self.status = status
        self.param = param
        self.retry_after = retry_after
        self.extra = extra or {}

    def body(self) -> dict[str, Any]:
        """The OpenAI error object; ``type`` follows the status."""
        error: dict[str, Any] = {
            "message": f"{self.en} / {self.zh}",
            "type": _TYPES.get(self.status, "server_error"),
            "param": self.param,
            "code": self.code,
            "hegui": {"zh": self.zh, "en": self.en, **self.extra},
        }
        return {"error": error}

    def json(self) -> bytes:
        """:meth:`body`, encoded."""
        return msgspec.json.encode(self.body())


_TYPES = {
    400: "invalid_request_error",
    401: "authentication_error",
    403: "permission_error",
    404: "invalid_request_error",
    405: "invalid_request_error",
    408: "invalid_request_error",
    413: "invalid_request_error",
    415: "invalid_request_error",
    429: "rate_limit_error",
    431: "invalid_request_error",
}


class UpstreamError(GatewayError):
    """The model's server, or the way to it, failed before an answer began.

    Args:
        retryable: whether the next upstream in order may be asked instead.
        detail: the server's own words, at most 500 characters, not yet screened.
        alive: the server answered, if only to refuse; its circuit breaker stays closed.
    """

    def __init__(
        self,
        code: str,
        *,
        status: int,
        zh: str,
        en: str,
        retryable: bool,
        detail: str = "",
        retry_after: int | None = None,
        alive: bool = False,
    ) -> None:
        super().__init__(code, status=status, zh=zh, en=en, retry_after=retry_after)
        self.retryable = retryable
        self.detail = detail
        self.alive = alive
