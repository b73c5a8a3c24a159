"""Conflicting dates are weighed."""

from __future__ import annotations

from lxml import etree

from scraper.article import Timestamp
from scraper.clean.dates import parse_moment
from scraper.clean.published import Clock, Dated, settle, settle_modified, visible_dates
from scraper.clean.vicinity import Line, lines_after


def told(*pairs: tuple[str, str]) -> list[Dated]:
    return [Dated(moment, source) for source, raw in pairs if (moment := parse_moment(raw))]


def settled(
    structured: list[tuple[str, str]], *visible: str, clock: Clock | None = None, url: str | None = None
) -> Timestamp | None:
    return settle(told(*structured), visible_dates(Line(text) for text in visible), clock or Clock(), url)[0]


def value(stamp: Timestamp | None) -> str | None:
    return stamp.value if stamp else None


def test_seconds_come_from_what_agrees_with_the_visible_minute() -> None:
    both = [("json-ld", "2026-01-20T18:33:13+07:00"), ("meta", "2026-01-20T18:30:41+07:00")]
    assert value(settled(both, "20/1/2026 18:30 WIB")) == "2026-01-20T18:30:41+07:00"
    assert value(settled(both[:1], "20/1/2026 18:30 WIB")) == "2026-01-20T18:30:00+07:00"


def test_of_two_dates_on_a_line_each_goes_by_its_word() -> None:
    for update in ("Terakhir diperbarui", "Diperbaharui", "Diupdate"):
        published, changed = "Terbit 4 Maret 2024 09:10 WIB", f"{update} 5 Maret 2024 10:00 WIB"
        assert value(settled([], f"{changed} | {published}")) == "2024-03-04T09:10:00+07:00"
        assert value(settled([], f"{published} | {changed}")) == "2024-03-04T09:10:00+07:00"


def test_utc_that_is_right_agrees_with_the_visible_clock() -> None:
    stamp = settled([("json-ld", "2023-11-02T14:34:19+00:00")], "02/11/2023, 21:34 WIB")
    assert value(stamp) == "2023-11-02T21:34:19+07:00"


def test_a_local_clock_under_a_wrong_label_gives_seconds_only() -> None:
    wrong = [("meta", "Thu, 17 Jun 2021 11:38:29 GMT"), ("og", "2021-06-17T11:38:29-07:00")]
    assert value(settled(wrong, "17 Juni 2021 11:38")) == "2021-06-17T11:38:29+07:00"
    assert value(settled(wrong)) == "2021-06-17T11:38:29+07:00"


def test_an_offset_that_no_indonesian_clock_has_is_not_believed() -> None:
    assert value(settled([("og", "2021-06-17T11:38:29-07:00")])) == "2021-06-17T11:38:29+07:00"


def test_the_zone_of_a_structured_twin_beats_the_assumed_one() -> None:
    stamp = settled([("json-ld", "2024-02-01T08:00:30+08:00")], "1 Februari 2024 08:00", clock=Clock("WIB"))
    assert value(stamp) == "2024-02-01T08:00:30+08:00"


def test_whole_hours_to_utc_name_the_zone() -> None:
    for second in ("12", "48"):
        stamp = settled([("json-ld", f"2024-02-01T00:00:{second}Z")], "1 Februari 2024 08:00")
        assert value(stamp) == f"2024-02-01T08:00:{second}+08:00"


def test_a_printed_zone_is_believed() -> None:
    stamp = settled([("json-ld", "2024-02-01T08:00:30+07:00")], "1 Februari 2024 08:00 WITA")
    assert value(stamp) == "2024-02-01T08:00:30+08:00"


def test_a_constant_date_loses() -> None:
    dates = [
        ("itemprop", "2014-07-13T20:07:27.82"),
        ("meta", "2020-07-09T07:26:05+07:00"),
        ("layer", "2020-07-09 07:26"),
    ]
    assert value(settled(dates)) == "2020-07-09T07:26:05+07:00"
    assert value(settled(dates[:2], url="https://contoh.id/read/2020/07/08/1/a")) == "2020-07-09T07:26:05+07:00"
    assert value(settled(dates[:1], "Kamis 09 Juli 2020")) == "2020-07-09"


def test_a_visible_day_is_refined_by_an_agreeing_time() -> None:
    stamp = settled([("meta", "2015-03-30T02:40:29+00:00")], "Maret 30, 2015", clock=Clock("WIB"))
    assert value(stamp) == "2015-03-30T09:40:29+07:00"


def test_bloggers_offset_names_the_right_instant() -> None:
    stamp = settled(
        [("abbr", "2026-03-07T18:10:00-08:00")], "Minggu, 08 Maret 2026", clock=Clock("WIT", offset_is_true=True)
    )
    assert value(stamp) == "2026-03-08T11:10:00+09:00"


def test_updates_and_running_text_are_no_publication() -> None:
    assert settled([], "Diperbarui 16 Agu 2022, 09:20 WIB") is None
    assert settled([], "“Anak-anak sudah kembali bersekolah,” katanya, Rabu (11/3/2026).") is None
    assert (
        settled([], "Pada 16 Agustus 2022 pukul 09.20 WIB warga berkumpul di balai desa untuk " + "membahas " * 10)
        is None
    )


def test_an_update_printed_behind_the_publication_is_no_harm() -> None:
    line = "Terbit 5 Mei 2020 10:00 WIB, diperbarui 6 Mei 2020 11:00 WIB"
    assert value(settled([], line)) == "2020-05-05T10:00:00+07:00"


def test_the_address_is_the_last_resort() -> None:
    assert value(settled([], url="https://contoh.id/2016/02/23/nama-berita")) == "2016-02-23"
    assert settled([], url="https://contoh.id/nama-berita-2016") is None


def test_the_home_region_gives_the_clock_where_nothing_is_told() -> None:
    stamp, doubts = settle([], visible_dates([Line("5 Mei 2020 10:30")]), Clock("WITA"))
    assert (value(stamp), doubts) == ("2020-05-05T10:30:00+08:00", ())
    assert settle([], visible_dates([Line("5 Mei 2020 10:30")]), Clock())[1]


def test_a_modification_is_told_once() -> None:
    published = settled([("a", "2020-06-03T10:15:43+07:00")])
    same, later = told(("b", "2020-06-03T10:15:43+07:00")), told(("b", "2020-06-03T11:00:00+07:00"))
    assert settle_modified(same, (), published, Clock()) is None
    assert value(settle_modified(later, (), published, Clock())) == "2020-06-03T11:00:00+07:00"


def test_an_age_tells_its_date_in_an_attribute() -> None:
    for attribute in ("data-date='2026-03-02T03:00:00Z'", "data-timestamp='1772420400'", "title='2026-03-02 10:00:00'"):
        element = etree.fromstring(f"<div><h1>Pasar</h1><p class='x'><span {attribute}>3 jam lalu</span></p></div>")
        dated = visible_dates(lines_after(element[0]))
        assert value(settle([], dated, Clock())[0]) == "2026-03-02T10:00:00+07:00"
