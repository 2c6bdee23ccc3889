"""The proof by crashes: SIGKILL under many streams, then deliveries are held against records.

One data folder lives through all kills. Each round starts the service, streams to many clients
that note every piece with its time, kills the service's whole process group at a random moment,
starts it again, and judges every delivery of which a client got a character.
"""

import asyncio
import contextlib
import random
import time
from collections.abc import Callable
from pathlib import Path

import msgspec

from benchmarks import texts
from benchmarks.house import House, HouseError
from benchmarks.judge import Delivery, judge
from benchmarks.records import Records
from benchmarks.wire import Exchange, Wire, WireError, request

#: Streams of 0.6 to 3 seconds, and one without any delay.
MODELS = ("mock-0-0-64", "mock-5-3-200", "mock-20-15-100", "mock-50-40-60", "mock-10-120-25")
CLIENTS = 50
VERIFY_EVERY = 10
PROGRESS = "kills.json"
#: The most seconds that the first piece of 50 streams may take.
FIRST_SECONDS = 20.0


class Kill(msgspec.Struct, frozen=True, kw_only=True):
    """What one kill showed.

    Attributes:
        after_seconds: from the first piece of any client to the kill.
        start_seconds: how long the start after it took, until ready.
        generations, characters: delivered at least one character of; characters in all.
        whole, interrupted: delivered to their end; closed at the next start.
        missing, oldest_missing_ms: characters received that the vault does not hold, and how
            long before the kill the first of them came.
        problems: what must not be; empty when all holds.
    """

    after_seconds: float
    start_seconds: float
    generations: int
    characters: int
    whole: int
    interrupted: int
    missing: int
    oldest_missing_ms: float
    problems: list[str]


def run_kills(
    n: int,
    folder: Path,
    mock: str,
    *,
    seed: int = 1,
    told: Callable[[int, Kill], None] = lambda _number, _kill: None,
) -> list[Kill]:
    """Makes ``n`` kills, going on where an earlier call in the same folder was stopped.

    Args:
        folder: the data folder and the progress; made when missing.
        mock: the mock model's address, up to and with ``/v1``.
        seed: of the random moments and models.
        told: called after each kill was judged, with its number from 1.

    Raises:
        HouseError: the service did not start or stream, or its ledger does not verify.
    """
    folder.mkdir(parents=True, exist_ok=True)
    progress = folder / PROGRESS
    kills = msgspec.json.decode(progress.read_bytes(), type=list[Kill]) if progress.exists() else []
    house = House(folder / "home", mock)
    try:
        house.start()
        house.accept()
        while len(kills) < n:
            dice = random.Random(f"{seed}-{len(kills)}")
            kills.append(_one(house, dice))
            if len(kills) % VERIFY_EVERY == 0 or len(kills) == n:
                house.command("ledger", "verify")
            fresh = progress.with_suffix(".new")
            fresh.write_bytes(msgspec.json.encode(kills))
            fresh.replace(progress)
            told(len(kills), kills[-1])
    finally:
        house.stop()
    return kills


def _one(house: House, dice: random.Random) -> Kill:
    """One kill of a running service, which runs again afterwards."""
    wait = dice.uniform(0.0, 2.5)
    deliveries = asyncio.run(_stream_until_killed(house, dice, wait))
    started = house.start()
    with Records(house.home) as records:
        verdicts = [judge(one, records.of(one.generation)) for one in deliveries]
        left_open = records.open_generations()
    problems = [
        f"{one.generation}: {problem}"
        for one, verdict in zip(deliveries, verdicts, strict=True)
        for problem in verdict.problems
    ]
    if left_open:
        problems.append(f"{left_open} generations were left open")
    return Kill(
        after_seconds=round(wait, 3),
        start_seconds=round(started, 3),
        generations=len(deliveries),
        characters=sum(len(one.text) for one in deliveries),
        whole=sum(one.done for one in deliveries),
        interrupted=sum(verdict.interrupted for verdict in verdicts),
        missing=sum(verdict.missing for verdict in verdicts),
        oldest_missing_ms=max((verdict.oldest_ms for verdict in verdicts), default=0.0),
        problems=problems,
    )


async def _stream_until_killed(house: House, dice: random.Random, wait: float) -> list[Delivery]:
    exchanges: list[Exchange] = []
    clients = [
        asyncio.create_task(_client(house.base, house.headers, dice, exchanges))
        for _ in range(CLIENTS)
    ]
    deadline = time.perf_counter() + FIRST_SECONDS
    while not any(exchange.pieces for exchange in exchanges):
        if time.perf_counter() > deadline:
            raise HouseError(f"no text came within {FIRST_SECONDS} seconds")
        await asyncio.sleep(0.01)
    await asyncio.sleep(wait)
    killed = time.perf_counter()
    house.kill()
    await asyncio.gather(*clients)
    deliveries = []
    for exchange in exchanges:
        pieces = [(killed - at, piece) for at, piece in exchange.text()]
        if pieces:
            generation = exchange.headers["hegui-generation"]
            done = exchange.good(stream=True)
            deliveries.append(Delivery(generation=generation, pieces=pieces, done=done))
    return deliveries


async def _client(
    base: str, headers: dict[str, str], dice: random.Random, exchanges: list[Exchange]
) -> None:
    """Streams answer after answer until the service is gone."""
    with contextlib.suppress(WireError, OSError):  # the kill that the proof is about
        wire = await Wire.connect(base)
        while True:
            body = {
                "model": dice.choice(MODELS),
                "stream": True,
                "seed": dice.randrange(64),
                "messages": [{"role": "user", "content": texts.question()}],
            }
            exchange = Exchange()
            exchanges.append(exchange)
            data = request(base, "/chat/completions", body=body, headers=headers)
            await wire.ask(data, exchange)
