"""A month of the demonstration as its user lives it: how long, and whether its record holds."""

import os
import subprocess
import sys
import tempfile
import time

import msgspec

from benchmarks import proc

#: A month takes no longer than this, in seconds.
MOST_SECONDS = 120.0
_MAIN = "from hegui.cli import main; import sys; sys.exit(main(sys.argv[1:]))"


def live(days: int) -> dict[str, object]:
    """Live so many days in a folder of their own, verify the ledger, and count again.

    Returns:
        The figures; ``holds`` is true when all of it holds and the days took no longer than
        their share of :data:`MOST_SECONDS`.
    """
    with tempfile.TemporaryDirectory() as home:
        environment = os.environ | {"HEGUI_HOME": home, "PYTHONPATH": str(proc.ROOT / "src")}

        def run(*command: str) -> "subprocess.CompletedProcess[str]":
            return subprocess.run(
                [sys.executable, *command],
                env=environment,
                cwd=proc.ROOT,
                stdout=subprocess.PIPE,
                text=True,
                check=False,
            )

        began = time.monotonic()
        demo = run("-c", _MAIN, "demo", "--days", str(days), "--seed", "1", "--json")
        seconds = time.monotonic() - began
        verified = run("-c", _MAIN, "ledger", "verify", "--json")
        recount = run("scripts/recount.py")
    ended = [part.returncode for part in (demo, verified, recount)]
    return {
        "days": days,
        "seconds": round(seconds, 1),
        "exit_codes": {"demo": ended[0], "ledger_verify": ended[1], "recount": ended[2]},
        "lived": msgspec.json.decode(demo.stdout or "null"),
        "recount": recount.stdout.strip(),
        "holds": ended == [0, 0, 0] and seconds <= MOST_SECONDS * days / 30,
    }
