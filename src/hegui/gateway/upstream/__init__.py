"""The models' servers: over HTTP, or in this process, behind one interface."""

from hegui.gateway.upstream.base import Upstream, UpstreamReply
from hegui.gateway.upstream.build import build_pool
from hegui.gateway.upstream.pool import Member, Pool

__all__ = ["Member", "Pool", "Upstream", "UpstreamReply", "build_pool"]
