"""``hegui law export``: files that open, whole or not at all, and errors that say what to do."""

import hashlib
import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import yaml
from tests.cli.conftest import Hegui
from tests.tools import need

from hegui.cli import law_export
from hegui.duties.export import FORMATS
from hegui.law import packs

PACK = "cn-app-method-2019"
#: How each file begins.
HEADS = {"pdf": b"%PDF-1.7", "docx": b"PK", "xlsx": b"PK", "ciso": b"urn: urn:hegui:"}


def test_the_command_knows_the_formats_there_are() -> None:
    assert tuple(FORMATS) == law_export._FORMATS


@pytest.mark.parametrize("form", list(FORMATS))
def test_each_format_is_written(hegui: Hegui, tmp_path: Path, form: str) -> None:
    if form == "pdf":
        need("chromium")  # comes with the Chinese font
    file = tmp_path / "new" / "it"
    arguments = ("--format", form, "--pack", PACK, "-o", str(file), "--json")
    ran = hegui("law", "export", *arguments)
    assert (ran.code, ran.err) == (0, "")
    data = file.read_bytes()
    assert data.startswith(HEADS.get(form, b"{"))
    (told,) = ran.document["files"]
    assert told["sha256"] == hashlib.sha256(data).hexdigest()
    assert told["bytes"] == len(data)
    assert [one.name for one in file.parent.iterdir()] == ["it"]


def test_a_library_for_each_pack(hegui: Hegui, tmp_path: Path) -> None:
    ran = hegui("law", "export", "--format", "ciso", "--lang", "en", "-o", str(tmp_path / "all"))
    assert ran.code == 0
    found = sorted(one.name for one in (tmp_path / "all").iterdir())
    assert found == sorted(f"ciso-{one.name}-en.yaml" for one in packs())
    library = yaml.safe_load((tmp_path / "all" / f"ciso-{PACK}-en.yaml").read_text())
    assert library["locale"] == "en"


def test_it_tells_of_this_house(hegui: Hegui, act: str, tmp_path: Path) -> None:
    file = tmp_path / "it.json"
    ran = hegui("law", "export", "--format", "json", "--lang", "en", "-o", str(file))
    assert "hegui law scope --ask" in ran.out  # the questions are not answered
    document: dict[str, Any] = json.loads(file.read_text())
    facts = {one["label"]: one["value"] for one in document["facts"]}
    assert facts["Provider code"]
    checked = facts["Entries of the ledger checked"].split(" of ")
    assert checked[0] == checked[1] != "0"
    assert "\n\n— " in facts["The ledger's checkpoint"]


def test_a_file_that_was_there_is_replaced_with_force_alone(hegui: Hegui, tmp_path: Path) -> None:
    file = tmp_path / "it.xlsx"
    file.write_bytes(b"old")
    asked = ("law", "export", "--format", "xlsx", "--pack", PACK, "-o", str(file))
    refused = hegui(*asked)
    assert (refused.code, refused.err.partition(":")[0]) == (2, "export_there")
    assert str(file) in refused.err
    assert file.read_bytes() == b"old"
    assert hegui(*asked, "--force").code == 0
    assert openpyxl.load_workbook(file).sheetnames[0] == "说明"


def test_what_cannot_be_written_leaves_all_as_it_was(hegui: Hegui, tmp_path: Path) -> None:
    file = tmp_path / "taken"
    file.mkdir()
    ran = hegui("law", "export", "--format", "json", "--pack", PACK, "-o", str(file))
    assert ran.code == 2
    assert "export_unwritable" in ran.err
    assert "-o" in ran.err
    assert [one.name for one in tmp_path.iterdir() if "taken" in one.name] == ["taken"]


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("--format", "json", "--pack", "no-such-pack"), "pack_unknown"),
        (("--format", "oscal-results", "--pack", "cn-genai-draft-2023"), "export_empty"),
    ],
)
def test_an_error_writes_nothing(
    hegui: Hegui, tmp_path: Path, arguments: tuple[str, ...], code: str
) -> None:
    file = tmp_path / "it"
    ran = hegui("law", "export", *arguments, "-o", str(file))
    assert ran.code == 2
    assert code in ran.err
    assert not file.exists()
