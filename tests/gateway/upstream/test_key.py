"""The key file of an upstream."""

from pathlib import Path

import pytest

from hegui.gateway.errors import GatewayError
from hegui.gateway.upstream.http import read_key


@pytest.mark.parametrize("content", ["sk-abc", "sk-abc\n", "  sk-abc \r\n", "sk-abc\nsecond\n"])
def test_the_key_is_the_first_line(tmp_path: Path, content: str) -> None:
    (tmp_path / "key").write_text(content)
    assert read_key(str(tmp_path / "key")) == "sk-abc"


BAD = {
    "empty": b"",
    "only white space": b" \n",
    "key in the second line": b"\nsk-abc\n",
    "not ASCII": "密钥".encode(),
    "a control character": b"sk-\x07abc\n",
    "two words": b"sk abc\n",
    "binary": b"\x00\xff\xfe",
}


@pytest.mark.parametrize("name", BAD)
def test_a_file_without_a_key(tmp_path: Path, name: str) -> None:
    path = tmp_path / "key"
    path.write_bytes(BAD[name])
    with pytest.raises(GatewayError) as caught:
        read_key(str(path))
    assert caught.value.code == "upstream_key_missing"
    assert str(path) in caught.value.en
    assert str(path) in caught.value.zh
    assert "abc" not in str(caught.value)


@pytest.mark.parametrize("path", ["missing", "."])
def test_no_such_file(tmp_path: Path, path: str) -> None:
    with pytest.raises(GatewayError) as caught:
        read_key(str(tmp_path / path))
    assert caught.value.code == "upstream_key_missing"
