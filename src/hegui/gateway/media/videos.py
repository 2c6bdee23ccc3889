"""Clips: asked for, made by the model's server in its own time, marked when they are fetched.

The generation is what was asked for; it ends when the server has taken it on. Whoever asked can
then ask how far it is, and fetch the file, as long as the server keeps it and nobody erased them.
Each file that leaves is on record under the same generation before its first byte does.
"""

import asyncio
import re
from collections.abc import Awaitable, Callable
from typing import Any

import msgspec
from sqlalchemy import select

from hegui.gateway import refusals
from hegui.gateway.admission import Admitted
from hegui.gateway.alarms import Alarms
from hegui.gateway.deadline import Deadline
from hegui.gateway.errors import GatewayError, UpstreamError
from hegui.gateway.mark import marking, splice
from hegui.gateway.media.maker import Begun, Maker
from hegui.gateway.media.marker import Held, Marker
from hegui.gateway.media.policy import label_at
from hegui.gateway.media.record import FileRecord
from hegui.gateway.media.routes import VIDEO
from hegui.gateway.request import wrong
from hegui.gateway.sse import broken
from hegui.gateway.upstream.base import UpstreamReply
from hegui.gateway.upstream.failures import failure
from hegui.gateway.upstream.pool import Pool
from hegui.gateway.way import Headers, Reply, Way, text_of
from hegui.store import Store, tables
from hegui.world import is_id

_JSON = (b"content-type", b"application/json")
_PREFIX = "video_"
#: A server's answer about a clip.
_MOST_JOB = 65_536
_DAY_MS = 86_400_000
#: How long a clip is remembered when the server does not say; none keeps one so long.
_KEPT_DAYS = 7
_REMOTE = re.compile(r"[A-Za-z0-9_.:-]{1,256}")
_STATUS = ("queued", "in_progress", "completed", "failed")
_SAID = re.compile(r"[A-Za-z0-9._-]{1,32}")


class Video(msgspec.Struct, frozen=True):
    """A clip that is being made.

    Attributes:
        act: its generation.
        model: the public model name.
        upstream: the server that makes it.
        remote: its id there.
    """

    act: str
    model: str
    upstream: str
    remote: str


