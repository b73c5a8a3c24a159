"""`kabar serve` as a user meets it: a real process on a loopback port."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from kabar.store import open_store
from tagger.document import TaggedArticle, Tool

pytest.importorskip("uvicorn")
import httpx

from tests.timing import PATIENCE

TOKEN = "satu-dua-tiga-empat-lima"
KABAR = [sys.executable, "-c", "from kabar.cli import main; main()", "serve"]


def article(name: str) -> TaggedArticle:
    return TaggedArticle(id=name, text="Banjir surut.", title=name, kind="news", tool=Tool(version="0", gazetteer="x"))


@pytest.fixture
def store(tmp_path) -> Path:
    path = tmp_path / "news.db"
    with open_store(path) as opened:
        opened.add([article("satu")])
    return path


def get(url: str, headers: dict[str, str] | None = None) -> httpx.Response:
    return httpx.get(url, headers=headers, timeout=PATIENCE)


@contextmanager
def serving(store: Path, *options: str, **environment: str) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """The address that it tells, and the process."""
    command = [*KABAR, str(store), "--port", "0", *options]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env={**os.environ, **environment})
    try:
        for line in process.stderr:
            if found := re.search(r"http://\S+/", line):
                break
        else:
            pytest.fail("it ended before it told its address")
        yield found[0], process
    finally:
        process.kill()
        process.communicate()


def ended(*options: str, **environment: str) -> tuple[int, str]:
    """How a run that serves nothing ends: exit code, and what is said."""
    clean = {name: value for name, value in os.environ.items() if name != "KABAR_TOKEN"}
    ran = subprocess.run(
        [*KABAR, *options], capture_output=True, text=True, timeout=PATIENCE, env={**clean, **environment}, check=False
    )
    assert ran.stdout == ""
    return ran.returncode, ran.stderr


def test_ctrl_c_ends_it_at_once_with_a_stream_open(store):
    with (
        serving(store, "--verbose") as (address, process),
        httpx.stream("GET", f"{address}stream", timeout=PATIENCE) as stream,
    ):
        next(lines := stream.iter_lines())
        process.send_signal(signal.SIGINT)
        said = process.communicate(timeout=PATIENCE)[1]
        assert process.returncode == 0
        assert list(lines) == [""]  # it ended, and was not cut off after a while
        assert '"GET /stream HTTP/1.1" 200' in said
        assert "Traceback" not in said
        assert "\x1b" not in said


def test_it_shows_what_a_crawl_writes_meanwhile(store):
    def write() -> None:
        with open_store(store) as opened:
            for number in range(40):
                opened.add([article(f"a{number}")])

    with serving(store) as (address, _):
        writer = threading.Thread(target=write)
        writer.start()
        while writer.is_alive():
            assert get(f"{address}api/v1/articles").status_code == 200
        writer.join()
        assert get(f"{address}api/v1/health").json()["articles"] == 41


def test_a_store_that_goes_away_is_told_and_the_server_stays(store):
    with serving(store) as (address, _):
        kept = store.read_bytes()
        for path in store.parent.glob("news.db*"):
            path.unlink()
        store.write_text("no store any more, but some text")
        answer = get(f"{address}api/v1/articles")
        assert (answer.status_code, answer.headers["content-type"]) == (503, "application/problem+json")
        assert get(address).status_code == 503
        store.write_bytes(kept)
        assert get(address).status_code == 200


def test_a_port_that_is_taken_is_told_with_the_way_out(store):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        code, said = ended(str(store), "--port", str(taken.getsockname()[1]))
    assert code == 1
    assert "is taken" in said
    assert "--port" in said
    assert "Traceback" not in said


def test_a_store_that_is_not_there_is_told(tmp_path):
    code, said = ended(str(tmp_path / "none.db"), "--port", "0")
    assert code == 1
    assert "there is no such store" in said
    assert not (tmp_path / "none.db").exists()


def test_it_is_not_exposed_without_a_token(store, tmp_path):
    short = tmp_path / "short.txt"
    short.write_text("pendek\n")
    empty = tmp_path / "empty.txt"
    empty.write_text("\n")
    for options, reason in (
        (["--host", "0.0.0.0"], "give a token"),
        (["--token-file", str(short)], "at least 16"),
        (["--token-file", str(empty)], "is empty"),
        (["--token-file", str(tmp_path / "none.txt")], "no such file"),
    ):
        code, said = ended(str(store), "--port", "0", *options)
        assert code == 2
        assert reason in said


def test_an_exposed_one_asks_for_the_token_and_never_prints_it(store, tmp_path):
    file = tmp_path / "token.txt"
    file.write_text(TOKEN + "\n")
    with serving(store, "--host", "0.0.0.0", "--token-file", str(file), "-v", KABAR_TOKEN="another-token-of-old") as (
        address,
        process,
    ):
        url = f"{address}api/v1/articles"
        assert get(url).status_code == 401
        assert get(url, headers={"Authorization": "Bearer another-token-of-old"}).status_code == 401
        assert get(url, headers={"Authorization": f"Bearer {TOKEN}"}).status_code == 200
        process.send_signal(signal.SIGINT)
        assert TOKEN not in process.communicate(timeout=PATIENCE)[1]


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="no such rights on this system")
def test_a_store_in_a_folder_that_cannot_be_written_is_read(store, tmp_path):
    if os.geteuid() == 0:
        pytest.skip("root may write everywhere")
    store.chmod(0o444)
    tmp_path.chmod(0o555)
    try:
        with serving(store) as (address, _):
            assert get(f"{address}api/v1/health").json()["articles"] == 1
    finally:
        tmp_path.chmod(0o755)
