"""Pages and feeds after a clock that was ahead has been set right."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import formatdate
from pathlib import Path

import pytest

pytest.importorskip("starlette")
from starlette.requests import Request
from starlette.testclient import TestClient

from kabar.monitor.app import create_app
from kabar.monitor.freshness import State, unchanged
from kabar.monitor.pages.health import Crawl
from kabar.store import Store
from scraper.crawl.work import HostState

NOW = 1_780_000_000


def asked(since: float) -> Request:
    headers = [(b"if-modified-since", formatdate(since, usegmt=True).encode())]
    return Request({"type": "http", "method": "GET", "path": "/feed.atom", "headers": headers, "query_string": b""})


def test_a_reader_who_was_told_a_later_time_is_told_what_is_new() -> None:
    now = State("mark", NOW)
    assert unchanged(asked(NOW), now)
    assert not unchanged(asked(NOW - 60), now)
    assert not unchanged(asked(NOW + 25_200), now)


def test_a_crawl_that_will_have_run_does_not_run() -> None:
    for away, runs in ((5, True), (-5, True), (-86_400, False), (86_400, False)):
        assert Crawl(NOW, (HostState(host="a.example", last_fetch_at=NOW - away),)).runs is runs


@pytest.mark.parametrize(("away", "warned"), [(timedelta(), False), (timedelta(days=365), True)])
def test_a_look_that_is_still_to_come_is_none(away: timedelta, warned: bool, tmp_path: Path) -> None:
    with Store(tmp_path / "news.db", clock=lambda: datetime.now(UTC) + away) as store:
        store.save_search("banjir", "banjir")
        store.outbox().add("telegram", "@warta", search="banjir")
        store.outbox().note_look()
    with TestClient(create_app(tmp_path / "news.db"), base_url="http://localhost") as client:
        assert ("kabar alert run" in client.get("/saved?lang=en").text) is warned
