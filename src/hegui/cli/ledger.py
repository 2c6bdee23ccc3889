"""``hegui ledger``: the Merkle log verified, and its head; proofs are in ``proofs.py``."""

import argparse
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import msgspec

from hegui.cli import proofs
from hegui.cli.errors import CliError
from hegui.cli.group import Groups, command, group
from hegui.cli.opened import home_of, log_reader, opened, settings_of
from hegui.cli.output import Output

if TYPE_CHECKING:
    from hegui.config import Home
    from hegui.ledger import Verifier
    from hegui.store import Report, Store


def add(groups: Groups, common: argparse.ArgumentParser) -> None:
    """Adds the commands."""
    these = group(groups, "ledger", "账本 the evidence log")
    verify = command(
        these,
        common,
        "verify",
        _verify,
        "重新计算并核对全部账本，结果记入本服务的账本（ledger.verified） recompute and check it "
        "all; the result is put on record in the house's own ledger (ledger.verified)",
    )
    verify.add_argument(
        "--proof",
        metavar="FILE",
        help="只核对一个证明文件，不用数据库，也不留痕 one proof file, offline, not put on record",
    )
    verify.add_argument("--vkey", metavar="KEY", help="账本的验证公钥 the log's verifier key")
    proofs.add(these, common)
    command(these, common, "checkpoint", _checkpoint, "最新检查点 the latest signed checkpoint")


def _verifier(home: "Home") -> "Verifier":
    from hegui.ledger import Verifier
    from hegui.service.house import open_signer

    return Verifier(open_signer(home).vkey)


def _verify(options: argparse.Namespace, output: Output) -> bool:
    if options.proof or options.vkey:
        return proofs.verify_file(options, output)
    home = home_of()
    with opened(settings_of(options), home) as store, _progress() as progress:
        report, recorded = _verified(store, _verifier(home), progress)
    document = msgspec.to_builtins(report)
    verdict = "账本完好 the ledger holds" if report.ok else "账本有误 the ledger does NOT hold"
    lines = [f"{verdict}: {report.size} 条 entries, {report.pending} 条待定序 pending"]
    if report.pending:
        lines.append(
            f"最早的待定序条目已等 {report.oldest_pending_ms} 毫秒；服务运行时在一秒内定序。\n"
            f"The oldest pending entry has waited {report.oldest_pending_ms} ms; "
            "a running service gives it its place within a second."
        )
    lines += [f"{one.code}: {one.zh} / {one.en}" for one in report.problems]
    if report.unlisted:
        lines.append(f"另有 and {report.unlisted} 处未列出 more not listed")
    if not recorded:
        lines.append(
            "没有记入账本：另一次核验正在进行，或者这不是本服务的账本。\n"
            "Not put on record: another verification runs, or this is not the house's own ledger."
        )
    output.result(document, "\n".join(lines))
    return not report.ok


def _verified(
    store: "Store", verifier: "Verifier", progress: Callable[[int, int], None]
) -> tuple["Report", bool]:
    """What was found, and whether it is on record: nobody writes into another house's ledger."""
    from hegui.store import verifications
    from hegui.store.log import LogReader

    log = LogReader(store)
    begun = verifications.begin(store, None) if log.is_of(verifier) else None
    if begun is not None:
        report = verifications.run(store, begun, log, verifier, progress)
        if report is not None:
            return report, True
    return log.verify(verifier, progress), False


@contextmanager
def _progress() -> Iterator[Callable[[int, int], None]]:
    """Calls with (done, total); a bar on standard error when that is a terminal."""
    if not sys.stderr.isatty():
        yield lambda _done, _total: None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("核对 verifying", total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


def _checkpoint(options: argparse.Namespace, output: Output) -> bool:
    home = home_of()
    with log_reader(options, home) as log:
        note = log.latest_checkpoint()
    if note is None:
        raise CliError(
            "checkpoint_missing",
            zh="账本还没有检查点。启动服务后一秒内会有第一个。",
            en="The ledger has no checkpoint yet. A running service makes the first in a second.",
        )
    vkey = _verifier(home).vkey
    output.result({"checkpoint": note, "vkey": vkey}, f"{note}\n验证公钥 verifier key: {vkey}")
    return False
