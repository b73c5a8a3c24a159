"""From a start to its first addresses, and from each kind of page to the next ones."""

from __future__ import annotations

import json
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest

from kabar.demo.site import Portal, answer, read_stories, read_templates, site_folder
from scraper.discover import discover, seeds
from scraper.discover.forms import classify
from scraper.discover.trial import Trial
from scraper.errors import DiscoverError, RefusedURL
from scraper.page import Page
from scraper.sites.definition import SiteDefinition

HOME = "https://contoh.example/"
JUNE = datetime(2026, 6, 1, tzinfo=UTC).timestamp()
SITE = SiteDefinition(
    domains=("contoh.example",),
    name="Contoh",
    feeds=(f"{HOME}rss/daerah",),
    sitemaps=(f"{HOME}news-sitemap.xml",),
    zone="WITA",
)


@pytest.mark.parametrize(
    ("start", "url", "kind"),
    [
        ("contoh.example", HOME, "seed"),
        ("http://127.0.0.1:8800/", "http://127.0.0.1:8800/", "seed"),
        (f"{HOME}index.php", f"{HOME}index.php", "seed"),
        (f"{HOME}daerah", f"{HOME}daerah", "index"),
        (f"{HOME}feed/", f"{HOME}feed/", "feed"),
        (f"{HOME}wp-json/wp/v2/posts?per_page=100", f"{HOME}wp-json/wp/v2/posts?per_page=100", "feed"),
        (f"{HOME}sitemap_index.xml", f"{HOME}sitemap_index.xml", "sitemap"),
        (f"{HOME}post-sitemap2.xml.gz", f"{HOME}post-sitemap2.xml.gz", "sitemap"),
        (f"{HOME}read/1/banjir-rendam-desa", f"{HOME}read/1/banjir-rendam-desa", "article"),
    ],
)
def test_a_start_is_asked_for_what_it_is(start, url, kind):
    (link,) = seeds(start)
    assert (link.url, link.kind) == (url, kind)


def test_a_definition_tells_its_feeds_and_sitemaps_first():
    assert [(link.kind, link.url) for link in seeds("contoh.example", SITE)] == [
        ("feed", f"{HOME}rss/daerah"), ("sitemap", f"{HOME}news-sitemap.xml"), ("seed", HOME)
    ]  # fmt: skip
    assert [link.kind for link in seeds(f"{HOME}daerah", SITE)] == ["index"]


def test_an_edition_does_not_ask_its_networks_feeds():
    assert [(link.kind, link.url) for link in seeds("jambi.contoh.example", SITE)] == [
        ("seed", "https://jambi.contoh.example/")
    ]
    home = html(CARD.format(1), "https://jambi.contoh.example/")
    assert kinds(discover(home, "seed", site=SITE).links) == {"article": 1, "feed": 4, "sitemap": 4}


def test_a_page_that_lists_feeds_leads_to_them():
    page = html(
        '<a href="/rss/terkini.xml">Terkini</a> <a href="/rss/daerah.xml">Daerah</a> <a href="/rss">RSS</a>',
        f"{HOME}rss",
    )
    assert [(link.kind, link.url) for link in discover(page, "feed").links] == [
        ("feed", f"{HOME}rss/terkini.xml"), ("feed", f"{HOME}rss/daerah.xml")
    ]  # fmt: skip
    with pytest.raises(DiscoverError, match="lists none"):
        discover(page, "feed", depth=3)


def test_a_home_page_that_only_sends_on_is_followed():
    def home(target: str) -> Page:
        return html(f'<meta http-equiv="Refresh" content="0; URL={target}">')

    assert [link.url for link in discover(home("/beranda/"), "seed").links if link.kind == "seed"] == [
        f"{HOME}beranda/"
    ]
    for target in ("/", "https://jahat.example/", "javascript:0"):
        assert not [link for link in discover(home(target), "seed").links if link.kind == "seed"]
    assert not [link for link in discover(home("/beranda/"), "seed", depth=3).links if link.kind == "seed"]


def test_a_regions_robots_txt_does_not_lead_into_its_network():
    home = html(CARD.format(1), "https://jambi.contoh.example/")
    told = (
        f"{HOME}sitemap.xml",
        "https://jambi.contoh.example/peta.xml",
        "https://jambi.contoh.example/tag-sitemap.xml",
    )
    found = discover(home, "seed", sitemaps=told).links
    assert [link.url for link in found if link.kind == "sitemap"] == ["https://jambi.contoh.example/peta.xml"]


def test_sitemaps_that_robots_txt_names_take_the_place_of_guesses():
    told = ("/peta.xml", f"{HOME}peta.xml", "https://jahat.example/sitemap.xml", "ftp://x", f"{HOME}news.xml")
    found = discover(html(CARD.format(1)), "seed", sitemaps=told)
    assert [link.url for link in found.links if link.kind == "sitemap"] == [f"{HOME}peta.xml", f"{HOME}news.xml"]
    assert discover(html(CARD.format(1)), "index", sitemaps=told).links[1:] == ()
    foreign = discover(html(CARD.format(1)), "seed", sitemaps=("https://jahat.example/sitemap.xml",) * 99)
    assert kinds(foreign.links)["sitemap"] == 4


