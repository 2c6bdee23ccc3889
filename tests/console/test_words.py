"""The console's words are complete in both languages, and no page says anything else."""

import json
import re
from importlib.resources import files
from pathlib import Path

import pytest
from tests import webwords

from hegui.console.actions import Action, Role
from hegui.console.rooms import ROOMS
from hegui.console.words import AREAS, CATALOGUES

TEMPLATES = webwords.templates("hegui.console")


def test_both_languages_have_the_same_keys_and_blanks() -> None:
    webwords.assert_paired(CATALOGUES)


def test_no_sentence_is_empty_shouts_or_claims_compliance() -> None:
    webwords.assert_calm(CATALOGUES)


def test_every_area_keeps_to_its_own_keys() -> None:
    seen: set[str] = set()
    for area in AREAS:
        assert not seen & area.ZH.keys(), area.__name__
        seen |= area.ZH.keys()


def test_every_room_role_and_action_has_a_name() -> None:
    words = CATALOGUES.words["zh"]
    names = [f"{room.key}.room" for room in ROOMS]
    names += [f"role.{role}" for role in Role] + [f"action.{action}" for action in Action]
    assert not [name for name in names if name not in words]


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda item: item.name)
def test_a_template_holds_no_bare_text(template: Path) -> None:
    assert webwords.bare_text(template) == []


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda item: item.name)
def test_a_template_names_only_keys_that_exist_and_stays_short(template: Path) -> None:
    webwords.assert_known_and_short(template, CATALOGUES)


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda item: item.name)
def test_a_template_has_no_script_or_style_of_its_own(template: Path) -> None:
    source = template.read_text(encoding="utf-8")
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=|<script(?![^>]*\ssrc=)", source)
    assert "| safe" not in source


def test_htmx_may_neither_evaluate_nor_style_nor_ask_other_sites() -> None:
    base = (Path(str(files("hegui.console"))) / "templates" / "base.html").read_text()
    found = re.search(r"name=\"htmx-config\" content='([^']*)'", base)
    assert found is not None
    config = json.loads(found[1])
    assert (config["allowEval"], config["includeIndicatorStyles"]) == (False, False)
    assert config["selfRequestsOnly"] is True
