"""The page of error codes is what the source says."""

import ast
from pathlib import Path

from scripts.list_errors import PAGE, Listed, errors, page

CALL = 'raise StoreError("store_busy", status=503, zh="忙", en=f"Busy | {n} {a.b} waiting")'
TABLE = """
_KINDS = {"pack_head": ("头{at}", "head {at}"), "other": _Kind(502, True, "别的", "other"), "n": 1}
def refuse(code):
    return ScreenError(code, zh=_KINDS[code][0], en=_KINDS[code][1])
"""


def test_the_page_is_current() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "run scripts/list_errors.py"


def test_a_call_is_read() -> None:
    assert list(errors(ast.parse(CALL), "store")) == [
        Listed("store", "store_busy", "忙", "Busy \\| … … waiting")
    ]


def test_a_table_is_read_only_where_errors_come_from_it() -> None:
    found = list(errors(ast.parse(TABLE), "screen"))
    assert [(e.code, e.zh, e.en) for e in found] == [
        ("pack_head", "头…", "head …"),
        ("other", "别的", "other"),
    ]
    assert list(errors(ast.parse(TABLE.split("def", 1)[0]), "screen")) == []


def test_a_passed_on_error_is_not_a_new_one() -> None:
    assert list(errors(ast.parse("raise GatewayError(e.code, zh=e.zh, en=e.en)"), "x")) == []


def test_a_code_stands_once_in_its_room(tmp_path: Path) -> None:
    room = tmp_path / "store"
    room.mkdir()
    (room / "a.py").write_text(CALL, encoding="utf-8")
    (room / "b.py").write_text(CALL, encoding="utf-8")
    assert page(tmp_path).count("store_busy") == 1
