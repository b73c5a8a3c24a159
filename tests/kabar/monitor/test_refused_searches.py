"""What a person is told of a search that cannot be read, in the language of the page."""

from __future__ import annotations

import tomllib
from importlib.resources import files

import pytest

pytest.importorskip("starlette")
from starlette.testclient import TestClient

from kabar.monitor.app import create_app
from kabar.store import errors, open_store

BROKEN = {
    'ban"jir': ("ada tanda kutip", "a quotation mark"),
    "warna:merah": ("tidak ada saringan &#39;warna&#39;", "there is no filter &#39;warna&#39;"),
    "jenis:dongeng": ("tidak ada jenis", "there is no kind"),
    "sejak:besok": ("bukan tanggal", "is no date"),
}


@pytest.fixture(scope="module")
def client(tmp_path_factory):
    path = tmp_path_factory.mktemp("refused") / "news.db"
    with open_store(path):
        pass
    return TestClient(create_app(path), base_url="http://127.0.0.1")


@pytest.mark.parametrize("query", BROKEN)
@pytest.mark.parametrize("address", ["/search", "/export/csv"])
def test_a_search_that_cannot_be_read_is_told_in_the_language_of_the_page(client, address, query):
    for language, told in zip(("id", "en"), BROKEN[query], strict=True):
        answer = client.get(address, params={"q": query, "lang": language})
        assert answer.status_code >= 400
        assert told in answer.text


def test_both_languages_have_a_word_for_every_reason():
    table = tomllib.loads(files("kabar.monitor").joinpath("strings.toml").read_text(encoding="utf-8"))
    for language in table.values():
        assert {key.removeprefix("query_") for key in language if key.startswith("query_")} == set(errors._REASONS)
