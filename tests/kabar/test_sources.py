"""Where an article stands: only addresses of the web are links, and what is sent on tells the same everywhere."""

from __future__ import annotations

import pytest

from kabar.alerts.message import story
from kabar.sources import outlet, web_link
from scraper.article import Site
from tagger.document import TaggedArticle, Tool

NOWHERE = Site()


def article(canonical: str | None, url: str | None, site: Site = NOWHERE) -> TaggedArticle:
    tool = Tool(version="0", gazetteer="x")
    return TaggedArticle(id="a", text="Teks.", canonical_url=canonical, url=url, site=site, tool=tool)


@pytest.mark.parametrize(
    ("canonical", "url", "link"),
    [
        ("https://warta.example/1", "https://warta.example/1?amp", "https://warta.example/1"),
        ("javascript:alert(1)", "https://warta.example/1?amp", "https://warta.example/1?amp"),
        ("/1", None, None),
        ("ftp://warta.example/1", "data:text/html,x", None),
        (None, "https://warta.example/hari-\u00e9?a=[1]", "https://warta.example/hari-%C3%A9?a=%5B1%5D"),
    ],
)
def test_the_first_address_of_the_web_is_the_link(canonical: str | None, url: str | None, link: str | None) -> None:
    assert web_link(article(canonical, url)) == story(article(canonical, url)).link == link


def test_an_outlet_is_named_as_well_as_it_is_known() -> None:
    sites = (Site(domain="warta.example", name="Warta"), Site(domain="warta.example"), NOWHERE)
    assert [outlet(article(None, None, site)) for site in sites] == ["Warta", "warta.example", "-"]
