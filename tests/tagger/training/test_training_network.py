"""A tiny network: it learns, resumes where it stopped, and its 8-bit graph answers alike. Needs the `train` extra."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

pytest.importorskip("torch")
pytest.importorskip("onnx")

import onnxruntime as ort
import torch

from tagger.model.pieces import Pieces
from tagger.training import batches, export, fit, network, smooth
from tagger.training.corpora import Sentence
from tagger.training.recipe import Plan

if TYPE_CHECKING:
    from pathlib import Path

TEXTS = ["<s>", "<pad>", "</s>", "<unk>", "▁", *"abcdefghijklmnopqrstuvwxyzRS", "▁di", "▁Rina", "▁Solo"]
PIECES = Pieces(TEXTS, [0.0] * 4 + [-3.0] * (len(TEXTS) - 4), special=4, unknown=3)
SHAPE = network.Shape(vocabulary=len(TEXTS), layers=2, hidden=64, inner=128, heads=2, positions=64)
PLAN = Plan(epochs=2, rate=3e-3, head_rate=3e-3, most_pieces=64)
SENTENCE = Sentence(("Rina", "di", "Solo"), ("B-PER", "O", "B-LOC"), "nerui")


def examples(_epoch: int) -> list[batches.Example]:
    return [batches.example(SENTENCE, PIECES)] * 40


def trained(folder: Path, epochs: int) -> network.Network:
    torch.manual_seed(1)
    work = fit.Fit(network.Network(SHAPE), replace(PLAN, epochs=epochs), folder)
    work.resume()
    return work.run(examples, lambda _network, _epoch: None)


def test_it_learns_and_a_stopped_run_goes_on_to_the_same_end(tmp_path: Path) -> None:
    whole = trained(tmp_path / "whole", 2)
    batch = batches.collate(examples(0)[:1])
    scores = whole(batch.ids, batch.mask, batch.firsts)[:, fit.SLICES[1]]
    assert scores.argmax(1).tolist() == batch.gold.tolist()

    class StopError(Exception):
        pass

    def stop(_network: network.Network, _epoch: int) -> None:
        raise StopError

    torch.manual_seed(1)
    with pytest.raises(StopError):
        fit.Fit(network.Network(SHAPE), PLAN, tmp_path / "stopped").run(examples, stop)
    resumed = trained(tmp_path / "stopped", 2)
    for ours, theirs in zip(resumed.parameters(), whole.parameters(), strict=True):
        torch.testing.assert_close(ours, theirs)


def miss(whole: network.Network, tensors: dict[str, torch.Tensor]) -> float:
    """How far the 8-bit graph's answers lie from the network's, as a share of the largest."""
    state = {name: tensor.numpy() for name, tensor in tensors.items()}
    session = ort.InferenceSession(export.build(state, SHAPE, 7).SerializeToString())
    batch = batches.collate([batches.example(SENTENCE, PIECES)])
    length = int(batch.mask.sum())
    feed = {"ids": batch.ids[:, :length].numpy().astype(np.int32), "firsts": batch.firsts.numpy()}
    with torch.no_grad():
        expected = whole(batch.ids, batch.mask, batch.firsts).numpy()
    return float(np.abs(session.run(None, feed)[0][0] - expected).max() / np.abs(expected).max())


def test_the_graph_answers_as_the_network_does() -> None:
    torch.manual_seed(2)
    whole = network.Network(SHAPE).eval()
    assert miss(whole, whole.state_dict()) < 0.05


def test_a_wide_channel_spoils_the_graph_unless_it_is_evened_out() -> None:
    torch.manual_seed(2)
    whole = network.Network(SHAPE).eval()
    with torch.no_grad():
        for block in whole.blocks:
            block.up.weight[3] *= 200
            block.down.weight[:, 3] /= 200
    even = smooth.factors(whole, examples(0)[:1])
    assert miss(whole, whole.state_dict() | even) < miss(whole, whole.state_dict()) / 2


def test_padding_changes_nothing() -> None:
    whole = network.Network(SHAPE).eval()
    one = batches.example(SENTENCE, PIECES)
    long = batches.example(Sentence(SENTENCE.words * 4, SENTENCE.tags * 4, "nerui"), PIECES)
    alone, padded = batches.collate([one]), batches.collate([one, long])
    with torch.no_grad():
        first = whole(alone.ids, alone.mask, alone.firsts)
        second = whole(padded.ids, padded.mask, padded.firsts)[: len(one.firsts)]
    torch.testing.assert_close(first, second, rtol=1e-4, atol=1e-5)


def test_casing_keeps_words_and_tags_in_step() -> None:
    rng = random.Random(3)
    shouted = batches.recased(SENTENCE, {}, rng, lower=0.0, upper=1.0)
    assert shouted.words == ("RINA", "DI", "SOLO")
    lower = Sentence(("rina", "di", "solo", ".", "ia"), ("B-PER", "O", "B-LOC", "O", "O"), "nerp")
    assert batches.truecased(lower, {"solo": "Solo"}).words == ("Rina", "di", "Solo", ".", "Ia")
    joined = batches.joined([SENTENCE, SENTENCE], 1.0, rng)
    assert joined == [Sentence(SENTENCE.words * 2, SENTENCE.tags * 2, "nerui")]
