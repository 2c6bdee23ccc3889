"""The command ``hegui``: one command for each job. Rooms are imported when a command runs."""

from hegui.cli.main import main

__all__ = ["main"]
