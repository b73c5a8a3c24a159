"""The search language."""

from __future__ import annotations

from datetime import date

import pytest

from kabar.store import QueryError, parse
from kabar.store.query import Filter, Query, Words

TODAY = date(2026, 5, 31)


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("", Query()),
        ("banjir bandang", Query(words=(Words("banjir"), Words("bandang")))),
        ('"banjir bandang"', Query(words=(Words("banjir bandang"),))),
        ("banj* -longsor", Query(words=(Words("banj", prefix=True), Words("longsor", negative=True)))),
        ('"sungai tem"*', Query(words=(Words("sungai tem", prefix=True),))),
        ("Jum'at Jum’at", Query(words=(Words("Jumat"), Words("Jumat")))),
        ("judul:banjir", Query(words=(Words("banjir", in_title=True),))),
        ("covid-19", Query(words=(Words("covid 19"),))),
        ("kota:15.71 city:15.71", Query(filters=(Filter("city", "15.71"), Filter("city", "15.71")))),
        ('pejabat:"Syarif Fasha"', Query(filters=(Filter("official", "Syarif Fasha"),))),
        ("-jenis:adv", Query(filters=(Filter("kind", "advertorial", negative=True),))),
        ("sejak:7d", Query(since="2026-05-24")),
        ("since:2minggu until:kemarin", Query(since="2026-05-17", until="2026-05-30")),
        ("sejak:2026-02 sampai:2026-02", Query(since="2026-02-01", until="2026-02-28")),
        ("sejak:2025 sampai:2025", Query(since="2025-01-01", until="2025-12-31")),
        ("10:30 *** ()", Query(words=(Words("10 30"),))),
    ],
)
def test_reads(text, query):
    assert parse(text, TODAY) == query


@pytest.mark.parametrize("text", ["warna:biru", '"banjir', "sejak:kapan", "sejak:2026-13", "jenis:puisi", "sejak:"])
def test_tells_what_it_cannot_read(text):
    if text == "sejak:":
        assert parse(text, TODAY) == Query(words=(Words("sejak"),))
        return
    with pytest.raises(QueryError):
        parse(text, TODAY)
