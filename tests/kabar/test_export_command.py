"""`kabar export`: exactly the articles that a query finds, in a file that appears when complete."""

from __future__ import annotations

import csv
import io
import json

import msgspec
import pytest

from tagger.document import City, TaggedArticle, Tool


@pytest.fixture
def store(tmp_path, kabar):
    lines = tmp_path / "tagged.jsonl"
    jambi = City(name="Kota Jambi", level="city", code="15.71")
    articles = [
        TaggedArticle(
            id=f"a{n}",
            text=f"Cerita nomor {n}.",
            title=f"Cerita {n}",
            cities=(jambi,) if n % 2 else (),
            tool=Tool(version="0", gazetteer="x"),
        )
        for n in range(10)
    ]
    lines.write_bytes(b"\n".join(map(msgspec.json.encode, articles)))
    path = tmp_path / "news.db"
    assert kabar("store", "add", str(path), str(lines)).code == 0
    return path


def test_all_articles_go_to_standard_output(store, kabar):
    result = kabar("export", "--store", str(store))
    assert result.code == 0
    assert {json.loads(line)["id"] for line in result.out.splitlines()} == {f"a{n}" for n in range(10)}


def test_exactly_the_filtered_set_goes_out(store, kabar, tmp_path):
    out = tmp_path / "jambi.csv"
    assert kabar("export", "kota:15.71", "--to", "csv", "--store", str(store), "-o", str(out)).code == 0
    rows = list(csv.DictReader(io.StringIO(out.read_text(encoding="utf-8-sig"))))
    assert sorted(row["id"] for row in rows) == ["a1", "a3", "a5", "a7", "a9"]
    assert not list(tmp_path.glob("*.part"))


def test_nothing_found_and_bad_queries_are_told(store, kabar):
    assert kabar("export", "kota:99.99", "--store", str(store)).code in (2, 3)
    assert kabar("export", "--to", "doc", "--store", str(store)).code == 2
    assert kabar("export", "--store", str(store) + ".none").code == 1


def test_the_ending_of_the_file_tells_the_format(store, kabar, tmp_path):
    for name, begins in (("a.csv", "\ufeffid,"), ("a.atom", "<?xml"), ("a.jsonl", "{"), ("a", "{")):
        assert kabar("export", "--store", str(store), "-o", str(tmp_path / name)).code == 0
        assert (tmp_path / name).read_text("utf-8").startswith(begins)
    assert kabar("export", "--store", str(store), "--to", "jsonl", "-o", str(tmp_path / "b.csv")).code == 0
    assert (tmp_path / "b.csv").read_text("utf-8").startswith("{")


def test_an_ending_that_is_no_format_is_refused_before_anything_is_written(store, kabar, tmp_path):
    for name, said in (
        ("kliping.pdf", "there are .jsonl, .csv, .xlsx, "),
        ("kliping.pdf", "kabar digest -o kliping.docx"),
        ("all.json", "--to jsonfeed and --to label-studio write JSON"),
        ("all.ndjson", "--to opensearch"),
        ("all.xls", "write .xlsx or .csv"),
        ("all.jsonl.gz", "no format ends in .gz"),
    ):
        ran = kabar("export", "--store", str(store), "-o", str(tmp_path / name))
        assert (ran.code, len(ran.messages)) == (2, 1), name
        assert said in ran.err
        assert not (tmp_path / name).exists()
    named = kabar("export", "--store", str(store), "--to", "jsonl", "-o", str(tmp_path / "all.json"))
    assert (named.code, (tmp_path / "all.json").exists()) == (0, True)
