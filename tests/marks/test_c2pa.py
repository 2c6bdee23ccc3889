import datetime as dt
import http.server
import io
import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import c2pa as library
import pytest
from PIL import Image
from tests.marks.credentials import Authority, content_signer, time_stamper
from tests.marks.samples.pixel import PNG
from tests.marks.security_keys import first_label
from tests.tools import need

from hegui import marks
from hegui.marks import MarksError, c2pa
from hegui.marks.c2pa import Credentials

WHEN = dt.datetime(2026, 1, 2, 3, 4, 5, tzinfo=dt.timezone(dt.timedelta(hours=8)))


@pytest.fixture(scope="module")
def authority() -> Authority:
    return Authority()


@pytest.fixture(scope="module")
def credentials(authority: Authority) -> Credentials:
    signer = content_signer(authority)
    return Credentials(signer.certificate + authority.pem, signer.key)


def labelled(data: bytes = PNG) -> bytes:
    made = marks.write(data, first_label())
    assert made is not None
    return made


def picture(form: str) -> bytes:
    data = io.BytesIO()
    Image.linear_gradient("L").convert("RGB").save(data, form)
    return data.getvalue()


def sign(file: Any, credentials: Credentials, to: Any = None) -> bytes | None:
    return c2pa.sign(file, credentials, software="Painter", version="2.1", when=WHEN, to=to)


def manifest(data: bytes, media_type: str = "image/png") -> tuple[str, dict[str, Any]]:
    """State and active manifest, by the library's own reader."""
    reader = library.Reader(media_type, io.BytesIO(data))
    document = json.loads(reader.json())
    active: dict[str, Any] = document["manifests"][document["active_manifest"]]
    return str(document["validation_state"]), active


@pytest.mark.parametrize(
    ("form", "media_type"), [("PNG", "image/png"), ("JPEG", "image/jpeg"), ("WEBP", "image/webp")]
)
def test_a_labelled_picture_is_signed(form: str, media_type: str, credentials: Credentials) -> None:
    before = labelled(picture(form))
    after = sign(before, credentials)
    assert after is not None
    state, active = manifest(after, media_type)
    assert state == "Valid"
    actions = active["assertions"][0]["data"]["actions"]
    assert [action["action"] for action in actions] == ["c2pa.created"]
    assert actions[0]["digitalSourceType"] == marks.SOURCE_TRAINED
    assert actions[0]["when"] == "2026-01-01T19:04:05+00:00"
    assert actions[0]["softwareAgent"] == {"name": "Painter", "version": "2.1"}
    reading = marks.read(after)
    assert reading.label == first_label()
    assert "c2pa" in [trace.code for trace in reading.traces]
    with Image.open(io.BytesIO(before)) as old, Image.open(io.BytesIO(after)) as new:
        assert old.tobytes() == new.tobytes()


def test_one_changed_pixel_breaks_the_manifest(credentials: Credentials) -> None:
    after = sign(labelled(picture("JPEG")), credentials)
    assert after is not None
    at = len(after) - 40
    state, _ = manifest(after[:at] + bytes([after[at] ^ 1]) + after[at + 1 :], "image/jpeg")
    assert state == "Invalid"


