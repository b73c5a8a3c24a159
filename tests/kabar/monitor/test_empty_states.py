"""Pages with nothing to show, or next to nothing: they say what to do next, and offer no file with nothing in it."""

from __future__ import annotations

from pathlib import Path

import pytest
from starlette.testclient import TestClient

from kabar.monitor.app import create_app
from kabar.monitor.catalog import marked
from kabar.store import Override, open_store
from scraper.article import Site, Timestamp
from tagger.document import Official, TaggedArticle, Tool


@pytest.fixture
def path(tmp_path: Path) -> Path:
    open_store(tmp_path / "warta.db").close()
    return tmp_path / "warta.db"


def page(path: Path, address: str, language: str = "id") -> str:
    reader = TestClient(create_app(path), base_url="http://127.0.0.1", cookies={"lang": language})
    answer = reader.get(address)
    assert answer.status_code == 200
    return answer.text


@pytest.mark.parametrize(("language", "said"), [("id", "Belum ada artikel."), ("en", "No articles yet.")])
def test_an_empty_store_tells_how_it_is_filled(path: Path, language: str, said: str) -> None:
    shown = page(path, "/", language)
    assert said in shown
    assert "--store warta.db</code>" in shown


def test_a_search_without_results_offers_a_way_on_and_no_empty_files(path: Path) -> None:
    with open_store(path) as store:
        store.add([article("a")])
    nothing, something = page(path, "/search?q=zzzz"), page(path, "/search?q=jalan")
    assert "Tidak ada artikel yang cocok." in nothing
    assert "Semua kata dan saringan harus cocok" in nothing
    for offer in ('href="/export/xlsx?', 'href="/clippings/docx?', 'aria-label="Urutan"'):
        assert offer in something
        assert offer not in nothing
    for kept in ('href="/feed.atom?q=zzzz"', "Simpan pencarian ini"):
        assert kept in nothing, "what is not there yet can be watched"


def test_a_single_day_is_told_once(path: Path) -> None:
    with open_store(path) as store:
        store.add([article("a")])
    shown = page(path, "/official/siti%20rahmah")
    assert "31 Mei 2026" in shown
    assert "31 Mei 2026 – 31 Mei 2026" not in shown


def article(id_: str, official: str = "Siti Rahmah") -> TaggedArticle:
    return TaggedArticle(
        id=id_,
        title="Jalan dibuka",
        text="Bupati Tebo Siti Rahmah membuka jalan.",
        site=Site(domain="warta.example"),
        published=Timestamp(value="2026-05-31T10:00:00+07:00", precision="minute"),
        officials=(Official(name=official, office="Bupati Tebo"),),
        tool=Tool(version="0", gazetteer="x"),
    )


def test_commands_in_sentences_stand_as_code_and_stay_text(path: Path) -> None:
    reader = TestClient(create_app(path), base_url="http://127.0.0.1", headers={"Host": "kota.example"})
    refused = reader.get("/?lang=en").text
    assert "<code>kabar serve</code>" in refused
    assert "`" not in refused
    api = page(path, "/api?lang=en")
    assert "e.g. <code>banjir kota:15.71 sejak:7d</code>" in api
    assert marked("a `<b>` b") == "a <code>&lt;b&gt;</code> b"
    assert marked("one ` <alone>") == "one ` &lt;alone&gt;"


def test_an_old_address_leads_to_what_it_was_renamed_to_or_merged_into(path: Path) -> None:
    reader = TestClient(create_app(path), base_url="http://127.0.0.1", follow_redirects=False)
    with open_store(path) as store:
        store.add([article("a"), article("b", "Rahmat Hidayat")])
        store.correct(Override("rename", "official", "siti rahmah", "Siti Rahma"))
        assert reader.get("/official/siti%20rahmah").headers["location"] == "/official/siti%20rahma"
        store.correct(Override("merge", "official", "siti rahma", "rahmat hidayat"))
        for old in ("siti%20rahmah", "siti%20rahma"):
            assert reader.get(f"/official/{old}").headers["location"] == "/official/rahmat%20hidayat"
        assert reader.get("/official/nobody").status_code == 404
        store.correct(Override("reject", "official", "rahmat hidayat"))
        for gone in ("siti%20rahmah", "rahmat%20hidayat"):
            assert reader.get(f"/official/{gone}").status_code == 404
