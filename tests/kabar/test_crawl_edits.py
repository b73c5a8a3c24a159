"""The sample site read whole, then an edit of it found: word for word what it serves, and nothing fetched in vain."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

import pytest

from kabar.demo.server import SampleSite, serve
from kabar.demo.site import COPIED_EVERY, EDIT, paragraphs, site_folder
from kabar.store import Query, open_store
from scraper.crawl.frontier import Frontier
from scraper.crawl.reader import read_pages
from scraper.crawl.sketch import simhash
from tagger.document import TaggedArticle


@pytest.fixture
def site():
    with serve(site_folder()) as running:
        yield running


def crawl(kabar: Any, site: SampleSite, data: Path) -> list[tuple[str, int]]:
    """One round; gives the paths that were asked for on the first host, with the answers' status."""
    site.requests.clear()
    starts = [portal.base + "/" for portal in site.portals]
    ran = kabar("crawl", *starts, "--data", data, "--allow-private", "--delay", "0", "--rules-only", "--once")
    assert ran.code == 0, ran.err
    return [(path, status) for base, path, status in site.requests if base == site.portals[0].base]


def hours_pass(data: Path, hours: float) -> None:
    """Moves what the frontier knows into the past."""
    with sqlite3.connect(data / "frontier.sqlite") as db:
        for column in ("due", "fetched_at", "found_at"):
            db.execute(f"UPDATE urls SET {column} = {column} - ?", (hours * 3600,))
        db.execute("UPDATE hosts SET not_before = not_before - ?", (hours * 3600,))
    db.close()


def stored(data: Path) -> dict[str, TaggedArticle]:
    with open_store(data / "news.db") as store:
        return {article.url or "": article for article in store.articles(Query())}


def test_it_is_read_word_for_word_and_an_edit_becomes_a_version(site, kabar, tmp_path):
    asked = crawl(kabar, site, tmp_path)
    assert len(asked) == len(set(asked))
    assert not [path for path, status in asked if status != 200 or "amp" in path.split("/") or "utm_" in path]
    found = stored(tmp_path)
    assert len(found) == 66
    for portal in site.portals:
        for story in portal.stories:
            article = found[portal.base + story.path]
            assert article.title == story.title
            assert article.text.split("\n\n") == list(paragraphs(portal, story))
            assert article.published is not None
            assert article.published.value == story.published

    site.desk.edit()
    hours_pass(tmp_path, 3)
    asked = crawl(kabar, site, tmp_path)
    edited = site.edited_url.removeprefix(site.portals[0].base)
    assert [path for path, status in asked if status == 200 and path.startswith("/2026/")] == [edited]
    assert ("/", 304) in asked
    with open_store(tmp_path / "news.db") as store:
        article = next(article for article in store.articles(Query()) if article.url == site.edited_url)
        assert article.text.endswith(EDIT)
        (before,) = store.versions(article.id)
        assert before.text == found[site.edited_url].text
        assert (store.stats()["articles"], store.stats()["versions"]) == (66, 1)

    hours_pass(tmp_path, 9)
    asked = crawl(kabar, site, tmp_path)
    assert {status for path, status in asked if path != "/robots.txt"} == {304}
    pages = [page.url for path in sorted((tmp_path / "warc").iterdir()) for page in read_pages(path, pytest.fail)]
    assert pages.count(site.edited_url) == 2
    assert pages.count(site.portals[0].base + "/") == 1  # unchanged pages are revisit records


def test_copies_are_told_by_their_sketch_and_terms_by_the_status(site, kabar, tmp_path):
    crawl(kabar, site, tmp_path)
    status = kabar("status", "--data", tmp_path).out
    assert status.count("robots.txt on use by machines: Content-Signal: search=yes, ai-train=no") == 2
    found = stored(tmp_path)
    with Frontier(tmp_path / "frontier.sqlite") as frontier:
        for story in site.portals[0].stories[::COPIED_EVERY]:
            url = site.portals[0].base + story.path
            assert set(frontier.similar(simhash(found[url].text))) == {
                portal.base + story.path for portal in site.portals
            }
