"""The report: what it tells of whom, and what it never says."""

import io
import re
from collections.abc import Iterable
from typing import Any

import docx as library
import msgspec
import pikepdf
import pytest
from tests.duties.export.sample import NOTE
from tests.tools import need

from hegui.checks import CHECKS
from hegui.duties.export import FORMATS, Material, narrowed
from hegui.duties.export.report import report
from hegui.law import LeftOut, Status
from hegui.papers import Block, Heading, Paper, State, Table, Text, Verbatim, shown
from hegui.papers import Status as Stands

LANGUAGES = ["zh", "en"]


@pytest.fixture(scope="module", params=LANGUAGES)
def paper(request: pytest.FixtureRequest, material: Material) -> Paper:
    return report(material, request.param)


def _under(paper: Paper, heading: str) -> list[Block]:
    """What stands under a heading, to the next of its level or above."""
    found: list[Block] = []
    level = 0
    for block in paper.body:
        if isinstance(block, Heading) and level and block.level <= level:
            break
        if level:
            found.append(block)
        elif isinstance(block, Heading) and block.text == heading:
            level = block.level
    return found


def _tables(blocks: Iterable[Block]) -> list[Table]:
    return [one for one in blocks if isinstance(one, Table)]


def _said(paper: Paper) -> str:
    return msgspec.json.encode(paper).decode()


def test_the_cover_says_whose_and_when_and_how_to_verify(paper: Paper, material: Material) -> None:
    subject = material.subject
    assert subject.service in paper.subtitle
    values = [shown(one.value) for one in paper.facts]
    for value in (subject.provider, subject.code, "2026-11-22 10:00", "0" * 32):
        assert value in values
    assert paper.body[3] == Verbatim(NOTE.rstrip("\n"))
    assert "hegui ledger verify --proof" in _said(paper)


def test_every_pack_stands_with_its_fingerprint(paper: Paper, material: Material) -> None:
    (table,) = _tables(_under(paper, {"zh": "规则包", "en": "Packs"}[paper.lang]))
    prints = {one.name: one.fingerprint for one in material.standing.packs}
    assert {row[1]: row[4] for row in table.rows} == prints


def test_packs_that_are_left_out_have_their_reason(material: Material) -> None:
    gone = LeftOut("acme", "1", "pack_leads_nowhere")
    some = msgspec.structs.replace(
        material, standing=msgspec.structs.replace(material.standing, left_out=(gone,))
    )
    (table,) = _tables(_under(report(some, "en"), "Packs left out"))
    out = [one.name for one in material.standing.packs if one.applies.answer is False]
    assert [row[1] for row in table.rows] == [*out, "acme"]
    assert out
    assert all(row[3] for row in table.rows)
    alone = report(narrowed(some, "own"), "zh")
    (said,) = _under(alone, "不适用或不能用的规则包")
    assert isinstance(said, Text)


def test_a_deadline_of_the_house_is_told_in_words(material: Material) -> None:
    rules = ("setting:renew", "setting:expires", "setting:words.fresh")
    dues = tuple(msgspec.structs.replace(material.due[0], rule=rule) for rule in rules)
    for lang in LANGUAGES:
        said = _said(report(msgspec.structs.replace(material, due=dues), lang))
        assert "setting:" not in said
        assert CHECKS["words.fresh"].title.of(lang) in said


def test_counts_are_the_standings(paper: Paper, material: Material) -> None:
    table = _tables(_under(paper, {"zh": "总体", "en": "At a glance"}[paper.lang]))[0]
    counts = {row[0].code: row[1] for row in table.rows if isinstance(row[0], State)}
    assert counts == {one.value: n for one, n in material.standing.counts().items()}
    assert len({row[0].shape for row in table.rows if isinstance(row[0], State)}) == len(Status)


def test_each_duty_that_may_apply_is_told_once_with_its_status(
    paper: Paper, material: Material
) -> None:
    told = [one for one in paper.body if isinstance(one, Stands)]
    owed = [one for one in material.standing.duties if one.applies.answer is not False]
    assert sorted((one.text.split(" · ")[0], one.state.code) for one in told) == sorted(
        (one.duty.id, one.status.value) for one in owed
    )
    assert told[0].text.startswith("GM-")  # the Measures go first


