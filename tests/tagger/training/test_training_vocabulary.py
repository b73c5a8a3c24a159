"""Choosing the pieces that news uses."""

from __future__ import annotations

from collections import Counter

from tagger.training.vocabulary import choose

PIECES = [
    "<s>",
    "<pad>",
    "</s>",
    "<unk>",
    "▁",
    "k",
    "o",
    "t",
    "a",
    "▁kota",
    "▁desa",
    "d",
    "e",
    "s",
    "▁xyz",
    "x",
    "<mask>",
]
SCORES = [0.0] * 4 + [-4.0] * 5 + [-2.0, -3.0] + [-4.0] * 3 + [-1.0, -4.0, 0.0]


def test_used_pieces_and_letters_are_kept_and_marks_come_first() -> None:
    chosen = choose(Counter({"kota": 100, "desa": 50}), PIECES, SCORES, 13)
    assert chosen.pieces[:4] == ("<s>", "<pad>", "</s>", "<unk>")
    assert "▁kota" in chosen.pieces
    assert {"k", "o", "t", "a", "d", "e", "s"} <= set(chosen.pieces)
    assert not {"▁xyz", "x", "<mask>"} & set(chosen.pieces)
    assert [PIECES[i] for i in chosen.ids] == list(chosen.pieces)


def test_words_are_cut_into_the_pieces_kept() -> None:
    chosen = choose(Counter({"kota": 100, "desa": 50}), PIECES, SCORES, 13)
    cut = chosen.segmenter()
    assert [chosen.pieces[i] for i in cut.of("kota")] == ["▁kota"]
    assert [chosen.pieces[i] for i in cut.of("kotak")] == ["▁kota", "k"]
