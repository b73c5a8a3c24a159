"""What a newcomer gets wrong is answered with the way out, and nothing is written where it should not be."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

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
@pytest.mark.parametrize("command", [("clean", "-"), ("clean", "-", "-f", "table"), ("sites", "list"), ("schema",)])
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
