"""Body quality and speed of the cleaner beside its peers, in one run.

    python tests/benchmarks/bench_clean.py [FOLDER] [--rounds N] [--without-sites]

FOLDER holds `html/` with saved pages, `dev.jsonl` with their true bodies and `score.py` (default: ../shared/pages).
Peers are measured where they can be imported: trafilatura, readability-lxml, newspaper4k, jusText, boilerpy3,
        resiliparse.
Times are CPU milliseconds a page: the best of N rounds, then the median over the pages; ratios are medians over
        pages too.
"""

from __future__ import annotations

import argparse
import importlib
import importlib.util
import json
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

Extractor = Callable[[bytes], str]


def kabar(with_sites: bool) -> Extractor:
    from scraper.clean.cleaner import clean_page
    from scraper.errors import CleanError
    from scraper.sites import NO_SITES

    def extract(page: bytes) -> str:
        try:
            return clean_page(page, sites=None if with_sites else NO_SITES).text
        except CleanError:
            return ""

    return extract


def trafilatura(**options: bool) -> Extractor:
    library = importlib.import_module("trafilatura")

    def extract(page: bytes) -> str:
        found = library.bare_extraction(page, with_metadata=True, **options)
        return (getattr(found, "text", None) or "") if found else ""

    return extract


def readability() -> Extractor:
    library, html = importlib.import_module("readability"), importlib.import_module("lxml.html")

    def extract(page: bytes) -> str:
        return str(html.fromstring(library.Document(page).summary()).text_content())

    return extract


def newspaper() -> Extractor:
    library = importlib.import_module("newspaper")

    def extract(page: bytes) -> str:
        article = library.Article(url="http://localhost/", language="id", fetch_images=False)
        article.download(input_html=page.decode("utf-8", "replace"))
        article.parse()
        return str(article.text)

    return extract


def justext() -> Extractor:
    library = importlib.import_module("justext")
    words = library.get_stoplist("Indonesian")

    def extract(page: bytes) -> str:
        return "\n".join(part.text for part in library.justext(page, words) if not part.is_boilerplate)

    return extract


def boilerpy() -> Extractor:
    library = importlib.import_module("boilerpy3.extractors")
    extractor = library.ArticleExtractor(raise_on_failure=False)

    def extract(page: bytes) -> str:
        return str(extractor.get_content(page.decode("utf-8", "replace")))

    return extract


def resiliparse() -> Extractor:
    library = importlib.import_module("resiliparse.extract.html2text")

    def extract(page: bytes) -> str:
        return str(library.extract_plain_text(page.decode("utf-8", "replace"), main_content=True))

    return extract


PEERS: dict[str, Callable[[], Extractor]] = {
    "trafilatura, precision": lambda: trafilatura(favor_precision=True),
    "trafilatura": trafilatura,
    "readability-lxml": readability,
    "newspaper4k": newspaper,
    "jusText": justext,
    "boilerpy3": boilerpy,
    "resiliparse": resiliparse,
}


def contestants(with_sites: bool) -> Iterator[tuple[str, Extractor]]:
    yield "kabar" if with_sites else "kabar, no sites", kabar(with_sites)
    for name, make in PEERS.items():
        try:
            yield name, make()
        except ImportError as error:
            print(f"{name:24} not measured: {error}")


def measure(extract: Extractor, page: bytes, rounds: int) -> tuple[str, float]:
    """The text, and the best CPU time in milliseconds."""
    best, text = float("inf"), ""
    for _ in range(rounds):
        began = time.process_time()
        try:
            text = extract(page)
        except Exception as error:  # noqa: BLE001 - a peer may fail in any way; the page then counts as empty
            text = ""
            print(f"  failed: {type(error).__name__}", file=sys.stderr)
        best = min(best, time.process_time() - began)
    return text, best * 1000


def load_score(folder: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("score", folder / "score.py")
    if spec is None or spec.loader is None:
        raise FileNotFoundError(folder / "score.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def compare(folder: Path, rounds: int, with_sites: bool) -> None:
    score = load_score(folder)
    truths: list[dict[str, Any]] = [json.loads(line) for line in (folder / "dev.jsonl").read_text("utf-8").splitlines()]
    pages = [(folder / "html" / Path(truth["file"]).name).read_bytes() for truth in truths]
    extractors = dict(contestants(with_sites))
    for extract in extractors.values():
        extract(pages[0])
    # Page by page, each contestant in turn: what else the machine does meanwhile slows all of them.
    turns = [{name: measure(extract, page, rounds) for name, extract in extractors.items()} for page in pages]
    own = [spent for _, spent in (turn[next(iter(extractors))] for turn in turns)]
    print(f"{'':24} {'P':>6} {'R':>6} {'F1':>6} {'exact':>6} {'leaks':>6} {'ms':>7} {'ratio':>6}   pages {len(pages)}")
    for name in extractors:
        results = [turn[name] for turn in turns]
        rows = [score.page_score(truth, {"text": text}) for truth, (text, _) in zip(truths, results, strict=True)]
        times = [spent for _, spent in results]
        mean = {key: statistics.fmean(row[key] for row in rows) for key in ("p", "r", "f", "exact")}
        leaks = sum(row["leaks"] for row in rows) / sum(row["snippets"] for row in rows)
        ratio = statistics.median(theirs / ours for theirs, ours in zip(times, own, strict=True))
        print(
            f"{name:24} {mean['p']:6.3f} {mean['r']:6.3f} {mean['f']:6.3f} {mean['exact']:6.3f} {leaks:6.1%}"
            f" {statistics.median(times):7.1f} {ratio:6.2f}"
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path, default=ROOT.parent / "shared" / "pages")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--without-sites", action="store_true")
    options = parser.parse_args()
    if not (options.folder / "dev.jsonl").exists():
        print(f"skipped: no pages in {options.folder}")
        return
    compare(options.folder, options.rounds, not options.without_sites)


if __name__ == "__main__":
    main()
