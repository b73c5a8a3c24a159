"""Assembles the spaCy `Language`, and runs it over articles.

Order: sentences, NER, regions, countries, organizations, officials, quotes. Every step is a registered component
that reads what earlier ones left on the `Doc` (`tagger.mentions`).
"""

from __future__ import annotations

import hashlib
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING

from spacy.language import Language

from scraper.article import Article
from tagger.assemble import assemble
from tagger.tokens import NewsTokenizer

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from spacy.tokens import Doc

    from tagger.document import TaggedArticle

STEPS = (
    ("kabar_sentences", "tagger.tokens"),
    ("kabar_places", "tagger.places"),
    ("kabar_regions", "tagger.regions"),
    ("kabar_countries", "tagger.countries"),
    ("kabar_organizations", "tagger.organizations"),
    ("kabar_officials", "tagger.officials"),
    ("kabar_quotes", "tagger.quotes"),
)
GAP = "\n\n"
MAX_LENGTH = 100_000_000  # code points; spaCy's own cap of a million is for its parser, which is not used here


class IndonesianNews(Language):
    """spaCy's `Language` with the tokenizer of `tagger.tokens`."""

    lang = "id"


def build(model: str | Path | None = None, *, rules_only: bool = False) -> Language:
    """The pipeline, ready to use.

    Args:
        model: spaCy pipeline to use for NER in place of the shipped weights.
        rules_only: no NER by model.

    Raises:
        ModelError: the weights or the user's pipeline cannot be read.
    """
    nlp = IndonesianNews(max_length=MAX_LENGTH)
    nlp.tokenizer = NewsTokenizer(nlp.vocab)
    for name, module in STEPS:
        if find_spec(module) is None:
            continue
        import_module(module)
        nlp.add_pipe(name)
        if name == "kabar_sentences":
            nlp.meta["ner"] = None if rules_only else _add_ner(nlp, model)
    return nlp


def _add_ner(nlp: Language, model: str | Path | None) -> str | None:
    if find_spec("tagger.ner") is None:
        return None
    from tagger.ner import add_ner

    return add_ner(nlp, model)


def tag_one(source: Article | str, nlp: Language) -> TaggedArticle:
    """Tags one article, or plain text as it stands."""
    article = _article(source)
    return assemble(nlp(_doc(article, nlp)), article, nlp.meta.get("ner"))


def tag_stream(articles: Iterable[Article], nlp: Language, *, batch_size: int = 32) -> Iterator[TaggedArticle]:
    """Tags articles in order, `batch_size` read ahead."""
    docs = (_doc(article, nlp) for article in articles)
    for doc in nlp.pipe(docs, batch_size=batch_size):
        yield assemble(doc, doc._.article, nlp.meta.get("ner"))


def _article(source: Article | str) -> Article:
    if isinstance(source, Article):
        return source
    digest = hashlib.sha256(source.encode("utf-8", "surrogatepass")).hexdigest()
    return Article(id=digest[:16], text=source, method="text")


def _doc(article: Article, nlp: Language) -> Doc:
    """Title, blank line, text as one `Doc`."""
    title = article.title or ""
    doc = nlp.make_doc(title + GAP + article.text if title else article.text)
    doc._.title_length = len(title)
    doc._.article = article
    return doc
