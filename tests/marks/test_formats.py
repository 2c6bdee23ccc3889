"""Detection: which carrier is asked first decides nothing."""

import pytest

from hegui.marks import format_of


@pytest.mark.parametrize(
    "start",
    [
        "II",
        "MM",
        "BM",
        "GIF8",
        "FLV",
        "%PDF",
        "PK",
        "<",
        "Made by WEBP",
        "Made by WAVE",
        "12: AVI ",
    ],
)
def test_a_text_may_begin_as_other_files_do(start: str) -> None:
    assert format_of(f"{start} and more words.\n".encode()) == "text"


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "svg"),
        (b" \n<svg xmlns='http://www.w3.org/2000/svg'/>", "svg"),
        (b"<!DOCTYPE html><title>x</title>", "html"),
        (b"<x/>%PDF-1.7\n1 0 obj\nstartxref\n0\n%%EOF", "pdf"),
    ],
)
def test_what_begins_as_markup_is_told_apart(data: bytes, expected: str) -> None:
    assert format_of(data) == expected
