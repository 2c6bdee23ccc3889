import pytest

from hegui.marks import MarksError
from hegui.marks.carriers import riff
from hegui.marks.source import Source


def found(data: bytes, stop: int | None = None) -> list[tuple[bytes, int, bool, bool]]:
    source = Source.of(data)
    return [
        (chunk.id, chunk.size, chunk.whole, chunk.padded)
        for chunk in riff.chunks(source, 0, len(data) if stop is None else stop)
    ]


def test_chunks_follow_one_another_with_padding() -> None:
    data = riff.packed(b"odd ", b"123") + riff.packed(b"even", b"1234") + riff.packed(b"none", b"")
    assert found(data) == [
        (b"odd ", 3, True, True),
        (b"even", 4, True, True),
        (b"none", 0, True, True),
    ]


def test_padding_that_was_forgotten_is_not_skipped() -> None:
    data = riff.packed(b"odd ", b"123")[:-1] + riff.packed(b"even", b"1234")
    assert found(data) == [(b"odd ", 3, True, False), (b"even", 4, True, True)]


def test_padding_that_is_no_zero_is_padding_all_the_same() -> None:
    data = riff.packed(b"odd ", b"123")[:-1] + b"x" + riff.packed(b"even", b"1234")
    assert [name for name, *_ in found(data)] == [b"odd ", b"even"]


def test_an_odd_last_chunk_may_end_the_file() -> None:
    assert found(riff.packed(b"odd ", b"123")[:-1]) == [(b"odd ", 3, True, False)]


def test_the_last_chunk_may_be_cut_short() -> None:
    assert found(b"cut \x64\0\0\0only so much") == [(b"cut ", 12, False, True)]


def test_a_few_bytes_behind_are_no_chunk() -> None:
    assert [name for name, *_ in found(riff.packed(b"even", b"12") + b"1234567")] == [b"even"]


def test_sizes_may_stand_elsewhere() -> None:
    data = b"data\xff\xff\xff\xff" + b"1234" + riff.packed(b"more", b"12")
    chunks = list(riff.chunks(Source.of(data), 0, len(data), {b"data": 4}))
    assert [(chunk.id, chunk.size, chunk.whole) for chunk in chunks] == [
        (b"data", 4, True),
        (b"more", 2, True),
    ]


@pytest.mark.parametrize(
    ("size", "stop"), [(b"\x08\0\0\0", 16), (b"\xff\xff\xff\xff", 20), (b"\0\0\0\0", 20)]
)
def test_a_form_ends_where_it_says_or_with_the_file(size: bytes, stop: int) -> None:
    form = riff.form(Source.of(b"RIFF" + size + b"WAVE" + b"trailing"))
    assert (form.kind, form.body, form.stop) == (b"WAVE", 12, stop)


def test_many_chunks_are_too_many() -> None:
    with pytest.raises(MarksError) as caught:
        found(b"none\0\0\0\0" * 300_000)
    assert caught.value.code == "file_too_complex"


def test_a_size_of_more_than_four_bytes_is_refused() -> None:
    with pytest.raises(MarksError) as caught:
        riff.size_field(1 << 32)
    assert caught.value.code == "file_malformed"
