"""Prometheus metrics; no person, pseudonym or word in any label.

Names follow OpenTelemetry's GenAI semantic conventions where there is one. A request only adds to
plain numbers; Prometheus's form is made when somebody reads.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate
from typing import Any

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import (
    CounterMetricFamily,
    GaugeMetricFamily,
    HistogramMetricFamily,
    Metric,
)

from hegui.gateway.generation import Generation
from hegui.screen import Finding

#: Of the buckets, in milliseconds.
_BOUNDS = (10, 25, 50, 100, 250, 500, 1000, 2500, 5000, 10_000, 30_000, 60_000, 120_000, 300_000)
#: More than this no model counts; a server that says so is not believed.
_MOST_TOKENS = 1 << 32


class Durations:
    """A histogram of seconds, of times in milliseconds."""

    def __init__(self) -> None:
        self._counts = [0] * (len(_BOUNDS) + 1)
        self._sum = 0

    def add(self, ms: int) -> None:
        """Count one."""
        self._counts[bisect_left(_BOUNDS, ms)] += 1
        self._sum += ms

    def family(self, name: str, what: str) -> Metric:
        """In Prometheus's form, in which each bucket holds those before it."""
        bounds = [*(str(bound / 1000) for bound in _BOUNDS), "+Inf"]
        buckets = list(zip(bounds, accumulate(self._counts), strict=True))
        return HistogramMetricFamily(name, what, buckets=buckets, sum_value=self._sum / 1000)


class Metrics:
    """Counters of one gateway, for the thread of its event loop.

    Attributes:
        active: how many generations are in progress; set before they are read.
    """

    def __init__(self) -> None:
        self.active = 0
        self._requests: Counter[int] = Counter()
        self._outcomes: Counter[str] = Counter()
        self._stops: Counter[tuple[str, str]] = Counter()
        self._tokens: Counter[str] = Counter()
        self._first = Durations()
        self._duration = Durations()
        self._registry = CollectorRegistry()
        self._registry.register(self)

    def request(self, status: int) -> None:
        """Count an answered request."""
        self._requests[status] += 1

    def stop(self, side: str, finding: Finding) -> None:
        """Count a stop."""
        self._stops[side, finding.category] += 1

    def ended(self, outcome: str, g: Generation, now: int, usage: dict[str, object] | None) -> None:
        """Count a generation that ended."""
        self._outcomes[outcome] += 1
        self._duration.add(now - g.started)
        if g.first is not None:
            self._first.add(g.first - g.started)
        if usage is not None:
            self._count("input", usage.get("prompt_tokens"))
            self._count("output", usage.get("completion_tokens"))

    def _count(self, kind: str, tokens: object) -> None:
        if type(tokens) is int and 0 <= tokens <= _MOST_TOKENS:
            self._tokens[kind] += tokens

    def collect(self) -> Iterable[Metric]:
        """What the registry asks for."""
        codes = {(str(status),): count for status, count in self._requests.items()}
        outcomes = {(outcome,): count for outcome, count in self._outcomes.items()}
        tokens = {(kind,): count for kind, count in self._tokens.items()}
        yield _family("hegui_requests", "Requests by status code", ["code"], codes)
        yield _family("hegui_generations", "Generations by outcome", ["outcome"], outcomes)
        by = ["side", "category"]
        yield _family("hegui_stops", "Stops by side and category", by, self._stops)
        yield self._first.family(
            "gen_ai_client_operation_time_to_first_chunk_seconds",
            "From the request to the first byte of the answer",
        )
        yield self._duration.family(
            "gen_ai_client_operation_duration_seconds",
            "From the request to the last byte of the answer",
        )
        what = "Tokens as the model counted them"
        yield _family("gen_ai_client_token_usage", what, ["type"], tokens)
        what = "Generations in progress"
        yield GaugeMetricFamily("hegui_generations_active", what, value=self.active)

    def text(self) -> bytes:
        """The exposition format."""
        return generate_latest(self._registry)


def _family(name: str, what: str, labels: Sequence[str], counts: Mapping[Any, int]) -> Metric:
    family = CounterMetricFamily(name, what, labels=labels)
    for values, count in counts.items():
        family.add_metric(values, count)
    return family
