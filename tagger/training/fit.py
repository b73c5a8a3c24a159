"""The training loop: seeded, in bf16, with a running average of the weights, resumable from its last epoch."""

from __future__ import annotations

import copy
import logging
import random
import time
from typing import TYPE_CHECKING

import torch
from torch.nn import functional as F  # noqa: N812

from tagger.training.batches import Batch, Example, batches
from tagger.training.corpora import STYLES
from tagger.training.network import HEADS, Network, Shape

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from torch import Tensor

    from tagger.training.recipe import Plan

log = logging.getLogger(__name__)
SLICES = {i: slice(sum(list(HEADS.values())[:i]), sum(list(HEADS.values())[: i + 1])) for i in range(len(STYLES))}
AVERAGE_EVERY = 5  # steps between two updates of the running average


def loss_of(scores: Tensor, batch: Batch, distil: float) -> Tensor:
    """Cross-entropy with gold tags in their own head, and with the teacher's distributions in every head."""
    scores = scores.float()
    gold = scores.new_zeros(())
    rows = 0
    for style, part in SLICES.items():
        chosen = batch.styles == style
        count = int(chosen.sum())
        if count:
            gold = gold + F.cross_entropy(scores[chosen, part], batch.gold[chosen], reduction="sum")
            rows += count
    gold = gold / max(rows, 1)
    if batch.soft is None:
        return gold
    parts = [
        F.kl_div(F.log_softmax(scores[:, part], -1), batch.soft[:, part], reduction="batchmean", log_target=True)
        for part in SLICES.values()
    ]
    soft = sum(parts[1:], parts[0])
    return soft if not rows else distil * soft + (1 - distil) * gold


def groups_of(network: Network, plan: Plan) -> tuple[list[dict[str, object]], list[Tensor]]:
    """Parameters by rate, lower layers slower; and the piece vectors apart, whose gradient is sparse."""
    layers = len(network.blocks)
    groups: list[dict[str, object]] = []
    for name, parameter in network.named_parameters():
        if name == "pieces.weight":
            continue
        depth = int(name.split(".")[1]) + 1 if name.startswith("blocks") else 0
        rate = plan.head_rate if name.startswith("tags") else plan.rate * plan.layer_decay ** (layers - depth)
        decay = 0.01 if parameter.ndim > 1 else 0.0
        groups.append({"params": [parameter], "lr": rate, "initial": rate, "weight_decay": decay})
    return groups, [network.pieces.weight]


class Fit:
    """A network, its optimisers and its running average; `run` trains it to the plan's end."""

    def __init__(self, network: Network, plan: Plan, folder: Path) -> None:
        self.network, self.plan, self.folder = network, plan, folder
        self.average: Network = copy.deepcopy(network).eval()
        dense, sparse = groups_of(network, plan)
        self.dense = torch.optim.AdamW(dense, betas=(0.9, 0.98), eps=1e-6, fused=True)
        floor = plan.rate * plan.layer_decay ** len(network.blocks)
        self.sparse = torch.optim.SparseAdam([{"params": sparse, "initial": floor}], lr=floor, betas=(0.9, 0.98))
        self.epoch = self.step = 0

    def resume(self) -> None:
        """Takes up the last epoch saved in the folder, if there is one."""
        path = self.folder / "last.pt"
        if not path.exists():
            return
        saved = torch.load(path, weights_only=True)
        for name, part in self._parts().items():
            part.load_state_dict(saved[name])
        self.epoch, self.step = saved["epoch"], saved["step"]

    def save(self) -> None:
        """Writes everything needed to go on, whole or not at all."""
        self.folder.mkdir(parents=True, exist_ok=True)
        state: dict[str, object] = {name: part.state_dict() for name, part in self._parts().items()}
        state |= {"epoch": self.epoch, "step": self.step, "shape": self.network.shape.dict()}
        torch.save(state, self.folder / "last.tmp")
        (self.folder / "last.tmp").replace(self.folder / "last.pt")

    def _parts(self) -> dict[str, Network | torch.optim.Optimizer]:
        return {"network": self.network, "average": self.average, "dense": self.dense, "sparse": self.sparse}

    def run(self, examples_of: Callable[[int], list[Example]], report: Callable[[Network, int], None]) -> Network:
        """Trains to the end; gives the running average.

        Args:
            examples_of: the examples of an epoch (0, 1, ...); seeded by it, so that a resumed run sees the same.
            report: called with the average and the number of epochs done.
        """
        while self.epoch < self.plan.epochs:
            rng = random.Random(self.plan.seed * 1000 + self.epoch)  # noqa: S311
            torch.manual_seed(self.plan.seed * 1000 + self.epoch)
            todo = list(batches(examples_of(self.epoch), self.plan.most_pieces, rng))
            self._one_epoch(todo)
            self.epoch += 1
            self.save()
            report(self.average, self.epoch)
        return self.average

    def _one_epoch(self, todo: list[Batch]) -> None:
        self.network.train()
        begun, total = time.monotonic(), 0.0
        for number, batch in enumerate(todo):
            self._set_rates(self.epoch + number / len(todo))
            with torch.autocast("cpu", dtype=torch.bfloat16):
                scores = self.network(batch.ids, batch.mask, batch.firsts)
            loss = loss_of(scores, batch, self.plan.distil)
            loss.backward()
            torch.nn.utils.clip_grad_norm_([p for g in self.dense.param_groups for p in g["params"]], 1.0)
            for optimizer in (self.dense, self.sparse):
                optimizer.step()
                optimizer.zero_grad()
            self.step += 1
            total += loss.item()
            if self.step % AVERAGE_EVERY == 0:
                self._update_average()
            if number % 25 == 24:
                log.info(
                    "epoch %d, step %d of %d, loss %.4f, %.0f s",
                    self.epoch,
                    number + 1,
                    len(todo),
                    total / (number + 1),
                    time.monotonic() - begun,
                )

    def _set_rates(self, done: float) -> None:
        """`done`: epochs, with the fraction of the one at work."""
        share = done / self.plan.epochs
        warm = self.plan.warm_up
        factor = share / warm if share < warm else 1 - 0.95 * (share - warm) / (1 - warm)
        for optimizer in (self.dense, self.sparse):
            for group in optimizer.param_groups:
                group["lr"] = group["initial"] * max(factor, 0.01)

    def _update_average(self) -> None:
        # early on the average follows closely, so that it does not remember the start
        keep = min(self.plan.averaging, 1 - 1 / (1 + self.step / 10)) ** AVERAGE_EVERY
        with torch.no_grad():
            torch._foreach_lerp_(list(self.average.parameters()), list(self.network.parameters()), 1 - keep)


def finished(folder: Path, epochs: int) -> Network | None:
    """The averaged network that a run of so many epochs left in its folder; None when it has not come to its end."""
    path = folder / "last.pt"
    if not path.exists():
        return None
    saved = torch.load(path, weights_only=True)
    if saved["epoch"] < epochs:
        return None
    network = Network(Shape(**saved["shape"]))
    network.load_state_dict(saved["average"])
    network.eval()
    return network
