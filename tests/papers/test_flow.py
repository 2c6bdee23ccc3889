"""What stays on the page of the table it leads to."""

from hegui.papers.flow import leads
from hegui.papers.model import Column, Heading, Note, Table, Text

TABLE = Table("t", (Column("a", "A", 10),), (("x",),))


def test_words_before_a_table_stay_with_it_and_no_others() -> None:
    body = (
        Text("apart"),
        Heading("first", 2),
        Text("what it shows"),
        Text("small print", quiet=True),
        TABLE,
        Text("after it"),
        Note("set apart"),
        TABLE,
    )
    assert leads(body) == [False, False, True, True, False, False, False, False]
    assert leads(()) == []
