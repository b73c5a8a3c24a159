"""The *kliping* that a page offers: what a search finds, each story once, in a document that Word opens."""

from __future__ import annotations

import html
import io
import re

import pytest

from kabar.store import open_store
from tests.kabar.monitor.made_news import Newsroom

pytest.importorskip("starlette")
docx = pytest.importorskip("docx", reason="pip install python-docx")
openpyxl = pytest.importorskip("openpyxl")
from starlette.testclient import TestClient  # noqa: E402

from kabar.monitor.app import create_app  # noqa: E402
from kabar.monitor.pages import clippings  # noqa: E402

FOUND = re.compile(r"<strong>([\d.]+)</strong> artikel")


@pytest.fixture(scope="module")
def client(tmp_path_factory):
    path = tmp_path_factory.mktemp("clippings") / "news.db"
    with open_store(path) as store:
        store.add(list(Newsroom().articles(120)))
    return TestClient(create_app(path), base_url="http://127.0.0.1")


def offered(client, address: str, form: str):
    """What the page at an address offers as a kliping."""
    link = re.search(rf'href="(/clippings/{form}\?[^"]+)"', client.get(address).text)
    return client.get(html.unescape(link[1]))


def test_word_opens_what_a_search_offers_and_finds_each_story_in_it(client):
    page = client.get("/search", params={"q": "banjir"}).text
    answer = offered(client, "/search?q=banjir", "docx")
    assert re.fullmatch(r'attachment; filename="kliping-2026-\d\d-\d\d\.docx"', answer.headers["content-disposition"])
    said = "\n".join(paragraph.text for paragraph in docx.Document(io.BytesIO(answer.content)).paragraphs)
    titles = re.findall(r'<h3><a href="/article/[^"]+"><bdi>(.*?)</bdi>', page)
    assert len(titles) > 5
    assert all(html.unescape(title) in said for title in titles)


def test_a_table_has_every_article_of_the_search(client):
    total = int(FOUND.search(client.get("/search", params={"q": "banjir"}).text)[1])
    book = openpyxl.load_workbook(io.BytesIO(offered(client, "/search?q=banjir", "xlsx").content))
    assert total == book.worksheets[0].max_row - 1


def test_the_first_page_offers_its_day(client):
    answer = offered(client, "/", "docx")
    day = answer.headers["content-disposition"].removeprefix('attachment; filename="kliping-').removesuffix('.docx"')
    assert client.get("/search", params={"q": f"sejak:{day} sampai:{day}"}).text.count('class="hit"') > 0


def test_too_many_nothing_and_nonsense_are_told(client, monkeypatch):
    monkeypatch.setattr(clippings, "MOST_ARTICLES", 3)
    answer = client.get("/clippings/docx", params={"q": "banjir"})
    assert answer.status_code == 400
    assert "paling banyak 3. Persempit" in answer.text
    assert client.get("/clippings/docx", params={"q": "tidakada"}).status_code == 404
    assert client.get("/clippings/docx", params={"q": "kapan:besok"}).status_code == 400
    assert client.get("/clippings/pdf", params={"q": "banjir"}).status_code == 404
