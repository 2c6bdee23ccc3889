"""The key of the settings signs labels so that their reader finds the signature sound."""

import subprocess
from pathlib import Path

import pytest
from tests.gateway.media.server import PNG

from hegui import marks
from hegui.gateway.media.signer import signer
from hegui.marks import Label, MarksError


@pytest.fixture
def key(tmp_path: Path) -> Path:
    path = tmp_path / "label.pem"
    command = ["openssl", "genpkey", "-algorithm", "SM2", "-out", str(path)]
    subprocess.run(command, check=True, capture_output=True)
    return path


def test_without_a_key_nothing_is_signed() -> None:
    assert signer("") is None


def test_a_signed_label_reads_as_intact(key: Path) -> None:
    sign = signer(str(key))
    assert sign is not None
    label = sign(Label.first("001191000000MA0000000N10000", "a1"))
    assert label.reserved_code1
    assert (label.produce_id, label.reserved_code2) == ("a1", "")
    made = marks.write(PNG, label)
    assert made is not None
    reading = marks.read(made)
    assert reading.verdict is marks.Verdict.CONFORMING
    assert "signature-intact" in {finding.code for finding in reading.findings}


def test_a_file_that_is_no_key_is_refused_at_the_start(tmp_path: Path) -> None:
    path = tmp_path / "no.pem"
    path.write_text("no key")
    with pytest.raises(MarksError) as caught:
        signer(str(path))
    assert caught.value.code == "key_unusable"
