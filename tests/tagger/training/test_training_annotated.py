"""Sentences annotated in a corpus' manner: places in a text become tags of its words."""

from __future__ import annotations

from tagger.training.annotated import FOLDER, places, tagged


def test_spans_become_tags_and_brackets_stay_with_their_word() -> None:
    text = "Rina Wati dari Badan Kapal Sungai (BKS) tiba di Solo, Jumat (3/4)."
    sentence = tagged(text, places("PER 0-9,ORG 15-39,LOC 48-52"), "idner")
    assert " ".join(sentence.words) == "Rina Wati dari Badan Kapal Sungai (BKS) tiba di Solo , Jumat (3/4) ."
    assert " ".join(sentence.tags) == "B-PER I-PER O B-ORG I-ORG I-ORG I-ORG O O B-LOC O O O O"
    assert sentence.style == "idner"


def test_a_bracketed_nickname_is_a_name_of_its_own() -> None:
    assert tagged("Rina (Nana) tiba.", places("PER 0-4,PER 6-10"), "idner").tags == ("B-PER", "B-PER", "O", "O")


def test_the_file_holds_places_and_no_text() -> None:
    head, *rows = (FOLDER / "annotated-idner.tsv").read_text(encoding="utf-8").splitlines()
    assert head == "article\tstart\tend\tspans"
    for row in rows:
        article, start, end, spans = row.split("\t")
        assert int(article) >= 0
        for kind, first, last in places(spans):
            assert kind in {"PER", "ORG", "LOC"}
            assert 0 <= first < last <= int(end) - int(start)
