"""`kabar demo`: ends by itself without a terminal, and with the dashboard open on one."""

from __future__ import annotations

import contextlib
import os
import pty
import re
import select
import signal
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from kabar.store import open_store
from tests.timing import PATIENCE, wait_for


def test_it_shows_what_came_out_and_ends(kabar, tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    ran = kabar("demo", "--rules-only")
    assert ran.code == 0, ran.err
    assert "66 articles tagged" in ran.err
    assert ran.err.count("sets terms on use by machines") == 3  # two hosts, and one of them once more for the edit
    said, _, path = ran.messages[-1].rpartition(" ")
    assert said == "kabar: to open the dashboard on these articles: kabar serve"
    assert Path(path).parent.parent == tmp_path
    assert ran.out.count("Jayawijaya Perbaiki") == 1  # the second site's copy is the same story
    assert "Kab. Jayawijaya" in ran.out
    assert "Atenius Wandik (Bupati" in ran.out
    assert max(map(len, ran.out.splitlines())) <= 120
    assert "version 2 of “Pontianak Ganti" in ran.out
    assert "+ Kabar terbaru: warga diminta" in ran.out
    with open_store(path) as store:
        assert (store.stats()["articles"], store.stats()["versions"]) == (66, 1)


def test_a_folder_that_cannot_be_used_is_told(kabar, tmp_path):
    (tmp_path / "file").write_text("")
    ran = kabar("demo", "--data", tmp_path / "file", "--rules-only")
    assert (ran.code, "Traceback" in ran.err, str(tmp_path / "file") in ran.err) == (1, False, True)


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
def test_on_a_terminal_it_ends_with_the_dashboard_open(tmp_path):
    terminal, theirs = pty.openpty()
    env = {name: value for name, value in os.environ.items() if "DISPLAY" not in name} | {"TERM": "dumb"}
    command = [sys.executable, "-m", "kabar", "demo", "--data", str(tmp_path), "--rules-only"]
    running = subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs, env=env, start_new_session=True)
    os.close(theirs)
    try:
        address = _read_until(terminal, r"(http://127\.0\.0\.1:\d+/) shows")
        page = _fetched(address)
        running.send_signal(signal.SIGINT)
        _drain(terminal)
        assert running.wait(PATIENCE) == 0
    finally:
        running.kill()
        running.wait()
        os.close(terminal)
    assert "Jayawijaya" in page


def _read_until(terminal: int, pattern: str, seconds: float = PATIENCE) -> str:
    said, until = "", time.monotonic() + seconds
    while time.monotonic() < until:
        if select.select([terminal], [], [], 0.2)[0]:
            said += os.read(terminal, 65_536).decode("utf-8", "replace")
        if found := re.search(pattern, said):
            return found[1]
    raise AssertionError(said)


def _fetched(address: str) -> str:
    def page() -> str:
        with contextlib.suppress(ConnectionRefusedError):
            return urllib.request.urlopen(address, timeout=PATIENCE).read().decode()
        return ""

    return wait_for(page)


def _drain(terminal: int) -> None:
    """Reads on, so that what the process says while it ends does not block it."""
    while select.select([terminal], [], [], 2.0)[0]:
        try:
            if not os.read(terminal, 65_536):
                return
        except OSError:
            return
