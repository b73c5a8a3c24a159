"""Intervals: busy pages are visited more often, quiet ones less, old articles no more."""

from __future__ import annotations

import pytest

from scraper.crawl.schedule import BOUNDS, age_of, next_interval, retry_delay

DAY = 86_400.0


@pytest.mark.parametrize("kind", ["seed", "feed", "sitemap", "index"])
def test_intervals_stay_within_their_bounds(kind):
    busy = quiet = None
    for _ in range(30):
        busy = next_interval(kind, changed=True, interval=busy, age=None)
        quiet = next_interval(kind, changed=False, interval=quiet, age=None)
    assert (busy, quiet) == (BOUNDS[kind].shortest, BOUNDS[kind].longest)


def test_a_further_page_of_a_list_is_visited_once():
    assert next_interval("page", changed=True, interval=None, age=None) is None


def test_an_article_is_visited_a_few_times_and_then_no_more():
    age, interval, visits = 0.0, None, 0
    while (interval := next_interval("article", changed=False, interval=interval, age=age)) is not None:
        age += interval
        visits += 1
    assert 4 <= visits <= 8
    assert age <= 7 * DAY


def test_retries_grow_and_end():
    delays = []
    while (delay := retry_delay(len(delays) + 1)) is not None:
        delays.append(delay)
    assert delays == sorted(delays)
    assert len(delays) == 6


def test_an_article_that_says_it_is_of_next_year_is_not_visited_for_a_year() -> None:
    now, visits, interval = 1e9, 0, next_interval("article", changed=False, interval=None, age=0.0)
    while interval is not None:
        now, visits = now + interval, visits + 1
        age = age_of(1e9 + 365 * DAY, 1e9, now)
        interval = next_interval("article", changed=False, interval=interval, age=age)
    assert visits < 12
