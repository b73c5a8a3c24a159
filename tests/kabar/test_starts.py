"""What a crawl begins with: hosts, names, addresses, and a user's own file of sites."""

from __future__ import annotations

import json
import re

import pytest

from kabar.starts import read_list, read_starts
from scraper.errors import RefusedURL
from scraper.sites import DefinitionError

OWN = """
sites = ["jambi.antaranews.com", "https://contoh.example/daerah"]

[[site]]
name = "Kabar Uji"
domains = ["kabaruji.example"]
family = "jnews"
feeds = ["https://kabaruji.example/umpan.xml"]
article_pattern = '/baca/\\d+'

[[site]]
name = "Papan Lokal"
domains = ["127.0.0.1"]
start = "http://127.0.0.1:8800/"
body = [".isi"]
"""


def test_hosts_names_and_addresses():
    links = read_starts(["metrojambi.com", "tribun JAMBI", "Kompas.com", "https://contoh.example/feed/"]).links
    assert [(link.kind, link.url) for link in links] == [
        ("seed", "https://metrojambi.com/"),
        ("seed", "https://jambi.tribunnews.com/"),
        ("seed", "https://kompas.com/"),
        ("feed", "https://contoh.example/feed/"),
    ]


def test_a_name_of_several_sites_is_asked_back():
    with pytest.raises(RefusedURL, match=r"babel\.tribunnews\.com, bangka\.tribunnews\.com"):
        read_starts(["Bangka Pos"])


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("halaman.zip", "unpack it, then `kabar tag FOLDER`"),
        ("urls.txt", "`--urls urls.txt` crawls the addresses in it"),
        ("saved.html", "`kabar tag saved.html` reads"),
        ("arsip.warc.gz", "`kabar tag arsip.warc.gz` reads"),
        ("simpanan/banjir", "`kabar tag simpanan/banjir` reads"),
        ("simpanan", "this is a folder, not a site"),
    ],
)
def test_a_file_that_is_given_as_a_site_is_told_what_to_do_with(tmp_path, monkeypatch, name, said):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "simpanan").mkdir()
    (tmp_path / "simpanan" / "banjir").write_text("<p>")
    with pytest.raises(RefusedURL, match=re.escape(said)):
        read_starts([name])


def test_a_folder_that_bears_a_hosts_name_hinders_no_crawl(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "warta.example").mkdir()
    places = ["warta.example", "metrojambi.com", "warta.example/daerah/banjir-surut.html", "https://warta.zip/"]
    assert len(read_starts(places).links) == 4


def test_a_file_lists_and_defines_sites(tmp_path):
    path = tmp_path / "sites.toml"
    path.write_text(OWN, "utf-8")
    starts = read_starts([str(path)])
    assert [(link.kind, link.url) for link in starts.links] == [
        ("seed", "https://jambi.antaranews.com/"),
        ("index", "https://contoh.example/daerah"),
        ("feed", "https://kabaruji.example/umpan.xml"),
        ("seed", "https://kabaruji.example/"),
        ("seed", "http://127.0.0.1:8800/"),
    ]
    own = starts.sites.match("https://kabaruji.example/x")
    assert own is not None
    assert own.body  # of its family
    assert starts.sites.match("https://jambi.antaranews.com/") is not None
    assert read_starts(["kabaruji.example"]).sites.match("https://kabaruji.example/x") is None


def test_a_publishers_file_is_a_source_too(tmp_path):
    path = tmp_path / "kabaruji.example.toml"
    path.write_text('name = "Kabar Uji"\ndomains = ["kabaruji.example"]\n[editions]\nriau = { name = "Uji Riau" }\n')
    starts = read_starts([str(path)])
    assert [link.url for link in starts.links] == ["https://kabaruji.example/"]
    assert starts.sites.named("uji riau")[0].domains == ("riau.kabaruji.example",)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "names no site"),
        ("sites = [", "own.toml"),
        ("sites = 'kompas.com'", "must be a list"),
        ("sites = [1]", "must be a list"),
        ("site = 3", r"\[\[site\]\]"),
        ("[[site]]\nname = 'x'", "domains and name are needed"),
        ("[[site]]\nname = 3\ndomains = ['x.example']", "name must be a text"),
        ("[[site]]\nname = 'x'\ndomains = 'x.example'", "domains must be a list"),
        ("[[site]]\nname = 'x'\ndomains = ['x.example']\nfeeds = [1]", "feeds must be a list of texts"),
        ("[[site]]\nname = 'x'\ndomains = ['x.example']\nfamily = 'none'", "unknown family 'none'"),
        ("[[site]]\nname = 'x'\ndomains = ['x.example']\nbodi = ['p']", "unknown key 'bodi'"),
        ("[[site]]\nname = 'x'\ndomains = ['x.example']\nbody = ['p[']", "no CSS selector"),
        ("[[site]]\nname = 'x'\ndomains = ['x.example']\narticle_pattern = '('", "no regular expression"),
    ],
)
def test_a_file_that_is_wrong_is_told_by_its_name(tmp_path, text, reason):
    path = tmp_path / "own.toml"
    path.write_text(text)
    with pytest.raises(DefinitionError, match=reason) as told:
        read_starts([str(path)])
    assert "own.toml" in str(told.value)


