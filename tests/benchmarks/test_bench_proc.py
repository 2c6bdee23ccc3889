import os
import signal
import subprocess
import sys
import time

import pytest
from benchmarks.soak import window_medians

from benchmarks import proc

BUSY = "import time\nend = time.process_time() + 0.3\nwhile time.process_time() < end: pass\n"
#: A parent that starts a child of the same kind and waits.
PARENT = (
    "import subprocess, sys\n"
    f"child = subprocess.Popen([sys.executable, '-c', {BUSY + 'print(1, flush=True); input()'!r}],"
    " stdin=subprocess.PIPE, stdout=subprocess.PIPE)\n"
    "child.stdout.readline(); print('ready', flush=True); child.wait()\n"
)


def test_a_core_is_left_again() -> None:
    before = os.sched_getaffinity(0)
    with proc.on_core(min(before)):
        assert os.sched_getaffinity(0) == {min(before)}
    assert os.sched_getaffinity(0) == before


def test_cpu_and_memory_are_those_of_the_whole_tree() -> None:
    process = proc.start([sys.executable, "-c", PARENT], core=None, output=subprocess.PIPE)
    try:
        assert process.stdout is not None
        process.stdout.readline()
        assert len(proc.tree(process.pid)) == 2
        assert proc.cpu_seconds(process.pid) >= 0.28
        assert proc.rss_mb(process.pid) > 10
    finally:
        proc.stop(process)
    assert process.poll() is not None


def test_a_process_that_is_gone_costs_nothing() -> None:
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    assert proc.cpu_seconds(process.pid) == 0
    assert proc.rss_mb(process.pid) == 0


def test_a_start_on_one_core_leaves_ours_alone() -> None:
    before = os.sched_getaffinity(0)
    core = min(before)
    code = "import os; print(sorted(os.sched_getaffinity(0)))"
    process = proc.start([sys.executable, "-c", code], core=core, output=subprocess.PIPE)
    printed, _ = process.communicate(timeout=20)
    assert printed.decode().strip() == str([core])
    assert os.sched_getaffinity(0) == before


def test_sigkill_reaches_the_whole_group() -> None:
    process = proc.start([sys.executable, "-c", PARENT], core=None, output=subprocess.PIPE)
    assert process.stdout is not None
    process.stdout.readline()
    family = proc.tree(process.pid)
    proc.stop(process, signal.SIGKILL)
    assert process.returncode == -signal.SIGKILL
    deadline = time.monotonic() + 10
    while any(_runs(pid) for pid in family) and time.monotonic() < deadline:
        time.sleep(0.01)
    assert [pid for pid in family if _runs(pid)] == []


def _runs(pid: int) -> bool:
    """Whether the process still runs; a dead child may wait a while for its new parent."""
    fields = proc._stat(pid)
    return bool(fields) and fields[0] not in "ZX"


def test_windows_cover_every_reading_once() -> None:
    assert window_medians([1, 1, 1, 5, 5, 5, 9], 3) == [1, 1, 5]
    assert window_medians(list(range(10)), 10) == list(range(10))


def test_too_few_readings_for_the_windows() -> None:
    with pytest.raises(ValueError, match="too few"):
        window_medians([1.0], 2)
