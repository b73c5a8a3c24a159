"""The queue: what comes out when, what is kept over restarts, and what a broken disk or clock does to it."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from scraper.crawl.frontier import Frontier, read_stats
from scraper.crawl.work import Done
from scraper.discover.found import Kind, Link
from scraper.errors import CrawlError
from scraper.page import Archived

NOON = 1_780_000_000.0


class Clock:
    """A wall clock and a steady one that a test moves."""

    def __init__(self) -> None:
        self.wall, self.steady = NOON, 100.0

    def pass_(self, seconds: float) -> None:
        self.wall += seconds
        self.steady += seconds


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def start(tmp_path: Path, clock: Clock) -> Iterator[Callable[..., Frontier]]:
    """Opens the same frontier anew; the one before is closed if the test has not done so."""
    opened: list[Frontier] = []

    def open_it(**options: float) -> Frontier:
        for frontier in opened:
            frontier.close()
        path = tmp_path / "frontier.sqlite"
        opened.append(Frontier(path, clock=lambda: clock.wall, steady=lambda: clock.steady, **options))
        return opened[-1]

    yield open_it
    for frontier in opened:
        frontier.close()


def link(path: str, host: str = "satu.example", kind: Kind = "article", **told: float) -> Link:
    return Link(url=f"https://{host}/{path}", kind=kind, **told)


def paths(leases: list) -> list[str]:
    return [lease.url.rpartition("/")[2] for lease in leases]


def test_a_url_and_its_twins_are_queued_once(start):
    frontier = start()
    assert frontier.add_many([link("a"), Link(url="http://m.satu.example/a/", kind="article")]) == 1
    assert frontier.add_many([Link(url="http://www.satu.example/a", kind="article")]) == 0
    assert frontier.known("https://satu.example/a/amp") is False  # a canonical address is asked for
    assert frontier.known("http://satu.example/a")


def test_the_freshest_come_first_and_feeds_before_them(start):
    frontier = start()
    frontier.add_many(
        [
            link("undated"),
            link("old", published=NOON - 30 * 86_400),
            link("new", published=NOON - 60),
            link("wrong-clock", published=NOON + 10**9),
            link("feed", kind="feed"),
            link("indeks", kind="index", depth=3),
        ]
    )
    assert paths(frontier.claim(9, per_host=9)) == ["feed", "wrong-clock", "new", "undated", "indeks", "old"]


def test_hosts_take_turns(start):
    frontier = start()
    frontier.add_many([link(f"{n}", f"h{host}.example") for host in range(3) for n in range(5)])
    assert sorted(lease.host for lease in frontier.claim(6, per_host=2)) == sorted(
        ["h0.example", "h1.example", "h2.example"] * 2
    )
    assert frontier.claim(6, per_host=2) == []
    assert len(frontier.claim(6, per_host=3, exclude={"h1.example"})) == 0  # full hosts wait for a lease to end


def test_an_excluded_host_is_passed_over_and_not_forgotten(start):
    frontier = start()
    frontier.add_many([link("a", "satu.example"), link("b", "dua.example")])
    assert paths(frontier.claim(5, exclude={"satu.example"})) == ["b"]
    assert paths(frontier.claim(5)) == ["a"]


def test_a_delay_and_a_moment_not_before_are_kept_over_a_restart(start, clock):
    frontier = start()
    frontier.add_many([link("a"), link("b"), link("c")])
    frontier.set_host("satu.example", delay=10)
    first = frontier.claim(5, per_host=5)
    frontier.complete(first[0], Done())
    assert len(first) == 1
    frontier = start()
    assert frontier.claim(5, per_host=5) == []
    assert frontier.due_in() == pytest.approx(10)
    clock.pass_(10)
    assert len(frontier.claim(5, per_host=5)) == 1
    frontier.set_host("satu.example", rest=3600)
    clock.pass_(60)
    assert frontier.claim(5, per_host=5) == []
    frontier.set_host("satu.example", rest=0)
    assert len(frontier.claim(5, per_host=5)) == 1


def test_a_budget_is_for_one_day(start, clock):
    frontier = start()
    frontier.add_many([link(f"{n}") for n in range(9)])
    frontier.set_host("satu.example", budget=4)
    for lease in frontier.claim(9, per_host=9):
        frontier.complete(lease, Done())
    assert frontier.host("satu.example").spent == 4
    frontier = start()
    assert frontier.claim(9, per_host=9) == []
    clock.pass_(86_400)
    assert len(frontier.claim(9, per_host=9)) == 4


def test_a_failure_is_due_again_and_counts_its_attempts(start, clock):
    frontier = start()
    frontier.add_many([link("a")])
    frontier.fail(frontier.claim(1)[0], "status 503", retry_in=60)
    frontier = start()
    assert frontier.claim(1) == []
    assert frontier.due_in() == pytest.approx(60)
    clock.pass_(60)
    again = frontier.claim(1)[0]
    assert again.attempt == 2
    frontier.fail(again, "status 404")
    assert frontier.due_in() is None
    state = frontier.host("satu.example")
    assert (state.dead, state.errors, state.last_error) == (1, 2, "status 404")


def test_a_url_that_is_passed_over_costs_its_host_nothing(start, clock):
    frontier = start()
    frontier.add_many([link("a"), link("b"), link("c")])
    frontier.set_host("satu.example", delay=60.0, budget=2)
    first = frontier.claim(1)[0]
    assert frontier.pass_over(first, "no article")
    (second,) = frontier.claim(9, per_host=9)  # at once, and within the budget
    assert second.url != first.url
    state = frontier.host("satu.example")
    assert (state.dead, state.errors, state.last_error, state.spent) == (1, 0, None, 1)
    frontier.set_host("satu.example", rest=600)  # the host asked to be left alone meanwhile
    assert frontier.pass_over(second, "no article")
    clock.pass_(599)
    assert frontier.claim(1) == []
    assert not frontier.pass_over(second, "twice")


def test_a_released_lease_counts_no_attempt(start):
    frontier = start()
    frontier.add_many([link("a")])
    frontier.release(frontier.claim(1)[0])
    assert frontier.claim(1)[0].attempt == 1


def test_an_expired_lease_goes_back_and_its_late_worker_is_told(start, clock):
    frontier = start(lease_seconds=60)
    frontier.add_many([link("a")])
    late = frontier.claim(1)[0]
    clock.pass_(61)
    assert paths(frontier.claim(1)) == ["a"]
    assert frontier.complete(late, Done()) is False
    assert frontier.host("satu.example").done == 0


def test_what_is_learnt_at_a_fetch_comes_with_the_next_lease(start, clock):
    frontier = start()
    frontier.add_many([link("a", published=NOON - 60)])
    done = Done(
        etag='"1"', last_modified="Mon", digest=b"x" * 16, payload="sha1:A 2026", revisit_after=3600,
        archived=Archived(path="a.warc.gz", offset=7),
    )  # fmt: skip
    frontier.complete(frontier.claim(1)[0], done)
    frontier = start()
    clock.pass_(3600)
    lease = frontier.claim(1)[0]
    assert (lease.etag, lease.last_modified, lease.digest, lease.payload) == ('"1"', "Mon", b"x" * 16, "sha1:A 2026")
    assert (lease.archived, lease.interval, lease.fetched_at) == (Archived(path="a.warc.gz", offset=7), 3600, NOON)
    frontier.complete(lease, Done(status=304, revisit_after=1))
    clock.pass_(1)
    lease = frontier.claim(1)[0]
    assert (lease.etag, lease.archived) == ('"1"', Archived(path="a.warc.gz", offset=7))
    frontier.complete(lease, Done(status=200, revisit_after=1))
    clock.pass_(1)
    assert frontier.claim(1)[0].etag is None  # the new answer had none


def test_an_update_told_later_asks_for_another_visit(start, clock):
    frontier = start()
    frontier.add_many([link("a")])
    frontier.complete(frontier.claim(1)[0], Done())
    assert frontier.add_many([link("a", updated=NOON - 600)]) == 0
    clock.pass_(2 * 86_400)
    frontier.add_many([link("a", updated=NOON - 600)])
    assert frontier.claim(1) == []
    frontier.add_many([link("a", updated=clock.wall)])
    assert paths(frontier.claim(1)) == ["a"]


def test_a_sitemap_that_calls_everything_new_is_believed_ever_less(start, clock):
    frontier = start()
    frontier.add_many([link("a")])
    visits = 0
    for _ in range(24 * 14):
        frontier.add_many([link("a", updated=clock.wall)])
        for lease in frontier.claim(1):
            frontier.complete(lease, Done())
            visits += 1
        clock.pass_(3600)
    assert 2 < visits < 12


def test_another_address_of_an_article_is_not_fetched(start):
    frontier = start()
    frontier.add_many([link("banjir-rendam-tiga-desa-lagi"), link("p-1-banjir-rendam-tiga-desa")])
    first = frontier.claim(1)[0]
    other = next(
        u for u in ("banjir-rendam-tiga-desa-lagi", "p-1-banjir-rendam-tiga-desa") if not first.url.endswith(u)
    )
    frontier.complete(first, Done(aliases=(f"https://satu.example/{other}", "https://satu.example/")))
    assert frontier.claim(1) == []
    assert frontier.add_many([link("", kind="seed")]) == 1  # an article that answers with the home page


def test_seeds_of_a_new_run_are_fetched_now(start, clock):
    frontier = start()
    frontier.add_many([link("", kind="seed")])
    frontier.complete(frontier.claim(1)[0], Done(revisit_after=3600))
    assert frontier.revisit([link("", kind="seed"), link("feed", kind="feed")]) == 2
    assert len(frontier.claim(5, per_host=5)) == 2


def test_a_lists_next_page_is_visited_again_only_if_its_first_is_all_new(start, clock):
    frontier = start()
    further = link("page/2", kind="page", depth=1)

    def visit(*articles: str) -> list[str]:
        frontier.revisit([link("", kind="seed")])
        frontier.complete(frontier.claim(1)[0], Done(), [*map(link, articles), further])
        asked = []
        while leases := frontier.claim(9, per_host=9):
            asked += paths(leases)
            for lease in leases:
                frontier.complete(lease, Done())
        clock.pass_(600)
        return sorted(asked)

    assert visit("a", "b") == ["2", "a", "b"]
    assert visit("b", "c") == ["c"]
    assert visit("d", "e") == ["2", "d", "e"]


@pytest.mark.parametrize("batch", range(1, 16))
def test_a_completion_is_committed_with_all_its_links_or_not_at_all(start, tmp_path, batch):
    frontier = start(batch=batch)
    known = [link(f"{n}") for n in range(5)]
    frontier.add_many([link("indeks", kind="index"), *known])
    leases = frontier.claim(6, per_host=6)
    lease = next(lease for lease in leases if lease.kind == "index")
    frontier.complete(lease, Done(), [*known, link("new"), link("page/2", kind="page"), link("daerah", kind="index")])
    other = sqlite3.connect(tmp_path / "frontier.sqlite")
    done = other.execute("SELECT count(*) FROM urls WHERE url LIKE '%indeks' AND state = 3").fetchone()[0]
    count = other.execute("SELECT count(*) FROM urls").fetchone()[0]
    other.close()
    assert (done, count) in ((1, 9), (0, 6), (0, 0))


def test_a_change_that_fails_halfway_is_not_kept(start):
    frontier = start(batch=1)
    frontier.add_many([link("a")])
    with pytest.raises(AttributeError):
        frontier.complete(frontier.claim(1)[0], Done(aliases=(None,)), [link("b")])
    frontier.close()
    assert paths(start().claim(5, per_host=5)) == ["a"]


def test_near_copies_are_found(start):
    frontier = start()
    frontier.add_many([link("a"), link("b")])
    for lease, sketch in zip(frontier.claim(2, per_host=2), (0x1234_5678_9ABC_DEF0, -1), strict=True):
        frontier.complete(lease, Done(sketch=sketch, article=True))
    near, far = 0x1234_5678_9ABC_DEF0 ^ 0b11_0101, 0x1234_5678_9ABC_DEF0 ^ 0b111_1111
    assert [url[-1] for url in frontier.similar(near)] == ["a"]
    assert frontier.similar(far) == []
    assert frontier.similar(near, within=3) == []
    assert [url[-1] for url in frontier.similar(-1 ^ (1 << 62))] == ["b"]


def test_trial_counts_are_kept(start):
    frontier = start()
    frontier.save_trial({"satu.example/read/9": (5, 1)})
    assert start().load_trial() == {"satu.example/read/9": (5, 1)}


def test_another_process_reads_while_one_writes(start, tmp_path, clock):
    frontier = start()
    frontier.add_many([link(f"{n}") for n in range(5)])
    leases = frontier.claim(3, per_host=3)
    frontier.complete(leases[0], Done(article=True, size=73_000))
    frontier.fail(leases[1], "status 500", retry_in=600)
    frontier.commit()
    stats = read_stats(tmp_path / "frontier.sqlite", clock.wall)
    assert stats == frontier.stats()
    (host,) = stats.hosts
    assert (host.ready, host.leased, host.waiting, host.done, host.articles, host.bytes) == (2, 1, 1, 1, 1, 73_000)
    assert (stats.pages_last_hour, stats.errors_last_hour, stats.total("ready")) == (1, 1, 2)


def test_counts_agree_with_the_rows(start, tmp_path, clock):
    frontier = start()
    for round_ in range(6):
        frontier.add_many([link(f"{round_}-{n}", f"h{n % 3}.example") for n in range(40)])
        for place, lease in enumerate(frontier.claim(30, per_host=10)):
            if place % 4 == 0:
                frontier.complete(lease, Done(revisit_after=60 if place % 8 else None))
            elif place % 4 == 1:
                frontier.fail(lease, "x", retry_in=30 if place % 8 == 1 else None)
            elif place % 4 == 2:
                frontier.release(lease)
        clock.pass_(45)
    frontier.close()
    db = sqlite3.connect(tmp_path / "frontier.sqlite")
    rows = dict(db.execute("SELECT state, count(*) FROM urls GROUP BY state").fetchall())
    counted = db.execute("SELECT sum(ready), sum(waiting), sum(dead) FROM hosts").fetchone()
    assert counted == (rows[0], rows[1], rows[4])
    assert rows.get(2) is None
    db.close()


def test_a_second_crawl_on_the_folder_is_refused(start, tmp_path):
    start()
    with pytest.raises(CrawlError, match="another crawl is running"):
        Frontier(tmp_path / "frontier.sqlite")


@pytest.mark.parametrize("content", [b"no database at all, but longer than a header" * 50, b"\0" * 8192])
def test_a_file_that_is_no_frontier_is_told(tmp_path, content):
    path = tmp_path / "frontier.sqlite"
    path.write_bytes(content)
    with pytest.raises(CrawlError, match="move it away"):
        Frontier(path)


def test_a_frontier_of_a_later_version_is_told(start, tmp_path):
    start().close()
    db = sqlite3.connect(tmp_path / "frontier.sqlite")
    db.execute("PRAGMA user_version = 99")
    db.close()
    with pytest.raises(CrawlError, match="version 99"):
        Frontier(tmp_path / "frontier.sqlite")


def test_there_is_nothing_to_read_yet(tmp_path):
    with pytest.raises(CrawlError, match="no frontier here"):
        read_stats(tmp_path / "frontier.sqlite")


def test_a_full_disk_keeps_what_was_committed(start, tmp_path):
    frontier = start()
    frontier.add_many([link(f"{n}") for n in range(100)])
    frontier.commit()
    frontier._db.execute(f"PRAGMA max_page_count = {frontier._db.execute('PRAGMA page_count').fetchone()[0] + 2}")
    with pytest.raises(CrawlError, match="disk is full"):
        frontier.add_many([link(f"more-{n}") for n in range(5_000)])
    with pytest.raises(CrawlError, match="disk is full"):  # who comes next hears of the cause
        frontier.claim(1)
    assert start().stats().total("ready") == 100


def test_a_clock_set_back_stops_no_host(start, clock):
    frontier = start()
    frontier.add_many([link("a"), link("b"), link("c")])
    frontier.set_host("satu.example", delay=5)
    frontier.fail(frontier.claim(1)[0], "x", retry_in=60)
    clock.wall -= 10 * 365 * 86_400
    assert frontier.claim(1) == []
    clock.pass_(5)
    held = frontier.claim(1)
    assert len(held) == 1
    clock.pass_(60)
    assert len(frontier.claim(5)) == 0  # one lease a host is out
    frontier.complete(held[0], Done())
    assert paths(frontier.claim(1)) == ["a"] or paths(frontier.claim(1))


def test_a_clock_set_forward_expires_no_lease(start, clock):
    frontier = start(lease_seconds=60)
    frontier.add_many([link("a")])
    lease = frontier.claim(1)[0]
    clock.wall += 10 * 365 * 86_400
    assert frontier.claim(1) == []
    assert frontier.complete(lease, Done())


def test_a_start_with_a_clock_that_was_ahead_waits_a_day_at_most(start, clock):
    clock.wall += 10 * 365 * 86_400
    frontier = start()
    frontier.add_many([link("a"), link("b")])
    frontier.fail(frontier.claim(1)[0], "x", retry_in=60)
    frontier.set_host("satu.example", rest=60)
    frontier.close()
    clock.wall = NOON
    frontier = start()
    clock.pass_(86_400)
    assert len(frontier.claim(5, per_host=5)) == 2


def test_a_claim_seeks_one_head_of_queue(start):
    frontier = start()
    from scraper.crawl.frontier import _CLAIM

    plan = " ".join(row[3] for row in frontier._db.execute("EXPLAIN QUERY PLAN " + _CLAIM, (1, 1)))
    assert "SEARCH u USING INDEX ready (host=?)" in plan
    assert "SORT" not in plan.upper().replace("B-TREE", "SORT")


def test_a_folder_that_is_not_there_is_told(tmp_path):
    with pytest.raises(CrawlError, match="check that its folder exists"):
        Frontier(tmp_path / "missing" / "frontier.sqlite")
