"""Reading never fails for what a file holds: what can't be read has its verdict."""

import json

import msgspec
import pytest
from tests.marks.samples.pixel import PNG
from tests.marks.security_keys import OURS, first_label

from hegui.marks import MarksError, Verdict, read, sign, write
from hegui.marks.carriers import png
from hegui.marks.reader import contents
from hegui.marks.security import der
from hegui.marks.source import Source


@pytest.mark.parametrize("error", [RecursionError, MemoryError])
def test_what_takes_too_much_is_too_complex(
    error: type[Exception], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise error

    monkeypatch.setattr(png, "read", fail)
    reading = read(PNG)
    assert (reading.format, reading.verdict) == ("png", Verdict.UNREADABLE)
    assert [one.code for one in reading.findings] == ["file-too-complex"]
    with Source.of(PNG) as source, pytest.raises(MarksError) as caught:
        contents(source)
    assert caught.value.code == "file_too_complex"


def test_a_key_nested_without_end_is_no_key() -> None:
    key = b""
    for _ in range(500):
        key = der.encode(der.SEQUENCE, key)
    signed = sign(first_label(), OURS)
    reserved = signed.reserved_code1.replace(OURS.spki.hex().upper(), key.hex())
    label = msgspec.structs.replace(signed, reserved_code1=reserved)
    made = write(PNG, label)
    assert made is not None
    reading = read(made)
    assert reading.label == label
    assert [one.code for one in reading.findings] == ["signature-unverified"]


def test_a_long_label_of_unknown_keys_is_read_up_to_a_bound() -> None:
    unknown = {f"ReservedCodf{number:04}{'x' * 16}": "" for number in range(1450)}
    label = {"AIGC": json.loads(first_label().to_json()) | unknown}
    front = b"---\n" + json.dumps(label).encode() + b"\n---\n"
    assert len(front) < 66_000
    reading = read(front)
    assert reading.label == first_label()
    assert reading.verdict is Verdict.NONCONFORMING
    assert len(reading.findings) < 100
