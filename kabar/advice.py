"""What helps where a crawl gets nothing, or little, from a host (`advice.toml`)."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from scraper.crawl.work import HostState
    from scraper.discover.found import Kind

DEEP: tuple[Kind, ...] = ("feed", "sitemap", "page")
ENOUGH = 3  # articles of a host before it is judged by the ways that led to them


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads(files("kabar").joinpath("advice.toml").read_text("utf-8"))


def advice(hosts: Sequence[HostState], ways: Mapping[str, Mapping[Kind, int]]) -> Iterator[tuple[HostState, str]]:
    """Hosts, each with one sentence on what to do, where something is to be done.

    Args:
        hosts: of the crawl.
        ways: how many feeds, sitemaps and lists each has given (`scraper.crawl.ways`).
    """
    fruitful = {_bare(host.host) for host in hosts if host.articles}
    above = {parent for host in fruitful for parent in _parents(host)}
    for host in hosts:
        if host.ready or host.leased:
            continue  # it is too early to tell
        bare = _bare(host.host)
        if not host.articles and (bare in above or not fruitful.isdisjoint((bare, *_parents(bare)))):
            continue  # its articles stand at www, or at a host of its own
        told = _told(host, ways.get(host.host, {}))
        if told is not None:
            yield host, told


def _bare(host: str) -> str:
    return host.removeprefix("www.")


def _parents(host: str) -> Iterator[str]:
    """The names that a host's name ends with: kota.contoh.id stands under contoh.id and id."""
    while host := host.partition(".")[2]:
        yield host


def _told(host: HostState, ways: Mapping[Kind, int]) -> str | None:
    if host.articles >= ENOUGH:
        return None if any(ways.get(kind) for kind in DEEP) else _table()["without"]["depth"]
    if host.articles:
        return None
    if host.last_error is not None and not host.fetched:
        return of_failure(host.last_error)
    return _table()["without"]["articles"] if host.fetched or host.dead else None


def of_failure(reason: str) -> str | None:
    """What helps against a failure, by its reason; None if nothing is known to.

    >>> of_failure("the name does not resolve")
    'look at the spelling, and whether this machine is online'
    """
    return next((told["advice"] for told in _table()["failed"] if re.search(told["pattern"], reason)), None)
