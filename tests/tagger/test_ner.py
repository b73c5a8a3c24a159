"""The component: names found in text, texts of any kind, weights that are not there, pipelines of the user."""

from __future__ import annotations

import pickle
import shutil
import time
from typing import TYPE_CHECKING

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st

from tagger.errors import ModelError
from tagger.model.encoder import SHIPPED, Encoder, read_config
from tagger.ner import add_ner
from tests.timing import at_most

if TYPE_CHECKING:
    from pathlib import Path

    from spacy.language import Language
    from spacy.tokens import Doc

NEWS = (
    "Wali Kota Palangka Raya, Rahmat Hidayat, bertemu Ketua DPRD Siti Aminah di Jakarta, Senin (5/6/2023).\n\n"
    "Menurut Rahmat, PT Pertamina (Persero) dan Universitas Indonesia ikut hadir."
)


@pytest.fixture(scope="module")
def nlp() -> Language:
    pipeline = spacy.blank("xx")
    add_ner(pipeline)
    return pipeline


def places(doc: Doc) -> list[tuple[int, int, str]]:
    return [(span.start_char, span.end_char, span.label_) for span in doc.spans["ner"]]


def found(doc: Doc) -> set[tuple[str, str]]:
    return {(span.text, span.label_) for span in doc.spans["ner"]}


def test_persons_organizations_and_places(nlp: Language) -> None:
    names = found(nlp(NEWS))
    assert {("Rahmat Hidayat", "PER"), ("Siti Aminah", "PER"), ("Rahmat", "PER")} <= names
    assert ("Universitas Indonesia", "ORG") in names
    assert ("Jakarta", "LOC") in names


def test_many_texts_at_once_give_what_each_gives_alone(nlp: Language) -> None:
    texts = [NEWS, "", "Polisi menangkap Joko Susilo di Medan.", NEWS * 3, "tanpa nama sama sekali."]
    alone = [nlp(text) for text in texts]
    together = list(nlp.pipe(texts))
    assert [places(doc) for doc in together] == [places(doc) for doc in alone]


def test_a_text_in_lower_case_is_read_and_a_sentence_in_it_is_not(nlp: Language) -> None:
    assert nlp("presiden joko widodo tiba di surabaya.").spans["ner"]
    quiet = nlp("Joko Widodo tiba.\n\nharga cabai di pasar naik lagi.")
    assert quiet.spans["ner"]
    assert all(span.end_char <= len("Joko Widodo tiba.") for span in quiet.spans["ner"])


def test_a_sentence_in_capitals_is_read_as_any_other(nlp: Language) -> None:
    doc = nlp("GUBERNUR JAWA TENGAH GANJAR PRANOWO MENINJAU PASAR DI SURAKARTA.")
    assert {("GANJAR PRANOWO", "PER"), ("SURAKARTA", "LOC")} <= found(doc)


def test_no_name_runs_over_the_end_of_a_sentence(nlp: Language) -> None:
    doc = nlp("Ia bertemu Rahmat Hidayat\nSiti Aminah menunggu di Medan")
    assert not [span.text for span in doc.spans["ner"] if "\n" in span.text]


@given(st.text(max_size=300))
@settings(max_examples=40)
def test_any_text_gives_spans_inside_it(nlp: Language, text: str) -> None:
    doc = nlp(text)
    for span in doc.spans["ner"]:
        assert doc.text[span.start_char : span.end_char] == span.text
        assert span.label_ in {"PER", "ORG", "LOC"}


def test_a_long_text_without_a_sentence_end_takes_bounded_time(nlp: Language) -> None:
    text = "Bupati Rahmat Hidayat meninjau jalan di Palembang dan " * 1_000
    with at_most(60, time.process_time):  # the model works in threads of its own
        doc = nlp(text)
    assert len(doc.spans["ner"]) > 1_000


def test_a_pickled_component_leaves_the_weights_behind_and_reads_on(nlp: Language) -> None:
    component = nlp.get_pipe("kabar_ner")
    component(nlp.make_doc(NEWS))
    packed = pickle.dumps(component)
    assert len(packed) < 10_000
    doc = pickle.loads(packed)(nlp.make_doc(NEWS))
    assert ("Jakarta", "LOC") in found(doc)


def test_every_word_is_in_one_window_in_order() -> None:
    encoder = Encoder()
    sentences = [["Kota"] * 3, ["Palembang"] * 700, [], ["dan", "Internasionalisasi"]]
    windows = list(encoder.windows(sentences, 50))
    assert sum(len(window.firsts) for window in windows) == 705
    assert max(len(window.ids) for window in windows) <= 256
    firsts = [window.ids[first] for window in windows for first in window.firsts]
    assert firsts == [encoder.pieces.of(word)[0] for sentence in sentences for word in sentence]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("config.json", "pieces.json", "model.onnx"):
        shutil.copy(SHIPPED / name, tmp_path)
    return tmp_path


@pytest.mark.parametrize("name", ["config.json", "pieces.json", "model.onnx"])
def test_a_missing_file_is_named_with_the_way_out(folder: Path, name: str) -> None:
    (folder / name).unlink()
    with pytest.raises(ModelError, match=rf"{name}.*reinstall"):
        read_config(folder)


@pytest.mark.parametrize("name", ["pieces.json", "model.onnx"])
def test_a_changed_file_is_found_out(folder: Path, name: str) -> None:
    data = bytearray((folder / name).read_bytes())
    data[len(data) // 2] ^= 1
    (folder / name).write_bytes(data)
    with pytest.raises(ModelError, match=rf"{name}.*damaged"):
        read_config(folder)


def test_a_config_that_is_no_config(folder: Path) -> None:
    (folder / "config.json").write_text("[1, 2]", encoding="utf-8")
    with pytest.raises(ModelError, match="damaged"):
        read_config(folder)


def test_the_shipped_weights_fit_the_budget() -> None:
    assert sum(file.stat().st_size for file in SHIPPED.iterdir() if file.is_file()) <= 25_000_000


@pytest.fixture
def borrowed(tmp_path: Path) -> Path:
    other = spacy.blank("en")
    ruler = other.add_pipe("entity_ruler")
    ruler.add_patterns(
        [
            {"label": "PERSON", "pattern": "Siti Aminah"},
            {"label": "GPE", "pattern": "Jakarta"},
            {"label": "DATE", "pattern": "Senin"},
        ]
    )
    other.to_disk(tmp_path / "other")
    return tmp_path / "other"


def test_a_pipeline_of_the_user_takes_the_place_of_ours(borrowed: Path) -> None:
    pipeline = spacy.blank("xx")
    assert add_ner(pipeline, borrowed)
    expected = {("Siti Aminah", "PER"), ("Jakarta", "LOC")}
    assert found(pipeline(NEWS)) == expected
    assert [found(doc) for doc in pipeline.pipe([NEWS, NEWS])] == [expected, expected]


@pytest.mark.parametrize("model", ["no_such_pipeline", "folder"])
def test_what_is_no_pipeline_is_named(tmp_path: Path, model: str) -> None:
    with pytest.raises(ModelError, match="not a spaCy pipeline"):
        add_ner(spacy.blank("xx"), tmp_path if model == "folder" else model)


def test_a_pipeline_that_names_nothing_is_refused(tmp_path: Path) -> None:
    spacy.blank("xx").to_disk(tmp_path / "blank")
    with pytest.raises(ModelError, match="persons, organizations or places"):
        add_ner(spacy.blank("xx"), tmp_path / "blank")
