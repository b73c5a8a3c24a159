"""The 27 tab-separated columns of the GDELT Global Knowledge Graph 2.1 codebook; what kabar does not know is empty.

Places use type 4 (world city) for cities and regencies and 5 (world state) for provinces, with the Kemendagri code as
feature id. Themes, tone and emotions are left empty: kabar does not guess them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import BinaryIO

from tagger.document import City, Country, Mention, TaggedArticle

BREAKS = re.compile(r"[\t\r\n;#,]+")


def write(articles: Iterable[TaggedArticle], out: BinaryIO) -> int:
    """Writes one line an article; returns how many."""
    count = 0
    for count, article in enumerate(articles, 1):
        out.write(("\t".join(columns(article)) + "\n").encode())
    return count


def columns(article: TaggedArticle) -> list[str]:
    """The 27 columns of one article, in the codebook's order."""
    stamp = _stamp(article)
    people = [(one.name, one.mentions) for one in article.officials]
    bodies = [(body.name, body.mentions) for body in article.organizations]
    quotes = "#".join(
        f"{quote.span.start}|{len(quote.text)}|{_plain(quote.verb or '')}|{_plain(quote.text)}"
        for quote in article.quotes
    )
    names = ";".join(f"{_plain(name)},{_offset(where)}" for name, where in people + bodies)
    out = [""] * 27
    out[0] = f"{stamp}-{_plain(article.id)}"
    out[1] = stamp
    out[2] = "1"
    out[3] = _plain(article.site.domain or "")
    out[4] = _plain(article.url or article.id)
    out[9] = ";".join([_place(city) for city in article.cities] + [_country(item) for item in article.countries])
    out[10] = ";".join(
        [f"{_place(city)}#{_offset(city.mentions)}" for city in article.cities]
        + [f"{_country(item)}#{_offset(item.mentions)}" for item in article.countries]
    )
    out[11] = ";".join(_plain(name) for name, _ in people)
    out[12] = ";".join(f"{_plain(name)},{_offset(where)}" for name, where in people)
    out[13] = ";".join(_plain(name) for name, _ in bodies)
    out[14] = ";".join(f"{_plain(name)},{_offset(where)}" for name, where in bodies)
    out[22] = quotes
    out[23] = names
    out[25] = f"srclc:{article.language or ''};eng:kabar"
    out[26] = f"<PAGE_TITLE>{_plain(article.title or '')}</PAGE_TITLE>"
    return out


def _stamp(article: TaggedArticle) -> str:
    value = article.published.value if article.published else ""
    if "T" in value:
        return datetime.fromisoformat(value).astimezone(UTC).strftime("%Y%m%d%H%M%S")
    return (value.replace("-", "") + "0" * 14)[:14]


def _place(city: City) -> str:
    kind = "5" if city.level == "province" else "4"
    return f"{kind}#{_plain(city.name)}#ID##{''}##{city.code or ''}"


def _country(country: Country) -> str:
    return f"1#{_plain(country.name)}#{country.alpha2}####{country.alpha2}"


def _offset(mentions: tuple[Mention, ...]) -> int:
    return next((mention.start for mention in mentions if mention.field == "text"), 0)


def _plain(text: str) -> str:
    return BREAKS.sub(" ", text).strip()
