"""Columns that line up in a terminal, where a Chinese character takes two places."""

from hegui.cli.columns import aligned, width


def test_a_chinese_character_takes_two_places() -> None:
    assert [width(text) for text in ("", "abc", "条文", "● 满足 met", "e\u0301", "（宜）")] == [
        *(0, 3, 4, 10),
        *(1, 6),
    ]


def test_columns_line_up_and_lines_end_bare() -> None:
    assert aligned([("条", "a", "x"), ("b", "条文", "y"), ("c", "", "")]) == (
        "条  a     x\nb   条文  y\nc"
    )


def test_a_cell_of_several_lines_pushes_the_next_row_down() -> None:
    assert aligned([("a", "一\none"), ("b", "二")], indent="> ") == "> a  一\n>    one\n> b  二"


def test_no_rows_are_no_text() -> None:
    assert aligned([]) == ""