def test_the_command_line_tells_it_as_wrong_usage(tmp_path, kabar):
    (tmp_path / "own.toml").write_text("bodi = 1")
    assert kabar("crawl", str(tmp_path / "own.toml"), "--data", str(tmp_path / "d")).code == 2
    ran = kabar("crawl", str(tmp_path / "none.toml"), "--data", str(tmp_path / "d"))
    assert (ran.code, "none.toml" in ran.err) == (1, True)
    (tmp_path / "own.toml").write_text(OWN)
    ran = kabar("crawl", str(tmp_path / "own.toml"), "--data", str(tmp_path / "d"), "--dry-run")
    assert (ran.code, "https://kabaruji.example/umpan.xml" in ran.out) == (0, True)


RIGHT = [
    f"Pemerintah Kabupaten Tebo memperbaiki tanggul {name} yang jebol sejak Senin, kata bupati kepada wartawan."
    for name in ("Tembesi", "Merangin", "Tabir", "Pelepat", "Bungo", "Tebo", "Asai", "Limun", "Mesao", "Jujuhan")
]
PORTAL = "<p>Portal ini memuat kabar warga dari seluruh kecamatan dan diperbarui setiap hari oleh relawan.</p>" * 15


def test_a_crawl_goes_by_a_users_definition(serve, http_answer, kabar, tmp_path):
    """Its feed is asked, its selector finds the body, its name stands in the document."""
    body = "".join(f"<p>{text}</p>" for text in RIGHT)
    page = f"<html><article>{PORTAL}</article><h1>Tanggul Diperbaiki</h1><div class='isi'>{body}</div></html>".encode()
    server = serve({"/robots.txt": http_answer(b""), "/k/a1": http_answer(page, Content_Type="text/html")})
    feed = f"<rss version='2.0'><channel><item><link>{server.url}/k/a1</link></item></channel></rss>"
    server.routes["/umpan"] = http_answer(feed.encode(), Content_Type="application/xml")
    server.routes["/"] = http_answer(b"<html>Selamat datang</html>")
    own = f'name = "Papan Lokal"\ndomains = ["127.0.0.1"]\nstart = "{server.url}/"\nbody = [".isi"]\n'
    (tmp_path / "own.toml").write_text(own + 'feeds = ["/umpan"]\n')
    quick = ("--allow-private", "--delay", "0", "--rules-only", "-j", "1")
    ran = kabar("crawl", tmp_path / "own.toml", "--data", tmp_path / "data", *quick)
    (article,) = map(json.loads, (tmp_path / "data" / "articles.jsonl").read_text().splitlines())
    assert article["text"].split("\n\n") == RIGHT, ran.err
    assert article["site"]["name"] == "Papan Lokal"


def test_a_list_may_name_sites_among_articles(tmp_path):
    path = tmp_path / "portals.txt"
    path.write_text(
        "metrojambi.com\nhttps://warta.example/berita/7/banjir-surut?utm_source=x\n\nhttp://desa.example/\n??\n"
    )
    told: list[str] = []
    links = [(link.kind, link.url) for link in read_list(path, read_starts(()).sites, told.append)]
    assert links[-1] == ("seed", "http://desa.example/")
    assert ("article", "https://warta.example/berita/7/banjir-surut") in links
    assert ("seed", "https://metrojambi.com/") in links
    assert told == [f"{path}:5: no http(s) address: ??"]