def test_a_path_is_signed_in_place_with_its_mode(credentials: Credentials, tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    path.write_bytes(labelled())
    path.chmod(0o640)
    assert sign(path, credentials) is None
    assert path.stat().st_mode & 0o777 == 0o640
    assert manifest(path.read_bytes())[0] == "Valid"
    assert [one.name for one in tmp_path.iterdir()] == ["a.png"]


def test_other_targets(credentials: Credentials, tmp_path: Path) -> None:
    source = labelled()
    assert sign(source, credentials, tmp_path / "b.png") is None
    assert manifest((tmp_path / "b.png").read_bytes())[0] == "Valid"
    out = io.BytesIO()
    assert sign(io.BytesIO(source), credentials, out) is None
    assert manifest(out.getvalue())[0] == "Valid"


def test_the_label_comes_first(credentials: Credentials) -> None:
    with pytest.raises(MarksError, match="c2pa_unlabelled"):
        sign(PNG, credentials)


def test_a_sidecar_is_not_the_files_label(credentials: Credentials, tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    path.write_bytes(PNG)
    marks.write(path, first_label(), sidecar=True)
    with pytest.raises(MarksError, match="c2pa_unlabelled"):
        sign(path, credentials)
    assert path.read_bytes() == PNG


def test_an_open_file_is_written_over_whole(credentials: Credentials, tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    path.write_bytes(labelled())
    with path.open("r+b") as file:
        assert sign(file, credentials, file) is None
    assert manifest(path.read_bytes())[0] == "Valid"


@pytest.mark.parametrize("durable", [True, False])
def test_a_durable_result_is_on_the_disk(
    credentials: Credentials, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, durable: bool
) -> None:
    synced: list[int] = []
    monkeypatch.setattr(os, "fsync", synced.append)
    c2pa.sign(
        labelled(), credentials, software="Painter", version="2.1", when=WHEN,
        to=tmp_path / "b.png", durable=durable,
    )  # fmt: skip
    assert bool(synced) is durable


def test_creation_is_not_claimed_twice(credentials: Credentials) -> None:
    once = sign(labelled(), credentials)
    assert once is not None
    with pytest.raises(MarksError, match="c2pa_present"):
        sign(once, credentials)


def test_formats_without_a_place(credentials: Credentials) -> None:
    page = b"<!DOCTYPE html><html><head></head><body></body></html>"
    with pytest.raises(MarksError, match="c2pa_format"):
        sign(labelled(page), credentials)


def test_bad_credentials_leave_the_file(credentials: Credentials, tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    path.write_bytes(labelled())
    for bad in (
        Credentials(b"no certificate", credentials.key),
        Credentials(credentials.certificates, b"no key"),
        Credentials(credentials.certificates, credentials.key, "nothing"),
        Credentials(credentials.certificates, content_signer(Authority()).key),
    ):
        with pytest.raises(MarksError, match="c2pa_failed"):
            sign(path, bad)
    assert path.read_bytes() == labelled()


def test_the_printed_form_hides_the_key(credentials: Credentials) -> None:
    assert "PRIVATE" not in repr(credentials)


def test_without_the_library_the_extra_is_named(
    monkeypatch: pytest.MonkeyPatch, credentials: Credentials
) -> None:
    monkeypatch.setitem(sys.modules, "c2pa", None)
    with pytest.raises(MarksError, match="extra_missing") as caught:
        sign(labelled(), credentials)
    assert "hegui[c2pa]" in caught.value.en


@pytest.fixture
def clock(authority: Authority, tmp_path: Path) -> Iterator[str]:
    """A time-stamp server on this machine that answers with ``openssl ts``."""
    openssl, config = need("openssl"), time_stamper(authority, tmp_path)

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            (tmp_path / "query").write_bytes(self.rfile.read(int(self.headers["Content-Length"])))
            subprocess.run(
                [openssl, "ts", "-reply", "-config", config, "-queryfile", tmp_path / "query",
                 "-out", tmp_path / "reply"],
                check=True, capture_output=True, timeout=30,
            )  # fmt: skip
            reply = (tmp_path / "reply").read_bytes()
            self.send_response(200)
            self.send_header("Content-Type", "application/timestamp-reply")
            self.send_header("Content-Length", str(len(reply)))
            self.end_headers()
            self.wfile.write(reply)

        def log_message(self, *_: object) -> None:
            """Says nothing."""

    server = http.server.HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_time_stamp_is_fetched_when_a_server_is_given(
    credentials: Credentials, clock: str
) -> None:
    stamped = Credentials(credentials.certificates, credentials.key, timestamps=clock)
    after = sign(labelled(), stamped)
    assert after is not None
    state, active = manifest(after)
    assert state == "Valid"
    assert active["signature_info"]["time"]
    plain = sign(labelled(), credentials)
    assert plain is not None
    assert "time" not in manifest(plain)[1]["signature_info"]


def test_a_time_stamp_server_that_is_away_is_told(credentials: Credentials) -> None:
    away = Credentials(
        credentials.certificates, credentials.key, timestamps="http://127.0.0.1:9/none"
    )
    with pytest.raises(MarksError, match="c2pa_failed"):
        sign(labelled(), away)


def test_certificate_and_key_come_from_one_file(credentials: Credentials, tmp_path: Path) -> None:
    path = tmp_path / "signer.pem"
    path.write_bytes(credentials.key + credentials.certificates)
    loaded = Credentials.load(path)
    assert Credentials.load(path.read_bytes()) == loaded
    assert Credentials.load(io.BytesIO(path.read_bytes())) == loaded
    assert loaded.algorithm == "es256"
    made = sign(labelled(), loaded)
    assert made is not None
    assert manifest(made)[0] == "Valid"


@pytest.mark.parametrize("lost", ["key", "certificates"])
def test_a_file_without_one_of_the_two(credentials: Credentials, tmp_path: Path, lost: str) -> None:
    path = tmp_path / "signer.pem"
    path.write_bytes(credentials.certificates if lost == "key" else credentials.key)
    with pytest.raises(MarksError) as wrong:
        Credentials.load(path)
    assert wrong.value.code == "c2pa_credentials"
    assert "signer.pem" in wrong.value.en
    with pytest.raises(MarksError) as wrong:
        Credentials.load(path.read_bytes())
    assert "-----BEGIN" not in wrong.value.en + wrong.value.zh
