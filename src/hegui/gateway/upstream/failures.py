"""The ways in which a model's server fails before an answer begins, each with its sentence."""

from typing import NamedTuple

from hegui.gateway.errors import UpstreamError

#: The server's own words are kept up to this length, for screening.
MOST_DETAIL = 500


class _Kind(NamedTuple):
    status: int
    retryable: bool
    zh: str
    en: str


_KINDS = {
    "upstream_unreachable": _Kind(
        502,
        True,
        "无法连接模型服务，未生成任何内容；请稍后重试。",
        "The model's server can't be reached; nothing was generated. Try again shortly.",
    ),
    "upstream_timeout": _Kind(
        504,
        True,
        "模型服务未在规定时间内应答，已中止本次生成；请稍后重试，或要求更短的回答。",
        "The model's server did not answer in time and was cancelled. Try again shortly, or ask "
        "for a shorter answer.",
    ),
    "upstream_busy": _Kind(
        503,
        True,
        "模型服务繁忙，未生成任何内容；请稍后重试。",
        "The model's server is busy; nothing was generated. Try again shortly.",
    ),
    "upstream_failed": _Kind(
        502,
        True,
        "模型服务出错，未生成任何内容；请稍后重试，若持续出现请联系服务方。",
        "The model's server failed; nothing was generated. Try again shortly, and tell the "
        "provider if it goes on.",
    ),
    "upstream_rejected": _Kind(
        400,
        False,
        "模型服务不接受此请求，未生成任何内容；请检查请求参数后重发。",
        "The model's server refused this request; nothing was generated. Check its parameters "
        "and send it again.",
    ),
    "upstream_auth": _Kind(
        502,
        False,
        "模型服务拒绝了本服务的密钥，未生成任何内容；请服务方检查该上游的 key_file。",
        "The model's server refused this service's key; nothing was generated. The provider "
        "must check this upstream's key_file.",
    ),
}


def failure(
    code: str,
    *,
    status: int | None = None,
    retryable: bool | None = None,
    detail: str = "",
    retry_after: int | None = None,
    alive: bool = False,
) -> UpstreamError:
    """The error of a stable code.

    Args:
        code: one of the codes of this module.
        status: HTTP status, if not the code's usual one.
        retryable: whether the next upstream may be asked, if not as usual.
        detail: the server's own words, not yet screened; cut to :data:`MOST_DETAIL` characters.
        retry_after: seconds.
        alive: the server answered, if only to refuse.
    """
    kind = _KINDS[code]
    return UpstreamError(
        code,
        status=kind.status if status is None else status,
        zh=kind.zh,
        en=kind.en,
        retryable=kind.retryable if retryable is None else retryable,
        detail=detail[:MOST_DETAIL],
        retry_after=retry_after,
        alive=alive,
    )
