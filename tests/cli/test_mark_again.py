"""``hegui mark`` over files that are marked already, ``propagate``'s files, and odd names."""

import csv
import json
import os
import subprocess
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from tests.cli.conftest import Hegui, Ran
from tests.marks.credentials import Authority, content_signer
from tests.marks.samples.pixel import PNG
from tests.tools import need

from hegui import marks
from hegui.marks import Label
from hegui.marks.security import PrivateKey

IN_PLACE = ("--in-place", "--producer", "Example", "--json")
UPLOAD = ("propagate", "a.txt", "--platform", "Platform", "--declared")


@pytest.fixture
def picture(home: object, tmp_path: Path) -> Path:
    path = tmp_path / "a.png"
    Image.new("RGB", (320, 240), "grey").save(path)
    return path


@pytest.fixture
def text(home: object, tmp_path: Path) -> Path:
    path = tmp_path / "a.txt"
    path.write_text("Some text.\n")
    return path


def key_file(path: Path) -> Path:
    subprocess.run([need("openssl"), "genpkey", "-algorithm", "SM2", "-out", path], check=True)
    return path


def number(ran: Ran) -> Any:
    assert ran.code == 0
    return ran.document["label"]["ProduceID"]


def outcome(ran: Ran) -> Any:
    assert ran.code == 0
    return ran.document["outcome"]


def test_a_visible_mark_is_added_to_what_has_none(hegui: Hegui, picture: Path) -> None:
    first = number(hegui("mark", "a.png", *IN_PLACE))
    with_mark = hegui("mark", "a.png", *IN_PLACE, "--explicit")
    assert (outcome(with_mark), number(with_mark)) == ("marked", first)
    assert marks.explicit.check(picture) == ()
    again = hegui("mark", "a.png", *IN_PLACE, "--explicit")
    assert (outcome(again), number(again)) == ("already", first)


def test_a_source_type_is_added_to_what_has_none(hegui: Hegui, picture: Path) -> None:
    first = number(hegui("mark", "a.png", *IN_PLACE))
    typed = hegui("mark", "a.png", *IN_PLACE, "--iptc")
    assert (outcome(typed), number(typed)) == ("marked", first)
    assert "iptc-source-type" in {trace.code for trace in marks.read(picture).traces}
    assert outcome(hegui("mark", "a.png", *IN_PLACE, "--iptc")) == "already"


def test_a_signature_is_added_unless_it_is_this_keys(
    hegui: Hegui, picture: Path, tmp_path: Path
) -> None:
    one, other = key_file(tmp_path / "1.pem"), key_file(tmp_path / "2.pem")
    first = number(hegui("mark", "a.png", *IN_PLACE))
    for key, expected in ((one, "marked"), (one, "already"), (other, "marked")):
        ran = hegui("mark", "a.png", *IN_PLACE, "--key", str(key))
        assert (outcome(ran), number(ran)) == (expected, first)
    label = marks.read(picture).label
    assert label is not None
    assert PrivateKey.load(other).spki.hex().upper() in label.reserved_code1
    signed = hegui("mark", "a.png", *IN_PLACE, "--explicit")
    assert outcome(signed) == "marked"
    assert marks.read(picture).label == label


