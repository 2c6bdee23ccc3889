"""The errors of pages and of the machine API: what a request or an answer got wrong."""

from hegui.errors import HeguiError


class WebError(HeguiError):
    """A request that can't be done.

    Args:
        code: stable code.
        status: HTTP status.
        zh: what happened, what is safe, what to do, in Chinese.
        en: the same in English.
        param: the field of the request that is wrong, if it is one.
    """

    def __init__(
        self, code: str, *, status: int, zh: str, en: str, param: str | None = None
    ) -> None:
        super().__init__(code, zh=zh, en=en)
        self.status = status
        self.param = param


def unreadable() -> WebError:
    """The error for a body that is not the form or the JSON it should be."""
    return WebError(
        "request_unreadable",
        status=400,
        zh="提交的内容无法读取，没有执行任何操作。请返回上一页重试。",
        en="What was sent can't be read; nothing was done. Go back a page and try again.",
    )


def too_large() -> WebError:
    """The error for a body past its bound."""
    return WebError(
        "request_too_large",
        status=413,
        zh="提交的内容太大，没有保存。请缩短后再试。",
        en="What was sent is too large and was not kept. Shorten it and try again.",
    )


def slow() -> WebError:
    """The error for a body that takes too long to come."""
    return WebError(
        "request_slow",
        status=408,
        zh="提交用时太长，没有执行任何操作。请检查网络后重试。",
        en="Sending took too long; nothing was done. Check the connection and try again.",
    )
