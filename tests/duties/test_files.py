"""Files that something rests on: kept once, bounded, named without folders."""

import hashlib

import pytest

from hegui.duties import files
from hegui.duties.errors import DutiesError
from hegui.store import Store


def _put(store: Store, data: bytes, name: str, media_type: str = "application/pdf") -> str:
    with store.begin() as conn:
        return files.put(conn, data, name, media_type, at=7)


def test_a_file_is_kept_by_its_digest(store: Store) -> None:
    found = _put(store, b"a report", "报告.pdf")
    assert found == hashlib.sha256(b"a report").hexdigest()
    assert files.get(store, found) == files.File("报告.pdf", "application/pdf", b"a report")


def test_the_same_content_is_kept_once_under_its_first_name(store: Store) -> None:
    assert _put(store, b"same", "one.pdf") == _put(store, b"same", "two.pdf")
    kept = files.get(store, hashlib.sha256(b"same").hexdigest())
    assert kept is not None
    assert kept.name == "one.pdf"


def test_what_is_not_there_is_none(store: Store) -> None:
    assert files.get(store, "0" * 64) is None
    assert files.get(store, "'; drop table evidence_file") is None
    assert files.get(store, "0" * 63 + "\0") is None


#: Content, name, and what is said of them.
BAD = [
    (b"", "empty.pdf", "file_size"),
    (bytes(files.MOST_BYTES + 1), "large.bin", "file_size"),
    (b"x", "", "file_name"),
    (b"x", "folder/", "file_name"),
    (b"x", "\x00\x1b\n", "file_name"),
]


def test_a_bad_file_is_refused_and_nothing_kept(store: Store) -> None:
    for data, name, code in BAD:
        with pytest.raises(DutiesError) as caught:
            _put(store, data, name)
        assert (caught.value.code, caught.value.field) == (code, "file"), name
        assert files.get(store, hashlib.sha256(data).hexdigest()) is None


#: As a file is called where it comes from, and as it is kept.
NAMES = {
    "C:\\files\\报告.pdf": "报告.pdf",
    "../../etc/passwd": "passwd",
    "a\u202eb\x1b.pdf": "ab.pdf",
    "长" * 300 + ".pdf": "长" * 196 + ".pdf",
    "x" * 300: "x" * 200,
}


def test_a_name_is_bare_and_bounded(store: Store) -> None:
    for name, kept in NAMES.items():
        found = files.get(store, _put(store, name.encode(), name))
        assert found is not None
        assert found.name == kept


def test_a_media_type_of_another_form_is_not_believed(store: Store) -> None:
    for media_type in ("", "text/html; charset=x", "TEXT", "a/b\r\nx: y"):
        found = files.get(store, _put(store, media_type.encode() or b"none", "x", media_type))
        assert found is not None
        assert found.media_type == "application/octet-stream"


def test_a_file_is_saved_under_its_name() -> None:
    said = files.disposition('报"告\r\n.pdf')
    assert said == "attachment; filename*=UTF-8''%E6%8A%A5%22%E5%91%8A%0D%0A.pdf"
