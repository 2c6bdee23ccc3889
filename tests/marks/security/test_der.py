import pytest
from hypothesis import given
from hypothesis import strategies as st

from hegui.marks.security import der


@given(st.lists(st.tuples(st.sampled_from([2, 3, 4, 6, 0xA0]), st.binary(max_size=300))))
def test_what_is_encoded_reads_back(parts: list[tuple[int, bytes]]) -> None:
    data = der.encode(der.SEQUENCE, *(der.encode(tag, body) for tag, body in parts))
    assert der.sequence(data) == parts


@given(st.binary(max_size=60))
def test_no_bytes_do_more_than_be_refused(data: bytes) -> None:
    try:
        found = der.elements(data)
    except ValueError:
        return
    assert b"".join(der.encode(tag, body) for tag, body in found) == data


BAD = {
    "empty": "",
    "other tag": "0201 05",
    "two": "3000 3000",
    "length beyond the end": "3005 0201",
    "length cut": "3082 01",
    "indefinite length": "3080 0000",
    "long form for a short length": "3081 03 020105",
    "leading zero in the length": "3082 0003 020105",
    "length of five bytes": "3085 0000000003 020105",
    "tag of many bytes": "3F81 00",
}


@pytest.mark.parametrize("name", BAD)
def test_bad_sequences(name: str) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        der.sequence(bytes.fromhex(BAD[name]))


@pytest.mark.parametrize("data", ["0200", "020180", "02020001", "0402 0001", "0202 0000"])
def test_bad_integers(data: str) -> None:
    (element,) = der.elements(bytes.fromhex(data))
    with pytest.raises(ValueError, match="INTEGER"):
        der.unsigned(element)


@pytest.mark.parametrize(("data", "value"), [("020100", 0), ("02020080", 128), ("02017F", 127)])
def test_integers(data: str, value: int) -> None:
    (element,) = der.elements(bytes.fromhex(data))
    assert der.unsigned(element) == value
