"""One page or text in, one `Article` out: decode, find, read, strip, describe."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from lxml import etree

from scraper.article import Article, Kind, Method
from scraper.clean.blocks import Block, Reading, read_blocks
from scraper.clean.body import Found, find_body
from scraper.clean.boilerplate import Stripped, strip_boilerplate
from scraper.clean.carried import PageTells, carried_article, completed, read_markup
from scraper.clean.decode import SILENT, decode, fold, parse
from scraper.clean.head import read_head
from scraper.clean.kind import tell_kind
from scraper.clean.metadata import Metadata, read_metadata
from scraper.clean.refine import refine
from scraper.clean.refusal import is_index_address, why_no_article, why_no_page
from scraper.clean.standfirst import standfirst
from scraper.clean.states import state_scripts
from scraper.errors import NoArticle
from scraper.page import Page
from scraper.sites import Registry, SiteDefinition, default_registry

_SHORT_SHARE = 0.4  # of what structured data tells, below which the page's own text fell short
_STUB = 1500  # characters of prose from which a page's own text is no stub


def clean_page(source: bytes | str | Page, url: str | None = None, sites: Registry | None = None) -> Article:
    """See `scraper.clean.clean`.

    `sites` are the definitions to go by, the shipped ones if None; `scraper.sites.NO_SITES` is the generic way alone.
    """
    if isinstance(source, Page):
        url = source.final_url or source.url or url
        decoded = decode(source.body, source.encoding)
    else:
        decoded = decode(source)
    if reason := why_no_page(decoded.text):
        raise NoArticle(reason)
    tree = parse(decoded)
    head = read_head(tree)
    site = (sites or default_registry()).match(url, tree, head.addresses)
    meta = read_metadata(tree, url, site, head)
    scripts = tuple(tree.iter("script"))
    etree.strip_elements(tree, *SILENT, with_tail=False)
    found = find_body(tree, site, head.headings)
    if scripts and (found is None or found.prose < _STUB):
        meta = _with_carried(meta, state_scripts(scripts), tree, url)
    stripped, method, confidence = _body(tree, site, meta, url, found)
    nodes = found.nodes if found else ()
    meta = refine(meta, stripped.paragraphs, tree, stripped.credits, nodes, stripped.dateline)
    return _article(
        meta,
        stripped,
        url=url,
        method=method,
        confidence=confidence,
        kind=_kind(meta, stripped, url),
        warnings=decoded.warnings + meta.warnings,
    )


def clean_plain(text: str, title: str | None = None, url: str | None = None) -> Article:
    """See `scraper.clean.clean_text`."""
    decoded = decode(text)
    stripped = strip_boilerplate(_lines(decoded.text), title=title)
    if not stripped.paragraphs:
        raise NoArticle("nothing but boilerplate stands in the text")
    meta = refine(Metadata(title=title), stripped.paragraphs, etree.Element("html"), stripped.credits)
    kind = _kind(meta, stripped, url)
    return _article(meta, stripped, url=url, method="text", confidence=None, kind=kind, warnings=decoded.warnings)


def _body(
    tree: etree._Element, site: SiteDefinition | None, meta: Metadata, url: str | None, found: Found | None
) -> tuple[Stripped, Method | None, float | None]:
    reading = read_blocks(found.nodes, site.drop if site else ()) if found else Reading(())
    lead = standfirst(meta.clues.headline if meta.clues else None, found.nodes if found else (), reading.blocks)
    blocks = (lead, *reading.blocks) if lead else reading.blocks
    publisher = meta.clues.names if meta.clues else ()
    stripped = strip_boilerplate(blocks, title=meta.title, dropped=reading.dropped, publisher=publisher)
    length = sum(map(len, stripped.paragraphs))
    titles = (meta.title, _document_title(tree))
    reason = why_no_article(tree, url=url, titles=titles, found=found, blocks=reading.blocks, length=length)
    if meta.article_body and length < _SHORT_SHARE * len(meta.article_body):
        told = read_markup(meta.article_body, site.drop if site else ()) or Reading(tuple(_lines(meta.article_body)))
        structured = strip_boilerplate(told.blocks, title=meta.title, dropped=told.dropped)
        if length < _SHORT_SHARE * sum(map(len, structured.paragraphs)):
            return structured, "structured", 0.5
    if reason:
        raise NoArticle(reason)
    return stripped, found.method if found else None, found.confidence if found else None


def _with_carried(meta: Metadata, scripts: Sequence[str], tree: etree._Element, url: str | None) -> Metadata:
    """The metadata with the article that the page carries for its scripts, if it agrees with the page."""
    address = url or meta.canonical_url
    if not scripts or (address and is_index_address(address)):
        return meta
    titles = tuple(filter(None, (meta.title, _document_title(tree))))
    carried = carried_article(scripts, PageTells(titles, meta.description, address))
    return completed(meta, carried) if carried is not None else meta


def _document_title(tree: etree._Element) -> str | None:
    first = next(tree.iter("title"), None)
    return None if first is None else first.text


_SENTENCE_ENDS = (".", "!", "?", "…", ":", '"', "”", ")")


def _lines(text: str) -> list[Block]:
    """The paragraphs of plain text; a line that breaks off inside a sentence goes on in the next."""
    lines: list[str] = []
    open_end = False
    for line in map(fold, text.splitlines()):
        if line and open_end and line[0].islower():
            lines[-1] = f"{lines[-1]} {line}"
        elif line:
            lines.append(line)
        open_end = len(line) > _WRAPPED and not line.endswith(_SENTENCE_ENDS)
    return [Block(line) for line in lines]


_WRAPPED = 50


def _kind(meta: Metadata, stripped: Stripped, url: str | None) -> Kind:
    return "advertorial" if stripped.advertorial else tell_kind(meta, stripped.paragraphs, stripped.removed, url)


def _article(
    meta: Metadata,
    stripped: Stripped,
    *,
    url: str | None,
    method: Method | None,
    confidence: float | None,
    kind: Kind,
    warnings: tuple[str, ...],
) -> Article:
    text = "\n\n".join(stripped.paragraphs)
    return Article(
        id=_identity(meta.canonical_url, url, text),
        text=text,
        url=url,
        canonical_url=meta.canonical_url,
        site=meta.site,
        title=meta.title,
        authors=meta.authors,
        published=meta.published,
        modified=meta.modified,
        section=meta.section,
        tags=meta.tags,
        language=meta.language,
        dateline=stripped.dateline,
        lead=stripped.paragraphs[0],
        images=meta.images,
        pages=meta.pages,
        kind=kind,
        removed=stripped.removed,
        method=method,
        confidence=confidence,
        warnings=warnings,
    )


def _identity(canonical_url: str | None, url: str | None, text: str) -> str:
    """A hash of the article's address, or of its text if no address names this article alone."""
    name = next((address for address in (canonical_url, url) if address and not is_index_address(address)), text)
    return hashlib.sha256(name.encode("utf-8", "replace")).hexdigest()[:16]
