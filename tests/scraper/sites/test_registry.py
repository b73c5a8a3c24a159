"""The shipped definitions, and how a page finds its own."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
import soupsieve
from lxml import etree

from scraper.sites import NO_SITES, DefinitionError, Registry, default_registry, load_registry, site_for
from scraper.sites.selectors import compiled
from tests.timing import least


def page(head: str = "", body: str = "") -> etree._Element:
    return etree.fromstring(f"<html><head>{head}</head><body>{body}</body></html>", etree.HTMLParser())


def test_knows_at_least_forty_publishers_and_jambis_among_them() -> None:
    known = default_registry().publishers()
    assert len({site.name for site in known}) >= 40
    jambi = {site.domain for site in known if site.edition == "15"}
    assert jambi >= {"jambiupdate.co", "metrojambi.com", "jambi-independent.co.id", "jambione.com", "infojambi.com",
                     "jambi.tribunnews.com", "jambi.antaranews.com"}  # fmt: skip


def test_every_definition_is_dated_and_its_selectors_and_patterns_compile() -> None:
    registry = default_registry()
    for site in (*registry.publishers(), *registry.themes):
        assert date(2010, 1, 1) < date.fromisoformat(site.last_right or "") < date(2030, 1, 1), site.family
        assert site.zone in (None, "WIB", "WITA", "WIT")
        for selector in {*site.body, *site.title, *site.date, *site.author, *site.drop}:
            compiled(selector)
            soupsieve.compile(selector)
        re.compile(site.article_pattern or "")
        assert site.body, site.domain


def test_is_read_in_no_time() -> None:
    assert least(default_registry.__wrapped__) < 0.2


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://jambi.tribunnews.com/2024/01/02/banjir", "Tribun Jambi"),
        ("https://www.tribunnews.com/a", "Tribunnews"),
        ("http://regional.kompas.com/read/2015/11/04/1/a", "Kompas.com"),
        ("https://today.merdeka.com/1", "Merdeka.com"),
        ("HTTPS://WWW.METROJAMBI.COM/read/1", "Metro Jambi"),
    ],
)
def test_is_found_by_the_longest_matching_host(url: str, name: str) -> None:
    site = site_for(url)
    assert site is not None
    assert site.name == name


@pytest.mark.parametrize(
    "url", ["https://xkompas.com/a", "https://kompas.com.example.org/a", "file:///tmp/a", "http://[", ""]
)
def test_other_hosts_are_not_taken_for_known_ones(url: str) -> None:
    assert site_for(url, page()) is None


@pytest.mark.parametrize(
    "head",
    [
        "<link rel='canonical' href='https://jambi.antaranews.com/berita/1/a'>",
        "<meta property='og:url' content='https://jambi.antaranews.com/berita/1/a'>",
    ],
)
def test_a_saved_page_is_found_by_the_address_it_tells(head: str) -> None:
    site = site_for(None, page(head))
    assert site is not None
    assert (site.name, site.edition) == ("ANTARA Jambi", "15")


def test_the_address_asked_for_comes_first() -> None:
    site = site_for("https://www.metrojambi.com/a", page("<link rel='canonical' href='https://www.kompas.com/a'>"))
    assert site is not None
    assert site.name == "Metro Jambi"


def test_a_page_without_an_address_is_of_whom_its_links_lead_to() -> None:
    links = "<a href='https://www.metrojambi.com/read/1'>a</a>" * 8
    site = site_for(None, page(body=links + "<a href='https://example.org/'>b</a>" * 2))
    assert site is not None
    assert site.name == "Metro Jambi"
    assert site_for(None, page(body=links + "<a href='https://example.org/'>b</a>" * 8)) is None
    assert site_for(None, page("<link rel=canonical href='https://example.org/a'>", links)) is None
    # An address without a host names no publisher.
    assert site_for(None, page("<link rel=canonical href='banjir-surut.html'>", links)) is not None


def test_an_unknown_host_is_told_by_its_theme_and_has_no_name() -> None:
    site = site_for("https://kabar-baru.example.id/a", page(body="<h1 class='jeg_post_title'>A</h1>"))
    assert site is not None
    assert (site.family, site.name, site.domain) == ("jnews", None, None)


def test_nothing_is_found_without_definitions() -> None:
    assert NO_SITES.match("https://www.kompas.com/a", page(body="<h1 class='jeg_post_title'>A</h1>")) is None


def write(folder: Path, kind: str, name: str, text: str) -> None:
    (folder / kind).mkdir(exist_ok=True)
    (folder / kind / name).write_text(text)


def test_a_publisher_takes_from_its_family_and_an_edition_from_both(tmp_path: Path) -> None:
    write(tmp_path, "families", "f.toml", 'body = ["div.isi"]\ntitle = ["h1"]\nevidence = "pages"\n')
    write(tmp_path, "publishers", "contoh.id.toml",
          'name = "Contoh"\ndomains = ["contoh.id"]\nfamily = "f"\ntitle = ["h2"]\n[editions]\n'
          'jambi = { name = "Contoh Jambi", region = "15" }\n')  # fmt: skip
    registry = load_registry(tmp_path)
    main, edition = registry.by_host["contoh.id"], registry.by_host["jambi.contoh.id"]
    assert (main.body, main.title, main.evidence) == (("div.isi",), ("h2",), "pages")
    assert (edition.name, edition.edition, edition.body, edition.evidence) == (
        "Contoh Jambi",
        "15",
        ("div.isi",),
        "structure",
    )


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("name = ", "contoh.id.toml"),
        ('name = "A"\ndomains = ["contoh.id"]\nbodi = ["div"]\n', "unknown key 'bodi'"),
        ('name = "A"\ndomains = ["contoh.id"]\nbody = "div"\n', "body must be a list"),
        ('name = "A"\ndomains = ["contoh.id"]\nfamily = "g"\n', "unknown family 'g'"),
        ('name = "A"\n', "domains and name are needed"),
    ],
)
def test_a_wrong_file_is_told_by_name(tmp_path: Path, text: str, message: str) -> None:
    write(tmp_path, "publishers", "contoh.id.toml", text)
    with pytest.raises(DefinitionError, match=re.escape(message)) as caught:
        load_registry(tmp_path)
    assert "contoh.id.toml" in str(caught.value)


def test_an_empty_folder_is_an_empty_registry(tmp_path: Path) -> None:
    assert load_registry(tmp_path) == Registry()
