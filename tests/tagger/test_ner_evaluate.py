"""Strict scores, and the files they are read from."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tagger.errors import TaggerError
from tagger.evaluate import bio, evaluate_ner, read_sentences, strict

if TYPE_CHECKING:
    from pathlib import Path

LINES = """Gubernur\tO
Siti\tB-PERSON
Rahma\tI-PERSON
tiba\tO
di\tO
Palembang\tB-PLACE
.\tO

Ia\tO
memimpin\tO
PT\tB-ORGANISATION
Maju\tI-ORGANISATION
Jaya\tI-ORGANISATION
.\tO
"""


@pytest.fixture
def labelled(tmp_path: Path) -> Path:
    path = tmp_path / "labelled.tsv"
    path.write_text(LINES, encoding="utf-8")
    return path


def test_a_span_counts_only_with_both_ends_and_its_type() -> None:
    gold = ["B-PER", "I-PER", "O", "B-LOC", "B-ORG"]
    found = ["B-PER", "O", "O", "B-ORG", "B-ORG"]
    scores = strict([(gold, found)])
    assert (scores["all"].right, scores["all"].found, scores["all"].gold) == (1, 3, 3)
    assert scores["PER"].f1 == 0
    assert scores["ORG"].precision == 0.5
    assert scores["ORG"].recall == 1


@pytest.mark.parametrize("style", ["idner", "nerui", "nergrit"])
def test_the_report_ends_in_the_figure(labelled: Path, style: str) -> None:
    report = evaluate_ner(labelled, style).splitlines()
    assert re.fullmatch(r"F1 [01]\.\d{3}", report[-1])
    assert any(line.startswith("PER") and "R 1.000" in line for line in report)


def test_tags_under_the_corpus_own_names() -> None:
    assert bio(["Person", "Person", "O", "I-PLACE", "B-NOR"]) == ["B-PER", "I-PER", "O", "B-LOC", "B-NOR"]


def test_a_line_that_is_no_token_and_tag_is_named(tmp_path: Path) -> None:
    path = tmp_path / "bad.tsv"
    path.write_text("Kota\tO\nPalembang B-LOC\n", encoding="utf-8")
    with pytest.raises(TaggerError, match=r"bad\.tsv, line 2"):
        list(read_sentences(path))


def test_an_unknown_style_is_named_with_the_known_ones(labelled: Path) -> None:
    with pytest.raises(TaggerError, match=r"conll.*idner, nerui, nergrit"):
        evaluate_ner(labelled, "conll")


def test_a_missing_file_is_an_error_of_ours(tmp_path: Path) -> None:
    with pytest.raises(TaggerError, match=r"none\.tsv"):
        evaluate_ner(tmp_path / "none.tsv", "idner")
