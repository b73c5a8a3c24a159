"""Sentences of raw news annotated by hand in the manner of a corpus, to learn its conventions from more cases.

The file holds no text: a line gives the article (its line in `raw/news.jsonl.xz`, from 0), the sentence's start and end
in the article's text, and the spans as `TYPE start-end` counted from the sentence's start, all in code points.
"""

from __future__ import annotations

import json
import lzma
from pathlib import Path
from typing import TYPE_CHECKING

from tagger.tokens import split
from tagger.training.corpora import Sentence

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    Place = tuple[str, int, int]  # type, start, end

FOLDER = Path(__file__).parent


def annotated(style: str, news: Path) -> list[Sentence]:
    """The sentences annotated in a corpus' manner.

    Args:
        style: the corpus; `annotated-STYLE.tsv` beside this module is read.
        news: `raw/news.jsonl.xz`.
    """
    lines = (FOLDER / f"annotated-{style}.tsv").read_text(encoding="utf-8").splitlines()[1:]
    rows = [line.split("\t") for line in lines]
    texts = _texts(news, {int(row[0]) for row in rows})
    return [
        tagged(texts[int(article)][int(start) : int(end)], places(spans), style) for article, start, end, spans in rows
    ]


def _texts(news: Path, wanted: set[int]) -> dict[int, str]:
    with lzma.open(news, "rt", encoding="utf-8") as lines:
        return {number: json.loads(line)["text"] for number, line in enumerate(lines) if number in wanted}


def places(spans: str) -> list[Place]:
    """Spans as the file writes them: "PER 0-11,LOC 15-22"."""
    out = []
    for span in spans.split(",") if spans else ():
        kind, _, between = span.partition(" ")
        start, _, end = between.partition("-")
        out.append((kind, int(start), int(end)))
    return out


def tagged(text: str, spans: Sequence[Place], style: str) -> Sentence:
    """A sentence with its tags; brackets stay with the word inside, "(BEI)", as the corpora write them."""
    words: list[str] = []
    tags: list[str] = []
    before = ""
    for word, at in _words(text):
        tag = next((f"{'B' if start == at else 'I'}-{kind}" for kind, start, end in spans if start <= at < end), "O")
        if words and not before.isspace() and (words[-1] == "(" or word == ")"):
            words[-1] += word
            tags[-1] = tag if tags[-1] == "O" else tags[-1]
        else:
            words.append(word)
            tags.append(tag)
        before = text[at + len(word) : at + len(word) + 1]
    return Sentence(tuple(words), tuple(tags), style)


def _words(text: str) -> Iterator[tuple[str, int]]:
    """Words with where they start, white space left out."""
    at = 0
    words, spaces = split(text)
    for word, space in zip(words, spaces, strict=True):
        if not word.isspace():
            yield word, at
        at += len(word) + space
