"""Named entities by model: the spaCy component `kabar_ner`, and any spaCy pipeline of the user in its place.

Both fill `doc.spans["ner"]` with spans labelled PER, ORG and LOC.
"""

from __future__ import annotations

from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.util import filter_spans, load_model

from tagger.errors import ModelError
from tagger.model.decode import allowed, decode, log_softmax, spans
from tagger.model.encoder import SHIPPED, Encoder, read_config

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from numpy.typing import NDArray

    from tagger.model.encoder import Window

    Floats = NDArray[np.float32]

KEY = "ner"
SHOUTED = 4  # words in capitals that make a sentence in capitals, not a name
WINDOW = 100  # pieces seen at once: a few sentences
TAGS = ("O", "B-PER", "I-PER", "B-ORG", "I-ORG", "B-LOC", "I-LOC")

# The types of other pipelines (OntoNotes, CoNLL, NERGrit, NERP), and ours; all others are left out.
LABELS = {
    "PER": "PER", "PERSON": "PER", "PPL": "PER", "PS": "PER",
    "ORG": "ORG", "ORGANIZATION": "ORG", "ORGANISATION": "ORG", "NOR": "ORG",
    "LOC": "LOC", "GPE": "LOC", "PLACE": "LOC", "LOCATION": "LOC", "PLC": "LOC", "PLO": "LOC", "FAC": "LOC",
}  # fmt: skip


def add_ner(nlp: Language, model: str | Path | None = None) -> str:
    """Adds NER at the end of a pipeline, and gives the model's name for `tool.model`.

    Args:
        nlp: the pipeline to add to.
        model: name or folder of a spaCy pipeline that finds entities; None for the model shipped.

    Raises:
        ModelError: the weights are missing or damaged, or the pipeline cannot be loaded or finds no entities.
    """
    if model is None:
        name = read_config().name
        nlp.add_pipe("kabar_ner")
        return name
    borrowed = nlp.add_pipe("kabar_borrowed_ner", config={"pipeline": str(model)})
    return str(getattr(borrowed, "name", model))


class ModelNer:
    """Fills `doc.spans["ner"]` by the shipped model, or one of its kind.

    Weights are read at the first text, and left out of pickles: each process reads its own.

    Args:
        folder: a model folder.
        threads: windows read side by side; 0: one a processor, at most four.
    """

    def __init__(self, folder: Path = SHIPPED, threads: int = 0) -> None:
        self.folder = folder
        self.threads = threads
        self._encoder: Encoder | None = None
        self._may_follow = allowed(TAGS)

    def __getstate__(self) -> dict[str, Any]:
        return self.__dict__ | {"_encoder": None}

    @property
    def encoder(self) -> Encoder:
        """The network, opened at first use.

        Raises:
            ModelError: its files are missing or damaged.
        """
        if self._encoder is None:
            self._encoder = Encoder(self.folder, self.threads)
        return self._encoder

    def __call__(self, doc: Doc) -> Doc:
        """One text; several at a time go faster through `pipe`."""
        self.annotate([doc])
        return doc

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = 16) -> Iterator[Doc]:
        """Texts in order; the windows of `batch_size` texts run side by side."""
        for docs in batched(stream, batch_size):
            self.annotate(docs)
            yield from docs

    def annotate(self, docs: Sequence[Doc]) -> None:
        """Sets the spans of all texts."""
        read = [words_to_read(doc) for doc in docs]
        windows = [list(self._windows(doc, words)) for doc, words in zip(docs, read, strict=True)]
        scores = self.encoder.scores(window for some in windows for window in some)
        for doc, words, some in zip(docs, read, windows, strict=True):
            tags = [tag for _ in some for tag in decode(self._blend(next(scores)), self._may_follow).tolist()]
            doc.spans[KEY] = doc_spans(doc, words, tags)

    def _windows(self, doc: Doc, read: list[list[int]]) -> Iterator[Window]:
        texts = [token.text for token in doc]
        return self.encoder.windows((unshouted([texts[i] for i in sentence]) for sentence in read), WINDOW)

    def _blend(self, scores: Floats) -> Floats:
        """Weighted mean of the log probabilities of the heads that news is read with."""
        parts = [log_softmax(self.encoder.head(scores, s)) * w for s, w in self.encoder.config.blend.items()]
        return sum(parts[1:], parts[0])


def batched(stream: Iterable[Doc], size: int) -> Iterator[list[Doc]]:
    """Lists of `size` texts; the last one may be shorter."""
    texts = iter(stream)
    while some := list(islice(texts, size)):
        yield some


