"""A cookie that no script reads, no other site sends, and over HTTPS no other host sets."""

from starlette.requests import Request
from starlette.responses import Response


class Cookie:
    """One cookie of an app.

    Args:
        name: its name, without the prefix that it has over HTTPS.
        public_url: how readers reach the app, empty when as listened; tells of a proxy's HTTPS.
        seconds: how long a browser keeps it.
        path: where it is sent; ``/`` for the whole host.
    """

    def __init__(self, name: str, public_url: str, *, seconds: int, path: str = "/") -> None:
        self._name = name
        self._is_public_https = public_url.startswith("https://")
        self._seconds = seconds
        self._path = path

    def is_https(self, request: Request) -> bool:
        """Whether readers reach the app over HTTPS, here or at the proxy before it."""
        return self._is_public_https or request.url.scheme == "https"

    def name(self, request: Request) -> str:
        """``__Host-NAME`` over HTTPS (the browser binds it to this host), else ``NAME``.

        A browser takes ``__Host-`` for the whole host alone; below a path it is ``__Secure-``.
        """
        if not self.is_https(request):
            return self._name
        return f"__Host-{self._name}" if self._path == "/" else f"__Secure-{self._name}"

    def read(self, request: Request) -> str:
        """Its value, or empty."""
        return request.cookies.get(self.name(request), "")

    def give(self, request: Request, response: Response, value: str) -> None:
        """Let the browser keep a value."""
        self._set(request, response, value, self._seconds)

    def take_back(self, request: Request, response: Response) -> None:
        """Let the browser forget it."""
        self._set(request, response, "", 0)

    def _set(self, request: Request, response: Response, value: str, seconds: int) -> None:
        response.set_cookie(
            self.name(request),
            value,
            max_age=seconds,
            path=self._path,
            secure=self.is_https(request),
            httponly=True,
            samesite="lax",
        )
