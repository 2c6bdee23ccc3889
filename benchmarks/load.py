"""The load client: a closed loop over keep-alive connections, as a process of its own.

    python -m benchmarks.load --base http://127.0.0.1:8400/v1 --model mock-0-0-64 --stream \\
        --connections 32 --seconds 5 --header 'Hegui-Person: bench'

Each connection sends its next request when the last answer is whole; the run ends after
``--seconds`` or ``--count`` requests, whichever comes first. Prints one JSON document.
"""

import argparse
import asyncio
import json
import sys
import time
from collections.abc import Iterator

import msgspec
import uvloop

from benchmarks import texts
from benchmarks.stats import percentile
from benchmarks.wire import Exchange, Wire, WireError, request


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """What to send.

    Attributes:
        base: the server's address, up to and with ``/v1``.
        connections: how many requests are under way at once.
        seconds, count: the two bounds of the run.
        headers: sent with every request.
    """

    base: str
    model: str
    stream: bool = False
    connections: int = 1
    seconds: float = 5.0
    count: int = 1_000_000
    headers: dict[str, str] = {}


class Report(msgspec.Struct, kw_only=True):
    """What came back. Latencies are milliseconds, one a good answer, in the order they ended."""

    seconds: float = 0.0
    requests: int = 0
    errors: int = 0
    chunks: int = 0
    reads: int = 0
    first_ms: list[float] = []
    last_ms: list[float] = []
    first_error: str = ""

    def summary(self) -> dict[str, float | int | str]:
        """The figures to print: rates per second, latencies as percentiles in milliseconds."""
        seconds = max(self.seconds, 1e-9)
        found: dict[str, float | int | str] = {
            "seconds": round(self.seconds, 3),
            "requests": self.requests,
            "errors": self.errors,
            "requests_per_second": round(self.requests / seconds, 1),
            "chunks_per_second": round(self.chunks / seconds, 1),
            "chunks_per_read": round(self.chunks / max(self.reads, 1), 2),
        }
        if self.requests:
            for name, values in (("first", self.first_ms), ("last", self.last_ms)):
                for percent in (50, 99):
                    found[f"{name}_p{percent}_ms"] = round(percentile(values, percent), 3)
        if self.first_error:
            found["first_error"] = self.first_error
        return found

    def count(self, exchange: Exchange, *, stream: bool) -> None:
        """Adds one ended exchange."""
        if not exchange.good(stream=stream):
            self.fail(f"status {exchange.status}: {exchange.body()[:300]!r}")
            return
        self.requests += 1
        self.first_ms.append(exchange.first * 1000)
        self.last_ms.append(exchange.last * 1000)
        if stream:
            self.chunks += exchange.body().count(b"data: {")
            self.reads += exchange.reads

    def fail(self, why: str) -> None:
        """Adds one that failed."""
        self.errors += 1
        self.first_error = self.first_error or why


async def run(plan: Plan) -> Report:
    """Carries the plan out."""
    body = {
        "model": plan.model,
        "stream": plan.stream,
        "messages": [{"role": "user", "content": texts.question()}],
    }
    data = request(plan.base, "/chat/completions", body=body, headers=plan.headers)
    report = Report()
    tickets = iter(range(plan.count))
    begun = time.perf_counter()
    deadline = begun + plan.seconds
    await asyncio.gather(
        *(_connection(plan, data, tickets, deadline, report) for _ in range(plan.connections))
    )
    report.seconds = time.perf_counter() - begun
    return report


async def _connection(
    plan: Plan, data: bytes, tickets: Iterator[int], deadline: float, report: Report
) -> None:
    wire: Wire | None = None
    for _ in tickets:
        if time.perf_counter() >= deadline:
            break
        exchange = Exchange()
        try:
            wire = wire or await Wire.connect(plan.base)
            await wire.ask(data, exchange)
        except (WireError, OSError) as error:
            report.fail(str(error))
            wire = None
            # A server that refuses everything would otherwise be asked in a tight circle.
            await asyncio.sleep(0.01)
        else:
            report.count(exchange, stream=plan.stream)
    if wire is not None:
        wire.close()


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.load")
    parser.add_argument("--base", required=True)
    parser.add_argument("--model", default="mock-0-0-64")
    parser.add_argument("--stream", action="store_true")
    parser.add_argument("--connections", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=5.0)
    parser.add_argument("--count", type=int, default=1_000_000)
    parser.add_argument("--header", action="append", default=[], metavar="'NAME: VALUE'")
    parser.add_argument("--samples", action="store_true", help="print every latency as well")
    options = parser.parse_args()
    plan = Plan(
        base=options.base,
        model=options.model,
        stream=options.stream,
        connections=options.connections,
        seconds=options.seconds,
        count=options.count,
        headers=dict(line.split(": ", 1) for line in options.header),
    )
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        report = runner.run(run(plan))
    found = msgspec.to_builtins(report) if options.samples else report.summary()
    print(json.dumps(found))
    sys.exit(1 if report.errors else 0)


if __name__ == "__main__":
    main()
