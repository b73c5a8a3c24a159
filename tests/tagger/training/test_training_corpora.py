"""Reading the corpora: every way they write tags, into one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tagger.training.corpora import Sentence, read

if TYPE_CHECKING:
    from pathlib import Path


def test_bare_types_and_lost_marks_become_strict_bio(tmp_path: Path) -> None:
    path = tmp_path / "train.tsv"
    path.write_text("Rina\tPerson\nWati\tPerson\ndi\tO\nSolo\tPlace\n\n\nia\t\nRina\tI-PPL\n", encoding="utf-8")
    assert read(path, "mdee") == [
        Sentence(("Rina", "Wati", "di", "Solo"), ("B-PER", "I-PER", "O", "B-LOC"), "mdee"),
        Sentence(("ia", "Rina"), ("O", "B-PER"), "mdee"),
    ]


def test_a_word_with_a_blank_stays_one_word(tmp_path: Path) -> None:
    path = tmp_path / "train.tsv"
    path.write_text("sementara itu\tO\nrina\tB-PPL\n", encoding="utf-8")
    assert read(path, "nerp")[0].words == ("sementara itu", "rina")


def test_types_of_no_interest_keep_their_names(tmp_path: Path) -> None:
    path = tmp_path / "train.tsv"
    path.write_text("pekan\tB-EVT\nseni\tI-EVT\n", encoding="utf-8")
    assert read(path, "nerp")[0].tags == ("B-EVT", "I-EVT")
