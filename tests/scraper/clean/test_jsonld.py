"""JSON-LD in the forms that publishers really write."""

from __future__ import annotations

import pytest

from scraper.clean.jsonld import MAX_BLOCK_CHARS, linked_articles, read_json
from tests.timing import at_most

HEADLINE = "Pasar Terapung Buka"

BLOCKS = {
    "plain": '{"@type": "NewsArticle", "headline": "Pasar Terapung Buka"}',
    "array": '[{"@type": "Organization"}, {"@type": "NewsArticle", "headline": "Pasar Terapung Buka"}]',
    "graph": '{"@graph": [{"@type": "WebSite"}, {"@type": ["X", "NewsArticle"], "headline": "Pasar Terapung Buka"}]}',
    "nested": '{"@type": "WebPage", "mainEntity": {"@type": "NewsArticle", "headline": "Pasar Terapung Buka"}}',
    "two values": '{"@type": "WebSite"} {"@type": "BlogPosting", "headline": "Pasar Terapung Buka"};',
    "trailing comma": '{"@type": "NewsArticle", "headline": "Pasar Terapung Buka", "keywords": ["pasar",],}',
    "comments": '/* a */ {"@type": "NewsArticle", // b\n "url": "http://a.id/a", "headline": "Pasar Terapung Buka"}',
    "cdata": '//<![CDATA[\n{"@type": "NewsArticle", "headline": "Pasar Terapung Buka"}\n//]]>',
    "html comment": '<!-- {"@type": "NewsArticle", "headline": "Pasar Terapung Buka"} -->',
    "raw newline": '{"@type": "NewsArticle", "description": "baris\nkedua\tdan", "headline": "Pasar Terapung Buka"}',
    "entities": "{&quot;@type&quot;: &quot;NewsArticle&quot;, &quot;headline&quot;: &quot;Pasar Terapung Buka&quot;}",
    "escaped entity": '{"@type": "NewsArticle", "headline": "Pasar&nbsp;Terapung Buka"}',
    "full type": '{"@type": "http://schema.org/NewsArticle", "headline": "Pasar Terapung Buka"}',
    "bare quotes": '{"@type": "NewsArticle", "description": "Si "Raja" sungai", "headline": "Pasar Terapung Buka"}',
    "cut off": '{"@type": "NewsArticle", "headline": "Pasar Terapung Buka", "datePublished": "2020-',
}


@pytest.mark.parametrize("form", BLOCKS)
def test_finds_the_article_in_every_form(form: str) -> None:
    article = linked_articles([BLOCKS[form]])[0]
    assert article.is_article
    assert " ".join((article.headline or "").split()) == HEADLINE


def test_keeps_quotes_that_are_not_escaped() -> None:
    block = '{"@type":"NewsArticle","headline":"Si "Raja" Sungai Kembali","datePublished":"2020-01-02"}'
    article = linked_articles([block])[0]
    assert (article.headline, article.published) == ('Si "Raja" Sungai Kembali', "2020-01-02")


def test_persons_come_with_roles_and_references_are_followed() -> None:
    block = """{"@graph": [
        {"@type": "NewsArticle", "headline": "A", "author": {"@id": "#p"},
         "editor": [{"@type": "Person", "name": "Budi"}],
         "contributor": "Cici"},
        {"@type": "Person", "@id": "#p", "name": "Ani"}, {"@type": "Organization", "@id": "#o", "name": "Kabar"}]}"""
    assert linked_articles([block])[0].people == (("Ani", "author"), ("Budi", "editor"), ("Cici", "contributor"))


def test_organizations_are_no_persons() -> None:
    assert (
        linked_articles(['{"@type": "Article", "author": {"@type": "Organization", "name": "Kabar"}}'])[0].people == ()
    )


def test_articles_of_a_list_are_not_the_pages() -> None:
    block = '{"@type": "ItemList", "itemListElement": [{"@type": "NewsArticle", "headline": "Lain"}]}'
    assert linked_articles([block]) == ()


def test_web_pages_come_after_articles() -> None:
    blocks = ['{"@type": "WebPage", "datePublished": "2020-01-01"}', '{"@type": "NewsArticle", "headline": "A"}']
    assert [article.type for article in linked_articles(blocks)] == ["NewsArticle", "WebPage"]


@pytest.mark.parametrize(
    "block",
    [
        "",
        "headline",
        '{"headline": ' + "[" * 200_000,
        '{"headline": "' + "\\" * 100_000,
        '{"headline": "x' + '"headline":"' * 20_000,
        '{"headline": /*' + "/*" * 50_000,
        '{"@type": "NewsArticle", "headline": 5, "author": [[["x"]]], "image": {"url": null}, "keywords": {}}',
        '{"@type": {"a": 1}, "headline": null}',
        "x" * (MAX_BLOCK_CHARS + 1) + "headline",
    ],
    ids=["empty", "word", "deep", "backslashes", "quotes", "comments", "wrong types", "type is no text", "too long"],
)
def test_hostile_blocks_end_soon_and_quietly(block: str) -> None:
    with at_most(4):
        articles = linked_articles([block])
    assert all(article.headline is None or isinstance(article.headline, str) for article in articles)


def test_reads_plain_values_too() -> None:
    assert read_json("[1, 2]") == [[1, 2]]
