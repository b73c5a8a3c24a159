"""`SiteDefinition`: what is known about one publisher's pages, as data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any, Literal

Evidence = Literal["pages", "structure"]


@dataclass(frozen=True, slots=True)
class SiteDefinition:
    """One publisher's pages, or a theme's pages where the publisher is unknown.

    Attributes:
        domains: hosts without www, the main one first; a host below one of them belongs to it too, the longest match
            wins. Empty for a theme.
        name: the publisher's name as printed; None for a theme.
        edition: Kemendagri code of the home region (`15`, `15.71`), None for a national publisher.
        zone: WIB, WITA or WIT: the clock of dates that tell no zone.
        family: the template family that the selectors come from.
        theme: what the family is, for a person.
        fingerprint: class names that tell the family on a page of an unknown host; a string of several asks for all.
        body: CSS selectors of the body's container or containers, best first; all nodes of the first that matches.
        title: CSS selectors of the headline.
        date: CSS selectors of the visible publication date.
        author: CSS selectors of visible bylines and credits.
        drop: CSS selectors of what stands inside the body and is not part of it.
        feeds: addresses of RSS or Atom feeds.
        sitemaps: addresses of sitemaps.
        article_pattern: regular expression over an article's URL, None where unknown.
        last_right: ISO date of the page vintage for which the selectors were last seen right.
        evidence: `pages` if checked against saved pages, `structure` if known from template sources only.
    """

    domains: tuple[str, ...] = ()
    name: str | None = None
    edition: str | None = None
    zone: str | None = None
    family: str | None = None
    theme: str | None = None
    fingerprint: tuple[str, ...] = ()
    body: tuple[str, ...] = ()
    title: tuple[str, ...] = ()
    date: tuple[str, ...] = ()
    author: tuple[str, ...] = ()
    drop: tuple[str, ...] = ()
    feeds: tuple[str, ...] = ()
    sitemaps: tuple[str, ...] = ()
    article_pattern: str | None = None
    last_right: str | None = None
    evidence: Evidence = "structure"

    @property
    def domain(self) -> str | None:
        """The main host, without www; None for a theme."""
        return self.domains[0] if self.domains else None


_FIELDS = frozenset(field.name for field in fields(SiteDefinition))


class DefinitionError(ValueError):
    """A definition file says something that no definition has."""


def definition(table: Mapping[str, Any], origin: str) -> SiteDefinition:
    """The definition that a TOML table tells; lists become tuples.

    Args:
        table: keys as the attributes of `SiteDefinition`, with `region` for `edition`.
        origin: the file's name, for messages.

    Raises:
        DefinitionError: an unknown key, or text where a list must stand.
    """
    values = {("edition" if key == "region" else key): value for key, value in table.items() if key != "editions"}
    unknown = sorted(values.keys() - _FIELDS)
    if unknown:
        raise DefinitionError(f"{origin}: unknown key {unknown[0]!r}")
    lists = ("domains", "fingerprint", "body", "title", "date", "author", "drop", "feeds", "sitemaps")
    wrong = [key for key in lists if not _is_list(values.get(key, []))]
    if wrong:
        raise DefinitionError(f"{origin}: {wrong[0]} must be a list of texts")
    wrong = [key for key, value in values.items() if key not in lists and not isinstance(value, str | None)]
    if wrong:
        raise DefinitionError(f"{origin}: {wrong[0]} must be a text")
    known: dict[str, Any] = {key: tuple(value) if key in lists else value for key, value in values.items()}
    return SiteDefinition(**known)


def _is_list(value: object) -> bool:
    return isinstance(value, (list, tuple)) and all(isinstance(item, str) for item in value)