def test_credentials_are_added_once(
    hegui: Hegui, picture: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    authority = Authority()
    signer = content_signer(authority)
    (tmp_path / "signer.pem").write_bytes(signer.certificate + authority.pem + signer.key)
    first = number(hegui("mark", "a.png", *IN_PLACE))
    synced: list[int] = []
    monkeypatch.setattr(os, "fsync", synced.append)
    ran = hegui("mark", "a.png", *IN_PLACE, "--c2pa", "signer.pem", "--durable")
    assert (outcome(ran), number(ran)) == ("marked", first)
    assert synced
    assert "c2pa" in {trace.code for trace in marks.read(picture).traces}
    assert outcome(hegui("mark", "a.png", *IN_PLACE, "--c2pa", "signer.pem")) == "already"


def test_a_number_stays_unless_told_otherwise(hegui: Hegui, picture: Path) -> None:
    first = number(hegui("mark", "a.png", *IN_PLACE))
    to = ("mark", "a.png", "-o", "b.png", "--producer", "Example", "--json")
    assert number(hegui(*to)) == first
    assert number(hegui(*to, "--again")) != first
    assert number(hegui(*to, "--id", "n-2")) == "n-2"


def test_a_changed_source_is_written_again(hegui: Hegui, picture: Path) -> None:
    to = ("mark", "a.png", "-o", "b.png", "--producer", "Example", "--json")
    assert outcome(hegui(*to)) == "marked"
    assert outcome(hegui(*to)) == "already"
    picture.write_bytes(PNG)
    os.utime(picture, (1_000_000_000, 1_000_000_000))  # older than the one it replaces
    assert outcome(hegui(*to)) == "marked"
    with Image.open("b.png") as made, Image.open(picture) as now:
        assert made.size == now.size


def test_a_sidecar_counts_for_sidecars_only(hegui: Hegui, picture: Path) -> None:
    beside = ("mark", "a.png", "--sidecar", "--producer", "Example", "--json")
    first = number(hegui(*beside))
    assert outcome(hegui(*beside)) == "already"
    within = hegui("mark", "a.png", *IN_PLACE)
    assert (outcome(within), number(within)) == ("marked", first)
    refused = hegui(*beside)
    assert (refused.code, refused.document["error"]["code"]) == (2, "sidecar_needless")


@pytest.mark.parametrize("option", [("--explicit",), ("--iptc",), ("--c2pa", "x.pem")])
def test_a_sidecar_goes_with_no_change_of_the_file(
    hegui: Hegui, picture: Path, option: tuple[str, ...]
) -> None:
    ran = hegui("mark", "a.png", "--sidecar", "--producer", "Example", *option)
    assert (ran.code, ran.err.split(":")[0]) == (2, "sidecar_alone")
    assert not Path("a.png.aigc.json").exists()


def test_steps_touch_nobodys_file(hegui: Hegui, home: object, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("# Title\n\nSome text.\n")
    (tmp_path / ".a.md.step").write_text("mine")
    ran = hegui("mark", "a.md", "-o", "b.md", "--producer", "Example", "--explicit", "--json")
    assert outcome(ran) == "marked"
    assert (tmp_path / ".a.md.step").read_text() == "mine"
    assert marks.read(tmp_path / "b.md").format == "markdown"
    assert marks.read(tmp_path / "b.md").verdict == "conforming"
    names = {path.name for path in tmp_path.iterdir()}
    assert names == {"a.md", ".a.md.step", "b.md", "var"}


@pytest.mark.parametrize("where", ["--in-place", "--sidecar"])
def test_a_name_that_is_no_unicode(hegui: Hegui, home: object, tmp_path: Path, where: str) -> None:
    (tmp_path / "in").mkdir()
    name = os.fsdecode(b"\xff\xfe.png")
    (tmp_path / "in" / name).write_bytes(PNG)
    for report in ("r.csv", "r.json"):
        ran = hegui("mark", "in", where, "--producer", "Example", "--json", "--report", report)
        assert ran.code == 0
        assert b"\xff\xfe.png" in (tmp_path / report).read_bytes()
    assert marks.read(tmp_path / "in" / name).verdict == "conforming"
    rows = list(csv.DictReader((tmp_path / "r.csv").read_text(errors="replace").splitlines()))
    assert [row["outcome"] for row in rows] == ["marked"]


def test_words_are_told_where_no_label_can_be_written(hegui: Hegui, text: Path) -> None:
    ran = hegui(*UPLOAD, "-o", "b.txt", "--json")
    assert ran.code == 1
    assert (ran.document["outcome"], ran.document["unwritten"]) == ("may_be", "format_no_carrier")
    assert (ran.document["label"], bool(ran.document["zh"])) == (None, True)
    assert Path("b.txt").read_bytes() == text.read_bytes()
    told = hegui(*UPLOAD, "--in-place").out
    assert "Art. 6(2)" in told
    assert "--sidecar" in told
    assert hegui(*UPLOAD, "--sidecar").code == 0
    label = json.loads(Path("a.txt.aigc.json").read_bytes())["AIGC"]
    assert (label["Label"], label["ContentPropagator"]) == ("2", "Platform")


def test_a_file_with_nothing_to_say_is_passed_on(hegui: Hegui, picture: Path) -> None:
    ran = hegui("propagate", "a.png", "--platform", "Platform", "-o", "b.png", "--json")
    assert outcome(ran) == "none"
    assert Path("b.png").read_bytes() == picture.read_bytes()


def test_broken_credentials_are_told(hegui: Hegui, picture: Path, tmp_path: Path) -> None:
    authority = Authority()
    signer = content_signer(authority)
    (tmp_path / "signer.pem").write_bytes(signer.certificate + authority.pem + signer.key)
    marks.write(picture, Label.first("Example", "1"))
    assert hegui("mark", "a.png", *IN_PLACE, "--c2pa", "signer.pem").code == 0
    ran = hegui("propagate", "a.png", "--platform", "Platform", "--in-place")
    assert ran.code == 0
    assert "C2PA" in ran.out
