"""Cross-references: tables, streams, hybrids, chains, and what is wrong with them."""

import io

import pikepdf
import pytest
from tests.marks.samples import documents as made

from hegui.marks import MarksError
from hegui.marks.carriers.pdf_object import View, object_at
from hegui.marks.carriers.pdf_xref import Chain, header_offset, load
from hegui.marks.source import Source


def chain(data: bytes) -> Chain:
    return load(View(Source.of(data), len(data)))


def numbers(data: bytes, count: int) -> dict[int, int]:
    """The numbers that stand where the chain says, by the numbers asked for."""
    found = chain(data)
    places = {number: found.locate(number) for number in range(count)}
    return {
        number: object_at(found.view, place.offset).number
        for number, place in places.items()
        if place and not place.container
    }


@pytest.mark.parametrize("stream", [False, True])
@pytest.mark.parametrize("head", [b"", b"some bytes\n"])
def test_objects_are_found_by_table_and_by_stream(stream: bool, head: bytes) -> None:
    data = made.pdf(stream=stream, head=head)
    assert numbers(data, 9) == {each: each for each in range(1, 5 + stream)}
    assert chain(data).base == len(head)
    assert chain(data).next_number == 5 + stream


def test_offsets_may_count_from_the_file_or_from_its_header() -> None:
    inside = made.section(b"junk\n%PDF-1.4\n", {**made.PAGES, 4: made.INFO}, b"")
    assert numbers(inside, 5) == {each: each for each in range(1, 5)}
    assert chain(inside).base == 0
    assert header_offset(View(Source.of(inside), len(inside))) == 5


def test_an_update_counts_before_what_it_updates() -> None:
    first = made.pdf()
    start = int(first.split()[-2])
    second = made.section(first, {4: b"<< /Title (new) >>"}, b"/Prev %d" % start)
    found = chain(second)
    assert len(found.sections) == 2
    place = found.locate(4)
    assert place is not None
    assert place.offset > len(first) - 1
    assert numbers(second, 5) == {each: each for each in range(1, 5)}


def test_a_deleted_object_is_none() -> None:
    first = made.pdf()
    start = int(first.split()[-2])
    tail = b"xref\n4 1\n0000000000 00001 f \ntrailer << /Size 5 /Root 1 0 R /Prev %d >>\n" % start
    data = first + tail + b"startxref\n%d\n%%%%EOF" % len(first)
    assert chain(data).locate(4) is None
    assert chain(data).locate(3) is not None
    assert chain(data).locate(99) is None


def test_a_hybrid_file_hides_objects_in_a_stream() -> None:
    base = made.section(b"%PDF-1.5\n", {**made.PAGES, 4: made.INFO}, b"", stream=True)
    hidden = int(base.split()[-2])
    start = len(base)
    table = b"xref\n0 5\n0000000000 65535 f \n"
    for number in range(1, 5):
        at = base.index(b"\n%d 0 obj" % number) + 1
        table += b"%010d 00000 %b \n" % (at if number < 4 else 0, b"f" if number == 4 else b"n")
    table += b"trailer << /Size 6 /Root 1 0 R /Info 4 0 R /XRefStm %d >>\n" % hidden
    data = base + table + b"startxref\n%d\n%%%%EOF\n" % start
    assert numbers(data, 5) == {each: each for each in range(1, 5)}
    assert chain(data).next_number == 6


@pytest.mark.parametrize("pitch", [b"\n", b"\r\n\n"])
def test_entries_of_another_length_are_followed(pitch: bytes) -> None:
    data = made.section(b"%PDF-1.4\n", {**made.PAGES, 4: made.INFO}, b"")
    head, _, tail = data.partition(b"xref\n")
    rows = [b"0000000000 65535 f"]
    rows += [b"%010d 00000 n" % (data.index(b"\n%d 0 obj" % each) + 1) for each in range(1, 5)]
    table = b"0 5\n" + b"".join(row + pitch for row in rows)
    odd = head + b"xref\n" + table + tail[tail.index(b"trailer") :]
    assert numbers(odd, 5) == {each: each for each in range(1, 5)}
    slip = odd.replace(b"xref\n0 5", b"xref\n1 5", 1)  # counted from one, as some writers do
    assert numbers(slip, 5) == {each: each for each in range(1, 5)}


@pytest.mark.parametrize("linear", [False, True])
@pytest.mark.parametrize("packed", [False, True])
def test_files_of_another_writer_are_followed(linear: bool, packed: bool) -> None:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(made.pdf())) as pdf:
        mode = pikepdf.ObjectStreamMode.generate if packed else pikepdf.ObjectStreamMode.disable
        pdf.save(out, object_stream_mode=mode, linearize=linear)
    data = out.getvalue()
    found = chain(data)
    assert all(number == each for number, each in numbers(data, 20).items())
    within = [found.locate(number) for number in range(20)]
    assert any(place and place.container for place in within) is packed


def test_a_long_chain_is_not_followed_forever() -> None:
    data = made.pdf()
    start = data.index(b"xref\n")
    circle = data.replace(b"/Size 5", b"/Prev %d /Size 5" % start, 1)
    with pytest.raises(MarksError) as caught:
        chain(circle)
    assert caught.value.code == "file_malformed"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"startxref", b"startxxxx"),
        (b"startxref\n", b"startxref\n9999"),
        (b"trailer\n<<", b"trailer\n[<"),
        (b"xref\n0 1", b"xref\nx 1"),
        (b"0000000000 65535 f", b"00000000 0 65535 f"),
        (b"/Size 5", b"/Prev (x) /Size 5"),
        (b"/Size 5", b"/Prev -9 /Size 5"),
        (b"/Size 5", b"/XRefStm 1 /Size 5"),
    ],
)
def test_a_broken_table_is_refused(old: bytes, new: bytes) -> None:
    with pytest.raises(MarksError) as caught:
        chain(made.pdf().replace(old, new, 1))
    assert caught.value.code == "file_malformed"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"/Type /XRef", b"/Type /Xxxx"),
        (b"/W [1 3 1]", b"/W [0 0 0]"),
        (b"/W [1 3 1]", b"/W [1 99 1]"),
        (b"/W [1 3 1]", b"/W [1 3]"),
        (b"/Index [", b"/Index [1 "),
        (b"/Index [", b"/Index (x) /X ["),
    ],
)
def test_a_broken_stream_is_refused(old: bytes, new: bytes) -> None:
    with pytest.raises(MarksError) as caught:
        chain(made.pdf(stream=True).replace(old, new, 1))
    assert caught.value.code == "file_malformed"
