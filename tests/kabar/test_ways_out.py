"""What a newcomer gets wrong is answered with the way out, and nothing is written where it should not be."""

from __future__ import annotations

import gzip
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from kabar.cli.talk import with_this_pip
from tests.timing import PATIENCE

ROOT = Path(__file__).parents[2]


@pytest.fixture
def store(kabar, tmp_path, page) -> Path:
    """A store of one article."""
    (tmp_path / "a.html").write_text(page("Tembesi"), "utf-8")
    path = tmp_path / "news.db"
    kabar("tag", tmp_path / "a.html", "--rules-only", "--store", path)
    return path


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("www.warta.example", "there is no such file or folder; a web address is written https://www.warta.example"),
        ("warta.example/daerah/banjir", "a web address is written https://warta.example/daerah/banjir"),
        ("saved.html", "saved.html: there is no such file or folder"),
        ("file:///tmp/a%20b.html", "give the path of a file as it is: /tmp/a b.html"),
    ],
)
def test_a_path_that_is_none(kabar, given, said):
    ran = kabar("clean", given)
    assert ran.code == 1
    assert ran.messages[0].endswith(said)


def test_an_empty_list_is_told(kabar, tmp_path):
    path = tmp_path / "empty.jsonl"
    path.write_bytes(b"\n\n")
    ran = kabar("clean", path)
    assert (ran.code, ran.messages) == (3, [f"kabar: {path}: the list is empty"])


def test_pages_without_an_ending_are_told_and_taken_on_request(kabar, tmp_path, page):
    folder = tmp_path / "berita"
    folder.mkdir()
    for name in ("banjir-surut", "jalan-rusak"):
        (folder / name).write_text(page("Tembesi"), "utf-8")
    assert "--input-format" in kabar("clean", folder).err
    assert kabar("clean", folder, "--input-format", "html").rivers == ["Tembesi", "Tembesi"]
    (folder / "a.html").write_text(page("Tebo"), "utf-8")
    (folder / "logo.png").write_bytes(b"\x89PNG")
    ran = kabar("clean", folder)
    assert (ran.code, ran.rivers) == (0, ["Tebo"])
    assert "2 files without an ending are passed over" in ran.err
    assert kabar("clean", folder, "-q").err == ""


@pytest.mark.parametrize("command", [("export", "--to", "csv"), ("digest", "--date", "2026"), ("digest",)])
def test_a_place_that_cannot_be_written_is_told_in_one_line(kabar, store, tmp_path, command):
    out = tmp_path / "no" / "such" / "x.csv"
    ran = kabar(*command, "--store", store, "-o", out)
    assert ran.code in (1, 3)
    if ran.code == 1:
        assert ran.messages == [f"kabar: {out}: cannot be written: no such file or directory"]


@pytest.mark.parametrize("command", [("export", "--to", "csv"), ("proof", "release.txt")])
def test_a_device_is_written_into_and_not_replaced(kabar, store, tmp_path, monkeypatch, command):
    monkeypatch.chdir(tmp_path)
    words = "Pemerintah Kabupaten Batang Hari memperbaiki tanggul Sungai Tembesi yang jebol sejak Senin pekan lalu. "
    Path("release.txt").write_text(words * 3)
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        kabar(*command, "--store", store, "-o", pipe)
        assert pipe.is_fifo()
        assert os.read(reader, 64)
    finally:
        os.close(reader)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_a_release_is_read_as_editors_save_it(kabar, store, tmp_path, encoding):
    text = (
        "Pemerintah Kabupaten Batang Hari memperbaiki tanggul Sungai Tembesi yang jebol sejak Senin pekan lalu.\n"
        "“Bupati Batang Hari meninjau perbaikan itu pada hari Rabu dan meminta warga tetap waspada pada hujan lebat.”\n"
    )
    path = tmp_path / "rilis.txt"
    path.write_bytes(text.encode(encoding))
    ran = kabar("proof", path, "--store", store)
    assert ran.code == 0, ran.err
    assert "1 of 1 articles ran it" in ran.err


