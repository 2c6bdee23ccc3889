"""``hegui overview``: what the ledger counts, today and in thirty days, and what is due."""

import argparse
from typing import TYPE_CHECKING, Any

from hegui.cli.group import Groups, command
from hegui.cli.opened import home_of, opened, settings_of
from hegui.cli.output import Output, moment, table

if TYPE_CHECKING:
    from hegui.console.reading.overview import Overview
    from hegui.store import Store

_OUTCOMES = ("admitted", "delivered", "stopped", "failed", "abandoned", "interrupted")


def add(groups: Groups, common: argparse.ArgumentParser) -> None:
    """Adds the command."""
    command(groups, common, "overview", _show, "总览：今天与近 30 天 today and the last 30 days")


def _show(options: argparse.Namespace, output: Output) -> bool:
    from hegui.console.reading import overview
    from hegui.store import tally

    with opened(settings_of(options), home_of()) as store:
        # What has its place is counted now; it counts once, whoever else does the same.
        tally.fold_all(store)
        it = overview.read(store, store.world.now())
        document = {**_counts(store, it.days[0].day), **_standing(it)}
    output.result(document, _text(it))
    return False


def _counts(store: "Store", since: int) -> dict[str, Any]:
    """All that is counted, and through which entry, as one moment has it."""
    from hegui.store import tally

    days: dict[str, dict[str, dict[str, int]]] = {}
    with store.read() as conn:
        for one in tally.by_day(conn, since):
            days.setdefault(str(one.day), {}).setdefault(one.measure, {})[one.key] = one.n
        return {
            "through": tally.through(conn),
            "since": since,
            "days": days,
            "totals": tally.totals(conn),
        }


def _standing(it: "Overview") -> dict[str, Any]:
    """What the ledger's head is, and what waits for a person."""
    last = it.verification
    return {
        "today": it.today.day,
        "height": it.ledger.size,
        "checkpoint": moment(it.ledger.at),
        "verification": last
        and {"at": moment(last.ended or last.started), "size": last.size, "ok": last.ok},
        "appeals": {"open": it.open, "upheld": it.upheld, "rejected": it.rejected},
        "running": it.running,
        "overdue": it.late,
        "next_due": {"number": it.due[0].number, "at": moment(it.due[0].clock.due)}
        if it.due
        else None,
        "notices": it.notices_open,
    }


def _text(it: "Overview") -> str:
    last = it.verification
    verified = "-" if last is None else f"{last.ok} ({moment(last.ended or last.started)})"
    due = f"{it.due[0].number} {moment(it.due[0].clock.due)}" if it.due else "-"
    heads = ("日期 day", *_OUTCOMES, "p50 ms", "p95 ms")
    rows = [
        (day.day, *(day.of(one) for one in _OUTCOMES), day.p50, day.p95)
        for day in reversed(it.days)
        if day.outcomes
    ]
    return (
        f"账本高度 ledger height: {it.ledger.size}; 已计到 counted through: {it.ledger.through}\n"
        f"最近核验 last verification: {verified}\n"
        f"申诉 appeals: 待答复 open {it.open}, 改判 upheld {it.upheld}, 维持 rejected "
        f"{it.rejected}\n"
        f"期限 deadlines: 在走 running {it.running}, 过期 overdue {it.late}, 最近 next {due}\n"
        + table(heads, rows)
    )
