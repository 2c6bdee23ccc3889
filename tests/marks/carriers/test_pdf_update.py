"""The incremental update, byte for byte."""

import hashlib

import pytest
from tests.marks.samples import documents as made

from hegui.marks import MarksError
from hegui.marks.carriers.pdf_file import opened
from hegui.marks.carriers.pdf_object import View
from hegui.marks.carriers.pdf_update import Update, update
from hegui.marks.source import Source


def updated(data: bytes, text: str = "{}") -> Update:
    return update(opened(View(Source.of(data), len(data))), text)


def test_a_table_is_followed_by_a_table() -> None:
    data = made.pdf(trailer=b"/ID [<0011> (ab)] /Custom [1 0 R]")
    start = data.rindex(b"xref\n0 1")
    body = b"<<\n/Title (A \\(title\\))\n/Producer <FEFF0058>\n/Trapped /False\n/AIGC ({})\n>>"
    renewed = hashlib.md5(b"ab" + body, usedforsecurity=False).hexdigest().encode()
    made_of = b"4 0 obj\n%b\nendobj\n" % body
    here = len(data) + len(made_of)
    tail = (
        b"xref\n4 1\n%010d 00000 n \ntrailer\n<<\n/Root 1 0 R\n/Custom [1 0 R]\n/Info 4 0 R\n"
        b"/ID [<0011> <%b>]\n/Size 5\n/Prev %d\n>>\nstartxref\n%d\n%%%%EOF\n"
    ) % (len(data), renewed, start, here)
    assert updated(data) == Update(len(data), [], made_of + tail)


def test_a_stream_is_followed_by_a_stream() -> None:
    tail = updated(made.pdf(stream=True)).tail
    assert b"trailer" not in tail
    assert b"/Type /XRef\n/W [1 4 2]\n/Index [4 1 6 1]\n/Length 14" in tail
    assert b"/Size 7" in tail


def test_a_file_without_info_gets_one_under_a_free_number() -> None:
    tail = updated(made.section(b"%PDF-1.4\n", made.PAGES, b"/Info null")).tail
    assert tail.startswith(b"4 0 obj\n<<\n/AIGC ({})\n>>")
    assert b"/Info 4 0 R\n/Size 5" in tail


def test_an_update_of_another_is_not_taken_for_ours() -> None:
    data = made.pdf()
    first = updated(data)
    once = data + first.tail
    assert updated(once) == first
    other = once.replace(b"/AIGC ({})", b"/AIGC (\\})", 1)
    assert updated(other).stop == len(other)
    longer = made.section(once, {4: b"<< /AIGC ({}) >>"}, b"/Prev %d" % int(once.split()[-2]))
    assert updated(longer).stop == len(longer)
    assert len(updated(longer).edits) == 1


@pytest.mark.parametrize("size", [b"9999999999", b"2147483648"])
def test_numbers_past_any_real_file_are_refused(size: bytes) -> None:
    with pytest.raises(MarksError) as caught:
        updated(made.pdf().replace(b"/Size 5", b"/Size " + size))
    assert caught.value.code == "file_malformed"
