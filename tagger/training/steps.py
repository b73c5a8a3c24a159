"""The steps from corpora to weights; each asks for what it needs and keeps what it made."""

from __future__ import annotations

import copy
import json
import logging
import random
from collections import Counter
from dataclasses import asdict
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from tagger.evaluate import strict
from tagger.training import e5, raw
from tagger.training.annotated import annotated
from tagger.training.batches import example, joined, recased
from tagger.training.corpora import STYLES, read
from tagger.training.distil import answers, least_missed, mean, read_all, with_soft
from tagger.training.export import Goods, ship
from tagger.training.fit import Fit, finished
from tagger.training.network import from_e5, thinned
from tagger.training.vocabulary import Vocabulary, choose, count_words

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tagger.model.pieces import Pieces
    from tagger.training.batches import Example
    from tagger.training.corpora import Sentence
    from tagger.training.distil import Halves
    from tagger.training.network import Network
    from tagger.training.recipe import Generation, Plan, Recipe

log = logging.getLogger(__name__)
MEASURED = ("idner", "nerui", "nergrit")
PROBED = 150  # windows or sentences read when layers are chosen and widths are measured
CORPUS_WEIGHT = 3  # a word of the training corpora counts this often when pieces are chosen


class Workshop:
    """Everything made on the way, made when first asked for.

    Args:
        corpora: folder with `ner/` and `raw/`.
        out: folder to keep results in.
        recipe: the numbers.
    """

    def __init__(self, corpora: Path, out: Path, recipe: Recipe) -> None:
        self.corpora, self.out, self.recipe = corpora, out, recipe
        self._networks: dict[str, Network] = {}
        out.mkdir(parents=True, exist_ok=True)

    @cached_property
    def train(self) -> dict[str, list[Sentence]]:
        """Training sentences of each corpus."""
        return {style: read(self.corpora / "ner" / style / "train.tsv", style) for style in STYLES}

    @cached_property
    def dev(self) -> dict[str, list[Sentence]]:
        """Development sentences of the corpora that are measured; nothing is trained on them."""
        return {style: read(self.corpora / "ner" / style / "dev.tsv", style) for style in MEASURED}

    @cached_property
    def words(self) -> Counter[str]:
        """Counts of the words of raw news."""
        return count_words(self.corpora / "raw" / "news.jsonl.xz")

    @cached_property
    def forms(self) -> dict[str, str]:
        """The commonest form of each lower-case word."""
        best: dict[str, str] = {}
        for word, _ in self.words.most_common():
            best.setdefault(word.lower(), word)
        return best

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The pieces kept."""
        path = self.out / "vocabulary.json"
        if not path.exists():
            counts = Counter(self.words)
            for sentences in self.train.values():
                for sentence in sentences:
                    for word in sentence.words:
                        counts[word] += CORPUS_WEIGHT
            whole = e5.read(e5.installed())
            chosen = choose(counts, list(whole.pieces), list(whole.scores), self.recipe.vocabulary)
            path.write_text(json.dumps(asdict(chosen), ensure_ascii=False), encoding="utf-8")
        table = json.loads(path.read_text(encoding="utf-8"))
        return Vocabulary(tuple(table["ids"]), tuple(table["pieces"]), tuple(table["scores"]))

    @cached_property
    def pieces(self) -> Pieces:
        """Cuts words into them."""
        return self.vocabulary.segmenter()

    def network(self, name: str) -> Network:
        """The trained network of that name, made with all that it rests on when it is not there."""
        if name not in self._networks:
            generation = next(one for one in self.recipe.generations if one.name == name)
            done = finished(self.out / name, generation.plan.epochs)
            self._networks[name] = done or self._trained(generation)
        return self._networks[name]

    @cached_property
    def raw(self) -> list[Sentence]:
        """Windows of raw news."""
        recipe = self.recipe
        path = self.corpora / "raw" / "news.jsonl.xz"
        return raw.sample(path, recipe.shares, self.pieces, recipe.window, recipe.seed)

    def labels(self, name: str) -> list[Halves]:
        """What one of the networks says of raw news; kept in a file."""
        path = self.out / f"labels-{name}.npz"
        if not path.exists():
            softs = read_all(self.network(name), self.raw, self.pieces)
            np.savez(path, soft=np.concatenate(softs), lengths=np.array([len(soft) for soft in softs]))
        with np.load(path) as kept:
            return np.split(kept["soft"], np.cumsum(kept["lengths"])[:-1])

    def layers(self, generation: Generation) -> tuple[int, ...]:
        """The layers of its start that a smaller network begins with; kept in a file."""
        path = self.out / f"layers-{generation.name}.json"
        if not path.exists():
            start = self.network(generation.start)
            some = random.Random(self.recipe.seed).sample(self.raw, PROBED)  # noqa: S311
            kept = least_missed(start, some, self.pieces, generation.layers or start.shape.layers)
            path.write_text(json.dumps(kept), encoding="utf-8")
        return tuple(json.loads(path.read_text(encoding="utf-8")))

    def _trained(self, generation: Generation) -> Network:
        sentences = self._sentences(generation)
        if not generation.teachers:
            return self._fitted(generation, sentences, lambda _epoch: [])
        networks = [self.network(teacher) for teacher in generation.teachers]
        said = mean([self.labels(teacher) for teacher in generation.teachers])
        labels = with_soft(self.raw, said)
        train = {}
        for style in STYLES:
            cased = self._cased(sentences[style], style)
            train[style] = with_soft(cased, mean([read_all(one, cased, self.pieces) for one in networks]))
        plan = generation.plan
        share = round(len(labels) * plan.raw_epochs / plan.epochs)

        def more(epoch: int) -> list[Sentence]:
            return random.Random(plan.seed + epoch).sample(labels, share)  # noqa: S311

        return self._fitted(generation, train, more)

    def _begun(self, generation: Generation) -> Network:
        """The network before its training."""
        if not generation.start:
            pretrained = e5.read(e5.installed())
            return from_e5(pretrained.weights(self.vocabulary.ids), range(pretrained.layers))
        start = self.network(generation.start)
        return copy.deepcopy(start) if generation.layers is None else thinned(start, self.layers(generation))

    def _sentences(self, generation: Generation) -> dict[str, list[Sentence]]:
        """The training sentences of each corpus, with those annotated in its manner where the generation has them."""
        news = self.corpora / "raw" / "news.jsonl.xz"
        more = {style: annotated(style, news) for style in generation.annotated}
        return {style: sentences + more.get(style, []) for style, sentences in self.train.items()}

    def _cased(self, sentences: list[Sentence], style: str) -> list[Sentence]:
        """What a teacher reads of a corpus: nerp in its usual case, which it knows better."""
        rng = random.Random(self.recipe.seed)  # noqa: S311
        return [recased(s, self.forms, rng, 0.0, 0.0) for s in sentences] if style == "nerp" else sentences

    def _fitted(
        self, generation: Generation, train: dict[str, list[Sentence]], more: Callable[[int], list[Sentence]]
    ) -> Network:
        plan = generation.plan
        fit = Fit(self._begun(generation), plan, self.out / generation.name)
        fit.resume()
        return fit.run(
            lambda epoch: self._examples(plan, train, more, epoch),
            lambda average, epoch: self.report(average, f"{generation.name}, epoch {epoch}:"),
        )

    def _examples(
        self, plan: Plan, train: dict[str, list[Sentence]], more: Callable[[int], list[Sentence]], epoch: int
    ) -> list[Example]:
        rng = random.Random(plan.seed * 1000 + epoch)  # noqa: S311
        out: list[Sentence] = []
        for style, sentences in train.items():
            some = rng.sample(sentences, min(len(sentences), plan.nerp if style == "nerp" else len(sentences)))
            some = [recased(s, self.forms, rng, plan.lower, plan.upper) for s in some]
            out.extend(joined(some, plan.joined, rng))
        out.extend(recased(s, self.forms, rng, plan.lower, plan.upper) for s in more(epoch))
        return [example(sentence, self.pieces) for sentence in out]

    def report(self, network: Network, name: str) -> None:
        """Logs strict F1 on the development sentences."""
        for style, sentences in self.dev.items():
            found = answers(network, sentences, self.pieces)
            scores = strict(zip((s.tags for s in sentences), found, strict=True))
            log.info("%s %s %s", name, style, " ".join(f"{kind} {score.f1:.4f}" for kind, score in scores.items()))

    def export(self, folder: Path) -> None:
        """Writes the model folder that `tagger` ships."""
        touching = [style for style in MEASURED if any(map(touches, self.train[style]))]
        last = self.network(self.recipe.generations[-1].name)
        ship(Goods(last, self.vocabulary, self.recipe, touching, self._sample()), folder)

    def _sample(self) -> list[Example]:
        """Windows of raw news and sentences of the corpora, to see how wide activations get."""
        rng = random.Random(self.recipe.seed)  # noqa: S311
        some = rng.sample(self.raw, PROBED)
        for style in MEASURED:
            some.extend(rng.sample(self.train[style], PROBED))
        return [example(sentence, self.pieces) for sentence in some]


def touches(sentence: Sentence) -> bool:
    """Whether a span begins right where another of its type ends."""
    return any(last != "O" and tag == "B-" + last[2:] for last, tag in pairwise(sentence.tags))
