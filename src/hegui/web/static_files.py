"""Style, scripts and pictures: read once, served under the digest of them all.

The one stylesheet is its parts in ``static/style``, one after another; libraries of others lie
in ``static/vendor``.

Because the digest stands in the path, scripts import each other by plain names, a browser may
keep every file for ever, and a new version is a new path.
"""

import hashlib
from importlib.resources import files

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

_TYPES = {
    "css": "text/css; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "svg": "image/svg+xml",
}


class StaticFiles:
    """The files of ``web/static``.

    Attributes:
        base: the path they stand under, without a slash at its end.
    """

    def __init__(self) -> None:
        folder = files("hegui.web") / "static"
        self._files = {
            item.name: item.read_bytes()
            for item in folder.iterdir()
            if item.name.rpartition(".")[2] in _TYPES
        }
        self._files |= {
            f"vendor/{item.name}": item.read_bytes()
            for item in (folder / "vendor").iterdir()
            if item.name.endswith(".js")
        }
        parts = sorted((folder / "style").iterdir(), key=lambda part: part.name)
        self._files["style.css"] = b"\n".join(part.read_bytes() for part in parts)
        digest = hashlib.sha256()
        for name in sorted(self._files):
            digest.update(name.encode() + b"\0" + self._files[name])
        self._digest = digest.hexdigest()[:12]
        self.base = f"/static/{self._digest}"

    def routes(self) -> list[Route]:
        """The one route that serves them."""
        return [Route("/static/{digest}/{name:path}", self._serve)]

    async def _serve(self, request: Request) -> Response:
        name = request.path_params["name"]
        if request.path_params["digest"] != self._digest or name not in self._files:
            raise HTTPException(404)
        return Response(
            self._files[name],
            headers={
                "content-type": _TYPES[name.rpartition(".")[2]],
                "cache-control": "public, max-age=31536000, immutable",
            },
        )
