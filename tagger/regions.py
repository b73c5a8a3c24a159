"""Finds provinces, regencies and cities, and says which of them each mention means.

Three steps: the gazetteer's names are read off the text (`tagger.places`); each is weighed by what stands around it
(`tagger.weighing`); then the article as a whole decides what the doubtful ones mean (`tagger.linking`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from spacy.language import Language

from tagger.linking import link
from tagger.weighing import weigh

if TYPE_CHECKING:
    from spacy.tokens import Doc


@Language.component("kabar_regions", assigns=["doc._.regions"], requires=["doc._.places"])
def find_regions(doc: Doc) -> Doc:
    """Sets `doc._.regions`."""
    view, names = doc._.places
    doc._.regions = link(view, weigh(view, names, doc), doc._.article)
    return doc
