"""A pack and an official text: what one has and the other lacks."""

from typing import Any

import pytest
from tests.law.packs import made
from tests.law.text.samples import EN, ZH
from tests.law.text.seeds import seed

import hegui.law
from hegui.law import Pack
from hegui.law.text import Lack, Official, Part, fidelity, read


def at(*places: tuple[str, int | None, int | None], duties: bool = True, articles: int = 0) -> Pack:
    """A pack with a provision at each place: article, paragraph, item."""
    pack = made("acme", duties=duties)
    (pattern,) = pack.provisions
    (instrument,) = pack.instruments
    change: dict[str, Any] = {
        "instruments": (_changed(instrument, articles=articles),),
        "provisions": tuple(
            _changed(pattern, id=f"P-{n}", article=place[0], paragraph=place[1], item=place[2])
            for n, place in enumerate(places)
        ),
    }
    fields = {name: getattr(pack, name) for name in pack.__struct_fields__}
    return Pack(**fields | change)


def _changed(one: Any, **fields: Any) -> Any:
    return type(one)(**{name: getattr(one, name) for name in one.__struct_fields__} | fields)


@pytest.fixture(params=[ZH, EN], ids=["zh", "en"])
def official(request: pytest.FixtureRequest) -> Official:
    (one,) = read(request.param.encode(), "x")
    return one


ALL = [(str(n), None, None) for n in range(1, 7)]


def test_a_pack_that_tells_of_every_article_fits(official: Official) -> None:
    found = fidelity(at(*ALL, ("3", 1, 3), ("3", 2, None), articles=6), official)
    assert found.fits
    assert (found.language, found.articles, found.stated) == (official.language, 6, 6)
    assert (found.without_provision, found.without_duty, found.without_article) == ((), (), ())


def test_articles_of_which_nothing_is_told_are_listed(official: Official) -> None:
    found = fidelity(at(*ALL[:2], *ALL[4:]), official)
    assert found.without_provision == ("3", "4")
    assert not found.fits


def test_articles_without_a_duty_are_listed_and_fit(official: Official) -> None:
    found = fidelity(at(*ALL, duties=False), official)
    assert found.without_duty == ("1", "2", "3", "4", "5", "6")
    assert found.fits


@pytest.mark.parametrize(
    ("place", "lack"),
    [
        (("7", None, None), Lack("P-6", "7", Part.ARTICLE, "7", 6)),
        (("5.2", 1, 1), Lack("P-6", "5.2", Part.ARTICLE, "5.2", 6)),
        (("2", 3, None), Lack("P-6", "2", Part.PARAGRAPH, "3", 2)),
        (("3", 1, 4), Lack("P-6", "3", Part.ITEM, "4", 3)),
        (("3", 2, 1), Lack("P-6", "3", Part.ITEM, "1", 0)),
        (("3", 3, 1), Lack("P-6", "3", Part.PARAGRAPH, "3", 2)),
    ],
)
def test_provisions_whose_place_the_text_lacks_are_listed(
    place: tuple[str, int | None, int | None], lack: Lack, official: Official
) -> None:
    found = fidelity(at(*ALL, place), official)
    assert found.without_article == (lack,)
    assert not found.fits


def test_another_number_of_articles_than_the_pack_states_does_not_fit(official: Official) -> None:
    assert not fidelity(at(*ALL, articles=7), official).fits


def test_only_the_first_instrument_is_held_against_the_text(official: Official) -> None:
    pack = at(*ALL, ("99", None, None))
    other = _changed(pack.instruments[0], id="acme-older")
    provisions = (*pack.provisions[:-1], _changed(pack.provisions[-1], instrument="acme-older"))
    fields = {name: getattr(pack, name) for name in pack.__struct_fields__}
    two = Pack(**fields | {"instruments": (*pack.instruments, other), "provisions": provisions})
    assert fidelity(two, official).fits


@pytest.mark.parametrize(
    ("number", "pack", "lacking"),
    [
        (3, "cn-genai-measures-2023", set()),
        # That translation runs the paragraphs of these articles together.
        (0, "cn-genai-measures-2023", {"2", "5", "6", "11", "14", "16", "23"}),
        (4, "cn-genai-draft-2023", set()),
    ],
)
def test_the_shipped_packs_fit_the_shared_texts(number: int, pack: str, lacking: set[str]) -> None:
    for data in seed(number):
        for one in read(data, "x"):
            found = fidelity(hegui.law.pack(pack), one)
            assert found.stated == found.articles
            assert found.without_provision == ()
            assert {(lack.article, lack.part) for lack in found.without_article} == {
                (article, Part.PARAGRAPH) for article in lacking
            }