@pytest.mark.parametrize("start", ["", "ftp://contoh.example/", "javascript:alert(1)", "dua kata"])
def test_a_start_that_is_none_is_told(start):
    with pytest.raises(RefusedURL):
        seeds(start)


def kinds(links) -> dict[str, int]:
    return dict(Counter(link.kind for link in links))


def html(body: str, url: str = HOME) -> Page:
    return Page(body=f"<html><body>{body}</body></html>".encode(), url=url, final_url=url)


CARD = '<a href="/2026/06/0{0}/banjir-rendam-desa-{0}/">Banjir rendam desa {0}</a>'


def test_a_home_page_leads_to_everything():
    found = discover(html(CARD.format(1) + '<a href="/daerah">Daerah</a><a rel="next" href="/page/2/">2</a>'), "seed")
    assert kinds(found.links) == {"article": 1, "feed": 4, "sitemap": 4, "index": 1, "page": 1}
    assert next(link for link in found.links if link.kind == "article").published == JUNE
    assert kinds(discover(html(CARD.format(1)), "seed", site=SITE).links) == {"article": 1}


def test_an_index_page_leads_on_until_it_is_too_old_or_too_deep():
    page = html(CARD.format(1) + '<a href="/daerah">Daerah</a><a rel="next" href="/page/3/">3</a>', f"{HOME}page/2/")
    links = discover(page, "index", depth=1).links
    assert [(link.kind, link.depth) for link in links] == [("article", 1), ("page", 2)]
    assert kinds(discover(page, "index", depth=50).links) == {"article": 1}
    assert discover(page, "index", since=JUNE + 2 * 86_400).links == ()
    assert kinds(discover(page, "index", since=JUNE + 0.5 * 86_400).links) == {"article": 1, "page": 1}


def test_date_archives_are_followed_back_to_the_moment_asked_for_or_a_week(monkeypatch):
    monkeypatch.setattr("time.time", lambda: JUNE + 86_400)
    days = [
        *(f"/indeks?date=2026-0{month}-01" for month in range(1, 7)),
        "/2026/05/31/",
        "/2026/04",
        "/2026/05",
        "/2099/01/01/",
    ]
    page = html("".join(f'<a href="{day}">x</a>' for day in days) + CARD.format(1), f"{HOME}indeks")
    asked = {link.url.removeprefix(HOME) for link in discover(page, "index").links if link.kind == "page"}
    assert asked == {"indeks?date=2026-06-01", "2026/05/31/", "2026/05"}  # a week, as nobody said how far
    found = discover(page, "index", since=JUNE - 5 * 86_400).links
    assert [link.url.removeprefix(HOME) for link in found if link.kind == "page"] == [
        "indeks?date=2026-06-01", "2026/05/31/", "2026/05"
    ]  # fmt: skip


def test_the_day_that_has_begun_in_the_east_is_no_future(monkeypatch):
    evening = datetime(2026, 5, 31, 17, 30, tzinfo=UTC).timestamp()  # half past midnight in Jakarta
    monkeypatch.setattr("time.time", lambda: evening)
    page = html('<a href="/indeks/2026/06/01">x</a><a href="/indeks/2026/06/02">x</a>', f"{HOME}indeks")
    found = discover(page, "index", since=evening - 86_400).links
    assert [link.url for link in found] == [f"{HOME}indeks/2026/06/01"]


def test_the_content_has_the_last_word_on_what_a_page_is():
    rss = b'<rss version="2.0"><channel><item><link>/read/1/banjir-surut</link></item></channel></rss>'
    assert kinds(discover(Page(body=rss, url=HOME), "index").links) == {"article": 1}
    assert discover(html(CARD.format(1)), "article").links == ()
    for kind in ("feed", "sitemap"):
        with pytest.raises(DiscoverError, match=f"no {kind}"):
            discover(html(CARD.format(1)), kind)


def test_a_page_that_carries_rdf_is_no_feed():
    page = html(f"<!-- <rdf:RDF xmlns:rdf='x'></rdf:RDF> -->{CARD.format(1)}")
    assert kinds(discover(page, "index").links) == {"article": 1}


def test_a_feeds_entries_older_than_asked_are_left_out():
    item = "<item><link>/read/{0}/banjir-surut</link><pubDate>2026-06-0{0}T08:00:00+08:00</pubDate></item>"
    rss = f'<rss version="2.0"><channel>{item.format(1)}{item.format(2)}</channel></rss>'.encode()
    page = Page(body=rss, url=f"{HOME}feed/")
    assert [link.published for link in discover(page, "feed", since=JUNE + 60).links] == [JUNE + 86_400]


def test_a_sitemap_gives_what_may_be_an_article_and_no_more():
    paths = ("2026/06/01/banjir-surut/", "daerah", "tag/banjir", "k/a1b2c3d4")
    urls = (
        "".join(f"<url><loc>{HOME}{path}</loc></url>" for path in paths)
        + "<url><loc>https://iklan.example/read/1/x-y-z</loc></url>"
    )
    page = Page(body=f"<urlset>{urls}</urlset>".encode(), url=f"{HOME}sitemap.xml")
    assert [link.url for link in discover(page, "sitemap").links] == [HOME + paths[0], HOME + paths[3]]


