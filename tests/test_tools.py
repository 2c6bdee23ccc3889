"""Leaving a tool out is a choice that shows; a missing one is a failure that says what to do."""

import pytest
from tests.tools import left_out, need


@pytest.mark.parametrize(
    ("names", "out"),
    [("", False), ("go", True), ("chromium,go", True), ("chromium, go ", True), ("golang", False)],
)
def test_left_out_by_name(names: str, out: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HEGUI_TEST_WITHOUT", names)
    assert left_out("go") is out


def test_a_tool_left_out_skips_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HEGUI_TEST_WITHOUT", "go")
    with pytest.raises(pytest.skip.Exception, match="left out by HEGUI_TEST_WITHOUT"):
        need("go")


def test_a_missing_tool_fails_and_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("HEGUI_TEST_WITHOUT", raising=False)
    monkeypatch.setenv("PATH", "")
    with pytest.raises(pytest.fail.Exception, match="golang-golang-x-mod-dev"):
        need("go")
