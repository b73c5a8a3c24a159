"""The network as an 8-bit ONNX graph, written node by node: no tracing, and each product quantised as we choose.

Weights are symmetric, one scale an output channel; activations are quantised as they come (`DynamicQuantizeMatMul`).
Weights keep to 7 bits where `bits` says so: processors without VNNI add two 8-bit products in 16 bits, which can
overflow, so 7 bits give the same answer on every machine.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

from tagger.model.encoder import MOST_PIECES
from tagger.training.corpora import STYLES, tags_of
from tagger.training.fit import SLICES
from tagger.training.smooth import factors

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from tagger.training.batches import Example
    from tagger.training.network import Network, Shape
    from tagger.training.recipe import Recipe
    from tagger.training.vocabulary import Vocabulary

    Array = NDArray[np.generic]
    Floats = NDArray[np.float32]

NAME = "kabar-ner 3"
SHIPPED_HEADS = ("idner", "nerui", "nergrit")
CONTRIB = "com.microsoft"  # onnxruntime's own operators


class Graph:
    """Collects nodes and weights; each method adds one step and gives its output's name."""

    def __init__(self, bits: int) -> None:
        self.most = 2 ** (bits - 1) - 1
        self.nodes: list[onnx.NodeProto] = []
        self.weights: list[onnx.TensorProto] = []

    def weight(self, name: str, value: Array) -> str:
        """Stores a tensor."""
        self.weights.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def node(self, operator: str, inputs: list[str], name: str, domain: str = "", **attributes: object) -> str:
        """Adds a node with one output, named as the node is."""
        self.nodes.append(helper.make_node(operator, inputs, [name], name=name, domain=domain, **attributes))
        return name

    def product(self, x: str, weight: Floats, bias: Floats | None, name: str, smooth: Floats | None = None) -> str:
        """x times the transposed weight (outputs, inputs), in 8 bits; `smooth` moves width from inputs to weights."""
        if smooth is not None:
            x = self.node("Mul", [x, self.weight(name + ".smooth", 1 / smooth)], name + ".even")
            weight = weight * smooth
        scale = np.maximum(np.abs(weight).max(1), 1e-8) / self.most
        whole = np.rint(weight / scale[:, None]).clip(-self.most, self.most).astype(np.int8)
        inputs = [
            x,
            self.weight(name + ".weight", whole.T),
            self.weight(name + ".scale", scale.astype(np.float32)),
            self.weight(name + ".zero", np.zeros(len(scale), np.int8)),
        ]
        if bias is not None:
            inputs.append(self.weight(name + ".bias", bias))
        return self.node("DynamicQuantizeMatMul", inputs, name, CONTRIB)

    def looked_up(self, table: Floats, ids: str, name: str) -> str:
        """Rows of a table kept in 8 bits, one scale a row."""
        scale = np.maximum(np.abs(table).max(1), 1e-8) / 127
        whole = np.rint(table / scale[:, None]).astype(np.int8)
        rows = self.node("Gather", [self.weight(name + ".weight", whole), ids], name + ".rows")
        rows = self.node("Cast", [rows], name + ".float", to=TensorProto.FLOAT)
        scales = self.weight(name + ".scale", scale[:, None].astype(np.float32))
        return self.node("Mul", [rows, self.node("Gather", [scales, ids], name + ".scales")], name)

    def added(self, x: str, y: str, state: Mapping[str, Floats], norm: str, name: str) -> str:
        """Norm of x + y, in two steps: onnxruntime's fused SkipLayerNormalization takes six times as long."""
        return self.normed(self.node("Add", [x, y], name + ".sum"), state, norm, name)

    def normed(self, x: str, state: Mapping[str, Floats], norm: str, name: str) -> str:
        """Layer norm."""
        parts = [self.weight(f"{name}.{part}", state[f"{norm}.{part}"]) for part in ("weight", "bias")]
        return self.node("LayerNormalization", [x, *parts], name, epsilon=1e-12)


def block(graph: Graph, x: str, state: Mapping[str, Floats], shape: Shape, at: int) -> str:
    """One layer. In the last one only the words' first pieces go on after attention: nothing else is read."""
    there, name = f"blocks.{at}.", f"layer{at}"
    qkv = graph.product(x, state[there + "qkv.weight"], state[there + "qkv.bias"], name + ".qkv")
    parts = [f"{name}.{part}" for part in "qkv"]
    graph.nodes.append(helper.make_node("Split", [qkv], parts, name=name + ".split", axis=2, num_outputs=3))
    seen = graph.node("MultiHeadAttention", parts, name + ".attention", CONTRIB, num_heads=shape.heads)
    if at == shape.layers - 1:
        seen = graph.node("Gather", [seen, "firsts"], name + ".seen", axis=1)
        x = graph.node("Gather", [x, "firsts"], name + ".words", axis=1)
    seen = graph.product(seen, state[there + "out.weight"], state[there + "out.bias"], name + ".out")
    x = graph.added(x, seen, state, there + "norm1", name + ".norm1")
    up = graph.product(x, state[there + "up.weight"], None, name + ".up", state.get(there + "up"))
    up = graph.node(
        "BiasGelu", [up, graph.weight(name + ".up.bias", state[there + "up.bias"])], name + ".gelu", CONTRIB
    )
    down = graph.product(
        up, state[there + "down.weight"], state[there + "down.bias"], name + ".down", state.get(there + "down")
    )
    return graph.added(x, down, state, there + "norm2", name + ".norm2")


