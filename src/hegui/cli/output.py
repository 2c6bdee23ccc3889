"""What a command prints: text for people, or one JSON document; errors go to standard error."""

import json
import sys
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from hegui.errors import HeguiError


class Output:
    """Where a command's result goes.

    Attributes:
        as_json: whether ``--json`` was asked for.
    """

    def __init__(self, *, as_json: bool) -> None:
        self.as_json = as_json

    def result(self, document: dict[str, Any], text: str) -> None:
        """Prints a command's result: ``document`` with ``--json``, else ``text``."""
        print(json.dumps(document, ensure_ascii=False) if self.as_json else text, flush=True)

    def verbatim(self, document: dict[str, Any], text: str) -> None:
        """Prints ``text`` with nothing added, as a file's content; ``document`` with ``--json``."""
        if self.as_json:
            self.result(document, "")
        else:
            sys.stdout.write(text)
            sys.stdout.flush()

    def error(self, error: HeguiError) -> None:
        """Prints an error for people, and with ``--json`` as the document too."""
        if self.as_json:
            said = {"code": error.code, "zh": error.zh, "en": error.en}
            print(json.dumps({"error": said}, ensure_ascii=False), flush=True)
        print(f"{error.code}: {error.zh} / {error.en}", file=sys.stderr)


def table(heads: tuple[str, ...], rows: Iterable[tuple[object, ...]]) -> str:
    """Rows of text in columns parted by tabs, which scripts and terminals both read."""
    lines = ["\t".join(heads)]
    lines += ["\t".join("-" if cell is None else str(cell) for cell in row) for row in rows]
    return "\n".join(lines)


def moment(at: int | None) -> str | None:
    """Milliseconds since 1970 as ISO 8601 in UTC, to the second."""
    if at is None:
        return None
    when = datetime.fromtimestamp(at // 1000, tz=UTC)
    return when.strftime("%Y-%m-%dT%H:%M:%SZ")
