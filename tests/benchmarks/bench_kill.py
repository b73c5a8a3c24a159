"""`kabar crawl` of the sample site, killed again and again: nothing lost, nothing twice, nothing torn.

    python tests/benchmarks/bench_kill.py [--minutes 10] [--seed 7]

The site stands on loopback and changes one of its stories now and then. The crawl goes on for ever, in rounds, and is
killed (SIGKILL, workers left to themselves) at random moments; then one run without a kill ends it. Printed are the
kills, the requests, and what is wrong at the end: articles that are missing, strange or there twice, damaged archives.
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from types import SimpleNamespace

from warcio.checker import Checker

from kabar.demo.server import SampleSite, serve
from kabar.demo.site import site_folder

SHORTEST, LONGEST = 0.6, 6.0  # seconds of a run before its kill


def command(site: SampleSite, data: Path, *options: str) -> list[str]:
    """The crawl as a user would type it."""
    starts = [portal.base + "/" for portal in site.portals]
    return [sys.executable, "-m", "kabar", "crawl", *starts, "--data", str(data), "--allow-private", "--delay", "0",
            "--rules-only", *options]  # fmt: skip


def killed(site: SampleSite, data: Path, seconds: float) -> None:
    """One run, cut off."""
    with subprocess.Popen(command(site, data, "--every", "1s"), stderr=subprocess.DEVNULL) as running:
        try:
            running.wait(seconds)
        except subprocess.TimeoutExpired:
            running.kill()


def wrong(site: SampleSite, data: Path) -> list[str]:
    """What is not as it should be after the last run, one line each."""
    served = {portal.base + story.path for portal in site.portals for story in portal.stories}
    lines = (data / "articles.jsonl").read_text(encoding="utf-8").splitlines()
    found = Counter(json.loads(line)["url"] for line in lines)
    told = [f"missing: {url}" for url in sorted(served - found.keys())]
    told += [f"not served: {url}" for url in sorted(found.keys() - served)]
    told += [f"{count} times: {url}" for url, count in found.items() if count > 1]
    archives = [str(path) for path in sorted((data / "warc").iterdir())]
    if Checker(SimpleNamespace(inputs=archives, verbose=False)).process_all():
        told.append("an archive fails `warcio check`")
    return told


def main() -> None:
    """Reads the command line and runs it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--seed", type=int, default=7)
    arguments = parser.parse_args()
    chance = random.Random(arguments.seed)
    with serve(site_folder()) as site, tempfile.TemporaryDirectory() as folder:
        data, kills, ends = Path(folder), 0, time.monotonic() + 60 * arguments.minutes
        while time.monotonic() < ends:
            if chance.random() < 0.2:
                site.desk.edit()
            killed(site, data, chance.uniform(SHORTEST, LONGEST))
            kills += 1
        code = subprocess.run(command(site, data), stderr=subprocess.DEVNULL, check=False).returncode
        told = wrong(site, data)
        print(f"{kills} kills, {len(site.requests):,} requests, last run ended with {code}, {len(told)} wrong")
        print("\n".join(told))
    sys.exit(bool(told))


if __name__ == "__main__":
    main()