def test_a_release_that_is_a_word_processors_file_is_told(kabar, store, tmp_path):
    path = tmp_path / "rilis.docx"
    path.write_bytes(b"PK\x03\x04\0\0")
    ran = kabar("proof", path, "--store", store)
    assert (ran.code, len(ran.messages)) == (1, 1)
    assert "save it as one (.txt)" in ran.err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("wartaku",), "no site has this name; `kabar sites list` prints them"),
        (("https://not a host",), "this is no http(s) address and no host name"),
        (("warta.example", "--since", "24"), "--since 24: a number and s, m, h, d or w"),
        (("warta.example", "--every", "0m"), "--every 0m: a number"),
    ],
)
def test_a_crawl_that_is_asked_for_wrongly_is_wrong_usage_even_when_dry(kabar, tmp_path, arguments, said):
    ran = kabar("crawl", *arguments, "--data", tmp_path / "data", "--dry-run")
    assert ran.code == 2
    assert said in ran.err
    assert not (tmp_path / "data").exists()


@pytest.mark.parametrize("closed", ["stdout", "stderr"])
def test_a_stream_that_is_closed_from_the_start_is_no_crash(tmp_path, closed):
    number = {"stdout": 1, "stderr": 2}[closed]
    out = tmp_path / "out.jsonl"
    ran = subprocess.run(
        [sys.executable, "-m", "kabar", "clean", "-", "-o", str(out)],
        cwd=ROOT, input=b"Tanggul jebol di Tebo.", capture_output=True, check=False,
        preexec_fn=lambda: os.close(number),
    )  # fmt: skip
    assert (ran.returncode, len(out.read_bytes().splitlines())) == (0, 1)


def test_help_names_no_type_for_a_switch(kabar):
    for command in ((), ("tag",), ("store", "add"), ("alert",), ("sites", "check")):
        assert not re.search(r"<bool>|\[\[", kabar(*command, "--help").out)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
@pytest.mark.parametrize(
    "command", [("clean", "-"), ("clean", "-", "-f", "table"), ("sites", "list"), ("schema",), ("--help",)]
)
def test_a_full_disk_behind_standard_output_is_told_in_one_line(command):
    with Path("/dev/full").open("wb") as full:
        ran = subprocess.run(
            [sys.executable, "-m", "kabar", *command],
            cwd=ROOT, input=b"Tanggul jebol di Tebo.", stdout=full, stderr=subprocess.PIPE, check=False,
        )  # fmt: skip
    assert ran.returncode == 1
    assert ran.stderr == b"kabar: standard output: cannot be written: no space left on device\n"


@pytest.mark.parametrize("command", [("clean", "-", "-f", "table"), ("explain", "-", "--rules-only"), ("nothing“",)])
def test_a_terminal_that_has_not_all_letters_is_no_crash(command):
    plain = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "PATH": os.environ["PATH"]}
    ran = subprocess.run(
        [sys.executable, "-m", "kabar", *command],
        cwd=ROOT, input="Wali Kota Jambi “Syarif” Fasha hadir … di Tebo.".encode(), capture_output=True, env=plain,
        check=False,
    )  # fmt: skip
    assert b"Traceback" not in ran.stderr
    assert ran.returncode == (2 if command == ("nothing“",) else 0)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("rilis.pdf", b"%PDF-1.7\n1 0 obj\n", "a PDF, not text; take its text out first (pdftotext FILE.pdf)"),
        ("rilis.docx", b"PK\x03\x04\x14\0\0\0", "save it as .txt"),
        ("rilis.doc", b"\xd0\xcf\x11\xe0\xa1\xb1", "an old Office document"),
        ("rilis.rtf", rb"{\rtf1\ansi Wali Kota}", "save it as plain text (.txt)"),
        ("saved.html", b"%PDF-1.4\n", "a PDF, not text"),
        ("news.db", b"SQLite format 3\0\x10\0", "kabar export --store FILE"),
        ("berita.csv", b"id,text\n1,Tanggul jebol di Tebo.\n", "kabar reads JSON Lines, one object a line"),
        ("berita.json", b'[{"text": "Tanggul jebol di Tebo."}]', "jq -c '.[]' FILE"),
        ("berita.json", b'{\n  "text": "Tanggul jebol di Tebo."\n}\n', "jq -c . FILE"),
        ("urls.txt", b"https://warta.example/a\r\nhttps://warta.example/b\r\n", "--files-from "),
    ],
)
def test_a_file_that_is_no_text_is_told_what_to_do_with(kabar, tmp_path, page, name, content, said):
    (tmp_path / name).write_bytes(content)
    (tmp_path / "a.html").write_text(page("Tebo"), "utf-8")
    ran = kabar("clean", tmp_path / name, tmp_path / "a.html")
    assert (ran.code, ran.rivers) == (1, ["Tebo"])
    assert ran.messages[0].startswith(f"kabar: {tmp_path / name}: ")
    assert said in ran.messages[0]


