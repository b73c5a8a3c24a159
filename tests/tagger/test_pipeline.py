"""The pipeline as a whole: one article, a stream, the seed text."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from scraper.article import Article, Site
from tagger import load, tag, tag_many
from tagger.errors import ModelError

if TYPE_CHECKING:
    from spacy.language import Language

    from tagger.document import TaggedArticle

SEED = Path(__file__).parents[2] / "samples" / "kota-jambi-u20.txt"
SEED_COUNTRIES = {"RU", "UA", "CN", "TW", "ID", "SG", "MY", "KR", "DK", "DE", "VN"}
TITLES = [f"Bupati Tebo buka pasar ke-{number} di Rimbo Bujang" for number in range(70)]


@pytest.fixture(scope="module")
def seed(rules: Language) -> TaggedArticle:
    return tag(SEED.read_text(encoding="utf-8"), rules)


def test_seed_has_one_city(seed: TaggedArticle) -> None:
    assert [(city.name, city.code, city.level) for city in seed.cities] == [("Kota Jambi", "15.71", "city")]


def test_seed_has_eleven_countries(seed: TaggedArticle) -> None:
    assert {country.alpha2 for country in seed.countries} == SEED_COUNTRIES
    assert len(seed.countries) == 11


def test_seed_has_one_official_and_two_quotes_of_his(seed: TaggedArticle) -> None:
    (official,) = seed.officials
    assert (official.name, official.jurisdiction, official.office_class) == ("Fasha", "15.71", "Wali Kota")
    assert {mention.text for mention in official.mentions} == {"Fasha"}
    assert len(official.mentions) == SEED.read_text(encoding="utf-8").count("Fasha")
    assert [(quote.speaker, quote.official) for quote in seed.quotes if quote.direct] == [("Fasha", 0)] * 2


def test_seed_has_each_body_once(seed: TaggedArticle) -> None:
    found = {body.acronym or body.name: body.name for body in seed.organizations}
    assert found["ICLEI"] == "International Council for Local Environmental Initiatives"
    assert found["DELGOSEA"] == "Democratic Local Governance in Southeast-Asia"
    assert found["OWHC"] == "Organization of World Heritage Cities"
    assert {"GCoM", "CityNet"} <= set(found)
    assert any("UCLG ASPAC" in (key, body) or "United Cities" in body for key, body in found.items())


def test_text_gets_a_stable_id(rules: Language) -> None:
    assert tag("Halo.", rules).id == tag("Halo.", rules).id != tag("Halo!", rules).id


def test_the_articles_own_fields_stay(rules: Language) -> None:
    article = Article(
        id="a1", text="Bupati Tebo tiba.", title="Tebo", site=Site(domain="kabar.example"), tags=("tebo",)
    )
    tagged = tag(article, rules)
    assert (tagged.id, tagged.title, tagged.site, tagged.tags) == ("a1", "Tebo", article.site, ("tebo",))


def test_a_stream_gives_the_same_as_one_by_one_and_in_order(rules: Language) -> None:
    articles = [Article(id=str(index), title=title, text=title + ".") for index, title in enumerate(TITLES)]
    assert list(tag_many(articles, rules, batch_size=16)) == [tag(article, rules) for article in articles]


def test_a_stream_is_read_lazily(rules: Language) -> None:
    read = []

    def articles():  # type: ignore[no-untyped-def]
        for title in TITLES:
            read.append(title)
            yield Article(id=title, text=title)

    next(iter(tag_many(articles(), rules, batch_size=8)))
    assert len(read) == 8


def test_a_stream_does_not_fill_the_vocabulary(rules: Language) -> None:
    list(tag_many([Article(id="0", text="Halo.")], rules))
    before = len(rules.vocab.strings)
    list(tag_many([Article(id="1", text="kata" + chr(97 + n % 26) * (n + 1)) for n in range(100)], rules))
    assert len(rules.vocab.strings) <= before + 10


def test_tool_tells_version_edition_and_model(rules: Language) -> None:
    tool = tag("Halo.", rules).tool
    assert tool.model is None
    assert tool.version
    assert tool.gazetteer


def test_an_unknown_model_is_named_in_the_error() -> None:
    with pytest.raises(ModelError, match="no-such-pipeline"):
        load("no-such-pipeline")