class Videos:
    """Clips.

    Args:
        store: the database.
        way: what it shares with other kinds of generations.
        maker: lets a request in.
        pool: the models.
        marker: marks files.
        files: the record of files.
        producer: the provider's code.
        unlabelled: whether copies without the explicit label are given on request.
        most: the most bytes of one file.
    """

    def __init__(
        self,
        *,
        store: Store,
        way: Way,
        maker: Maker,
        pool: Pool,
        marker: Marker,
        files: FileRecord,
        producer: str,
        unlabelled: bool,
        most: int,
    ) -> None:
        self._store = store
        self._way = way
        self._maker = maker
        self._pool = pool
        self._marker = marker
        self._files = files
        self._producer = producer
        self._unlabelled = unlabelled
        self._most = most
        self._fetching = Alarms(way.limits.generation_seconds)

    async def create(self, headers: Headers, body: Callable[[], Awaitable[bytes]]) -> Reply:
        """Answer ``POST /v1/videos``.

        Raises:
            GatewayError: with the status and code of the refusal.
        """
        return await self._maker.run(VIDEO, headers, body, self._take_on)

    async def status(self, headers: Headers, number: str) -> Reply:
        """Answer ``GET /v1/videos/{id}``.

        Raises:
            GatewayError: 404 ``video_not_found`` for one that is not this person's.
        """
        video, _ = await self._find(headers, number)
        job = await self._job(video)
        return Reply(200, [_JSON], self._told(video, job))

    async def content(self, headers: Headers, number: str, query: bytes) -> Reply:
        """Answer ``GET /v1/videos/{id}/content``: the file, marked.

        Raises:
            GatewayError: 404 ``video_not_found``; 409 ``video_not_ready``; 400 ``field_wrong`` for
                another variant than the clip itself.
        """
        if query not in (b"", b"variant=video"):
            raise wrong("variant", "video: only the clip itself is given")
        video, admitted = await self._find(headers, number)
        asked = label_at(headers, admitted, unlabelled=self._unlabelled)
        if (await self._job(video))["status"] != "completed":
            raise _not_ready()
        try:
            with Deadline(self._fetching):
                async with self._maker.room:
                    return await self._file(video, admitted, asked)
        except TimeoutError:
            raise refusals.too_long(video.act) from None
        except Held as error:
            await self._files.write(self._files.held(video.act, error))
            raise

    async def _take_on(self, begun: Begun, upstream: UpstreamReply) -> Reply:
        job = _read(await upstream.whole(_MOST_JOB))
        video = Video(begun.g.id, begun.ask.model, upstream.upstream, job["id"])
        expires = begun.g.started + _KEPT_DAYS * _DAY_MS
        rows = self._files.video(video.act, video.upstream, video.remote, expires)
        await self._maker.deliver(begun, "queued", rows)
        self._way.count(begun.g, "delivered")
        return Reply(
            200, [_JSON, (b"hegui-generation", begun.g.id.encode())], self._told(video, job)
        )

    async def _file(self, video: Video, admitted: Admitted, at: str) -> Reply:
        reply = await self._ask(video, f"videos/{video.remote}/content")
        try:
            data = await reply.whole(self._most)
        finally:
            await reply.aclose()
        file = await self._marker.mark(data, "video", video.act, explicit=at == "file")
        await self._files.write(self._files.left(video.act, admitted, at, file))
        name = f'attachment; filename="{_PREFIX}{video.act}.{file.format}"'
        headers = [
            (b"content-type", file.media_type.encode()),
            (b"content-disposition", name.encode()),
            (b"hegui-generation", video.act.encode()),
        ]
        return Reply(200, headers, file.data)

    async def _job(self, video: Video) -> dict[str, Any]:
        reply = await self._ask(video, f"videos/{video.remote}")
        try:
            return _read(await reply.whole(_MOST_JOB))
        finally:
            await reply.aclose()

    async def _ask(self, video: Video, route: str) -> UpstreamReply:
        try:
            return await self._pool.get(video.upstream, route)
        except UpstreamError as error:
            raise refusals.of_upstream(error, self._way.live.current, video.act) from None

    async def _find(self, headers: Headers, number: str) -> tuple[Video, Admitted]:
        """A clip, for the person who asked for it and for nobody else."""
        key, _ = await self._way.enter(headers, _nothing)
        admitted = await self._way.admission.admit(key, text_of(headers, b"hegui-person"))
        act = number.removeprefix(_PREFIX)
        if number == act or not is_id(act):
            raise _not_found()
        video = await asyncio.to_thread(self._look_up, act, admitted)
        if video is None:
            raise _not_found()
        return video, admitted

    def _look_up(self, act: str, admitted: Admitted) -> Video | None:
        video, made, whose = tables.video, tables.generation, tables.generation_person
        query = (
            select(made.c.id, made.c.model, video.c.upstream, video.c.remote)
            .join(made, made.c.id == video.c.generation_id)
            .join(whose, whose.c.generation_id == video.c.generation_id)
            .where(
                video.c.generation_id == act,
                video.c.expires > self._way.world.now(),
                made.c.application_id == admitted.application.id,
                whose.c.person_id == admitted.person.id,
            )
        )
        with self._store.read() as conn:
            row = conn.execute(query).one_or_none()
        return None if row is None else Video(*row)

    def _told(self, video: Video, job: dict[str, Any]) -> bytes:
        """What a reader is told of a clip: known fields, none of them text."""
        told = {**job, "id": _PREFIX + video.act, "object": "video", "model": video.model}
        label = marking(self._producer, video.act, "interface", "", raw=True)
        return splice(msgspec.json.encode(told), label.fragment)


def _read(body: bytes) -> dict[str, Any]:
    """The known fields of a server's word on a clip.

    Raises:
        UpstreamError: ``upstream_broken``.
    """
    try:
        doc = msgspec.json.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise broken("not_json") from None
    if not isinstance(doc, dict) or not _REMOTE.fullmatch(str(doc.get("id"))):
        raise broken("no_video")
    if doc.get("status") not in _STATUS:
        raise broken("no_video")
    told: dict[str, Any] = {"id": doc["id"], "status": doc["status"]}
    for name in ("created_at", "completed_at", "expires_at", "progress"):
        value = doc.get(name)
        told[name] = value if type(value) is int else None
    told["created_at"] = told["created_at"] or 0
    told["progress"] = told["progress"] or 0
    for name in ("seconds", "size"):
        value = str(doc.get(name) or "")
        told[name] = value if _SAID.fullmatch(value) else ""
    if told["status"] == "failed":
        told["error"] = {"code": "upstream_failed", "message": failure("upstream_failed").en}
    return told


async def _nothing() -> bytes:
    return b""


def _not_found() -> GatewayError:
    return GatewayError(
        "video_not_found",
        status=404,
        zh="没有这个视频，或它不属于此人，或已过保存时间。请核对编号和 Hegui-Person 头。",
        en="There is no such clip, it is not this person's, or its time is over. Check its id and "
        "the header Hegui-Person.",
    )


def _not_ready() -> GatewayError:
    return GatewayError(
        "video_not_ready",
        status=409,
        zh="视频还没有生成好；请先查询状态，completed 之后再下载。",
        en="The clip is not ready; ask for its status, and fetch it once that is completed.",
        retry_after=2,
    )
