"""The pure rooms are libraries: importing them brings no web, no database, no event loop."""

import subprocess
import sys

import pytest

HEAVY = ["sqlalchemy", "alembic", "aiohttp", "starlette", "uvicorn", "jinja2", "asyncio", "socket"]


@pytest.mark.parametrize("room", ["hegui.marks", "hegui.ledger"])
def test_importing_a_pure_room_is_light(room: str) -> None:
    code = f"import sys, {room}; print(*(name for name in {HEAVY!r} if name in sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []


def test_labels_need_no_cryptography() -> None:
    code = "import sys, hegui.marks; print('cryptography' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"
