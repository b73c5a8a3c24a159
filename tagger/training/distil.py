"""A teacher reads sentences, and leaves its log probabilities with them."""

from __future__ import annotations

import logging
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import torch

from tagger.model.decode import allowed, decode
from tagger.training.batches import collate, example
from tagger.training.corpora import STYLES, tags_of
from tagger.training.fit import SLICES
from tagger.training.network import thinned

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from tagger.model.pieces import Pieces
    from tagger.training.corpora import Sentence
    from tagger.training.network import Network

    Halves = NDArray[np.float16]

log = logging.getLogger(__name__)
AT_ONCE = 2048  # pieces


def read_all(network: Network, sentences: Sequence[Sentence], pieces: Pieces) -> list[Halves]:
    """Log probabilities of every head, (words, tags of all heads), for each sentence; in bf16, so to 2 or 3 digits."""
    network.eval()
    examples = [example(sentence, pieces) for sentence in sentences]
    out: list[Halves] = [np.empty((0, 0), np.float16)] * len(examples)
    order = sorted(range(len(examples)), key=lambda i: len(examples[i].ids))
    for count, group in enumerate(groups(order, [len(e.ids) for e in examples])):
        batch = collate([examples[i] for i in group])
        with torch.inference_mode(), torch.autocast("cpu", dtype=torch.bfloat16):
            scores = network(batch.ids, batch.mask, batch.firsts).float()
        normal = torch.cat([scores[:, part].log_softmax(-1) for part in SLICES.values()], 1).half().numpy()
        ends = np.cumsum([len(examples[i].firsts) for i in group])
        for i, part in zip(group, np.split(normal, ends[:-1]), strict=True):
            out[i] = part
        if count % 200 == 199:
            log.info("read %d of %d sentences", sum(len(part) > 0 for part in out), len(out))
    return out


def groups(order: Sequence[int], lengths: Sequence[int]) -> Iterator[list[int]]:
    """Indices, sorted by length, in groups of at most `AT_ONCE` pieces."""
    group: list[int] = []
    for i in order:
        if group and (len(group) + 1) * lengths[i] > AT_ONCE:
            yield group
            group = []
        group.append(i)
    if group:
        yield group


def mean(opinions: Sequence[Sequence[Halves]]) -> list[Halves]:
    """Log of the mean probability, sentence by sentence, of what several networks left."""
    share = np.log(len(opinions))
    return [
        (np.logaddexp.reduce([part.astype(np.float32) for part in parts]) - share).astype(np.float16)
        for parts in zip(*opinions, strict=True)
    ]


def with_soft(sentences: Sequence[Sentence], softs: Sequence[Halves]) -> list[Sentence]:
    """The sentences with soft labels; words that did not fit are cut off."""
    return [
        replace(s, words=s.words[: len(soft)], tags=s.tags[: len(soft)], soft=soft)
        for s, soft in zip(sentences, softs, strict=True)
    ]


def answers(network: Network, sentences: Sequence[Sentence], pieces: Pieces) -> list[list[str]]:
    """Tags of each sentence by the head of its own corpus."""
    out = []
    for sentence, scores in zip(sentences, read_all(network, sentences, pieces), strict=True):
        tags = tags_of(sentence.style)
        best = decode(scores[:, SLICES[STYLES.index(sentence.style)]].astype(np.float32), allowed(tags))
        out.append([tags[i] for i in best] + ["O"] * (len(sentence.words) - len(scores)))
    return out


def least_missed(network: Network, sentences: Sequence[Sentence], pieces: Pieces, keep: int) -> tuple[int, ...]:
    """Which layers to keep: again and again the one goes whose loss moves the answers least (greedy, no training).

    Args:
        network: the teacher.
        sentences: a few thousand words to read.
        pieces: cuts words.
        keep: layers wanted.
    """
    truth = np.concatenate(read_all(network, sentences, pieces)).astype(np.float32)
    kept = list(range(network.shape.layers))
    while len(kept) > keep:
        moved = {}
        for layer in kept:
            rest = [other for other in kept if other != layer]
            found = np.concatenate(read_all(thinned(network, rest), sentences, pieces)).astype(np.float32)
            moved[layer] = float((np.exp(truth) * (truth - found)).sum(1).mean())
        gone = min(moved, key=lambda layer: moved[layer])
        log.info("layer %d goes: divergence %.3f of %s", gone, moved[gone], {k: round(v, 3) for k, v in moved.items()})
        kept.remove(gone)
    return tuple(kept)
