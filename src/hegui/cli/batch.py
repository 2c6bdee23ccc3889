"""Many files at once: folders walked, work spread over the processors, progress, a report."""

import csv
import io
import json
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any, TypeVar

from hegui.cli.errors import CliError
from hegui.errors import HeguiError

#: Below this many files, starting processes costs more than they save.
_FEW = 32
#: What a cell's text may begin with to be taken for a formula; full width too, as in East Asia.
_FORMULA = frozenset("=+-@＝＋－＠\t\r\n")
_Item = TypeVar("_Item")
_Result = TypeVar("_Result")


def files(names: Sequence[str]) -> list[Path]:
    """The files that the arguments name; of a folder all, in order of name.

    Hidden files, sidecars (``*.aigc.json``) and links of a folder are left out: a link may lead to
    a file outside it that nobody meant.

    Raises:
        CliError: ``file_missing``.
        MarksError: ``file_unavailable`` for a folder that can't be listed.
    """
    found: list[Path] = []
    for name in names:
        path = Path(name)
        if path.is_dir():
            found += sorted(_within(path))
        elif path.exists():
            found.append(path)
        else:
            raise CliError(
                "file_missing",
                zh=f"没有这个文件或文件夹：{name}。请检查名称。",
                en=f"There is no file or folder {name}. Check the name.",
            )
    return found


def _within(folder: Path) -> Iterator[Path]:
    for root, folders, names in os.walk(folder, onerror=_closed):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in names:
            if not name.startswith(".") and not name.endswith(".aigc.json"):
                path = Path(root, name)
                if path.is_file() and not path.is_symlink():
                    yield path


def _closed(error: OSError) -> None:
    """A folder that can't be listed is told: passed over, its files would count as looked at."""
    from hegui.marks.source import unavailable

    raise unavailable(error.filename, error) from error


def each(
    work: Callable[[_Item], _Result], items: Sequence[_Item], jobs: int | None
) -> Iterator[_Result]:
    """What ``work`` returns for each file, in order, with progress on a terminal.

    Args:
        work: may run in another process, so a function of a module or a partial of one.
        items: the files.
        jobs: how many processes; by default one for each processor.
    """
    if len(items) < _FEW or (jobs is not None and jobs < 2):
        yield from _counted(map(work, items), len(items))
        return
    with ProcessPoolExecutor(jobs) as pool:
        yield from _counted(pool.map(work, items, chunksize=8), len(items))


def _counted(results: Iterator[_Result], total: int) -> Iterator[_Result]:
    if total < 2 or not sys.stderr.isatty():
        yield from results
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("文件 files", total=total)
        for result in results:
            progress.advance(task)
            yield result


def failed(error: HeguiError) -> dict[str, Any]:
    """What a file's row says when nothing was done to it."""
    said = {"code": error.code, "zh": error.zh, "en": error.en}
    return {"outcome": "failed", "error": said}


def failure(name: str, row: dict[str, Any]) -> str:
    """The same for people."""
    error = row["error"]
    return f"✕ {name}\n  {error['code']}: {error['zh']}\n  {error['en']}"


def report(name: str, rows: Sequence[dict[str, Any]]) -> None:
    """Writes all results to a file: CSV or JSON, as its name ends.

    Raises:
        CliError: ``report_unwritable``, also for another ending.
    """
    path = Path(name)
    if path.suffix == ".json":
        text = json.dumps(list(rows), ensure_ascii=False, indent=1) + "\n"
    elif path.suffix == ".csv":
        # Excel in China takes a table without this mark for GBK.
        text = "\ufeff" + _csv(rows)
    else:
        raise CliError(
            "report_unwritable",
            zh=f"报告 {name} 应以 .csv 或 .json 结尾。请改名。",
            en=f"The report {name} must end in .csv or .json. Name it so.",
        )
    try:
        # A file's name need be no Unicode: its bytes stand in the report as they are.
        path.write_text(text, encoding="utf-8", errors="surrogateescape")
    except OSError as error:
        raise CliError(
            "report_unwritable",
            zh=f"报告 {name} 写不了（{error.strerror}）。请检查路径和权限。",
            en=f"The report {name} can't be written ({error.strerror}). "
            "Check the path and the permissions.",
        ) from error


def _csv(rows: Sequence[dict[str, Any]]) -> str:
    flat = [_flat(row) for row in rows]
    heads = list(dict.fromkeys(head for row in flat for head in row))
    out = io.StringIO()
    writer = csv.DictWriter(out, heads, lineterminator="\n")
    writer.writeheader()
    writer.writerows(flat)
    return out.getvalue()


def _flat(row: dict[str, Any]) -> dict[str, str]:
    """One line of a table: the label's fields as columns, findings by their codes."""
    flat: dict[str, str] = {}
    for head, value in row.items():
        if isinstance(value, dict):
            flat |= {name: _safe(str(inner)) for name, inner in value.items()}
        elif isinstance(value, list):
            flat[head] = " ".join(
                str(item.get("code", item) if isinstance(item, dict) else item) for item in value
            )
        elif value is not None:
            flat[head] = _safe(str(value))
    return flat


def _safe(text: str) -> str:
    """Text from a file as a cell that no spreadsheet takes for a formula."""
    return "'" + text if text[:1] in _FORMULA else text
