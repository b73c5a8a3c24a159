"""Scores of tags into spans: the likeliest sequence of tags that is well-formed BIO."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    Floats = NDArray[np.float32]
    Ints = NDArray[np.int64]


def allowed(tags: Sequence[str], touching: bool = True) -> NDArray[np.bool_]:
    """(tags + 1, tags): may the column's tag follow the row's? The last row is the start of a text.

    Args:
        tags: BIO tags.
        touching: whether a span may begin right where another of its type ends.
    """
    return np.array([[_may_follow(last, tag, touching) for tag in tags] for last in [*tags, "O"]])


def _may_follow(last: str, tag: str, touching: bool) -> bool:
    same = tag != "O" and last[2:] == tag[2:]
    return same if tag[0] == "I" else touching or not same


def log_softmax(scores: Floats) -> Floats:
    """Log probabilities along the last axis."""
    scores = scores - scores.max(-1, keepdims=True)
    normal: Floats = scores - np.log(np.exp(scores).sum(-1, keepdims=True))
    return normal


def decode(scores: Floats, may_follow: NDArray[np.bool_]) -> Ints:
    """Tag ids of one text; Viterbi only where the best tag of each word gives no well-formed sequence.

    Args:
        scores: (words, tags), log probabilities.
        may_follow: what `allowed` gives.
    """
    best: Ints = scores.argmax(1)
    before = np.concatenate(([len(may_follow) - 1], best[:-1]))
    if may_follow[before, best].all():
        return best
    return viterbi(scores, may_follow)


def viterbi(scores: Floats, may_follow: NDArray[np.bool_]) -> Ints:
    """The likeliest allowed sequence."""
    barred = np.where(may_follow, 0.0, -1e9)
    total = scores[0] + barred[-1]
    came_from = np.zeros(scores.shape, np.int64)
    for at in range(1, len(scores)):
        ways = total[:, None] + barred[:-1]
        came_from[at] = ways.argmax(0)
        total = ways.max(0) + scores[at]
    path = np.empty(len(scores), np.int64)
    path[-1] = total.argmax()
    for at in range(len(scores) - 1, 0, -1):
        path[at - 1] = came_from[at, path[at]]
    return path


def spans(tags: Sequence[str]) -> Iterator[tuple[int, int, str]]:
    """(start, end, type) of BIO tags, half-open; an I- that continues nothing begins a span, as in CoNLL's scorer."""
    start, kind = 0, ""
    for at, tag in enumerate(tags):
        if kind and (tag[0] != "I" or tag[2:] != kind):
            yield start, at, kind
            kind = ""
        if tag != "O" and not kind:
            start, kind = at, tag[2:]
    if kind:
        yield start, len(tags), kind
