"""What the console's pages cost with a month of 100,000 generations.

Run with ``python -m benchmarks.pages``. It fills a database of its own, serves the console from
it in this process as the service does, and asks for every page one after the other, as its owner
would. Writes ``results/pages.json``: milliseconds at the client (median and 95th percentile),
statements and bytes of each page.
"""

import argparse
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx2
import uvicorn
import uvloop

from benchmarks import result, walk
from benchmarks.month import Month
from benchmarks.statements import counted
from benchmarks.stats import percentile
from hegui.config import Home, load
from hegui.console.app import build
from hegui.people.staff import StaffBook
from hegui.service.house import House, open_house
from hegui.service.servers import bind
from hegui.store import Store
from hegui.world import RealWorld

GENERATIONS = 100_000
MOST_MS = 100.0
_WARM, _TIMES = 3, 30


def main(arguments: list[str] | None = None) -> int:
    """Measures; returns 1 when the median of a page is above its mark."""
    parser = argparse.ArgumentParser(description="What the console's pages cost.")
    parser.add_argument("--generations", type=int, default=GENERATIONS)
    parser.add_argument("--times", type=int, default=_TIMES)
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        house = open_house(load(None, {}), Home(Path(folder)), RealWorld())
        book = StaffBook(house.store, house.world)
        owner = book.add("the owner", "owner")
        book.add("the reviewer", "reviewer")
        _fill(house, options.generations)
        token = book.sign_in_by_link(book.link(owner.id))
        app = build(house)
        with _served(app) as address, _client(address, token) as client:
            pages = {
                route: _measure(client, house.store, at, options.times)
                for route, at in walk.pages(app, house.store)
            }
        house.close()
    slow = {route: page for route, page in pages.items() if page["p50_ms"] > MOST_MS}
    figures = {
        "generations": options.generations,
        "most_ms": MOST_MS,
        "pages": pages,
        "holds": not slow,
    }
    path = result.write("pages", ["python", "-m", "benchmarks.pages", *(arguments or [])], figures)
    for route, page in sorted(pages.items(), key=lambda one: -one[1]["p50_ms"]):
        print(
            f"{page['p50_ms']:7.1f} ms {page['p95_ms']:7.1f} ms  {page['statements']:2} statements "
            f"{page['bytes']:7,} bytes  {page['status']} {route}"
        )
    print(path.name, "all pages within" if not slow else "NOT within", f"{MOST_MS:.0f} ms")
    return 1 if slow else 0


def _fill(house: House, generations: int) -> None:
    began = time.monotonic()
    month = Month(house.store, house.world)
    month.fill(generations)
    month.place(house.signer)
    print(f"filled {generations:,} generations in {time.monotonic() - began:.0f} s", flush=True)


def _measure(client: httpx2.Client, store: Store, address: str, times: int) -> dict[str, Any]:
    waits: list[float] = []
    for number in range(_WARM + times):
        with counted(store) as statements:
            began = time.perf_counter()
            answer = client.get(address)
            took = (time.perf_counter() - began) * 1_000
        if answer.status_code >= 500:
            raise SystemExit(f"{address} answered {answer.status_code}")
        if number >= _WARM:
            waits.append(took)
    return {
        "status": answer.status_code,
        "p50_ms": round(percentile(waits, 50), 1),
        "p95_ms": round(percentile(waits, 95), 1),
        "statements": len(statements),
        "bytes": len(answer.content),
    }


@contextmanager
def _served(app: Any) -> Iterator[str]:
    """The app on the loop that the service uses, in a thread of its own."""
    bound = bind("127.0.0.1", 0)
    server = uvicorn.Server(uvicorn.Config(app, lifespan="off", log_config=None, ws="none"))
    thread = threading.Thread(target=lambda: uvloop.run(server.serve(sockets=[bound])))
    thread.start()
    while not server.started:
        time.sleep(0.01)
    try:
        yield "http://{}:{}".format(*bound.getsockname())
    finally:
        server.should_exit = True
        thread.join()


def _client(address: str, token: str) -> httpx2.Client:
    client = httpx2.Client(base_url=address, timeout=60, trust_env=False)
    client.cookies.set("hegui-staff", token)
    return client


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
