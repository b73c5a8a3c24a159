"""The sample site over real HTTP, its crawl killed again and again: at the end exactly the articles that it serves."""

from __future__ import annotations

import random
import subprocess
import sys
from collections import Counter
from pathlib import Path

from kabar.demo.server import SampleSite, serve
from kabar.demo.site import site_folder
from scraper.crawl.archive import read_pages
from scraper.crawl.frontier import read_stats
from tests.timing import PATIENCE

SCRIPT = Path(__file__).with_name("site_crawl.py")


def run(folder: Path, site: SampleSite, seconds: float | None = None) -> bool:
    """Runs the crawl until its end or a kill; tells whether it came to its end."""
    starts = [portal.base for portal in site.portals]
    command = [sys.executable, str(SCRIPT), str(folder), *starts]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as child:
        try:
            out, err = child.communicate(timeout=seconds or PATIENCE)
        except subprocess.TimeoutExpired:
            child.kill()
            out, err = child.communicate()
    assert not err, err
    return out == "done\n"


def served(site: SampleSite) -> set[str]:
    return {portal.base + story.path for portal in site.portals for story in portal.stories}


def archived(folder: Path, site: SampleSite) -> Counter[str]:
    pages = [page.url for path in sorted((folder / "warc").iterdir()) for page in read_pages(path)]
    return Counter(url for url in pages if url in served(site))


def test_a_crawl_finds_exactly_what_is_served(tmp_path):
    with serve(site_folder()) as site:
        assert run(tmp_path, site)
        assert archived(tmp_path, site) == dict.fromkeys(served(site), 1)
        stats = read_stats(tmp_path / "frontier.sqlite")
        assert stats.total("articles") == len(served(site))
        assert stats.total("ready") == stats.total("waiting") == stats.total("leased") == 0


def test_kills_change_nothing_of_it(tmp_path):
    chance = random.Random(3)
    with serve(site_folder()) as site:
        kills = 0
        while not run(tmp_path, site, chance.uniform(0.5, 0.8) + 0.05 * kills):  # longer, should the machine be slow
            kills += 1
        assert kills
        found = archived(tmp_path, site)
        assert set(found) == served(site)
        assert sum(found.values()) <= len(served(site)) + 8 * kills
        assert read_stats(tmp_path / "frontier.sqlite").total("articles") == len(served(site))