def test_a_duty_has_figure_threshold_clause_and_grade(paper: Paper) -> None:
    heading = {
        "zh": "第四条第（一）项  不得生成的内容",
        "en": "Art. 4(1)  What must not be generated",
    }[paper.lang]
    blocks = _under(paper, heading)
    (table,) = _tables(blocks)
    rows = [[shown(cell) for cell in row] for row in table.rows]
    figure = {"zh": "1,203 次做到", "en": "1,203 of 1,204"}[paper.lang]
    assert all(figure in row[1] for row in rows[:-1])
    asked = " ".join(row[3] for row in rows)
    assert re.search(r"10000 ?（宜，X 二手资料）|10000 \(should, X secondary source\)", asked)
    entries = blocks[-2]  # right before the table
    assert isinstance(entries, Text)
    assert re.search(r"#\d+ generation\.delivered 2026-11-22 10:00", entries.text)


def test_an_attestation_says_who_when_and_which_file(paper: Paper) -> None:
    said = _said(paper)
    expected = {
        "zh": "李维 证明：2026-11-01 属实，有效至 2027-10-31；文件 SHA-256 " + "ab" * 32,
        "en": "李维 attests: true on 2026-11-01, holds until 2027-10-31; file SHA-256 " + "ab" * 32,
    }
    assert expected[paper.lang] in said
    old = {"zh": "条文已更新，须重新签署", "en": "the provision has changed: sign again"}
    assert old[paper.lang] in said


def test_what_does_not_apply_has_its_reason(paper: Paper, material: Material) -> None:
    heading = {"zh": "不适用的，和为什么", "en": "What doesn't apply, and why"}[paper.lang]
    (table,) = _tables(_under(paper, heading))
    assert all(row[3] for row in table.rows)
    companion = {"zh": "拟人化互动办法", "en": "Companion Measures"}[paper.lang]
    rows = [row for row in table.rows if row[0] == companion]
    # Art. 25 binds whoever runs a store, and is out for a reason of its own.
    assert [row[1] for row in rows] == {
        "zh": ["第二十五条", "其余全部"],
        "en": ["Art. 25", "all the rest"],
    }[paper.lang]
    out = sum(one.applies.answer is False for one in material.standing.duties)
    assert len(table.rows) < out  # an instrument that is wholly out takes one row


def test_what_is_coming_is_listed(paper: Paper, material: Material) -> None:
    (table,) = _tables(_under(paper, {"zh": "将要生效的", "en": "What is coming"}[paper.lang]))
    days = [row[0] for row in table.rows]
    assert days == [one.day for one in material.book.coming(material.day)]


def test_it_never_says_that_all_is_well(paper: Paper) -> None:
    assert not re.search(r"\bcompliant\b|完全合规|符合规定", _said(paper), re.IGNORECASE)
    assert ("合规" in paper.title) is False


def test_evidence_lists_each_live_check_once(paper: Paper) -> None:
    blocks = _under(paper, {"zh": "证据", "en": "Evidence"}[paper.lang])
    checks = [one.text.split("  ")[1] for one in blocks if isinstance(one, Heading)]
    assert len(checks) == len(set(checks)) > 15
    pending = {"zh": "待定序", "en": "pending"}[paper.lang]
    assert _tables(blocks)[0].rows[4][0] == pending


def test_without_answers_it_says_so_first(material: Material) -> None:
    bare = msgspec.structs.replace(
        material, standing=msgspec.structs.replace(material.standing, profile=None, checkpoint=None)
    )
    said = _said(report(bare, "en"))
    assert "The questions on scope are not answered" in said
    assert "has no checkpoint yet" in said


def test_one_pack_alone(measures: Material) -> None:
    paper = report(measures, "en")
    heads = [one.text for one in paper.body if isinstance(one, Heading) and one.level == 1]
    assert len([one for one in heads if "Measures" in one]) == 1
    assert "Only the pack" in [one.label for one in paper.facts]


def test_a_pack_without_duties_makes_a_report(material: Material) -> None:
    paper = report(narrowed(material, "cn-genai-draft-2023"), "zh")
    assert "没有不适用的义务" in _said(paper)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_it_opens_as_a_word_file(measures: Material, lang: str) -> None:
    document: Any = library.Document(io.BytesIO(FORMATS["docx"].make(measures, lang)))
    heads = [one for one in document.paragraphs if one.style.name == "Heading 2"]
    assert len(heads) > 30
    assert document.tables[-1].rows[0]._tr.trPr is not None


def test_it_opens_as_a_pdf(measures: Material) -> None:
    need("chromium")  # comes with the Chinese font
    with pikepdf.open(io.BytesIO(FORMATS["pdf"].make(measures, "en"))) as file:
        assert len(file.pages) > 8
        assert file.open_metadata()["pdfuaid:part"] == "1"
