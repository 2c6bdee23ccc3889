from pathlib import Path

import pytest
from tests.marks.security_keys import OTHER, OURS, PRODUCER

from hegui.marks.errors import MarksError
from hegui.marks.security import Pins, PublicKey


def test_a_file_of_pins(tmp_path: Path) -> None:
    path = tmp_path / "pins.toml"
    path.write_text(
        f'[keys]\n{PRODUCER} = "{OURS.spki.hex()}"\n'
        f'"示例公司" = ["{OURS.spki.hex()}", "{OTHER.spki.hex()}"]\n'
    )
    pins = Pins.load(path)
    ours, other = PublicKey("sm2", (OURS.point,)), PublicKey("sm2", (OTHER.point,))
    assert pins.keys(PRODUCER) == (ours,)
    assert pins.keys("示例公司") == (ours, other)
    assert pins.keys("nobody") == ()


BAD = {
    "no TOML": b"[keys",
    "no UTF-8": b'[keys]\na = "\xff"',
    "no table": b'keys = "a"',
    "nothing": b"",
    "more than keys": b"[keys]\n[more]",
    "a number": b"[keys]\na = 5",
    "an empty list": b"[keys]\na = []",
    "a list of numbers": b"[keys]\na = [5]",
    "no key": b'[keys]\na = "04"',
    "too long": b"#" * (1 << 20) + b"\n",
}


@pytest.mark.parametrize("name", BAD)
def test_bad_pins(name: str) -> None:
    with pytest.raises(MarksError, match="pins_malformed"):
        Pins.load(BAD[name])


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(MarksError, match="file_unavailable"):
        Pins.load(tmp_path / "none.toml")
