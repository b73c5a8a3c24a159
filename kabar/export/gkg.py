"""The 27 tab-separated columns of the GDELT Global Knowledge Graph 2.1 codebook; what kabar does not know is empty.

Places use type 4 (world city) for cities and regencies and 5 (world state) for provinces, with a point inside them, and
the Kemendagri code as feature id. Countries have ISO 3166 codes where GDELT itself has FIPS 10-4. Themes, tone and
emotions are left empty: kabar does not guess them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime
from html import escape
from typing import BinaryIO

from kabar.export.rows import instant
from tagger.document import City, Country, Mention, TaggedArticle
from tagger.gazetteer.regions import regions

LANGUAGES = {"id": "ind", "jv": "jav", "su": "sun", "ms": "msa"}
"""ISO 639-2 codes, as column 26 has them; it is empty for English."""
BREAKS = re.compile(r"[\s;#,|]+")


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
    places = [(_place(city), city.mentions) for city in article.cities]
    places += [(_country(item), item.mentions) for item in article.countries]
    out[9] = ";".join("#".join((*head, *tail)) for (head, tail), _ in places)
    out[10] = ";".join("#".join((*head, "", *tail, str(_offset(where)))) for (head, tail), where in places)
    out[11] = ";".join(_plain(name) for name, _ in people)
    out[12] = ";".join(f"{_plain(name)},{_offset(where)}" for name, where in people)
    out[13] = ";".join(_plain(name) for name, _ in bodies)
    out[14] = ";".join(f"{_plain(name)},{_offset(where)}" for name, where in bodies)
    out[22] = quotes
    out[23] = names
    out[25] = f"srclc:{LANGUAGES[article.language]}" if article.language in LANGUAGES else ""
    out[26] = f"<PAGE_TITLE>{escape(_plain(article.title or ''), quote=False)}</PAGE_TITLE>"
    return out


def _stamp(article: TaggedArticle) -> str:
    """Fourteen digits, UTC; what is not told is zero."""
    if (told := instant(article.published)) is not None:
        return datetime.fromisoformat(told).astimezone(UTC).strftime("%Y%m%d%H%M%S")
    value = article.published.value if article.published else ""
    digits = value.replace("-", "") if re.fullmatch(r"\d{4}(-\d\d){0,2}", value) else ""
    return digits.ljust(14, "0")


Location = tuple[tuple[str, ...], tuple[str, ...]]
"""Type, name, country, first-level division; latitude, longitude, feature id. Column 11 has a division between them."""


def _place(city: City) -> Location:
    region = regions().get(city.code or "")
    point = (f"{region.latitude:.5f}", f"{region.longitude:.5f}") if region else ("", "")
    return ("5" if city.level == "province" else "4", _plain(city.name), "ID", ""), (*point, city.code or "")


def _country(country: Country) -> Location:
    return ("1", _plain(country.name), country.alpha2, ""), ("", "", country.alpha2)


def _offset(mentions: tuple[Mention, ...]) -> int:
    return next((mention.start for mention in mentions if mention.field == "text"), 0)


def _plain(text: str) -> str:
    return BREAKS.sub(" ", text).strip()
