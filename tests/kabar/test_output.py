"""What comes out: lines, an array, a table; to a pipe or a file; and how a run ends that is cut off."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from kabar.documents import Done
from kabar.output import layout_for, opened
from tests.timing import PATIENCE, wait_for

ROOT = Path(__file__).parents[2]
ROWS = b"".join(
    json.dumps({"id": str(n), "title": f"Judul {n}", "text": f"Tanggul nomor {n} jebol."}).encode() + b"\n"
    for n in range(3)
)


def test_json_is_one_array(kabar):
    ran = kabar("clean", "-", "--format", "json", stdin=ROWS)
    assert [article["id"] for article in json.loads(ran.out)] == ["0", "1", "2"]
    assert json.loads(kabar("clean", "-", "--format", "json", stdin=b"{").out) == []


def test_table_shows_what_counts_and_no_control_characters(kabar):
    row = json.dumps({"title": "Tanggul \x1b[31mjebol", "text": "iklan\n\nWarga mengungsi.\n"}).encode()
    out = kabar("clean", "-", "--format", "table", stdin=row).out
    assert "Warga mengungsi." in out
    assert "removed" in out
    assert "\x1b" not in out


def test_layout_follows_the_terminal(monkeypatch):
    for terminal, layout in ((True, "table"), (False, "jsonl")):
        monkeypatch.setattr(sys.stdout, "isatty", lambda terminal=terminal: terminal)
        assert layout_for(None, None) == layout
    assert layout_for("json", None) == "json"
    assert layout_for(None, Path("x")) == "jsonl"


def test_file_appears_when_it_is_complete(tmp_path):
    path = tmp_path / "out.jsonl"
    path.write_text("what stood there before")
    with opened("jsonl", path) as writer:
        writer.write(Done("a", b"{}"))
        assert path.read_text() == "what stood there before"
    assert path.read_text() == "{}\n"
    assert list(tmp_path.iterdir()) == [path]


def test_output_that_cannot_be_written(kabar, tmp_path):
    ran = kabar("clean", "-", "-o", tmp_path / "no" / "folder" / "out.jsonl", stdin=ROWS)
    assert ran.code == 1
    assert ran.messages == [f"kabar: {tmp_path}/no/folder/out.jsonl: cannot be written: no such file or directory"]


def test_device_as_output(kabar):
    assert kabar("clean", "-", "-o", "/dev/null", stdin=ROWS).code == 0
    assert Path("/dev/null").is_char_device()


@pytest.mark.parametrize(("options", "said"), [((), 1), (("-q",), 0), (("-v",), 2)])
def test_quiet_and_verbose(kabar, tmp_path, options, said):
    path = tmp_path / "lama.txt"
    path.write_bytes("Warga berkata “banjir” di Tebo.".encode("cp1252"))
    other = tmp_path / "baru.txt"
    other.write_text("Warga pulang ke rumah di Tebo.")
    ran = kabar("clean", path, other, *options)
    assert ran.code == 0
    assert len(ran.messages) == said


def start(*arguments: str, **options: object) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "kabar", *arguments], cwd=ROOT, stderr=subprocess.PIPE, stdin=subprocess.PIPE, **options
    )


def test_reader_that_leaves_early_is_no_error(tmp_path):
    path = tmp_path / "many.jsonl"
    path.write_bytes(ROWS * 2000)
    run = start("clean", str(path), "-j", "1", stdout=subprocess.PIPE)
    run.stdout.readline()
    run.stdout.close()
    assert run.stderr.read() == b""
    assert run.wait(PATIENCE) == 0


def test_interrupt_tells_that_what_was_done_is_in_the_store(kabar, tmp_path):
    store, out = tmp_path / "news.db", tmp_path / "out.jsonl"
    part = tmp_path / "out.jsonl.part"
    run = start("tag", "-", "--store", str(store), "-o", str(out), "-j", "1", "--rules-only", start_new_session=True)
    for _ in range(300):
        run.stdin.write(ROWS)
    run.stdin.flush()
    wait_for(lambda: run.poll() is not None or (part.exists() and part.stat().st_size))
    assert run.poll() is None, run.stderr.read()
    os.killpg(run.pid, signal.SIGINT)
    told = run.stderr.read().decode()
    assert run.wait(PATIENCE) == 130
    assert re.search(rf"\d+ documents that were done stand in {re.escape(f'{part} and {store}')}\n", told), told
    assert kabar("search", "tanggul", "--store", store, "-n", "0").err.startswith("kabar: 3 articles")


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_interrupt_ends_cleanly_and_keeps_what_was_done(tmp_path, jobs):
    out = tmp_path / "out.jsonl"
    part = tmp_path / "out.jsonl.part"
    run = start("clean", "-", "-o", str(out), "-j", jobs, start_new_session=True)
    for _ in range(300):
        run.stdin.write(ROWS)
    run.stdin.flush()  # and the pipe stays open: the run waits for more
    wait_for(lambda: run.poll() is not None or (part.exists() and part.stat().st_size))
    assert run.poll() is None, run.stderr.read()
    os.killpg(run.pid, signal.SIGINT)
    told = run.stderr.read().decode()
    assert run.wait(PATIENCE) == 130
    assert "Traceback" not in told
    assert str(part) in told
    assert not out.exists()
    lines = part.read_bytes().splitlines()
    assert [json.loads(line)["id"] for line in lines] == [str(n % 3) for n in range(len(lines))]
