"""Tells pages that are no article: feeds, index and search pages, error and challenge pages."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice
from urllib.parse import urlsplit

from lxml import etree

from scraper.clean.blocks import Block
from scraper.clean.body import Found
from scraper.clean.boilerplate import reads_as_prose

_FEED = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.{0,500}?-->\s*|<\?[^>]*>\s*)*<(rss|feed|urlset|sitemapindex|rdf:RDF)\b", re.DOTALL
)
_INDEX_PATH = re.compile(
    r"/(?:index(?:\.\w+)?|indeks(?:-berita)?|tags?|topi[ck]s?|kategori|category|kanal|rubrik|search|cari|author|penulis|reporter|"
    r"arsip|archives?|terpopuler|terkini|latest|label|listtag)(?:/|$)",
    re.IGNORECASE,
)
_INDEX_TITLE = re.compile(
    r"^\W*(?:indeks|kumpulan (?:artikel|berita)|arsip|hasil pencarian|search results|portal berita\b"
    r"|berita (?:[\w ]{0,30})(?:terbaru|terkini|hari ini)"
    r"(?: (?:dan|hari ini|terkini|terbaru|terpopuler|indonesia)\b.*)?$)",
    re.IGNORECASE,
)
_ERROR_TITLE = re.compile(
    r"^\W*(?:error (?:40[0-9]|410|429|50[0-9])\b"
    # "403 Balita Ikuti Imunisasi" counts children.
    r"|(?:40[0-9]|410|429|50[0-9])(?:\W*$|\s?[^\w\s]|\s(?:errors?|not?|page|halaman|laman|forbidden|unauthori[sz]ed|bad|internal"
    r"|service|server|gateway|too|gone|tidak|access|akses|client|request|method|maaf|sorry|o+ps)\b)"
    r"|(?:page|halaman|artikel|berita|laman)[\w ]{0,20} (?:not found|tidak (?:dapat )?(?:di)?temukan|tidak tersedia)"
    r"|not found|access denied|forbidden|just a moment|attention required|are you (?:a )?(?:human|robot)"
    r"|service unavailable|bad gateway|site (?:is )?under (?:maintenance|construction)"
    r"|(?:maaf|sorry),? (?:halaman|page)|index of /|(?:account )?suspended)",
    re.IGNORECASE,
)
_ERROR_LENGTH = 1500

_ADDRESSES = etree.XPath("//link[@rel='canonical']/@href | //meta[@property='og:url']/@content")
_APP_ROOTS = etree.XPath("//*[@id='__next' or @id='__nuxt' or @id='root' or @id='app' or @id='___gatsby']")
_LABELS = 200
_CUT_OFF = re.compile(r"(?:\.\.\.|…|\[…\]|\[\.\.\.\]|&hellip;|selengkapnya|read more)\W*$", re.IGNORECASE)

_SURE_PROSE = 1200
_TEASERS = 4


def why_no_page(text: str) -> str | None:
    """Why the input cannot be an article's page at all, before it is parsed; None if it can."""
    found = _FEED.match(text, 0, 4096)
    return f"the input is a {_KINDS[found.group(1).lower()]}, not a page" if found else None


_KINDS = {"rss": "feed", "feed": "feed", "rdf:rdf": "feed", "urlset": "sitemap", "sitemapindex": "sitemap"}


def why_no_article(
    tree: etree._Element,
    *,
    url: str | None,
    titles: Sequence[str | None],
    found: Found | None,
    blocks: Sequence[Block],
    length: int,
) -> str | None:
    """Why the page is no article; None if it is one.

    Args:
        tree: the parsed page.
        url: where it comes from, if known; else its own canonical address is looked at.
        titles: the page's headline and `<title>`.
        found: the body that was found.
        blocks: the body's blocks, before boilerplate was taken out.
        length: characters of text that are left after that.
    """
    if length < _ERROR_LENGTH and any(title and _ERROR_TITLE.search(title) for title in titles):
        return "the page is an error or challenge page"
    if not length and _is_drawn(tree):
        return "scripts draw this page in the browser, and its text is not in it; save it there once it is shown"
    if not length:
        return "the page holds no running text that could be an article"
    sure = found is not None and found.method in ("site", "container") and found.prose > _SURE_PROSE
    if not sure and is_teaser_list(blocks):
        return "the page is an index of teasers, not an article"
    if not sure and _is_index(tree, url, titles, blocks):
        return "the page is a home, index or search page, not an article"
    return None


def _is_drawn(tree: etree._Element) -> bool:
    """Whether the element that a framework fills stands there with next to nothing in it."""
    found = _APP_ROOTS(tree)
    roots = found if isinstance(found, list) else []
    return any(isinstance(root, etree._Element) and _holds_little(root) for root in roots)


def _holds_little(root: etree._Element) -> bool:
    texts = islice(root.itertext(), _LABELS)  # such elements may stand in each other
    return len("".join(map(str, texts)).strip()) < _LABELS


def _is_index(tree: etree._Element, url: str | None, titles: Sequence[str | None], blocks: Sequence[Block]) -> bool:
    if any(title and _INDEX_TITLE.search(title) for title in titles):
        return True
    if url:
        return is_index_address(url)
    # Small portals give their home page as the canonical address of every article.
    return not _in_one_run(blocks) and any(map(is_index_address, _told_addresses(tree)))


def _told_addresses(tree: etree._Element) -> list[str]:
    found = _ADDRESSES(tree)
    return [str(address) for address in found] if isinstance(found, list) else []


def is_index_address(address: str) -> bool:
    """Whether an address is that of a home page, a category, a tag or a search, not that of an article."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    if not parts.netloc:
        return False
    if parts.path in ("", "/"):
        return not re.search(r"(?:^|&)(?:p|id|page_id|mod|post|module|open|view)=", parts.query)
    return _INDEX_PATH.search(parts.path) is not None and not re.search(r"\d{4,}|(?:-\w+){4,}", parts.path)


def is_teaser_list(blocks: Sequence[Block]) -> bool:
    """Whether linked headlines stand over most of the prose, or most of it is cut off."""
    heads = [block.link_share > 0.85 and len(block.text.split()) > 3 for block in blocks]
    cut_off = [_CUT_OFF.search(block.text) is not None for block in blocks]
    prose = [reads_as_prose(block) or cut for block, cut in zip(blocks, cut_off, strict=True)]
    if sum(cut_off) >= _TEASERS and sum(cut_off) > 0.4 * sum(prose):
        return True
    headed = sum(head and below for head, below in zip(heads, prose[1:], strict=False))
    return sum(heads) >= _TEASERS and headed >= 0.5 * sum(prose)


def _in_one_run(blocks: Sequence[Block]) -> bool:
    """Whether the prose stands together, with the links before or after it, as in an article with related headlines."""
    run = best = 0
    for block in blocks:
        run = run + 1 if reads_as_prose(block) else (0 if block.link_share > 0.85 else run)
        best = max(best, run)
    return best > 1
