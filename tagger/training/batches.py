"""Sentences into tensors: cut to pieces, joined, cased, sorted by length, padded."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import torch

from tagger.training.corpora import STYLES, Sentence, tags_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from numpy.typing import NDArray
    from torch import Tensor

    from tagger.model.pieces import Pieces

START, PADDING, END = 0, 1, 2
LONGEST = 254  # pieces of a sentence, without the two marks
TAG_IDS = {style: {tag: i for i, tag in enumerate(tags_of(style))} for style in STYLES}


@dataclass(frozen=True, slots=True)
class Example:
    """One sequence: pieces, where each word starts in them, and what is known of the words.

    `style` and `gold` hold the tags of one head; `soft` holds a teacher's log probabilities of all heads
    (words, tags), and then there may be no gold.
    """

    ids: tuple[int, ...]
    firsts: tuple[int, ...]
    style: int = -1
    gold: tuple[int, ...] = ()
    soft: NDArray[np.float16] | None = None


@dataclass(frozen=True, slots=True)
class Batch:
    """Padded tensors; word tensors are flat over the batch. `styles` is -1 where a word has no gold."""

    ids: Tensor
    mask: Tensor
    firsts: Tensor
    styles: Tensor
    gold: Tensor
    soft: Tensor | None


def cut(words: Sequence[str], pieces: Pieces) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Pieces of the words with the two marks, and the index of each word's first piece; words too late are left out."""
    ids = [START]
    firsts = []
    for word in words:
        of = pieces.of(word)
        if len(ids) + len(of) > LONGEST + 1:
            break
        firsts.append(len(ids))
        ids.extend(of)
    return (*ids, END), tuple(firsts)


def example(sentence: Sentence, pieces: Pieces) -> Example:
    """A sentence as the network reads it; words beyond `LONGEST` pieces are left out."""
    ids, firsts = cut(sentence.words, pieces)
    soft = None if sentence.soft is None else sentence.soft[: len(firsts)]
    if not sentence.style:
        return Example(ids, firsts, soft=soft)
    tags = TAG_IDS[sentence.style]
    gold = tuple(tags[tag] for tag in sentence.tags[: len(firsts)])
    return Example(ids, firsts, STYLES.index(sentence.style), gold, soft)


def joined(sentences: Sequence[Sentence], share: float, rng: random.Random) -> list[Sentence]:
    """Joins that share of the sentences to the one before, as news at run time comes several sentences at a time."""
    out: list[Sentence] = []
    for sentence in sentences:
        if out and out[-1].style == sentence.style and len(out[-1].words) < 80 and rng.random() < share:
            sentence = together(out.pop(), sentence)
        out.append(sentence)
    return out


def together(first: Sentence, second: Sentence) -> Sentence:
    """Two sentences of one corpus as one; soft labels are kept where both have them."""
    soft = None
    if first.soft is not None and second.soft is not None:
        soft = np.concatenate([first.soft, second.soft])
    return Sentence(first.words + second.words, first.tags + second.tags, first.style, soft)


def recased(sentence: Sentence, forms: Mapping[str, str], rng: random.Random, lower: float, upper: float) -> Sentence:
    """Puts a sentence in lower case or capitals now and then; nerp, all lower case, mostly in its usual case."""
    chance = rng.random()
    if sentence.style == "nerp":
        return sentence if chance < 0.4 else truecased(sentence, forms)
    if chance < lower:
        return replace(sentence, words=tuple(word.lower() for word in sentence.words))
    if chance < lower + upper:
        return replace(sentence, words=tuple(word.upper() for word in sentence.words))
    return sentence


def truecased(sentence: Sentence, forms: Mapping[str, str]) -> Sentence:
    """Lower-case words in the form the raw news gives them most often; names and sentence starts with a capital."""
    words = []
    start = True
    for word, tag in zip(sentence.words, sentence.tags, strict=True):
        form = forms.get(word, word)
        if tag != "O" and form == word and tag[2:] in {"PER", "LOC"}:
            form = word[:1].upper() + word[1:]
        words.append(form[:1].upper() + form[1:] if start else form)
        start = word in {".", "?", "!"}
    return replace(sentence, words=tuple(words))


def batches(examples: list[Example], most_pieces: int, rng: random.Random | None) -> Iterator[Batch]:
    """Batches of like length, at most `most_pieces` with padding; shuffled where there is an `rng`."""
    order = sorted(range(len(examples)), key=lambda i: len(examples[i].ids) + (rng.random() * 6 if rng else 0))
    groups: list[list[Example]] = []
    for i in order:
        if not groups or (len(groups[-1]) + 1) * len(examples[i].ids) > most_pieces:
            groups.append([])
        groups[-1].append(examples[i])
    if rng:
        rng.shuffle(groups)
    return (collate(group) for group in groups)


def collate(group: Sequence[Example]) -> Batch:
    """Pads one group; the length is a multiple of 8."""
    length = (max(len(e.ids) for e in group) + 7) // 8 * 8
    ids = torch.full((len(group), length), PADDING)
    for row, e in enumerate(group):
        ids[row, : len(e.ids)] = torch.tensor(e.ids)
    firsts = torch.tensor([row * length + first for row, e in enumerate(group) for first in e.firsts])
    styles = torch.tensor([e.style for e in group for _ in e.firsts])
    gold = torch.tensor([tag for e in group for tag in (e.gold or (0,) * len(e.firsts))])
    softs = [e.soft for e in group]
    soft = None
    if all(s is not None for s in softs):
        soft = torch.cat([torch.from_numpy(s).float() for s in softs if s is not None])
    return Batch(ids, ids != PADDING, firsts, styles, gold, soft)
