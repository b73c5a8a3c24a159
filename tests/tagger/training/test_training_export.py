"""What the export does to the network's numbers."""

from __future__ import annotations

import numpy as np
import pytest

pytest.importorskip("torch")
pytest.importorskip("onnx")

from tagger.training.corpora import STYLES, tags_of
from tagger.training.export import SHIPPED_HEADS, shipped_heads


def test_only_the_score_of_no_name_is_raised_and_only_shipped_heads_are_kept() -> None:
    tags = [f"{style} {tag}" for style in STYLES for tag in tags_of(style)]
    bias = np.arange(len(tags), dtype=np.float32)
    state = {"tags.weight": np.tile(bias[:, None], (1, 4)), "tags.bias": bias}
    kept = shipped_heads(state, dict.fromkeys(SHIPPED_HEADS, 1.2))
    names = [tags[int(row)] for row in kept["tags.weight"][:, 0]]
    assert names == [f"{style} {tag}" for style in SHIPPED_HEADS for tag in tags_of(style)]
    raised = {name for name, row, b in zip(names, kept["tags.weight"], kept["tags.bias"], strict=True) if b != row[0]}
    assert raised == {f"{style} O" for style in SHIPPED_HEADS}
    assert kept["tags.bias"].dtype == np.float32
