"""From the settings to the pool of upstreams."""

from collections.abc import Awaitable, Callable, Sequence

from hegui.config import model as config
from hegui.gateway.upstream.base import Upstream
from hegui.gateway.upstream.http import HttpUpstream, read_key
from hegui.gateway.upstream.pool import Member, Pool
from hegui.gateway.upstream.responder import DELAY, DemoResponder
from hegui.gateway.upstream.session import SharedSession
from hegui.gateway.upstream.smollm import SmolLM
from hegui.gateway.upstream.smollm_model import installed
from hegui.world import World

#: What the kinds without a server of their own serve when the settings name no model.
_MODELS = {"responder": {"demo": "demo"}, "smollm": {"smollm2-135m": "smollm2-135m"}}
_OWNERS = {"responder": "demo responder, not an AI model", "smollm": "HuggingFaceTB"}


def build_pool(upstreams: Sequence[config.Upstream], world: World, *, delay: float = DELAY) -> Pool:
    """The pool; nothing is connected or loaded yet, keys are read.

    Args:
        upstreams: the settings, in order of preference.
        world: clock and randomness of the demo responder.
        delay: its seconds before each word of a stream.

    Raises:
        GatewayError: ``upstream_key_missing``, ``smollm_missing``.
    """
    session = SharedSession()
    members: list[Member] = []
    closers: list[Callable[[], Awaitable[None]]] = [session.aclose]
    for settings in upstreams:
        upstream = _upstream(settings, session, world, delay)
        if isinstance(upstream, SmolLM):
            closers.append(upstream.aclose)
        owner = _OWNERS.get(settings.kind) or settings.recipient.operator or settings.name
        models = settings.models or _MODELS.get(settings.kind, {})
        fetch = upstream.fetch if isinstance(upstream, HttpUpstream) else None
        members.append(Member(upstream, models, owner, fetch))
    return Pool(members, closers=closers)


def _upstream(
    settings: config.Upstream, session: SharedSession, world: World, delay: float
) -> Upstream:
    if settings.kind == "responder":
        return DemoResponder(settings.name, world, delay=delay)
    if settings.kind == "smollm":
        return SmolLM(settings.name, installed())
    key = read_key(settings.key_file) if settings.key_file else ""
    return HttpUpstream(settings, session, key)
