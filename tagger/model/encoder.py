"""Runs the shipped network: words in, tag scores out. onnxruntime alone; no spaCy, no torch.

A model folder holds `config.json` (name, heads, check sums), `pieces.json` and `model.onnx`.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections import deque
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from tagger.errors import ModelError
from tagger.model.pieces import Pieces

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from concurrent.futures import Future

    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

SHIPPED = Path(__file__).parent
START, END, UNKNOWN, SPECIAL = 0, 2, 3, 4
MOST_PIECES = 254  # of one window, without the two marks
AHEAD = 32  # windows handed to the threads before the first answer is taken
WAY_OUT = "reinstall kabar (pip install --force-reinstall kabar), or go on without the model (--rules-only)"


@dataclass(frozen=True, slots=True)
class Config:
    """What a model folder says of itself.

    Attributes:
        name: name and version, for `tool.model`.
        heads: tags of each head, in the order of the network's outputs.
        touching: heads in whose corpora two spans of one type may stand side by side.
        blend: weight of each head in the tags used on news.
        sha256: check sum of each file.
    """

    name: str
    heads: Mapping[str, tuple[str, ...]]
    touching: frozenset[str]
    blend: Mapping[str, float]
    sha256: Mapping[str, str]


def read_config(folder: Path = SHIPPED) -> Config:
    """Reads and checks a model folder; the files it names must be there, whole.

    Raises:
        ModelError: a file is missing or is not the one that was shipped.
    """
    path = folder / "config.json"
    try:
        raw = json.loads(path.read_text(encoding="utf-8"))
        heads = {style: tuple(tags) for style, tags in raw["heads"].items()}
        config = Config(raw["name"], heads, frozenset(raw["touching"]), raw["blend"], raw["sha256"])
    except OSError as error:
        raise ModelError(f"{path}: NER model not found ({error.strerror}); {WAY_OUT}") from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise ModelError(f"{path}: NER model's config is damaged ({error}); {WAY_OUT}") from error
    for name, wanted in config.sha256.items():
        check(folder / name, wanted)
    return config


def check(path: Path, wanted: str) -> None:
    """Raises `ModelError` unless the file has that SHA-256."""
    try:
        with path.open("rb") as file:
            found = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise ModelError(f"{path}: NER weights not found ({error.strerror}); {WAY_OUT}") from error
    if found != wanted:
        raise ModelError(f"{path}: NER weights are damaged (SHA-256 {found[:12]}…, not {wanted[:12]}…); {WAY_OUT}")


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch of text as the network sees it: pieces with the two marks, each word's first piece."""

    ids: tuple[int, ...]
    firsts: tuple[int, ...]


class Encoder:
    """The network with its pieces.

    Args:
        folder: a model folder.
        threads: windows read side by side; 0: one a processor, at most four.

    Raises:
        ModelError: the folder's files are missing or damaged.
    """

    def __init__(self, folder: Path = SHIPPED, threads: int = 0) -> None:
        self.config = read_config(folder)
        table = json.loads((folder / "pieces.json").read_text(encoding="utf-8"))
        self.pieces = Pieces(table["pieces"], table["scores"], special=SPECIAL, unknown=UNKNOWN)
        self._session = open_session(folder / "model.onnx")
        self._threads = ThreadPoolExecutor(threads or min(4, os.cpu_count() or 1), thread_name_prefix="kabar-ner")

    def windows(self, sentences: Iterable[Sequence[str]], most: int) -> Iterator[Window]:
        """Joins neighbouring sentences into windows of up to `most` pieces; a longer sentence is cut.

        The words of all windows are those of all sentences, in order. Context helps the names in it.
        """
        ids: list[int] = [START]
        firsts: list[int] = []
        for sentence in sentences:
            cut = [self.pieces.of(word) for word in sentence]
            if firsts and len(ids) + sum(map(len, cut)) > most:
                yield Window((*ids, END), tuple(firsts))
                ids, firsts = [START], []
            for pieces in cut:
                if firsts and len(ids) + len(pieces) > max(most, MOST_PIECES):
                    yield Window((*ids, END), tuple(firsts))
                    ids, firsts = [START], []
                firsts.append(len(ids))
                ids.extend(pieces)
        if firsts:
            yield Window((*ids, END), tuple(firsts))

    def scores(self, windows: Iterable[Window]) -> Iterator[Floats]:
        """(words, outputs of all heads) of each window, in order.

        Each window runs alone, so that its answer is the same whatever else is read; windows run side by side.
        """
        ahead: deque[Future[Floats]] = deque()
        for window in windows:
            ahead.append(self._threads.submit(self._run, window))
            if len(ahead) > AHEAD:
                yield ahead.popleft().result()
        while ahead:
            yield ahead.popleft().result()

    def _run(self, window: Window) -> Floats:
        feed = {"ids": np.array([window.ids], np.int32), "firsts": np.array(window.firsts, np.int64)}
        scores: Floats = self._session.run(None, feed)[0][0]
        return scores

    def head(self, scores: Floats, style: str) -> Floats:
        """The columns of one head."""
        at = 0
        for name, tags in self.config.heads.items():
            if name == style:
                return scores[:, at : at + len(tags)]
            at += len(tags)
        raise ModelError(f"no head {style!r} in this model; it has {', '.join(self.config.heads)}")


def open_session(path: Path) -> Any:
    """An onnxruntime session on the processor, in the calling thread.

    Raises:
        ModelError: onnxruntime cannot read the file.
    """
    import onnxruntime as ort
    from onnxruntime.capi import onnxruntime_pybind11_state as states

    options = ort.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.graph_optimization_level = ort.GraphOptimizationLevel.ORT_ENABLE_BASIC  # more would undo what export chose
    options.log_severity_level = 3
    try:
        return ort.InferenceSession(path, options, providers=["CPUExecutionProvider"])
    except (
        states.Fail,
        states.InvalidProtobuf,
        states.InvalidGraph,
        states.NoSuchFile,
        states.NotImplemented,
    ) as error:
        raise ModelError(
            f"{path}: onnxruntime {ort.__version__} cannot read the NER weights ({error}); {WAY_OUT}"
        ) from error