def embedded(graph: Graph, state: Mapping[str, Floats]) -> str:
    """Vectors of the pieces and their positions, added and normed."""
    x = graph.looked_up(state["pieces.weight"], "ids", "pieces")
    zero, one, two = (graph.weight(name, np.array([i])) for i, name in enumerate(("zero", "one", "two")))
    length = graph.node("Slice", [graph.node("Shape", ["ids"], "shape"), one, two], "length")
    halves = graph.weight("positions.weight", state["positions.weight"][: MOST_PIECES + 2].astype(np.float16))
    positions = graph.node("Cast", [halves], "positions", to=TensorProto.FLOAT)
    x = graph.node("Add", [x, graph.node("Slice", [positions, zero, length], "positions.seen")], "input")
    return graph.normed(x, state, "norm", "norm")


def build(state: Mapping[str, Floats], shape: Shape, bits: int) -> onnx.ModelProto:
    """The graph, for one text at a time: no padding, and no text's answer hangs on its neighbours in a batch.

    Inputs: `ids` (1, length) int32; `firsts` (words,) int64, where each word's first piece stands.
    Output: `scores` (1, words, tags of all heads) float32, not normalised.
    """
    graph = Graph(bits)
    x = embedded(graph, state)
    for at in range(shape.layers):
        x = block(graph, x, state, shape, at)
    tags = graph.weight("tags.weight", state["tags.weight"].T)
    graph.node(
        "Add", [graph.node("MatMul", [x, tags], "tags"), graph.weight("tags.bias", state["tags.bias"])], "scores"
    )
    inputs = [
        helper.make_tensor_value_info("ids", TensorProto.INT32, [1, "length"]),
        helper.make_tensor_value_info("firsts", TensorProto.INT64, ["words"]),
    ]
    output = helper.make_tensor_value_info("scores", TensorProto.FLOAT, [1, "words", len(state["tags.bias"])])
    return helper.make_model(
        helper.make_graph(graph.nodes, "kabar-ner", inputs, [output], graph.weights),
        opset_imports=[helper.make_opsetid("", 18), helper.make_opsetid(CONTRIB, 1)],
        ir_version=10,
        producer_name="kabar",
    )


@dataclass(frozen=True, slots=True)
class Goods:
    """What is shipped.

    Attributes:
        network: the student.
        vocabulary: its pieces.
        recipe: how it was made.
        touching: heads in whose corpora two spans of one type may stand side by side.
        sample: sequences from which the width of activations is read.
    """

    network: Network
    vocabulary: Vocabulary
    recipe: Recipe
    touching: Sequence[str]
    sample: Sequence[Example]


def shipped_heads(state: Mapping[str, Floats], outside: Mapping[str, float]) -> dict[str, Floats]:
    """Weights and biases of the heads of the measured corpora; `outside` is added to the biases of their O."""
    everyone = np.arange(len(state["tags.bias"]))
    rows = np.concatenate([everyone[SLICES[STYLES.index(style)]] for style in SHIPPED_HEADS])
    calm = np.concatenate([[outside[style] * (tag == "O") for tag in tags_of(style)] for style in SHIPPED_HEADS])
    return {"tags.weight": state["tags.weight"][rows], "tags.bias": state["tags.bias"][rows] + calm.astype(np.float32)}


def ship(goods: Goods, folder: Path) -> None:
    """Writes `model.onnx`, `pieces.json` and `config.json`, the heads of the measured corpora only."""
    folder.mkdir(parents=True, exist_ok=True)
    network, vocabulary = goods.network, goods.vocabulary
    tensors = network.state_dict() | factors(network, goods.sample)
    state = {name: tensor.detach().float().numpy() for name, tensor in tensors.items()}
    state |= shipped_heads(state, goods.recipe.outside)
    model = build(state, network.shape, goods.recipe.bits)
    onnx.checker.check_model(model)
    (folder / "model.onnx").write_bytes(model.SerializeToString(deterministic=True))
    pieces = {"pieces": vocabulary.pieces, "scores": [round(score, 4) for score in vocabulary.scores]}
    (folder / "pieces.json").write_text(json.dumps(pieces, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")
    config = {
        "name": NAME,
        "heads": {style: tags_of(style) for style in SHIPPED_HEADS},
        "touching": list(goods.touching),
        "blend": dict(goods.recipe.blend),
        "sha256": {
            name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in ("model.onnx", "pieces.json")
        },
    }
    (folder / "config.json").write_text(json.dumps(config, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
