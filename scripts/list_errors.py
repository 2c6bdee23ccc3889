"""Writes ``docs/errors.md``: every error code of the source with its sentences.

They are found in the syntax tree, in the two ways in which the rooms write them: a call such
as ``StoreError("store_busy", zh=..., en=...)``, or a table of codes in a module that raises with
a code out of it.
"""

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "errors.md"
#: Errors, and what the verification of a ledger finds.
KINDS = ("Error", "Problem")
#: A place that ``str.format`` fills in a table's sentence.
_FIELD = re.compile(r"\{[^{}]*\}")
HEAD = """\
# Error codes

Codes are stable; sentences may be reworded. `…` stands for what the error names at the time.
The API answers with OpenAI's error object and the code in `error.code`; commands print
`code: zh / en` on standard error and exit with 2 (`hegui read` with 3), and with `--json`
also print `{"error": {"code", "zh", "en"}}`. Where a code is raised in several places, the
first stands here. `hegui ledger verify` reports its findings with the codes of `store` too.
`scripts/list_errors.py` (part of `make fmt`) writes this page; a test keeps it current.
"""


class Listed(NamedTuple):
    """An error: its room, code and sentences."""

    room: str
    code: str
    zh: str
    en: str


def page(source: Path = ROOT / "src" / "hegui") -> str:
    """The page for a source tree."""
    found: dict[tuple[str, str], Listed] = {}
    for path in sorted(source.rglob("*.py")):
        room = path.relative_to(source).parts[0].removesuffix(".py")
        for error in errors(ast.parse(path.read_text(encoding="utf-8")), room):
            found.setdefault((error.room, error.code), error)
    lines = [HEAD]
    for room in sorted({error.room for error in found.values()}):
        lines += [f"\n## {room}\n", "| code | 中文 | English |", "|---|---|---|"]
        lines += [
            f"| `{e.code}` | {e.zh} | {e.en} |" for k, e in sorted(found.items()) if k[0] == room
        ]
    return "\n".join(lines) + "\n"


def errors(tree: ast.Module, room: str) -> Iterator[Listed]:
    """The errors that a module can raise, in the order of its lines."""
    from_table = False
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Call) and _name(node.func).endswith(KINDS) and node.args):
            continue
        code = node.args[0]
        said = {k.arg: _sentence(k.value) for k in node.keywords if k.arg in ("zh", "en")}
        if isinstance(code, ast.Constant) and said.get("zh") and said.get("en"):
            yield Listed(room, str(code.value), str(said["zh"]), str(said["en"]))
        from_table = from_table or isinstance(code, ast.Name)
    if from_table:
        yield from _tables(tree, room)


def _tables(tree: ast.Module, room: str) -> Iterator[Listed]:
    """Errors of module-level tables: code to a group that ends in the two sentences."""
    for node in tree.body:
        if not (isinstance(node, ast.Assign) and isinstance(node.value, ast.Dict)):
            continue
        for key, value in zip(node.value.keys, node.value.values, strict=True):
            parts = value.elts if isinstance(value, ast.Tuple) else getattr(value, "args", [])
            if isinstance(key, ast.Constant) and len(parts) >= 2:
                zh, en = (_sentence(part) for part in parts[-2:])
                if zh and en:
                    yield Listed(room, str(key.value), *(_FIELD.sub("…", x) for x in (zh, en)))


def _name(node: ast.expr) -> str:
    return node.id if isinstance(node, ast.Name) else getattr(node, "attr", "")


def _sentence(node: ast.expr) -> str | None:
    """A written sentence as the page shows it; ``None`` for one that comes from elsewhere."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        text = node.value
    elif isinstance(node, ast.JoinedStr):
        text = "".join(
            str(part.value) if isinstance(part, ast.Constant) else "…" for part in node.values
        )
    else:
        return None
    return text.replace("|", "\\|").replace("\n", " ")


def main() -> int:
    """Writes the page."""
    PAGE.write_text(page(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
