"""The models that the service offers, and the servers behind each, asked in order."""

import math
import time
from collections.abc import Awaitable, Callable, Sequence

import msgspec

from hegui.gateway.errors import UpstreamError
from hegui.gateway.upstream.base import JSON, Upstream, UpstreamReply
from hegui.gateway.upstream.breaker import Breaker
from hegui.gateway.upstream.failures import failure


class Member(msgspec.Struct, frozen=True):
    """A server and what it serves.

    Attributes:
        upstream: the server.
        models: our model name to the server's own.
        owner: who runs it, for ``owned_by`` of the model list.
        fetch: fetches a file that an answer of the server names by its address; none: it never
            names one.
    """

    upstream: Upstream
    models: dict[str, str]
    owner: str
    fetch: Callable[[str], Awaitable[UpstreamReply]] | None = None


class Pool:
    """Servers in order of preference, each with its circuit breaker.

    Args:
        members: the servers, in order.
        clock: seconds of a monotonic clock.
        closers: called by :meth:`aclose`.

    Attributes:
        models: public model names, in order of first mention.
    """

    def __init__(
        self,
        members: Sequence[Member],
        *,
        clock: Callable[[], float] = time.monotonic,
        closers: Sequence[Callable[[], Awaitable[None]]] = (),
    ) -> None:
        self._clock = clock
        self._closers = closers
        self._serving: dict[str, list[tuple[Member, Breaker]]] = {}
        self._named = {member.upstream.name: member for member in members}
        for member in members:
            breaker = Breaker()
            for model in member.models:
                self._serving.setdefault(model, []).append((member, breaker))
        self.models = list(self._serving)

    def model_owner(self, model: str) -> str:
        """Who runs the first server of a model, one of :attr:`models`."""
        return self._serving[model][0][0].owner

    async def open(
        self, model: str, route: str, make_body: Callable[[str], bytes], content_type: str = JSON
    ) -> UpstreamReply:
        """Ask the first server that answers; the next one when a failure is retryable.

        A break after the first bytes is the caller's to tell the reader: it can't be retried.

        Args:
            model: one of :attr:`models`.
            route: path under the base URL.
            make_body: makes the body for a server's own model name.
            content_type: of the body.

        Raises:
            UpstreamError: the last server's failure, or ``upstream_unreachable`` with
                ``retry_after`` when every breaker is open.
        """
        servers = self._serving[model]
        last: UpstreamError | None = None
        for member, breaker in servers:
            if not (breaker.calm or breaker.admit(self._clock())):
                continue
            try:
                body = make_body(member.models[model])
                reply = await member.upstream.open(route, body, content_type)
            except UpstreamError as error:
                if error.alive or not error.retryable:
                    breaker.answered()
                else:
                    breaker.failed(self._clock())
                if not error.retryable:
                    raise
                last = error
            except BaseException:
                breaker.left()
                raise
            else:
                if not breaker.calm:
                    breaker.answered()
                return reply
        if last is not None:
            raise last
        now = self._clock()
        wait = math.ceil(min(breaker.retry_after(now) for _, breaker in servers))
        raise failure("upstream_unreachable", retry_after=max(1, wait))

    async def get(self, upstream: str, route: str) -> UpstreamReply:
        """Ask one server for what it made before.

        Args:
            upstream: its name.
            route: path under its base URL.

        Raises:
            UpstreamError: as the server's ``open``; ``upstream_failed`` when it is no longer there.
        """
        if upstream not in self._named:
            raise failure("upstream_failed", retryable=False)
        return await self._named[upstream].upstream.open(route, None)

    async def fetch(self, upstream: str, url: str) -> UpstreamReply:
        """A file that an answer of a server names by its address.

        Raises:
            UpstreamError: as the server's ``open``; ``upstream_failed`` for an address that is
                not to be asked.
        """
        member = self._named.get(upstream)
        if member is None or member.fetch is None:
            raise failure("upstream_failed", retryable=False)
        return await member.fetch(url)

    async def aclose(self) -> None:
        """Close connections and models."""
        for close in self._closers:
            await close()
