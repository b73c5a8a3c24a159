"""Site definitions: one TOML a publisher over a template family, and the registry that finds them."""

from __future__ import annotations

from lxml import etree

from scraper.sites.definition import DefinitionError, SiteDefinition
from scraper.sites.registry import NO_SITES, Registry, default_registry, load_registry

__all__ = ["NO_SITES", "DefinitionError", "Registry", "SiteDefinition", "default_registry", "load_registry", "site_for"]


def site_for(url: str | None, tree: etree._Element | None = None) -> SiteDefinition | None:
    """Finds the shipped definition for a page by its address, else by what the page tells of itself.

    >>> site_for("https://jambi.tribunnews.com/2024/01/02/banjir").name
    'Tribun Jambi'
    """
    return default_registry().match(url, tree)
