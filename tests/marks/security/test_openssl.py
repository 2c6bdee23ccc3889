"""Signatures and keys against openssl, both ways."""

import subprocess
from pathlib import Path

import msgspec
import pytest
from tests.marks.security_keys import first_label
from tests.tools import need

from hegui.marks.label import Label
from hegui.marks.security import (
    Key,
    PrivateKey,
    SecurityData,
    Signature,
    check,
    message,
    sign,
)
from hegui.marks.security.data import SM3_WITH_SM2

SM2_OPTIONS = ("-rawin", "-digest", "sm3", "-pkeyopt", "distid:1234567812345678")


def openssl(*arguments: str | Path) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [need("openssl"), *map(str, arguments)], capture_output=True, check=False, timeout=60
    )


def made(*arguments: str | Path) -> None:
    done = openssl(*arguments)
    assert done.returncode == 0, done.stderr


@pytest.fixture(params=["genpkey", "ecparam"])
def key_file(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    path = tmp_path / "key.pem"
    if request.param == "genpkey":
        made("genpkey", "-algorithm", "SM2", "-out", path)
    else:
        made("ecparam", "-name", "SM2", "-genkey", "-out", path)
    return path


def verified(folder: Path, key: bytes, signed: bytes, signature: bytes) -> bool:
    for name, data in (("pub.der", key), ("message", signed), ("signature", signature)):
        (folder / name).write_bytes(data)
    made("pkey", "-pubin", "-inform", "DER", "-in", folder / "pub.der", "-out", folder / "pub.pem")
    done = openssl(
        "pkeyutl", "-verify", "-pubin", "-inkey", folder / "pub.pem", "-in", folder / "message",
        "-sigfile", folder / "signature", *SM2_OPTIONS,
    )  # fmt: skip
    return done.returncode == 0


def test_openssl_verifies_what_is_signed_here(key_file: Path, tmp_path: Path) -> None:
    label = sign(first_label(), PrivateKey.load(key_file))
    data = SecurityData.parse(label.reserved_code1)
    assert data is not None
    key = bytes.fromhex(data.keys[0].value)
    signature = data.signatures[0].value
    assert verified(tmp_path, key, message(label, 1), signature)
    other = message(Label.first(label.content_producer, "142569260085903361"), 1)
    assert not verified(tmp_path, key, other, signature)


def test_what_openssl_signs_verifies_here(key_file: Path, tmp_path: Path) -> None:
    label = first_label()
    (tmp_path / "message").write_bytes(message(label, 1))
    made(
        "pkeyutl", "-sign", "-inkey", key_file, "-in", tmp_path / "message",
        "-out", tmp_path / "signature", *SM2_OPTIONS,
    )  # fmt: skip
    made("pkey", "-in", key_file, "-pubout", "-outform", "DER", "-out", tmp_path / "pub.der")
    data = SecurityData(
        "TC260PG",
        "1",
        (Signature(SM3_WITH_SM2, "Md", (tmp_path / "signature").read_bytes()),),
        (Key(SM3_WITH_SM2, (tmp_path / "pub.der").read_bytes().hex()),),
    )
    signed = msgspec.structs.replace(label, reserved_code1=data.to_json())
    assert [found.code for found in check(signed)] == ["signature-intact"]
    digit = msgspec.structs.replace(signed, produce_id="142569260085903361")
    assert [found.code for found in check(digit)] == ["signature-broken"]
