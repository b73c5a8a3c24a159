"""How the shipped model is made: every number in one place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Plan:
    """How to train one network. Rates rise in the warm-up, then fall linearly to a twentieth.

    Attributes:
        epochs: passes over the corpora.
        rate: peak learning rate of the encoder.
        head_rate: that of the heads.
        most_pieces: pieces a batch, padding included.
        warm_up: share of the epochs in which the rate climbs.
        layer_decay: factor on the rate from each layer to the one below.
        averaging: how much of the running average of the weights stays, a step.
        distil: weight of the teacher's soft labels; 1 minus it is the gold's, where a word has both.
        nerp: sentences of nerp an epoch; all of it would drown the others.
        raw_epochs: passes over raw news with the teachers' labels, spread over the epochs.
        joined: share of the sentences joined to the one before.
        lower: share of the sentences put in lower case.
        upper: share put in capitals.
        seed: of everything random.
    """

    epochs: int
    rate: float = 1e-4
    head_rate: float = 5e-4
    most_pieces: int = 1024
    warm_up: float = 0.06
    layer_decay: float = 0.95
    averaging: float = 0.995
    distil: float = 0.5
    nerp: int = 2000
    raw_epochs: float = 1.6
    joined: float = 0.15
    lower: float = 0.03
    upper: float = 0.02
    seed: int = 7


@dataclass(frozen=True, slots=True)
class Generation:
    """One network of the line that ends in the one that ships.

    Attributes:
        name: of its folder.
        plan: how it is trained.
        start: the network it begins as; empty: the pretrained encoder, with all its layers.
        layers: how many of the start's layers it keeps, those that matter most; none: all.
        teachers: the networks whose mean answer it learns from, beside the corpora; none: the corpora alone.
        annotated: the corpora in whose manner it gets sentences of raw news too (`annotated-STYLE.tsv`).
    """

    name: str
    plan: Plan
    start: str = ""
    layers: int | None = None
    teachers: tuple[str, ...] = ()
    annotated: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Recipe:
    """The whole way.

    Attributes:
        generations: the networks in the order they are made; the last one ships.
        vocabulary: pieces kept.
        window: pieces of a window of raw news, as the tagger will read it.
        shares: share of each source's articles that the teachers label.
        blend: weight of each head in the tags used on news.
        outside: added to each shipped head's scores of O, so that as many names are found wrongly as are missed on the
            dev split: where annotators overlook names, the likeliest tags are not those of the highest F1 (Lipton et
            al. 2014).
        bits: of the shipped weights.
        seed: of what is random outside the trainings.
    """

    generations: tuple[Generation, ...]
    shares: Mapping[str, float]
    blend: Mapping[str, float]
    outside: Mapping[str, float]
    vocabulary: int = 20_000
    window: int = 100
    bits: int = 7
    seed: int = 7


RECIPE = Recipe(
    generations=(
        Generation("teacher", Plan(epochs=10)),
        Generation(
            "student", Plan(epochs=8, layer_decay=1.0, nerp=600), start="teacher", layers=9, teachers=("teacher",)
        ),
        Generation("second", Plan(epochs=8, nerp=600, seed=8), teachers=("teacher", "student")),
        Generation(
            "last", Plan(epochs=5, rate=5e-5, head_rate=2e-4, layer_decay=1.0, nerp=600, seed=9),
            start="student", teachers=("teacher", "student", "second"),
        ),
        Generation(
            "polished",
            Plan(epochs=4, rate=3e-5, head_rate=2e-4, layer_decay=1.0, nerp=300, raw_epochs=0.5, seed=11),
            start="last", teachers=("second", "last"), annotated=("idner",),
        ),
    ),
    shares={
        "sheiua_lampung": 0.45, "kamigon_2026": 0.45, "jibran_turnbackhoax": 0.03, "truesight": 0.03,
        "firgik": 0.03, "other": 0.09,
    },
    blend={"idner": 0.5, "nerui": 0.5},
    outside={"idner": 1.5, "nerui": 0.2, "nergrit": 1.6},
)  # fmt: skip
