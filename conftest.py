"""Says at the end of a run which tools' tests were left out by choice (see ``tests/tools.py``)."""

import os

import pytest


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Names what ``HEGUI_TEST_WITHOUT`` left out, just before the closing line."""
    without = os.environ.get("HEGUI_TEST_WITHOUT", "").strip()
    if without:
        terminalreporter.section("left out by choice")
        terminalreporter.line(f"HEGUI_TEST_WITHOUT={without}: tests that need these did not run")
