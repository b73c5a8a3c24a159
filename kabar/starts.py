"""What a crawl begins with: sites by host or name, addresses, and files that list or define sites."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from kabar.inputs.formats import by_name
from scraper.discover import seeds
from scraper.discover.found import Link
from scraper.discover.urls import canonical_url, split_url
from scraper.errors import RefusedURL
from scraper.sites import Registry, SiteDefinition, default_registry
from scraper.sites.site_file import read_site_file

_HOST = re.compile(r"(?:[a-z0-9-]+\.)+[a-z]{2,}/?", re.IGNORECASE)
_PACKED = frozenset((".zip", ".gz", ".tgz", ".tar", ".bz2", ".xz", ".zst", ".7z", ".rar"))


class Starts(NamedTuple):
    """Where a crawl begins, and what is known of the publishers.

    Attributes:
        links: what to ask first.
        sites: the shipped definitions, and those of the files.
    """

    links: tuple[Link, ...]
    sites: Registry


def read_starts(arguments: Iterable[str]) -> Starts:
    """Resolves the arguments of `kabar crawl`.

    Args:
        arguments: hosts, names as `kabar sites list` prints them, http(s) addresses, and paths of `.toml` files (see
            `scraper.sites.site_file`).

    Raises:
        RefusedURL: no host, name or http(s) address.
        DefinitionError: a file says what no definition has.
        OSError: a file cannot be read.
    """
    places: list[str] = []
    defined: list[SiteDefinition] = []
    for argument in arguments:
        if argument.endswith(".toml") and "://" not in argument:
            file = read_site_file(Path(argument))
            places += file.starts
            defined += file.definitions
        else:
            places.append(argument)
    sites = default_registry().beside(defined)
    return Starts(tuple(link for place in places for link in _first_links(place, sites)), sites)


def read_list(path: Path, sites: Registry, told: Callable[[str], None]) -> Iterator[Link]:
    """Addresses of a list, one a line, as they are, but for home pages: these are sites to be crawled.

    It is read lazily, for a list may be long.

    Args:
        path: the list; empty lines and comments (#) are passed over; hosts may stand without a scheme.
        sites: definitions of publishers.
        told: hears of lines that are no address.

    Raises:
        OSError: the file cannot be read.
    """
    with path.open(encoding="utf-8", errors="replace") as lines:
        for number, line in enumerate(map(str.strip, lines), 1):
            if not line or line.startswith("#"):
                continue
            url = canonical_url(f"https://{line}" if _HOST.fullmatch(line) else line)
            if url is not None and split_url(url)[1:] == ("/", ""):
                yield from seeds(url, sites.match(url))
            elif url is not None:
                yield Link(url=url, kind="article")
            else:
                told(f"{path}:{number}: no http(s) address: {line[:200]}")


def _first_links(place: str, sites: Registry) -> tuple[Link, ...]:
    if "://" not in place:
        named = sites.named(place)
        if not named and (told := _what_file(place)):
            raise RefusedURL(told, place)
        if len(named) > 1 and "." not in place:
            hosts = ", ".join(site.domain or "" for site in named)
            raise RefusedURL(f"several sites have this name; say which: {hosts}", place)
        if not named and "." not in place:  # a host of one's own network is written as an address
            raise RefusedURL(
                "no site has this name; `kabar sites list` prints them, any other needs its address", place
            )
        place = "https://" + ((named[0].domain if len(named) == 1 else None) or place.strip())
    return seeds(place, sites.match(place))


def _what_file(place: str) -> str | None:
    """What to do with a file or folder that was given as a site; None for what is none, as far as its name tells.

    A folder may bear a host's name: programs that mirror sites call theirs so.
    """
    path = Path(place)
    is_folder = path.is_dir()
    if is_folder and _HOST.fullmatch(place):
        return None
    if not (is_folder or path.is_file() or path.suffix.lower() in _PACKED or _as_file(place)):
        return None
    if path.suffix.lower() in _PACKED and by_name(place) is None:
        return "this is an archive, not a site: unpack it, then `kabar tag FOLDER` reads the pages in it"
    kind = "folder" if is_folder else "file"
    lists = "" if is_folder else f"; `--urls {place}` crawls the addresses in it"
    return f"this is a {kind}, not a site: `kabar tag {place}` reads the pages in it{lists}"


def _as_file(place: str) -> bool:
    """Whether a name without an address's slashes ends like a page, text, list or archive of pages."""
    return "/" not in place and by_name(place) is not None
