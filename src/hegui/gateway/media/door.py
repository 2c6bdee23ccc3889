"""Which path of ``/v1`` leads to which picture, sound or clip."""

from collections.abc import Awaitable, Callable

from hegui.gateway import refusals
from hegui.gateway.media.maker import Maker
from hegui.gateway.media.routes import EDIT, PICTURE, SPEECH
from hegui.gateway.media.videos import Videos
from hegui.gateway.way import Headers, Reply

Read = Callable[[], Awaitable[bytes]]
#: How paths of this room begin.
PATHS = ("/v1/images/", "/v1/audio/", "/v1/videos")
_CONTENT = "/content"


class Door:
    """The room's answers by method and path.

    Args:
        maker: pictures and sounds.
        videos: clips.
    """

    def __init__(self, maker: Maker, videos: Videos) -> None:
        self._maker = maker
        self._videos = videos

    async def answer(
        self, method: str, path: str, query: bytes, headers: Headers, read: Read
    ) -> Reply:
        """Answer one request.

        Raises:
            GatewayError: with the status and code of the refusal; 404 ``not_found`` for a path
                that leads nowhere.
        """
        number = path.removeprefix("/v1/videos/")
        match method, path:
            case "POST", "/v1/images/generations":
                return await self._maker.pictures(PICTURE, headers, read)
            case "POST", "/v1/images/edits":
                return await self._maker.pictures(EDIT, headers, read)
            case "POST", "/v1/audio/speech":
                return await self._maker.sound(SPEECH, headers, read)
            case "POST", "/v1/videos":
                return await self._videos.create(headers, read)
            case "GET", _ if number != path and number.endswith(_CONTENT):
                return await self._videos.content(headers, number.removesuffix(_CONTENT), query)
            case "GET", _ if number != path:
                return await self._videos.status(headers, number)
        raise refusals.not_found()
