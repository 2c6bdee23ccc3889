"""Encrypted files: those that open without a password are read, none is written."""

import io
import subprocess
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from tests.marks.samples import documents as made
from tests.marks.samples.damage import endure
from tests.marks.samples.documents import OTHER, marked, seen, values
from tests.tools import need

from hegui.marks import MarksError
from hegui.marks.carriers import pdf
from hegui.marks.carriers.pdf_crypt import cipher
from hegui.marks.carriers.pdf_syntax import Dict, Parser

TEXT = OTHER.to_json().decode()
WAYS: dict[str, dict[str, Any]] = {
    "rc4 40": {"R": 2, "aes": False, "metadata": False},
    "rc4 128": {"R": 3, "aes": False, "metadata": False},
    "rc4 filter": {"R": 4, "aes": False, "metadata": False},
    "aes 128": {"R": 4},
    "aes 128, open metadata": {"R": 4, "metadata": False},
    "aes 256": {"R": 6},
    "aes 256, open metadata": {"R": 6, "metadata": False},
}


def encrypted(way: str, user: str = "", **how: Any) -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(made.pdf())) as opened:
        opened.docinfo["/AIGC"] = TEXT
        with opened.open_metadata(False, False) as metadata:
            metadata["dc:source"] = "elsewhere"
        opened.save(out, encryption=pikepdf.Encryption("owner", user, **WAYS[way]), **how)
    return out.getvalue()


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("packed", [False, True])
def test_a_file_that_opens_without_a_password_is_read(way: str, packed: bool) -> None:
    mode = pikepdf.ObjectStreamMode.generate if packed else pikepdf.ObjectStreamMode.disable
    data = encrypted(way, object_stream_mode=mode)
    assert TEXT.encode() not in data
    found = seen(pdf, data)
    assert [place.value for place in found.places] == [TEXT]
    told = {each.key: each.text for each in found.metadata}
    assert told["pdf:Title"] == "A (title)"
    assert "elsewhere" in told["xmp"]


@pytest.mark.parametrize("way", WAYS)
def test_it_is_not_written(way: str) -> None:
    with pytest.raises(MarksError) as caught:
        marked(pdf, encrypted(way))
    assert caught.value.code == "file_protected"


@pytest.mark.parametrize("way", WAYS)
def test_one_with_a_password_is_protected(way: str) -> None:
    with pytest.raises(MarksError) as caught:
        values(pdf, encrypted(way, user="secret"))
    assert caught.value.code == "file_protected"


@pytest.mark.parametrize("more", ["--force-R5", "--cleartext-metadata"])
def test_qpdf_encrypts_and_we_read(more: str, tmp_path: Path) -> None:
    plain, closed = tmp_path / "a.pdf", tmp_path / "b.pdf"
    plain.write_bytes(marked(pdf, made.pdf(), OTHER))
    how = ["--encrypt", "", "owner", "256", "--print=none", more, "--"]
    subprocess.run([need("qpdf"), *how, str(plain), str(closed)], check=True)
    assert values(pdf, closed.read_bytes()) == [TEXT]


STANDARD = b"/Filter /Standard /V 2 /R 3 /Length 128 /P -4 /O (%b) /U (%b)" % (b"o" * 32, b"u" * 32)


@pytest.mark.parametrize(
    "entries",
    [
        b"",
        b"/Filter /Adobe.PubSec",
        STANDARD,
        STANDARD.replace(b"/R 3", b"/R (x)"),
        STANDARD.replace(b"/R 3", b"/R 2"),
        STANDARD.replace(b"/R 3", b"/R 6"),
        STANDARD.replace(b"/R 3", b"/R 9"),
        STANDARD.replace(b"/Length 128", b"/Length 8"),
        STANDARD.replace(b"/P -4", b"/P (x)"),
        STANDARD.replace(b"/O", b"/X"),
        STANDARD.replace(b"/R 3", b"/R 6 /UE (short)"),
    ],
)
def test_what_is_not_understood_stays_closed(entries: bytes) -> None:
    found = Parser(b"<< %b >>" % entries, whole=True).value()
    assert isinstance(found, Dict)
    assert cipher(found, [b"id"]) is None
    assert cipher(found, None) is None
    assert cipher(None, None) is None


@pytest.mark.parametrize("way", ["rc4 128", "aes 128", "aes 256"])
def test_damaged_files_raise_nothing_else(way: str) -> None:
    endure(pdf, "pdf", encrypted(way), count=150, writes=False)
