"""What happens to a crawl in a year of running: signals at bad moments, workers killed, places that cannot be written.

All of it is done to real processes.
"""

from __future__ import annotations

import asyncio
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from kabar.cli.watching import tell
from kabar.crawling import Lines
from kabar.demo.server import SampleSite
from kabar.demo.server import serve as serve_site
from kabar.demo.site import site_folder
from kabar.store import Query, open_store
from scraper.crawl.crawler import Progress
from scraper.crawl.frontier import read_stats
from tagger.document import TaggedArticle, Tool
from tests.timing import PATIENCE, SOON, wait_for


@pytest.fixture
def site() -> Iterator[SampleSite]:
    with serve_site(site_folder()) as running:
        yield running


@pytest.fixture
def start() -> Iterator[Callable[..., subprocess.Popen[bytes]]]:
    """Starts processes that are gone when the test ends, however it does."""
    running: list[subprocess.Popen[bytes]] = []

    def begin(run: list[str], err: int = subprocess.DEVNULL) -> subprocess.Popen[bytes]:
        running.append(subprocess.Popen(run, stderr=err))
        return running[-1]

    yield begin
    for process in running:
        process.kill()
        process.communicate()


def command(data: Path, *arguments: object) -> list[str]:
    return [sys.executable, "-m", "kabar", "crawl", *map(str, arguments), "--data", str(data), "--allow-private",
            "--delay", "0", "--rules-only"]  # fmt: skip


def listed(site: SampleSite, folder: Path, count: int) -> tuple[Path, list[str]]:
    """A file of some of the site's articles, and their addresses."""
    portal = site.portals[0]
    urls = sorted(portal.base + story.path for story in portal.stories)[:count]
    path = folder / "list.txt"
    path.write_text("\n".join(urls))
    return path, urls


def written(data: Path) -> list[str]:
    return sorted(json.loads(line)["url"] for line in (data / "articles.jsonl").read_text("utf-8").splitlines())


def workers_of(pid: int) -> list[int]:
    """Processes below one that multiprocessing has spawned to work."""
    lines = [path for path in Path("/proc").glob("[0-9]*/stat") if path.exists()]
    children = []
    for path in lines:
        try:
            parent = int(path.read_text().rpartition(")")[2].split()[1])
            spawned = b"spawn_main" in (path.parent / "cmdline").read_bytes()
        except (FileNotFoundError, ProcessLookupError):
            continue
        if parent == pid and spawned:
            children.append(int(path.parent.name))
    return children


def ended(running: subprocess.Popen[bytes], number: int) -> int:
    """Sends a signal; gives the code of the process, which ends soon."""
    running.send_signal(number)
    return running.wait(SOON)


needs_proc = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="finds workers by /proc")


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, -signal.SIGTERM)])
def test_a_signal_ends_a_pause_between_rounds_at_once(
    site: SampleSite, start: Any, tmp_path: Path, number: int, code: int
) -> None:
    path, urls = listed(site, tmp_path, 3)
    running = start(command(tmp_path, "--urls", path, "--every", "1h"))
    wait_for((tmp_path / "articles.jsonl").exists)
    assert (ended(running, number), written(tmp_path)) == (code, urls)


def test_a_signal_does_not_wait_for_a_slow_host_whose_page_stays_queued(
    serve: Any, http_answer: Any, start: Any, tmp_path: Path
) -> None:
    async def never(_request: Any, writer: Any) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\n\r\n<html>")
        while True:
            writer.write(b"banjir " * 200)
            await writer.drain()
            await asyncio.sleep(0.2)

    slow = serve({"*": never, "/robots.txt": http_answer(b"")})
    path = tmp_path / "list.txt"
    path.write_text(f"{slow.url}/berita/1/banjir-surut\n")
    running = start(command(tmp_path, "--urls", path))
    wait_for(lambda: slow.asked("/berita/1/banjir-surut"))
    assert ended(running, signal.SIGINT) == 130
    stats = read_stats(tmp_path / "frontier.sqlite")
    assert (stats.total("ready"), stats.total("dead")) == (1, 0)


