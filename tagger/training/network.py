"""The network in torch: a BERT encoder (post-norm) with one linear head a corpus, read off each word's first piece."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING

import torch
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812

from tagger.training.corpora import STYLES, tags_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

HEADS = {style: len(tags_of(style)) for style in STYLES}


@dataclass(frozen=True, slots=True)
class Shape:
    """Sizes of the network."""

    vocabulary: int
    layers: int = 12
    hidden: int = 384
    inner: int = 1536
    heads: int = 12
    positions: int = 512

    def dict(self) -> dict[str, int]:
        """For a checkpoint."""
        return asdict(self)


def drop(x: Tensor, share: float, training: bool) -> Tensor:
    """Dropout that leaves out the same channels of a whole sequence (Gal and Ghahramani 2016, arXiv:1512.05287).

    On a processor the random numbers of common dropout cost a third of a training step; these cost nothing.
    """
    if not training:
        return x
    kept = torch.rand(x.shape[0], 1, x.shape[2]) >= share
    return x * (kept.to(x.dtype) / (1 - share))


def attend(q: Tensor, k: Tensor, v: Tensor, mask: Tensor) -> Tensor:
    """Scaled dot-product attention, spelt out: the fused one's backward takes half of a step on a processor."""
    with torch.autocast("cpu", enabled=False):
        scores = torch.matmul(q * q.shape[-1] ** -0.5, k.transpose(2, 3)) + mask.to(q.dtype)
        return torch.matmul(scores.softmax(-1), v)


class Block(nn.Module):  # type: ignore[misc]  # torch is not there where types are checked
    """Self-attention and feed-forward, each with its residual and norm after it."""

    def __init__(self, shape: Shape, dropout: float) -> None:
        super().__init__()
        self.heads = shape.heads
        self.dropout = dropout
        self.qkv = nn.Linear(shape.hidden, 3 * shape.hidden)
        self.out = nn.Linear(shape.hidden, shape.hidden)
        self.norm1 = nn.LayerNorm(shape.hidden, eps=1e-12)
        self.up = nn.Linear(shape.hidden, shape.inner)
        self.down = nn.Linear(shape.inner, shape.hidden)
        self.norm2 = nn.LayerNorm(shape.hidden, eps=1e-12)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        """x: (batch, length, hidden); mask: (batch, 1, 1, length), 0 at a piece, very low at padding."""
        batch, length, hidden = x.shape
        q, k, v = self.qkv(x).view(batch, length, 3, self.heads, hidden // self.heads).permute(2, 0, 3, 1, 4)
        seen = attend(q, k, v, mask)
        seen = self.out(seen.transpose(1, 2).reshape(batch, length, hidden))
        x = self.norm1(x + drop(seen, self.dropout, self.training))
        return self.norm2(x + drop(self.down(F.gelu(self.up(x))), self.dropout, self.training))


class Network(nn.Module):  # type: ignore[misc]
    """Pieces in, one score a tag of every head out."""

    def __init__(self, shape: Shape, dropout: float = 0.1, sparse: bool = True) -> None:
        super().__init__()
        self.shape = shape
        self.dropout = dropout
        self.pieces = nn.Embedding(shape.vocabulary, shape.hidden, sparse=sparse)
        self.positions = nn.Embedding(shape.positions, shape.hidden)
        self.norm = nn.LayerNorm(shape.hidden, eps=1e-12)
        self.blocks = nn.ModuleList(Block(shape, dropout) for _ in range(shape.layers))
        self.tags = nn.Linear(shape.hidden, sum(HEADS.values()))

    def encode(self, ids: Tensor, mask: Tensor) -> Tensor:
        """ids: (batch, length) int64; mask: (batch, length) bool; gives (batch, length, hidden)."""
        x = self.pieces(ids) + self.positions.weight[: ids.shape[1]]
        x = drop(self.norm(x), self.dropout, self.training)
        low = torch.zeros(mask.shape).masked_fill(~mask, -1e4)[:, None, None, :]
        for block in self.blocks:
            x = block(x, low)
        return x

    def forward(self, ids: Tensor, mask: Tensor, firsts: Tensor) -> Tensor:
        """Scores (words, tags of all heads); firsts: (words,) each word's first piece in the flattened batch."""
        x = self.encode(ids, mask).flatten(0, 1)[firsts]
        return self.tags(F.dropout(x, self.dropout, self.training))


def from_e5(weights: Mapping[str, Floats], layers: Sequence[int]) -> Network:
    """A network with the pretrained encoder's pieces and chosen layers; the heads are new.

    Args:
        weights: what `E5.weights` gives, under the usual BERT names.
        layers: which of the 12 layers, in order.
    """

    def take(name: str) -> Tensor:
        return torch.from_numpy(weights[name].copy())

    words = take("embeddings.word_embeddings.weight")
    network = Network(Shape(len(words), len(layers)))
    state = network.state_dict()
    state["pieces.weight"] = words
    state["positions.weight"] = (
        take("embeddings.position_embeddings.weight") + take("embeddings.token_type_embeddings.weight")[0]
    )
    state["norm.weight"] = take("embeddings.LayerNorm.weight")
    state["norm.bias"] = take("embeddings.LayerNorm.bias")
    names = {
        "out": "attention.output.dense", "norm1": "attention.output.LayerNorm",
        "up": "intermediate.dense", "down": "output.dense", "norm2": "output.LayerNorm",
    }  # fmt: skip
    for to, at in enumerate(layers):
        for part in ("weight", "bias"):
            there = f"encoder.layer.{at}."
            qkv = [take(f"{there}attention.self.{name}.{part}") for name in ("query", "key", "value")]
            state[f"blocks.{to}.qkv.{part}"] = torch.cat(qkv)
            for ours, theirs in names.items():
                state[f"blocks.{to}.{ours}.{part}"] = take(f"{there}{theirs}.{part}")
    network.load_state_dict(state)
    return network


def thinned(network: Network, layers: Sequence[int]) -> Network:
    """A copy with only those layers; all else, heads too, as it is."""
    small = Network(replace(network.shape, layers=len(layers)), network.dropout)
    there = network.state_dict()
    state = small.state_dict()
    for name in state:
        block, at, *rest = name.split(".")
        source = ".".join([block, str(layers[int(at)]), *rest]) if block == "blocks" else name
        state[name] = there[source].clone()
    small.load_state_dict(state)
    return small
