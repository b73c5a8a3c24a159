"""A crawl that goes on: rounds, edits between them, Prometheus, logs, and what is only listed."""

from __future__ import annotations

import contextlib
import json
import random
import resource
import signal
import socket
import subprocess
import sys
import urllib.request

import pytest

from kabar.cli.watching import line
from kabar.crawling import silent_hosts
from kabar.demo.server import serve
from kabar.demo.site import site_folder
from kabar.metrics import text
from scraper.crawl.crawler import Progress
from scraper.crawl.frontier import Frontier, read_stats
from scraper.crawl.work import HostState, Stats
from scraper.discover.found import Link
from tests.timing import PATIENCE, wait_for

HOST = HostState(host='a"b.example', fetched=7, articles=5, ready=10, last_article_at=1_000.0)


def test_counts_are_in_the_text_format_of_prometheus():
    lines = text(Stats(hosts=(HOST,))).splitlines()
    assert "# TYPE kabar_pages_total counter" in lines
    assert 'kabar_pages_total{host="a\\"b.example"} 7' in lines
    assert 'kabar_last_article_timestamp_seconds{host="a\\"b.example"} 1000' in lines


def test_a_site_that_published_and_stopped_is_silent():
    stats = Stats(hosts=(HOST, HostState(host="never.example")))
    assert silent_hosts(stats, 1_000.0 + 11 * 3600) == frozenset()
    assert silent_hosts(stats, 1_000.0 + 13 * 3600) == {'a"b.example'}


def test_the_living_line_tells_rate_and_time_left():
    assert line(Progress(pages=20, articles=5, failed=1), Stats(hosts=(HOST,)), 10.0) == (
        "20 pages, 5 articles, 1 failed, 10 queued, 2.0 a second, about 5 s left"
    )


def a_free_port() -> int:
    """A port that no connection of this machine gets by chance: systems give them ports from 32768 or 49152 on."""
    for port in random.sample(range(20_000, 30_000), 100):
        with contextlib.suppress(OSError), socket.create_server(("127.0.0.1", port)):
            return port
    raise AssertionError("no port is free")


def test_rounds_go_on_until_a_signal_and_are_seen_from_outside(tmp_path):
    port = a_free_port()
    with serve(site_folder()) as site:
        command = [sys.executable, "-m", "kabar", "crawl", site.portals[0].base + "/", "--data", str(tmp_path),
                   "--allow-private", "--delay", "0", "--rules-only", "--every", "1s",
                   "--metrics", str(port)]  # fmt: skip
        running = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
        try:
            wait_for((tmp_path / "articles.jsonl").exists)
            counts = urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=PATIENCE).read().decode()
            looked = [sys.executable, "-m", "kabar", "status", "--data", str(tmp_path)]
            status = subprocess.run(looked, capture_output=True, text=True, check=False)
        finally:
            running.send_signal(signal.SIGTERM)
            _, err = running.communicate(timeout=PATIENCE)
    assert "kabar_articles_total{" in counts
    assert status.returncode == 0, status.stderr
    assert "last hour:" in status.stdout
    assert running.returncode == -signal.SIGTERM
    assert all({"time", "message"} == set(json.loads(said)) for said in err.splitlines())


def test_lines_are_written_now_and_then_within_a_round_that_takes_long(tmp_path):
    with serve(site_folder()) as site:
        command = [sys.executable, "-m", "kabar", "crawl", site.portals[0].base + "/", "--data", str(tmp_path),
                   "--allow-private", "--delay", "0.3", "--rules-only", "--every", "1s"]  # fmt: skip
        running = subprocess.Popen(command, stderr=subprocess.DEVNULL)
        try:
            lines = tmp_path / "articles.jsonl"
            wait_for(lambda: lines.exists() and lines.stat().st_size)
            left = sum(host.ready for host in read_stats(tmp_path / "frontier.sqlite").hosts)
        finally:
            running.send_signal(signal.SIGTERM)
            running.wait(PATIENCE)
    assert lines.read_bytes().count(b"\n") < 40
    assert left > 10


def test_the_status_cuts_no_name(tmp_path, kabar):
    host = "berita." + "kabupaten-dengan-nama-yang-panjang." * 4 + "contoh.example"
    with Frontier(tmp_path / "frontier.sqlite") as frontier:
        frontier.add_many([Link(url=f"https://{host}/read/1/banjir", kind="article")])
    assert host in kabar("status", "--data", str(tmp_path)).out


def test_a_dry_run_lists_and_asks_nobody(tmp_path, kabar):
    ran = kabar("crawl", "kabar.invalid", "--data", str(tmp_path / "none"), "--dry-run")
    assert ran.code == 0
    assert "https://kabar.invalid/" in ran.out
    assert not (tmp_path / "none").exists()


def test_a_list_of_addresses_is_asked_as_it_is_and_other_lines_are_told(tmp_path, kabar):
    listed = tmp_path / "list.txt"
    listed.write_text("# desk\nhttps://kabar.invalid/a?utm_source=x\n\nbukan alamat\nhttps://kabar.invalid/b\n")
    ran = kabar("crawl", "--urls", str(listed), "--data", str(tmp_path / "none"), "--dry-run")
    assert ran.code == 0
    assert ran.out.splitlines() == ["article\thttps://kabar.invalid/a", "article\thttps://kabar.invalid/b"]
    assert "list.txt:4: no http(s) address: bukan alamat" in ran.err


@pytest.mark.parametrize("options", [("--every", "soon"), ("--once", "--every", "5m"), ("--metrics", "0")])
def test_wrong_options_are_usage_errors(tmp_path, kabar, options):
    assert kabar("crawl", "kabar.invalid", "--data", str(tmp_path), *options).code == 2


def test_a_folder_that_cannot_be_written_is_told(tmp_path, kabar):
    (tmp_path / "file").write_text("")
    ran = kabar("crawl", "kabar.invalid", "--data", str(tmp_path / "file"))
    assert ran.code == 1
    assert "Traceback" not in ran.err
    assert str(tmp_path / "file") in ran.err


def test_a_full_disk_ends_the_run_with_one_line_and_nothing_is_lost(tmp_path):
    """No file may grow past 300 KB, as on a full disk; once there is room, the same command goes on."""

    def little_room() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, resource.RLIM_INFINITY))

    with serve(site_folder()) as site:
        starts = [portal.base + "/" for portal in site.portals]
        served = {portal.base + story.path for portal in site.portals for story in portal.stories}
        command = [sys.executable, "-m", "kabar", "crawl", *starts, "--data", str(tmp_path), "--allow-private",
                   "--delay", "0", "--rules-only"]  # fmt: skip
        full = subprocess.run(command, capture_output=True, text=True, preexec_fn=little_room, check=False)
        assert full.returncode == 1
        assert "Traceback" not in full.stderr, full.stderr
        assert str(tmp_path) in full.stderr
        again = subprocess.run(command, capture_output=True, text=True, check=False)
        assert again.returncode == 0, again.stderr
        lines = (tmp_path / "articles.jsonl").read_text().splitlines()
        assert {json.loads(written)["url"] for written in lines} == served
