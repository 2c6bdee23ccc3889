import asyncio
import json
import subprocess
import sys
from collections.abc import Iterator

import pytest
from benchmarks.house import free_ports, mock_model
from benchmarks.load import Plan, Report, run
from benchmarks.wire import Exchange, Wire, WireError, request

from benchmarks import proc, texts

MODEL = "mock-0-0-64"


@pytest.fixture(scope="module")
def base() -> Iterator[str]:
    with mock_model() as address:
        yield address


def test_the_count_bounds_a_run(base: str) -> None:
    report = asyncio.run(run(Plan(base=base, model=MODEL, connections=4, count=25, seconds=60)))
    assert (report.requests, report.errors) == (25, 0)
    assert len(report.first_ms) == len(report.last_ms) == 25
    assert report.chunks == 0


def test_the_time_bounds_a_run(base: str) -> None:
    report = asyncio.run(run(Plan(base=base, model="mock-5-0-1", connections=2, seconds=0.2)))
    assert report.errors == 0
    assert 1 <= report.requests <= 100


def test_a_stream_is_timed_to_its_first_and_last_byte(base: str) -> None:
    plan = Plan(base=base, model="mock-20-5-8", stream=True, count=3, seconds=60)
    report = asyncio.run(run(plan))
    assert report.requests == 3
    assert report.chunks == 3 * (8 + 1)  # the finish is an event too
    assert report.reads >= 3
    for first, last in zip(report.first_ms, report.last_ms, strict=True):
        assert first >= 19
        # Only what the model waits can be relied on: a busy machine delays either.
        assert first <= last
        assert last >= 19 + 7 * 5


def test_errors_are_counted_and_the_first_is_told(base: str) -> None:
    report = asyncio.run(run(Plan(base=base, model="nobody", count=3, seconds=60)))
    assert (report.requests, report.errors) == (0, 3)
    assert "404" in report.first_error
    assert report.summary()["first_error"] == report.first_error


def test_a_server_that_is_not_there_is_an_error() -> None:
    base = f"http://127.0.0.1:{free_ports(1)}/v1"
    report = asyncio.run(run(Plan(base=base, model=MODEL, count=2, seconds=60)))
    assert (report.requests, report.errors) == (0, 2)


def test_the_command_prints_one_document(base: str) -> None:
    command = [sys.executable, "-m", "benchmarks.load", "--base", base, "--count", "5"]
    command += ["--header", "Hegui-Person: bench", "--stream", "--model", "mock-0-0-16"]
    done = subprocess.run(command, cwd=proc.ROOT, capture_output=True, check=True)
    found = json.loads(done.stdout)
    assert found["requests"] == 5
    assert found["errors"] == 0
    assert found["first_p50_ms"] <= found["last_p50_ms"] <= found["last_p99_ms"]


def test_the_command_ends_with_1_on_errors(base: str) -> None:
    command = [sys.executable, "-m", "benchmarks.load", "--base", base, "--count", "1"]
    done = subprocess.run(
        [*command, "--model", "nobody"], cwd=proc.ROOT, capture_output=True, check=False
    )
    assert done.returncode == 1
    assert json.loads(done.stdout)["errors"] == 1


def test_a_summary_of_known_latencies() -> None:
    report = Report(seconds=2.0, requests=4, first_ms=[1, 2, 3, 4], last_ms=[5, 6, 7, 8])
    summary = report.summary()
    assert summary["requests_per_second"] == 2.0
    assert (summary["first_p50_ms"], summary["first_p99_ms"]) == (2, 4)
    assert (summary["last_p50_ms"], summary["last_p99_ms"]) == (6, 8)


def test_a_stream_without_its_end_is_no_good_answer() -> None:
    exchange = Exchange()
    exchange.status, exchange.complete = 200, True
    exchange.pieces = [(1.0, b'data: {"choices":[]}\n\n')]
    assert exchange.good(stream=False)
    assert not exchange.good(stream=True)
    exchange.pieces.append((2.0, b"data: [DONE]\n\n"))
    assert exchange.good(stream=True)


def test_text_has_the_time_of_the_byte_that_ended_its_event() -> None:
    event = 'data: {"choices":[{"index":0,"delta":{"content":"你好"}}]}\n\n'.encode()
    other = event.replace(b'"index":0', b'"index":1')
    cut = event.index("好".encode()) + 1  # within a character
    exchange = Exchange()
    exchange.pieces = [(1.0, event[:cut]), (2.0, event[cut:] + other), (3.0, event)]
    assert exchange.text() == [(2.0, "你好"), (3.0, "你好")]


def test_what_came_stays_when_the_server_goes(base: str) -> None:
    async def cut() -> Exchange:
        wire = await Wire.connect(base)
        body = {"model": "mock-0-30-100", "stream": True}
        exchange = Exchange()
        asking = asyncio.create_task(
            wire.ask(request(base, "/chat/completions", body=body), exchange)
        )
        while not exchange.pieces:
            await asyncio.sleep(0.005)
        wire.close()
        with pytest.raises(WireError):
            await asking
        return exchange

    exchange = asyncio.run(cut())
    assert not exchange.complete
    assert texts.PASSAGE.startswith("".join(piece for _, piece in exchange.text()))


def test_a_connection_that_ended_can_not_be_asked(base: str) -> None:
    async def ask_twice() -> None:
        wire = await Wire.connect(base)
        wire.close()
        await asyncio.sleep(0.05)
        await wire.ask(b"", Exchange())

    with pytest.raises(WireError):
        asyncio.run(ask_twice())


def test_an_address_without_a_port_is_refused() -> None:
    with pytest.raises(ValueError, match="HOST:PORT"):
        asyncio.run(Wire.connect("http://localhost"))
