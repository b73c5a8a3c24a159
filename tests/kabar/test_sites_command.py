"""`kabar sites list|show|check`."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from typer.testing import CliRunner

from kabar.cli.sites import app

PARAGRAPH = "<p>" + "Warga bergotong royong membersihkan saluran air di kampung mereka. " * 6 + "</p>"
PAGE = f"""<html><head><title>Warga Bersihkan Saluran Air</title><link rel=canonical href=https://jambi.tribunnews.com/2026/a>
</head><body><h1 id=arttitle>Warga Bersihkan Saluran Air</h1><time class=grey>Senin, 2 Maret 2026 10:00</time>
<div class="side-article txt-article">{PARAGRAPH}</div><div id=penulis>Penulis: Siti</div></body></html>"""

run = CliRunner().invoke


def test_lists_the_publishers_of_a_region() -> None:
    result = run(app, ["list", "--region", "15"])
    assert result.exit_code == 0
    hosts = [line.split("\t")[0] for line in result.stdout.splitlines()]
    assert hosts == sorted(hosts)
    assert {"metrojambi.com", "jambi.tribunnews.com"} <= set(hosts)
    assert run(app, ["list", "--region", "77"]).exit_code == 3


def test_shows_a_definition_with_what_its_family_gives() -> None:
    shown = json.loads(run(app, ["show", "jambi.tribunnews.com"]).stdout)
    assert (shown["name"], shown["edition"]) == ("Tribun Jambi", "15")
    assert shown["body"]
    assert json.loads(run(app, ["show", "https://jambi.tribunnews.com/2026/a"]).stdout) == shown
    unknown = run(app, ["show", "example.org"])
    assert (unknown.exit_code, unknown.stdout) == (3, "")


def test_checks_saved_pages(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(PAGE)
    result = run(app, ["check", str(tmp_path)])
    assert result.exit_code == 0
    host, verdict, counts, since = result.stdout.strip().split("\t")
    assert (host, verdict) == ("jambi.tribunnews.com", "right")
    assert "body 1/1" in counts
    assert since.startswith("last right 20")


def test_tells_drift_with_an_exit_code(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(PAGE.replace("side-article", "isi").replace("arttitle", "judul"))
    result = run(app, ["check", str(tmp_path), "-v"])
    assert result.exit_code == 1
    assert "drifted: body, title" in result.stdout
    assert "a.html: body missing" in result.stderr


def test_says_when_no_page_is_of_a_known_publisher(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text("<h1>Warga</h1>" + PARAGRAPH)
    assert run(app, ["check", str(tmp_path)]).exit_code == 3
    assert run(app, ["check", str(tmp_path / "missing.html")]).exit_code == 1


def test_checks_live_pages(serve: Callable[..., Any], http_answer: Callable[..., bytes]) -> None:
    server = serve({"/a": http_answer(PAGE.encode(), Content_Type="text/html")})
    result = run(app, ["check", "--allow-private", f"{server.url}/a"])
    assert result.exit_code == 0, result.output
    assert result.stdout.startswith("jambi.tribunnews.com\tright")
    assert run(app, ["check", "--allow-private", f"{server.url}/b"]).exit_code == 1
