"""``hegui ledger``: the Merkle log verified, and proofs for others to verify."""

import argparse
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import msgspec

from hegui.cli.errors import CliError
from hegui.cli.group import Groups, command, group
from hegui.cli.opened import home_of, opened, settings_of
from hegui.cli.output import Output

if TYPE_CHECKING:
    from hegui.config import Home
    from hegui.ledger import Verifier
    from hegui.store.log import LogReader


def add(groups: Groups, common: argparse.ArgumentParser) -> None:
    """Adds the commands."""
    these = group(groups, "ledger", "账本 the evidence log")
    command(these, common, "verify", _verify, "重新计算并核对全部账本 recompute and check it all")
    proof = command(these, common, "proof", _proof, "条目的证明 proofs of entries")
    proof.add_argument("entry", help="行为编号或条目序号 an act's id, or an entry's index")
    command(these, common, "checkpoint", _checkpoint, "最新检查点 the latest signed checkpoint")


@contextmanager
def _reader(options: argparse.Namespace, home: "Home") -> Iterator["LogReader"]:
    from hegui.store.log import LogReader

    with opened(settings_of(options), home) as store:
        yield LogReader(store)


def _verifier(home: "Home") -> "Verifier":
    from hegui.ledger import Verifier
    from hegui.service.house import open_signer

    return Verifier(open_signer(home).vkey)


def _verify(options: argparse.Namespace, output: Output) -> bool:
    home = home_of()
    with _reader(options, home) as log, _progress() as progress:
        report = log.verify(_verifier(home), progress)
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
    output.result(document, "\n".join(lines))
    return not report.ok


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


def _proof(options: argparse.Namespace, output: Output) -> bool:
    with _reader(options, home_of()) as log:
        found = [_proved(log, index, body) for index, body in _entries(log, options.entry)]
    output.result({"entries": found}, "\n".join(one["proof"] for one in found))
    return False


def _entries(log: "LogReader", wanted: str) -> list[tuple[int, bytes]]:
    """The entries that an act's id or an index names, each with its place.

    Raises:
        CliError: ``entry_not_found`` or ``entry_pending``.
    """
    # An act's id has 32 hex digits, which no index of a real log has.
    if len(wanted) < 20 and wanted.isascii() and wanted.isdigit():
        body = log.body(int(wanted))
        found = [] if body is None else [(int(wanted), body)]
    else:
        entries = log.by_act(wanted)
        found = [(index, body) for index, body in entries if index is not None]
        if entries and not found:
            raise CliError(
                "entry_pending",
                zh=f"{wanted} 的条目已提交但尚未定序，还没有证明。服务运行时请一秒后再试。",
                en=f"The entries of {wanted} are committed but have no place yet, so no proof. "
                "With the service running, try again in a second.",
            )
    if not found:
        raise CliError(
            "entry_not_found",
            zh=f"账本中没有 {wanted}。请核对行为编号（32 位十六进制）或条目序号。",
            en=f"The ledger has no {wanted}. Check the act's id (32 hex digits) or the index.",
        )
    return found


def _proved(log: "LogReader", index: int, body: bytes) -> dict[str, Any]:
    """An entry with its proof; the body rides in the proof's extra line, so one file is enough."""
    proof = msgspec.structs.replace(log.prove(index), extra=body)
    return {"index": index, "body": body.decode(), "proof": proof.to_text()}


def _checkpoint(options: argparse.Namespace, output: Output) -> bool:
    home = home_of()
    with _reader(options, home) as log:
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
