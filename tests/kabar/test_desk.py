"""The desk: a page that kills its worker costs only itself."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType

import pytest

from kabar import desk as module
from kabar.desk import Desk
from kabar.store import open_store
from kabar.worker import WorkerError
from scraper.article import Article
from scraper.errors import HandlingError
from scraper.page import Page
from tagger.errors import ModelError
from tests.timing import SOON

Answer = Article | BaseException | None


@pytest.fixture
def dying(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The module of tasks, importable here and in the workers."""
    monkeypatch.syspath_prepend(Path(__file__).parent)
    import dying

    return dying


def page(path: str) -> Page:
    return Page(body=b"", url=f"https://contoh.example/{path}")


def handled(desk: Desk, paths: Sequence[str]) -> list[Answer]:
    """What came of each page, all handed in at once."""

    async def run() -> list[Answer]:
        return await asyncio.gather(*(desk.handle(page(path)) for path in paths), return_exceptions=True)

    return asyncio.run(run())


def test_a_page_that_kills_its_worker_is_given_up_and_the_others_are_stored(dying, tmp_path):
    told: list[str] = []
    desk = Desk(tmp_path / "news.db", dying.Tagged(str(tmp_path)), 2, told.append)
    try:
        answers = handled(desk, ["a", "die", "once", "none", "b"])
    finally:
        desk.close()
    assert [type(answer) for answer in answers[:3]] == [dying.TaggedArticle, HandlingError, dying.TaggedArticle]
    assert "died" in str(answers[1])
    assert answers[3] is None
    assert told == ["https://contoh.example/none: no article here"]
    with open_store(tmp_path / "news.db") as store:
        assert store.stats()["articles"] == 3


def test_a_page_that_takes_too_long_is_given_up(dying, tmp_path, monkeypatch):
    monkeypatch.setattr(module, "LONGEST", 1.5)
    desk = Desk(tmp_path / "news.db", dying.Tagged(str(tmp_path)), 1, print)
    try:
        slow, quick = handled(desk, ["sleep", "a"])
    finally:
        desk.close()
    assert isinstance(slow, HandlingError)
    assert "longer" in slow.reason
    assert isinstance(quick, Article)


def test_workers_that_die_on_everything_end_the_crawl(dying, tmp_path):
    desk = Desk(tmp_path / "news.db", dying.AlwaysDies("working"), 1, print)
    try:
        assert any(isinstance(answer, WorkerError) for answer in handled(desk, list("abcd")))
    finally:
        desk.close()


def test_workers_that_are_never_ready_end_the_crawl(dying, tmp_path, monkeypatch):
    monkeypatch.setattr("kabar.worker.OPENING", 0.2)
    desk = Desk(tmp_path / "news.db", dying.NeverOpens(), 1, print)
    try:
        assert isinstance(handled(desk, ["a"])[0], WorkerError)
    finally:
        desk.close()


def test_what_cannot_be_loaded_ends_the_crawl(dying, tmp_path):
    desk = Desk(tmp_path / "news.db", dying.NoModel(), 1, print)
    try:
        assert isinstance(handled(desk, ["a"])[0], ModelError)
    finally:
        desk.close()


def test_closing_does_not_wait_for_a_page_in_work(dying, tmp_path):
    desk = Desk(tmp_path / "news.db", dying.Tagged(str(tmp_path)), 1, print)

    async def run() -> None:
        await asyncio.wait_for(desk.handle(page("sleep")), 2.0)

    with pytest.raises(TimeoutError):
        asyncio.run(run())
    began = time.monotonic()
    desk.close()
    assert time.monotonic() - began < SOON