def test_a_text_that_looks_a_little_like_these_is_read(kabar, tmp_path):
    (tmp_path / "a.txt").write_text("https://warta.example/banjir\n\nTanggul jebol di Tebo.\n")
    (tmp_path / "b.txt").write_text("[FOTO] Tanggul jebol di Tebo.\n")
    (tmp_path / "c.csv").write_text("Tanggul jebol, warga Tebo mengungsi.\n")
    assert kabar("clean", tmp_path / "a.txt", tmp_path / "b.txt").code == 0
    assert kabar("clean", tmp_path / "c.csv", "--input-format", "text").code == 0


def test_a_report_whose_ending_is_no_format_is_not_written_as_text(kabar, store, tmp_path):
    for name, said in (("kliping.pdf", "print that as PDF"), ("kliping.odt", "say --to for another one")):
        ran = kabar("digest", "--date", "2026", "--store", store, "-o", tmp_path / name)
        assert (ran.code, (tmp_path / name).exists()) == (2, False)
        assert said in ran.err


def test_a_period_that_ends_before_it_begins_is_wrong_usage(kabar, store, tmp_path):
    (tmp_path / "rilis.txt").write_text("Tanggul jebol di Tebo.\n")
    ran = kabar("proof", tmp_path / "rilis.txt", "--store", store, "--from", "2026-06-20", "--to", "2026-06-01")
    assert (ran.code, ran.messages) == (2, ["kabar: --from 2026-06-20 is after --to 2026-06-01"])


def test_a_folder_is_no_store(kabar, tmp_path):
    (tmp_path / "data").mkdir()
    for command in (("search", "banjir", "--store"), ("store", "stats")):
        ran = kabar(*command, tmp_path / "data")
        assert ran.code == 1
        assert ran.err.endswith(f"a crawl keeps its own in {tmp_path / 'data' / 'news.db'}\n")


def test_an_article_that_is_not_tagged_yet_is_told_how_to_be(kabar, tmp_path, page):
    (tmp_path / "a.html").write_text(page("Tebo"), "utf-8")
    kabar("clean", tmp_path / "a.html", "-o", tmp_path / "a.jsonl")
    ran = kabar("store", "add", tmp_path / "news.db", tmp_path / "a.jsonl")
    assert ran.code == 1
    assert ran.messages[0].endswith("; `kabar tag` makes one of it")


def test_a_region_is_a_code(kabar):
    ran = kabar("sites", "list", "--region", "jambi")
    assert (ran.code, len(ran.messages)) == (2, 1)
    assert "a Kemendagri code, as in 15" in ran.err


def test_a_missing_extra_names_the_pip_of_this_python(monkeypatch, tmp_path):
    python = tmp_path / ".venv" / "bin" / "python"
    monkeypatch.setattr(sys, "executable", str(python))
    reason = "docx needs python-docx: pip install 'kabar[office]'"
    assert with_this_pip(reason) == f"docx needs python-docx: {python} -m pip install 'kabar[office]'"
    monkeypatch.chdir(tmp_path)
    assert with_this_pip(reason) == "docx needs python-docx: .venv/bin/python -m pip install 'kabar[office]'"


