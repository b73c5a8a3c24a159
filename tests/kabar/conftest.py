"""A page that is ours."""

from __future__ import annotations

from collections.abc import Callable

import pytest

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
