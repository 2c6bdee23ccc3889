"""Columns that line up in a terminal, where a Chinese character takes two places."""

from hegui.cli.columns import aligned, card, width, wrapped


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


def test_a_line_is_wrapped_at_words_and_never_before_a_stop() -> None:
    text = "标准" * 19 + "字，GB 45438（网络安全技术）。" + " and words" * 9 + "\nlast"
    lines = wrapped(text, "· ").split("\n")
    assert all(width(line) <= 80 for line in lines)
    assert lines[0] == "· " + "标准" * 19  # though one more would fit: the comma goes with it
    assert lines[1].startswith("  字，GB 45438（网络安全技术）。")
    assert lines[-1] == "  last"
    assert "".join("".join(lines).split()) == "·" + "".join(text.split())


def test_what_is_longer_than_a_line_is_broken_within() -> None:
    assert wrapped("x" * 100).split("\n") == ["x" * 80, "x" * 20]


def test_the_last_column_takes_what_is_left() -> None:
    lines = aligned([("名称", "words " * 20), ("b", "c")], indent="  ").split("\n")
    assert all(width(line) <= 80 for line in lines)
    assert lines[1].startswith(" " * 8 + "words")
    assert lines[-1] == "  b     c"


def test_a_card_has_its_lines_further_in() -> None:
    assert card("head", ("a\nb", "", "c"), " ") == " head\n     a\n     b\n     c"
