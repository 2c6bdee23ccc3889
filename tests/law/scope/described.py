"""The services of ``docs/scope.md``: their answers, and what each row derives."""

import re
from pathlib import Path
from typing import Any, NamedTuple

import yaml

DOCS = Path(__file__).parents[3] / "docs" / "scope.md"
ANSWERS = {"yes": True, "no": False, "unknown": None}

_SECTION = re.compile(r"^## (\d+)\. (.+?)$(.*?)(?=^## |\Z)", re.MULTILINE | re.DOTALL)
_YAML = re.compile(r"^```yaml\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_ROW = re.compile(r"^\| (`.+?`) \| (yes|no|unknown) \| (.+?) \| (.+?) \|$", re.MULTILINE)


class Service(NamedTuple):
    """A service as the page describes it; ``rows`` is what applies, by id."""

    number: int
    title: str
    answers: dict[str, Any]
    rows: dict[str, bool | None]


def services() -> list[Service]:
    """Every service of the page."""
    return [_service(found) for found in _SECTION.finditer(DOCS.read_text(encoding="utf-8"))]


def _service(found: re.Match[str]) -> Service:
    number, title, body = int(found[1]), found[2], found[3]
    (answers,) = _YAML.findall(body)
    rows: dict[str, bool | None] = {}
    for names, answer, because, clause in _ROW.findall(body):
        assert because.strip(), title
        assert re.search(r"\*\*[PQXU]\*\*", clause), f"{title}: {names} has no grade"
        for name in re.findall(r"`([^`]+)`", names):
            assert name not in rows, f"{title}: {name} stands twice"
            rows[name] = ANSWERS[answer]
    table = [line for line in body.splitlines() if line.startswith("| `")]
    assert len(table) == len(_ROW.findall(body)), title
    return Service(number, title, yaml.safe_load(answers), rows)
