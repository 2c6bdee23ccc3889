"""Official texts hang beside a pack: in evidence, replaced and never overwritten."""

import hashlib
from typing import Any

import pytest
from sqlalchemy import select, update
from tests.law.text.samples import EN, SHAPE, ZH, shape
from tests.people.evidence import entries
from tests.world import FakeWorld

from hegui.duties import texts
from hegui.duties.errors import DutiesError
from hegui.law import LawError, day_of
from hegui.ledger.kinds import LawTextImported
from hegui.store import Store, tables

PACK = "cn-app-method-2019"
BOTH = (ZH + EN).encode()


def bring(
    store: Store, world: FakeWorld, data: bytes = BOTH, **more: Any
) -> tuple[texts.Imported, ...]:
    return texts.import_text(store, world, PACK, data, "folder/office.txt", **more)


def evidence(store: Store) -> list[tuple[str, str, int]]:
    return [
        (one.language, one.digest, one.articles)
        for one in entries(store, LawTextImported)
        if one.pack == PACK
    ]


def test_both_languages_of_a_file_hang_beside_the_pack(store: Store, world: FakeWorld) -> None:
    zh, en = bring(store, world)
    digest = hashlib.sha256(BOTH).hexdigest()
    assert [(one.new, one.was, one.fidelity.language) for one in (zh, en)] == [
        (True, None, "zh"),
        (True, None, "en"),
    ]
    assert texts.of(store, PACK) == (zh.text, en.text)
    assert texts.of(store, PACK, "en") == (en.text,)
    assert zh.text.digest == digest
    assert (zh.text.source, zh.text.at) == ("office.txt", world.now())
    assert shape(zh.text.official) == SHAPE
    assert evidence(store) == [("zh", digest, 6), ("en", digest, 6)]


def test_the_file_is_kept_as_it_came(store: Store, world: FakeWorld) -> None:
    bring(store, world)
    with store.read() as conn:
        assert set(conn.scalars(select(tables.law_text.c.file))) == {BOTH}


def test_an_article_is_found_by_its_number(store: Store, world: FakeWorld) -> None:
    bring(store, world, source="the gazette, page 3")
    third = texts.article(store, PACK, "zh", "3")
    assert third is not None
    assert (third.number, third.chapter) == ("3", "第二章 借用")
    assert [len(one.items) for one in third.paragraphs] == [3, 0]
    assert third.source == "the gazette, page 3"
    assert third.digest == hashlib.sha256(BOTH).hexdigest()
    assert texts.article(store, PACK, "zh", "7") is None
    assert texts.article(store, "own", "zh", "3") is None


def test_a_newer_text_takes_the_place_and_the_older_stays_in_the_table(
    store: Store, world: FakeWorld
) -> None:
    first = bring(store, world)
    world.tick(1000)
    changed = ZH.replace("每月", "每周").encode()
    with pytest.raises(DutiesError) as told:
        bring(store, world, changed)
    assert told.value.code == "text_there"
    for said in (first[0].text.source, first[0].text.digest, f"{day_of(first[0].text.at)}"):
        assert said in told.value.zh
    assert texts.of(store, PACK) == tuple(one.text for one in first)
    (zh,) = bring(store, world, changed, replace=True)
    assert (zh.new, zh.was) == (True, first[0].text.digest)
    assert texts.of(store, PACK) == (zh.text, first[1].text)
    with store.read() as conn:
        c = tables.law_text.c
        rows = conn.execute(select(c.language, c.replaced).order_by(c.at, c.language.desc()))
        assert [tuple(row) for row in rows] == [
            ("zh", world.now()),
            ("en", None),
            ("zh", None),
        ]
    assert [language for language, _, _ in evidence(store)] == ["zh", "en", "zh"]


def test_the_same_file_changes_nothing(store: Store, world: FakeWorld) -> None:
    first = bring(store, world)
    world.tick(1000)
    again = bring(store, world)
    assert [(one.new, one.was) for one in again] == [(False, one.text.digest) for one in first]
    assert [one.text for one in again] == [one.text for one in first]
    assert len(evidence(store)) == 2


def test_another_source_of_the_same_file_is_recorded(store: Store, world: FakeWorld) -> None:
    bring(store, world, ZH.encode())
    (one,) = bring(store, world, ZH.encode(), source="the ministry's page", replace=True)
    assert one.new
    assert one.was == one.text.digest
    assert [hung.source for hung in texts.of(store, PACK)] == ["the ministry's page"]


def test_one_language_alone_is_taken_when_asked_for(store: Store, world: FakeWorld) -> None:
    (en,) = bring(store, world, language="en")
    assert en.text.language == "en"
    assert [one.language for one in texts.of(store, PACK)] == ["en"]


def test_what_cannot_be_taken_changes_nothing(store: Store, world: FakeWorld) -> None:
    for data, more, code in (
        (ZH.encode(), {"language": "en"}, "text_language"),
        (ZH.encode(), {"source": "x" * 501}, "text_source"),
        (b"an article about it", {}, "text_without_articles"),
        (b"%PDF-1.7", {}, "text_kind"),
    ):
        with pytest.raises((LawError, DutiesError)) as told:
            bring(store, world, data, **more)
        assert told.value.code == code
    assert texts.of(store, PACK) == ()
    assert evidence(store) == []


def test_a_pack_that_is_not_there_takes_no_text(store: Store, world: FakeWorld) -> None:
    with pytest.raises(LawError) as told:
        texts.import_text(store, world, "nowhere", BOTH, "x.txt")
    assert told.value.code == "pack_unknown"


def test_what_cannot_be_shown_of_a_source_is_left_out(store: Store, world: FakeWorld) -> None:
    (zh, _) = bring(store, world, source=" page\x07 one\udc80\n")
    assert zh.text.source == "page one"


def test_a_pack_is_held_against_its_texts(store: Store, world: FakeWorld) -> None:
    with pytest.raises(DutiesError) as told:
        texts.fits(store, PACK)
    assert told.value.code == "text_missing"
    bring(store, world)
    found = texts.fits(store, PACK)
    assert [(hung.language, fit.articles) for hung, fit in found] == [("zh", 6), ("en", 6)]
    assert not any(fit.fits for _, fit in found)  # that pack tells of another law


def test_a_text_kept_in_another_form_is_read_anew_from_its_file(
    store: Store, world: FakeWorld
) -> None:
    zh, en = bring(store, world)
    with store.begin() as conn:
        conn.execute(update(tables.law_text).values(articles=b'{"another": "form"}'))
    assert texts.of(store, PACK) == (zh.text, en.text)
    assert texts.article(store, PACK, "en", "3") is not None
