"""Processes: started on one core, read from /proc as a tree, ended by their own id."""

import contextlib
import os
import signal
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import IO

ROOT = Path(__file__).parents[1]
SUBJECT_CORE = 0
DRIVER_CORE = 1
_TICK = os.sysconf("SC_CLK_TCK")
_PAGE = os.sysconf("SC_PAGE_SIZE")


def start(
    command: Sequence[str],
    *,
    core: int | None,
    env: Mapping[str, str] | None = None,
    output: IO[bytes] | int = subprocess.DEVNULL,
    errors: IO[bytes] | int | None = None,
) -> subprocess.Popen[bytes]:
    """Starts a command in a process group of its own.

    Args:
        core: the one core it may use, with all its children; None for every core.
        env: its whole environment; None for ours.
        output, errors: where its streams go.
    """
    # A child takes over its parent's cores; so the parent moves there for the moment of the start.
    with contextlib.nullcontext() if core is None else on_core(core):
        return subprocess.Popen(
            command, env=env, stdout=output, stderr=errors, cwd=ROOT, start_new_session=True
        )


@contextlib.contextmanager
def on_core(core: int) -> Iterator[None]:
    """This thread runs on one core alone."""
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {core})
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)


def stop(process: subprocess.Popen[bytes], how: signal.Signals = signal.SIGTERM) -> None:
    """Ends the process's whole group, and kills it if it is still there after 15 seconds."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, how)
    try:
        process.wait(15)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    if process.stdout is not None:
        process.stdout.close()


def tree(pid: int) -> list[int]:
    """The process and all that descend from it."""
    children: dict[int, list[int]] = {}
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit() and (fields := _stat(int(folder.name))):
            children.setdefault(int(fields[1]), []).append(int(folder.name))
    found = [pid]
    for parent in found:
        found += children.get(parent, [])
    return found


def cpu_seconds(pid: int) -> float:
    """Processor time, user and system, of the process's tree since it began."""
    ticks = 0
    for member in tree(pid):
        if fields := _stat(member):
            ticks += int(fields[11]) + int(fields[12])
    return ticks / _TICK


def rss_mb(pid: int) -> float:
    """Resident memory of the process's tree, in millions of bytes."""
    return sum(int(f[21]) for member in tree(pid) if (f := _stat(member))) * _PAGE / 1e6


def _stat(pid: int) -> list[str]:
    """The fields of /proc/PID/stat after the name (which may hold spaces); none if it is gone."""
    try:
        text = Path(f"/proc/{pid}/stat").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return []
    return text.rpartition(")")[2].split()
