"""Assembles the spaCy `Language`, and runs it over articles.

Order: sentences, NER, persons, place names, regions, countries, organizations, officials, quotes. Every step is a
registered component that reads what earlier ones left on the `Doc` (`tagger.mentions`).
"""

from __future__ import annotations

import hashlib
import re
from importlib import import_module
from itertools import islice
from typing import TYPE_CHECKING

from spacy.language import Language

from scraper.article import Article
from tagger.assemble import GAP, assemble
from tagger.extensions import register
from tagger.tokens import NewsTokenizer

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from spacy.tokens import Doc

    from tagger.document import TaggedArticle

STEPS = (
    ("kabar_sentences", "tagger.tokens"),
    ("kabar_persons", "tagger.person_spans"),
    ("kabar_places", "tagger.places"),
    ("kabar_regions", "tagger.regions"),
    ("kabar_countries", "tagger.countries"),
    ("kabar_organizations", "tagger.organizations"),
    ("kabar_officials", "tagger.officials"),
    ("kabar_quotes", "tagger.quotes"),
)
MAX_LENGTH = 100_000_000  # code points; spaCy's own cap of a million is for its parser, which is not used here
_SURROGATE = re.compile("[\ud800-\udfff]")


class IndonesianNews(Language):  # type: ignore[no-untyped-call]
    """spaCy's `Language` with the tokenizer of `tagger.tokens`."""

    lang = "id"


def build(model: str | Path | None = None, *, rules_only: bool = False) -> Language:
    """The pipeline, ready to use; `nlp.meta["ner"]` holds the name of the NER model, or None.

    Args:
        model: spaCy pipeline to use for NER in place of the shipped weights.
        rules_only: no NER by model.

    Raises:
        ModelError: the weights or the user's pipeline cannot be read.
        GazetteerError: a table is missing or malformed.
    """
    register()
    nlp = IndonesianNews(max_length=MAX_LENGTH)
    nlp.tokenizer = NewsTokenizer(nlp.vocab)
    nlp.meta["ner"] = None
    for name, module in STEPS:
        import_module(module)
        nlp.add_pipe(name)
        if name == "kabar_sentences" and not rules_only:
            nlp.meta["ner"] = _add_ner(nlp, model)
    return nlp


def _add_ner(nlp: Language, model: str | Path | None) -> str:
    """Adds NER; the runtime of the model is imported only here."""
    from tagger.ner import add_ner

    return add_ner(nlp, model)


def tag_one(source: Article | str, nlp: Language) -> TaggedArticle:
    """Tags one article, or plain text as it stands."""
    article = source if isinstance(source, Article) else _plain(source)
    return assemble(nlp(_doc(article, nlp)), article, nlp.meta["ner"])


def tag_stream(articles: Iterable[Article], nlp: Language, *, batch_size: int = 32) -> Iterator[TaggedArticle]:
    """Tags articles in order, `batch_size` read ahead.

    Each batch has its own memory zone, so that the words of a long crawl do not pile up in the vocabulary.
    """
    source = iter(articles)
    while batch := list(islice(source, batch_size)):
        with nlp.memory_zone():
            docs = nlp.pipe([_doc(article, nlp) for article in batch], batch_size=batch_size)
            tagged = [assemble(doc, article, nlp.meta["ner"]) for doc, article in zip(docs, batch, strict=True)]
        yield from tagged


def _plain(text: str) -> Article:
    """Plain text as an article, named by its hash."""
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return Article(id=digest[:16], text=text, method="text")


def _doc(article: Article, nlp: Language) -> Doc:
    """Title, blank line and text as one `Doc`; lone surrogates, which are no text, become U+FFFD of the same length."""
    title = article.title or ""
    text = title + GAP + article.text if title else article.text
    doc = nlp.make_doc(_SURROGATE.sub("\ufffd", text))
    doc._.title_length = len(title)
    doc._.article = article
    return doc
