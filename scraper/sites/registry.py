"""Finds the definition of a page's publisher.

`families/NAME.toml` describes a template family; `publishers/HOST.toml` names its family and says only what differs.
A network's regional hosts are lines in `[editions]`. Every file is read once, at the first question.
"""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from lxml import etree

from scraper.sites.definition import DefinitionError, SiteDefinition, definition

_HERE = Path(__file__).parent
_ADDRESSES = etree.XPath(
    "//link[contains(concat(' ', translate(@rel, 'CANOILN', 'canoiln'), ' '), ' canonical ')]/@href"
    " | //meta[@property='og:url' or @name='og:url']/@content"
)
_LINKS = etree.XPath("descendant::a[starts-with(@href, 'http')]/@href", smart_strings=False)
_MAX_LINKS = 150
_MOST = 0.6
_CLASSES = etree.XPath("descendant::*/@class", smart_strings=False)


@dataclass(frozen=True, slots=True)
class Registry:
    """Definitions by host, and themes for unknown hosts; an empty one (`NO_SITES`) is the generic way."""

    by_host: Mapping[str, SiteDefinition] = field(default_factory=dict)
    themes: tuple[SiteDefinition, ...] = ()

    def match(
        self, url: str | None, tree: etree._Element | None = None, told: Sequence[str] | None = None
    ) -> SiteDefinition | None:
        """The definition for this page, or None.

        Args:
            url: the page's address, where known.
            tree: the page; asked for its canonical address, for where its links lead, for the classes of known themes.
            told: its canonical addresses, where they have been read already.
        """
        known = self._by_address([url] if url else [])
        if known is None and tree is not None and (self.by_host or self.themes):
            told = [str(address) for address in (_found(_ADDRESSES, tree) if told is None else told) if "//" in address]
            known = (
                self._by_address(told) or self._by_links([] if told else _found(_LINKS, tree)) or self._by_theme(tree)
            )
        return known

    def beside(self, sites: Iterable[SiteDefinition]) -> Registry:
        """These definitions and others; on a host of both, the others hold."""
        return Registry({**self.by_host, **{domain: site for site in sites for domain in site.domains}}, self.themes)

    def named(self, name: str) -> list[SiteDefinition]:
        """The publishers and editions of a printed name, whatever its case."""
        wanted = " ".join(name.split()).casefold()
        return [site for site in self.publishers() if (site.name or "").casefold() == wanted]

    def publishers(self) -> list[SiteDefinition]:
        """Every publisher and edition once, by domain."""
        return sorted({id(site): site for site in self.by_host.values()}.values(), key=lambda site: site.domains)

    def _by_address(self, addresses: Iterable[str]) -> SiteDefinition | None:
        for address in addresses:
            for host in _hosts(address):
                if host in self.by_host:
                    return self.by_host[host]
        return None

    def _by_links(self, links: Sequence[object]) -> SiteDefinition | None:
        """A saved page that tells no address is of the publisher to whom most of its links lead."""
        origins = Counter("/".join(str(link).split("/", 3)[:3]) for link in links[:_MAX_LINKS])
        counts: Counter[tuple[str, ...]] = Counter()
        for origin, count in origins.items():
            if site := self._by_address([origin]):
                counts[site.domains] += count
        (domains, most) = next(iter(counts.most_common(1)), ((), 0))
        return self.by_host[domains[0]] if domains and most > _MOST * origins.total() else None

    def _by_theme(self, tree: etree._Element) -> SiteDefinition | None:
        classes = frozenset(" ".join(map(str, _found(_CLASSES, tree))).split())
        for theme in self.themes:
            if any(classes.issuperset(names.split()) for names in theme.fingerprint):
                return theme
        return None


NO_SITES = Registry()


@lru_cache(maxsize=1)
def default_registry() -> Registry:
    """The definitions that the package ships."""
    return load_registry(_HERE)


def load_registry(folder: Path) -> Registry:
    """Reads `families/` and `publishers/` of a folder.

    Raises:
        DefinitionError: a file that is no TOML, or says what no definition has; the message names it.
    """
    known = families(folder)
    by_host: dict[str, SiteDefinition] = {}
    for path in sorted((folder / "publishers").glob("*.toml")):
        for site in sites_of(table_of(path), known, path.name):
            by_host.update(dict.fromkeys(site.domains, site))
    themes = (definition({**table, "family": name}, f"{name}.toml") for name, table in known.items())
    return Registry(by_host, tuple(theme for theme in themes if theme.fingerprint))


def families(folder: Path = _HERE) -> dict[str, dict[str, Any]]:
    """The tables of the template families, by name."""
    return {path.stem: table_of(path) for path in sorted((folder / "families").glob("*.toml"))}


def sites_of(table: Mapping[str, Any], known: Mapping[str, Mapping[str, Any]], origin: str) -> Iterator[SiteDefinition]:
    """The publisher of one file, then its editions.

    Args:
        table: the file's.
        known: families by name.
        origin: the file's name, for messages.

    Raises:
        DefinitionError: it says what no definition has.
    """
    family = table.get("family")
    if family is not None and family not in known:
        raise DefinitionError(f"{origin}: unknown family {family!r}")
    merged = {**known.get(family or "", {}), **table}
    merged.pop("fingerprint", None)
    site = definition(merged, origin)
    if site.domain is None or site.name is None:
        raise DefinitionError(f"{origin}: domains and name are needed")
    yield site
    for label, edition in table.get("editions", {}).items():
        # What was seen on the network's main host is only likely on a regional one.
        yield definition({**merged, "evidence": "structure", **edition, "domains": [f"{label}.{site.domain}"]}, origin)


def table_of(path: Path) -> dict[str, Any]:
    """A TOML file's table.

    Raises:
        DefinitionError: it is no TOML; the message names it.
    """
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise DefinitionError(f"{path.name}: {error}") from error


def _hosts(address: str) -> Iterator[str]:
    """The address's host without www, then each host above it."""
    try:
        host = (urlsplit(address).hostname or "").removeprefix("www.")
    except ValueError:
        return
    while "." in host:
        yield host
        host = host.partition(".")[2]


def _found(path: etree.XPath, tree: etree._Element) -> list[Any]:
    found = path(tree)
    return found if isinstance(found, list) else []
