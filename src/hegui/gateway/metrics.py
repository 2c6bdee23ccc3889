"""Prometheus metrics; no person, pseudonym or word in any label.

Names follow OpenTelemetry's GenAI semantic conventions where there is one.
"""

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

from hegui.gateway.record import Generation
from hegui.screen import Finding

_SECONDS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300)
#: More than this no model counts; a server that says so is not believed.
_MOST_TOKENS = 1 << 32


class Metrics:
    """Counters of one gateway."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self._children: dict[tuple[Counter, str], Counter] = {}
        self._requests = Counter(
            "hegui_requests", "Requests by status code", ["code"], registry=self.registry
        )
        self._outcomes = Counter(
            "hegui_generations", "Generations by outcome", ["outcome"], registry=self.registry
        )
        self._stops = Counter(
            "hegui_stops",
            "Stops by side and category",
            ["side", "category"],
            registry=self.registry,
        )
        self._first = Histogram(
            "gen_ai_client_operation_time_to_first_chunk_seconds",
            "From the request to the first byte of the answer",
            buckets=_SECONDS,
            registry=self.registry,
        )
        self._duration = Histogram(
            "gen_ai_client_operation_duration_seconds",
            "From the request to the last byte of the answer",
            buckets=_SECONDS,
            registry=self.registry,
        )
        self._tokens = Counter(
            "gen_ai_client_token_usage",
            "Tokens as the model counted them",
            ["type"],
            registry=self.registry,
        )
        self.active = Gauge(
            "hegui_generations_active", "Generations in progress", registry=self.registry
        )

    def request(self, status: int) -> None:
        """Count an answered request."""
        self._child(self._requests, str(status)).inc()

    def stop(self, side: str, finding: Finding) -> None:
        """Count a stop."""
        self._stops.labels(side, finding.category).inc()

    def ended(self, outcome: str, g: Generation, now: int, usage: dict[str, object] | None) -> None:
        """Count a generation that ended."""
        self._child(self._outcomes, outcome).inc()
        self._duration.observe((now - g.started) / 1000)
        if g.first is not None:
            self._first.observe((g.first - g.started) / 1000)
        for name, kind in (("prompt_tokens", "input"), ("completion_tokens", "output")):
            count = (usage or {}).get(name)
            if type(count) is int and 0 <= count <= _MOST_TOKENS:
                self._child(self._tokens, kind).inc(count)

    def _child(self, counter: Counter, label: str) -> Counter:
        child = self._children.get((counter, label))
        if child is None:
            child = self._children[counter, label] = counter.labels(label)
        return child

    def text(self) -> bytes:
        """The exposition format."""
        return generate_latest(self.registry)
