"""kill -9 at random moments: no URL is lost, none is fetched again after its commit, and the archive stays readable."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
from collections import Counter
from pathlib import Path
from types import SimpleNamespace

from warcio.checker import Checker

from scraper.crawl.archive import read_pages
from scraper.crawl.frontier import Frontier
from tests.timing import PATIENCE

COUNT = 2_500
KILLS = 20


def run(folder: Path, seconds: float | None) -> tuple[list[str], bool]:
    """Runs the crawl until its end or a kill; gives the numbers whose commit it told, and if it came to its end."""
    script = Path(__file__).with_name("killed_crawl.py")
    child = subprocess.Popen(
        [sys.executable, str(script), str(folder), str(COUNT)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        out, err = child.communicate(timeout=seconds or PATIENCE)
    except subprocess.TimeoutExpired:
        child.send_signal(signal.SIGKILL)
        out, err = child.communicate()
    assert not err, err
    lines = out.splitlines()
    if lines and not out.endswith("\n"):
        lines.pop()  # the kill cut this number short
    return [line for line in lines if line != "done"], lines[-1:] == ["done"]


def test_kills_lose_nothing_and_repeat_nothing(tmp_path):
    chance = random.Random(7)
    committed: set[str] = set()
    ended = False
    for _ in range(KILLS):
        before = fetched(tmp_path)
        told, ended = run(tmp_path, chance.uniform(0.2, 0.42))
        assert not committed & set(fetched(tmp_path)[len(before) :])
        committed |= set(told)
        if ended:
            break
    told, ended = run(tmp_path, None)
    assert ended

    numbers = {str(number) for number in range(COUNT)}
    assert set(fetched(tmp_path)) == numbers
    with Frontier(tmp_path / "frontier.sqlite") as frontier:
        stats = frontier.stats()
        assert stats.total("done") == COUNT
        assert stats.total("ready") == stats.total("leased") == stats.total("dead") == 0

    problems: list[str] = []
    archived = Counter(
        page.url.split("/")[4]
        for path in sorted((tmp_path / "warc").iterdir())
        for page in read_pages(path, problems.append)
    )
    assert set(archived) == numbers
    assert problems == []
    repeated = sum(archived.values()) - COUNT
    assert repeated <= 12 * KILLS  # what was in work at each kill, once more at most


def fetched(folder: Path) -> list[str]:
    log = folder / "fetched.log"
    return log.read_text().split() if log.exists() else []


def test_each_archived_place_holds_its_page(tmp_path):
    run(tmp_path, 0.6)
    run(tmp_path, None)
    checker = Checker(SimpleNamespace(inputs=[str(path) for path in (tmp_path / "warc").iterdir()], verbose=False))
    assert checker.process_all() == 0
    pages = {
        (page.archived.path, page.archived.offset): page.url
        for path in (tmp_path / "warc").iterdir()
        for page in read_pages(path)
    }
    with Frontier(tmp_path / "frontier.sqlite") as frontier:
        rows = frontier._db.execute("SELECT url, path, offset FROM urls JOIN archives a ON a.id = archive").fetchall()
    assert len(rows) == COUNT
    assert all(pages[path, offset] == url for url, path, offset in rows)


def test_a_stopped_crawl_goes_on_where_it_was(tmp_path):
    first, _ = run(tmp_path, 0.5)
    second, ended = run(tmp_path, None)
    assert ended
    assert not set(first) & set(second)
