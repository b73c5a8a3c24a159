"""`kabar crawl` over the sample site, over real HTTP: everything once, politely, whatever is killed."""

from __future__ import annotations

import json
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from kabar.demo.server import serve
from kabar.demo.site import site_folder
from tests.timing import PATIENCE, SOON, wait_for


@pytest.fixture
def site():
    with serve(site_folder()) as running:
        yield running


def arguments(site, data: Path) -> list[str]:
    starts = [portal.base + "/" for portal in site.portals]
    return ["crawl", *starts, "--data", str(data), "--allow-private", "--delay", "0", "--rules-only"]


def served(site) -> set[str]:
    return {portal.base + story.path for portal in site.portals for story in portal.stories}


def written(data: Path) -> list[str]:
    return [json.loads(line)["url"] for line in (data / "articles.jsonl").read_text(encoding="utf-8").splitlines()]


def test_a_crawl_gives_exactly_the_articles_that_are_served(site, tmp_path, kabar):
    ran = kabar(*arguments(site, tmp_path))
    assert ran.code == 0, ran.err
    assert sorted(written(tmp_path)) == sorted(served(site))
    assert list((tmp_path / "warc").glob("*.warc.gz"))
    told = kabar("status", "--data", str(tmp_path))
    assert told.code == 0
    assert "127.0.0.1" in told.out


def test_a_second_run_finds_nothing_new_and_loses_nothing(site, tmp_path, kabar):
    kabar(*arguments(site, tmp_path))
    again = kabar(*arguments(site, tmp_path))
    assert again.code == 0
    assert sorted(written(tmp_path)) == sorted(served(site))


def test_a_page_limit_ends_the_run_and_the_next_goes_on(site, tmp_path, kabar):
    kabar(*arguments(site, tmp_path), "--max-pages", "20")
    assert len(written(tmp_path)) < 20
    kabar("crawl", "--data", str(tmp_path), "--allow-private", "--delay", "0", "--rules-only")
    assert sorted(written(tmp_path)) == sorted(served(site))


def test_killed_at_random_moments_it_ends_with_the_same_articles(site, tmp_path):
    dice = random.Random(7)
    command = [sys.executable, "-m", "kabar", *arguments(site, tmp_path)]
    for _ in range(3):
        running = subprocess.Popen(command, stderr=subprocess.DEVNULL)
        time.sleep(dice.uniform(0.8, 2.0))
        running.kill()
        running.wait()
    assert subprocess.run(command, stderr=subprocess.DEVNULL, timeout=PATIENCE, check=False).returncode in (0, 1)
    assert sorted(written(tmp_path)) == sorted(served(site))


@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, -signal.SIGTERM), (signal.SIGINT, 130)])
def test_a_signal_ends_a_run_in_order_and_soon(site, tmp_path, number, code):
    command = [sys.executable, "-m", "kabar", *arguments(site, tmp_path), "--every", "1h"]
    running = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    wait_for((tmp_path / "news.db").exists)
    running.send_signal(number)
    assert running.wait(SOON) == code
    assert (tmp_path / "articles.jsonl").exists()


def test_without_leave_no_private_address_is_asked(site, tmp_path, kabar):
    ran = kabar("crawl", site.portals[0].base + "/", "--data", str(tmp_path), "--delay", "0", "--rules-only")
    assert ran.code == 1
    assert "--allow-private" in ran.err


def test_what_robots_txt_forbids_is_not_fetched(site, tmp_path, kabar):
    ran = kabar(
        "crawl", site.portals[0].base + "/admin/", "--data", str(tmp_path), "--allow-private", "--delay", "0",
        "--rules-only",
    )  # fmt: skip
    assert ran.code == 1
    assert "robots.txt" in ran.err


@pytest.mark.parametrize("span", ["24", "h", "24x"])
def test_a_wrong_span_is_a_usage_error(tmp_path, kabar, span):
    assert kabar("crawl", "example.org", "--data", str(tmp_path), "--since", span).code == 2


def test_nothing_to_crawl_is_a_usage_error(tmp_path, kabar):
    assert kabar("crawl", "--data", str(tmp_path)).code == 2
    assert kabar("status", "--data", str(tmp_path)).code == 1
