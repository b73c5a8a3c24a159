"""A frontier of an earlier version goes on, with all that it knows."""

from __future__ import annotations

import re
import sqlite3
from importlib.resources import files
from pathlib import Path

import pytest

from scraper.crawl.frontier import Frontier, read_stats
from scraper.discover.found import Link
from scraper.errors import CrawlError

URL = "https://contoh.example/read/1/banjir-surut"


@pytest.fixture
def first_version(tmp_path: Path) -> Path:
    """As version 1 wrote it: hosts had no terms."""
    path = tmp_path / "frontier.sqlite"
    with Frontier(path) as frontier:
        frontier.add_many([Link(url=URL, kind="article")])
    schema = files("scraper.crawl").joinpath("frontier.sql").read_text(encoding="utf-8")
    assert re.search(r"\bterms TEXT\b", schema)
    with sqlite3.connect(path) as db:
        db.execute("ALTER TABLE hosts DROP COLUMN terms")
        db.execute("PRAGMA user_version = 1")
    db.close()
    return path


def test_a_crawl_brings_it_up_to_date(first_version):
    with Frontier(first_version) as frontier:
        assert [lease.url for lease in frontier.claim(4)] == [URL]
        frontier.set_host("contoh.example", terms="ai-train=no")
    with Frontier(first_version) as frontier:
        assert frontier.host("contoh.example").terms == "ai-train=no"


def test_who_only_reads_it_is_told_what_to_do(first_version):
    with pytest.raises(CrawlError, match="earlier version; `kabar crawl` brings it up to date"):
        read_stats(first_version)
