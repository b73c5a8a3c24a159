"""Articles in, tagged articles out: cities, officials, organizations, countries and quotes of Indonesian news.

>>> from tagger import load, tag
>>> nlp = load(rules_only=True)
>>> [city.name for city in tag("Bupati Bandung meninjau Cileunyi.", nlp).cities]
['Kabupaten Bandung']
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from spacy.language import Language

    from scraper.article import Article
    from tagger.document import TaggedArticle

__all__ = ["load", "tag", "tag_many"]


def load(model: str | Path | None = None, *, rules_only: bool = False) -> Language:
    """Assembles the spaCy pipeline: tokenizer, NER, gazetteers, linkers.

    Args:
        model: a spaCy pipeline (name or folder) to use for NER in place of the one shipped.
        rules_only: leave NER by model out; everything else still works.

    Raises:
        TaggerError: the weights are missing or damaged, or the pipeline cannot be loaded.
    """
    from tagger.pipeline import build

    return build(model, rules_only=rules_only)


def tag(source: Article | str, nlp: Language | None = None) -> TaggedArticle:
    """Tags one article, or plain text as it stands.

    Args:
        source: an `Article`, or text (paragraphs parted by a blank line).
        nlp: what `load` gave; loaded anew for this one call when left out.
    """
    from tagger.pipeline import tag_one

    return tag_one(source, nlp if nlp is not None else load())


def tag_many(articles: Iterable[Article], nlp: Language, *, batch_size: int = 32) -> Iterator[TaggedArticle]:
    """Tags a stream of articles in order; faster than one by one, since NER runs in batches.

    Args:
        articles: any iterable; read lazily, `batch_size` ahead.
        nlp: what `load` gave.
        batch_size: documents a batch.
    """
    from tagger.pipeline import tag_stream

    return tag_stream(articles, nlp, batch_size=batch_size)
