"""Strict span scores of NER on files of `token TAB tag`: a span is right when its boundaries and its type are."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tagger.errors import TaggerError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from tagger.model.encoder import Encoder

STYLES = ("idner", "nerui", "nergrit")

# A corpus' own names for the types, and ours. What is not here is kept under its own name.
TYPES = {
    "PERSON": "PER", "PPL": "PER", "Person": "PER",
    "ORGANIZATION": "ORG", "ORGANISATION": "ORG", "Organisation": "ORG", "Organization": "ORG",
    "LOCATION": "LOC", "PLACE": "LOC", "PLC": "LOC", "Place": "LOC",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Score:
    """Spans found and right, found, and there to find."""

    right: int
    found: int
    gold: int

    @property
    def precision(self) -> float:
        """Share of the found that is right; 0 where nothing was found."""
        return self.right / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        """Share of the gold that was found; 0 where there is none."""
        return self.right / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of the two."""
        return 2 * self.right / (self.found + self.gold) if self.found + self.gold else 0.0


def evaluate_ner(path: Path, style: str) -> str:
    """A report on the shipped model; its last line is `F1 0.xxx`.

    Args:
        path: token TAB tag, a blank line between sentences, BIO tags under the corpus' own names.
        style: whose conventions to follow: one of `STYLES`.

    Raises:
        TaggerError: the style is unknown, the file cannot be read, or a line is not token TAB tag.
        ModelError: the weights are missing or damaged.
    """
    scores = ner_scores(path, style)
    lines = [
        f"{kind:<5} P {s.precision:.3f}  R {s.recall:.3f}  F1 {s.f1:.3f}  ({s.gold} spans)"
        for kind, s in scores.items()
    ]
    return "\n".join([f"{path}, {style} style, strict spans", *lines, f"F1 {scores['all'].f1:.3f}"])


def ner_scores(path: Path, style: str) -> Mapping[str, Score]:
    """Scores of the shipped model a type, and last, as "all", over all types. Raises as `evaluate_ner` does."""
    from tagger.model.encoder import Encoder

    if style not in STYLES:
        raise TaggerError(f"no style {style!r}; it is one of {', '.join(STYLES)}")
    sentences = list(read_sentences(path))
    answers = predict([[word for word, _ in sentence] for sentence in sentences], style, Encoder())
    return strict((bio(tag for _, tag in sentence), tags) for sentence, tags in zip(sentences, answers, strict=True))


def predict(sentences: Sequence[Sequence[str]], style: str, encoder: Encoder) -> list[list[str]]:
    """Tags of each sentence, read alone, by one head."""
    from tagger.model.decode import allowed, decode, log_softmax
    from tagger.model.encoder import MOST_PIECES

    tags = encoder.config.heads[style]
    may_follow = allowed(tags, touching=style in encoder.config.touching)
    windows = [list(encoder.windows([sentence], MOST_PIECES)) for sentence in sentences]
    scores = encoder.scores(window for some in windows for window in some)
    return [
        [tags[i] for _ in some for i in decode(log_softmax(encoder.head(next(scores), style)), may_follow)]
        for some in windows
    ]


def read_sentences(path: Path) -> Iterator[list[tuple[str, str]]]:
    """Sentences as lists of (token, tag).

    Raises:
        TaggerError: the file cannot be read, or a line is not token TAB tag.
    """
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise TaggerError(f"{path}: cannot be read as UTF-8 text ({error})") from error
    sentence: list[tuple[str, str]] = []
    for number, line in enumerate(lines, 1):
        word, tab, tag = line.rstrip("\r").partition("\t")
        if word.strip() or tab:
            if not tab or not tag.strip():
                raise TaggerError(f"{path}, line {number}: not a token, a tab and a tag: {line[:60]!r}")
            sentence.append((word, tag.strip()))
        elif sentence:
            yield sentence
            sentence = []
    if sentence:
        yield sentence


def bio(tags: Iterable[str]) -> list[str]:
    """Strict BIO under our names; bare types and an I- that continues nothing become B- where a span begins."""
    out: list[str] = []
    for tag in tags:
        mark, _, kind = tag.partition("-") if "-" in tag else ("I", "", tag)
        kind = TYPES.get(kind, kind)
        if kind == "O":
            out.append("O")
        elif mark == "B" or not out or out[-1][2:] != kind:
            out.append("B-" + kind)
        else:
            out.append("I-" + kind)
    return out


def strict(pairs: Iterable[tuple[Sequence[str], Sequence[str]]]) -> Mapping[str, Score]:
    """Scores a type, and last "all" over all types, of (gold tags, found tags) of each sentence."""
    from tagger.model.decode import spans

    right, found, gold = Counter[str](), Counter[str](), Counter[str]()
    for truth, answer in pairs:
        there, given = set(spans(truth)), set(spans(answer))
        for counts, these in ((right, there & given), (found, given), (gold, there)):
            counts.update(kind for _, _, kind in these)
            counts["all"] += len(these)
    kinds = [*sorted({*gold, *found} - {"all"}), "all"]
    return {kind: Score(right[kind], found[kind], gold[kind]) for kind in kinds}
