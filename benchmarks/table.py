"""How the measurements of a gateway are shown, and the marks they are held against."""

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
from rich.console import Console
from rich.table import Table

#: What the floor, uvicorn and aiohttp passing bytes, costs a request on the machine for which the
#: marks were set, in processor microseconds: 92 to 106.
FLOOR_US = 99.0


class Mark(msgspec.Struct, frozen=True):
    """A figure and the most it may be.

    Attributes:
        name, unit, figure: what was measured.
        most: the mark as it was set.
        here: the same mark at the speed of this machine.
        far: the far goal.
    """

    name: str
    unit: str
    figure: float
    most: float
    here: float
    far: float | None

    @property
    def met(self) -> bool:
        """Whether the figure is within the mark as it was set."""
        return self.figure <= self.most

    @property
    def met_here(self) -> bool:
        """Whether the figure is within the mark at the speed of this machine."""
        return self.figure <= max(self.most, self.here)


def slowness(floor: Mapping[str, Any]) -> float:
    """How many times slower this machine is than the one for which the marks were set.

    The same program tells: the floor's processor time a request, here and there.
    """
    cost: float = floor["cpu_us_request"]
    return round(cost / FLOOR_US, 2)


def marks(
    hegui: Mapping[str, Any],
    many: Mapping[str, Any],
    commit: Mapping[str, float],
    floor: Mapping[str, Any],
) -> list[Mark]:
    """The first marks, each with its figure.

    Times of the processor and to the first byte grow as the machine gets slower. Of the last byte
    the mark is one and a half durable commits, which the disk sets; what merely passing bytes adds
    in the same run comes on top here.

    Args:
        hegui: the row with 10,000 words.
        many: the row with 100,000 words.
        commit: the durable commit measured in the same run, at the pace of the delayed streams.
        floor: the row of uvicorn and aiohttp.
    """
    slow = slowness(floor)
    delayed = hegui["delayed"]
    last = round(1.5 * commit["paced_p50_ms"], 3)
    last_here = round(last + floor["delayed"]["added_last_p50_ms"], 3)
    first, added = "added to the first byte, p50", delayed["added_first_p50_ms"]
    return [
        Mark(first, "ms", added, 1.0, slow, 0.3),
        Mark(
            "added to the last byte, p50",
            "ms",
            delayed["added_last_p50_ms"],
            last,
            last_here,
            None,
        ),
        Mark(
            "processor time, a request",
            "µs",
            hegui["cpu_us_request"],
            200.0,
            round(200 * slow, 1),
            60.0,
        ),
        Mark(
            "processor time, a streamed chunk",
            "µs",
            hegui["cpu_us_chunk"],
            50.0,
            round(50 * slow, 1),
            25.0,
        ),
        Mark("memory with 100,000 words", "MB", many["mb"], 150.0, 150.0, None),
    ]


def ratios(hegui: Mapping[str, Any], floor: Mapping[str, Any]) -> dict[str, float]:
    """Hegui's figures as multiples of the floor's, which the machine's speed does not change."""
    return {
        "cpu_request": round(hegui["cpu_us_request"] / floor["cpu_us_request"], 2),
        "cpu_chunk": round(hegui["cpu_us_chunk"] / floor["cpu_us_chunk"], 2),
        "added_first_p50": round(
            hegui["delayed"]["added_first_p50_ms"] / floor["delayed"]["added_first_p50_ms"], 2
        ),
    }


def print_ratios(against: Mapping[str, float], floor: str) -> None:
    """Hegui beside the floor."""
    told = ", ".join(f"{name} {ratio}" for name, ratio in against.items())
    print(f"Times the floor ({floor}): {told}")


def print_table(rows: Mapping[str, Mapping[str, Any]], nothing: str) -> None:
    """One table; the row ``nothing`` shows its own latencies in brackets."""
    table = Table(title="Gateways before the same mock model")
    table.add_column("", no_wrap=True)
    for head in (
        "requests/s",
        "added p50 / p99 ms",
        "to first byte* p50 / p99",
        "to last byte* p50 / p99",
        "CPU µs a request",
        "CPU µs a chunk, at once / paced",
        "MB",
    ):
        table.add_column(head, justify="right")
    for name, row in rows.items():
        if "missing" in row:
            table.add_row(name, row["missing"])
            continue
        bare = name == nothing
        table.add_row(
            name,
            f"{row['requests_per_second']:,.0f}",
            _pair(row.get("at_once"), "last", bare=bare),
            _pair(row.get("delayed"), "first", bare=bare),
            _pair(row.get("delayed"), "last", bare=bare),
            _figure(row.get("cpu_us_request")),
            _chunk(row),
            _figure(row.get("mb")),
        )
    console = Console(width=150)
    console.print(table)
    console.print("* added, against the mock with 30 ms to the first piece and 10 ms between.")
    console.print("Paced: 5 ms between chunks, so that each is a read and a write of its own.")


def print_marks(held: Sequence[Mark], commit: Mapping[str, float], slow: float) -> None:
    """The marks, one a line."""
    print(
        f"\nOne durable commit: p50 {commit['p50_ms']} ms one after another, "
        f"{commit['paced_p50_ms']} ms at the delayed streams' pace"
    )
    print(f"This machine is {slow:g} times slower than the one for which the marks were set.")
    for mark in held:
        far = "" if mark.far is None else f"; far goal {mark.far:g}"
        said = "met" if mark.met else "met at this speed" if mark.met_here else "MISSED"
        here = "" if mark.met or mark.here <= mark.most else f", at this speed {mark.here:g}"
        most = f"at most {mark.most:g}{here}{far}"
        print(f"{said:17} {mark.name}: {mark.figure:g} {mark.unit} ({most})")


def _pair(figures: Mapping[str, float] | None, which: str, *, bare: bool) -> str:
    if figures is None:
        return ""
    if bare:
        return f"({figures[f'{which}_p50_ms']:.2f} / {figures[f'{which}_p99_ms']:.2f})"
    return f"{figures[f'added_{which}_p50_ms']:.2f} / {figures[f'added_{which}_p99_ms']:.2f}"


def _chunk(row: Mapping[str, Any]) -> str:
    return f"{row['cpu_us_chunk']:.1f} / {row['cpu_us_chunk_paced']:.1f}" if "mb" in row else ""


def _figure(value: float | None) -> str:
    return "" if value is None else f"{value:,.1f}"
