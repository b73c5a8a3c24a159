"""Each command from end to end, in this process; the tagger by rules only, which needs no weights."""

from __future__ import annotations

import json
import re
import resource
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest

from kabar import __version__
from tests.timing import least

ROOT = Path(__file__).parents[2]
TEXT = (
    "iklan\n\n"
    'JAMBI - Wali Kota Jambi Syarif Hidayat meninjau tanggul bersama Dinas Pekerjaan Umum Kota Jambi. "Perbaikan '
    'selesai dalam dua minggu," kata Syarif. Bantuan datang dari Malaysia.\n\nBerita Terkait\n'
)


def test_version(kabar):
    assert kabar("--version").out == f"kabar {__version__}\n"


@pytest.mark.parametrize("command", ["tag", "clean", "fetch", "explain", "schema", "evaluate gold", "evaluate ner"])
def test_help_teaches_with_an_example(kabar, command):
    ran = kabar(*command.split(), "--help")
    assert ran.code == 0
    assert re.search(rf"^ +kabar {command} ", ran.out, re.MULTILINE)


def worked(*arguments: str) -> float:
    """The least processor seconds of three runs of Python with these arguments."""

    def run() -> None:
        subprocess.run([sys.executable, *arguments], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)

    def clock() -> float:
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        return used.ru_utime + used.ru_stime

    return least(run, clock)


def test_help_takes_little_more_than_that_of_the_smallest_program():
    smallest = "import typer; app = typer.Typer(rich_markup_mode='rich'); app.command()(lambda: None); app(['--help'])"
    assert worked("-m", "kabar", "--help") < 4 * worked("-c", smallest)


def test_text_in_tagged_document_out(kabar, tmp_path):
    path = tmp_path / "a.txt"
    path.write_text(TEXT, "utf-8")
    ran = kabar("tag", "--rules-only", path)
    assert ran.code == 0
    [article] = ran.lines
    assert article["file"] == str(path)
    assert "15.71" in [city["code"] for city in article["cities"]]
    assert [country["alpha2"] for country in article["countries"]] == ["MY"]
    assert [official["name"] for official in article["officials"]] == ["Syarif Hidayat"]
    assert {removed["sample"] for removed in article["removed"]} >= {"iklan"}
    for entity in article["entities"]:
        assert article[entity["field"]][entity["start"] : entity["end"]] == entity["text"]


@pytest.mark.parametrize(("command", "document"), [(("tag", "--rules-only"), "tagged"), (("clean",), "article")])
def test_documents_are_valid_against_their_schema(kabar, command, document):
    schema = json.loads(kabar("schema", document).out)
    jsonschema.Draft202012Validator.check_schema(schema)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    for article in kabar(*command, ROOT / "samples" / "*.*").lines:
        jsonschema.validate(article, schema)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({"id": 1}, schema)


def test_tagging_is_the_same_alone_and_in_a_batch(kabar):
    samples = sorted(str(path) for path in (ROOT / "samples").glob("*.html"))
    together = kabar("tag", "--rules-only", *samples).lines
    assert together == [kabar("tag", "--rules-only", sample).lines[0] for sample in samples]


def test_cleaned_lines_can_be_tagged(kabar, tmp_path):
    path = tmp_path / "a.txt"
    path.write_text(TEXT, "utf-8")
    cleaned = kabar("clean", path).out.encode()
    [direct] = kabar("tag", "--rules-only", path).lines
    [piped] = kabar("tag", "--rules-only", "-", stdin=cleaned).lines
    assert {**piped, "file": None} == {**direct, "file": None}


def test_explain_marks_the_text_and_tells_the_reasons(kabar, tmp_path):
    path = tmp_path / "a.txt"
    path.write_text(TEXT, "utf-8")
    out = kabar("explain", "--rules-only", path).out
    assert "[Malaysia|country]" in out
    assert re.search(r"country +Malaysia +Malaysia, MY +rule", out)
    assert re.search(r"Syarif.*dua minggu", out.replace("\n", " "))
    assert re.search(r"iklan", out[out.index("removed by rule") :])
    assert "\x1b" not in out


def test_evaluate_gold(kabar, tmp_path):
    city = {"name": "Kota Jambi", "level": "kota", "mentions": ["Jambi"], "required": True}
    optional = {"name": "Dinas Pekerjaan Umum Kota Jambi", "mentions": ["Dinas Pekerjaan Umum"], "required": False}
    person = {"name": "Syarif Hidayat", "office": "Wali Kota Jambi", "mentions": ["Syarif"], "required": True}
    rows = [
        {"id": "a", "cities": [city], "countries": [], "organizations": [optional], "officials": [person]},
        {"id": "b", "cities": [city], "countries": [{"iso": "MY", "mentions": ["Malaysia"], "required": True}],
         "organizations": [], "officials": []},
    ]  # fmt: skip
    tagged = [
        {"id": "b", "cities": [{"name": "Kota Bima", "code": "52.72"}], "countries": [{"name": "x", "alpha2": "MY"}]},
        {"id": "a", "cities": [{"name": "Kota Jambi", "code": "15.71"}],
         "officials": [{"name": "Syarif", "office": "Walikota Jambi", "mentions": []}]},
    ]  # fmt: skip
    gold, found = tmp_path / "gold.jsonl", tmp_path / "tagged.jsonl"
    gold.write_text("\n".join(map(json.dumps, rows)))
    found.write_text("\n".join(map(json.dumps, tagged)))
    assert kabar("evaluate", "gold", gold, found, "--errors").out.splitlines() == [
        "b  wrong    cities: 'Kota Bima' 52.72",
        "b  missed   cities: 'Kota Jambi' ['Jambi']",
        "cities         P 0.500  R 0.500  F1 0.500   (1 found, 1 wrong, 1 missed)",
        "countries      P 1.000  R 1.000  F1 1.000   (1 found, 0 wrong, 0 missed)",
        "organizations  P 0.000  R 0.000  F1 0.000   (0 found, 0 wrong, 0 missed)",
        "officials      P 1.000  R 1.000  F1 1.000   (1 found, 0 wrong, 0 missed)",
        "office right   1.000",
    ]
    gold.write_text("{")
    assert kabar("evaluate", "gold", gold, found).code == 2


GOLD = ROOT.parent / "shared" / "gold"


@pytest.mark.skipif(not GOLD.is_dir(), reason="../shared/gold is not here")
def test_evaluate_gold_gives_the_figures_of_the_annotators_own_script(kabar, tmp_path):
    tagged = tmp_path / "tagged.jsonl"
    assert kabar("tag", "--rules-only", "-j", "1", GOLD / "dev.jsonl", "-o", tagged).code == 0
    theirs = [sys.executable, GOLD / "score.py", GOLD / "dev.jsonl", tagged, "--errors"]
    told = subprocess.run(theirs, capture_output=True, text=True, check=True).stdout
    assert kabar("evaluate", "gold", GOLD / "dev.jsonl", tagged, "--errors").out == told
