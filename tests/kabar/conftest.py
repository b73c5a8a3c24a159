"""Running the command line in this process, and pages that are ours."""

from __future__ import annotations

import contextlib
import io
import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from kabar.cli import main


@dataclass(frozen=True)
class Ran:
    """What one run of the command line gave."""

    code: int
    out: str
    err: str

    @property
    def lines(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.out.splitlines()]

    @property
    def rivers(self) -> list[str]:
        """Which of our pages came out: what `page` was given."""
        return [line["title"].removeprefix(HEADLINE.format("")) for line in self.lines]

    @property
    def messages(self) -> list[str]:
        return self.err.splitlines()


Kabar = Callable[..., Ran]


@pytest.fixture
def kabar(monkeypatch: pytest.MonkeyPatch) -> Kabar:
    """`kabar("clean", path, stdin=b"...")` runs a command to its end."""

    def run(*arguments: object, stdin: bytes = b"") -> Ran:
        given = io.TextIOWrapper(io.BufferedReader(io.BytesIO(stdin)))
        out, err = (io.TextIOWrapper(io.BytesIO(), "utf-8", write_through=True) for _ in range(2))
        monkeypatch.setattr(sys, "argv", ["kabar", *map(str, arguments)])
        monkeypatch.setattr(sys, "stdin", given)
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err), pytest.raises(SystemExit) as end:
            main()
        told = [stream.buffer.getvalue().decode() for stream in (out, err)]
        return Ran(end.value.code or 0, *told)

    return run


HEADLINE = "Pemkab Perbaiki Tanggul Sungai {}"
PAGE = """<!doctype html><html lang="id"><head><meta charset="utf-8"><title>{title} - Warta Uji</title></head>
<body><nav><a href="/">Beranda</a></nav><article><h1>{title}</h1>
<p>Pemerintah Kabupaten Batang Hari memperbaiki tanggul Sungai {river} yang jebol sejak Senin pekan lalu.</p>
<p>Bupati Batang Hari meninjau perbaikan itu pada hari Rabu dan meminta warga tetap waspada pada hujan lebat.</p>
<p>Perbaikan tanggul sepanjang empat puluh meter itu ditargetkan selesai dalam waktu dua minggu ke depan.</p>
</article></body></html>"""


@pytest.fixture
def page() -> Callable[[str], str]:
    """`page("Tembesi")` is a small news page about that river."""
    return lambda river: PAGE.format(title=HEADLINE.format(river), river=river)