@needs_proc
def test_a_signal_does_not_wait_for_a_worker_that_hangs_and_nothing_is_lost(
    site: SampleSite, start: Any, tmp_path: Path
) -> None:
    path, urls = listed(site, tmp_path, 20)
    run = command(tmp_path, "--urls", path, "-j", "1")
    running = start(run)
    (worker,) = wait_for(lambda: workers_of(running.pid))
    os.kill(worker, signal.SIGSTOP)  # a page that takes for ever
    wait_for(lambda: len(site.requests) > 2)  # robots.txt, and two pages in work
    assert ended(running, signal.SIGTERM) == -signal.SIGTERM
    assert not Path(f"/proc/{worker}").exists()
    assert subprocess.run(run, stderr=subprocess.DEVNULL, check=False).returncode == 0
    assert written(tmp_path) == urls


@needs_proc
def test_workers_that_are_killed_cost_no_article_be_they_ready_or_not(
    site: SampleSite, start: Any, tmp_path: Path
) -> None:
    path, urls = listed(site, tmp_path, 20)
    running = start(command(tmp_path, "--urls", path, "-j", "1"), subprocess.PIPE)
    killed: set[int] = set()
    while running.poll() is None and len(killed) < 3:
        for worker in workers_of(running.pid):
            if worker not in killed:
                os.kill(worker, signal.SIGKILL)
                killed.add(worker)
        time.sleep(0.05)
    _, said = running.communicate(timeout=PATIENCE)
    assert len(killed) == 3
    assert running.returncode == 0, said
    assert written(tmp_path) == urls


@pytest.mark.skipif(not Path("/sys/kernel").is_dir(), reason="a place that not even root can write")
def test_a_place_that_cannot_be_written_is_told_in_one_line(tmp_path: Path) -> None:
    data = Path("/sys/kabar")
    ran = subprocess.run(command(data, "https://contoh.example/"), capture_output=True, text=True, check=False)
    assert ran.returncode == 1
    (line,) = ran.stderr.splitlines()
    assert json.loads(line)["message"].startswith(f"{data}: ")


def test_a_store_elsewhere_is_filled_in_place_of_the_folders_own(site: SampleSite, tmp_path: Path, kabar: Any) -> None:
    path, urls = listed(site, tmp_path, 3)
    data, store = tmp_path / "data", tmp_path / "all.db"
    assert kabar(*command(data, "--urls", path, "--store", store)[3:]).code == 0
    assert not (data / "news.db").exists()
    with open_store(store) as news:
        assert sorted(article.url or "" for article in news.articles(Query())) == urls
    assert written(data) == urls


def test_lines_are_written_when_there_is_something_new_and_whole_or_not_at_all(tmp_path: Path) -> None:
    tool = Tool(version="0", gazetteer="x")
    with open_store(tmp_path / "news.db") as store:
        store.add(TaggedArticle(id=f"a{n}", text=f"Cerita {n}.", tool=tool) for n in range(50))
    lines, progress = Lines(tmp_path / "news.db", tmp_path / "articles.jsonl"), Progress(articles=50)
    left = iter([True] * 20)
    assert not lines.write(progress, lambda: next(left, False))
    assert not lines.path.exists()
    assert lines.write(progress, lambda: True)
    assert len(lines.path.read_text().splitlines()) == 50
    lines.path.unlink()
    assert lines.write(progress, lambda: False)  # nothing new: nothing to do
    assert not lines.path.exists()
    progress.articles += 1
    assert lines.write(progress, lambda: True)
    assert lines.path.exists()


def test_logs_are_one_json_object_a_line_whatever_a_page_says(capfd: pytest.CaptureFixture[str]) -> None:
    tell('https://a.example/: "judul"\x1b[2J\r\nkabar: palsu\u2028\x9b1m')
    err = capfd.readouterr().err
    assert err.count("\n") == 1
    assert all(char >= " " for char in err[:-1])
    said = json.loads(err)
    assert "\x1b" not in said["message"]
    assert "\x9b" not in said["message"]
