"""Finds provinces, regencies and cities, and says which of them each mention means.

Three steps: the gazetteer's names are read off the text (`tagger.places`); each is weighed by what stands around it
(`tagger.weighing`); then the article as a whole decides what the doubtful ones mean (`tagger.linking`).
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from spacy.language import Language
from spacy.tokens import Doc

from tagger.candidates import SURE
from tagger.gazetteer.regions import UNCODED, regions
from tagger.linking import link
from tagger.places import scan
from tagger.tokens import split
from tagger.view import read
from tagger.weighing import weigh

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.vocab import Vocab

    from tagger.mentions import RegionFound

Dateline = tuple[tuple[str, float], ...]


@Language.component("kabar_regions", assigns=["doc._.regions", "doc._.dateline"], requires=["doc._.places"])
def find_regions(doc: Doc) -> Doc:
    """Sets `doc._.regions`, and `doc._.dateline` to (code, score) of the regions in a dateline outside the text."""
    view, names = doc._.places
    article = doc._.article
    home = article.site.edition if article is not None else None
    if article is not None and article.dateline:
        doc._.dateline = read_dateline(article.dateline, doc.vocab, home)
    from_dateline = doc._.dateline[0][0] if doc._.dateline else None
    doc._.regions = link(view, weigh(view, names, doc), from_dateline or home)
    doc._.dateline = agree(doc._.dateline, doc._.regions)
    return doc


def agree(dateline: Dateline, found: Sequence[RegionFound]) -> Dateline:
    """A bare shared name in the dateline ("JAMBI") means what the text says it means, where it says so."""
    meant = {regions()[item.code].short: item for item in found if item.code is not None and item.score >= SURE}
    out: dict[str, float] = {}
    for code, score in dateline:
        told = meant.get(regions()[code].short)
        if told is not None and told.code is not None:
            out.setdefault(told.code, told.score)
        else:
            out.setdefault(code, score)
    return tuple(out.items())


def read_dateline(dateline: str, vocab: Vocab, home: str | None = None) -> Dateline:
    """(code, score) of each region that a dateline such as "JAMBI, KOMPAS.com" names, in order."""
    words, spaces = split(dateline)
    doc = Doc(vocab, words=words, spaces=spaces)
    view = read(doc)
    candidates = [replace(item, weight=SURE, dateline=True) for item in weigh(view, scan(view), doc) if not item.weak]
    found = link(view, candidates, home)
    return tuple({region.code or UNCODED: region.score for region in found}.items())