def words_to_read(doc: Doc) -> list[list[int]]:
    """Token indices of each sentence that may hold a name, white space left out.

    A sentence without a capital letter names nobody, unless the whole text is written without any.
    """
    sentences: list[list[int]] = []
    starts = doc.has_annotation("SENT_START")
    fresh = True
    for token in doc:
        fresh = fresh or (starts and bool(token.is_sent_start))
        if token.is_space:
            fresh = fresh or (not starts and "\n" in token.text)
        elif fresh:
            sentences.append([token.i])
            fresh = False
        else:
            sentences[-1].append(token.i)
    capital = [any(doc[i].text != doc[i].lower_ for i in s) for s in sentences]
    if not any(capital):
        return sentences
    return [sentence for sentence, has_one in zip(sentences, capital, strict=True) if has_one]


def unshouted(words: list[str]) -> list[str]:
    """A sentence all in capitals, in lower case: the model reads it better so (F1 on idner dev .85, not .71)."""
    letters = [word for word in words if len(word) > 1 and word.isalpha()]
    if len(letters) < SHOUTED or any(not word.isupper() for word in letters):
        return words
    return [word.lower() for word in words]


def doc_spans(doc: Doc, sentences: list[list[int]], tags: list[int]) -> list[Span]:
    """Spans of a text from the tags of the words read; none runs on into the next sentence."""
    out: list[Span] = []
    at = 0
    for words in sentences:
        found = spans([TAGS[tag] for tag in tags[at : at + len(words)]])
        out.extend(Span(doc, words[start], words[end - 1] + 1, label=kind) for start, end, kind in found)
        at += len(words)
    return out


@Language.factory("kabar_ner", default_config={"folder": None, "threads": 0})
def make_ner(nlp: Language, name: str, folder: str | None, threads: int) -> ModelNer:  # noqa: ARG001
    """Makes `kabar_ner` from a spaCy config: `folder` (null: the shipped one) and `threads`."""
    return ModelNer(SHIPPED if folder is None else Path(folder), threads)


class BorrowedNer:
    """Fills `doc.spans["ner"]` with the entities that another spaCy pipeline finds in the same text."""

    def __init__(self, pipeline: Language) -> None:
        self.pipeline = pipeline
        self.name = "{lang}_{name} {version}".format_map(
            {"lang": "", "name": "", "version": ""} | pipeline.meta
        ).strip()

    def __call__(self, doc: Doc) -> Doc:
        """One text."""
        return self._copy(doc, self.pipeline(doc.text))

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = 16) -> Iterator[Doc]:
        """Texts in order."""
        for docs in batched(stream, batch_size):
            answers = self.pipeline.pipe([doc.text for doc in docs], batch_size=batch_size)
            yield from map(self._copy, docs, answers)

    def _copy(self, doc: Doc, answer: Doc) -> Doc:
        found = [
            doc.char_span(ent.start_char, ent.end_char, label=LABELS[ent.label_.upper()], alignment_mode="expand")
            for ent in answer.ents
            if ent.label_.upper() in LABELS
        ]
        doc.spans[KEY] = sorted(filter_spans([span for span in found if span is not None]))
        return doc


@Language.factory("kabar_borrowed_ner", default_config={"pipeline": ""})
def make_borrowed_ner(nlp: Language, name: str, pipeline: str) -> BorrowedNer:  # noqa: ARG001
    """Loads a spaCy pipeline by name or folder.

    Raises:
        ModelError: it cannot be loaded, or no part of it finds persons, organizations or places.
    """
    try:
        borrowed = load_model(pipeline)
    except (OSError, ValueError, ImportError) as error:
        raise ModelError(f"{pipeline}: not a spaCy pipeline that can be loaded ({error})") from error
    labels = {label.upper() for part in borrowed.pipe_labels.values() for label in part}
    finders = {"ner", "entity_ruler", "span_ruler"} & set(borrowed.pipe_factories.values())
    if not finders or ("ner" in finders and not labels & LABELS.keys()):
        raise ModelError(
            f"{pipeline}: this pipeline ({', '.join(borrowed.pipe_names) or 'empty'}) names no "
            f"persons, organizations or places; its entities must be labelled one of {', '.join(LABELS)}"
        )
    borrowed.max_length = max(borrowed.max_length, 100_000_000)
    return BorrowedNer(borrowed)