@pytest.mark.parametrize("command", [("explain", "-", "--rules-only"), ("clean", "-", "-f", "table")])
def test_a_reader_that_has_left_is_no_failure(command):
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "wb") as left:
        ran = subprocess.run(
            [sys.executable, "-m", "kabar", *command],
            cwd=ROOT, input=b"Tanggul jebol di Tebo.", stdout=left, stderr=subprocess.PIPE, check=False,
        )  # fmt: skip
    assert (ran.returncode, ran.stderr) == (0, b"")


@pytest.mark.parametrize(("options", "told"), [((), True), (("-q",), False)])
def test_who_is_to_type_is_told_so_unless_only_problems_are_asked_for(options, told):
    ours, theirs = os.openpty()
    os.write(ours, b"Tanggul jebol di Tebo.\n\x04")
    ran = subprocess.run(
        [sys.executable, "-m", "kabar", "clean", "-", *options],
        cwd=ROOT, stdin=theirs, capture_output=True, timeout=PATIENCE, check=False,
    )  # fmt: skip
    os.close(ours)
    os.close(theirs)
    assert (ran.returncode, b"Tebo" in ran.stdout, b"Ctrl-D" in ran.stderr) == (0, True, told)


@pytest.mark.parametrize("command", ["tag", "clean"])
def test_documents_go_into_a_file_whose_ending_tells_what_it_holds(kabar, tmp_path, command):
    (tmp_path / "a.txt").write_text("Tanggul jebol di Tebo.\n")
    for name, begins in (("a.json", "[\n{"), ("A.JSONL", "{"), ("a.ndjson", "{"), ("a", "{")):
        assert kabar(command, tmp_path / "a.txt", "-o", tmp_path / name).code == 0
        assert (tmp_path / name).read_text("utf-8").startswith(begins), name
    way_out = "`kabar tag --store news.db` keeps them, and `kabar export --store news.db` writes tables"
    for name, said in (("b.csv", way_out), ("b.pdf", "say --format")):
        ran = kabar(command, tmp_path / "a.txt", "-o", tmp_path / name)
        assert (ran.code, (tmp_path / name).exists(), len(ran.messages)) == (2, False, 1)
        assert said in ran.err
    assert kabar(command, tmp_path / "a.txt", "--format", "jsonl", "-o", tmp_path / "b.dat").code == 0


def test_a_file_that_holds_no_lines_at_all_is_refused_in_one_line(kabar, tmp_path):
    (tmp_path / "a.txt").write_text("Tanggul jebol di Tebo.\n")
    assert kabar("tag", tmp_path / "a.txt", "--rules-only", "-o", tmp_path / "a.json").code == 0
    assert len((tmp_path / "a.json").read_text("utf-8").splitlines()) > 5
    ran = kabar("store", "add", tmp_path / "news.db", tmp_path / "a.json")
    assert ran.code == 1
    assert ran.messages[0].startswith(f"kabar: {tmp_path / 'a.json'}: a JSON array, not JSON Lines; ")
    assert len(ran.messages) == 2


def test_a_store_takes_tagged_lines_compressed_or_with_a_mark_whatever_their_name(kabar, tmp_path):
    (tmp_path / "a.txt").write_text("Tanggul jebol di Tebo.\n")
    assert kabar("tag", tmp_path / "a.txt", "--rules-only", "-o", tmp_path / "a.jsonl").code == 0
    line = (tmp_path / "a.jsonl").read_bytes()
    for name, data in (("b.csv.jsonl", line), ("c", b"\xef\xbb\xbf" + line), ("d.jsonl.gz", gzip.compress(line))):
        (tmp_path / name).write_bytes(data)
        assert (
            kabar("store", "add", tmp_path / f"{name}.db", tmp_path / name)
            .messages[-1]
            .endswith("1 new, 0 changed, 0 known")
        )
    (tmp_path / "cut").write_bytes(gzip.compress(line)[:-9])
    ran = kabar("store", "add", tmp_path / "cut.db", tmp_path / "cut")
    assert (ran.code, ran.messages[0]) == (1, f"kabar: {tmp_path / 'cut'}: the compressed data is damaged or cut short")
