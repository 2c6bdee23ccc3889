"""The way out for a webhook: one POST, no redirect followed, nothing read but the status."""

import http.client
import ssl
from collections.abc import Mapping
from urllib.parse import urlsplit

from hegui.outbox.channels.bounded import STEP, WHOLE, bounded
from hegui.outbox.errors import OutboxError


class Post:
    """Posts to one address, each time over a connection of its own and past any proxy.

    Args:
        url: ``http://`` or ``https://``, without user, password or query.
        context: whom to trust; the machine's authorities by default.
        whole: the most seconds for one post.
    """

    def __init__(
        self, url: str, context: ssl.SSLContext | None = None, whole: float = WHOLE
    ) -> None:
        self._parts = urlsplit(url)
        self._context = context or ssl.create_default_context()
        self._whole = whole

    def __call__(self, body: bytes, headers: Mapping[str, str]) -> int:
        """Post.

        Returns:
            The status of the answer; its content is not read.

        Raises:
            OutboxError: ``webhook_unreachable``.
        """
        conn = self._connection()
        try:
            with bounded(self._whole, lambda: conn.sock):
                conn.request("POST", self._parts.path or "/", body, dict(headers))
                return conn.getresponse().status
        except (OSError, http.client.HTTPException) as error:
            raise OutboxError(
                "webhook_unreachable",
                zh=f"webhook 没有应答或连接中断（{type(error).__name__}）；稍后会再试。"
                "请检查 webhook.url 和证书。",
                en=f"The webhook did not answer or hung up ({type(error).__name__}); it is tried "
                "again later. Check webhook.url and the certificate.",
            ) from error
        finally:
            conn.close()

    def _connection(self) -> http.client.HTTPConnection:
        host = self._parts.hostname or ""
        port = self._parts.port
        if self._parts.scheme == "https":
            return http.client.HTTPSConnection(host, port, timeout=STEP, context=self._context)
        return http.client.HTTPConnection(host, port, timeout=STEP)
