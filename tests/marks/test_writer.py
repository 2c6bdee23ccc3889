"""One label in any place: paths, bytes, open files, and the very file that is read."""

import io
from pathlib import Path

import pytest
from tests.marks.samples.pixel import PNG
from tests.marks.security_keys import first_label

from hegui.marks import Label, MarksError, files, read, write, writer

#: Wide fields, so that the label after it makes the file shorter.
LONG = Label.first("a" * 400, "b" * 400)


def page(size: int) -> bytes:
    head = b"<!DOCTYPE html><html><head><title>T</title></head><body>"
    return head + b"x" * size + b"</body></html>\n"


@pytest.fixture(params=[10, 3 << 20], ids=["small", "large"])
def path(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    path = tmp_path / "a.html"
    path.write_bytes(page(request.param))
    return path


def test_an_open_file_is_written_over_itself(path: Path) -> None:
    plain = path.read_bytes()
    with path.open("r+b") as file:
        assert write(file, LONG, to=file) is None
        assert write(file, first_label(), to=file) is None
    assert path.read_bytes() == write(plain, first_label())
    assert list(path.parent.iterdir()) == [path]


@pytest.mark.parametrize("by_path", [True, False])
def test_another_handle_of_the_same_file_is_known_as_such(path: Path, by_path: bool) -> None:
    write(path, LONG)
    with path.open("rb") as file, path.open("r+b") as same:
        assert write(path if by_path else file, first_label(), to=same) is None
    assert read(path).label == first_label()
    assert path.read_bytes().endswith(b"</html>\n")


def test_an_error_leaves_the_open_file_whole(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = path.read_bytes()

    def refuse(*_: object, **__: object) -> None:
        raise MarksError("label_not_read_back", zh="", en="")

    monkeypatch.setattr(writer, "_check", refuse)
    with path.open("r+b") as file, pytest.raises(MarksError):
        write(file, first_label(), to=file)
    assert path.read_bytes() == before


def test_a_file_without_a_place_is_left_whole(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("Some text.")
    with path.open("r+b") as file, pytest.raises(MarksError, match="format_no_carrier"):
        write(file, first_label(), to=file)
    assert path.read_text() == "Some text."


def test_a_file_in_memory_is_written_over_itself() -> None:
    file = io.BytesIO(PNG)
    assert write(file, LONG, to=file) is None
    assert write(file, first_label(), to=file) is None
    assert file.getvalue() == write(PNG, first_label())


def test_another_open_file_gets_the_result(path: Path) -> None:
    before = path.read_bytes()
    out = io.BytesIO()
    assert write(path, first_label(), to=out) is None
    assert read(out).label == first_label()
    assert path.read_bytes() == before


def test_without_a_place_the_bytes_come_back(path: Path) -> None:
    made = write(path.read_bytes(), first_label())
    assert made is not None
    assert read(made).label == first_label()


def test_a_durable_file_is_asked_for_once(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[bool] = []
    kept = files.replace

    def replace(*arguments: object, durable: bool, **options: object) -> None:
        asked.append(durable)
        kept(*arguments, durable=durable, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(files, "replace", replace)
    write(path, first_label(), durable=True)
    assert asked == [True]
