"""``hegui demo``: days of simulated people, lived through the real service; and their removal."""

import argparse
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import msgspec

from hegui.cli.errors import CliError
from hegui.cli.group import Groups, command
from hegui.cli.opened import home_of, settings_of
from hegui.cli.output import Output, moment

if TYPE_CHECKING:
    from hegui.config import Home
    from hegui.demo import Lived
    from hegui.demo.rhythm import Hour

#: A line for how many duties have each status in the end, the calm ones first.
_STANDING = {
    "met": "项义务已满足 duties met",
    "no_occasion": "项尚无事例 without occasion yet",
    "due_soon": "项即将到期 due soon",
    "needs_person": "项需要人办理 need a person",
    "stale": "项证据过旧 stale",
    "not_met": "项未满足 not met",
    "overdue": "项已过期 overdue",
    "not_applicable": "项不适用 do not apply",
}


def add(groups: Groups, common: argparse.ArgumentParser) -> None:
    """Adds the command."""
    parser = command(
        groups, common, "demo", _demo, "在真实服务中模拟若干天 live days of simulated people"
    )
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--days", type=int, help="模拟几天，到现在为止 how many days, ending now")
    what.add_argument(
        "--clear", action="store_true", help="清除演示：数据库与密钥 remove it: databases and keys"
    )
    parser.add_argument(
        "--seed", type=int, default=1, help="剧本的种子 seed of the script (1); ids stay random"
    )
    parser.add_argument("--yes", action="store_true", help="不再询问 clear without asking")


def _demo(options: argparse.Namespace, output: Output) -> bool:
    if options.clear:
        return _clear(options, output)
    from hegui.demo import run

    settings = settings_of(options)
    try:
        with _progress(options.days) as told:
            lived = run(settings, home_of(), days=options.days, seed=options.seed, told=told)
    except KeyboardInterrupt:
        raise CliError(
            "demo_interrupted",
            zh="演示中途停止，只有一部分日子。请用 hegui demo --clear 清除后重来。",
            en="The demonstration was interrupted; only some of its days are there. Remove it with "
            "hegui demo --clear and begin again.",
        ) from None
    output.result(msgspec.to_builtins(lived), _summary(lived))
    return not lived.verified


def _summary(lived: "Lived") -> str:
    from hegui.demo.trades import counted

    words = counted()
    counts = "\n".join(f"  {lived.counts.get(name, 0):>7,}  {words[name]}" for name in words)
    duties = "\n".join(
        f"  {lived.duties[name]:>7,}  {words}"
        for name, words in _STANDING.items()
        if lived.duties.get(name)
    )
    verdict = "完好 it holds" if lived.verified else "有误 it does NOT hold"
    return f"""模拟了 {lived.days} 天，用时 {lived.seconds:.0f} 秒。
{lived.days} days lived in {lived.seconds:.0f} s: {moment(lived.start)} – {moment(lived.end)}
{counts}
{duties}
  {lived.entries:>7,}  条账本记录 entries of the ledger; {verdict}

下一步 next:   make run
  门户 portal   {lived.addresses["portal"]}
  管理 console  {lived.addresses["console"]}
清除 remove:   hegui demo --clear"""


def _clear(options: argparse.Namespace, output: Output) -> bool:
    from hegui.demo import clear, marked

    home = home_of()
    marked(home)
    if not options.yes:
        _confirm(home)
    removed = clear(home)
    output.result(
        {"cleared": str(home.path), "files": removed},
        f"已清除 {home.path} 中的演示（{removed} 个文件）。\n"
        f"The demonstration in {home.path} is gone ({removed} files).",
    )
    return False


def _confirm(home: "Home") -> None:
    """Asks whoever sits at a terminal.

    Raises:
        CliError: ``demo_not_confirmed``.
    """
    if sys.stdin.isatty():
        print(
            f"将永久删除 {home.path} 中的数据库与密钥，包括演示之后在此做的一切。\n"
            f"This removes databases and keys of {home.path} for good, with all that was done "
            "there since.\n输入 yes 以确认 Type yes to confirm: ",
            end="",
            file=sys.stderr,
            flush=True,
        )
        if sys.stdin.readline().strip().lower() in ("yes", "y", "是"):
            return
    raise CliError(
        "demo_not_confirmed",
        zh="没有确认，未删除任何内容。请在终端中确认，或加上 --yes 再运行一次。",
        en="It was not confirmed; nothing was removed. Confirm at a terminal, or run this again "
        "with --yes.",
    )


@contextmanager
def _progress(days: int) -> Iterator[Callable[["Hour"], None]]:
    """Hears of each simulated hour; a bar on standard error when that is a terminal."""
    if not sys.stderr.isatty():
        yield lambda _hour: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.percentage:>3.0f} %"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=days * 24)

        def told(hour: "Hour") -> None:
            bar.update(task, completed=hour.passed * days * 24, description=hour.date)

        yield told
