"""Dates as Indonesian pages print them."""

from __future__ import annotations

import pytest

from scraper.clean.dates import parse_date, parse_moment, place_zone, province_zone

PRINTED = [
    ("20:07 WIB - Selasa, 25 Februari 2025", "2025-02-25T20:07:00+07:00"),
    ("07:12 WITA, Sabtu 4 Maret 2023", "2023-03-04T07:12:00+08:00"),
    ("Rabu, 4 November 2015 | 21:04 WIB", "2015-11-04T21:04:00+07:00"),
    ("Contoh.com - 02/11/2023, 21:34 WIB", "2023-11-02T21:34:00+07:00"),
    ("on 16 Feb 2016 at 09:10 WIB", "2016-02-16T09:10:00+07:00"),
    ("pada 26 Jun 2020, 13:58 WIB", "2020-06-26T13:58:00+07:00"),
    ("Rabu 11-03-2026,19:32 WIB", "2026-03-11T19:32:00+07:00"),
    ("20/1/2026 18:30", "2026-01-20T18:30:00+07:00"),
    ("SENIN, 09 MARET 2026 , 17:05:00 WIB", "2026-03-09T17:05:00+07:00"),
    ("- Selasa, 24 Februari 2026 | 08:50 WIB", "2026-02-24T08:50:00+07:00"),
    ("Jum'at, 29 Agustus 2025 |13:10 WIB", "2025-08-29T13:10:00+07:00"),
    ("Kamis, 5 November 2015 - 15:56 wib", "2015-11-05T15:56:00+07:00"),
    ("Minggu, 18 Juli 2021 – 18:52 WITA", "2021-07-18T18:52:00+08:00"),
    ("28 Sept. 2019, 07:00 WIT", "2019-09-28T07:00:00+09:00"),
    ("5 Mei 2020 pukul 10.30", "2020-05-05T10:30:00+07:00"),
    ("Selasa, 5 Mei 2020 10.30 | 384 kali", "2020-05-05T10:30:00+07:00"),
    ("pukul 10.30 wita, 5 Mei 2020", "2020-05-05T10:30:00+08:00"),
    ("Senin, 15 Mei 2017 18:43 WIB | 699 Views", "2017-05-15T18:43:00+07:00"),
    ("Kamis, 5 November 2015 14:56 WIB| 1.229 Views", "2015-11-05T14:56:00+07:00"),
    ("Kamis, 08 Juli 2021 - 20:31:44", "2021-07-08T20:31:44+07:00"),
    ("January 5, 2024 4:06 pm", "2024-01-05T16:06:00+07:00"),
    ("2020-10-07T15:13:00+0700", "2020-10-07T15:13:00+07:00"),
    ("2023-11-02T14:34:19+00:00", "2023-11-02T14:34:19+00:00"),
    ("2023/11/02 20:59:53", "2023-11-02T20:59:53+07:00"),
    ("Wed, 16 Jun 2021 13:00:00 GMT", "2021-06-16T13:00:00+00:00"),
    ("1768908793", "2026-01-20T11:33:13+00:00"),
    ("Ahad, 8 Pebruari 2015", "2015-02-08"),
    ("29 August 2025", "2025-08-29"),
    ("Mar 12, 2026", "2026-03-12"),
    ("Maret 30, 2015", "2015-03-30"),
    ("20200709", "2020-07-09"),
    ("10 Maret 202611 Maret 2026", "2026-03-10"),
    ("Maret 2026", "2026-03"),
]


@pytest.mark.parametrize(("raw", "value"), PRINTED)
def test_reads_what_is_printed(raw: str, value: str) -> None:
    stamp = parse_date(raw)
    assert stamp is not None
    assert stamp.value == value
    assert stamp.raw == " ".join(raw.split())


@pytest.mark.parametrize("raw", ["2015-11-05 T10:08:58Z", "2023-11-02T10-08-58Z"])
def test_takes_no_zone_from_a_malformed_z(raw: str) -> None:
    moment = parse_moment(raw)
    assert moment is not None
    assert moment.offset is None
    assert moment.clock.hour == 10


@pytest.mark.parametrize(
    "raw",
    [
        "",
        "12 jam lalu",
        "31 Februari 2020",
        "Rp 10.000.000",
        "99/99/2020",
        "Pasal 12/2/3",
        "1.229 Views",
        "5/11",
        "0" * 500,
    ],
)
def test_finds_no_date_where_there_is_none(raw: str) -> None:
    assert parse_date(raw) is None


def test_number_with_a_dot_is_a_clock_only_beside_a_word_for_it() -> None:
    assert parse_date("30 Desember 2020 dibaca 10.25 kali").precision == "day"  # type: ignore[union-attr]
    assert parse_date("30 Desember 2020 pukul 10.25 dibaca").precision == "minute"  # type: ignore[union-attr]


def test_assumes_the_callers_zone_and_tells_that_the_page_told_none() -> None:
    stamp = parse_date("5 Mei 2020 10:30", "WIT")
    assert stamp is not None
    assert (stamp.value, stamp.zone) == ("2020-05-05T10:30:00+09:00", None)
    assert parse_date("5 Mei 2020 10:30 WIB", "WIT").zone == "WIB"  # type: ignore[union-attr]


def test_provinces_have_their_clocks() -> None:
    assert [province_zone(code) for code in ("15.71", "64", "81.71", "99", None)] == ["WIB", "WITA", "WIT", None, None]


def test_publishers_named_after_a_place_have_its_clock() -> None:
    names = [
        ["Kabar Makassar"],
        ["suaramaluku.example"],
        ["Kabar Bali"],
        ["kembalibaru.example"],
        ["jambiupdate.example"],
    ]
    assert [place_zone(name) for name in names] == ["WITA", "WIT", "WITA", None, None]
