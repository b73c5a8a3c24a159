"""A list that is still being written: what was read of it comes out before the next line is there."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.timing import PATIENCE

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("jobs", [("-j", "1"), ("-j", "2"), ()])
def test_paths_do_not_wait_for_the_next_ones(tmp_path, page, jobs):
    files = [tmp_path / f"{river}.html" for river in ("Tembesi", "Tebo", "Merangin")]
    for file in files:
        file.write_text(page(file.stem), "utf-8")
    run = start("clean", "--files-from", "-", *jobs)
    for some in (files[:1], files[1:]):
        run.stdin.write("".join(f"{file}\n" for file in some).encode())
        run.stdin.flush()
        assert [file_of(run) for _ in some] == [str(file) for file in some]
    run.stdin.close()
    assert run.wait(PATIENCE) == 0


@pytest.mark.parametrize("command", ["clean", "fetch"])
def test_addresses_do_not_wait_for_the_next_ones(serve, http_answer, page, command):
    body = page("Tembesi").encode()
    server = serve({"*": http_answer(body, Content_Type="text/html"), "/robots.txt": http_answer(b"")})
    run = start(command, "--files-from", "-", "--allow-private")
    for number in range(2):
        run.stdin.write(f"{server.url}/{number}\n".encode())
        run.stdin.flush()
        assert json.loads(run.stdout.readline())["url"] == f"{server.url}/{number}"
    run.stdin.close()
    assert run.wait(PATIENCE) == 0


def test_a_last_line_without_an_end_and_an_empty_list(kabar, tmp_path, page):
    (tmp_path / "a.html").write_text(page("Tebo"), "utf-8")
    assert kabar("clean", "--files-from", "-", stdin=f"\r\n{tmp_path}/a.html".encode()).rivers == ["Tebo"]
    assert kabar("clean", "--files-from", "-", stdin=b"").code == 3
    assert kabar("fetch", "--files-from", "-", stdin=b"").code == 2


def start(*arguments: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "kabar", *arguments], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )


def file_of(run: subprocess.Popen[bytes]) -> str:
    return json.loads(run.stdout.readline())["file"]
