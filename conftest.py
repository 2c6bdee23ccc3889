"""Leaves out the tests of tools that ``HEGUI_TEST_WITHOUT`` names, and says so at the end."""

import os

import pytest

WITHOUT = [name.strip() for name in os.environ.get("HEGUI_TEST_WITHOUT", "").split(",") if name]


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Takes the tests marked with a tool's name out of the run."""
    left_out = [item for item in items if any(item.get_closest_marker(name) for name in WITHOUT)]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in set(left_out)]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Names what was left out, just before the closing line."""
    if WITHOUT:
        terminalreporter.section("left out by choice")
        terminalreporter.line(f"HEGUI_TEST_WITHOUT: no test that needs {', '.join(WITHOUT)} ran")