def test_sitemaps_within_sitemaps_end():
    page = Page(
        body=f"<sitemapindex><sitemap><loc>{HOME}more.xml</loc></sitemap></sitemapindex>".encode(),
        url=f"{HOME}sitemap.xml",
    )
    (child,) = discover(page, "sitemap", depth=2).links
    assert (child.kind, child.depth) == ("sitemap", 3)
    deep = discover(page, "sitemap", depth=3)
    assert deep.links == ()
    assert "3 deep only" in deep.problems[0]


def test_sitemaps_of_months_that_are_over_are_visited_once_whatever_they_claim():
    months = [(year, month) for year in range(2016, 2024) for month in range(1, 13)]
    claims = "<lastmod>2099-01-01</lastmod>"
    maps = "".join(f"<sitemap><loc>{HOME}sitemap-{y}-{m:02}.xml</loc>{claims}</sitemap>" for y, m in months)
    maps += f"<sitemap><loc>{HOME}post-sitemap.xml</loc></sitemap>"
    maps += f"<sitemap><loc>{HOME}sitemap-{datetime.now(UTC):%Y-%m}.xml</loc></sitemap>"
    page = Page(body=f"<sitemapindex>{maps}</sitemapindex>".encode(), url=f"{HOME}sitemap.xml")
    links = discover(page, "sitemap").links
    assert kinds(links) == {"page": 96, "sitemap": 2}
    assert links[0].url == f"{HOME}sitemap-{datetime.now(UTC):%Y-%m}.xml"
    assert (
        max(link.updated or 0 for link in links if link.kind == "page") < datetime(2024, 2, 2, tzinfo=UTC).timestamp()
    )


def test_sitemaps_whose_kind_is_always_dead_are_passed_over():
    trial = Trial()
    for number in range(10):
        trial.record(f"{HOME}maps/{number}abc/part.xml", held=False, taken_for="list")
    dead = "".join(f"<sitemap><loc>{HOME}maps/{n}xyz/part.xml</loc></sitemap>" for n in range(200))
    page = Page(body=f"<sitemapindex>{dead}</sitemapindex>".encode(), url=f"{HOME}sitemap.xml")
    assert len(discover(page, "sitemap").links) == 200
    assert len(discover(page, "sitemap", trial=trial).links) < 30


def test_wordpress_rest_is_paged_while_it_is_new_enough():
    url = f"{HOME}wp-json/wp/v2/posts?per_page=100"
    posts = [{"link": f"{HOME}2026/06/01/banjir-{n}/", "date_gmt": "2026-06-01T00:00:00"} for n in range(100)]
    page = Page(body=json.dumps(posts).encode(), url=url)
    assert discover(page, "feed").links[-1].url == f"{url}&page=2"
    second = Page(body=page.body, url=f"{url}&page=2")
    assert discover(second, "feed", depth=1).links[-1].url == f"{url}&page=3"
    assert kinds(discover(Page(body=json.dumps(posts[:7]).encode(), url=url), "feed").links) == {"article": 7}
    assert discover(page, "feed", since=JUNE + 60).links == ()


@pytest.mark.parametrize("body", [b"", b"\x89PNG\r\n\x1a\n" + b"\0" * 99, b"%PDF-1.7"])
def test_what_is_no_page_is_told(body):
    with pytest.raises(DiscoverError):
        discover(Page(body=body, url=HOME), "index")


def test_every_story_of_the_sample_site_is_found_from_its_home_page():
    folder = site_folder()
    portal = Portal("http://127.0.0.1:8800", "Kabar Nusantara", read_stories(folder), read_templates(folder))
    todo, seen, articles = list(seeds("http://127.0.0.1:8800/")), set(), set()
    while todo:
        link = todo.pop()
        if link.url in seen:
            continue
        seen.add(link.url)
        reply = answer(portal, link.url.removeprefix(portal.base))
        if link.kind == "article":
            articles.add(link.url)
        elif reply.status == 200:
            todo += discover(Page(body=reply.body, url=link.url), link.kind, depth=link.depth).links
    assert articles == {portal.base + story.path for story in portal.stories}


SAVED = Path(__file__).parents[4] / "shared" / "pages" / "other"


@pytest.mark.skipif(not SAVED.is_dir(), reason="../shared/pages is not here")
@pytest.mark.parametrize("path", sorted(SAVED.glob("*.html")), ids=lambda path: path.stem)
def test_saved_index_pages_lead_to_articles_and_to_nothing_else(path):
    domain = path.name.partition("__")[0].replace("-co-id", ".co.id").replace("-", ".")
    found = discover(Page(body=path.read_bytes(), url=f"http://{domain}/"), "seed").links
    articles = [link for link in found if link.kind == "article"]
    assert len(articles) >= 10
    assert {classify(link.url) for link in articles} <= {"article", "unknown"}
    titled = [link for link in articles if link.title]
    assert sum(len(link.title.split()) >= 4 for link in titled) > 0.95 * len(titled)
