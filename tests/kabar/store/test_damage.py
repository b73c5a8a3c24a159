"""Commands on a store whose file was damaged: one line with a way out, no traceback."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from kabar.store import open_store
from tests.kabar.monitor.made_news import Newsroom


@pytest.mark.parametrize(
    "command",
    [("search", "banjir", "--store"), ("store", "stats"), ("store", "reindex"), ("export", "--to", "csv", "--store")],
)
def test_a_damaged_store_is_told_in_one_line(tmp_path: Path, kabar: Any, command: tuple[str, ...]) -> None:
    path = tmp_path / "news.db"
    with open_store(path) as store:
        store.add(Newsroom().articles(60))
        store.vacuum()
        roots = store.connection.execute("SELECT rootpage FROM sqlite_schema WHERE rootpage > 0").fetchall()
    with path.open("r+b") as file:
        for (root,) in roots:
            file.seek((root - 1) * 4096)
            file.write(os.urandom(4096))
    ran = kabar(*command, path)
    assert ran.code == 1
    assert "is damaged" in ran.err
    assert "Traceback" not in ran.err
